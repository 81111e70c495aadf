//! What was found between the groups that were chosen: the test over all of them, and every pair.

use peil_app::results::{
    ComparedGroup, GroupBy, GroupsCompared, Overall, ScaleResult, measure_code,
};
use peil_domain::{shared::LocalDay, survey::Metric};

use super::{
    compare::{group_name, scale_of},
    glass::GlassBox,
    links::{between, narrowed, results_href},
    methods::Topic,
    pictures::{Doors, Picture, compared_picture},
    verdicts::{VerdictRow, p_words, verdict_formula, verdict_row},
};
use crate::edge::text::Text;

/// What was found.
pub(super) struct Compared {
    pub(super) answer: String,
    pub(super) details: String,
    pub(super) picture: Picture,
    pub(super) pairs: Vec<PairRow>,
    pub(super) pair_words: Vec<String>,
    pub(super) glass: GlassBox,
    pub(super) pairs_glass: GlassBox,
}

/// Two groups and how they differ.
pub(super) struct PairRow {
    pub(super) row: VerdictRow,
    pub(super) holm: String,
}

/// Shows what was found.
pub(super) fn compared(
    t: Text,
    found: &GroupsCompared,
    asked: &ScaleResult,
    words: &str,
) -> Compared {
    let query = &found.query;
    let scale = scale_of(asked, query.measure);
    let names: Vec<String> = found
        .groups
        .iter()
        .map(|group| group_name(t, query.by.as_ref(), group))
        .collect();
    let figures = found.groups.iter().zip(&names);
    let figures = figures.map(|(group, name)| (name.clone(), group.figure));
    let counted = (t.s("verdict-group"), figures.collect());
    let rows = found.groups.iter().zip(&names).map(|(group, name)| {
        let href = group_href(found, group);
        (name.clone(), group, href)
    });
    let asked = ScaleResult {
        scale,
        ..asked.clone()
    };
    let doors = Doors {
        t,
        slug: &found.survey.slug,
        query: &query.results,
        may_read: false,
    };
    let picture = compared_picture(doors, &asked, rows.collect());
    let (answer, details) = answer(t, &found.overall, scale.metric);
    let about = |topic, key: &str| GlassBox::about(t, topic, t.s(key), words);
    let each = GlassBox::about_each(t, &scale, String::new(), words, counted);
    let formula = t.s(&format!("compare-symbols-{}", measure_code(scale.metric)));
    let glass = GlassBox {
        symbols: each.symbols.into_iter().chain([formula]).collect(),
        notes: vec![details.clone()],
        counts: each.counts,
        ..about(Topic::Groups, "compare-words")
    };
    let pairs_glass = GlassBox {
        symbols: vec![t.s(verdict_formula(scale.metric))],
        notes: vec![Topic::Difference.interval(t)],
        ..about(Topic::Difference, "compare-words-pairs")
    };
    let pairs = found.pairs.iter().filter_map(|pair| {
        let (first, second) = (names.get(pair.first)?, names.get(pair.second)?);
        let name = t.a(
            "compare-pair",
            &[("first", first.into()), ("second", second.into())],
        );
        Some(PairRow {
            row: verdict_row(t, &scale, name, &pair.difference),
            holm: p_words(t, pair.p_holm),
        })
    });
    Compared {
        answer,
        details,
        picture,
        pairs: pairs.collect(),
        pair_words: pair_words(t, found),
        pairs_glass,
        glass,
    }
}

/// How many pairs differ, do not differ, or cannot be told apart yet.
fn pair_words(t: Text, found: &GroupsCompared) -> Vec<String> {
    use peil_app::results::Verdict;
    [
        (Verdict::Differs, "compare-pairs-differ"),
        (Verdict::DoesNotDiffer, "compare-pairs-same"),
        (Verdict::CannotTell, "compare-pairs-unsure"),
    ]
    .into_iter()
    .filter_map(|(verdict, key)| {
        let pairs = found.pairs.iter();
        let n = pairs
            .filter(|pair| pair.difference.verdict == verdict)
            .count();
        (n > 0).then(|| t.a(key, &[("n", n.into())]))
    })
    .collect()
}

/// The figures of one group.
fn group_href(found: &GroupsCompared, group: &ComparedGroup) -> String {
    let results = &found.query.results;
    let narrow = match (&found.query.by, group.start) {
        (Some(GroupBy::Periods(period)), Some(start)) => {
            between(results, start, LocalDay(period.next(start).0 - 1))
        }
        (Some(GroupBy::Property(dimension)), _) => narrowed(results, dimension, Some(&group.value)),
        _ => results.clone(),
    };
    results_href(&found.survey.slug, &narrow)
}

/// What the test over all groups says: the answer, and its numbers.
fn answer(t: Text, overall: &Overall, metric: Metric) -> (String, String) {
    match overall {
        Overall::Tested {
            statistic,
            df,
            p,
            kruskal_p,
            differs,
        } => {
            let key = if *differs {
                "compare-differs"
            } else {
                "compare-no-proof"
            };
            let freedom: Vec<String> = df
                .iter()
                .enumerate()
                .map(|(place, df)| t.number(*df, place))
                .collect();
            let test = match metric {
                Metric::Nps => "compare-test-nps",
                Metric::TopBox => "compare-test-share",
                Metric::Mean => "compare-test-mean",
            };
            let mut details = t.a(
                test,
                &[
                    ("statistic", t.number(*statistic, 2).into()),
                    ("df", freedom.join("; ").into()),
                    ("p", p_words(t, Some(*p)).into()),
                ],
            );
            if let Some(p) = kruskal_p {
                let p = p_words(t, Some(*p));
                details = format!(
                    "{details} {}",
                    t.a("compare-test-ranks", &[("p", p.into())])
                );
            }
            (t.s(key), details)
        }
        Overall::TooFewGroups => (t.s("compare-too-few"), String::new()),
        Overall::NoSpread => (t.s("compare-no-spread"), String::new()),
    }
}
