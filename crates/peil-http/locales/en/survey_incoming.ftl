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
survey-incoming-how = Behind the draft of “{ $name }”, or in its place?
survey-incoming-behind-text = Behind it: all your own questions, the title, the texts and the look stay.
survey-incoming-changes = In its place: new questions: { $new }. Changed questions: { $changed }. Questions that disappear: { $gone }.
survey-incoming-published = What customers see now stays until you publish.
survey-incoming-behind = Put behind the draft
survey-incoming-replace = Replace the draft
survey-incoming-into = The file comes behind the draft of “{ $name }”, or in its place. First you see what it becomes.
survey-incoming-into-text = Do you have questions in a file, or did you go on with this survey somewhere else?
survey-incoming-into-open = Take questions from a file
notice-survey-appended = The questions of the file now stand behind the others.
notice-survey-replaced = The draft was replaced by what the file says.
