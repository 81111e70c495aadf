//! What the reviewer says about a draft: take over what it proposes, or put it aside with a reason.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::{
    AppError,
    survey::{Dismissed, Edit, FindingName, SurveyError, SurveyOverview, Upon},
};
use peil_domain::{
    shared::DismissalId,
    survey::{
        Definition, Place,
        review::{Channel, Remark, Severity},
    },
};

use super::{
    Head, find,
    finding::{code, named},
    words,
};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe},
        review::review_sentence,
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/findings.html")]
struct FindingsPage {
    t: Text,
    frame: Frame,
    head: Head,
    revision: i32,
    open: Vec<FindingView>,
    dismissed: Vec<DismissedView>,
    /// The reason that was typed and not taken, and for which finding.
    typed: (String, String),
    errors: Vec<FormError>,
    is_conflict: bool,
}

/// A finding in words.
pub(super) struct FindingView {
    /// Name of the finding in the page.
    id: String,
    /// Where it is.
    pub(super) place: String,
    /// Address of the place; nothing when it is about what was published.
    pub(super) href: String,
    /// How serious it is, as a class and as words.
    severity: (&'static str, String),
    /// The words that were found.
    pub(super) words: String,
    /// Code of the language that they are in.
    pub(super) language: &'static str,
    /// One sentence with its source.
    pub(super) why: String,
    /// The proposed text, a line for every question.
    rewrite: Vec<String>,
    /// What names it in a form.
    code: String,
}

/// A finding that was put aside, in words.
pub(super) struct DismissedView {
    /// The finding.
    pub(super) finding: FindingView,
    /// Name of its dismissal.
    id: DismissalId,
    /// Why it was put aside.
    pub(super) reason: String,
    /// Who and when.
    pub(super) by: String,
}

impl FindingView {
    fn new(t: Text, head: &Head, draft: &Definition, number: usize, remark: &Remark) -> Self {
        let finding = &remark.finding;
        let (place, question) = place_of(t, draft, &remark.place);
        let (class, severity) = match finding.severity {
            Severity::Hint => ("", "findings-hint"),
            Severity::Warning => ("is-mid", "findings-warning"),
            Severity::Error => ("is-low", "findings-error"),
        };
        Self {
            id: format!("finding-{number}"),
            place,
            href: question.map_or_else(
                || head.path(""),
                |key| format!("{0}?open={key}#q-{key}", head.path("")),
            ),
            severity: (class, t.s(severity)),
            words: finding.words.clone(),
            language: remark.language.code(),
            why: review_sentence(t.language, finding.rule, remark.count),
            rewrite: finding
                .rewrite
                .iter()
                .filter(|_| matches!(remark.place, Place::Question(_) | Place::Option(..)))
                .flat_map(|text| text.lines().map(str::to_owned))
                .collect(),
            code: code(&FindingName::of(remark)),
        }
    }
}

/// A place in words, and the question that it is in.
fn place_of(t: Text, draft: &Definition, place: &Place) -> (String, Option<String>) {
    match place {
        Place::Question(key) | Place::Option(key, _) | Place::Row(key, _) => {
            let number = draft.questions().position(|question| question.key == *key);
            let text = draft
                .question(key)
                .map(|question| words::short(question.text.get(t.language)));
            let args = [
                ("n", number.map_or(0, |index| index + 1).into()),
                ("text", text.unwrap_or_default().into()),
            ];
            (t.a("survey-question-named", &args), Some(key.to_string()))
        }
        _ => (t.s("survey-whole"), None),
    }
}

impl DismissedView {
    fn new(
        signed: &Signed,
        head: &Head,
        draft: &Definition,
        number: usize,
        found: &Dismissed,
    ) -> Self {
        let t = signed.text;
        let day = t.day(found.dismissal.at, &signed.zone);
        let who = found.by.clone().unwrap_or_else(|| t.s("findings-program"));
        Self {
            finding: FindingView::new(t, head, draft, number, &found.remark),
            id: found.dismissal.id,
            reason: found.dismissal.reason.clone(),
            by: t.a("findings-by", &[("who", who.into()), ("day", day.into())]),
        }
    }
}

/// What was put aside in a published version, in words.
pub(super) fn put_aside(
    signed: &Signed,
    head: &Head,
    asked: &Definition,
    found: &[Dismissed],
) -> Vec<DismissedView> {
    let views = found.iter().zip(1..);
    let mut views: Vec<DismissedView> = views
        .map(|(found, number)| DismissedView::new(signed, head, asked, number, found))
        .collect();
    // The question may be gone from the draft by now.
    for view in &mut views {
        view.finding.href.clear();
    }
    views
}

/// What was not taken.
#[derive(Default)]
struct Refused {
    typed: (String, String),
    errors: Vec<FormError>,
    is_conflict: bool,
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    findings_page(&web, &signed, &overview, Refused::default()).await
}

async fn findings_page(
    web: &Web,
    signed: &Signed,
    overview: &SurveyOverview,
    refused: Refused,
) -> Result<Response, PageError> {
    let t = signed.text;
    let survey = &overview.survey;
    let review = web
        .app
        .review_draft(&signed.identity.actor, survey.id, Channel::Page)
        .await?;
    let head = Head::new(signed, overview, "findings");
    let draft = &survey.draft;
    let mut open: Vec<&Remark> = review.open.iter().collect();
    open.sort_by_key(|remark| std::cmp::Reverse(remark.finding.severity));
    let count = open.len();
    let dismissed = review.dismissed.iter().zip(count + 1..);
    let open: Vec<FindingView> = (1..)
        .zip(open)
        .map(|(number, remark)| FindingView::new(t, &head, draft, number, remark))
        .collect();
    let mut errors = refused.errors;
    let refused_at = open.iter().find(|view| view.code == refused.typed.0);
    for error in &mut errors {
        error.field = refused_at.map_or_else(String::new, |view| format!("reason-{}", view.id));
    }
    page(&FindingsPage {
        t,
        frame: Frame::new(signed, "survey", t.s("findings-title")),
        revision: survey.revision,
        open,
        dismissed: dismissed
            .map(|(found, number)| DismissedView::new(signed, &head, draft, number, found))
            .collect(),
        head,
        typed: refused.typed,
        errors,
        is_conflict: refused.is_conflict,
    })
}

pub(super) async fn save(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let overview = find(&web, &signed, &id).await?;
    let survey = overview.survey.id;
    let result = change(&web, &signed, &overview, &fields).await;
    let back = format!("/surveys/{survey}/findings");
    let (status, refused) = match result {
        Ok(said) => return Ok(done(&back, said)),
        Err(
            AppError::Survey(
                SurveyError::Conflict { .. }
                | SurveyError::Clash(_)
                | SurveyError::UnknownQuestion(_)
                | SurveyError::FindingGone,
            )
            | AppError::NotFound,
        ) => (
            StatusCode::CONFLICT,
            Refused {
                is_conflict: true,
                ..Refused::default()
            },
        ),
        Err(
            error @ AppError::Invalid {
                field: "reason", ..
            },
        ) => {
            let finding = fields.raw("finding").unwrap_or_default().to_owned();
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                Refused {
                    typed: (finding, fields.get("reason").to_owned()),
                    errors: vec![describe(&error, signed.text).into()],
                    is_conflict: false,
                },
            )
        }
        Err(error) => return Err(error.into()),
    };
    let overview = find(&web, &signed, &id).await?;
    let page = findings_page(&web, &signed, &overview, refused).await?;
    Ok((status, page).into_response())
}

/// Does what the button asks; the name of the sentence that says so.
async fn change(
    web: &Web,
    signed: &Signed,
    overview: &SurveyOverview,
    fields: &Fields,
) -> Result<&'static str, AppError> {
    let actor = &signed.identity.actor;
    let survey = overview.survey.id;
    let finding = || named(fields.raw("finding").unwrap_or_default()).ok_or(AppError::NotFound);
    match fields.get("do") {
        "restore" => {
            let dismissal: DismissalId = fields
                .get("dismissal")
                .parse()
                .map_err(|_| AppError::NotFound)?;
            web.app.restore_finding(actor, survey, dismissal).await?;
            Ok("finding-restored")
        }
        "take" => {
            let revision = fields.get("revision").parse().unwrap_or(0);
            let take = Edit::Take(finding()?);
            web.app
                .edit_survey(actor, survey, Upon::Since(revision), take)
                .await?;
            Ok("finding-taken")
        }
        _ => {
            let reason = fields.get("reason");
            web.app
                .dismiss_finding(actor, survey, finding()?, reason)
                .await?;
            Ok("finding-dismissed")
        }
    }
}
