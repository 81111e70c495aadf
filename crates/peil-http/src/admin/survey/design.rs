//! The look of one questionnaire: colour, picture, size of letters and corners, beside a living
//! example; and the pictures of its questions. Nothing is saved by looking.

mod upload;

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use peil_app::{
    AppError,
    settings::pictures_path,
    survey::{Clashing, Edit, SurveyError, SurveyOverview, Upon},
};
use peil_domain::{
    access::{Accent, Brand, Logo, Right},
    shared::{QuestionKey, SurveyId},
    survey::{Corners, Definition, SurveyLook, TextSize},
};

use super::{
    Head,
    conflict::{ClashView, clash_views},
    find,
    saving::as_chosen,
    words::Tongue,
};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::{Fields, encode},
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

pub(super) fn routes() -> Router<Web> {
    // The page counts the bytes of a picture itself.
    let uploads = Router::new()
        .route("/surveys/{id}/design/logo", post(upload::save_logo))
        .route("/surveys/{id}/design/picture", post(upload::save_picture))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/surveys/{id}/design", get(show).post(save))
        .route("/surveys/{id}/design/remove", post(remove))
        .merge(uploads)
}

#[derive(Template)]
#[template(path = "survey/design.html")]
struct DesignPage {
    t: Text,
    frame: Frame,
    head: Head,
    revision: i32,
    typed: TypedLook,
    contrast: Contrast,
    sizes: Vec<(bool, &'static str, String)>,
    corners: Vec<(bool, &'static str, String)>,
    logo: Option<LogoView>,
    questions: Vec<QuestionPicture>,
    languages: Vec<Tongue>,
    preview: String,
    most: usize,
    errors: Vec<FormError>,
    is_conflict: bool,
    clashes: Vec<ClashView>,
}

/// What came of a form that was not saved because somebody else saved first.
#[derive(Default)]
struct Refused {
    is_conflict: bool,
    /// What both changed, to choose from.
    clashes: Vec<ClashView>,
}

/// The look as it stands in the form.
struct TypedLook {
    accent: Accent,
    /// The colour as it was typed, which may be none.
    code: String,
    has_own_accent: bool,
    text_size: TextSize,
    corners: Corners,
}

/// How a colour reads.
struct Contrast {
    ratio: String,
    is_readable: bool,
    ink: &'static str,
    proposal: String,
    /// Address of the same page with the proposal filled in.
    proposal_address: String,
}

struct LogoView {
    href: String,
    width: u32,
    height: u32,
}

/// A question that can have a picture.
struct QuestionPicture {
    key: QuestionKey,
    number: usize,
    text: String,
    picture: Option<(String, String)>,
}

impl DesignPage {
    fn has_error(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    fn pictured(&self) -> impl Iterator<Item = (&QuestionPicture, &str, &str)> {
        self.questions.iter().filter_map(|question| {
            let (href, description) = question.picture.as_ref()?;
            Some((question, href.as_str(), description.as_str()))
        })
    }
}

impl TypedLook {
    fn of(look: &SurveyLook, brand: &Brand) -> Self {
        let accent = look.accent.unwrap_or(brand.accent);
        Self {
            accent,
            code: accent.to_string(),
            has_own_accent: look.accent.is_some(),
            text_size: look.text_size,
            corners: look.corners,
        }
    }

    /// What was typed upon the look as it is; what is not there stays.
    fn typed(mut self, fields: &Fields) -> Self {
        if let Some(code) = fields.some("accent") {
            code.clone_into(&mut self.code);
            self.accent = code.parse().unwrap_or(self.accent);
        }
        if let Some(whose) = fields.some("whose") {
            self.has_own_accent = whose == "own";
        }
        if let Some(size) = TextSize::ALL
            .into_iter()
            .find(|size| size.code() == fields.get("text_size"))
        {
            self.text_size = size;
        }
        if let Some(corners) = Corners::ALL
            .into_iter()
            .find(|one| one.code() == fields.get("corners"))
        {
            self.corners = corners;
        }
        self
    }

    /// Whether a colour of its own is wanted, and none was typed.
    fn is_no_colour(&self) -> bool {
        self.has_own_accent && self.code.parse::<Accent>().is_err()
    }

    fn look(&self, before: &SurveyLook) -> SurveyLook {
        SurveyLook {
            accent: self.has_own_accent.then_some(self.accent),
            logo: before.logo.clone(),
            text_size: self.text_size,
            corners: self.corners,
        }
    }

    /// The part of an address that carries it.
    fn query(&self, accent: Accent) -> String {
        let whose = if self.has_own_accent { "own" } else { "theirs" };
        format!(
            "whose={whose}&accent={}&text_size={}&corners={}",
            encode(&accent.to_string()),
            self.text_size.code(),
            self.corners.code()
        )
    }
}

/// The look of an example: that of the draft, with what an address says of it.
pub(super) fn previewed(look: &SurveyLook, brand: &Brand, query: &Fields) -> SurveyLook {
    TypedLook::of(look, brand).typed(query).look(look)
}

async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let brand = &signed.identity.workspace.brand;
    let typed = TypedLook::of(&overview.survey.draft.look, brand).typed(&signed.query);
    design_page(&signed, &overview, typed, Vec::new(), Refused::default())
}

fn design_page(
    signed: &Signed,
    overview: &SurveyOverview,
    typed: TypedLook,
    errors: Vec<FormError>,
    refused: Refused,
) -> Result<Response, PageError> {
    if !signed.identity.actor.has(Right::WriteSurveys) {
        return Err(AppError::Forbidden(Right::WriteSurveys).into());
    }
    let (t, survey) = (signed.text, &overview.survey);
    let draft = &survey.draft;
    let pictures = pictures_path(survey.workspace);
    let head = Head::new(signed, overview, "design");
    let contrast = typed.accent.contrast_with_white();
    let proposal = typed.accent.for_light_ground();
    let language = peil_domain::survey::Survey::language_or_first(draft, t.language);
    let preview = format!(
        "{}?language={language}&device=phone&page=1&{}",
        head.path("preview"),
        typed.query(typed.accent)
    );
    let word = |name: &str, code: &str| t.s(&format!("survey-design-{name}-{code}"));
    let sizes = TextSize::ALL.into_iter().map(|size| {
        let code = size.code();
        (size == typed.text_size, code, word("size", code))
    });
    let corners = Corners::ALL.into_iter().map(|one| {
        let code = one.code();
        (one == typed.corners, code, word("corners", code))
    });
    page(&DesignPage {
        t,
        frame: Frame::new(signed, "survey", &survey.name),
        revision: survey.revision,
        contrast: Contrast {
            ratio: t.number(contrast, 1),
            is_readable: contrast >= Accent::LEAST_CONTRAST,
            ink: if typed.accent.carries_white() {
                "#ffffff"
            } else {
                "#000000"
            },
            proposal_address: format!("{}?{}", head.path("design"), typed.query(proposal)),
            proposal: proposal.to_string(),
        },
        sizes: sizes.collect(),
        corners: corners.collect(),
        logo: draft.look.logo.as_ref().map(|logo| {
            let (width, height) = logo.shown_size();
            LogoView {
                href: format!("{pictures}/{}", logo.file),
                width,
                height,
            }
        }),
        questions: question_pictures(draft, &pictures, t),
        languages: Tongue::used(t, draft),
        preview,
        most: Logo::MOST_BYTES / 1_000,
        head,
        typed,
        errors,
        is_conflict: refused.is_conflict,
        clashes: refused.clashes,
    })
}

fn question_pictures(draft: &Definition, pictures: &str, t: Text) -> Vec<QuestionPicture> {
    let questions = draft.questions().zip(1..);
    let view = |(question, number): (&peil_domain::survey::Question, usize)| QuestionPicture {
        key: question.key.clone(),
        number,
        text: question.text.get(t.language).chars().take(80).collect(),
        picture: question.picture.as_ref().map(|picture| {
            let href = format!("{pictures}/{}", picture.file);
            (href, picture.description.get(t.language).to_owned())
        }),
    };
    questions.map(view).collect()
}

/// The page again when a person can do something about the error.
async fn refuse(
    web: &Web,
    signed: &Signed,
    id: SurveyId,
    fields: &Fields,
    error: AppError,
    field: &str,
) -> Result<Response, PageError> {
    let status = match &error {
        AppError::Survey(SurveyError::Conflict { .. } | SurveyError::Clash(_)) => {
            StatusCode::CONFLICT
        }
        AppError::Invalid { .. } | AppError::Survey(SurveyError::TooMuch(_)) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => return Err(error.into()),
    };
    let mut said = describe(&error, signed.text);
    said.field = Some(field.to_owned());
    let overview = web.app.get_survey(&signed.identity.actor, id).await?;
    let brand = &signed.identity.workspace.brand;
    let typed = TypedLook::of(&overview.survey.draft.look, brand).typed(fields);
    let page = design_page(
        signed,
        &overview,
        typed,
        vec![said.into()],
        Refused::default(),
    )?;
    Ok((status, page).into_response())
}

/// The page again with what both changed differently, to choose from; what only one of them changed
/// stands in the form.
async fn let_choose(
    web: &Web,
    signed: &Signed,
    id: SurveyId,
    clashing: &Clashing,
) -> Result<Response, PageError> {
    let overview = web.app.get_survey(&signed.identity.actor, id).await?;
    let draft = &overview.survey.draft;
    let refused = Refused {
        is_conflict: true,
        clashes: clash_views(signed.text, clashing, draft, &|_| None),
    };
    let brand = &signed.identity.workspace.brand;
    let typed = TypedLook::of(&clashing.proposal.look, brand);
    let page = design_page(signed, &overview, typed, Vec::new(), refused)?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn here(id: SurveyId) -> String {
    format!("/surveys/{id}/design")
}

async fn save(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let actor = &signed.identity.actor;
    let before = web.app.get_survey(actor, id).await?.survey.draft.look;
    let brand = &signed.identity.workspace.brand;
    let typed = TypedLook::of(&before, brand).typed(&fields);
    if typed.is_no_colour() {
        let error = AppError::Invalid {
            field: "accent",
            code: "not_a_colour",
        };
        return refuse(&web, &signed, id, &fields, error, "accent").await;
    }
    let look = typed.look(&before);
    let upon = Upon::Since(fields.get("revision").parse().unwrap_or(0));
    let edit = as_chosen(&fields, Edit::Look(look));
    match web.app.edit_survey(actor, id, upon, edit).await {
        Ok(_) => Ok(done(&here(id), "survey-look-saved")),
        Err(AppError::Survey(SurveyError::Clash(found))) => {
            let_choose(&web, &signed, id, &found).await
        }
        Err(error) => refuse(&web, &signed, id, &fields, error, "accent").await,
    }
}

/// Takes the logo, or the picture of a question, away.
async fn remove(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let actor = &signed.identity.actor;
    let edit = if let Ok(key) = fields.get("question").parse::<QuestionKey>() {
        Edit::Picture { key, picture: None }
    } else {
        let look = web.app.get_survey(actor, id).await?.survey.draft.look;
        Edit::Look(SurveyLook { logo: None, ..look })
    };
    let revision = fields.get("revision").parse().unwrap_or(0);
    let upon = Upon::Since(revision);
    match web.app.edit_survey(actor, id, upon, edit).await {
        Ok(_) => Ok(done(&here(id), "survey-look-saved")),
        Err(error) => refuse(&web, &signed, id, &fields, error, "").await,
    }
}
