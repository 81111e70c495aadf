//! What the form of a question holds beyond its words, kind by kind.

use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{CesVersion, ContactField, CsatLook, Direction, QuestionKind, Row},
};

use super::form::{clean, typed_options, words};
use crate::edge::fields::Fields;

/// Takes over what was typed, all but numbers and days.
pub(super) fn take(fields: &Fields, kind: &mut QuestionKind) {
    match kind {
        QuestionKind::Csat { look } => {
            *look = match fields.get("look") {
                "stars" => CsatLook::Stars,
                "words" => CsatLook::Words,
                _ => CsatLook::Smileys,
            };
        }
        QuestionKind::Ces { version } => {
            *version = if fields.get("version") == "v1" {
                CesVersion::V1
            } else {
                CesVersion::V2
            };
        }
        QuestionKind::Rating {
            low_label,
            high_label,
            ..
        }
        | QuestionKind::Slider {
            low_label,
            high_label,
            ..
        } => {
            *low_label = words(fields, "low_label", low_label);
            *high_label = words(fields, "high_label", high_label);
        }
        QuestionKind::Choice {
            options,
            is_multiple,
            has_other,
            is_random,
        } => {
            *options = typed_options(fields, options);
            *is_multiple = fields.get("is_multiple") == "yes";
            *has_other = fields.is_on("has_other");
            *is_random = fields.is_on("is_random");
        }
        QuestionKind::Text { is_long } => *is_long = fields.get("is_long") == "yes",
        QuestionKind::Matrix {
            rows,
            labels,
            direction,
            is_random,
        } => {
            take_rows(fields, rows);
            take_labels(fields, labels);
            *direction = if fields.get("direction") == "lower" {
                Direction::LowerIsBetter
            } else {
                Direction::HigherIsBetter
            };
            *is_random = fields.is_on("is_random");
        }
        QuestionKind::Ranking { rows, is_random } => {
            take_rows(fields, rows);
            *is_random = fields.is_on("is_random");
        }
        QuestionKind::Contact { fields: asked } => {
            let chosen =
                |field: &ContactField| fields.all("asked").any(|code| code == field.code());
            *asked = ContactField::ALL.into_iter().filter(chosen).collect();
        }
        QuestionKind::Nps
        | QuestionKind::Mark
        | QuestionKind::YesNo
        | QuestionKind::Statement
        | QuestionKind::Number { .. }
        | QuestionKind::Date { .. }
        | QuestionKind::Consent => {}
    }
}

fn take_rows(fields: &Fields, rows: &mut Vec<Row>) {
    let typed = fields
        .all("row")
        .filter_map(|key| key.parse::<QuestionKey>().ok());
    let mut taken: Vec<Row> = typed
        .filter_map(|key| rows.iter().find(|row| row.key == key).cloned())
        .collect();
    for language in Language::ALL {
        let name = format!("row_text.{language}");
        for (row, text) in taken.iter_mut().zip(fields.all(&name)) {
            row.text.set(language, clean(text));
        }
    }
    *rows = taken;
}

fn take_labels(fields: &Fields, labels: &mut [Localized]) {
    for language in Language::ALL {
        let name = format!("point.{language}");
        for (label, text) in labels.iter_mut().zip(fields.all(&name)) {
            label.set(language, clean(text));
        }
    }
}

/// Moves or removes a part: `up:2`, `down:2`, `remove:2`, counted from 0; `add-label`,
/// `remove-label:2`.
pub(super) fn arrange(kind: &mut QuestionKind, what: &str) {
    if let (QuestionKind::Matrix { labels, .. }, "add-label") = (&mut *kind, what) {
        labels.push(Localized::default());
    }
    let Some((what, place)) = what.split_once(':') else {
        return;
    };
    let Ok(place) = place.parse::<usize>() else {
        return;
    };
    match kind {
        QuestionKind::Matrix { labels, .. } if what == "remove-label" && place < labels.len() => {
            labels.remove(place);
        }
        QuestionKind::Choice { options, .. } => shift(options, what, place),
        QuestionKind::Matrix { rows, .. } | QuestionKind::Ranking { rows, .. } => {
            shift(rows, what, place);
        }
        _ => {}
    }
}

fn shift<T>(parts: &mut Vec<T>, what: &str, place: usize) {
    if place >= parts.len() {
        return;
    }
    match what {
        "remove" => drop(parts.remove(place)),
        "up" if place > 0 => parts.swap(place - 1, place),
        "down" if place + 1 < parts.len() => parts.swap(place, place + 1),
        _ => {}
    }
}
