//! Why an answer got a learned category: the labelled answers that are most like it.

use serde::Serialize;

use crate::engine::{Answer, Engine};
use crate::language::Language;
use crate::model::{Label, Model};
use crate::parallel;
use crate::reading::Reading;

/// Answers less alike than this explain nothing.
const LEAST_ALIKE: f64 = 0.05;

/// Labelled answers, ready to be compared with others.
pub struct KnownAnswers {
    answers: Vec<KnownAnswer>,
}

struct KnownAnswer {
    categories: Vec<String>,
    row: Vec<(u32, f32)>,
}

/// A labelled answer that is like another one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NearAnswer {
    /// Its position among the labels.
    pub index: usize,
    /// How like it is, from 0 to 1: the cosine of what the classifier looks at.
    pub alike: f64,
}

impl Engine {
    /// Reads labelled answers once, so that many others can be compared with them; none without a learned model.
    #[must_use]
    pub fn know(&self, labels: &[Label]) -> KnownAnswers {
        let answers = self.model().map_or_else(Vec::new, |model| {
            parallel::map(labels, |label| KnownAnswer {
                categories: label.categories.clone(),
                row: row(self, model, &label.text, label.lang.as_deref()),
            })
        });
        KnownAnswers { answers }
    }

    /// The labelled answers with this category that are most like an answer, the nearest first.
    #[must_use]
    pub fn nearest(
        &self,
        answer: &Answer,
        category: &str,
        known: &KnownAnswers,
        most: usize,
    ) -> Vec<NearAnswer> {
        let Some(model) = self.model() else {
            return Vec::new();
        };
        let own = row(self, model, &answer.text, answer.lang.as_deref());
        let mut found: Vec<NearAnswer> = known
            .answers
            .iter()
            .enumerate()
            .filter(|(_, known)| known.categories.iter().any(|one| one == category))
            .map(|(index, known)| NearAnswer {
                index,
                alike: (alike(&own, &known.row) * 10_000.0).round() / 10_000.0,
            })
            .filter(|near| near.alike >= LEAST_ALIKE)
            .collect();
        found.sort_by(|first, second| {
            second
                .alike
                .total_cmp(&first.alike)
                .then(first.index.cmp(&second.index))
        });
        found.truncate(most);
        found
    }
}

fn row(engine: &Engine, model: &Model, text: &str, language: Option<&str>) -> Vec<(u32, f32)> {
    let reading = Reading::new(text, None, language.and_then(Language::from_code));
    model.category_row(engine, &reading)
}

/// The cosine of two rows that are in order of their columns.
fn alike(first: &[(u32, f32)], second: &[(u32, f32)]) -> f64 {
    let mut others = second.iter().peekable();
    let mut product = 0.0;
    for (column, value) in first {
        while others.next_if(|(other, _)| other < column).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == column) {
            product += f64::from(value * other);
        }
    }
    let square =
        |row: &[(u32, f32)]| -> f64 { row.iter().map(|(_, value)| f64::from(value * value)).sum() };
    (product / (square(first) * square(second)).sqrt().max(1e-12)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Taxonomy;

    fn label(text: &str, category: &str) -> Label {
        Label {
            text: text.to_owned(),
            categories: vec![category.to_owned()],
            weight: 1.0,
            ..Label::default()
        }
    }

    #[test]
    fn the_nearest_labelled_answers_of_a_category_come_first() {
        let labels = [
            label("de hond blaft de hele nacht", "dieren"),
            label("het regent weer de hele dag", "weer"),
            label("een kat die spint", "dieren"),
            label("de hond van de buren blaft", "dieren"),
        ];
        let engine = Engine::new(&Taxonomy::seed());
        let model = engine.train(&labels);
        assert_eq!(engine.know(&labels).answers.len(), 0);
        let engine = engine.with_model(model).unwrap();
        let known = engine.know(&labels);
        let answer = Answer {
            text: "de hond van de buren blaft".to_owned(),
            ..Answer::default()
        };
        let near = engine.nearest(&answer, "dieren", &known, 2);
        let order: Vec<usize> = near.iter().map(|near| near.index).collect();
        assert_eq!(order, [3, 0]);
        assert!((near[0].alike - 1.0).abs() < 1e-3);
        assert!(engine.nearest(&answer, "muziek", &known, 2).is_empty());
    }
}
