# Insights
results-tabs = Pages about this survey
results-tab-figures = Figures
results-tab-compare = Compare
results-tab-drivers = What counts
results-tab-turnout = Response
results-tab-representation = Representativeness
results-title = How satisfied are customers, and is it certain?
results-crumbs = You are here
results-list-title = Which survey’s figures do you want to see?
results-list-lead = The first figure of each survey, with its margin and the last twelve months in which anyone answered.
results-none-title = Your figures will appear here
results-none-text = Publish a survey and share its link. After five answers the first figure is here, with its margin.
results-none-do = Go to surveys
results-empty-title = Nobody has answered yet
results-empty-text = Share the link, send invitations or import answers that you already have. Figures appear from five people on.
results-empty-do = Go to surveys
results-nothing-title = No answers in this selection
results-nothing-text = There are answers, but none with all of these filters. Remove a filter.
results-nothing-do = Remove all filters
results-survey = Survey
results-measure = Measure
results-figure = Figure
results-twelve-months = Twelve months
results-as-of = Figures of { $at } · in { $ms } ms
results-tiles = Key figures
results-no-figure = No figure
results-no-answers = No answers
results-interval-words = { $low } to { $high } with 95% confidence
results-interval-uncertain = { $low } to { $high }: too uncertain to judge
results-hidden-why = Hidden: from fewer than { $n } people, or it would give away such a small group.
results-none-why = Nobody answered this question.
results-n-answers = { $n ->
    [one] { $written } answer
   *[other] { $written } answers
  }
results-n-people = { $n ->
    [one] { $written } person
   *[other] { $written } people
  }
results-response = Response
results-response-words = { $answered } of { $sent } invitations sent were answered
results-response-note = AAPOR RR1, the whole survey in this period
results-not-invited = No invitations in this period: no response rate to compute.
results-metric-nps = NPS
results-metric-csat = Satisfied customers
results-metric-ces = Ease (CES)
results-metric-mark = School mark
results-metric-rating = High scores
results-metric-yes = Yes
results-zone = Part of the scale
results-zone-all = All
results-zone-nps-high = promoters
results-zone-nps-mid = passives
results-zone-nps-low = detractors
results-zone-scale-high = high
results-zone-scale-mid = middle
results-zone-scale-low = low
results-word-nps-high = promoter
results-word-nps-mid = passive
results-word-nps-low = detractor
results-word-scale-high = high
results-word-scale-mid = middle
results-word-scale-low = low
results-how = How is this computed?
results-how-method = Read more
results-how-counts = What went in
results-how-selection = Which answers: { $selection }, complete submissions only.
results-words-nps = The share that would surely recommend us (9 or 10) minus the share that would not (0 to 6).
results-words-top = The share that gave one of the best scores.
results-words-mean = All scores added up, divided by the number of answers.
results-words-response = The share of the invitations sent that were answered. Whoever did not react counts too.
results-words-trend = Every point is the same figure, made of the answers of that step. The band is the 95% interval. The table shows how many people there are in each step.
results-words-choice = How often an answer was chosen, divided by all answers to this question. Where people may choose more than one, the shares add up to more than 100%.
results-words-distribution = The number of answers with a score, divided by all answers to this question.
results-words-ladder = Every row is the same figure for one group. Each group is compared with all others together, and with at most twelve groups also with every other group: the letters show that. All comparisons on this screen are adjusted together (Benjamini-Hochberg).
results-symbols-score = share = 100 × answers with this score ÷ all answers
results-symbols-choice = share = 100 × k ÷ n, with k times chosen among n answers
results-formula-share = 100 × { $part } ÷ { $whole } = { $share }
results-scores-added = Scores added up
results-share-between = { $low }–{ $high }%
results-list-how = Each figure is about the first question with a scale: the NPS, the share of high scores or the mean. For the NPS, high and low are the promoters and the detractors.
results-list-margin = The number behind ± is half the width of the 95% interval.
results-symbols-nps = NPS = 100 × (p − d) ÷ n
results-symbols-top = share = 100 × h ÷ n
results-symbols-mean = mean = Σ x ÷ n
results-method-tango = Interval: { $low } to { $high }, with 95% confidence (Tango’s score interval).
results-method-wilson = Interval: { $low } to { $high }, with 95% confidence (Wilson’s score interval).
results-method-t = Interval: { $low } to { $high }, with 95% confidence (Student’s t).
results-formula-nps = 100 × ({ $high } promoters − { $low } detractors) ÷ { $n } answers = { $value }
results-formula-top = 100 × { $high } high scores ÷ { $n } answers = { $value }
results-formula-mean = scores added up { $sum } ÷ { $n } answers = { $value }
results-versions-counted = Version { $list }.
results-versions-left-out = Not counted: version { $list }, which had another scale.
results-versions-reworded = Other words in version { $list }.
results-note-left-out = In version { $list } this question had another scale. Those answers cannot be added up and are left out here.
results-note-reworded = In version { $list } this question had other words. Those answers count, but a difference may come from the words.
results-version-marker = version { $n }, { $day }
results-trend-title = { $metric } through time
results-trend-note = Line: score. Band: 95% interval. Hatched: too few people or too uncertain.
results-trend-words = First { $first }, last { $last }; lowest { $low }, highest { $high }.
results-distribution = Distribution
results-distribution-note = Share of the answers for each score.
results-ladder = By group
results-ladder-title = { $metric } by { $by }
results-ladder-by = Groups by
results-ladder-note = From high to low, with 95% interval. Groups of fewer than 5 people stay hidden, where needed together with the smallest group beside them.
results-left-out = { $n ->
    [one] One smaller group is left out.
   *[other] { $n } smaller groups are left out.
  }
results-everyone = Everyone
results-too-few-short = hidden
results-people-hidden = number of people hidden
results-too-few-choice = Hidden: from fewer than 5 people, or it would give away such a small group.
results-choices = Choice questions
results-option = Answer
results-other = Other
results-old-option = { $code } (no longer asked)
results-comments = What customers write
results-comments-hidden = Hidden: fewer than { $n } people share this selection. Their words could then be traced to them.
results-only-known = Fewer than { $n } people share this selection. You therefore see answers of known customers only; whoever is unknown stays so.
results-guarded-closed = Hidden: this selection, or what falls outside it, is of fewer than { $n } people. What they said could be worked out with a sum. Choose fewer filters or a longer period.
results-guarded-days = You asked { $asked }; you see { $shown }. Peil counts whole weeks, months or quarters of at least { $n } people each, so that nobody can be told apart.
results-no-comments = No comments in this selection.
results-all-answers = All answers in this selection
results-whole-answer = Whole answer
results-search = Search the words
results-search-do = Search
results-nameless = Customer without a name
results-pages = Pages
results-older = Older
results-as-table = Show as table
results-score = Score
results-answers = Answers
results-share = Share
results-people = People
results-interval = Interval
results-people-short = n
results-event = Event
results-sparkline = { $metric } by month
results-period = Period
results-period-all = All answers
results-period-this-month = This month
results-period-last-month = Last month
results-period-this-quarter = This quarter
results-period-last-quarter = Last quarter
results-period-this-year = This year
results-period-12-months = Last twelve months
results-period-do = Show period
results-first-day = From
results-last-day = Until
results-between = { $from } to { $until }
results-from = from { $from }
results-until = until { $until }
results-quarter = { $year } Q{ $n }
results-week = week of { $date }
results-bucket = Steps in time
results-bucket-week = Week
results-bucket-month = Month
results-bucket-quarter = Quarter
results-filter = Filter
results-filter-do = Apply filter
results-chip-off = { $name } { $value }: remove filter
results-chip-not = { $name } not
results-range = { $least } to { $most }
results-range-from = { $least } and up
results-range-until = { $most } and down
results-dimension-channel = Channel
results-dimension-language = Language
results-dimension-version = Version
results-dimension-touchpoint = Touchpoint
results-dimension-account = Account
results-dimension-theme = Theme
results-dimension-theme-part = Sub-theme
results-dimension-tone = Tone
results-channel-email = Email
results-channel-link = Link
results-channel-qr = QR code
results-channel-api = API
results-channel-import = Import
results-version = Version { $n }
results-unknown = Not known
results-yes = Yes
results-no = No
results-automatic = Filled in automatically
results-automatic-counted = counted
results-automatic-too = Also count what a robot filled in
results-automatic-out = { $n ->
    [one] { $written } submission left out: marked as filled in automatically.
   *[other] { $written } submissions left out: marked as filled in automatically.
  }
results-automatic-in = { $n ->
    [one] { $written } submission counted that is marked as filled in automatically.
   *[other] { $written } submissions counted that are marked as filled in automatically.
  }
results-automatic-count = Count them
results-automatic-leave-out = Leave them out
results-automatic-list = Look at them
results-numbers-between = { $low } to { $high }
results-metric-consent = Consent
results-metric-place = Mean place
results-block-share = Share that gave one of the { $n } best answers, highest first
results-block-place = Mean place, the best first; 1 is the top
results-block-row = Item
results-numbers = Numbers and dates
results-number-median = Median
results-number-half = The middle half
results-number-mean = Mean
results-number-sd = Spread (standard deviation)
