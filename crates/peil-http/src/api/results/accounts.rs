//! What accounts think, as programs ask for it.

use axum::{Json, extract::State};
use peil_app::{
    AppError,
    results::{AccountScore, AccountsFound, AccountsQuery, Figure},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{SelectionFields, page_of, slug_of, view::FigureView};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{body::Outcome, caller::Caller, refusals::Reading},
    edge::{fields::Fields, visitor::Visitor},
};

pub(super) fn routes() -> Operations {
    Operations::new().routes(routes!(get_account_scores))
}

/// The NPS of accounts. Without figures there is a reason.
#[derive(Serialize, ToSchema)]
struct AccountScoresView {
    /// Address name of the questionnaire.
    survey: String,
    /// Key of the question.
    question: Option<String>,
    /// Why there are no figures: `no_nps`, `no_answers`, `no_accounts`, `too_few` (fewer than two
    /// accounts of enough people) or `closed` (a few people could be told apart).
    refused: Option<&'static str>,
    /// Accounts of which someone answered.
    accounts: Option<u64>,
    /// Of those: accounts that are not listed, since few people answered. They count with the figure
    /// of all of them together.
    pooled: Option<u64>,
    /// People without an account, who are left out.
    without_account: Option<u64>,
    /// Every answer counts alike; the interval knows that answers come in accounts.
    by_answer: Option<FigureView>,
    /// Every account counts alike; likewise.
    by_account: Option<FigureView>,
    /// `strong`, `clear`, `slight`, `divided` (people in one account are hardly more alike than
    /// strangers), `cannot_tell` or `complete` (everyone says the same as their colleagues).
    agreement: Option<&'static str>,
    /// ICC(1): how alike people in one account are; absent when they all say the same.
    icc: Option<f64>,
    /// Both ends of its 95 % interval.
    icc_interval: Option<[f64; 2]>,
    /// How often chance alone makes them so alike.
    icc_p: Option<f64>,
    /// The mean account, to which guesses are pulled.
    mean: Option<f64>,
    /// Accounts that `search` finds among those that may be listed.
    found: usize,
    /// One page of them.
    items: Vec<AccountScoreView>,
    /// Ask with `after` set to this for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Moment at which this was true.
    as_of: String,
}

/// One account.
#[derive(Serialize, ToSchema)]
struct AccountScoreView {
    /// Its name.
    account: String,
    /// Its own NPS.
    figure: FigureView,
    /// The best guess: pulled towards the mean account, the more so the fewer answers there are.
    guess: Option<f64>,
    /// Both ends of its 95 % interval.
    guess_interval: Option<[f64; 2]>,
}

impl From<&AccountScore> for AccountScoreView {
    fn from(row: &AccountScore) -> Self {
        Self {
            account: row.name.clone(),
            figure: (&Figure::Shown(row.shown)).into(),
            guess: row.guess.map(|guess| guess.value),
            guess_interval: row
                .guess
                .map(|guess| [guess.interval.low, guess.interval.high]),
        }
    }
}

impl From<AccountsFound> for AccountScoresView {
    fn from(found: AccountsFound) -> Self {
        let figures = found.figures.as_ref().ok();
        let icc = figures.and_then(|figures| figures.icc);
        let rows = figures.iter().flat_map(|figures| &figures.page.rows);
        Self {
            survey: found.survey.slug.to_string(),
            question: found
                .query
                .results
                .question
                .as_ref()
                .map(ToString::to_string),
            refused: found.figures.as_ref().err().map(|why| why.code()),
            accounts: figures.map(|figures| figures.accounts),
            pooled: figures.map(|figures| figures.pooled),
            without_account: figures.map(|figures| figures.left_out),
            by_answer: figures.map(|figures| (&Figure::Shown(figures.by_answer)).into()),
            by_account: figures.map(|figures| (&Figure::Shown(figures.by_account)).into()),
            agreement: figures.map(|figures| figures.agreement.code()),
            icc: icc.map(|icc| icc.value),
            icc_interval: icc.map(|icc| [icc.interval.low, icc.interval.high]),
            icc_p: icc.map(|icc| icc.p),
            mean: figures.and_then(|figures| figures.mean),
            found: figures.map_or(0, |figures| figures.page.found),
            items: rows.map(AccountScoreView::from).collect(),
            next: figures.and_then(|figures| figures.page.next.clone()),
            as_of: found.as_of.to_string(),
        }
    }
}

/// Reads what is asked; a known field that cannot be read is refused.
fn accounts_of(fields: &Fields) -> Result<AccountsQuery, AppError> {
    let (query, refused) = AccountsQuery::read(fields.iter());
    match refused.first() {
        Some(field) => Err(AppError::Invalid {
            field,
            code: "unknown",
        }),
        None => Ok(query),
    }
}

/// Works out the NPS of accounts; needs the right to read customers too.
#[utoipa::path(get, path = "/results/accounts", operation_id = "get_account_scores", tag = "results",
    params(("survey" = String, Query, description = "Address name of the questionnaire."),
        ("search" = Option<String>, Query, description = "Part of the name of an account, whatever the case."),
        ("sort" = Option<String>, Query, description = "`worst` (the lowest guess first; when absent), `best`, `people` or `name`."),
        ("after" = Option<String>, Query, description = "The `next` of the page before."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 200, description = "Accounts per page, 1 to 200."),
        SelectionFields),
    responses((status = 200, body = AccountScoresView), Reading))]
async fn get_account_scores(
    State(web): State<Web>,
    caller: Caller,
    visitor: Visitor,
) -> Outcome<Json<AccountScoresView>> {
    let say = |error: AppError| caller.problem(&error);
    let slug = slug_of(&visitor.query).map_err(say)?;
    let query = accounts_of(&visitor.query).map_err(say)?;
    let (_, limit) = page_of(&visitor.query).map_err(say)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let actor = &caller.identity.actor;
    let found = web.app.score_accounts(actor, &slug, query, limit).await;
    Ok(Json(found.map_err(say)?.into()))
}
