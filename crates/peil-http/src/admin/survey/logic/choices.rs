//! What there is to choose from on the page of one place, and the sentences around its condition.

use peil_domain::survey::{Definition, Page};

use super::{
    extra::FUNCTIONS,
    spot::Spot,
    subjects::{Known, Subjects},
};
use crate::{admin::survey::words, edge::text::Text};

/// Message key of the sentence around a condition.
pub(super) const fn frame_of(spot: &Spot) -> &'static str {
    match spot {
        Spot::Option(..) => "logic-show-option",
        Spot::Page(_) => "logic-show-page",
        Spot::Jump(..) => "logic-go",
        Spot::Quota(_) => "logic-counts",
        Spot::Ending(_) => "logic-ends",
        Spot::Question(_) | Spot::Value(_) | Spot::Pace => "logic-show-question",
    }
}

/// Message key of the sentence for no condition.
pub(super) const fn always_of(spot: &Spot) -> &'static str {
    match spot {
        Spot::Option(..) => "logic-always-option",
        Spot::Page(_) => "logic-always-page",
        Spot::Quota(_) => "logic-always-quota",
        _ => "logic-always-question",
    }
}

/// Where a jump can lead.
pub(super) fn ways(t: Text, draft: &Definition, spot: &Spot) -> Vec<(String, String)> {
    let Spot::Jump(page, _) = spot else {
        return Vec::new();
    };
    let later = (1..).zip(&draft.pages).skip(*page);
    let mut ways: Vec<(String, String)> = later
        .map(|(number, page)| (number.to_string(), page_name(t, number, page)))
        .collect();
    ways.push(("end".to_owned(), t.s("logic-the-end")));
    ways
}

/// Name of a page: its number, and its heading or first question.
pub(super) fn page_name(t: Text, number: usize, page: &Page) -> String {
    let title = page.title.get(t.language);
    let first = page.questions.first();
    let first = first.map_or("", |question| question.text.get(t.language));
    let words = words::short(if title.is_empty() { first } else { title });
    t.a(
        "logic-page-named",
        &[("n", number.into()), ("text", words.into())],
    )
}

/// Functions of several numbers: name and words.
pub(super) fn functions(t: Text) -> Vec<(&'static str, String)> {
    FUNCTIONS
        .into_iter()
        .map(|function| {
            let key = match function.name() {
                "average" => "logic-function-average",
                "sum" => "logic-function-sum",
                "min" => "logic-function-min",
                "max" => "logic-function-max",
                _ => "logic-function-count",
            };
            (function.name(), t.s(key))
        })
        .collect()
}

/// What a value can be made of.
pub(super) fn parts(subjects: &Subjects) -> Vec<(String, String)> {
    let entry = |known: &Known| (known.subject.to_string(), known.name.clone());
    subjects.numbers().map(entry).collect()
}
