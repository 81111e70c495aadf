//! What the base says of an answer: themes and tone of every clause, and the tone of the whole.

use super::looks::{Looks, group_of, of_one_word};
use super::{Base, LANGUAGES, Sums, TONES};
use crate::language::Language;
use crate::logistic;
use crate::matcher::{GIVEN_FROM, Match};
use crate::reading::{ReadClause, Reading};
use crate::sentiment::{self, Probabilities, Sentiment, Tone};
use crate::taxonomy::Taxonomy;
use crate::words::Word;

/// Words that show a theme that no list found: at most so many, each with at least this share of the best one.
const WORDS_OF_EVIDENCE: usize = 3;
const SHARE_OF_BEST: f32 = 0.4;
/// Two clauses that are so surely good and bad make an answer mixed.
const SURELY: f64 = 0.65;

/// How careful to be in a language: thresholds come from answers that were written for this purpose, and lists know
/// words of trades that nobody wrote about.
struct Care {
    language: Language,
    /// What a theme that no list found needs above its threshold.
    more: f32,
    /// How far below its threshold a theme that a list found may be.
    less: f32,
    /// Themes that only the lists give, since they are called otherwise in every trade: who waits for a flight has a
    /// late delivery, and who waits on the phone a slow service.
    only_listed: &'static [&'static str],
}

const CARE: [Care; 2] = [
    Care {
        language: Language::Dutch,
        more: 0.7,
        less: 0.0,
        only_listed: &[],
    },
    Care {
        language: Language::English,
        more: 0.6,
        less: 2.0,
        only_listed: &["customer_service", "waiting_time"],
    },
];

/// A theme that goes with another one, or with a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wider {
    pub(crate) theme: String,
    pub(crate) part: Option<String>,
    pub(crate) also: String,
}

impl Wider {
    /// Those of all themes and their parts.
    pub(crate) fn of(taxonomy: &Taxonomy) -> Vec<Self> {
        let mut all = Vec::new();
        for theme in &taxonomy.themes {
            let parts = theme
                .parts
                .iter()
                .map(|part| (Some(&part.code), &part.also));
            for (part, also) in std::iter::once((None, &theme.also)).chain(parts) {
                all.extend(also.iter().map(|also| Self {
                    theme: theme.code.clone(),
                    part: part.cloned(),
                    also: also.clone(),
                }));
            }
        }
        all
    }
}

/// What was seen in an answer, before anything is decided.
pub(crate) struct Seen {
    pub(crate) clauses: Vec<Sums>,
    pub(crate) whole: Sums,
}

impl Seen {
    /// The highest sum of a class over the whole and every clause.
    pub(crate) fn highest(&self, class: usize) -> f32 {
        let clauses = self.clauses.iter().map(|sums| sums.of(class));
        clauses.fold(self.whole.of(class), f32::max)
    }
}

/// What the base says of an answer.
pub(crate) struct Judged {
    pub(crate) clauses: Vec<(Vec<Match>, Probabilities)>,
    pub(crate) polarity: (Sentiment, f64),
}

impl Judged {
    /// Themes and tone as the word lists tell them.
    pub(crate) fn by_lists(reading: &Reading, found: Vec<Vec<Match>>) -> Self {
        let clauses = reading.clauses.iter();
        let tones: Vec<Tone> = clauses
            .map(|clause| sentiment::tone(&clause.words, reading.language))
            .collect();
        let clauses = found.into_iter().zip(&tones).map(|(mut found, tone)| {
            found.retain(is_given);
            (found, tone.probabilities())
        });
        Self {
            clauses: clauses.collect(),
            polarity: sentiment::of_answer(&tones),
        }
    }
}

/// The themes that the answers of an organisation are sorted into.
pub(crate) struct Themes<'a> {
    pub(crate) codes: &'a [String],
    pub(crate) wider: &'a [Wider],
}

impl Base {
    /// Looks at every clause and at the whole; nothing in languages that it does not know.
    pub(crate) fn look(&self, reading: &Reading, found: &[Vec<Match>]) -> Option<Seen> {
        let looks = looks(reading, found)?;
        let whole = self.sums(&Looks::together(&looks));
        let clauses = match looks.as_slice() {
            [_] => vec![whole.clone()],
            several => several.iter().map(|looks| self.sums(looks)).collect(),
        };
        Some(Seen { clauses, whole })
    }

    /// How probable every class is, by name.
    pub(crate) fn probabilities(
        &self,
        reading: &Reading,
        found: &[Vec<Match>],
    ) -> Option<Vec<(&str, f64)>> {
        let seen = self.look(reading, found)?;
        let classes = self.head.classes.iter().enumerate();
        let probability = |class| logistic::probability(f64::from(seen.highest(class)));
        Some(
            classes
                .map(|(class, known)| (known.name.as_str(), probability(class)))
                .collect(),
        )
    }

    /// Decides about themes and tone; `found` is what the word lists found in every clause.
    pub(crate) fn judge(
        &self,
        reading: &Reading,
        found: &[Vec<Match>],
        themes: &Themes<'_>,
    ) -> Option<Judged> {
        let seen = self.look(reading, found)?;
        let care = CARE.iter().find(|care| care.language == reading.language)?;
        let mut given: Vec<Vec<Match>> = found
            .iter()
            .zip(&seen.clauses)
            .map(|(found, sums)| self.kept(found, &seen, sums, (themes, care)))
            .collect();
        for (index, class) in self.head.classes.iter().enumerate() {
            let is_listed = |found: &Match| found.theme == class.name && is_given(found);
            let is_new = themes.codes.contains(&class.name)
                && seen.highest(index) >= class.give_from + care.more
                && !care.only_listed.contains(&class.name.as_str())
                && !found.iter().flatten().any(is_listed);
            if is_new {
                self.give(index, reading, &seen, found, &mut given);
            }
        }
        for (given, found) in given.iter_mut().zip(found) {
            add_wider(given, found, themes.wider);
            given.sort_by(|one, other| one.theme.cmp(&other.theme));
        }
        let polarity = self.polarity(&seen);
        let tones = seen.clauses.iter().map(|sums| self.tone(sums));
        Some(Judged {
            clauses: given.into_iter().zip(tones).collect(),
            polarity,
        })
    }

    /// What the lists found in a clause and the base does not deny; of words that an organisation added it knows
    /// nothing.
    fn kept(
        &self,
        found: &[Match],
        seen: &Seen,
        clause: &Sums,
        (themes, care): (&Themes<'_>, &Care),
    ) -> Vec<Match> {
        let classes = self.head.classes.iter().enumerate();
        let sure: Vec<&str> = classes
            .filter(|(index, class)| clause.of(*index) >= class.give_from)
            .map(|(_, class)| class.name.as_str())
            .filter(|name| themes.codes.iter().any(|code| code == name))
            .collect();
        let agrees = |theme: &str| {
            let class = self.class(theme);
            let known = class.and_then(|class| Some((class, self.head.classes.get(class)?)));
            known.is_none_or(|(class, known)| {
                let is_beside = sure.iter().any(|other| *other != theme);
                let from = if is_beside {
                    known.keep_beside_from
                } else {
                    known.keep_from
                };
                seen.highest(class) >= from - care.less
            })
        };
        let found = found.iter();
        let kept =
            found.filter(|found| is_given(found) && (found.is_added || agrees(&found.theme)));
        kept.cloned().collect()
    }

    /// Gives a theme to the clauses that are about it by themselves, or else to the one that comes nearest.
    fn give(
        &self,
        class: usize,
        reading: &Reading,
        seen: &Seen,
        found: &[Vec<Match>],
        given: &mut [Vec<Match>],
    ) {
        let Some(known) = self.head.classes.get(class) else {
            return;
        };
        let sums = seen.clauses.iter().map(|sums| sums.of(class));
        let best = sums.fold(f32::MIN, f32::max);
        let from = best.min(known.give_from);
        let clauses = reading.clauses.iter().zip(&seen.clauses).zip(found);
        for (((clause, sums), found), given) in clauses.zip(given) {
            if sums.of(class) < from {
                continue;
            }
            let hint = found.iter().find(|found| found.theme == known.name);
            let highest = seen.highest(class);
            given.push(Match {
                theme: known.name.clone(),
                part: hint.map(|hint| hint.part.clone()).unwrap_or_default(),
                confidence: logistic::probability(f64::from(highest)).max(GIVEN_FROM),
                evidence: self.evidence(class, clause, reading.language, sums),
                is_added: false,
            });
        }
    }

    /// The words of a clause that add most to the sum of a class.
    fn evidence(
        &self,
        class: usize,
        clause: &ReadClause,
        language: Language,
        sums: &Sums,
    ) -> Vec<(usize, usize)> {
        let adds = |word: &Word| self.adds(class, word, language, sums);
        let mut words: Vec<(usize, f32)> = clause
            .words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.is_function_word)
            .map(|(index, word)| (index, adds(word)))
            .collect();
        words.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let best = words.first().map_or(0.0, |(_, adds)| *adds);
        let mut places: Vec<usize> = words
            .into_iter()
            .filter(|(_, adds)| *adds > 0.0 && *adds >= SHARE_OF_BEST * best)
            .take(WORDS_OF_EVIDENCE)
            .map(|(index, _)| index)
            .collect();
        if places.is_empty() {
            // Only pairs of words speak for it, or words that hold the sentence together.
            return vec![(0, clause.words.len())];
        }
        places.sort_unstable();
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for place in places {
            match stretches.last_mut().filter(|last| last.1 == place) {
                Some(last) => last.1 = place + 1,
                None => stretches.push((place, place + 1)),
            }
        }
        stretches
    }

    fn adds(&self, class: usize, word: &Word, language: Language, sums: &Sums) -> f32 {
        let Some(known) = self.head.classes.get(class) else {
            return 0.0;
        };
        of_one_word(word, language)
            .into_iter()
            .filter_map(|(feature, value)| {
                let (column, rarity) = self.find(feature)?;
                let group = group_of(feature);
                let weight = f32::from(self.weights(column).get(class)?.cast_signed());
                let factor = sums.factors.get(group)? * known.scales.get(group)?;
                Some(value * rarity * weight * factor)
            })
            .sum()
    }

    /// The probabilities of the tones of a stretch.
    pub(super) fn tone(&self, sums: &Sums) -> Probabilities {
        let [negative, neutral, positive, _] = TONES.map(|tone| {
            let sum = self.class(tone).map_or(0.0, |class| sums.of(class));
            f64::from((sum * self.head.sharpness).clamp(-30.0, 30.0)).exp()
        });
        let total = negative + neutral + positive;
        Probabilities {
            negative: negative / total,
            neutral: neutral / total,
            positive: positive / total,
        }
    }

    /// The tone of the whole, with its probability.
    pub(super) fn polarity(&self, seen: &Seen) -> (Sentiment, f64) {
        let mixed = self.class(TONES[3]);
        let from = mixed.and_then(|class| self.head.classes.get(class));
        let sum = mixed.map_or(f32::MIN, |class| seen.whole.of(class));
        let tones: Vec<Probabilities> = seen.clauses.iter().map(|sums| self.tone(sums)).collect();
        let is_split = tones.iter().any(|tone| tone.negative >= SURELY)
            && tones.iter().any(|tone| tone.positive >= SURELY);
        if is_split || from.is_some_and(|class| sum >= class.give_from) {
            let probability = logistic::probability(f64::from(sum));
            return (Sentiment::Mixed, probability.max(GIVEN_FROM));
        }
        self.tone(&seen.whole).best()
    }
}

/// What the base looks at in every clause; nothing in languages that it does not know.
pub(super) fn looks(reading: &Reading, found: &[Vec<Match>]) -> Option<Vec<Looks>> {
    if !LANGUAGES.contains(&reading.language) {
        return None;
    }
    let text = reading.normalised.text();
    let clauses = reading.clauses.iter().zip(found);
    let looks = clauses.map(|(clause, found)| Looks::of(text, clause, reading.language, found));
    Some(looks.collect())
}

fn is_given(found: &Match) -> bool {
    found.confidence >= GIVEN_FROM
}

/// Adds the wider themes of those that were given, as the lists do.
fn add_wider(given: &mut Vec<Match>, found: &[Match], wider: &[Wider]) {
    for one in wider {
        let carries = |given: &&Match| {
            given.theme == one.theme && one.part.as_ref().is_none_or(|part| *part == given.part)
        };
        let Some(carrier) = given.iter().find(carries) else {
            continue;
        };
        if given.iter().any(|given| given.theme == one.also) {
            continue;
        }
        let listed = found.iter().find(|found| found.theme == one.also);
        let listed = listed.filter(|found| is_given(found));
        if listed.is_none() && one.part.is_some() {
            continue;
        }
        let added = listed.unwrap_or(carrier);
        let added = Match {
            theme: one.also.clone(),
            ..added.clone()
        };
        given.push(added);
    }
}
