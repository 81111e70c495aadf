# Drivers
drivers-title = What goes with satisfaction?
drivers-short = What counts
drivers-open = What goes with satisfaction?
drivers-outcome = Question to explain
drivers-choose = Choose drivers
drivers-choose-help = Choose at most { $most }. If you choose none, the questions that most people answered take part.
drivers-do = Work it out
drivers-refused = No analysis can be made of this
drivers-none = No other question with a scale was answered. Add a few questions about what may matter, such as delivery, price and contact.
drivers-too-few = { $rows } submissions have an answer to all of these questions. { $drivers } drivers need at least { $needed }: with fewer, the division is mostly chance. Choose fewer drivers, or a longer period.
drivers-too-few-hidden = Fewer than 5 people answered all of these questions. { $drivers } drivers need at least { $needed } submissions. Choose fewer drivers, or a longer period.
drivers-no-spread = Everyone gave the same score to “{ $name }”. What never differs cannot explain a difference. Leave this question out.
drivers-follows = The score on one of the drivers follows exactly from the others, so nobody can tell which one it is. Leave one out.
drivers-map = Importance and score
drivers-map-note = At the top left stands what matters much and scores badly. The ellipse around a point is as wide and as high as its 95% intervals.
drivers-answer = { $n ->
    [one] One question explains { $part } of the differences in { $metric }.
   *[other] These { $n } questions together explain { $part } of the differences in { $metric }.
  }
drivers-based-on = Based on { $rows } submissions by { $people } people with an answer to all of these questions.
drivers-first = Start with: { $name }
drivers-cut = Only the newest { $n } submissions count.
drivers-no-cause = Going together is not yet a cause. Try an improvement and measure whether the score moves along.
drivers-words = For each question, Peil works out how much difference in the outcome goes with it, divided fairly over questions that look alike. The line between high and low is the mean of all drivers.
drivers-formula = R² = { $part }, from { $rows } submissions and { $drivers } drivers
drivers-list = From more to less important
drivers-list-note = Part of the differences with 95% interval. Where two intervals overlap, the order is not certain.
drivers-question = Question
drivers-part = Explains
drivers-share = Share (LMG)
drivers-relative = Share (Johnson)
drivers-direction = Direction
drivers-up = Higher score, higher { $metric }
drivers-down = Higher score, lower { $metric }
drivers-unclear = Cannot tell yet
drivers-mean = Mean
drivers-mean-of = { $mean } on { $min }–{ $max }
drivers-do-what = What to do
drivers-concentrate = Improve now
drivers-keep-up = Keep it up
drivers-low-priority = Can wait
drivers-overkill = Could do with less
drivers-axis-up = Part of the differences in { $metric }
drivers-axis-across = Score, as part of the scale
drivers-chart-title = Importance and score of what goes with { $metric }
