//! The response by property and group, as tables.

use peil_app::results::{CategoryResponse, PropertyResponse, Represented, Standing};

use super::{
    representation::{Sheet, percent},
    verdicts::p_words,
    words::{dimension_name, value_name},
};

/// The response by one property.
pub(super) struct GroupTable {
    /// Name of the property.
    pub(super) name: String,
    /// Whether those who answered are composed otherwise, in a sentence.
    pub(super) verdict: String,
    /// How much it adds to the spread of propensities, by itself.
    pub(super) alone: String,
    /// The same among people alike in the other properties.
    pub(super) beside: String,
    /// The groups.
    pub(super) rows: Vec<GroupRow>,
}

/// One group.
pub(super) struct GroupRow {
    pub(super) name: String,
    /// How many answered, of how many.
    pub(super) answered: String,
    pub(super) share: String,
    pub(super) interval: String,
    /// The share as a length of at most 100.
    pub(super) length: u32,
    /// The share of everyone as a place between 0 and 100.
    pub(super) overall: u32,
    pub(super) standing: String,
    pub(super) class: &'static str,
    pub(super) unconditional: String,
    pub(super) conditional: String,
}

pub(super) fn group_tables(sheet: &Sheet<'_>, told: &Represented) -> Vec<GroupTable> {
    let tested = told.properties.iter().filter(|one| one.fit.p.is_some());
    let tested = u64::try_from(tested.count()).unwrap_or(u64::MAX);
    let properties = told.properties.iter();
    properties
        .map(|property| GroupTable {
            name: dimension_name(sheet.t, &property.dimension, property.name.as_deref()),
            verdict: verdict(sheet, property, tested),
            alone: sheet.t.number(property.unconditional, 3),
            beside: sheet.t.number(property.conditional, 3),
            rows: property
                .categories
                .iter()
                .map(|category| row(sheet, told, property, category))
                .collect(),
        })
        .collect()
}

fn verdict(sheet: &Sheet<'_>, property: &PropertyResponse, tested: u64) -> String {
    let t = sheet.t;
    if property.p_adjusted.is_none() {
        return t.s("representation-fit-untested");
    }
    let key = if property.differs {
        "representation-fit-differs"
    } else {
        "representation-fit-alike"
    };
    let off = property.fit.dissimilarity.unwrap_or_default();
    t.a(
        key,
        &[
            ("off", percent(t, off).into()),
            (
                "chi2",
                t.number(property.fit.chi2.unwrap_or_default(), 1).into(),
            ),
            ("df", property.fit.df.unwrap_or_default().into()),
            ("p", p_words(t, property.p_adjusted).into()),
            ("n", tested.into()),
        ],
    )
}

fn row(
    sheet: &Sheet<'_>,
    told: &Represented,
    property: &PropertyResponse,
    category: &CategoryResponse,
) -> GroupRow {
    let t = sheet.t;
    let (standing, class) = match category.standing {
        Standing::Over => ("representation-over", "is-better"),
        Standing::Under => ("representation-under", "is-worse"),
        Standing::Alike => ("representation-alike", "is-same"),
    };
    // The longest line of a table fills it.
    let highest = property.categories.iter().map(|one| one.share);
    let highest = highest.fold(told.share, f64::max).max(1e-9);
    GroupRow {
        name: value_name(t, &property.dimension, &category.value, None),
        answered: t.a(
            "representation-n-of",
            &[
                ("n", t.count(category.answered).into()),
                ("of", t.count(category.invited).into()),
            ],
        ),
        share: percent(t, category.share),
        interval: format!(
            "{} – {}",
            percent(t, category.interval.low),
            percent(t, category.interval.high)
        ),
        length: length(category.share / highest),
        overall: length(told.share / highest).min(99),
        standing: t.s(standing),
        class,
        unconditional: t.number(category.unconditional, 3),
        conditional: t.number(category.conditional, 3),
    }
}

/// A fraction as a length of at most 100.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped between 0 and 100 before"
)]
fn length(fraction: f64) -> u32 {
    (fraction * 100.0).clamp(0.0, 100.0).round() as u32
}
