//! The editor: outline of pages and questions, what is chosen among them, and a living example of
//! what customers see.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::survey::SurveyOverview;
use peil_domain::{
    shared::Localized,
    survey::{
        Definition, Place, Problem, Survey,
        review::{Channel, Remark},
    },
};

use super::{
    Head,
    conflict::ClashView,
    find,
    finding::{FindingView, findings, reason_field},
    form::{QuestionForm, Texts},
    history::Past,
    logic,
    outline::{PageView, QuestionView, page_views, problems_at},
    view::View,
    words,
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        fields::Fields, parts::FormError, problem::PageError, review::review_sentence,
        signed::Signed, text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/editor.html")]
struct EditorPage {
    /// When what is open is shown, in one sentence.
    logic_said: String,
    t: Text,
    frame: Frame,
    head: Head,
    view: View,
    revision: i32,
    languages: Vec<words::Tongue>,
    all_languages: Vec<words::Tongue>,
    languages_words: String,
    pages: Vec<PageView>,
    /// What is wrong with or could be better about the questionnaire as a whole.
    whole: Vec<String>,
    /// What the reviewer says about the question that is open.
    findings: Vec<FindingView>,
    typed: Typed,
    /// What both changed, to choose from.
    clashes: Vec<ClashView>,
    /// What can be filled in in the texts of what is open, and in those of the end.
    blanks: Vec<(String, String)>,
    end_blanks: Vec<(String, String)>,
    errors: Vec<FormError>,
    past: Past,
    preview: String,
    /// Where something is added: behind this question, else to the end of this page.
    after: String,
    on_page: usize,
}

/// What was typed but not saved, and why not.
#[derive(Default)]
pub(super) struct Typed {
    /// Into the open question.
    pub(super) question: Option<QuestionForm>,
    /// Why a finding should be put aside: which one, and the reason that was not taken.
    pub(super) reason: Option<(String, String)>,
    /// Into title, introduction and thanks.
    pub(super) texts: Option<Texts>,
    /// Into the heading of the open page.
    pub(super) page_title: Option<Localized>,
    /// Whether someone else saved in between.
    pub(super) is_conflict: bool,
    /// What both changed, to choose from.
    pub(super) clashes: Vec<ClashView>,
    /// Texts for which there is no place any more.
    pub(super) lost: Vec<String>,
}

impl Typed {
    /// What is open, as it stands in a draft that is not saved.
    pub(super) fn proposed(proposal: &Definition, view: &View) -> Self {
        let number = view
            .part
            .strip_prefix("page-")
            .and_then(|number| number.parse().ok());
        let index = number.and_then(|number: usize| number.checked_sub(1));
        let page = index.and_then(|index| proposal.pages.get(index));
        let question = view.open.as_ref().and_then(|key| proposal.question(key));
        Self {
            question: question.map(QuestionForm::of),
            texts: Some(Texts::of(proposal)),
            page_title: page.map(|page| page.title.clone()),
            ..Self::default()
        }
    }
}

impl EditorPage {
    /// The question that is open.
    fn question(&self) -> Option<&QuestionView> {
        let mut questions = self.pages.iter().flat_map(|page| &page.questions);
        questions.find(|question| question.is_open)
    }

    /// The question so many places behind the open one.
    fn neighbour(&self, distance: isize) -> Option<&QuestionView> {
        let open = self.question()?;
        let number = open.number.checked_add_signed(distance)?;
        let mut questions = self.pages.iter().flat_map(|page| &page.questions);
        questions.find(|question| question.number == number)
    }

    /// The page that is open.
    fn page(&self) -> Option<&PageView> {
        self.pages.iter().find(|page| self.view.shows(&page.part))
    }

    /// Whether a kind is chosen for something new.
    fn is_adding(&self) -> bool {
        self.head.may_edit && self.view.shows("add")
    }

    /// Everything that keeps it from being published: where, address, what.
    fn problems(&self) -> Vec<(String, String, &str)> {
        let pages = self.pages.iter().flat_map(|page| {
            let own = page.problems.iter().map(|problem| {
                let name = self.t.a("survey-page", &[("n", page.number.into())]);
                (name, self.view.with_part(&page.part), problem.as_str())
            });
            let asked = page.questions.iter().flat_map(|question| {
                question.problems.iter().map(|problem| {
                    let args = [
                        ("n", question.number.into()),
                        ("text", words::short(&question.text).into()),
                    ];
                    let name = self.t.a("survey-question-named", &args);
                    (name, self.view.with_open(&question.key), problem.as_str())
                })
            });
            own.chain(asked)
        });
        pages.collect()
    }

    /// Questions that the reviewer says something serious about.
    fn remarked(&self) -> Vec<&QuestionView> {
        let questions = self.pages.iter().flat_map(|page| &page.questions);
        questions.filter(|question| question.findings > 0).collect()
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let view = View::of(overview.survey.id, &signed.query, signed.text.language);
    editor_page(&web, &signed, &overview, view, Typed::default(), Vec::new()).await
}

/// The editor again after something was not saved.
pub(super) async fn show_refused(
    web: &Web,
    signed: &Signed,
    view: View,
    status: StatusCode,
    typed: impl FnOnce(&Definition) -> Typed,
    errors: Vec<FormError>,
) -> Result<Response, PageError> {
    let overview = web.app.get_survey(&signed.identity.actor, view.id).await?;
    let typed = typed(&overview.survey.draft);
    let page = editor_page(web, signed, &overview, view, typed, errors).await?;
    Ok((status, page).into_response())
}

pub(super) async fn editor_page(
    web: &Web,
    signed: &Signed,
    overview: &SurveyOverview,
    mut view: View,
    mut typed: Typed,
    mut errors: Vec<FormError>,
) -> Result<Response, PageError> {
    let survey = &overview.survey;
    let draft = &survey.draft;
    let t = signed.text;
    let actor = &signed.identity.actor;
    let found = web.app.check_survey(actor, survey.id).await?;
    let review = web.app.review_draft(actor, survey.id, Channel::Page);
    let remarks = review.await?.open;
    let open = view.open.as_ref().and_then(|key| draft.question(key));
    view.open = open.map(|question| question.key.clone());
    if typed.question.is_none() {
        typed.question = open.map(QuestionForm::of);
    }
    if typed.texts.is_none() {
        typed.texts = Some(Texts::of(draft));
    }
    let open_page = draft.pages.iter().zip(1..);
    let open_page = open_page
        .into_iter()
        .find(|(_, n)| view.shows(&format!("page-{n}")));
    if typed.page_title.is_none() {
        typed.page_title = open_page.map(|(page, _)| page.title.clone());
    }
    view.language = Survey::language_or_first(draft, view.language);
    let shown = open
        .and_then(|question| draft.place_of(&question.key))
        .map(|(page, _)| page + 1)
        .or(open_page.map(|(_, number)| number));
    let preview = format!(
        "/surveys/{}/preview?language={}&device={}&page={}",
        survey.id,
        view.language,
        view.device(),
        shown.unwrap_or(1),
    );
    let logic_said = logic::said_of(web, signed, draft, open, open_page.map(|(_, n)| n)).await?;
    let shown_page = shown.map_or(0, |number| number - 1);
    let blanks = logic::blanks_of(web, signed, draft, Some(shown_page)).await?;
    let end_blanks = if view.shows("texts") {
        logic::blanks_of(web, signed, draft, None).await?
    } else {
        Vec::new()
    };
    let fields = &signed.query;
    let known = web.app.survey_history(actor, survey.id).await?;
    let mut findings = open.map_or_else(Vec::new, |question| findings(t, question, &remarks));
    refuse_reason(&mut findings, typed.reason.take(), &mut errors);
    page(&EditorPage {
        logic_said,
        t,
        frame: Frame::new(signed, "survey", &survey.name),
        head: Head::new(signed, overview, "editor"),
        revision: survey.revision,
        languages: words::Tongue::used(t, draft),
        all_languages: words::Tongue::all(t, draft),
        languages_words: words::languages(t, &draft.languages),
        pages: page_views(t, draft, &found, &remarks, &view),
        whole: about_whole(t, &found, &remarks),
        findings,
        blanks,
        end_blanks,
        clashes: std::mem::take(&mut typed.clashes),
        typed,
        errors,
        past: Past::new(signed, survey, &known, &view),
        preview,
        after: asked_after(fields, draft),
        on_page: view.on_page.unwrap_or(draft.pages.len().max(1)),
        view,
    })
}

/// Puts a reason that was not taken, and why, at the finding that it was typed for.
fn refuse_reason(
    findings: &mut [FindingView],
    typed: Option<(String, String)>,
    errors: &mut [FormError],
) {
    let Some((code, reason)) = typed else { return };
    let finding = findings.iter_mut().find(|finding| finding.code == code);
    let error = errors
        .iter_mut()
        .find(|error| error.field == reason_field(&code));
    if let (Some(finding), Some(error)) = (finding, error) {
        error.field = format!("reason-{}", finding.id);
        finding.refused = Some((reason, error.message.clone()));
    }
}

/// The question behind which something is to be added, when there is such a question.
fn asked_after(fields: &Fields, draft: &Definition) -> String {
    let key = fields.get("after").parse().ok();
    let known = key.filter(|key| draft.question(key).is_some());
    known.map(|key| key.to_string()).unwrap_or_default()
}

/// What is said about the questionnaire as a whole: first what keeps it from being published.
fn about_whole(t: Text, found: &[Problem], remarks: &[Remark]) -> Vec<String> {
    let is_elsewhere = |place: &Place| {
        matches!(
            place,
            Place::Page(_) | Place::Question(_) | Place::Option(..) | Place::Row(..)
        )
    };
    let mut said = problems_at(t, found, |place| !is_elsewhere(place));
    said.extend(
        remarks
            .iter()
            .filter(|remark| remark.place == Place::Survey)
            .map(|remark| {
                let why = review_sentence(t.language, remark.finding.rule, remark.count);
                match remark.finding.words.as_str() {
                    "" => why,
                    words => t.a(
                        "survey-whole-words",
                        &[("words", words.into()), ("why", why.into())],
                    ),
                }
            }),
    );
    said.dedup();
    said
}

/// The draft as customers would see it.
pub(super) async fn preview(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let survey = find(&web, &signed, &id).await?.survey;
    let wanted = signed
        .query
        .get("language")
        .parse()
        .unwrap_or(signed.text.language);
    let language = Survey::language_or_first(&survey.draft, wanted);
    let number: usize = signed.query.get("page").parse().unwrap_or(1);
    let index = number.saturating_sub(1);
    let workspace = &signed.identity.workspace;
    let mut draft = survey.draft;
    draft.look = super::design::previewed(&draft.look, &workspace.brand, &signed.query);
    crate::respond::preview(&draft, workspace, language, index)
}
