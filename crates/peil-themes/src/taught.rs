//! What corrections by people teach about other answers. A correction reaches answers that say nearly the same; less
//! alike ones only follow when several corrections agree and the classifier that learned from all of them agrees
//! too. A correction that by itself would change many answers waits until a second one says the same.

use std::collections::{BTreeSet, HashMap};

use crate::engine::{Answer, Engine};
use crate::language::Language;
use crate::model::Label;
use crate::nearest::NearAnswer;
use crate::parallel;
use crate::reading::Reading;
use crate::taxonomy::Taxonomy;

/// From here on answers are like enough to count for or against a change.
const NEAR: f64 = 0.3;
/// From here on they say nearly the same, so that one correction is enough.
const NEARLY_SAME: f64 = 0.8;
/// Corrections that agree are needed for answers that are less alike.
const AGREE: usize = 2;
/// What a correction weighs in learning, against an answer that was read by the word lists alone.
const WEIGHT: f64 = 4.0;
/// One correction may by itself change so many of the sample, or this share of it when that is more.
const MOST_ALONE: usize = 10;
const SHARE_ALONE: usize = 50;

/// An answer with the themes that the word lists found in it, and those that a person said it has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// The answer.
    pub answer: Answer,
    /// What was read.
    pub read: BTreeSet<String>,
    /// What a person said.
    pub said: BTreeSet<String>,
}

/// A theme that an answer is given, or loses, because of corrections.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The theme.
    pub theme: String,
    /// Given, or lost.
    pub is_added: bool,
    /// The corrections that say so, by their position, the nearest first.
    pub because: Vec<NearAnswer>,
}

/// What was learned from corrections.
pub struct Taught {
    engine: Engine,
    lessons: Vec<Lesson>,
    /// For each feature the lessons that have it.
    places: HashMap<u32, Vec<(usize, f32)>>,
    /// Length of the row of each lesson.
    lengths: Vec<f64>,
    held: BTreeSet<usize>,
}

impl Lesson {
    /// Whether it changed something about a theme, in this direction.
    fn changes(&self, theme: &str, is_added: bool) -> bool {
        self.said.contains(theme) == is_added && self.read.contains(theme) != is_added
    }

    /// The themes that it changed something about.
    fn changed(&self) -> impl Iterator<Item = &String> {
        self.said.symmetric_difference(&self.read)
    }
}

impl Taught {
    /// Learns from corrections, and from a sample of answers as the word lists read them, which says how words are
    /// used and how far a correction would reach. Nothing when nobody corrected anything.
    #[must_use]
    pub fn learn(
        taxonomy: &Taxonomy,
        lessons: Vec<Lesson>,
        sample: &[(Answer, BTreeSet<String>)],
    ) -> Option<Self> {
        if lessons.iter().all(|lesson| lesson.changed().count() == 0) {
            return None;
        }
        let label = |answer: &Answer, themes: &BTreeSet<String>, weight: f64| Label {
            id: answer.id.clone(),
            text: answer.text.clone(),
            lang: answer.lang.clone(),
            categories: themes.iter().cloned().collect(),
            weight,
            ..Label::default()
        };
        let corrected = lessons
            .iter()
            .map(|lesson| label(&lesson.answer, &lesson.said, WEIGHT));
        let read = sample.iter().map(|(answer, read)| label(answer, read, 1.0));
        let labels: Vec<Label> = corrected.chain(read).collect();
        let engine = Engine::new(taxonomy);
        let model = engine.train(&labels);
        let engine = engine.with_model(model).ok()?;
        let rows = parallel::map(&lessons, |lesson| row(&engine, &lesson.answer));
        let mut places: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
        for (index, row) in rows.iter().enumerate() {
            for (column, value) in row {
                places.entry(*column).or_default().push((index, *value));
            }
        }
        let mut taught = Self {
            engine,
            lessons,
            places,
            lengths: rows.iter().map(|row| length(row)).collect(),
            held: BTreeSet::new(),
        };
        taught.held = taught.reaching_far(sample);
        Some(taught)
    }

    /// What changes about an answer in which the word lists read these themes, in order of the themes.
    #[must_use]
    pub fn revise(&self, answer: &Answer, read: &BTreeSet<String>) -> Vec<Revision> {
        let mut votes = self.votes(&self.near(answer), read);
        votes.retain(|vote| match nearly_same(vote).as_slice() {
            [] => self.agree(answer, vote),
            [alone] => !self.held.contains(alone) || self.agree(answer, vote),
            _ => true,
        });
        votes
    }

    /// Whether a correction waits for another one that says the same, since it would change many answers by itself.
    #[must_use]
    pub fn is_held(&self, lesson: usize) -> bool {
        self.held.contains(&lesson)
    }

    /// The words of an answer that speak most for a theme, by what was learned.
    #[must_use]
    pub fn words(&self, answer: &Answer, theme: &str, most: usize) -> Vec<String> {
        let reasons = self.engine.reasons(answer, theme, most).into_iter();
        reasons.map(|(word, _)| word).collect()
    }

    /// Corrections that are like an answer, the nearest first.
    fn near(&self, answer: &Answer) -> Vec<NearAnswer> {
        let own = row(&self.engine, answer);
        let mut products = vec![0.0_f64; self.lessons.len()];
        for (column, value) in &own {
            for (index, other) in self.places.get(column).into_iter().flatten() {
                if let Some(product) = products.get_mut(*index) {
                    *product += f64::from(value * other);
                }
            }
        }
        let own_length = length(&own);
        let mut near: Vec<NearAnswer> = products
            .into_iter()
            .zip(&self.lengths)
            .enumerate()
            .map(|(index, (product, length))| NearAnswer {
                index,
                alike: product / (own_length * length).max(1e-12),
            })
            .filter(|near| near.alike >= NEAR)
            .collect();
        near.sort_by(|first, second| {
            second
                .alike
                .total_cmp(&first.alike)
                .then(first.index.cmp(&second.index))
        });
        near
    }

    /// The changes for which more near corrections speak than against.
    fn votes(&self, near: &[NearAnswer], read: &BTreeSet<String>) -> Vec<Revision> {
        let lesson = |near: &NearAnswer| self.lessons.get(near.index);
        let themes: BTreeSet<&String> = near
            .iter()
            .filter_map(lesson)
            .flat_map(Lesson::changed)
            .collect();
        let mut votes = Vec::new();
        for theme in themes {
            let is_added = !read.contains(theme);
            let speaks = |near: &&NearAnswer| {
                lesson(near).is_some_and(|lesson| lesson.changes(theme, is_added))
            };
            let against = |near: &&NearAnswer| {
                lesson(near).is_some_and(|lesson| lesson.said.contains(theme) != is_added)
            };
            let because: Vec<NearAnswer> = near.iter().filter(speaks).copied().collect();
            let sum = |near: &mut dyn Iterator<Item = &NearAnswer>| -> f64 {
                near.map(|near| near.alike).sum()
            };
            if sum(&mut because.iter()) > sum(&mut near.iter().filter(against)) {
                votes.push(Revision {
                    theme: theme.clone(),
                    is_added,
                    because,
                });
            }
        }
        votes
    }

    /// Whether several corrections and the classifier agree about a change.
    fn agree(&self, answer: &Answer, vote: &Revision) -> bool {
        vote.because.len() >= AGREE
            && self
                .engine
                .analyse(answer, None)
                .categories
                .contains(&vote.theme)
                == vote.is_added
    }

    /// Corrections that would change more of the sample by themselves than one correction may.
    fn reaching_far(&self, sample: &[(Answer, BTreeSet<String>)]) -> BTreeSet<usize> {
        let alone: Vec<Vec<usize>> = parallel::map(sample, |(answer, read)| {
            let votes = self.votes(&self.near(answer), read);
            let alone = votes.iter().filter_map(|vote| {
                let nearly_same = nearly_same(vote);
                let [one] = nearly_same.as_slice() else {
                    return None;
                };
                (!self.agree(answer, vote)).then_some(*one)
            });
            alone.collect()
        });
        let mut reached: HashMap<usize, usize> = HashMap::new();
        for lesson in alone.into_iter().flatten() {
            *reached.entry(lesson).or_default() += 1;
        }
        let most = MOST_ALONE.max(sample.len() / SHARE_ALONE);
        reached
            .into_iter()
            .filter(|(_, n)| *n > most)
            .map(|(lesson, _)| lesson)
            .collect()
    }
}

/// The corrections among those that speak for a change whose answer says nearly the same.
fn nearly_same(vote: &Revision) -> Vec<usize> {
    let because = vote.because.iter();
    let same = because.filter(|near| near.alike >= NEARLY_SAME);
    same.map(|near| near.index).collect()
}

fn row(engine: &Engine, answer: &Answer) -> Vec<(u32, f32)> {
    let prior = answer.lang.as_deref().and_then(Language::from_code);
    let reading = Reading::new(&answer.text, None, prior);
    let model = engine.model();
    model.map_or_else(Vec::new, |model| model.category_row(engine, &reading))
}

fn length(row: &[(u32, f32)]) -> f64 {
    let squares = row.iter().map(|(_, value)| f64::from(value * value));
    squares.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Answer {
        Answer {
            text: text.to_owned(),
            lang: Some("nl".to_owned()),
            ..Answer::default()
        }
    }

    fn set(themes: &[&str]) -> BTreeSet<String> {
        themes.iter().map(|theme| (*theme).to_owned()).collect()
    }

    fn lesson(text: &str, read: &[&str], said: &[&str]) -> Lesson {
        Lesson {
            answer: answer(text),
            read: set(read),
            said: set(said),
        }
    }

    /// Answers as a shop gets them, with what the word lists read.
    fn sample(more: &[(&str, usize)]) -> Vec<(Answer, BTreeSet<String>)> {
        let engine = Engine::new(&Taxonomy::seed());
        let usual = [
            "te laat bezorgd",
            "pakket kwam drie dagen te laat",
            "vriendelijk personeel aan de balie",
            "de website is onduidelijk",
            "veel te duur voor wat je krijgt",
            "goed geholpen aan de telefoon",
            "de kleur viel tegen",
            "alles prima",
        ];
        let usual = usual.iter().map(|text| (*text, 20));
        let all = usual.chain(more.iter().copied());
        let texts = all.flat_map(|(text, n)| std::iter::repeat_n(text, n));
        texts
            .map(|text| {
                let read = engine.analyse(&answer(text), None);
                (answer(text), read.themes.into_iter().collect())
            })
            .collect()
    }

    #[test]
    fn one_correction_reaches_what_says_nearly_the_same_and_nothing_else() {
        let taught = Taught::learn(
            &Taxonomy::seed(),
            vec![lesson("de kleur viel erg tegen", &[], &["product_quality"])],
            &sample(&[]),
        )
        .unwrap();
        let found = taught.revise(&answer("de kleur viel echt erg tegen"), &set(&[]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].is_added && found[0].theme == "product_quality");
        assert_eq!(found[0].because[0].index, 0);
        for other in ["te laat bezorgd", "de kleur van de bank is mooi blauw", ""] {
            assert_eq!(taught.revise(&answer(other), &set(&[])), [], "{other}");
        }
        let known = set(&["product_quality"]);
        assert_eq!(
            taught.revise(&answer("de kleur viel erg tegen"), &known),
            []
        );
    }

    #[test]
    fn one_correction_does_not_overturn_hundreds_until_a_second_one_agrees() {
        let sample = sample(&[("prima prijs", 300)]);
        let wrong = lesson("prima prijs", &["price"], &["staff"]);
        let taught =
            |lessons: Vec<Lesson>| Taught::learn(&Taxonomy::seed(), lessons, &sample).unwrap();
        let one = taught(vec![wrong.clone()]);
        assert!(one.is_held(0));
        assert_eq!(one.revise(&answer("prima prijs"), &set(&["price"])), []);
        let two = taught(vec![wrong.clone(), wrong.clone()]);
        let found = two.revise(&answer("prima prijs"), &set(&["price"]));
        let themes: Vec<(&str, bool)> = found
            .iter()
            .map(|one| (one.theme.as_str(), one.is_added))
            .collect();
        assert_eq!(themes, [("price", false), ("staff", true)]);
        // Who says that it was right after all takes the wind out of it.
        let right = lesson("prima prijs", &["price"], &["price"]);
        let even = taught(vec![wrong.clone(), wrong, right.clone(), right]);
        assert_eq!(even.revise(&answer("prima prijs"), &set(&["price"])), []);
    }

    #[test]
    fn corrections_that_agree_reach_further_when_what_was_learned_agrees_too() {
        let texts = [
            "de kleur viel erg tegen",
            "kleur is anders dan verwacht",
            "de kleur klopt niet met de foto",
            "verkeerde kleur gekregen",
            "kleur valt erg tegen",
        ];
        let lessons: Vec<Lesson> = texts
            .iter()
            .map(|text| lesson(text, &[], &["product_quality"]))
            .collect();
        let taught = Taught::learn(&Taxonomy::seed(), lessons.clone(), &sample(&[])).unwrap();
        let new = answer("de kleur klopt niet en valt tegen");
        let found = taught.revise(&new, &set(&[]));
        assert!(found.len() == 1 && found[0].because.len() >= 2, "{found:?}");
        assert!(
            taught
                .words(&new, "product_quality", 3)
                .contains(&"kleur".to_owned())
        );
        // The same every time; and without corrections nothing was learned.
        let again = Taught::learn(&Taxonomy::seed(), lessons, &sample(&[])).unwrap();
        assert_eq!(again.revise(&new, &set(&[])), found);
        let none = vec![lesson("te laat", &["delivery"], &["delivery"])];
        assert!(Taught::learn(&Taxonomy::seed(), none, &[]).is_none());
    }
}
