# Logic: everything in a row
survey-tab-logic = Logic
logic-title = Logic
logic-lead = Who sees what, and when? Every line below leads to the place where you change it.
logic-no-text = Without text
logic-questions = Questions and answers
logic-questions-note = Not everyone sees these questions and answers.
logic-questions-none = Everyone sees every question.
logic-questions-add = Condition for a question
logic-option-named = Answer ‘{ $text }’
logic-pages = Pages and jumps
logic-pages-note = How someone goes through the pages.
logic-pages-none = Everyone goes through the pages in order.
logic-pages-add = Condition, jump or own order for a page
logic-page-named = Page { $n }: { $text }
logic-after-page = After page { $n }
logic-jump-add = Jump after { $page }
logic-is-random = Everyone sees the questions in an order of their own.
logic-endings = Closing texts
logic-endings-note = The first that fits takes the place of the ordinary thanks.
logic-ending-add = Add closing text
logic-quotas = Quotas
logic-quotas-note = How many answers of a group you want. After that it is full.
logic-quota-add = Add quota
logic-values = Calculated values
logic-values-note = Calculated from answers, to be used in conditions and texts.
logic-value-add = Add calculated value
logic-pace = Time and progress
logic-pace-note = How long someone may pause.
logic-time-out = After { $n } minutes of rest someone starts anew.
logic-time-out-none = Someone may pause as long as they like.
logic-progress-shown = Progress is shown.
logic-progress-hidden = Progress is not shown.

# One place
logic-of-question = Condition of a question
logic-of-option = Condition of an answer
logic-of-page = Condition of a page
logic-of-jump = Jump
logic-of-quota = Quota
logic-of-value = Calculated value
logic-of-ending = Closing text
logic-of-pace = Time and progress
logic-ask-question = When do you ask this question?
logic-ask-option = When do you offer this answer?
logic-ask-page = When do you show this page?
logic-ask-jump = Where does someone go after this page?
logic-ask-quota = How many answers do you want, and from whom?
logic-ask-value = What do you calculate from the answers?
logic-ask-ending = Who reads this closing text?
logic-ask-pace = How long may someone pause?
logic-back = All logic
logic-back-editor = Back to the question
logic-cancel = Do not save
logic-remove = Remove
logic-raise = Look at it sooner
notice-logic-gone = A colleague has taken this away meanwhile. Nothing was saved.
notice-logic-saved = Saved in the draft.

# Rows of a condition
logic-joined = When does it hold?
logic-joined-all = When all conditions hold
logic-joined-any = When at least one condition holds
logic-group = Condition { $n }
logic-and = and
logic-or = or
logic-or-else = Or something else
logic-and-also = And something else too
logic-new = Another condition
logic-new-first = What does it depend on?
logic-add = Add
logic-drop = Remove
logic-choose = Choose
logic-other = other, namely
logic-how-of = How you compare: { $name }
logic-value-of = What you compare with: { $name }
logic-nothing-before = Nothing comes before this place yet that you could look at. Put a question before it first.
logic-group-answers = Answers
logic-group-values = Calculated values
logic-group-attributes = Attributes of the customer
logic-count-named = Number of choices for { $name }
logic-how-is = is
logic-how-is-not = is not
logic-how-at-most = is at most
logic-how-at-least = is at least
logic-how-less = is lower than
logic-how-more = is higher than
logic-how-day-at-most = is on or before
logic-how-day-at-least = is on or after
logic-how-day-less = is before
logic-how-day-more = is after
logic-how-contains = contains
logic-how-lacks = does not contain
logic-how-known = is answered
logic-how-unknown = is not answered
logic-how-yes = is yes
logic-how-no = is no
logic-how-fails = is not yes

# As a formula
logic-as-text = Write as a formula
logic-as-rows = Show as rows
logic-formula = Formula
logic-formula-help = For example: nps <= 6 and contact.segment = "business". You can calculate as well: average(price, service) < 3.
logic-only-text = This formula does not fit into rows. It stays as you wrote it.
logic-names = Names that you can use

# In one sentence
logic-the-nps = the NPS
logic-the-mark = the mark
logic-the-answer = the answer to ‘{ $text }’
logic-the-count = the number of choices for ‘{ $text }’
logic-the-value = the value ‘{ $name }’
logic-the-attribute = the customer’s ‘{ $name }’
logic-quoted = ‘{ $text }’
logic-yes = yes
logic-no = no
logic-say-is = { $subject } is { $value }
logic-say-is-not = { $subject } is not { $value }
logic-say-at-most = { $subject } is { $value } or lower
logic-say-at-least = { $subject } is { $value } or higher
logic-say-less = { $subject } is lower than { $value }
logic-say-more = { $subject } is higher than { $value }
logic-say-day-at-most = { $subject } is on or before { $value }
logic-say-day-at-least = { $subject } is on or after { $value }
logic-say-day-less = { $subject } is before { $value }
logic-say-day-more = { $subject } is after { $value }
logic-say-contains = { $subject } contains { $value }
logic-say-lacks = { $subject } does not contain { $value }
logic-say-known = { $subject } is given
logic-say-unknown = { $subject } is not given
logic-say-yes = { $subject } is yes
logic-say-no = { $subject } is no
logic-say-not-yes = { $subject } is not yes
logic-say-formula = this formula holds: { $formula }
logic-says-nothing-yet = There is no condition yet. Add one.
logic-says-unfinished = The condition is not finished yet.
logic-show-question = Ask only when { $condition }.
logic-show-option = Offer only when { $condition }.
logic-show-page = Show only when { $condition }.
logic-go = Go to { $to } when { $condition }.
logic-counts = Full after { $n } answers where { $condition }.
logic-ends = Show when { $condition }.
logic-always-question = Everyone gets this question.
logic-always-option = Everyone is offered this answer.
logic-always-page = Everyone gets this page.
logic-always-quota = Every answer counts.
logic-the-end = the end

# Other fields
logic-to = Go to
logic-name = Name
logic-name-help = Short, for yourself. The name stays the same afterwards.
logic-most = Full after so many answers
logic-quota-text = What someone reads when it is full
logic-quota-text-help = If you leave this empty, it says that the questionnaire is closed.
logic-ending-text = Closing text
logic-no-gating = Do you ask for a review? Put that in the ordinary thanks, for everyone. Asking only satisfied customers for a review is misleading and not allowed.
logic-function = How do you calculate the value?
logic-function-average = Average
logic-function-sum = Sum
logic-function-min = Lowest
logic-function-max = Highest
logic-function-count = Number answered
logic-function-own = With a formula of my own
logic-parts = Of which answers?
logic-value = Formula of my own
logic-value-help = For example: if(nps <= 6, "low", "high") or price + 2 * service.
logic-minutes = Minutes of rest
logic-minutes-help = Whoever sends nothing for longer starts anew. Empty: no limit.
logic-shows-progress = Show how far someone is
logic-random = Put the questions in an order of their own for everyone
logic-blanks = Fill in the text
logic-blanks-help = Put this into a text. Behind the bar stands what someone reads when nothing is known.
logic-blank-name = Name of the customer
logic-blank-organisation = Name of your organisation
logic-blank-fallback = else this

# What is wrong
logic-problem-subject = Choose what the condition is about.
logic-problem-how = Choose how to compare.
logic-problem-value = Choose or type what to compare with.
logic-problem-number = Type a number.
logic-problem-day = Choose a date.
logic-problem-no-condition = Add a condition.
logic-problem-to = Choose where the jump leads.
logic-problem-most = Type a whole number of 1 or higher.
logic-problem-minutes = Type a whole number of minutes from 1 to 10080, or nothing.
logic-problem-name = Give a name.
logic-problem-name-taken = This name is in use. Choose another.
logic-problem-parts = Choose at least one answer.
logic-fault-at = At character { $place }: { $what }
logic-fault-at-words = At ‘{ $there }’ (character { $place }): { $what }
logic-fault-nothing = there is nothing yet.
logic-fault-too-long = the formula is too long.
logic-fault-too-deep = there are too many brackets inside each other.
logic-fault-sign = this sign means nothing here.
logic-fault-open-text = the closing quotation mark is missing.
logic-fault-number = this is no number.
logic-fault-date = this date does not exist. Write it as 2026-01-31.
logic-fault-name = this is no name. Names have small letters, digits and _.
logic-fault-function = this function does not exist. There are count, sum, min, max, average, length and if.
logic-fault-value-missing = a name or value is missing here.
logic-fault-bracket-missing = a closing bracket is missing here.
logic-fault-surplus = this is more than a formula. Is ‘and’ or ‘or’ missing?

# Reviewer: what could be better, and what was put aside
survey-tab-findings = Reviewer
findings-title = Reviewer
findings-open = { $n ->
    [0] No remarks
    [one] 1 remark of the reviewer
   *[other] { $n } remarks of the reviewer
  }
findings-note = Take a proposal over, or say why it does not hold here.
findings-none = The reviewer has nothing to remark.
findings-hint = worth a thought
findings-warning = could be better
findings-error = steers the answers
findings-rewrite = Proposal:
findings-take = Take over
findings-dismiss = Does not hold here
findings-dismiss-do = Put aside
findings-reason = Why does this not hold here?
findings-dismissed = { $n ->
    [one] 1 remark put aside
   *[other] { $n } remarks put aside
  }
findings-dismissed-note = These remarks come back when the text changes. The reason stays with the version.
findings-by = { $who }, { $day }
findings-program = A program
findings-restore = Bring back
findings-gone = This remark is no longer there. See below what stands there now.
problem-finding-gone = This remark is no longer there: the text changed.
notice-finding-taken = The proposal is in the draft.
notice-finding-dismissed = The remark was put aside.
notice-finding-restored = The remark is back.


# In the designer
logic-panel = Logic and rules
logic-panel-condition = Change condition
logic-panel-page = Condition and order
logic-panel-jump = Jump after this page
