//! Exploring figures by group, second group and period, as programs ask for it.

use axum::{Json, extract::State};
use peil_app::{
    AppError,
    results::{ExploreColumn, ExploreQuery, ExploreRow, Explored, bucket_code, dimension_code},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{SelectionFields, slug_of, view::FigureView};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{body::Outcome, caller::Caller, refusals::Reading},
    edge::{fields::Fields, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(explore_results))
}

/// Figures of a selection, in rows and columns.
#[derive(Serialize, ToSchema)]
struct ExploredView {
    /// Address name of the questionnaire.
    survey: String,
    /// `nps`, `share`, `mean`, `option` or `count`.
    measure: &'static str,
    /// Key of the question.
    question: Option<String>,
    /// Code of the option, when the measure is `option`.
    option: Option<String>,
    /// The property of the rows.
    group: Option<String>,
    /// The property of the columns.
    second: Option<String>,
    /// Length of the periods: longer than was asked when shorter ones may not be told.
    step: &'static str,
    /// The groups: those that may be told first, best first.
    rows: Vec<RowView>,
    /// What stands beside each other; empty in a ladder.
    columns: Vec<ColumnView>,
    /// The groups that may be told and are not among the rows, together.
    others: Option<RowView>,
    /// Number of those groups.
    groups_beyond: usize,
    /// Number of groups of too few people that are not among the rows.
    groups_hidden: usize,
    /// Number of columns that were left out.
    columns_beyond: usize,
    /// The whole selection.
    whole: FigureView,
    /// Number of submissions or answers that were counted; absent when it may not be told.
    counted: Option<u64>,
    /// Milliseconds that the counting took.
    took_ms: f64,
    /// Whether the days are more than was asked, since fewer would give people away.
    is_widened: bool,
    /// Whether nothing is told of this selection, since a few people could be told apart.
    is_hidden: bool,
    /// Moment at which this was true.
    as_of: String,
}

/// One group.
#[derive(Serialize, ToSchema)]
struct RowView {
    /// Its value, empty when it is not known; absent for everyone and for all others.
    group: Option<String>,
    /// Its figure over the whole selection.
    figure: FigureView,
    /// Its figure in every column.
    cells: Vec<FigureView>,
}

/// What stands above a column: a group or a period.
#[derive(Serialize, ToSchema)]
struct ColumnView {
    /// Value of the group, empty when it is not known.
    group: Option<String>,
    /// First day of the period.
    from: Option<String>,
    /// Last day of the period.
    until: Option<String>,
}

impl From<&ExploreRow> for RowView {
    fn from(row: &ExploreRow) -> Self {
        Self {
            group: row.group.as_ref().map(|group| group.value.clone()),
            figure: (&row.figure).into(),
            cells: row.cells.iter().map(FigureView::from).collect(),
        }
    }
}

impl From<&ExploreColumn> for ColumnView {
    fn from(column: &ExploreColumn) -> Self {
        match column {
            ExploreColumn::Group(group) => Self {
                group: Some(group.value.clone()),
                from: None,
                until: None,
            },
            ExploreColumn::Step(first, last) => Self {
                group: None,
                from: Some(first.date().to_string()),
                until: Some(last.date().to_string()),
            },
        }
    }
}

impl From<Explored> for ExploredView {
    fn from(found: Explored) -> Self {
        let (query, subject) = (&found.query, &found.subject);
        let question = subject.question.as_ref();
        Self {
            survey: found.survey.slug.to_string(),
            measure: subject.measure.code(),
            question: question.map(|question| question.key.to_string()),
            option: subject.option.as_ref().map(ToString::to_string),
            group: query.results.group.as_ref().map(dimension_code),
            second: query.second.as_ref().map(dimension_code),
            step: bucket_code(found.step),
            rows: found.rows.iter().map(RowView::from).collect(),
            columns: found.columns.iter().map(ColumnView::from).collect(),
            others: found.others.as_ref().map(RowView::from),
            groups_beyond: found.beyond,
            groups_hidden: found.hidden,
            columns_beyond: found.columns_beyond,
            whole: (&found.whole).into(),
            counted: found.counted,
            took_ms: found.took.as_secs_f64() * 1000.0,
            is_widened: found.is_widened,
            is_hidden: found.is_closed,
            as_of: found.as_of.to_string(),
        }
    }
}

/// Reads what is explored; a known field that cannot be read is refused.
fn exploration_of(fields: &Fields) -> Result<ExploreQuery, AppError> {
    let (query, refused) = ExploreQuery::read(fields.iter());
    match refused.first() {
        Some(field) => Err(AppError::Invalid {
            field,
            code: "unknown",
        }),
        None => Ok(query),
    }
}

/// Lays out one measure by group, by second group or by period.
#[utoipa::path(get, path = "/results/explore", operation_id = "explore_results", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("measure" = Option<String>, Query, description = "`nps`, `share`, `mean`, `count`, or `option` for how often an option of a choice question was chosen; that of the question when absent."),
        ("choice" = Option<String>, Query, description = "Code of the option, for `option`."),
        ("view" = Option<String>, Query, description = "`heat`: groups by second group, or by period. `ladder`: groups only. `trend`: groups by period, more of them."),
        ("group" = Option<String>, Query, description = "Property of the rows: `channel`, `language`, `version`, `touchpoint`, `account`, `segment.KEY`, or `none`; chosen when absent."),
        ("second" = Option<String>, Query, description = "Property of the columns, in a heat map; periods when absent."),
        ("step" = Option<String>, Query, description = "Length of the periods: `day`, `week`, `month`, `quarter` or `year`."),
        ("find" = Option<String>, Query, description = "Only groups whose name holds this text."),
        ("least" = Option<String>, Query, description = "Lowest score that counts. Of `share` it says which scores the share is of."),
        ("most" = Option<String>, Query, description = "Highest score that counts."),
        ("except" = Option<String>, Query, description = "A property of which the chosen values are left out instead; may be repeated."),
        SelectionFields),
    responses((status = 200, body = ExploredView), Reading))]
async fn explore_results(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<ExploredView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let query = exploration_of(&visitor.query).map_err(say)?;
    let actor = &caller.identity.actor;
    let found = web.app.explore_results(actor, &slug, query, false).await;
    Ok(Json(found.map_err(say)?.into()))
}
