//! Verdicts in words: differs, does not differ, cannot tell yet.

use peil_app::results::{Change, Difference, Ladder, ScaleResult, Verdict, Verdicts};
use peil_domain::{
    shared::{LocalDay, Period},
    survey::{Metric, ScoreScale},
};

use super::{
    tiles::counted,
    words::{format_of, in_unit, step_names, value_name},
};
use crate::{charts::ValueFormat, edge::text::Text};

/// A difference in words.
pub(in crate::admin) struct VerdictView {
    /// Class of its colour and mark.
    pub(in crate::admin) class: &'static str,
    /// The verdict with the difference: "Verschilt: +12 punten".
    pub(in crate::admin) words: String,
    /// The interval, and what it is compared with.
    pub(in crate::admin) than: String,
    /// Why this is the verdict.
    pub(in crate::admin) why: String,
    /// The earlier figure, when it is about two periods.
    pub(in crate::admin) earlier: Option<String>,
}

/// One row of a table of differences.
pub(in crate::admin) struct VerdictRow {
    /// What is compared.
    pub(in crate::admin) name: String,
    /// The difference, written.
    pub(in crate::admin) effect: String,
    /// Its interval, written.
    pub(in crate::admin) interval: String,
    /// The adjusted p-value, written.
    pub(in crate::admin) p: String,
    /// The verdict.
    pub(in crate::admin) verdict: String,
    /// Class of its colour.
    pub(in crate::admin) class: &'static str,
}

/// What can be said about the groups of a ladder.
pub(in crate::admin) struct GroupVerdicts {
    /// Groups that differ from everyone else: name, and verdict.
    pub(in crate::admin) differing: Vec<(String, VerdictView)>,
    /// What holds for the other groups, in sentences.
    pub(in crate::admin) others: Vec<String>,
    /// Every group.
    pub(in crate::admin) rows: Vec<VerdictRow>,
}

/// How differences on this scale are written: with a sign, in points.
fn difference_format(t: Text, scale: &ScoreScale) -> ValueFormat {
    let format = format_of(t, scale);
    ValueFormat {
        shows_plus: true,
        suffix: String::new(),
        // Differences between means are small: one digit more than the means themselves.
        decimals: 2 * format.decimals,
        ..format
    }
}

/// A difference with its unit: "+12 punten", "−3 procentpunt", "+0,4 punt".
pub(in crate::admin) fn effect_words(t: Text, scale: &ScoreScale, value: f64) -> String {
    let value = in_unit(scale, value);
    let written = difference_format(t, scale).value(value);
    with_unit(t, scale, value, written)
}

/// A margin with its unit: "5 punten".
fn margin_words(t: Text, scale: &ScoreScale, margin: f64) -> String {
    let margin = in_unit(scale, margin);
    let format = ValueFormat {
        shows_plus: false,
        ..difference_format(t, scale)
    };
    with_unit(t, scale, margin, format.value(margin))
}

fn with_unit(t: Text, scale: &ScoreScale, value: f64, written: String) -> String {
    let key = match scale.metric {
        Metric::Nps => "verdict-points",
        Metric::TopBox => "verdict-percentage-points",
        Metric::Mean => "verdict-scale-points",
    };
    // Only the word for the unit looks at the number: one point, two points.
    let is_one = (value.abs() - 1.0).abs() < 0.5;
    t.a(
        key,
        &[("n", i32::from(is_one).into()), ("written", written.into())],
    )
}

/// Both ends of the interval of a difference.
pub(in crate::admin) fn interval_words(
    t: Text,
    scale: &ScoreScale,
    found: &Difference,
) -> Option<String> {
    let format = difference_format(t, scale);
    let end = |value: f64| format.value(in_unit(scale, value));
    found.interval.map(|(low, high)| {
        let (low, high) = (end(low), end(high));
        t.a(
            "verdict-between",
            &[("low", low.into()), ("high", high.into())],
        )
    })
}

/// A p-value for people: "0,03", "minder dan 0,001".
pub(in crate::admin) fn p_words(t: Text, p: Option<f64>) -> String {
    match p {
        None => "–".to_owned(),
        Some(p) if p < 0.001 => t.a("verdict-p-below", &[("p", t.number(0.001, 3).into())]),
        Some(p) if p < 0.1 => t.number(p, 3),
        Some(p) => t.number(p, 2),
    }
}

/// Class of the colour and mark of a verdict.
pub(in crate::admin) const fn verdict_class(found: &Difference) -> &'static str {
    match found.verdict {
        Verdict::Differs if found.is_better => "is-better",
        Verdict::Differs => "is-worse",
        Verdict::DoesNotDiffer => "is-same",
        Verdict::CannotTell => "is-unsure",
    }
}

/// The verdict alone.
pub(in crate::admin) fn verdict_word(t: Text, verdict: Verdict) -> String {
    t.s(match verdict {
        Verdict::Differs => "verdict-word-differs",
        Verdict::DoesNotDiffer => "verdict-word-same",
        Verdict::CannotTell => "verdict-word-unsure",
    })
}

/// A difference in words; `than` names what it is compared with.
pub(in crate::admin) fn verdict_view(
    t: Text,
    scale: &ScoreScale,
    found: &Difference,
    than: &str,
) -> VerdictView {
    let effect = effect_words(t, scale, found.value);
    let (words, why) = match found.verdict {
        Verdict::Differs => ("verdict-differs", "verdict-why-differs"),
        Verdict::DoesNotDiffer => ("verdict-same", "verdict-why-same"),
        Verdict::CannotTell => ("verdict-unsure", "verdict-why-unsure"),
    };
    let than = match interval_words(t, scale, found) {
        Some(interval) => t.a(
            "verdict-than",
            &[("interval", interval.into()), ("than", than.into())],
        ),
        None => t.a("verdict-than-only", &[("than", than.into())]),
    };
    let why = t.a(
        why,
        &[
            ("margin", margin_words(t, scale, found.margin).into()),
            ("p", p_words(t, found.p_adjusted).into()),
            ("among", found.among.into()),
        ],
    );
    VerdictView {
        class: verdict_class(found),
        words: t.a(words, &[("effect", effect.into())]),
        than,
        why,
        earlier: None,
    }
}

/// The change since an earlier period in words.
pub(in crate::admin) fn change_view(t: Text, scale: &ScoreScale, change: &Change) -> VerdictView {
    let days = days_name(t, change.from, change.until);
    let earlier = change.figure.shown().map(|shown| {
        let value = format_of(t, scale).value(in_unit(scale, shown.value));
        let args = [
            ("days", days.as_str().into()),
            ("value", value.into()),
            ("answers", counted(t, shown.n, shown.people).into()),
        ];
        t.a("verdict-earlier", &args)
    });
    VerdictView {
        earlier,
        ..verdict_view(t, scale, &change.difference, &days)
    }
}

/// How a difference is tested, in symbols, as a key of the locales.
pub(super) const fn verdict_formula(metric: Metric) -> &'static str {
    match metric {
        Metric::Nps => "verdict-symbols-nps",
        Metric::TopBox => "verdict-symbols-share",
        Metric::Mean => "verdict-symbols-mean",
    }
}

/// Days by the name of their calendar period, if they are one.
pub(in crate::admin) fn days_name(t: Text, from: LocalDay, until: LocalDay) -> String {
    let is_whole = |unit: &Period| unit.start(from) == from && unit.next(from).0 - 1 == until.0;
    let units = [Period::Month, Period::Quarter];
    if let Some(unit) = units.into_iter().find(is_whole) {
        return step_names(t, unit, from).0;
    }
    let (from, until) = (t.date(from.date()), t.date(until.date()));
    t.a(
        "results-between",
        &[("from", from.into()), ("until", until.into())],
    )
}

/// The row of a table about one difference.
pub(in crate::admin) fn verdict_row(
    t: Text,
    scale: &ScoreScale,
    name: String,
    found: &Difference,
) -> VerdictRow {
    VerdictRow {
        name,
        effect: effect_words(t, scale, found.value),
        interval: interval_words(t, scale, found).unwrap_or_else(|| "–".to_owned()),
        p: p_words(t, found.p_adjusted),
        verdict: verdict_word(t, found.verdict),
        class: verdict_class(found),
    }
}

/// What can be said about the groups of a ladder, each against everyone else; nothing when none
/// can be compared.
pub(super) fn group_verdicts(
    t: Text,
    result: &ScaleResult,
    ladder: &Ladder,
    verdicts: &Verdicts,
) -> Option<GroupVerdicts> {
    let scale = &result.scale;
    let mut found = GroupVerdicts {
        differing: Vec::new(),
        others: Vec::new(),
        rows: Vec::new(),
    };
    let (mut same, mut unsure) = (0_usize, 0_usize);
    for (row, difference) in ladder.rows.iter().zip(&verdicts.groups) {
        let Some(difference) = difference else {
            continue;
        };
        let value = row.group.as_deref().unwrap_or_default();
        let name = value_name(t, &ladder.dimension, value, row.name.as_deref());
        match difference.verdict {
            Verdict::Differs => {
                let view = verdict_view(t, scale, difference, &t.s("verdict-the-rest"));
                found.differing.push((name.clone(), view));
            }
            Verdict::DoesNotDiffer => same += 1,
            Verdict::CannotTell => unsure += 1,
        }
        found.rows.push(verdict_row(t, scale, name, difference));
    }
    let margin = verdicts.groups.iter().flatten().next()?.margin;
    if same > 0 {
        let margin = margin_words(t, scale, margin);
        found.others.push(t.a(
            "verdict-others-same",
            &[("n", same.into()), ("margin", margin.into())],
        ));
    }
    if unsure > 0 {
        found
            .others
            .push(t.a("verdict-others-unsure", &[("n", unsure.into())]));
    }
    Some(found)
}

/// On which side of everyone else a group stands.
pub(in crate::admin) fn band_word(t: Text, found: &Difference) -> String {
    t.s(match found.verdict {
        Verdict::Differs if found.value > 0.0 => "verdict-band-above",
        Verdict::Differs => "verdict-band-below",
        Verdict::DoesNotDiffer => "verdict-band-same",
        Verdict::CannotTell => "verdict-band-unsure",
    })
}

/// Letters as people read them: a, b, … z, aa, ab.
pub(in crate::admin) fn letter_words(letters: &[usize]) -> String {
    letters.iter().map(|letter| letter_name(*letter)).collect()
}

fn letter_name(letter: usize) -> String {
    let last = u8::try_from(letter % 26).unwrap_or_default();
    let last = char::from(b'a' + last);
    match letter / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter_name(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use peil_domain::{shared::Language, survey::QuestionKind};

    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(letter_words(&[0, 2]), "ac");
        assert_eq!(letter_words(&[25]), "z");
        assert_eq!(letter_words(&[26]), "aa");
    }

    #[test]
    fn one_point_is_a_point_and_two_are_points() {
        let t = Text::new(Language::En);
        let scale = QuestionKind::Nps.scale().unwrap();
        assert_eq!(effect_words(t, &scale, 1.2), "+1 point");
        assert_eq!(effect_words(t, &scale, -12.0), "−12 points");
        assert_eq!(effect_words(t, &scale, 0.2), "0 points");
    }

    #[test]
    fn a_p_value_never_says_impossible() {
        let t = Text::new(Language::Nl);
        assert_eq!(p_words(t, Some(0.0)), "minder dan 0,001");
        assert_eq!(p_words(t, Some(0.0316)), "0,032");
        assert_eq!(p_words(t, Some(0.55)), "0,55");
    }
}
