//! Random submissions, corrections and erasures.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::shared::{AccountId, LocalDay, QuestionKey, ResponseId, SurveyId, WorkspaceId};
use uuid::Uuid;

use super::Chance;
use crate::{Answer, Batch, Change, Mention, ONE, Position, Submission};

/// The first day of the workload: some way into a year, so that weeks, months and years are cut.
const FIRST_DAY: u64 = 20_440;
/// How many days it spans.
const DAYS: u64 = 70;

/// A random workload; the same seed gives the same.
#[derive(Debug, Clone)]
pub struct Workload {
    chance: Chance,
    made: u64,
    told: Vec<Batch>,
    alive: Vec<Submission>,
}

impl Workload {
    /// A workload of which nothing was told yet.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed),
            made: 0,
            told: Vec::new(),
            alive: Vec::new(),
        }
    }

    /// The organisations: the second one is small.
    #[must_use]
    pub fn workspaces() -> [WorkspaceId; 2] {
        [1, 2].map(|n| WorkspaceId(Uuid::from_u128(n)))
    }

    /// The questionnaires; each organisation has those of the same identifiers.
    #[must_use]
    pub fn surveys() -> [SurveyId; 3] {
        [1, 2, 3].map(|n| SurveyId(Uuid::from_u128(n)))
    }

    /// The questions.
    #[must_use]
    pub fn questions() -> Vec<QuestionKey> {
        ["nps", "csat", "effort", "choice", "why"]
            .iter()
            .filter_map(|key| key.parse().ok())
            .collect()
    }

    /// The attributes.
    #[must_use]
    pub fn attributes() -> Vec<QuestionKey> {
        ["region", "spent", "number"]
            .iter()
            .filter_map(|key| key.parse().ok())
            .collect()
    }

    /// Days from just before to just after those of the workload.
    pub fn day(chance: &mut Chance) -> LocalDay {
        LocalDay(i32::try_from(FIRST_DAY - 3 + chance.below(DAYS + 6)).unwrap_or_default())
    }

    /// The batches that come after a position.
    pub fn told_since(&self, at: &Position) -> impl Iterator<Item = &Batch> {
        self.told.iter().skip_while(move |batch| batch.from != *at)
    }

    /// The last batch.
    #[must_use]
    pub fn last(&self) -> Option<&Batch> {
        self.told.last()
    }

    /// Makes the next batch.
    pub fn next_batch(&mut self, changes: usize) -> Batch {
        let from = self.last().map(|batch| batch.to.clone());
        let mut made = Vec::with_capacity(changes);
        while made.len() < changes {
            self.change(&mut made);
        }
        let batch = Batch {
            from: from.unwrap_or_default(),
            to: Position(format!("p{}", self.told.len() + 1)),
            changes: made,
        };
        self.told.push(batch.clone());
        batch
    }

    fn change(&mut self, changes: &mut Vec<Change>) {
        let odds = self.chance.below(100);
        let place = usize::try_from(self.chance.below(self.alive.len() as u64)).unwrap_or_default();
        if odds < 80 || self.alive.is_empty() {
            let submission = self.submission();
            self.alive.push(submission.clone());
            changes.push(Change::add(submission));
        } else if odds < 86 {
            // Erased.
            changes.push(Change::remove(self.alive.swap_remove(place)));
        } else if odds < 96 {
            // Corrected: other answers, perhaps on another day.
            let old = self.alive.swap_remove(place);
            let mut new = self.submission();
            (new.workspace, new.survey, new.response) = (old.workspace, old.survey, old.response);
            self.alive.push(new.clone());
            changes.extend([Change::remove(old), Change::add(new)]);
        } else if odds < 98 {
            // Told once more, perhaps otherwise than before.
            if let Some(known) = self.alive.get_mut(place) {
                known.weight = (known.weight + ONE / 8).min(crate::TOP_WEIGHT);
                changes.push(Change::add(known.clone()));
            }
        } else {
            // Taken back without ever having been told.
            let unknown = self.submission();
            changes.push(Change::remove(unknown));
        }
    }

    fn submission(&mut self) -> Submission {
        self.made += 1;
        let made = u128::from(self.made);
        let chance = &mut self.chance;
        let response = (made << 70) | u128::from(chance.next());
        let person = match chance.below(3) {
            0 => response,
            _ => (1 << 100) + u128::from(chance.skewed(60)),
        };
        let late = chance.happens(5);
        let progress = self.made / 12;
        let day = if late { 0 } else { progress.min(DAYS - 8) } + chance.below(8);
        let mut attributes = BTreeMap::new();
        for (key, values) in Self::attributes().into_iter().zip([4, 40, 100_000]) {
            if chance.happens(85) {
                let value = chance.skewed(values);
                attributes.insert(
                    key,
                    if values == 4 {
                        format!("r{value}")
                    } else {
                        value.to_string()
                    },
                );
            }
        }
        let account = chance.happens(60).then(|| chance.skewed(20));
        let is_complete = chance.happens(88);
        let touchpoint = chance.happens(50).then(|| format!("t{}", chance.below(3)));
        let [large, small] = Self::workspaces();
        let [main, second, third] = Self::surveys();
        Submission {
            workspace: if chance.happens(10) { small } else { large },
            survey: chance.skewed_of(main, &[second, third]),
            response: ResponseId(Uuid::from_u128(response)),
            person: Uuid::from_u128(person),
            account: account.map(|n| AccountId(Uuid::from_u128((7 << 90) + u128::from(n)))),
            local_day: LocalDay(i32::try_from(FIRST_DAY + day).unwrap_or_default()),
            is_complete,
            is_automatic: chance.happens(4),
            weight: chance.skewed_of(ONE, &[5_000, 12_345]),
            version: i32::from(chance.happens(40)) + 1,
            channel: chance.skewed_of("email", &["qr", "link"]).into(),
            language: chance.skewed_of("nl", &["en"]).into(),
            touchpoint,
            pages_done: (!is_complete).then(|| i32::from(chance.happens(50))),
            attributes,
            answers: answers(chance),
        }
    }
}

/// Answers to some of the questions: now and then to only one, or to none.
fn answers(chance: &mut Chance) -> Vec<Answer> {
    let one = chance.happens(40).then(|| chance.below(5));
    let mut answers = Vec::new();
    for (place, question) in (0..).zip(Workload::questions()) {
        if one.is_some_and(|one| one != place) || chance.happens(15) {
            continue;
        }
        let mut answer = Answer {
            question,
            score: None,
            options: None,
            has_words: false,
            mentions: BTreeSet::new(),
        };
        match place {
            0 => answer.score = i32::try_from(10 - chance.skewed(11)).ok(),
            1 => answer.score = i32::try_from(chance.below(5)).ok().map(|n| n - 2),
            2 => answer.score = i32::try_from(chance.below(1_000)).ok(),
            3 => {
                let options = (0..chance.below(4)).map(|_| format!("o{}", chance.below(6)));
                answer.options = Some(options.collect());
                answer.has_words = chance.happens(20);
            }
            _ => {
                answer.has_words = true;
                for _ in 0..chance.below(3) {
                    answer.mentions.insert(Mention {
                        theme: match (chance.skewed(5), chance.below(3)) {
                            (theme, 0) => format!("m{theme}"),
                            (theme, 1) => format!("m{theme}.a"),
                            (theme, _) => format!("m{theme}.b"),
                        },
                        tone: i8::try_from(chance.below(3)).unwrap_or(0) - 1,
                    });
                }
            }
        }
        answers.push(answer);
    }
    answers
}
