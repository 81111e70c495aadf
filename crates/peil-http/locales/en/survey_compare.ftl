# Two versions side by side
survey-compare-open = Compare two versions
survey-compare-from = From
survey-compare-to = To
survey-compare-do = Compare
survey-compare-draft = draft
survey-compare-none = Nothing about the questions changed between these two.
survey-compare-changed = { $n ->
    [one] 1 question changed.
   *[other] { $n } questions changed.
}
survey-compare-all-together = All figures stay comparable.
survey-compare-some-shift = { $n ->
    [one] With 1 question the change itself may move the figure.
   *[other] With { $n } questions the change itself may move the figure.
}
survey-compare-some-apart = { $n ->
    [one] The figures of 1 question cannot be put together.
   *[other] The figures of { $n } questions cannot be put together.
}
survey-compare-together = comparable
survey-compare-shifts = may shift
survey-compare-apart = not comparable
survey-compare-what = What
survey-compare-nothing = nothing
survey-compare-text = Text
survey-compare-help = Explanation
survey-compare-ends = Words at the ends
survey-compare-options = Answers
survey-compare-rows = Rows
survey-compare-labels = Scale words
survey-compare-kind = Kind and scale
survey-compare-required = Required
survey-compare-not-applicable = “Not applicable” is offered
survey-compare-condition = Condition
survey-compare-page-condition = Condition of the page
survey-compare-place = Place
survey-compare-yes = yes
survey-compare-no = no
survey-compare-others = Also changed
survey-compare-other-texts = Title, introduction, thanks or the heading of a page
survey-compare-other-languages = The languages or their order
survey-compare-other-calculations = The calculations
survey-compare-other-routes = Who sees which page, or where one goes after a page
survey-compare-other-pages = How the questions are divided over pages
survey-compare-other-random-order = Whether questions are in random order
survey-compare-other-endings = The endings with a condition
survey-compare-other-quotas = The quotas
survey-compare-other-conduct = Progress or the time to answer
survey-compare-other-look = The look
survey-compare-same = { $n ->
    [one] 1 question stayed the same.
   *[other] { $n } questions stayed the same.
}
survey-change-help = Another explanation or picture
survey-change-not-applicable = “Not applicable” can be answered now, or no longer
survey-warning-not-applicable = Other people stay out of the figure, which may move it.
