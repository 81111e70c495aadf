//! What customers talk about that no theme claims, for a person to decide.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use peil_app::{
    AppError,
    themes::{
        Acceptance, Granularity, ProposalFound, ProposalsFound, ThemeLanguage, WordList, WordsOf,
    },
};

use super::taxonomy::{form_errors, forms};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::Fields,
        parts::{FormError, Piece},
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

const HERE: &str = "/themes/proposals";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route(HERE, get(show).post(search))
        .route("/themes/proposals/{number}/accept", post(accept))
        .route("/themes/proposals/{number}/dismiss", post(dismiss))
}

/// How finely one can look, with the word of a form.
const GRANULARITIES: [(Granularity, &str); 3] = [
    (Granularity::Coarse, "coarse"),
    (Granularity::Normal, "normal"),
    (Granularity::Fine, "fine"),
];

#[derive(Template)]
#[template(path = "themes/proposals.html")]
struct ProposalsPage {
    t: Text,
    frame: Frame,
    errors: Vec<FormError>,
    status: String,
    is_searching: bool,
    was_searched: bool,
    granularities: Vec<GranularityChoice>,
    open: Vec<OpenView>,
    decided: Vec<DecidedView>,
    may_change: bool,
}

/// How finely to look.
struct GranularityChoice {
    code: &'static str,
    name: String,
    help: String,
    is_chosen: bool,
}

/// A proposal on which nobody decided.
struct OpenView {
    number: i64,
    name: String,
    size: String,
    quotes: Vec<String>,
    /// What the form says: name in Dutch and English, words.
    typed: [String; 4],
    because: String,
    is_open: bool,
    themes: Vec<(String, String, bool)>,
}

/// A proposal that was decided.
struct DecidedView {
    name: String,
    state: String,
    because: Option<String>,
}

async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let found = web.app.list_theme_proposals(&signed.identity.actor).await?;
    page(&proposals_page(&signed, &found, Vec::new(), None))
}

async fn search(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let actor = &form.signed.identity.actor;
    let wanted = form.fields.get("granularity");
    let known = GRANULARITIES.into_iter().find(|(_, code)| *code == wanted);
    let granularity = known.map_or(Granularity::Normal, |(one, _)| one);
    web.app.discover_themes(actor, granularity).await?;
    Ok(done(HERE, "proposals-search"))
}

async fn accept(
    State(web): State<Web>,
    Path(number): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let actor = &signed.identity.actor;
    let number: i64 = number.parse().map_err(|_| AppError::NotFound)?;
    let wanted = Acceptance {
        theme: fields.some("theme").map(str::to_owned),
        names: forms::names(&fields, "name"),
        words: words(&fields),
    };
    match web.app.accept_theme_proposal(actor, number, wanted).await {
        Ok(()) => Ok(done("/themes/taxonomy", "proposal-accepted")),
        Err(AppError::NotFound) => Err(AppError::NotFound.into()),
        Err(error) => {
            let field = match &error {
                AppError::Themes(peil_app::themes::EditError::Name) => "name_nl",
                _ => "words",
            };
            let field = format!("{field}-{number}");
            let errors = form_errors(signed.text, error, &field)?;
            refused(&web, &signed, errors, (number, &fields)).await
        }
    }
}

async fn dismiss(
    State(web): State<Web>,
    Path(number): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let actor = &signed.identity.actor;
    let number: i64 = number.parse().map_err(|_| AppError::NotFound)?;
    let because = fields.get("because");
    match web.app.dismiss_theme_proposal(actor, number, because).await {
        Ok(()) => Ok(done(HERE, "proposal-dismissed")),
        Err(error @ AppError::Invalid { .. }) => {
            let errors = vec![FormError {
                field: format!("because-{number}"),
                message: describe(&error, signed.text).message,
            }];
            refused(&web, &signed, errors, (number, &fields)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn refused(
    web: &Web,
    signed: &Signed,
    errors: Vec<FormError>,
    typed: (i64, &Fields),
) -> Result<Response, PageError> {
    let found = web.app.list_theme_proposals(&signed.identity.actor).await?;
    let shown = page(&proposals_page(signed, &found, errors, Some(typed)))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

/// The words of the form, for both languages: who decides may not know in which they are said.
fn words(fields: &Fields) -> Vec<WordsOf> {
    let all = forms::lines(fields.get("words"));
    [ThemeLanguage::Dutch, ThemeLanguage::English]
        .into_iter()
        .map(|language| WordsOf {
            language,
            list: WordList::Strong,
            words: all.clone(),
        })
        .collect()
}

fn proposals_page(
    signed: &Signed,
    found: &ProposalsFound,
    errors: Vec<FormError>,
    typed: Option<(i64, &Fields)>,
) -> ProposalsPage {
    let t = signed.text;
    let last = found.discovery.as_ref();
    let chosen = last.map_or(Granularity::Normal, |last| last.granularity);
    let status = match last {
        None => t.s("proposals-never"),
        Some(last) => match last.done_at {
            None => t.s("proposals-searching"),
            Some(at) => t.a(
                "proposals-searched",
                &[
                    ("n", t.count(last.looked_at).into()),
                    ("when", t.moment(at, &signed.zone).into()),
                ],
            ),
        },
    };
    let open = found.open.iter();
    let open = open.map(|proposal| {
        let own = typed.filter(|(number, _)| *number == proposal.number);
        open_view(t, found, proposal, own.map(|(_, fields)| fields))
    });
    let decided = found.decided.iter().map(|proposal| DecidedView {
        name: proposal.name.clone(),
        state: t.s(&format!("proposals-state-{}", proposal.state)),
        because: proposal.because.clone(),
    });
    ProposalsPage {
        t,
        frame: Frame::new(signed, "themes", t.s("proposals-title")),
        errors,
        status,
        is_searching: last.is_some_and(|last| last.done_at.is_none()),
        was_searched: last.is_some_and(|last| last.done_at.is_some()),
        granularities: GRANULARITIES
            .into_iter()
            .map(|(granularity, code)| GranularityChoice {
                code,
                name: t.s(&format!("proposals-{code}")),
                help: t.s(&format!("proposals-{code}-help")),
                is_chosen: granularity == chosen,
            })
            .collect(),
        open: open.collect(),
        decided: decided.collect(),
        may_change: found.may_change,
    }
}

fn open_view(
    t: Text,
    found: &ProposalsFound,
    proposal: &ProposalFound,
    typed: Option<&Fields>,
) -> OpenView {
    let field = |name: &str, known: String| {
        let own = typed.and_then(|fields| fields.raw(name));
        own.map_or(known, str::to_owned)
    };
    let theme = field("theme", String::new());
    let words = proposal.name.split(", ").collect::<Vec<_>>().join("\n");
    let themes = found.themes.iter().map(|code| {
        let name = found.names.name(code, t.language);
        (code.clone(), name, *code == theme)
    });
    OpenView {
        number: proposal.number,
        name: proposal.name.clone(),
        size: t.a(
            "proposals-size",
            &[
                ("people", t.count(proposal.people).into()),
                ("said", proposal.said.to_string().into()),
            ],
        ),
        quotes: proposal.quotes.clone(),
        typed: [
            field("name_nl", String::new()),
            field("name_en", String::new()),
            field("words", words),
            theme.clone(),
        ],
        because: field("because", String::new()),
        is_open: typed.is_some(),
        themes: themes.collect(),
    }
}

impl ProposalsPage {
    /// Whether something is wrong with a field of a proposal.
    fn is_wrong(&self, field: &str, number: &impl std::fmt::Display) -> bool {
        self.t.has_error(&self.errors, &format!("{field}-{number}"))
    }

    /// The error of a field of a proposal.
    fn error(&self, field: &str, number: &impl std::fmt::Display) -> Piece {
        self.t
            .field_error(&self.errors, &format!("{field}-{number}"))
    }
}
