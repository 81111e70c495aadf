# Methods in short
method-list-title = How does Peil compute?
method-list-short = Methods
method-list-lead = For each figure: what it says, how it is made, and when Peil stays silent.
method-part-words = In plain words
method-part-formula = As a formula
method-part-interval = How certain is it?
method-part-assumes = What we assume
method-part-silent = When Peil stays silent
method-part-source = Source
method-nps-title = Net Promoter Score (NPS)
method-nps-asks = Would customers recommend us?
method-nps-words = On a scale from 0 to 10, 9 and 10 are promoters, 7 and 8 passives, and 0 to 6 detractors. The NPS is the percentage of promoters minus the percentage of detractors: from −100 to 100 points.
method-nps-formula = NPS = 100 × (p − d) ÷ n, with p promoters and d detractors among n answers
method-nps-interval = Tango’s score interval: every value that the answers do not contradict. It stays within −100 and 100, and keeps a width when everyone agrees.
method-nps-assumes = Those who answered are a random sample of all customers whom the figure is about, one answer per person.
method-nps-silent = With fewer than 5 people the figure stays hidden. When the interval is wider than 15 points either way, it is shown in grey.
method-nps-source = Reichheld (2003); Tango (1998), Statistics in Medicine 17; Rocks (2016), The American Statistician 70.
method-share-title = Share of high scores (CSAT)
method-share-asks = Which share of customers is satisfied?
method-share-words = The number of answers with one of the best scores, divided by all answers. On a scale from 1 to 5 those are 4 and 5.
method-share-formula = share = h ÷ n, with h high scores among n answers
method-share-interval = Wilson’s score interval, which also holds with few answers and with a share close to 0 or 100%.
method-share-assumes = Those who answered are a random sample of all customers whom the figure is about, one answer per person.
method-share-silent = With fewer than 5 people the figure stays hidden. When the interval is wider than 10 percentage points either way, it is shown in grey.
method-share-source = Wilson (1927), Journal of the American Statistical Association 22.
method-mean-title = Mean score
method-mean-asks = How high is the score on average?
method-mean-words = All scores added up, divided by the number of answers.
method-mean-formula = mean = Σ x ÷ n, with Σ x the sum of all scores
method-mean-interval = Student’s t interval: mean ± t × s ÷ √n, with s the spread of the scores.
method-mean-assumes = The steps of the scale are equally large, and those who answered are a random sample of all customers whom the figure is about.
method-mean-silent = With fewer than 5 people the figure stays hidden. When the interval is wider than a tenth of the scale either way, it is shown in grey.
method-mean-source = Student (1908), Biometrika 6.
method-response-rate-title = Response rate
method-response-rate-asks = Which share of those we asked answered?
method-response-rate-words = The number of invitations answered, divided by all invitations sent. Whoever did not react counts in the denominator.
method-response-rate-formula = RR1 = I ÷ (all invitations sent), with I the number answered
method-response-rate-interval = There is no interval: everyone who was asked is counted.
method-response-rate-assumes = Every invitation sent went to someone who could answer.
method-response-rate-silent = Without invitations in the period there is no response rate.
method-response-rate-source = AAPOR, Standard Definitions (10th edition, 2023).
method-difference-title = Is a difference real?
method-difference-asks = Do two groups or periods differ, and does it matter?
method-difference-words = Peil says “differs” when the interval of the difference does not hold zero and chance is an unlikely cause, also after adjusting for all comparisons on the screen. Peil says “does not differ” only when the whole interval is so close to zero that nobody would act upon it: 5 points of NPS, 3 percentage points, or a twentieth of the scale for a mean. In all other cases it is too early to tell.
method-difference-formula = does not differ: −m ≤ low and high ≤ m. Differs: 0 lies outside the interval and adjusted p < 0.05
method-difference-interval = NPS: adjusted Wald interval. Share: Newcombe. Mean: Welch. All p-values on one screen are adjusted together by Benjamini-Hochberg: of all that is called “differs”, at most some 5% is chance.
method-difference-assumes = The two groups are different people. When the same person answers in two periods the verdict is cautious: rather too few differences than too many.
method-difference-silent = Hidden groups never take part. Without spread in the answers there is no interval and no verdict.
method-difference-source = Benjamini and Hochberg (1995); Newcombe (1998); Welch (1947); Bonett and Price (2012); Schuirmann (1987) for equivalence.
method-groups-title = Comparing groups
method-groups-asks = Do several groups differ, and which?
method-groups-words = First one test over all groups together: is anything going on? Then every pair, adjusted for the number of pairs. Groups that share a letter were not shown to differ from each other.
method-groups-formula = NPS: Q = Σ w (y − ȳ)², χ² with k − 1 degrees of freedom. Share: Pearson’s χ². Mean: Welch’s F, with Kruskal-Wallis beside it
method-groups-interval = For each pair the interval of the difference, and a p-value adjusted by Holm (the chance of any false alarm) and Benjamini-Hochberg (the share of false alarms).
method-groups-assumes = The groups are different people, and those who answered are a random sample within each group.
method-groups-silent = Groups of fewer than 5 people stay hidden. When everyone in a group gave the same answer, there is no test over all groups.
method-groups-source = Cochran (1954); Welch (1951); Kruskal and Wallis (1952); Piepho (2004) for the letters.
method-sample-size-title = How many answers needed
method-sample-size-asks = How many people must answer, and how many must you ask?
method-sample-size-words = The narrower the margin, or the smaller the difference that you want to see, the more answers it takes: half as narrow costs four times as many. The number of invitations is the number of answers divided by the response rate.
method-sample-size-formula = margin: n = z² S² ÷ (margin² + z² S² ÷ N). Difference: the n at which the test sees the difference in 80% of cases
method-sample-size-interval = The margin goes with 95% confidence. A difference is seen with a chance of 80%, with a chance of 5% of a false alarm.
method-sample-size-assumes = The spread stays as filled in, so does the response rate, and those who answer are a random sample. A high response rate is better than many invitations: those who do not answer may think otherwise.
method-sample-size-silent = Without a difference between now and the goal no number is enough.
method-sample-size-source = Cochran (1977), Sampling Techniques; Cohen (1988), Statistical Power Analysis; Valliant, Dever and Kreuter (2018).
method-drivers-title = Drivers of satisfaction
method-drivers-asks = Which questions go with the outcome, and how strongly?
method-drivers-words = Peil predicts the outcome from all other questions together, and divides what that explains over the questions. The division is the mean over all orders in which questions can take part, so that questions that look alike share fairly. Johnson’s division stands beside it as a check.
method-drivers-formula = LMG: part of j = mean over all orders of R²(with j) − R²(without j)
method-drivers-interval = Submissions are drawn anew 500 times and the analysis is repeated each time; the interval holds the middle 95% of the outcomes. The direction comes from the interval of the regression coefficient.
method-drivers-assumes = The relation is roughly a straight line, and those who answered all questions resemble those who did not. Going together is not a cause.
method-drivers-silent = With fewer than 10 complete submissions per driver, with a question that everyone answers alike, and when a question follows exactly from the others.
method-drivers-source = Lindeman, Merenda and Gold (1980); Johnson (2000); Grömping (2006), Journal of Statistical Software 17; Martilla and James (1977) for the map.
method-full-short = In full
method-full-title = Full descriptions
method-full-open = Full description, with formulas, an example and how it is tested
method-full-lead = The full description of how Peil works this out.
method-full-to-short = In short
method-hidden-title = Small groups
method-hidden-asks = Which figures stay hidden, and why?
method-hidden-words = A figure of three people nearly tells what each of them thinks. So you only see figures of at least 5 people. Where you could work out a small group by subtracting other groups from the total, Peil hides the next smallest group as well, or puts weeks and months together.
method-hidden-formula = a cell is shown with 0 or at least 5 people; a selection is shown when it consists of whole cells that are shown
method-hidden-interval = There is no interval: this is counting. Peil counts people, not answers; who is not known counts as one.
method-hidden-assumes = Readers may talk to each other and ask as often as they like. Who looks right before and right after one answer does see the difference: Peil would rather show what holds now.
method-hidden-silent = A hidden group takes part in nothing: no comparison, no letters, no test. You see comments of people who are not known only when at least 8 people share the selection.
method-hidden-source = Hundepool and others (2012), Statistical Disclosure Control; Cox (1980), Journal of the American Statistical Association 75.
method-quality-title = Automatic and hasty answers
method-quality-asks = Which answers do not count?
method-quality-words = A field that people do not see is often filled in by robots. Such submissions are marked and do not count until you ask for it. Who was very fast or chose the same everywhere is marked as well, but counts: people may be fast, or find everything good.
method-quality-formula = robot: the hidden field is filled in; too fast: less time than reading takes; straight line: the same score everywhere
method-quality-interval = There is no interval: each mark is a count per submission.
method-quality-assumes = A program that helps people to fill in forms leaves the hidden field empty.
method-quality-silent = With one question with a scale there is no straight line. Lists of single answers and downloads hold everything, with the marks.
method-quality-source = Curran (2016), Journal of Experimental Social Psychology 66; Meade and Craig (2012), Psychological Methods 17.
method-accounts-title = Accounts
method-accounts-asks = What do accounts think, and do people in one account agree?
method-accounts-words = The NPS by person counts every answer alike, the NPS by account every account. The ICC says how much people in one account agree: 0 is as strangers, 1 as one person. The best guess for an account weighs its own figure against the mean of all accounts.
method-accounts-formula = guess = B × own NPS + (1 − B) × μ, with B = τ² ÷ (τ² + s² ÷ n)
method-accounts-interval = μ is the mean account. τ², the spread between accounts, is estimated by REML; s² is the spread within accounts. The intervals of both NPS come from the differences between whole accounts, since colleagues do not answer independently.
method-accounts-assumes = The accounts that answered are a random sample, and the spread within each account is about the same.
method-accounts-silent = Accounts of fewer than 5 people are not named; they count with the figure of all of them together. When everyone within each account agrees, there is no guess.
method-accounts-source = Binder (1983), International Statistical Review 51; Raudenbush and Bryk (1985), Journal of Educational Statistics 10; Robinson (1991), Statistical Science 6.
method-representation-title = Representativeness of the response (R-indicator)
method-representation-asks = Are those who answered like those we asked, and whom do we miss?
method-representation-words = Of every invited person Peil estimates how likely an answer was, from the chosen attributes. The further those chances lie apart, the lower R. At R = 1 every group answered as often. Partial indicators say which attribute and which group cause the spread: by itself, and compared with people who are otherwise alike.
method-representation-formula = R = 1 − 2 × √V(ρ), with V(ρ) the spread of the chances to answer, without the part that is chance
method-representation-interval = R ± 1.96 × se(R), with the standard error of Shlomo, Skinner and Schouten. R is good from 0.80, fair from 0.65, poor below. Whether an attribute is composed otherwise is tested with χ² against all invited people, corrected because those who answered are a part of them, and by Holm for the number of attributes.
method-representation-assumes = The invited are the people you want to say something about. Attributes are those of now, of those who answered and those who did not. R sees only what the attributes see: 1 does not prove that there is no bias.
method-representation-silent = With fewer than 30 invited people or 10 answers, without an attribute that makes groups, when everyone answered, and when nobody was invited in person: of an open link nobody knows who saw it. Small groups are not tested.
method-representation-source = Schouten, Cobben and Bethlehem (2009), Survey Methodology 35; Shlomo, Skinner and Schouten (2012); Cochran (1954), Biometrics 10.
method-weighting-title = Weighting
method-weighting-asks = What would the figure be if all groups had answered in proportion?
method-weighting-words = Answers from groups that answered too little count for more, until every chosen attribute has the composition of the population. That makes the figure less certain: the effective number says how many answers of equal weight tell as much. Groups with fewer than 5 answers are put together first, so that weights cannot set anyone apart.
method-weighting-formula = weighted figure = Σ w × y ÷ Σ w; effective number = (Σ w)² ÷ Σ w²
method-weighting-interval = Weighted figure ± t × se, with se from u = w × (y − weighted figure) ÷ Σ w. Weighted and unweighted figure come from the same answers; the difference has a standard error of its own. The weights count as fixed.
method-weighting-assumes = Within a group those who answered are like those who did not. Weighting mends only whom you know to miss. Of every invited person the newest answer counts.
method-weighting-silent = When nobody answered in a group, when no weights fit all attributes at once, when the bound leaves no room, and when too few people answered.
method-weighting-source = Deming and Stephan (1940); Kish (1992); Binder (1983); Lumley (2010), Complex Surveys.
