//! Comparing groups or periods, as programs ask for it.

use axum::{Json, extract::State};
use peil_app::{
    AppError,
    results::{CompareQuery, GroupBy, GroupsCompared, Overall, measure_code},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{SelectionFields, slug_of, verdicts::DifferenceView, view::FigureView};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{body::Outcome, caller::Caller, refusals::Reading},
    edge::{fields::Fields, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(compare_groups))
}

/// A comparison of groups.
#[derive(Serialize, ToSchema)]
struct ComparisonView {
    /// Address name of the questionnaire.
    survey: String,
    /// Key of the question; absent when the questionnaire has none with a scale.
    question: Option<String>,
    /// `nps`, `share` or `mean`.
    measure: Option<&'static str>,
    /// What tells the groups apart.
    by: Option<String>,
    /// Groups to choose from.
    choices: Vec<ChoiceOfGroup>,
    /// Groups that were compared: periods the newest first, others best first.
    groups: Vec<ComparedView>,
    /// Chosen groups that may not be shown and took no part.
    hidden: usize,
    /// The test over all groups; absent when there are fewer than two, or no spread in one.
    overall: Option<OverallView>,
    /// Every pair of groups.
    pairs: Vec<PairView>,
    /// Moment at which this was true.
    as_of: String,
}

/// A group to choose from.
#[derive(Serialize, ToSchema)]
struct ChoiceOfGroup {
    /// Value to pick; empty for "not known". The first day of a period.
    value: String,
    /// Its figure.
    figure: FigureView,
    /// Whether it was picked.
    picked: bool,
}

/// A group that was compared.
#[derive(Serialize, ToSchema)]
struct ComparedView {
    /// Its value; the first day of a period.
    value: String,
    /// Its figure.
    figure: FigureView,
    /// Its letters, as numbers from 0: groups that share one were not shown to differ.
    letters: Vec<usize>,
}

/// The test over all groups.
#[derive(Serialize, ToSchema)]
struct OverallView {
    /// Cochran's Q for NPS, Pearson's χ² for a share, Welch's F for a mean.
    statistic: f64,
    /// Degrees of freedom: one number, or two for F.
    df: Vec<f64>,
    /// The p-value.
    p: f64,
    /// The p-value of Kruskal and Wallis; means only.
    kruskal_p: Option<f64>,
    /// Whether it is below 0.05.
    differs: bool,
}

/// Two groups and how they differ.
#[derive(Serialize, ToSchema)]
struct PairView {
    /// Value of the first group.
    first: String,
    /// Value of the second.
    second: String,
    /// How much the first is above the second.
    difference: DifferenceView,
    /// The p-value adjusted by Holm.
    p_holm: Option<f64>,
}

impl From<GroupsCompared> for ComparisonView {
    fn from(found: GroupsCompared) -> Self {
        let value = |place: usize| {
            let group = found.groups.get(place);
            group.map(|group| group.value.clone()).unwrap_or_default()
        };
        let overall = match &found.overall {
            Overall::Tested {
                statistic,
                df,
                p,
                kruskal_p,
                differs,
            } => Some(OverallView {
                statistic: *statistic,
                df: df.clone(),
                p: *p,
                kruskal_p: *kruskal_p,
                differs: *differs,
            }),
            Overall::TooFewGroups | Overall::NoSpread => None,
        };
        let choices = found.choices.iter().map(|group| ChoiceOfGroup {
            value: group.value.clone(),
            figure: (&group.figure).into(),
            picked: group.is_picked,
        });
        let groups = found.groups.iter().map(|group| ComparedView {
            value: group.value.clone(),
            figure: (&group.figure).into(),
            letters: group.letters.clone(),
        });
        let pairs = found.pairs.iter().map(|pair| PairView {
            first: value(pair.first),
            second: value(pair.second),
            difference: (&pair.difference).into(),
            p_holm: pair.p_holm,
        });
        let asked = found.query.results.question.as_ref();
        Self {
            survey: found.survey.slug.to_string(),
            question: asked.map(ToString::to_string),
            measure: found.query.measure.map(measure_code),
            by: found.query.by.as_ref().map(GroupBy::code),
            choices: choices.collect(),
            groups: groups.collect(),
            hidden: found.hidden,
            overall,
            pairs: pairs.collect(),
            as_of: found.as_of.to_string(),
        }
    }
}

/// Reads the comparison; a known field that cannot be read is refused.
fn comparison_of(fields: &Fields) -> Result<CompareQuery, AppError> {
    let (query, refused) = CompareQuery::read(fields.iter());
    match refused.first() {
        Some(field) => Err(AppError::Invalid {
            field,
            code: "unknown",
        }),
        None => Ok(query),
    }
}

/// Compares two to twelve groups or periods: first all together, then every pair.
#[utoipa::path(get, path = "/results/compare", operation_id = "compare_groups", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("by" = Option<String>, Query, description = "`channel`, `language`, `version`, `touchpoint`, `account`, `segment.KEY`, or a length of periods: `week`, `month`, `quarter`, `year`."),
        ("pick" = Option<String>, Query, description = "A group: a value, or the first day of a period. May be repeated up to twelve times; without it the largest groups or the last periods are taken."),
        ("measure" = Option<String>, Query, description = "`nps`, `share` or `mean`; that of the question when absent."),
        SelectionFields),
    responses((status = 200, body = ComparisonView), Reading))]
async fn compare_groups(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ComparisonView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let query = comparison_of(&visitor.query).map_err(say)?;
    let actor = &caller.identity.actor;
    let found = web.app.compare_groups(actor, &slug, query).await;
    Ok(Json(found.map_err(say)?.into()))
}
