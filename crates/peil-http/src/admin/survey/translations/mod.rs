//! Translating a questionnaire: how far each language is, and every text beside its translation.

mod file;
mod places;
mod save;

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
    survey::{SurveyFile, TextConflict, TextsReport, Translations},
};
use peil_domain::{
    access::Right,
    shared::Language,
    survey::{Definition, PlacedText, TextPlace},
};

use self::places::Places;
use super::{Head, find, words::Tongue};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{fields::Fields, parts::FormError, problem::PageError, signed::Signed, text::Text},
};

/// Most texts on one screen.
const MOST_ROWS: usize = 50;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/surveys/{id}/translations", get(show).post(save::save))
        .route(
            "/surveys/{id}/translations/languages",
            post(save::save_languages),
        )
        // The page counts the bytes of a file itself.
        .route(
            "/surveys/{id}/translations/file",
            get(file::download)
                .post(file::upload)
                .layer(DefaultBodyLimit::disable()),
        )
}

/// Which texts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    Missing,
    Outdated,
}

/// What is shown: the language that is translated into, which texts, and which screen of them.
#[derive(Debug, Clone)]
struct View {
    language: Option<Language>,
    show: Show,
    screen: usize,
}

impl View {
    fn of(fields: &Fields) -> Self {
        Self {
            language: fields.get("into").parse().ok(),
            show: match fields.get("show") {
                "missing" => Show::Missing,
                "outdated" => Show::Outdated,
                _ => Show::All,
            },
            screen: fields.get("screen").parse().unwrap_or(1).max(1),
        }
    }

    /// The language that is translated into: the wanted one, else the first that is no source.
    fn target(&self, draft: &Definition) -> Option<Language> {
        let mut others = draft.languages.iter().skip(1).copied();
        let wanted = self.language;
        let is_wanted = |other: &Language| Some(*other) == wanted;
        others.clone().find(is_wanted).or_else(|| others.next())
    }

    fn code(&self) -> &'static str {
        match self.show {
            Show::All => "all",
            Show::Missing => "missing",
            Show::Outdated => "outdated",
        }
    }
}

/// How far one language is.
struct LanguageView {
    tongue: Tongue,
    done: usize,
    total: usize,
    outdated: usize,
}

/// One text beside its translation.
struct RowView {
    /// Name of the place, also its id on the page.
    place: String,
    /// The place in words.
    what: String,
    source: String,
    /// How it read when the page was made.
    before: String,
    /// What stands in the field.
    typed: String,
    /// The source that the translation was made of, when it reads otherwise now.
    made_of: Option<String>,
    /// What someone else wrote in between.
    conflict: Option<String>,
    longest: usize,
    lines: usize,
}

/// A part of the filter: whether it is this one, its name in the address, words, number of texts.
type FilterPart = (bool, &'static str, String, usize);

#[derive(Template)]
#[template(path = "survey/translations.html")]
struct TranslationsPage {
    t: Text,
    frame: Frame,
    head: Head,
    revision: i32,
    languages: Vec<LanguageView>,
    unused: Vec<Tongue>,
    /// The language that is translated from, and into; nothing when there is only one.
    pair: Option<(Tongue, Tongue)>,
    view: View,
    filter: Vec<FilterPart>,
    rows: Vec<RowView>,
    screens: usize,
    errors: Vec<FormError>,
    report: Option<ReportView>,
    most_megabytes: usize,
}

/// What became of a translator's file.
struct ReportView {
    used: usize,
    same: usize,
    not_used: Vec<ItemView>,
    to_check: Vec<ItemView>,
    left_out: usize,
}

struct ItemView {
    line: u64,
    place: String,
    words: String,
}

/// What is shown besides the draft.
#[derive(Default)]
struct Beside {
    typed: Vec<(String, String)>,
    conflicts: Vec<TextConflict>,
    errors: Vec<FormError>,
    report: Option<ReportView>,
}

impl TranslationsPage {
    /// Address of the same page with other texts.
    fn address(&self, show: &str, screen: usize) -> String {
        let into = self.pair.as_ref().map_or("", |(_, target)| target.code);
        let path = self.head.path("translations");
        format!("{path}?into={into}&show={show}&screen={screen}")
    }

    /// Address of the file for a translator.
    fn file_address(&self, format: &str) -> String {
        let into = self.pair.as_ref().map_or("", |(_, target)| target.code);
        let path = self.head.path("translations/file");
        format!("{path}?into={into}&format={format}")
    }

    /// Address of the same texts in another language.
    fn language_address(&self, tongue: &Tongue) -> String {
        let path = self.head.path("translations");
        format!("{path}?into={}&show={}", tongue.code, self.view.code())
    }

    /// Whether a part of the page is refused.
    fn has_error(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }
}

async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let view = View::of(&signed.query);
    translations_page(&web, &signed, &id, view, Beside::default()).await
}

/// The page again after something was not saved, or with what became of a file.
async fn show_again(
    web: &Web,
    signed: &Signed,
    id: &str,
    view: View,
    status: StatusCode,
    beside: Beside,
) -> Result<Response, PageError> {
    let page = translations_page(web, signed, id, view, beside).await?;
    Ok((status, page).into_response())
}

async fn translations_page(
    web: &Web,
    signed: &Signed,
    id: &str,
    view: View,
    beside: Beside,
) -> Result<Response, PageError> {
    if !signed.identity.actor.has(Right::WriteSurveys) {
        return Err(AppError::Forbidden(Right::WriteSurveys).into());
    }
    let overview = find(web, signed, id).await?;
    let actor = &signed.identity.actor;
    let found = web.app.get_translations(actor, overview.survey.id).await?;
    let (t, draft) = (signed.text, &found.survey.draft);
    let target = view.target(draft);
    let pair = target.map(|target| {
        let mut used = Tongue::used(t, draft);
        let is_target = |tongue: &Tongue| tongue.language == target;
        let place = used.iter().position(is_target).unwrap_or(1);
        (used.swap_remove(place), used.swap_remove(0))
    });
    let pair = pair.map(|(target, source)| (source, target));
    let (filter, rows, screens) = match target {
        Some(target) => rows(t, &found, target, &view, &beside),
        None => (Vec::new(), Vec::new(), 1),
    };
    let coverage = draft.coverage();
    let languages = coverage.iter().zip(Tongue::used(t, draft));
    let languages = languages.map(|(coverage, tongue)| LanguageView {
        outdated: found.outdated.count(tongue.language),
        done: coverage.done,
        total: coverage.total,
        tongue,
    });
    page(&TranslationsPage {
        t,
        frame: Frame::new(signed, "survey", &overview.survey.name),
        head: Head::new(signed, &overview, "translations"),
        revision: found.survey.revision,
        languages: languages.collect(),
        unused: Tongue::all(t, draft)
            .into_iter()
            .filter(|tongue| !tongue.is_used)
            .collect(),
        pair,
        view,
        filter,
        rows,
        screens,
        errors: beside.errors,
        report: beside.report,
        most_megabytes: SurveyFile::MOST_BYTES / 1_000_000,
    })
}

/// The filter with its numbers, the texts of one screen, and how many screens there are.
fn rows(
    t: Text,
    found: &Translations,
    target: Language,
    view: &View,
    beside: &Beside,
) -> (Vec<FilterPart>, Vec<RowView>, usize) {
    let draft = &found.survey.draft;
    let source = draft.languages.first().copied().unwrap_or(target);
    let texts = draft.texts();
    let is_missing = |text: &PlacedText<'_>| text.words.exact(target).is_none();
    let is_outdated = |text: &PlacedText<'_>| found.outdated.source(target, &text.place).is_some();
    let clashes = |place: &TextPlace| beside.conflicts.iter().find(|one| one.place == *place);
    let missing = texts.iter().filter(|text| is_missing(text)).count();
    let outdated = texts.iter().filter(|text| is_outdated(text)).count();
    let part = |show: Show, name: &'static str, count: usize| {
        let words = t.s(&format!("survey-texts-{name}"));
        (view.show == show, name, words, count)
    };
    let filter = vec![
        part(Show::All, "all", texts.len()),
        part(Show::Missing, "missing", missing),
        part(Show::Outdated, "outdated", outdated),
    ];
    let places = Places::new(t, draft);
    let shown: Vec<&PlacedText<'_>> = texts
        .iter()
        .filter(|text| match view.show {
            Show::All => true,
            Show::Missing => is_missing(text) || clashes(&text.place).is_some(),
            Show::Outdated => is_outdated(text) || clashes(&text.place).is_some(),
        })
        .collect();
    let screens = shown.len().div_ceil(MOST_ROWS).max(1);
    let first = (view.screen.min(screens) - 1) * MOST_ROWS;
    let row = |text: &&PlacedText<'_>| {
        let place = text.place.to_string();
        let before = text.words.exact(target).unwrap_or_default().to_owned();
        let typed = beside.typed.iter().find(|(name, _)| *name == place);
        let longest = text.place.longest();
        RowView {
            what: places.words(&text.place),
            source: text.words.exact(source).unwrap_or_default().to_owned(),
            typed: typed.map_or_else(|| before.clone(), |(_, typed)| typed.clone()),
            made_of: found
                .outdated
                .source(target, &text.place)
                .map(ToOwned::to_owned),
            conflict: clashes(&text.place).map(|one| one.now.clone()),
            lines: if longest > peil_domain::survey::LONGEST_LABEL {
                3
            } else {
                1
            },
            longest,
            before,
            place,
        }
    };
    let rows = shown.iter().skip(first).take(MOST_ROWS).map(row).collect();
    (filter, rows, screens)
}

impl ReportView {
    fn of(t: Text, report: TextsReport) -> Self {
        let mut not_used = Vec::new();
        let mut to_check = Vec::new();
        for item in report.items {
            let key = format!(
                "survey-texts-remark-{}",
                item.remark.code().replace('_', "-")
            );
            let view = ItemView {
                line: item.line,
                place: item.place,
                words: t.s(&key),
            };
            if item.remark.is_used() {
                to_check.push(view);
            } else {
                not_used.push(view);
            }
        }
        Self {
            used: report.used,
            same: report.same,
            not_used,
            to_check,
            left_out: report.items_left_out,
        }
    }
}
