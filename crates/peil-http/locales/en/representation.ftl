# Representativeness: are the people who answered like those who were asked?
representation-title = Are those who answered like those we asked?
representation-wave = Wave
representation-all-waves = All waves together
representation-idle-filters = This page is about everyone who was invited. The filters of the figures do not apply here; they are kept for the other pages.
representation-refused = Nothing can be said about this yet
representation-open-only = { $n ->
    [one] This survey was filled in once through an open link or code, and nobody was invited in person.
   *[other] This survey was filled in { $written } times through an open link or code, and nobody was invited in person.
  } Nothing is known of those who saw the link and did not answer. So nobody can say whether the answers speak for all your customers. Send a wave to customers you know to find out.
representation-not-invited = Nobody has been invited in person yet. Send a wave; after that you see here which groups answered and which you miss.
representation-too-few = { $answered } of { $invited } invited people answered. Below { $fewest } invited or { $answers } answers every difference between groups is chance.
representation-no-properties = Nothing is known of the invited that makes groups, or they all have the same value. Give your customers attributes, such as region or kind of customer, to see whom you miss.
representation-everyone = Everyone who was invited answered. You miss nobody.
representation-indicator = How alike are they?
representation-grade-good = Good: R = { $r } ({ $low } to { $high }). In these attributes those who answered are much like those who were invited.
representation-grade-fair = Fair: R = { $r } ({ $low } to { $high }). Some groups answered less; be careful with figures about everyone.
representation-grade-poor = Poor: R = { $r } ({ $low } to { $high }). Those who answered are little like those who were invited; be very careful with figures about everyone.
representation-grade-unsure = With these numbers the verdict may also be a step better or worse.
representation-share = { $answered } of { $invited } invited people answered: { $share } ({ $low } to { $high }).
representation-bias = Because of those who did not answer, a mean score may be off by at most { $sd } standard deviations from that of all invited people, as far as these attributes show.
representation-uninvited = { $n ->
    [one] One more submission came in without an invitation; it does not count here.
   *[other] Another { $written } submissions came in without an invitation; they do not count here.
  }
representation-current = Of everyone the attribute counts as it stands in the address book now, also of those who answered: only then can they be compared with the others. Someone who was invited more often counts once.
representation-chase = Whom to ask once more?
representation-chase-first = { $n ->
    [one] Of { $group } one invited person has not answered yet.
   *[other] Of { $group } { $waiting } invited people have not answered yet.
  } There you win most: with { $needed } more answers R goes from { $now } to { $then }.
representation-chase-nobody = No group clearly stays behind. A reminder to everyone who has not answered yet is as good.
representation-chase-note = Needed: with so many more answers the group answers as often as all invited people together. R becomes: the representativeness when only that happens.
representation-group = Group
representation-waiting = Not answered yet
representation-invited = Invited
representation-needed = Needed
representation-then = R becomes
representation-do = Do
representation-ask = Make a wave
representation-ask-whom = Make a wave for { $group }
representation-list = See the customers
representation-list-whom = See the customers of { $group }
representation-groups = Who answered, by attribute
representation-groups-note = The mark in every bar is the response of everyone.
representation-choose = Choose attributes
representation-choose-help = Choose at most { $most }. If you choose none, the first three that make groups take part.
representation-choose-do = Compare
representation-one-value = All invited people have the same value.
representation-many-values = { $n } different values; up to { $most } make groups.
representation-answered-of = Answered
representation-n-of = { $n } of { $of }
representation-standing = Among the answers
representation-over = Too many
representation-under = Too few
representation-alike = In proportion
representation-alone = Alone
representation-beside = Beside the rest
representation-partials-show = Show partial R-indicators
representation-partials-note = How much every attribute and every group adds to the spread of the chances to answer. Above zero: too many among the answers; below zero: too few. Beside the rest: compared with people who are alike in the other attributes.
representation-whole = Whole attribute, without chance
representation-fit-differs = Composed otherwise than those who were invited: { $off } of the answers would have to come from another group (χ² = { $chi2 }, { $df } degrees of freedom, p { $p } after correcting for { $n ->
    [one] one attribute
   *[other] { $n } attributes
  }).
representation-fit-alike = No difference with those who were invited that is more than chance: { $off } of the answers would have to come from another group (χ² = { $chi2 }, { $df } degrees of freedom, p { $p } after correcting for { $n ->
    [one] one attribute
   *[other] { $n } attributes
  }).
representation-fit-untested = These groups are too small to test the difference with those who were invited.
representation-weights = What if everyone had answered in proportion?
representation-weights-note = Weighting lets groups that answered too little count for more. It mends only what these attributes show.
representation-no-scale = This survey has no question with a scale to weight.
representation-unweighted = This cannot be weighted: { $metric }.
representation-weighs-differs = Weighting matters. { $metric }: { $plain } without and { $weighted } with weights.
representation-weighs-does_not_differ = Weighting does not matter. { $metric }: { $plain } without and { $weighted } with weights.
representation-weighs-cannot_tell = Whether weighting matters cannot be told. { $metric }: { $plain } without and { $weighted } with weights.
representation-question = Question
representation-plain = Unweighted
representation-weighted = Weighted
representation-matters = Does it matter?
representation-verdict-differs = Matters
representation-verdict-does_not_differ = Does not matter
representation-verdict-cannot_tell = Cannot tell
representation-weigh-too-few = { $metric }: too few people answered, or a group of fewer than { $n } could be told apart. So there is no weighted figure.
representation-weigh-one-group = { $metric }: groups with fewer than { $n } answers count together, which leaves one group. Weight by fewer attributes.
representation-weigh-empty = Nobody answered from: { $groups }. No weight can mend that. Leave the attribute out, or ask these people once more.
representation-weigh-not-converged = There are no weights that fit all attributes at once (weighting did not come to an end). So there is no weighted figure. Weight by fewer attributes.
representation-weigh-infeasible = The bound leaves no room for these weights. Choose a higher one.
representation-weigh-shares = The shares of { $property } add up to { $sum }%, not to 100%.
representation-choose-weights = How do you want to weight?
representation-targets-show = Show shares among the answers and targets
representation-margins = Weight by
representation-population = To the composition of
representation-population-invited = All invited people
representation-population-contacts = The whole address book
representation-population-typed = Shares that you fill in
representation-bound = Heaviest weight
representation-bound-help = Nobody counts for more; what is cut off is spread over the others.
representation-bound-times = { $n } times the mean
representation-bound-none = No bound
representation-shares = Shares of { $property } in percent
representation-weigh = Weight
representation-weights-of = Weights: { $metric }
representation-n = Answers
representation-n-eff = Count as (effective number)
representation-deff = Design effect
representation-lightest = Lightest weight
representation-heaviest = Heaviest weight
representation-met = The weights fit all chosen attributes.
representation-bounded = { $n ->
    [one] The weight of one person was cut off;
   *[other] The weights of { $written } people were cut off;
  } because of that a share is off its target by at most { $off } percentage points.
representation-pooled = Weighted together, because groups have fewer than { $n } answers: { $values }.
representation-steps = How many people count for how much?
representation-weight = Weight
representation-people = People
representation-up-to = Up to { $end }
representation-between = { $start } to { $end }
representation-above = More than { $start }
representation-in-answers = Among the answers
representation-in-population = Target
