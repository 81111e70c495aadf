# Comparing groups
compare-title = Do these groups really differ?
compare-short = Compare
compare-do = Compare
compare-open = Compare these groups
compare-question = Question
compare-measure = Measure
compare-measure-nps = NPS
compare-measure-share = Share of high scores
compare-measure-mean = Mean
compare-by = Groups by
compare-by-week = Week
compare-by-month = Month
compare-by-quarter = Quarter
compare-by-year = Year
compare-choose = Choose groups
compare-choose-help = Choose two to { $most }. When you choose none, Peil takes the largest groups or the last periods.
compare-hidden = { $n ->
    [one] One group is hidden: of fewer than 5 people, or leading back to such a small group. It does not take part.
   *[other] { $n } groups are hidden: of fewer than 5 people, or leading back to such a small group. They do not take part.
  }
compare-together = All groups together
compare-differs = Yes: at least one group differs from another. Differences like these rarely come from chance alone.
compare-no-proof = Not shown: differences like these may also come from chance.
compare-too-few = At least two groups are needed of which the figure can be shown.
compare-no-spread = No test over all groups: in at least one group everyone gave the same answer.
compare-test-nps = Cochran’s Q { $statistic } (degrees of freedom: { $df }), p { $p }.
compare-test-share = Pearson’s χ² { $statistic } (degrees of freedom: { $df }), p { $p }.
compare-test-mean = Welch’s F { $statistic } (degrees of freedom: { $df }), p { $p }.
compare-test-ranks = On ranks (Kruskal-Wallis): p { $p }.
compare-words = First one test over all groups together: are the figures further apart than chance gives? Only then every pair.
compare-words-pairs = Of each pair: the difference, with its interval. The p-value is adjusted for all pairs: by Benjamini-Hochberg for the verdict, and by Holm, which is stricter, for comparison. It is the same test as on the other pages.
compare-symbols-nps = Q = Σ w (NPS − weighted mean)², with w = 1 ÷ se²; χ² with k − 1 degrees of freedom
compare-symbols-share = χ² = Σ n (share − P)² ÷ (P (1 − P)), with P the share of all groups together
compare-symbols-mean = Welch’s F: the spread between the means ÷ the spread within, weighted by n ÷ s²
compare-letters-note = Groups that share a letter were not shown to differ from each other.
compare-pairs = Pairs
compare-pairs-note = Difference: the first group minus the second, with 95% interval.
compare-pairs-differ = { $n ->
    [one] One pair differs.
   *[other] { $n } pairs differ.
  }
compare-pairs-same = { $n ->
    [one] One pair does not differ: whatever there is, it is too small to act upon.
   *[other] { $n } pairs do not differ: whatever there is, it is too small to act upon.
  }
compare-pairs-unsure = { $n ->
    [one] Of one pair it is too early to tell.
   *[other] Of { $n } pairs it is too early to tell.
  }
compare-pair = { $first } against { $second }
compare-pair-head = Pair
compare-p-bh = p (Benjamini-Hochberg)
compare-p-holm = p (Holm)
compare-nothing-title = Nothing to compare
compare-nothing-text = This survey has no question with a scale.
compare-chart-title = { $metric } of the chosen groups
