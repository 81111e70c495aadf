//! Questionnaires to start from. Their texts are data, in `data/templates`.

use std::sync::LazyLock;

use peil_domain::{
    shared::Localized,
    survey::{Definition, QuestionKind, SurveyPurpose, review::Channel},
};
use serde::Deserialize;

use super::SurveyError;

/// A questionnaire to start from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Stable name.
    pub code: String,
    /// Name.
    pub name: Localized,
    /// What it is for.
    pub description: Localized,
    /// When to send it.
    pub moment: Localized,
    /// What it measures.
    pub purpose: SurveyPurpose,
    /// Where people meet it.
    pub channel: Channel,
    /// The questionnaire.
    pub definition: Definition,
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    // A template that cannot be read is left out and fails the test below.
    super::shipped!(
        "templates",
        "kto-relatie",
        "nps-waarom",
        "csat-contact",
        "kto-kort",
        "b2b-relatie",
        "saas-relatie",
        "verhuurder",
        "levering",
        "onboarding",
        "ces-zelf-regelen",
        "klacht",
        "opzegging",
        "afspraak",
        "monteur",
        "winkelbezoek",
        "product",
        "factuur",
        "evenement",
        "training",
        "verblijf",
        "zorg",
        "gemeentebalie",
        "webshop-afrekenen",
        "website",
        "ces-kort",
        "sms-kort",
        "kiosk-smiley",
        "leeg",
    )
});

impl Template {
    /// What it measures, as codes of kinds of questions: `nps`, `csat`, `ces`, `mark`.
    #[must_use]
    pub fn measures(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        for question in self.definition.questions() {
            let is_measure = matches!(
                question.kind,
                QuestionKind::Nps
                    | QuestionKind::Csat { .. }
                    | QuestionKind::Ces { .. }
                    | QuestionKind::Mark
            );
            if is_measure && !found.contains(&question.kind.code()) {
                found.push(question.kind.code());
            }
        }
        found
    }
}

/// Every template, the most useful first.
#[must_use]
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

pub(super) fn find_template(code: &str) -> Result<&'static Template, SurveyError> {
    templates()
        .iter()
        .find(|template| template.code == code)
        .ok_or_else(|| SurveyError::UnknownTemplate(code.to_owned()))
}

#[cfg(test)]
mod tests {
    use peil_domain::{
        shared::Language,
        survey::{
            problems,
            review::{Severity, review_survey},
        },
    };

    use super::*;

    #[test]
    fn every_template_can_be_published_in_both_languages_once_it_asks_something() {
        assert_eq!(templates().len(), 28);
        for template in templates() {
            assert_eq!(
                template.definition.languages,
                Language::ALL,
                "{}",
                template.code
            );
            assert!(
                template.name.exact(Language::En).is_some(),
                "{}",
                template.code
            );
            if template.code != "leeg" {
                assert_eq!(problems(&template.definition), vec![], "{}", template.code);
            }
        }
    }

    #[test]
    fn the_reviewer_has_nothing_against_any_template() {
        for template in templates() {
            let remarks = review_survey(&template.definition, template.channel);
            let serious: Vec<_> = remarks
                .iter()
                .filter(|remark| remark.finding.severity != Severity::Hint)
                .collect();
            assert!(
                serious.is_empty() || template.code == "leeg",
                "{}: {serious:?}",
                template.code
            );
            assert!(
                template.moment.exact(Language::En).is_some(),
                "{}",
                template.code
            );
        }
    }

    #[test]
    fn the_short_survey_keeps_its_agreed_keys() {
        let short = find_template("kto-kort").unwrap();
        let keys: Vec<&str> = short
            .definition
            .questions()
            .map(|question| question.key.as_str())
            .collect();
        assert_eq!(keys, ["nps", "csat", "ces", "waarom", "beter"]);
        assert_eq!(short.definition.pages.len(), 1);
    }
}
