//! Labels in the order in which people gave them, each of which can be taken back.

use crate::model::Label;

/// What people said about answers. The last word about an answer counts; taken back, the word before it counts again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    given: Vec<Label>,
}

impl Corrections {
    /// Takes a label.
    pub fn give(&mut self, label: Label) {
        self.given.push(label);
    }

    /// Takes back the last label of the answer of this id, and returns it.
    pub fn undo(&mut self, id: &str) -> Option<Label> {
        let place = self.given.iter().rposition(|label| label.id == id)?;
        Some(self.given.remove(place))
    }

    /// All labels that were not taken back, in the order in which they were given.
    #[must_use]
    pub fn given(self) -> Vec<Label> {
        self.given
    }

    /// The labels that count, in the order in which they were given: the last one of every id, and all without id.
    #[must_use]
    pub fn labels(&self) -> Vec<Label> {
        let mut last = std::collections::HashMap::new();
        for (place, label) in self.given.iter().enumerate() {
            last.insert(label.id.as_str(), place);
        }
        self.given
            .iter()
            .enumerate()
            .filter(|(place, label)| {
                label.id.is_empty() || last.get(label.id.as_str()) == Some(place)
            })
            .map(|(_, label)| label.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Engine, Taxonomy};

    fn label(id: &str, text: &str, category: &str) -> Label {
        Label {
            id: id.to_owned(),
            text: text.to_owned(),
            categories: vec![category.to_owned()],
            weight: 1.0,
            ..Label::default()
        }
    }

    #[test]
    fn what_is_taken_back_leaves_no_trace_in_what_is_learned() {
        let engine = Engine::new(&Taxonomy::seed());
        let mut corrections = Corrections::default();
        for number in 0..6 {
            corrections.give(label(&format!("a{number}"), "de hond blaft", "dieren"));
            corrections.give(label(&format!("b{number}"), "het regent weer", "weer"));
        }
        let before = engine.train(&corrections.labels());
        corrections.give(label("a1", "de hond blaft", "weer"));
        let corrected = corrections.labels();
        assert_eq!(corrected.len(), 12);
        assert_ne!(engine.train(&corrected), before);
        assert_eq!(corrections.undo("a1").unwrap().categories, ["weer"]);
        assert_eq!(engine.train(&corrections.labels()), before);
        assert_eq!(corrections.undo("nobody"), None);
    }

    #[test]
    fn labels_without_an_id_all_count() {
        let mut corrections = Corrections::default();
        corrections.give(label("", "een", "x"));
        corrections.give(label("", "twee", "x"));
        assert_eq!(corrections.labels().len(), 2);
    }
}
