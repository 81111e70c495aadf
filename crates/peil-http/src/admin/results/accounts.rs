//! What accounts think: each person or each account counting alike, and the best guess for each.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use peil_app::results::{
    AccountFigures, AccountOrder, AccountRefusal, AccountScore, AccountsFound, AccountsQuery,
    Agreement, MINIMUM_PEOPLE, ResultsQuery, Shown,
};
use peil_domain::shared::Slug;

use super::{
    account_pictures::{account_href, accounts_picture, nps_bar},
    filters::{Choice, FilterBar, filter_bar},
    glass::GlassBox,
    links::{query_of, results_href, slug_of, with_field, with_fields},
    methods::Topic,
    pictures::Picture,
    tabs::{Tab, result_tabs},
    tiles::Tile,
    verdicts::p_words,
    words::as_of,
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{parts::Piece, problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/results/accounts", get(show))
}

/// Accounts on a page.
const PER_PAGE: usize = 25;

#[derive(Template)]
#[template(path = "results/accounts.html")]
struct AccountsPage {
    t: Text,
    frame: Frame,
    survey: String,
    survey_href: String,
    tabs: Piece,
    lead: String,
    as_of: String,
    bar: FilterBar,
    refusal: Option<String>,
    found: Option<FoundView>,
}

/// What was found.
struct FoundView {
    answer: String,
    based_on: String,
    notes: Vec<String>,
    tiles: Vec<Tile>,
    agreement: AgreementTile,
    picture: Picture,
    picture_glass: GlassBox,
    list: AccountList,
}

/// Whether people in one account agree, as a tile.
struct AgreementTile {
    value: String,
    icc: String,
    chance: String,
    glass: GlassBox,
}

/// One page of accounts.
struct AccountList {
    rows: Vec<AccountRow>,
    count: String,
    orders: Vec<Choice>,
    search: String,
    beside_search: Vec<(String, String)>,
    /// Every account, when only some were looked for.
    all: Option<String>,
    first: Option<String>,
    next: Option<String>,
}

/// One account, written.
struct AccountRow {
    name: String,
    href: String,
    people: String,
    own: String,
    own_interval: String,
    guess: String,
    guess_interval: String,
}

/// The address of a list of accounts.
pub(in crate::admin) fn accounts_href(slug: &Slug, query: &AccountsQuery) -> String {
    let mut pairs = vec![("survey".to_owned(), slug.to_string())];
    pairs.extend(query.pairs());
    with_fields("/results/accounts", &pairs)
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let Some(slug) = slug_of(&signed.query) else {
        return Ok(Redirect::to("/results").into_response());
    };
    let query = AccountsQuery::read(signed.query.iter()).0;
    let actor = &signed.identity.actor;
    let found = web
        .app
        .score_accounts(actor, &slug, query, PER_PAGE)
        .await?;
    page(&accounts_page(&signed, &found))
}

fn accounts_page(signed: &Signed, found: &AccountsFound) -> AccountsPage {
    let t = signed.text;
    let slug = &found.survey.slug;
    let query = &found.query;
    let href = |results: &ResultsQuery| {
        let results = results.clone();
        accounts_href(
            slug,
            &AccountsQuery {
                results,
                ..query.clone()
            },
        )
    };
    let bar = filter_bar(
        t,
        "/results/accounts",
        Some(slug),
        &query.results,
        &found.dimensions,
        href,
    );
    let fields = query.pairs();
    let own = |(name, _): &&(String, String)| matches!(name.as_str(), "search" | "sort");
    let bar = bar.carrying(fields.iter().filter(own));
    let words = bar.words(t, &found.survey.name);
    let figures = found.figures.as_ref().ok();
    AccountsPage {
        t,
        frame: Frame::new(signed, "results", t.s("accounts-title")),
        survey: found.survey.name.clone(),
        survey_href: results_href(slug, &query.results),
        tabs: result_tabs(signed, slug, &query_of(signed), Tab::Accounts),
        lead: words.clone(),
        as_of: as_of(t, &signed.zone, found.as_of, found.took),
        bar,
        refusal: found.figures.as_ref().err().map(|why| refusal(t, *why)),
        found: figures.map(|figures| found_view(t, found, figures, &words)),
    }
}

/// Why there are no figures, and what can be done about it.
fn refusal(t: Text, why: AccountRefusal) -> String {
    let key = match why {
        AccountRefusal::NoNps => "accounts-no-nps",
        AccountRefusal::NoAnswers => "accounts-no-answers",
        AccountRefusal::NoAccounts => "accounts-none",
        AccountRefusal::TooFew => "accounts-too-few",
        AccountRefusal::Closed => "results-guarded-closed",
    };
    t.a(key, &[("n", MINIMUM_PEOPLE.into())])
}

fn found_view(
    t: Text,
    found: &AccountsFound,
    figures: &AccountFigures,
    selection: &str,
) -> FoundView {
    let (people, accounts) = (t.count(figures.people), t.count(figures.accounts));
    let counts = t.a(
        "accounts-counts",
        &[
            ("people", people.as_str().into()),
            ("accounts", accounts.as_str().into()),
            ("named", figures.scores.len().into()),
        ],
    );
    let glass = |words: &str, formula: &str, interval: &str| {
        let mut glass = GlassBox::about(t, Topic::Accounts, t.s(words), selection);
        glass.symbols.push(t.s(formula));
        glass.symbols.push(counts.clone());
        glass.notes.push(t.s(interval));
        glass
    };
    let weighed = |id: &str, formula: &str, shown: &Shown| {
        let glass = glass(&format!("{id}-words"), formula, "accounts-clustered");
        nps_tile(
            t,
            id,
            shown,
            glass,
            results_href(&found.survey.slug, &found.query.results),
        )
    };
    FoundView {
        answer: t.s(agreement_key(figures.agreement)),
        based_on: t.a(
            "accounts-based-on",
            &[("people", people.into()), ("accounts", accounts.into())],
        ),
        notes: notes(t, figures),
        tiles: vec![
            weighed(
                "accounts-by-answer",
                "accounts-by-answer-formula",
                &figures.by_answer,
            ),
            weighed(
                "accounts-by-account",
                "accounts-by-account-formula",
                &figures.by_account,
            ),
        ],
        agreement: agreement_tile(
            t,
            figures,
            glass(
                "accounts-icc-words",
                "accounts-icc-formula",
                "accounts-icc-interval",
            ),
        ),
        picture: accounts_picture(t, found, figures),
        picture_glass: glass(
            "accounts-guess-words",
            "method-accounts-formula",
            "method-accounts-interval",
        ),
        list: account_list(t, found, figures),
    }
}

/// Who does not stand in the list, and whether they count.
fn notes(t: Text, figures: &AccountFigures) -> Vec<String> {
    let with = |key: &str, n: u64| {
        let args = [
            ("n", n.into()),
            ("written", t.count(n).into()),
            ("fewest", MINIMUM_PEOPLE.into()),
        ];
        t.a(key, &args)
    };
    let pooled = (figures.pooled > 0).then(|| with("accounts-pooled", figures.pooled));
    let left_out = (figures.left_out > 0).then(|| with("accounts-left-out", figures.left_out));
    let along = figures
        .counted_along
        .then(|| with("accounts-counted-along", MINIMUM_PEOPLE));
    [pooled, left_out, along].into_iter().flatten().collect()
}

fn nps_tile(t: Text, id: &str, shown: &Shown, glass: GlassBox, href: String) -> Tile {
    let key = if shown.is_uncertain {
        "results-interval-uncertain"
    } else {
        "results-interval-words"
    };
    let (low, high) = (t.number(shown.low, 0), t.number(shown.high, 0));
    let name = t.s(id);
    Tile {
        href,
        question: t.s(&format!("{id}-note")),
        class: if shown.is_uncertain {
            " is-uncertain"
        } else {
            ""
        },
        value: t.number(shown.value, 0),
        unit: String::new(),
        margin: t.number((shown.high - shown.low) / 2.0, 0),
        bar: nps_bar(t, id, name.clone(), shown),
        metric: name,
        explanation: t.a(key, &[("low", low.into()), ("high", high.into())]),
        parts: Vec::new(),
        count: String::new(),
        is_current: false,
        verdict: None,
        glass: Some(glass),
    }
}

/// What the agreement asks for, as a key of the locales.
const fn agreement_key(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Strong => "accounts-agreement-strong",
        Agreement::Clear => "accounts-agreement-clear",
        Agreement::Slight => "accounts-agreement-slight",
        Agreement::Divided => "accounts-agreement-divided",
        Agreement::CannotTell => "accounts-agreement-cannot-tell",
        Agreement::Complete => "accounts-agreement-complete",
    }
}

fn agreement_tile(t: Text, figures: &AccountFigures, glass: GlassBox) -> AgreementTile {
    let (icc, chance) = match figures.icc {
        Some(icc) => (
            t.a(
                "accounts-icc",
                &[
                    ("icc", t.number(icc.value, 2).into()),
                    ("low", t.number(icc.interval.low, 2).into()),
                    ("high", t.number(icc.interval.high, 2).into()),
                ],
            ),
            t.a("accounts-icc-p", &[("p", p_words(t, Some(icc.p)).into())]),
        ),
        None => (String::new(), String::new()),
    };
    let word = match figures.agreement {
        Agreement::Strong => "accounts-word-strong",
        Agreement::Clear => "accounts-word-clear",
        Agreement::Slight => "accounts-word-slight",
        Agreement::Divided => "accounts-word-divided",
        Agreement::CannotTell => "accounts-word-cannot-tell",
        Agreement::Complete => "accounts-word-complete",
    };
    AgreementTile {
        value: t.s(word),
        icc,
        chance,
        glass,
    }
}

fn account_list(t: Text, found: &AccountsFound, figures: &AccountFigures) -> AccountList {
    let (slug, query) = (&found.survey.slug, &found.query);
    let first = accounts_href(slug, query);
    let order = |order: AccountOrder| Choice {
        label: t.s(&format!("accounts-order-{}", order.code())),
        href: accounts_href(
            slug,
            &AccountsQuery {
                order,
                ..query.clone()
            },
        ) + "#list",
        is_current: query.order == order,
    };
    let all = AccountsQuery {
        search: None,
        ..query.clone()
    };
    let fields = all.pairs();
    let survey = ("survey".to_owned(), slug.to_string());
    let page = &figures.page;
    let n = u64::try_from(page.found).unwrap_or(u64::MAX);
    let next = page.next.as_deref();
    AccountList {
        rows: page
            .rows
            .iter()
            .map(|row| account_row(t, found, row))
            .collect(),
        count: t.a(
            "accounts-count",
            &[("n", n.into()), ("written", t.count(n).into())],
        ),
        orders: AccountOrder::ALL.map(order).into(),
        search: query.search.clone().unwrap_or_default(),
        beside_search: std::iter::once(survey).chain(fields).collect(),
        all: query
            .search
            .is_some()
            .then(|| accounts_href(slug, &all) + "#list"),
        next: next.map(|next| with_field(&first, "after", next) + "#list"),
        first: query.after.is_some().then(|| first + "#list"),
    }
}

fn account_row(t: Text, found: &AccountsFound, row: &AccountScore) -> AccountRow {
    let between = |low: f64, high: f64| format!("{} – {}", t.number(low, 0), t.number(high, 0));
    let (shown, guess) = (row.shown, row.guess);
    AccountRow {
        name: row.name.clone(),
        href: account_href(found, row),
        people: t.count(shown.people),
        own: t.number(shown.value, 0),
        own_interval: between(shown.low, shown.high),
        guess: guess.map_or_else(|| "–".to_owned(), |guess| t.number(guess.value, 0)),
        guess_interval: guess.map_or_else(String::new, |guess| {
            between(guess.interval.low, guess.interval.high)
        }),
    }
}
