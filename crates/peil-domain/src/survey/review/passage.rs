//! Which text of a question the words of a finding stand in.

use super::Remark;
use crate::{
    shared::Localized,
    survey::{Place, Question, QuestionKind},
};

/// A text of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// The question itself.
    Text,
    /// The explanation below it.
    Help,
    /// An answer to choose, counted from 0.
    Option(usize),
}

impl Passage {
    /// The words.
    #[must_use]
    pub fn of(self, question: &Question) -> Option<&Localized> {
        match (self, &question.kind) {
            (Self::Text, _) => Some(&question.text),
            (Self::Help, _) => Some(&question.help),
            (Self::Option(index), QuestionKind::Choice { options, .. }) => {
                options.get(index).map(|option| &option.label)
            }
            (Self::Option(_), _) => None,
        }
    }

    /// The words, to be written.
    #[must_use]
    pub fn of_mut(self, question: &mut Question) -> Option<&mut Localized> {
        match (self, &mut question.kind) {
            (Self::Text, _) => Some(&mut question.text),
            (Self::Help, _) => Some(&mut question.help),
            (Self::Option(index), QuestionKind::Choice { options, .. }) => {
                options.get_mut(index).map(|option| &mut option.label)
            }
            (Self::Option(_), _) => None,
        }
    }
}

impl Remark {
    /// The text of `question` that has the words of the finding at their place; nothing when the
    /// finding is about more than words or about another question.
    #[must_use]
    pub fn passage(&self, question: &Question) -> Option<Passage> {
        let finding = &self.finding;
        if finding.words.is_empty() {
            return None;
        }
        let known = match &self.place {
            Place::Question(key) if *key == question.key => vec![Passage::Text, Passage::Help],
            Place::Option(key, number) if *key == question.key => {
                vec![Passage::Option(number.checked_sub(1)?)]
            }
            _ => return None,
        };
        known.into_iter().find(|passage| {
            let text = passage
                .of(question)
                .and_then(|text| text.exact(self.language));
            text.and_then(|text| text.get(finding.start..finding.end)) == Some(&finding.words)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{
        Definition,
        review::{Channel, review_survey},
    };

    #[test]
    fn words_are_found_in_the_question_its_help_or_an_answer() {
        let definition: Definition = serde_json::from_str(
            r#"{"languages":["nl"],"title":{"nl":"T"},"pages":[{"questions":[{"key":"q","kind":"choice",
            "text":{"nl":"Hoe geweldig vond je onze website?"},"help":{"nl":"Denk aan de UX van de site."},
            "options":[{"code":"a","label":{"nl":"De UX"}},{"code":"b","label":{"nl":"Anders"}}]}]}]}"#,
        )
        .unwrap();
        let question = definition.questions().next().unwrap();
        let found = review_survey(&definition, Channel::Page);
        let mut passages: Vec<_> = found
            .iter()
            .filter_map(|remark| remark.passage(question))
            .collect();
        passages.dedup();
        assert_eq!(
            passages,
            [Passage::Text, Passage::Help, Passage::Option(0)],
            "{found:?}"
        );
    }
}
