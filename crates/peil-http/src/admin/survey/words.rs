//! Words for states, kinds of questions and changes.

use peil_app::survey::Template;
use peil_domain::{
    shared::{Language, Localized},
    survey::{
        CesVersion, Change, Definition, Question, QuestionKind, SurveyState, review::Channel,
    },
};

use crate::edge::text::Text;

/// Name of a kind.
pub(super) fn kind(t: Text, kind: &QuestionKind) -> String {
    t.s(match kind {
        QuestionKind::Nps => "survey-kind-nps",
        QuestionKind::Csat { .. } => "survey-kind-csat",
        QuestionKind::Ces {
            version: CesVersion::V2,
        } => "survey-kind-ces",
        QuestionKind::Ces {
            version: CesVersion::V1,
        } => "survey-kind-ces-v1",
        QuestionKind::Mark => "survey-kind-mark",
        QuestionKind::Rating { .. } => "survey-kind-rating",
        QuestionKind::Choice {
            is_multiple: false, ..
        } => "survey-kind-choice",
        QuestionKind::Choice {
            is_multiple: true, ..
        } => "survey-kind-choices",
        QuestionKind::YesNo => "survey-kind-yes-no",
        QuestionKind::Text { is_long: true } => "survey-kind-text",
        QuestionKind::Text { is_long: false } => "survey-kind-line",
        QuestionKind::Statement => "survey-kind-statement",
        QuestionKind::Matrix { .. } => "survey-kind-matrix",
        QuestionKind::Ranking { .. } => "survey-kind-ranking",
        QuestionKind::Slider { .. } => "survey-kind-slider",
        QuestionKind::Number { .. } => "survey-kind-number",
        QuestionKind::Date { .. } => "survey-kind-date",
        QuestionKind::Contact { .. } => "survey-kind-contact",
        QuestionKind::Consent => "survey-kind-consent",
    })
}

/// Names of what a template measures, in a row.
pub(super) fn measures(t: Text, template: &Template) -> String {
    let names: Vec<String> = template
        .measures()
        .into_iter()
        .map(|code| t.s(measure(code)))
        .collect();
    names.join(" · ")
}

/// Message key of a measure.
pub(super) fn measure(code: &str) -> &'static str {
    match code {
        "nps" => "survey-measure-nps",
        "csat" => "survey-measure-csat",
        "ces" => "survey-measure-ces",
        _ => "survey-measure-mark",
    }
}

/// Message key of the place where people meet a questionnaire.
pub(super) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::PopUp => "survey-channel-popup",
        Channel::Kiosk => "survey-channel-kiosk",
        Channel::Sms => "survey-channel-sms",
        _ => "survey-channel-page",
    }
}

/// What one should know about a question at a glance.
pub(super) fn facts(t: Text, question: &Question) -> Vec<String> {
    let mut facts = vec![kind(t, &question.kind)];
    match &question.kind {
        QuestionKind::Choice { options, .. } => {
            facts.push(t.a("survey-options-count", &[("n", options.len().into())]));
        }
        QuestionKind::Matrix { rows, .. } | QuestionKind::Ranking { rows, .. } => {
            facts.push(t.a("survey-rows-count", &[("n", rows.len().into())]));
        }
        kind => {
            if let Some(scale) = kind
                .scale()
                .filter(|_| !matches!(kind, QuestionKind::YesNo))
            {
                let args = [("min", scale.min.into()), ("max", scale.max.into())];
                facts.push(t.a("survey-scale", &args));
            }
        }
    }
    if question.show_if.is_some() {
        facts.push(t.s("survey-conditional-short"));
    }
    if question.is_required {
        facts.push(t.s("survey-required-short"));
    }
    facts
}

/// Name of a state.
pub(super) fn state(t: Text, state: SurveyState) -> String {
    t.s(match state {
        SurveyState::Draft => "survey-state-draft",
        SurveyState::Live => "survey-state-live",
        SurveyState::Closed => "survey-state-closed",
    })
}

/// Questions that ask something.
pub(super) fn asked(definition: &Definition) -> usize {
    definition
        .questions()
        .filter(|question| question.kind.asks())
        .count()
}

/// A language that texts can be written in.
pub(super) struct Tongue {
    /// The language.
    pub(super) language: Language,
    /// Its code.
    pub(super) code: &'static str,
    /// Its name.
    pub(super) name: String,
    /// Whether the questionnaire exists in it.
    pub(super) is_used: bool,
    /// Whether it is the first language of the questionnaire.
    pub(super) is_first: bool,
}

impl Tongue {
    /// Every language, those of `definition` marked.
    pub(super) fn all(t: Text, definition: &Definition) -> Vec<Self> {
        Language::ALL
            .into_iter()
            .map(|language| Self::new(t, definition, language))
            .collect()
    }

    /// The languages of `definition`, in its order.
    pub(super) fn used(t: Text, definition: &Definition) -> Vec<Self> {
        let languages = definition.languages.iter();
        languages
            .map(|language| Self::new(t, definition, *language))
            .collect()
    }

    fn new(t: Text, definition: &Definition, language: Language) -> Self {
        Self {
            language,
            code: language.code(),
            name: t.s(language_key(language)),
            is_used: definition.languages.contains(&language),
            is_first: definition.languages.first() == Some(&language),
        }
    }

    /// `text` in this language.
    pub(super) fn of<'a>(&self, text: &'a Localized) -> &'a str {
        text.exact(self.language).unwrap_or_default()
    }
}

/// Message key of the name of a language.
const fn language_key(language: Language) -> &'static str {
    match language {
        Language::Nl => "language-nl",
        Language::En => "language-en",
    }
}

/// Names of languages, in a row.
pub(super) fn languages(t: Text, languages: &[Language]) -> String {
    let names: Vec<String> = languages
        .iter()
        .map(|language| t.s(language_key(*language)))
        .collect();
    names.join(", ")
}

/// One change in words.
pub(super) struct ChangeWords {
    /// What changed.
    pub(super) title: String,
    /// The question that it is about.
    pub(super) question: String,
    /// The words before and after.
    pub(super) rewording: Option<(String, String)>,
    /// What it means for figures; nothing when they stay comparable.
    pub(super) warning: Option<String>,
}

/// Says a change in words; the question is looked up in `after`, else in `before`.
pub(super) fn change(
    t: Text,
    change: &Change,
    after: &Definition,
    before: &Definition,
) -> ChangeWords {
    let question = after
        .question(change.key())
        .or_else(|| before.question(change.key()));
    let has_figure = question.is_some_and(|question| {
        question.kind.scale().is_some() || matches!(question.kind, QuestionKind::Choice { .. })
    });
    let (title, warning) = match change {
        Change::Added { .. } => ("survey-change-added", None),
        Change::Removed { .. } => ("survey-change-removed", Some("survey-warning-removed")),
        Change::Reworded { .. } => ("survey-change-reworded", Some("survey-warning-reworded")),
        Change::Rescaled { .. } => ("survey-change-rescaled", Some("survey-warning-rescaled")),
        Change::Redressed { .. } => ("survey-change-redressed", Some("survey-warning-reworded")),
        Change::OptionsChanged { .. } => ("survey-change-options", Some("survey-warning-options")),
        Change::Moved { .. } => ("survey-change-moved", None),
        Change::AskedOfOthers { .. } => ("survey-change-asked", Some("survey-warning-asked")),
        Change::RequiredChanged { .. } => ("survey-change-required", None),
        Change::HelpChanged { .. } => ("survey-change-help", None),
        Change::NotApplicableChanged { .. } => (
            "survey-change-not-applicable",
            Some("survey-warning-not-applicable"),
        ),
    };
    let rewording = match change {
        Change::Reworded { before, after, .. } => Some((before.clone(), after.clone())),
        _ => None,
    };
    ChangeWords {
        title: t.s(title),
        question: question
            .map(|question| short(question.text.get(t.language)))
            .unwrap_or_default(),
        rewording,
        warning: warning.filter(|_| has_figure).map(|key| t.s(key)),
    }
}

/// A text that fits on one line.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 90;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST).collect();
    let end = head.rfind(' ').unwrap_or(head.len());
    format!("{}…", head.get(..end).unwrap_or(&head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(short("kort"), "kort");
        let cut = short(&"woord ".repeat(40));
        assert!(
            cut.ends_with("woord…") && cut.chars().count() <= 91,
            "{cut}"
        );
    }
}
