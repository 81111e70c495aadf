# What a file would become
survey-incoming-title = Preview
survey-incoming-question = Does it become what you expect?
survey-incoming-all = All { $n } questions from { $format } come along. Nothing has been made yet.
survey-incoming-some = { $kept } of { $n } questions from { $format } come along. Nothing has been made yet.
survey-incoming-logic = Logic
survey-incoming-logic-kept = { $conditions ->
    [one] 1 condition
   *[other] { $conditions } conditions
}, { $calculations ->
    [one] 1 calculation
   *[other] { $calculations } calculations
}, { $quotas ->
    [one] 1 quota
   *[other] { $quotas } quotas
}
survey-incoming-asked = What is asked
survey-incoming-make = Make this survey
survey-incoming-drop = Do not
survey-incoming-replaces = This replaces the draft of “{ $name }”.
survey-incoming-changes = New questions: { $new }. Changed questions: { $changed }. Questions that disappear: { $gone }.
survey-incoming-published = What customers see now stays until you publish.
survey-incoming-replace = Replace the draft
survey-incoming-into = The file replaces the draft of “{ $name }”. First you see what it becomes.
survey-incoming-into-text = Did you go on with this survey somewhere else?
survey-incoming-into-open = Replace the draft by a file
notice-survey-replaced = The draft was replaced by what the file says.
