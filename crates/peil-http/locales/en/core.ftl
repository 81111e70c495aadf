# Menu and frame
nav-home = Peil, to the overview
nav-skip = Skip to content
nav-main = Main menu
nav-short = Main menu, short
nav-more = More
nav-fold = Collapse menu
nav-group-measure = Measure
nav-group-understand = Understand
nav-overview = Overview
nav-survey = Surveys
nav-audience = Customers
nav-outreach = Waves
nav-response = Responses
nav-themes = Themes
nav-results = Insights
nav-settings = Settings
nav-account = My account
nav-user = { $name }, menu
nav-theme = Appearance
nav-theme-system = System
nav-theme-light = Light
nav-theme-dark = Dark
nav-other-language = Nederlands
nav-crumbs = Breadcrumb
nav-sign-out = Sign out
language-nl = Dutch
language-en = English
role-owner = owner
role-admin = administrator
role-analyst = analyst
role-agent = agent
role-viewer = viewer
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
form-errors = { $n ->
    [one] One thing still needs your attention
   *[other] { $n } things still need your attention
  }

# Error pages
error-home = To the overview
error-not-found-title = This page does not exist
error-not-found-text = The link is old, or you may not see this page. None of your work is lost.
error-forbidden-title = You may not do this
error-forbidden-text = Your role gives no access to this page. Ask an administrator for help.
error-foreign-form-title = This form is too old
error-foreign-form-text = Go back, reload the page and send the form again.
error-too-large-title = This is too large
error-too-large-text = What you sent is larger than Peil accepts. Send a smaller file.
error-conflict-title = Someone else was faster
error-conflict-text = This has changed in the meantime. Go back and reload the page to see what is there now.
error-busy-title = It is too busy right now
error-busy-text = Try again in a few seconds. Nothing is lost.
error-failed-title = Something went wrong
error-failed-text = The fault is ours. Try again; if it keeps failing, the cause is in Peil's log.
error-refused-title = That is not possible
error-refused-text = Go back and check what you filled in.

# Why something is not possible
problem-not-found = This does not exist.
problem-forbidden = Your role or token gives no access to this.
problem-missing = Fill this in.
problem-too-long = This is too long.
problem-unknown = This is not known.
problem-out-of-range = This is out of range.
problem-not-an-address = This is not an e-mail address. An address looks like name@example.com.
problem-not-a-link = This is not a link. A link begins with https://.
problem-in-future = This lies in the future.
problem-unknown-question = One of the fields belongs to no question.
problem-not-signed-in = You are not signed in.
problem-wrong-credentials = E-mail address and password do not belong together.
problem-too-many-attempts = Too many attempts. Wait a minute and try again.
problem-email-taken = Someone already signs in with this e-mail address.
problem-last-owner = At least one owner must remain.
problem-owner-only = Only an owner can add or change owners.
problem-already-set-up = Peil has already been set up.
problem-password-too-short = Choose a password of at least { $n } characters.
problem-password-too-long = Choose a password of at most { $n } characters.
problem-password-known = This password is too well known. Choose, for example, four words that have nothing to do with each other.
problem-password-owner = Do not use your own name or address as a password.
problem-password-regular = This password is too regular.
problem-slug-taken = This address is already used by another survey.
problem-slug-invalid = Use lower-case letters, digits and single dashes, 2 to 60 characters.
problem-conflict = Someone else changed this in the meantime. Reload to see what is there now.
problem-not-ready = { $n ->
    [one] One thing must be put right before you can publish.
   *[other] { $n } things must be put right before you can publish.
  }
problem-has-answers = This survey has answers. You can close it, not remove it.
problem-not-published = This survey was never published.
problem-refused = That is not possible.
problem-answers-refused = { $n ->
    [one] One answer is not right yet.
   *[other] { $n } answers are not right yet.
  }
problem-closed = This survey is closed.
problem-expired = This invitation has expired.
problem-already-answered = This invitation has already been answered.
problem-busy = It is too busy right now. Try again in a few seconds.
problem-failed = Something went wrong on our side.
problem-answer-missing = Answer this question.
problem-answer-not-on-scale = Choose a score from { $min } to { $max }.
problem-answer-unknown-option = Choose one of the answers.
problem-answer-too-many = Choose one answer.
problem-answer-too-long = Use at most { $n } characters.
problem-answer-unknown-question = This question is not in the survey.
problem-malformed = The body is not valid JSON.
problem-wrong-shape = The body does not have the right shape.
problem-not-json = Send the body as application/json.
problem-too-large = The body is too large.
problem-wrong-method = This operation does not exist at this address.
problem-bad-key = The Idempotency-Key must have 1 to 200 characters.
problem-key-reused = This Idempotency-Key was already used for another call.
problem-still-running = The same call is still running. Try again in a moment.
problem-answer-too-short = Use { $n } characters or more.
problem-answer-too-few-chosen = Choose { $n } or more.
problem-answer-too-many-chosen = Choose { $n } at most.
problem-answer-not-alone = This answer cannot go with another one. Choose again.
problem-answer-not-in-pattern = We cannot read the answer like this. Please check it.
problem-answer-not-a-whole-number = Enter a whole number.
problem-answer-not-a-number = Enter a number with { $n } digits behind the point at most.
problem-answer-not-between = Enter a number from { $min } to { $max }.
problem-answer-not-a-day = Enter a date, such as 2026-01-31.
problem-answer-day-not-between = Choose a date from { $first } to { $last }.
problem-answer-day-too-early = Choose a date from { $first } on.
problem-answer-day-too-late = Choose a date up to { $last }.
problem-answer-not-an-address = Enter an e-mail address, such as name@example.com.
problem-answer-place-twice = Place { $n } is given twice. Give every place once.
