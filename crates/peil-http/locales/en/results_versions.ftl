# Versions together or apart
results-note-set-aside = In version { $list } this question was not exactly the same. Those answers are left out here, since you only want the very same question.
results-versions = Versions
results-versions-together = Together, where the scale is the same
results-versions-same = Together, only with the very same question
results-versions-same-short = only the same question
results-versions-apart = Each version apart
results-versions-only = Only version { $n }
