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
survey-whole-empty = Your survey will appear here
survey-whole-empty-text = Choose what you want to ask. Well-known questions such as NPS and CSAT get their usual wording at once.
survey-whole-fine = Everything is filled in, and the reviewer has no remarks on the questions.
survey-whole-words = “{ $words }”: { $why }
survey-whole-remarks = About the whole
survey-unfinished-title = Not finished
survey-findings-title = Could be better
survey-palette-title = What do you want to ask?
survey-palette-place = The question comes on page { $n }.
survey-palette-score = Have people rate
survey-palette-choose = Have people choose
survey-palette-write = Have people fill in
survey-palette-other = Without a question

# Taking back and working together
survey-undo-what = Undo: { $what }
survey-redo = Redo
survey-redo-what = Redo: { $what }
survey-turned-undone = Undone: { $what }.
survey-turned-undone-rest = Undone: { $what }. What a colleague changed afterwards was kept.
survey-turned-redone = Redone: { $what }.
survey-turned-redone-rest = Redone: { $what }. What a colleague changed afterwards was kept.
survey-deed-replaced = replaced the whole survey
survey-deed-wrote = changed title, introduction or thanks
survey-deed-languages = chose languages
survey-deed-heading = changed the heading of a page
survey-deed-added = added a question
survey-deed-changed = changed a question: { $question }
survey-deed-moved = moved a question: { $question }
survey-deed-copied = copied a question: { $question }
survey-deed-removed = removed a question
survey-deed-pages = arranged pages
survey-deed-logic = changed conditions
survey-deed-undid = undid something
survey-deed-redid = redid something
survey-meanwhile = A colleague changed something too in the meantime. Both changes are in.
survey-meanwhile-one = { $name }: { $what }
survey-clash-choose = You both changed the same thing. Choose below which text stays for each part, and save. Nothing is lost yet.
survey-clash-legend = Which text stays?
survey-clash-mine = Yours, as typed below
survey-clash-theirs = Your colleague’s
survey-clash-setting = A setting of the question
survey-clash-nothing = nothing
survey-clash-yes = on
survey-clash-no = off

# Saving by itself
survey-save-busy = Saving
survey-save-failed = Not saved. What you typed stays here.
survey-save-signed-out = You are signed out. Sign in in another tab and try again here. What you typed stays.
survey-save-again = Try again
survey-kept-title = There is text here that was not saved
survey-kept-text = When the connection was lost or you were signed out, this browser kept what you had typed.
survey-kept-do = Put it back
survey-kept-drop = Throw it away
survey-kept-back = Your text is back. Save it.

# Moving questions and pages
survey-moved = The question is now number { $n } of { $total }, on page { $page }.
survey-move-keys = Alt with arrow up or down moves a question. Dragging works too.
survey-to-page = To another page
survey-to-page-do = Move
survey-page-add = Add a page
survey-page-add-behind = Page after this one
survey-page-up = Earlier
survey-page-down = Later
survey-page-remove = Remove page
survey-page-empty = There is no question on this page yet.

# Settings of each kind
survey-kind-matrix-help = Have several parts rated on one scale, such as six features of your shop.
survey-kind-slider-help = Point to a value on a line. Prefer a scale when a few steps are enough.
survey-kind-ranking-help = To know what matters most: put three to six things in order.
survey-kind-number-help = A count or an amount, such as how many visits.
survey-kind-date-help = A day, such as when the delivery came.
survey-kind-contact-help = Name and email address of who wants to be called or mailed.
survey-kind-consent-help = A box to tick to give permission.
survey-rows = Rows
survey-row-label = Row, { $language }
survey-row-add = Add a row
survey-row-up = Row { $n } up
survey-row-down = Row { $n } down
survey-row-remove = Remove row { $n }
survey-points = Points of the scale
survey-point-label = Words at this point, { $language }
survey-point-add = Add a point
survey-point-remove = Remove point { $n }
survey-direction = What is good news?
survey-direction-higher = The last point
survey-direction-lower = The first point
survey-random-rows = Rows in another order for everyone
survey-random-options = Answers in another order for everyone
survey-not-applicable = Offer “Not applicable”
survey-from = From
survey-to = Up to
survey-step = In steps of
survey-least = Smallest number
survey-most = Greatest number
survey-decimals = Digits after the point
survey-earliest = First day
survey-latest = Last day
survey-contact-fields = What do you ask?
survey-contact-name = Name
survey-contact-email = Email address
survey-contact-phone = Telephone number
survey-contact-organisation = Organisation
survey-contact-remark = Remark
survey-problem-whole-number = Fill in a whole number.
survey-problem-above = Fill in a whole number above the start.
survey-problem-step = Fill in a step that fits on the slider.
survey-problem-decimals = Choose 0 to 4.
survey-problem-date = Fill in a date.
survey-rewrite = Use this text
survey-rewrite-two = Make it two questions

survey-try = Try it
survey-try-whole = Try the survey
survey-try-help = Trying goes through all pages, with conditions and thanks, as the customer Sam Example. Nothing is kept and nothing counts in figures.
