//! What a questionnaire has to know of a customer to be asked.

use std::collections::BTreeSet;

use super::{Definition, Filling, Formula, Piece, QuestionKind, Reference, Source, pieces};
use crate::shared::QuestionKey;

impl Definition {
    /// The attributes of customers that its conditions, values and texts look at.
    ///
    /// ```
    /// use peil_domain::survey::Definition;
    ///
    /// let asked: Definition = serde_json::from_value(serde_json::json!({
    ///     "languages": ["en"], "title": { "en": "T" }, "pages": [{ "questions": [
    ///         { "key": "nps", "kind": "nps", "text": { "en": "How was it in {{contact.town|town}}?" } },
    ///         { "key": "why", "kind": "text", "text": { "en": "Why?" },
    ///           "show_if": "nps < 7 and segment = 'business'" },
    ///     ]}],
    /// }))
    /// .unwrap();
    /// let names: Vec<String> = asked.attributes().iter().map(ToString::to_string).collect();
    /// assert_eq!(names, ["segment", "town"]);
    /// ```
    #[must_use]
    pub fn attributes(&self) -> BTreeSet<QuestionKey> {
        let mut found = BTreeSet::new();
        let mut note = |reference: &Reference| {
            let is_attribute = match reference.source {
                Source::Contact => true,
                Source::Anywhere => {
                    let name = &reference.name;
                    let is_value = self.calculations.iter().any(|value| value.key == *name);
                    !is_value && self.item(name).is_none()
                }
                Source::Answer | Source::Calculated => false,
            };
            if is_attribute {
                found.insert(reference.name.clone());
            }
        };
        for formula in self.formulas() {
            for reference in formula.expression().references() {
                note(reference);
            }
        }
        for text in self.texts() {
            for piece in text.words.texts().flat_map(pieces) {
                if let Piece::Blank {
                    filling: Filling::Reference(reference),
                    ..
                } = piece
                {
                    note(&reference);
                }
            }
        }
        found
    }

    /// Every condition and calculation.
    fn formulas(&self) -> Vec<&Formula> {
        let mut found: Vec<&Formula> = Vec::new();
        found.extend(self.calculations.iter().map(|value| &value.formula));
        for page in &self.pages {
            found.extend(&page.show_if);
            found.extend(page.jumps.iter().map(|jump| &jump.when));
            for question in &page.questions {
                found.extend(&question.show_if);
                if let QuestionKind::Choice { options, .. } = &question.kind {
                    found.extend(options.iter().filter_map(|option| option.show_if.as_ref()));
                }
            }
        }
        found.extend(self.endings.iter().map(|ending| &ending.when));
        found.extend(self.quotas.iter().filter_map(|quota| quota.when.as_ref()));
        found
    }
}
