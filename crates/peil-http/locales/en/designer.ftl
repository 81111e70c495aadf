# Designer: outline, choosing and example
survey-panes = What do you want to see?
survey-pane-outline = Outline
survey-pane-edit = Edit
survey-question-number = Question { $n }
survey-steps = Previous and next question
survey-add-behind = Add a question after this one
survey-findings-count = { $n ->
    [one] 1 remark from the reviewer
   *[other] { $n } remarks from the reviewer
  }
survey-whole-empty = Your questionnaire will appear here
survey-whole-empty-text = Choose what you want to ask. Well-known questions such as NPS and CSAT get their usual wording at once.
survey-whole-fine = Everything is filled in, and the reviewer has no remarks on the questions.
survey-whole-remarks = About the whole
survey-unfinished-title = Not finished
survey-findings-title = Could be better
survey-palette-title = What do you want to ask?
survey-palette-place = The question comes on page { $n }.
survey-palette-score = Have people rate
survey-palette-choose = Have people choose
survey-palette-write = Have people fill in
survey-palette-other = Without a question
