# Is it real? Verdicts on differences
verdict-title = Is it real?
verdict-word-differs = differs
verdict-word-same = does not differ
verdict-word-unsure = cannot tell yet
verdict-differs = Differs: { $effect }
verdict-same = Does not differ: { $effect }
verdict-unsure = Cannot tell yet: { $effect }
verdict-points = { $n ->
    [1] { $written } point
   *[other] { $written } points
  }
verdict-percentage-points = { $n ->
    [1] { $written } percentage point
   *[other] { $written } percentage points
  }
verdict-scale-points = { $n ->
    [1] { $written } point
   *[other] { $written } points
  }
verdict-between = { $low } to { $high }
verdict-than = { $interval }, compared with { $than }
verdict-than-only = Compared with { $than }
verdict-the-rest = the rest
verdict-p-below = less than { $p }
verdict-why-differs = The interval of the difference does not hold zero. Without a real difference an outcome like this is rare: adjusted p is { $p }, over all { $among } comparisons on this screen.
verdict-why-same = The whole interval of the difference lies within ± { $margin }. Whatever differs is too small to act upon.
verdict-why-unsure = There may be a difference that matters (more than { $margin }), and there may be nothing. More answers would tell. Adjusted p is { $p }, over all { $among } comparisons on this screen.
verdict-others-same = { $n ->
    [one] One group does not differ from the rest: { $margin } at most.
   *[other] { $n } groups do not differ from the rest: { $margin } at most.
  }
verdict-others-unsure = { $n ->
    [one] Of one group it is too early to tell whether it differs from the rest.
   *[other] Of { $n } groups it is too early to tell whether they differ from the rest.
  }
verdict-groups-title = Which group differs from the rest?
verdict-all = All groups against the rest
verdict-group = Group
verdict-effect = Difference
verdict-p = p, adjusted
verdict-verdict = Verdict
verdict-letters = Letters
verdict-letters-note = Groups that share a letter were not shown to differ from each other. Letters compare every pair; the verdict below compares each group with all others together.
verdict-earlier = Before, in { $days }: { $value } ({ $answers }).
verdict-symbols-nps = difference = NPS₁ − NPS₂; z = difference ÷ √(se₁² + se₂²), each side with three imaginary answers added
verdict-symbols-share = difference = share₁ − share₂; z = difference ÷ √(a (1 − a) (1 ÷ n₁ + 1 ÷ n₂)), with a the share of both together
verdict-symbols-mean = difference = mean₁ − mean₂; t = difference ÷ √(s₁² ÷ n₁ + s₂² ÷ n₂)
verdict-bands = Band
verdict-bands-note = With more than twelve groups, each shows how it compares with all others together: higher, lower, same (a difference so small that nobody would act on it) or too early to tell (?).
verdict-band-above = higher
verdict-band-below = lower
verdict-band-same = same
verdict-band-unsure = ?
verdict-trend = { $later } against { $earlier }
