# List
survey-list-title = Surveys
survey-list-question = What do you ask your customers?
survey-list-lead = Every survey with the version that is being answered now.
survey-list-live = Live
survey-list-draft = Drafts
survey-list-closed = Closed
survey-count = { $n ->
    [one] one survey
   *[other] { $n } surveys
  }
survey-column-name = Survey
survey-column-version = Version
survey-column-responses = Responses
survey-column-changed = Changed
survey-no-version = not published yet
survey-version = version { $n }
survey-has-changes = changes not published yet
survey-to-results = To the results, responses:
survey-empty-title = Your surveys will be here
survey-empty-text = Start from an example. You adapt the questions, see what they look like on a phone, and put the survey live when it is ready.
survey-empty-do = Choose an example
survey-new = New survey
survey-questions-count = { $n ->
    [0] no questions yet
    [one] one question
   *[other] { $n } questions
  }
survey-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
  }

# Templates
survey-new-title = New survey
survey-new-question = What do you want to know?
survey-new-lead = Choose an example. You can still change every question afterwards.
survey-start-title = How will the first answers come in?
survey-start-lead = “{ $name }” is ready as a draft. Choose how to begin; the other ways stay open.
survey-start-link = Share a link
survey-start-link-text = Check the survey and put it live. You then get a link and a QR code to share.
survey-start-file = Import answers
survey-start-file-text = Do you have answers of an earlier survey? With a CSV or Excel file you see figures at once.
survey-start-demo = Look around first
survey-start-demo-text = This command starts an example organisation with a year of answers, apart from your own data.
survey-start-change = Change the questions first
survey-first-skip = Skip and look around first
survey-name = Name of the survey
survey-name-help = Only you and your colleagues see this name.
survey-create = Create survey
survey-other-template = Choose another example
survey-inside = What is in it
survey-fact-size = Size
survey-fact-purpose = Kind
survey-fact-languages = Languages
survey-fact-link = Link
notice-survey-created = The survey has been created. Check the questions, then put it live.

# Head of one survey
survey-crumbs = Breadcrumbs
survey-tabs = Pages of this survey
survey-tab-editor = Questions
survey-tab-settings = Settings
survey-tab-versions = Versions
survey-tab-share = Share
survey-state-draft = draft
survey-state-live = live
survey-state-closed = closed
survey-results-link = { $n ->
    [one] See 1 response
   *[other] See { $count } responses
  }
survey-publish-first = Put live
survey-publish-version = Put version { $n } live
survey-publish-check = Check and put live

# Editing
survey-read-only = You can look at this survey, but not change it.
survey-texts = Title, introduction and thanks
survey-languages = Languages
survey-text-title = Title
survey-text-intro = Introduction
survey-text-thanks = Thanks
survey-text-thanks-low = Extra text after a low score
survey-text-thanks-low-help = Stands below the thanks when someone is dissatisfied.
survey-languages-which = In which languages does the survey exist?
survey-languages-first = First language
survey-languages-first-help = For those who read none of the languages.
survey-page = Page { $n }
survey-page-heading = Heading
survey-page-heading-help = Stands above the questions of this page. May stay empty.
survey-join-page = Join with page { $n }
survey-no-text = No text yet
survey-unfinished = unfinished
survey-add = Add question
survey-add-on-page = on page { $n }
survey-question-up = Move question { $n } up
survey-question-down = Move question { $n } down
survey-question-copy = Copy question { $n }
survey-question-remove = Remove question { $n }
survey-question-removed = The question has been removed. Answers that were already given are kept.
survey-undo = Undo
survey-text = Question
survey-help = Explanation below the question
survey-look = Look
survey-look-smileys = Faces
survey-look-stars = Stars
survey-look-words = Words only
survey-ces-version = Which form?
survey-ces-v2 = CES 2.0: a statement, 1 (strongly disagree) to 7 (strongly agree). High is good.
survey-ces-v1 = CES 1.0: a question about effort, 1 (very little) to 5 (very much). Low is good.
survey-scale-min = From
survey-scale-min-help = 0 or 1
survey-scale-max = To
survey-scale-max-help = 11 points at most
survey-scale-top = Satisfied is
survey-scale-top-help = the highest … points
survey-low-label = Words at the lowest point
survey-high-label = Words at the highest point
survey-options = Answers
survey-option-label = Answer { $n }, { $language }
survey-option-add = Add answer
survey-option-up = Move answer { $n } up
survey-option-down = Move answer { $n } down
survey-option-remove = Remove answer { $n }
survey-choosing = How many may one choose?
survey-choose-one = One answer
survey-choose-more = Several answers
survey-has-other = Also offer “Other, namely …”
survey-text-room = Room for the answer
survey-text-long = A few sentences
survey-text-short = One line
survey-required = This question must be answered
survey-required-short = required
survey-save = Save
survey-break = New page from here
survey-key = Name in files and integrations:
survey-saved-short = Saved.
survey-options-count = { $n ->
    [one] one answer
   *[other] { $n } answers
  }
survey-scale = { $min } to { $max }
survey-preview = Preview
survey-preview-device = Screen
survey-preview-phone = Phone
survey-preview-desktop = Computer
survey-preview-language = Language of the preview

# Kinds of questions
survey-kind-nps = NPS
survey-kind-nps-help = Would you recommend us? 0 to 10.
survey-kind-csat = Satisfaction (CSAT)
survey-kind-csat-help = From very dissatisfied to very satisfied, 5 points.
survey-kind-ces = Effort (CES 2.0)
survey-kind-ces-help = Was it easy? 7 points from disagree to agree.
survey-kind-ces-v1 = Effort (CES 1.0)
survey-kind-mark = Mark out of 10
survey-kind-mark-help = 1 to 10, as in Dutch schools.
survey-kind-rating = Scale of your own
survey-kind-rating-help = Choose the points and the words yourself.
survey-kind-choice = One answer
survey-kind-choice-help = Choose from a list.
survey-kind-choices = Several answers
survey-kind-choices-help = Tick what applies.
survey-kind-yes-no = Yes or no
survey-kind-yes-no-help = For a fact, such as: was your question solved?
survey-kind-text = Open question
survey-kind-text-help = An answer in one’s own words.
survey-kind-line = Short text
survey-kind-line-help = A name, place or number.
survey-kind-statement = Text without a question
survey-kind-statement-help = Explanation between the questions.

# Someone else was first
survey-conflict-title = Someone else changed this survey in the meantime
survey-conflict-kept = Your change has not been saved yet. What you typed is still below. Check that it fits what is there now, and save again.
survey-conflict-lost = The question that you were working on was removed. This is what you typed:
survey-conflict-publish = Nothing has been published yet. See below what changes now, then put it live.
survey-conflict-settings = Someone else changed this survey in the meantime. Your change has not been saved yet. Check that everything is right and save again.

# Settings
survey-slug = Name in the link
survey-slug-help = If you change this, links and QR codes that you already shared stop working.
survey-purpose = What do you measure?
survey-purpose-relational = The relationship
survey-purpose-relational-help = What customers think of you altogether. Ask once or twice a year.
survey-purpose-transactional = One contact moment
survey-purpose-transactional-help = How one event went, such as a delivery or a call.
survey-touchpoint = Contact moment
survey-touchpoint-help = Answers count for this moment in the customer journey.
survey-touchpoint-none = None
survey-who = Who can answer?
survey-public-link = Everyone with the link can answer
survey-repeats = Through the link one may answer more than once, for example on a shared tablet
survey-life = Close or remove
survey-close = Close survey
survey-close-text = After closing nobody can answer any more. Links show a friendly page. Figures and answers stay.
survey-reopen = Reopen survey
survey-reopen-text = The survey is closed. After reopening the links work again.
survey-remove = Remove
survey-remove-text = The survey disappears for everyone, with all its versions. This cannot be undone.
survey-remove-sure = Yes, remove the survey
survey-cannot-remove = This survey has responses. You can close it, not remove it.
notice-survey-saved = The settings have been saved.
notice-survey-closed = The survey is closed.
notice-survey-reopened = The survey is open again.
notice-survey-removed = The survey has been removed.

# Publishing and versions
survey-publish-title = Check and put live
survey-todo = { $n ->
    [one] One more thing before it can go live
   *[other] { $n } more things before it can go live
  }
survey-whole = The survey as a whole
survey-question-named = Question { $n }: { $text }
survey-nothing-to-publish = Everything is live already. There is nothing to publish.
survey-ready = Ready to go live
survey-check-texts = Every text is there in every language.
survey-check-scales = Every question has answers to choose from or room to write.
survey-check-safe = Those who are already answering finish the old version.
survey-what-changes = What changes
survey-keep-editing = Keep editing
notice-survey-published = The survey is live. Now share the link or the QR code.
survey-versions-lead = What customers answer never changes under their hands: every change becomes a new version. Here you see what changed and whether figures stay comparable.
survey-versions-empty-title = The versions will be here
survey-versions-empty-text = The first version is made when you put the survey live.
survey-draft-of = Draft of version { $n }
survey-answered-now = being answered now
survey-first-version = The first version.
survey-only-other-texts = Only titles, explanation or introduction have changed.
survey-stays-comparable = All figures stay comparable with the version before.
survey-change-added = New question:
survey-change-removed = Removed:
survey-change-reworded = Other words:
survey-change-rescaled = Another scale:
survey-change-redressed = Another look or other words at the scale:
survey-change-options = Other answers to choose from:
survey-change-moved = In another place:
survey-change-required = Required or no longer:
survey-warning-removed = The figure of this question ends here.
survey-warning-reworded = The figure may shift because of this. Compare with the version before with care.
survey-warning-rescaled = Figures before and after must not be added together.
survey-warning-options = The distribution is no longer simply comparable.

# Sharing
survey-share-not-live = This survey is not live. Those who open the link see a friendly page.
survey-share-no-link = The public link is off. Only those who are invited can answer.
survey-share-link = Public link
survey-share-link-text = Everyone with this link can answer. Put it on your website, in a newsletter or below your mail.
survey-share-repeats = One visitor may answer more than once.
survey-copy = Copy
survey-copied = Copied
survey-share-look = See it as a customer
survey-share-language-title = Language
survey-share-language-text = Customers get the language of their browser. Put ?lang=nl behind the link to force Dutch.
survey-qr = QR code
survey-qr-alt = QR code that leads to { $link }
survey-qr-svg = SVG, for print
survey-qr-png = PNG
survey-qr-print = Print the code at least 2 by 2 cm, dark on light, with the white edge around it. Test it with your own phone.
survey-qr-channel = In the figures you recognise answers through this code by the channel QR.
survey-further = Further
survey-further-mail = Ask by e-mail
survey-further-mail-text = Send customers a personal invitation and see who has answered.
survey-further-results = See figures
survey-further-results-text = As soon as there are five responses, the first figures appear here.

# What is wrong
problem-bad-character = This holds a character that cannot be shown.
problem-survey-too-much = { $n ->
    [one] One thing in this survey cannot be stored.
   *[other] { $n } things in this survey cannot be stored.
  }
problem-nothing-to-undo = There is nothing to undo.
problem-has-waves = Waves were made for this survey. You can close it, not remove it.
problem-if-match-missing = Send If-Match along, with the ETag that you read last.
survey-problem-no-language = Choose at least one language.
survey-problem-language-twice = A language is named twice.
survey-problem-no-question = There is no question yet.
survey-problem-too-many-questions = A survey has { $n } questions at most.
survey-problem-empty-page = There is nothing on this page. Put a question on it or take the page away.
survey-problem-too-many-pages = A survey has { $n } pages at most.
survey-problem-text-missing = A title, introduction or thanks has no text in { $language }.
survey-problem-question-text-missing = The text or explanation is missing in { $language }.
survey-problem-option-text-missing = Answer { $number } has no text in { $language }.
survey-problem-text-too-long = A text is longer than { $n } characters.
survey-problem-key-twice = The name { $key } is used by two questions.
survey-problem-option-twice = The code { $code } is used by two answers.
survey-problem-option-count = Give 2 to 100 answers to choose from.
survey-problem-scale = The scale begins at 0 or 1, has 2 to 11 points, and not all points count as satisfied.
survey-problem-scale-min = The scale begins at 0 or 1.
survey-problem-scale-max = Choose a highest point that is 1 to 10 above the lowest.
survey-problem-scale-top = Choose how many of the highest points mean satisfied, fewer than all.
survey-kind-matrix = Statements on one scale
survey-kind-ranking = Put in order
survey-kind-slider = Slider
survey-kind-number = Number
survey-kind-date = Date
survey-kind-contact = Contact details
survey-kind-consent = Consent
survey-rows-count = { $n ->
    [one] 1 row
   *[other] { $n } rows
}
survey-conditional-short = conditional
survey-change-asked = Asked of others
survey-warning-asked = The figure before and after is about different people.
survey-page-named = Page { $n }
survey-problem-too-many-parts = There are { $n } calculations, quotas, endings and jumps of a page at most.
survey-problem-row-count = Give 2 to 50 rows, and for a scale with words 2 to 11 words.
survey-problem-range = Nobody can answer this question: the lowest lies above the highest, or nothing is asked.
survey-problem-pattern = The pattern of the answer cannot be read.
survey-problem-later-question = The condition or text uses { $name }, which is asked later.
survey-problem-cycle = The calculation { $name } needs itself.
survey-problem-unknown-blank = Nothing is called { $name }; there is nothing to fill in there.
survey-problem-unreachable = Nobody ever comes here: the condition cannot hold.
survey-problem-jump-back = The jump to { $name } goes back. A jump goes forward.
survey-problem-jump-nowhere = No page is called { $name }.
survey-problem-unknown-name = The condition or calculation says { $name }, but nothing is called that.
survey-problem-no-match = This does not go together: { $part }.
survey-problem-unknown-option = The question { $name } has no answer { $code }.
survey-problem-off-scale = The question { $name } goes from { $min } to { $max }.
survey-problem-no-condition = The condition is neither true nor false.
survey-problem-no-value = The calculation gives no number or text.

# Helper
survey-shelf-relation = The relationship as a whole
survey-shelf-moment = One contact
survey-shelf-brief = One or two questions
survey-shelf-empty = Start from scratch
survey-measure-nps = NPS
survey-measure-csat = CSAT
survey-measure-ces = CES
survey-measure-mark = Mark from 1 to 10
survey-channel-page = A page of its own, by e-mail, link or QR code
survey-channel-popup = A small window on your website
survey-channel-kiosk = A screen at the exit
survey-channel-sms = A text message with a link
survey-fact-measures = Measures
survey-fact-moment = When
survey-fact-channel = Where
survey-advice-open = Help me choose
survey-advice-title = Help with choosing
survey-advice-question = Which measure suits your goal?
survey-advice-lead = Two questions, and you know what to measure, when, and where to start.
survey-advice-goal = What do you want to know?
survey-advice-reach = How do you reach your customers?
survey-advice-ask = Give advice
survey-advice-proposal = Advice
survey-advice-none = Choose what you want to know and how you reach your customers. What suits that will be shown here.
survey-advice-nps = Whether customers would recommend you says something about the relationship as a whole. Do not ask it after every contact.
survey-advice-csat = Satisfaction suits one moment or one thing: people still know how it went.
survey-advice-ces = Effort goes with whether people come back after they had to arrange something. A low score points to the step that went badly.
survey-advice-mail = E-mail leaves room for a few questions. Expect 10 to 15 percent to respond.
survey-advice-website = On the website: two questions at most, and only for some of the visitors.
survey-advice-on-site = On a screen one tap is enough; with a QR code you can ask more.
survey-advice-sms = A text message has room for a link to one or two questions. Send it in the daytime.
survey-goal-relation = How customers see us as a whole
survey-goal-contact = How one contact or visit went
survey-goal-effort = How easy it is to get something done
survey-goal-product = How what we deliver is liked
survey-goal-start = How new customers get started
survey-goal-leaving = Why customers leave
survey-reach-mail = By e-mail
survey-reach-website = On the website or in the app
survey-reach-on-site = On site, with a screen or QR code
survey-reach-sms = By text message

# Question bank
survey-from-bank = From the question bank
survey-bank-title = Question bank
survey-bank-question = Which question do you add?
survey-bank-lead = Neutral questions by theme, in Dutch and English. After adding one you can still change everything.
survey-bank-search = Search for a word
survey-bank-find = Search
survey-bank-found = { $n ->
    [one] one question
   *[other] { $n } questions
  }
survey-bank-empty = No question with these words
survey-bank-empty-text = Try another word, or look at all questions.
survey-bank-all = All questions
survey-bank-add = Add
survey-bank-used = already in your questionnaire
