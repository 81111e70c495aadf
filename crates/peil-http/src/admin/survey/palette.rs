//! The kinds of questions that can be added, in groups, with the settings to start from.

use peil_domain::{
    shared::Localized,
    survey::{CesVersion, Choice, ContactField, CsatLook, Direction, QuestionKind, Row},
};

/// Kinds that belong together.
pub(super) struct Group {
    /// Message key of what they have in common.
    pub(super) name: &'static str,
    /// The kinds.
    pub(super) kinds: &'static [Offer],
}

/// One kind to choose.
pub(super) struct Offer {
    /// Name in forms.
    pub(super) name: &'static str,
    /// Message key of its name.
    pub(super) label: &'static str,
    /// Message key of when to use it.
    pub(super) help: &'static str,
}

const fn offer(name: &'static str, label: &'static str, help: &'static str) -> Offer {
    Offer { name, label, help }
}

/// Every kind, in the order of the palette.
pub(super) const GROUPS: [Group; 4] = [
    Group {
        name: "survey-palette-score",
        kinds: &[
            offer("nps", "survey-kind-nps", "survey-kind-nps-help"),
            offer("csat", "survey-kind-csat", "survey-kind-csat-help"),
            offer("ces", "survey-kind-ces", "survey-kind-ces-help"),
            offer("mark", "survey-kind-mark", "survey-kind-mark-help"),
            offer("rating", "survey-kind-rating", "survey-kind-rating-help"),
            offer("matrix", "survey-kind-matrix", "survey-kind-matrix-help"),
            offer("slider", "survey-kind-slider", "survey-kind-slider-help"),
        ],
    },
    Group {
        name: "survey-palette-choose",
        kinds: &[
            offer("choice", "survey-kind-choice", "survey-kind-choice-help"),
            offer("choices", "survey-kind-choices", "survey-kind-choices-help"),
            offer("yes_no", "survey-kind-yes-no", "survey-kind-yes-no-help"),
            offer("ranking", "survey-kind-ranking", "survey-kind-ranking-help"),
        ],
    },
    Group {
        name: "survey-palette-write",
        kinds: &[
            offer("text", "survey-kind-text", "survey-kind-text-help"),
            offer("line", "survey-kind-line", "survey-kind-line-help"),
            offer("number", "survey-kind-number", "survey-kind-number-help"),
            offer("date", "survey-kind-date", "survey-kind-date-help"),
            offer("contact", "survey-kind-contact", "survey-kind-contact-help"),
            offer("consent", "survey-kind-consent", "survey-kind-consent-help"),
        ],
    },
    Group {
        name: "survey-palette-other",
        kinds: &[offer(
            "statement",
            "survey-kind-statement",
            "survey-kind-statement-help",
        )],
    },
];

/// What can be asked about who the respondent is: name in forms, message key.
pub(super) const CONTACT: [(&str, &str); 5] = [
    ("name", "survey-contact-name"),
    ("email", "survey-contact-email"),
    ("phone", "survey-contact-phone"),
    ("organisation", "survey-contact-organisation"),
    ("remark", "survey-contact-remark"),
];

/// Whether a field with this name is asked.
pub(super) fn asks(fields: &[ContactField], code: &str) -> bool {
    fields.iter().any(|field| field.code() == code)
}

/// The kind that a name of the palette stands for, with the settings to start from.
pub(super) fn new_kind(name: &str) -> Option<QuestionKind> {
    let options = || {
        ["option_1", "option_2"]
            .iter()
            .filter_map(|code| code.parse().ok())
            .map(|code| Choice::new(code, Localized::default()))
            .collect()
    };
    let rows = || {
        let names = ["row_1", "row_2", "row_3"].iter();
        names
            .filter_map(|name| name.parse().ok())
            .map(|key| Row {
                key,
                text: Localized::default(),
            })
            .collect()
    };
    let choice = |is_multiple| QuestionKind::Choice {
        options: options(),
        is_multiple,
        has_other: false,
        is_random: false,
    };
    Some(match name {
        "nps" => QuestionKind::Nps,
        "csat" => QuestionKind::Csat {
            look: CsatLook::Smileys,
        },
        "ces" => QuestionKind::Ces {
            version: CesVersion::V2,
        },
        "mark" => QuestionKind::Mark,
        "rating" => QuestionKind::Rating {
            min: 1,
            max: 5,
            top: 2,
            low_label: Localized::default(),
            high_label: Localized::default(),
        },
        "choice" => choice(false),
        "choices" => choice(true),
        "yes_no" => QuestionKind::YesNo,
        "text" => QuestionKind::Text { is_long: true },
        "line" => QuestionKind::Text { is_long: false },
        "statement" => QuestionKind::Statement,
        "matrix" => QuestionKind::Matrix {
            rows: rows(),
            labels: vec![Localized::default(); 5],
            direction: Direction::HigherIsBetter,
            is_random: false,
        },
        "ranking" => QuestionKind::Ranking {
            rows: rows(),
            is_random: false,
        },
        "slider" => QuestionKind::Slider {
            min: 0,
            max: 100,
            step: 10,
            low_label: Localized::default(),
            high_label: Localized::default(),
        },
        "number" => QuestionKind::Number {
            min: None,
            max: None,
            decimals: 0,
        },
        "date" => QuestionKind::Date {
            earliest: None,
            latest: None,
        },
        "contact" => QuestionKind::Contact {
            fields: vec![ContactField::Name, ContactField::Email],
        },
        "consent" => QuestionKind::Consent,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_in_the_palette_can_be_added() {
        for offer in GROUPS.iter().flat_map(|group| group.kinds) {
            assert!(new_kind(offer.name).is_some(), "{}", offer.name);
        }
    }
}
