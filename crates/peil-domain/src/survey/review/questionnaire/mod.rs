//! Rules on a whole questionnaire: its scales, its answers to choose, its length and its order.

mod answers;
mod build;
mod scales;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};

use super::{Finding, Role, Rule, Severity, lexicon::Lexicon, review};
use crate::shared::{Language, Localized};
use crate::survey::{Definition, Place, Question, QuestionKind};

/// How people meet the questionnaire; it decides how long it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Channel {
    /// A page of its own, by mail or link.
    #[default]
    Page,
    /// A small window on a website.
    PopUp,
    /// A screen at the exit.
    Kiosk,
    /// A text message.
    Sms,
}

impl Channel {
    /// The way as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::PopUp => "popup",
            Self::Kiosk => "kiosk",
            Self::Sms => "sms",
        }
    }

    /// Most questions that people answer there.
    #[must_use]
    pub const fn most_questions(self) -> usize {
        match self {
            Self::Page => 30,
            Self::PopUp | Self::Sms => 2,
            Self::Kiosk => 1,
        }
    }
}

/// A finding with the place that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Where in the questionnaire.
    pub place: Place,
    /// The language of the text.
    pub language: Language,
    /// What; its words are empty when it is about more than words.
    #[serde(flatten)]
    pub finding: Finding,
    /// What was counted, for rules that count: questions, minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
}

/// Lists what a better questionnaire would do otherwise: its texts in reading order, each question
/// with its scale and answers, then what is about the whole.
#[must_use]
pub fn review_survey(definition: &Definition, channel: Channel) -> Vec<Remark> {
    let mut found = Vec::new();
    for language in &definition.languages {
        for text in [
            &definition.intro,
            &definition.thanks,
            &definition.thanks_low,
        ] {
            review_words(
                text,
                *language,
                &Place::Survey,
                Role::Explanation,
                &mut found,
            );
        }
        for question in definition.questions() {
            review_question(question, *language, &mut found);
        }
    }
    found.extend(build::remarks(definition, channel));
    found
}

fn review_question(question: &Question, language: Language, found: &mut Vec<Remark>) {
    let place = Place::Question(question.key.clone());
    let role = match &question.kind {
        QuestionKind::Statement => Role::Explanation,
        QuestionKind::Choice { options, .. } => {
            let lexicon = Lexicon::of(language);
            let has_way_out = options
                .iter()
                .any(|option| answers::is_way_out(option.label.get(language), lexicon));
            if has_way_out {
                Role::QuestionWithWayOut
            } else {
                Role::Question
            }
        }
        _ => Role::Question,
    };
    // The published form of CES asks for agreement.
    let is_agreement = matches!(question.kind, QuestionKind::Ces { .. });
    let before = found.len();
    review_words(&question.text, language, &place, role, found);
    if is_agreement {
        let mut place = 0;
        found.retain(|remark| {
            place += 1;
            place <= before || remark.finding.rule != Rule::AgreeDisagree
        });
    }
    review_words(&question.help, language, &place, Role::Explanation, found);
    found.extend(scales::remarks(question, language));
    if let QuestionKind::Choice { options, .. } = &question.kind {
        for (number, option) in (1..).zip(options) {
            let place = Place::Option(question.key.clone(), number);
            review_words(&option.label, language, &place, Role::Option, found);
        }
        found.extend(answers::remarks(question, language));
    }
}

fn review_words(
    text: &Localized,
    language: Language,
    place: &Place,
    role: Role,
    found: &mut Vec<Remark>,
) {
    let Some(text) = text.exact(language) else {
        return;
    };
    let findings = review(text, language, |rule| {
        rule == Rule::Promotional || role.asks(rule)
    });
    found.extend(findings.into_iter().map(|finding| Remark {
        place: place.clone(),
        language,
        finding,
        count: None,
    }));
}

/// A remark that is about more than words.
fn remark(place: Place, language: Language, rule: Rule, severity: Severity) -> Remark {
    Remark {
        place,
        language,
        finding: Finding {
            rule,
            severity,
            start: 0,
            end: 0,
            words: String::new(),
            rewrite: None,
        },
        count: None,
    }
}
