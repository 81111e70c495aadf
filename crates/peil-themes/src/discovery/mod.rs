//! Groups texts that are about the same without knowing themes beforehand: words to vectors, vectors to a graph of
//! neighbours, the graph to communities, communities to names. The same texts always give the same groups.

mod identity;
mod leiden;
mod names;
mod neighbours;
mod space;

use serde::{Deserialize, Serialize};

pub use identity::{KnownCluster, keep_ids};

use crate::engine::Answer;
use crate::language::Language;
use crate::reading::Reading;
use crate::vectors::SentenceVectors;

/// Quotes per cluster.
const QUOTES: usize = 3;
/// The cosine from which on two texts say the same.
const SAME: f32 = 0.95;
const SEED: u64 = 77;

/// How finely texts are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// Few large groups.
    Coarse,
    /// In between.
    #[default]
    Normal,
    /// Many small groups.
    Fine,
}

impl Granularity {
    /// The resolution of the communities: what an edge must be worth against chance.
    const fn resolution(self) -> f64 {
        match self {
            Self::Coarse => 0.7,
            Self::Normal => 1.5,
            Self::Fine => 5.0,
        }
    }
}

/// Texts that are about the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cluster {
    /// Counted from zero, the largest first.
    pub id: usize,
    /// The words and phrases that set it apart, at most three.
    pub name: String,
    /// Which texts, by their position.
    pub members: Vec<usize>,
    /// The most central of these, the most central first.
    pub quotes: Vec<usize>,
}

/// Groups texts; every text is in exactly one cluster.
#[must_use]
pub fn discover(
    answers: &[Answer],
    granularity: Granularity,
    language: Option<Language>,
    vectors: Option<&dyn SentenceVectors>,
) -> Vec<Cluster> {
    // Read anew in every step: all readings together would take more memory than time.
    let read = |index: usize| {
        let answer = answers.get(index);
        let prior = answer.and_then(|answer| answer.lang.as_deref());
        let text = answer.map_or("", |answer| answer.text.as_str());
        Reading::new(text, language, prior.and_then(Language::from_code))
    };
    let space = space::place(answers.len(), &read, vectors, SEED);
    let graph = neighbours::graph(&space);
    let communities = leiden::communities(&graph, granularity.resolution(), SEED);
    let names = names::names(&read, &communities);
    communities
        .into_iter()
        .zip(names)
        .enumerate()
        .map(|(id, (members, name))| Cluster {
            id,
            name,
            quotes: central(&space, &members),
            members,
        })
        .collect()
}

/// The members nearest to the middle of a cluster, of those that say the same the first: others come only where
/// nothing else is said.
fn central(space: &space::Dense, members: &[usize]) -> Vec<usize> {
    let mut middle = vec![0.0_f32; space.width()];
    for member in members {
        for (sum, value) in middle.iter_mut().zip(space.row(*member)) {
            *sum += value;
        }
    }
    let mut by_nearness: Vec<(f32, usize)> = members
        .iter()
        .map(|member| (space::dot(space.row(*member), &middle), *member))
        .collect();
    by_nearness.sort_by(|first, second| second.0.total_cmp(&first.0).then(first.1.cmp(&second.1)));
    let mut chosen: Vec<usize> = Vec::new();
    let mut same: Vec<usize> = Vec::new();
    for (_, member) in by_nearness {
        if chosen.len() == QUOTES {
            break;
        }
        let row = space.row(member);
        let is_said = |other: &usize| space::dot(row, space.row(*other)) >= SAME;
        if chosen.iter().any(is_said) {
            same.push(member);
        } else {
            chosen.push(member);
        }
    }
    let missing = QUOTES - chosen.len();
    chosen.extend(same.into_iter().take(missing));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_about_the_same_are_together_with_a_name() {
        let about = [
            [
                "mijn pakket is te laat bezorgd",
                "pakket veel te laat bezorgd",
                "bezorgd pakket kwam te laat",
                "laat bezorgd pakket weer",
            ],
            [
                "het wachtwoord werkt niet",
                "wachtwoord vergeten en inloggen werkt niet",
                "inloggen met wachtwoord",
                "nieuw wachtwoord inloggen",
            ],
            [
                "lekkere koffie met taart",
                "de koffie en taart waren lekker",
                "heerlijke taart bij de koffie",
                "koffie taart top",
            ],
        ];
        let answers: Vec<Answer> = about
            .iter()
            .flatten()
            .map(|text| Answer {
                text: (*text).to_owned(),
                ..Answer::default()
            })
            .collect();
        let clusters = discover(&answers, Granularity::Normal, Some(Language::Dutch), None);
        assert_eq!(clusters.len(), 3, "{clusters:?}");
        assert!(
            clusters
                .iter()
                .all(|cluster| cluster.members.len() == 4 && cluster.quotes.len() == 3)
        );
        assert!(
            clusters
                .iter()
                .any(|cluster| cluster.name.contains("koffie")),
            "{clusters:?}"
        );
        assert_eq!(
            clusters,
            discover(&answers, Granularity::Normal, Some(Language::Dutch), None)
        );
    }

    #[test]
    fn what_is_quoted_differs_as_long_as_something_else_is_said() {
        let said: [[f32; 2]; 5] = [[1.0, 0.0], [1.0, 0.0], [0.99, 0.1], [0.8, 0.6], [0.8, 0.6]];
        let mut space = space::Dense::new(said.len(), 2);
        for (place, row) in said.iter().enumerate() {
            space.set_mean(place, std::iter::once(row.as_slice()));
        }
        let quotes = central(&space, &[0, 1, 2, 3, 4]);
        assert_eq!(quotes, [2, 3, 0]);
        assert_eq!(central(&space, &[3, 4]), [3, 4]);
    }

    #[test]
    fn few_or_empty_texts_are_no_problem() {
        assert!(discover(&[], Granularity::Fine, None, None).is_empty());
        let empty = Answer::default();
        assert_eq!(
            discover(&[empty.clone(), empty], Granularity::Fine, None, None)
                .iter()
                .map(|found| found.members.len())
                .sum::<usize>(),
            2
        );
    }
}
