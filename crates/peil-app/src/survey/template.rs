//! Questionnaires to start from. Their texts are data, in `data/templates`.

use std::sync::LazyLock;

use peil_domain::{
    shared::Localized,
    survey::{Definition, SurveyPurpose},
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
    /// What it is for and when to send it.
    pub description: Localized,
    /// What it measures.
    pub purpose: SurveyPurpose,
    /// The questionnaire.
    pub definition: Definition,
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    [
        include_str!("../../data/templates/kto-relatie.json"),
        include_str!("../../data/templates/nps-waarom.json"),
        include_str!("../../data/templates/csat-contact.json"),
        include_str!("../../data/templates/kto-kort.json"),
        include_str!("../../data/templates/levering.json"),
        include_str!("../../data/templates/leeg.json"),
    ]
    .into_iter()
    // A template that cannot be read is left out here and fails the test below.
    .filter_map(|text| serde_json::from_str(text).ok())
    .collect()
});

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
    use peil_domain::{shared::Language, survey::problems};

    use super::*;

    #[test]
    fn every_template_can_be_published_in_both_languages_once_it_asks_something() {
        assert_eq!(templates().len(), 6);
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
