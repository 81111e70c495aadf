//! The editor: outline of pages and questions beside a living example of what customers see.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use peil_app::survey::SurveyOverview;
use peil_domain::{
    shared::{Language, Localized, QuestionKey, SurveyId},
    survey::{Definition, Place, Problem, Question},
};

use super::{
    Head, find,
    form::{QuestionForm, Texts},
    words,
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, survey_problem},
        signed::Signed,
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/editor.html")]
struct EditorPage {
    t: Text,
    frame: Frame,
    head: Head,
    view: View,
    revision: i32,
    languages: Vec<words::Tongue>,
    all_languages: Vec<words::Tongue>,
    languages_words: String,
    title: String,
    pages: Vec<PageView>,
    typed: Typed,
    errors: Vec<FormError>,
    can_undo: bool,
    preview: String,
}

/// What is open in the editor, and how the example is shown.
pub(super) struct View {
    /// The questionnaire.
    pub(super) id: SurveyId,
    /// The question that is open.
    pub(super) open: Option<QuestionKey>,
    /// Another part that is open: `texts`, `languages` or `page-2`.
    pub(super) part: String,
    /// Whether the example is as wide as a computer.
    pub(super) is_desktop: bool,
    /// Language of the example.
    pub(super) language: Language,
}

impl View {
    /// Reads it from an address or form.
    pub(super) fn of(id: SurveyId, fields: &Fields, language: Language) -> Self {
        Self {
            id,
            open: fields.get("open").parse().ok(),
            part: fields.get("part").to_owned(),
            is_desktop: fields.get("device") == "desktop",
            language: fields.get("language").parse().unwrap_or(language),
        }
    }

    fn address(&self, what: &str, is_desktop: bool, language: Language) -> String {
        let device = if is_desktop { "desktop" } else { "phone" };
        format!(
            "/surveys/{}?{what}device={device}&language={language}",
            self.id
        )
    }

    /// The editor with this question open.
    pub(super) fn with_open(&self, key: &QuestionKey) -> String {
        let what = format!("open={key}&");
        format!(
            "{}#q-{key}",
            self.address(&what, self.is_desktop, self.language)
        )
    }

    /// The editor with this part open.
    pub(super) fn with_part(&self, part: &str) -> String {
        let what = format!("part={part}&");
        format!(
            "{}#{part}",
            self.address(&what, self.is_desktop, self.language)
        )
    }

    /// The editor with nothing open.
    pub(super) fn closed(&self) -> String {
        self.address("", self.is_desktop, self.language)
    }

    fn what(&self) -> String {
        match &self.open {
            Some(key) => format!("open={key}&"),
            None if self.part.is_empty() => String::new(),
            None => format!("part={}&", crate::edge::fields::encode(&self.part)),
        }
    }

    /// The same with the example on another screen.
    fn on_device(&self, is_desktop: bool) -> String {
        self.address(&self.what(), is_desktop, self.language)
    }

    /// The same with the example in another language.
    fn in_language(&self, tongue: &words::Tongue) -> String {
        self.address(&self.what(), self.is_desktop, tongue.language)
    }

    /// Whether this part is open.
    fn shows(&self, part: &str) -> bool {
        self.part == part
    }

    /// Name of the screen of the example.
    pub(super) fn device(&self) -> &'static str {
        if self.is_desktop { "desktop" } else { "phone" }
    }
}

/// What was typed but not saved, and why not.
#[derive(Default)]
pub(super) struct Typed {
    /// Into the open question.
    pub(super) question: Option<QuestionForm>,
    /// Into title, introduction and thanks.
    pub(super) texts: Option<Texts>,
    /// Into the heading of the open page.
    pub(super) page_title: Option<Localized>,
    /// Whether someone else saved in between.
    pub(super) is_conflict: bool,
    /// Texts for which there is no place any more.
    pub(super) lost: Vec<String>,
}

/// A page in the outline.
struct PageView {
    number: usize,
    /// Name by which it is opened.
    part: String,
    title: String,
    heading: Localized,
    is_open: bool,
    questions: Vec<QuestionView>,
    last_key: String,
}

/// A question in the outline.
struct QuestionView {
    key: QuestionKey,
    number: usize,
    text: String,
    facts: Vec<String>,
    /// Questions in the whole questionnaire.
    total: usize,
    is_first_of_page: bool,
    is_open: bool,
    problems: Vec<String>,
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

async fn editor_page(
    web: &Web,
    signed: &Signed,
    overview: &SurveyOverview,
    mut view: View,
    mut typed: Typed,
    errors: Vec<FormError>,
) -> Result<Response, PageError> {
    let survey = &overview.survey;
    let draft = &survey.draft;
    let t = signed.text;
    let found = web
        .app
        .check_survey(&signed.identity.actor, survey.id)
        .await?;
    let open = view.open.as_ref().and_then(|key| draft.question(key));
    view.open = open.map(|question| question.key.clone());
    if typed.question.is_none() {
        typed.question = open.map(QuestionForm::of);
    }
    if typed.texts.is_none() {
        typed.texts = Some(Texts::of(draft));
    }
    view.language = peil_domain::survey::Survey::language_or_first(draft, view.language);
    let pages = page_views(t, draft, &found, &view, typed.page_title.as_ref());
    let shown = open
        .and_then(|question| draft.place_of(&question.key))
        .map_or(1, |(page, _)| page + 1);
    let preview = format!(
        "/surveys/{}/preview?language={}&device={}&page={shown}",
        survey.id,
        view.language,
        view.device(),
    );
    page(&EditorPage {
        t,
        frame: Frame::new(signed, "survey", &survey.name),
        head: Head::new(signed, overview, "editor"),
        revision: survey.revision,
        languages: words::Tongue::used(t, draft),
        all_languages: words::Tongue::all(t, draft),
        languages_words: words::languages(t, &draft.languages),
        title: draft.title.get(view.language).to_owned(),
        pages,
        typed,
        errors,
        can_undo: signed.query.get("removed") == survey.revision.to_string(),
        preview,
        view,
    })
}

fn page_views(
    t: Text,
    draft: &Definition,
    found: &[Problem],
    view: &View,
    typed: Option<&Localized>,
) -> Vec<PageView> {
    let total = draft.questions().count();
    let mut numbers = 1..;
    let pages = draft.pages.iter().zip(1..).map(|(page, number)| {
        let questions: Vec<QuestionView> = page
            .questions
            .iter()
            .zip(&mut numbers)
            .enumerate()
            .map(|(place, (question, number))| QuestionView {
                total,
                is_first_of_page: place == 0,
                is_open: view.open.as_ref() == Some(&question.key),
                problems: problems_of(t, found, question),
                ..QuestionView::new(t, question, number, view.language)
            })
            .collect();
        let part = format!("page-{number}");
        let is_open = view.part == part;
        let last_key = questions
            .last()
            .map(|last| last.key.to_string())
            .unwrap_or_default();
        PageView {
            number,
            title: page.title.get(view.language).to_owned(),
            heading: typed.filter(|_| is_open).unwrap_or(&page.title).clone(),
            is_open,
            part,
            questions,
            last_key,
        }
    });
    pages.collect()
}

impl QuestionView {
    /// Whether nothing stands before it.
    fn is_first(&self) -> bool {
        self.number == 1
    }

    /// Whether nothing stands behind it.
    fn is_last(&self) -> bool {
        self.number == self.total
    }

    fn new(t: Text, question: &Question, number: usize, language: Language) -> Self {
        Self {
            key: question.key.clone(),
            number,
            text: question.text.get(language).to_owned(),
            facts: words::facts(t, question),
            total: 0,
            is_first_of_page: false,
            is_open: false,
            problems: Vec::new(),
        }
    }
}

fn problems_of(t: Text, found: &[Problem], question: &Question) -> Vec<String> {
    found
        .iter()
        .filter(|problem| match problem.place() {
            Place::Question(key) | Place::Option(key, _) | Place::Row(key, _) => {
                key == question.key
            }
            Place::Survey
            | Place::Page(_)
            | Place::Calculation(_)
            | Place::Quota(_)
            | Place::Ending(_) => false,
        })
        .map(|problem| survey_problem(problem, t).1)
        .collect()
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
    let language = peil_domain::survey::Survey::language_or_first(&survey.draft, wanted);
    let number: usize = signed.query.get("page").parse().unwrap_or(1);
    let index = number.saturating_sub(1);
    crate::respond::preview(&survey.draft, &signed.identity.workspace, language, index)
}
