# Explorer
explorer-short = Explorer
explorer-title = Where is the difference, for whom and when?
explorer-as-of = Figures of { $at }
explorer-group = By
explorer-no-group = Nothing: everyone together
explorer-second = Side by side
explorer-periods = Periods
explorer-step = Step
explorer-step-day = Day
explorer-step-week = Week
explorer-step-month = Month
explorer-step-quarter = Quarter
explorer-step-year = Year
explorer-per-day = day
explorer-per-week = week
explorer-per-month = month
explorer-per-quarter = quarter
explorer-per-year = year
explorer-own-days = Own days
explorer-days-help = Own days go before the period.
explorer-find = Search the groups
explorer-show = Show
explorer-add = Another value
explorer-except = Leave out what is ticked
explorer-score-help = Only answers with such a score. For a share of high scores: the share with such a score.
explorer-least = From
explorer-most = Up to
explorer-chips = What is chosen
explorer-flip-out = { $name } { $value }: leave this out instead
explorer-flip-in = { $name } not { $value }: choose this instead
explorer-view = Way of looking
explorer-view-heat = Heat map
explorer-view-ladder = Ladder
explorer-view-trend = Lines
explorer-count = Number of responses
explorer-count-range = Number of answers with score { $range }
explorer-share-range = Share with score { $range }
explorer-option = Chose “{ $option }”
explorer-title-by = { $measure } by { $by }
explorer-title-both = { $measure } by { $by } and { $second }
explorer-whole = Whole selection
explorer-everyone = Everyone in this selection: { $figure }
explorer-others = Other groups ({ $written })
explorer-counted = { $n ->
    [one] { $written } response in { $time } ms
   *[other] { $written } responses in { $time } ms
  }
explorer-counted-hidden = counted in { $time } ms
explorer-said = { $title }: { $figure }
explorer-unfound = No group with these letters in its name.
explorer-widened = You see { $shown }: more days than you asked for. Peil counts whole weeks, months or quarters with at least { $n } people each, so that nobody can be recognised.
explorer-coarser = You asked by { $asked }; you see by { $shown }. Shorter steps would hold fewer than { $n } people, who could then be recognised.
explorer-steps-beyond = { $n ->
    [one] One earlier step is left out. Choose a period or a longer step to see it.
   *[other] { $written } earlier steps are left out. Choose a period or a longer step to see them.
  }
explorer-columns-beyond = { $n ->
    [one] One smaller column is left out.
   *[other] { $written } smaller columns are left out.
  }
explorer-beyond = { $n ->
    [one] One smaller group is not shown by itself. Search its name to see it.
   *[other] { $written } smaller groups are not shown by themselves. Search their names to see them.
  }
explorer-hidden = { $n ->
    [one] One more group is hidden: of too few people.
   *[other] { $written } more groups are hidden: of too few people.
  }
explorer-table = The same figures as a table
explorer-legend-worse = worse than everyone
explorer-legend-same = no clear difference
explorer-legend-better = better than everyone
explorer-legend-less = less
explorer-legend-more = more
explorer-legend-uncertain = too uncertain
explorer-legend-hidden = hidden
explorer-note-heat = Only a figure whose interval does not touch that of everyone gets a colour. Point at a cell for the interval and the number; click for the answers.
explorer-note-ladder = From high to low, with 95% intervals. Click a row for the answers.
explorer-note-trend = The eight largest groups in colour, the others in grey. Point at a line for its interval; click a point for the answers.
