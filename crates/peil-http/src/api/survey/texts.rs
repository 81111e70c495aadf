//! Texts of questionnaires and their translations for programs.

use axum::{
    Json,
    body::Body as RawBody,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use peil_app::{
    ports::TextsFormat,
    survey::{NewText, TextsRemark, TextsReport},
};
use peil_domain::{
    shared::{Language, SurveyId},
    survey::TextPlace,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    body::{demanded_revision, refuse},
    file::bytes_of,
    words::{Tongue, Words},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
    api::{
        body::{Asked, At, Body, Outcome},
        caller::Caller,
        refusals::{Changing, Reading},
    },
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(get_survey_texts, translate_survey))
        // The bytes of a file are counted while they come in.
        .merge(
            Operations::new()
                .routes(routes!(export_survey_texts, import_survey_texts))
                .without_body_limit(),
        )
}

/// Every text of a draft with its translations.
#[derive(Serialize, ToSchema)]
struct SurveyTexts {
    /// Number of times the questionnaire was saved; to be sent back as `If-Match`.
    revision: i32,
    /// How far each language is, the first one being the source and the fallback.
    languages: Vec<LanguageTexts>,
    /// The texts in reading order.
    texts: Vec<PlacedText>,
}

/// How far a language is.
#[derive(Serialize, ToSchema)]
struct LanguageTexts {
    language: Tongue,
    /// Texts that exist in it.
    done: usize,
    /// Texts that exist in any language of the questionnaire.
    total: usize,
    /// Translations that are older than their source.
    outdated: usize,
}

/// One text in its languages.
#[derive(Serialize, ToSchema)]
struct PlacedText {
    /// Where it stands, such as `question.nps.text`.
    place: String,
    /// The text.
    text: Words,
    /// Longest text that fits, in characters.
    longest: usize,
    /// Languages whose translation is older than the source.
    outdated: Vec<Tongue>,
}

/// Texts to be written in one language.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTexts {
    /// The language.
    language: Tongue,
    /// The texts; those that are not named stay as they are.
    #[schema(max_items = 5000)]
    texts: Vec<NewTextBody>,
}

/// One text to be written.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewText)]
#[serde(deny_unknown_fields)]
struct NewTextBody {
    /// Where it stands, such as `question.nps.text`.
    place: String,
    /// How it read when it was changed. When it reads so still it is written, whatever else was
    /// saved meanwhile; without it, only when nothing was.
    before: Option<String>,
    /// How it should read; blank takes it away.
    text: String,
    /// Whether it is right for its source, also when it stays as it is.
    #[serde(default)]
    is_checked: bool,
}

/// What became of texts that were written.
#[derive(Serialize, ToSchema)]
struct TextsWritten {
    /// Revision of the questionnaire now.
    revision: i32,
    /// How many texts changed.
    saved: usize,
    /// Texts that someone else wrote in between, as they read now; they were left alone.
    conflicts: Vec<ConflictBody>,
    /// Places that the questionnaire does not have.
    unknown: Vec<String>,
}

/// A text that someone else wrote in between.
#[derive(Serialize, ToSchema)]
#[schema(as = TextConflict)]
struct ConflictBody {
    /// Where it stands.
    place: String,
    /// How it reads now.
    now: String,
}

/// A format of texts.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[schema(as = TextsFormat)]
#[serde(rename_all = "lowercase")]
enum FormatBody {
    /// XLIFF 1.2.
    Xliff,
    /// A table.
    Csv,
}

/// Which texts, in which format.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// The language that is translated into.
    language: Tongue,
    /// XLIFF when absent.
    #[param(inline)]
    format: Option<FormatBody>,
}

/// Into which language a file is.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// The language that was translated into.
    language: Tongue,
}

/// What became of a translator's file.
#[derive(Serialize, ToSchema)]
#[schema(as = SurveyTextsReport)]
struct ReportBody {
    /// The questionnaire.
    survey: Uuid,
    /// Its revision now.
    revision: i32,
    /// Texts that were taken over.
    used: usize,
    /// Texts that read like this already.
    same: usize,
    /// What was not used, or has to be looked at, in the order of the file.
    items: Vec<ItemBody>,
    /// How many more there are than could be listed.
    items_left_out: usize,
}

/// One text of a file that was not used, or has to be looked at.
#[derive(Serialize, ToSchema)]
#[schema(as = SurveyTextsItem)]
struct ItemBody {
    /// Line of the file.
    line: u64,
    /// Name of its place, as the file has it.
    place: String,
    /// What is the matter, as a stable word.
    #[schema(example = "unknown_place")]
    code: &'static str,
    /// Whether it was used nevertheless.
    is_used: bool,
}

impl ReportBody {
    fn of(report: TextsReport) -> Self {
        let items = report.items.into_iter().map(|item| ItemBody {
            line: item.line,
            place: item.place,
            code: TextsRemark::code(item.remark),
            is_used: item.remark.is_used(),
        });
        Self {
            survey: report.survey.id.0,
            revision: report.survey.revision,
            used: report.used,
            same: report.same,
            items: items.collect(),
            items_left_out: report.items_left_out,
        }
    }
}

/// Reads every text of a draft with its translations, and how far each language is.
#[utoipa::path(get, path = "/surveys/{survey}/texts", operation_id = "get_survey_texts",
    tag = "survey", params(("survey" = Uuid, Path)),
    responses((status = 200, body = SurveyTexts), Reading))]
async fn get_survey_texts(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
) -> Outcome<Json<SurveyTexts>> {
    let found = web.app.get_translations(&caller.identity.actor, id).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let draft = &found.survey.draft;
    let coverage = draft.coverage();
    let languages = coverage.iter().map(|one| LanguageTexts {
        language: Tongue::of(one.language),
        done: one.done,
        total: one.total,
        outdated: found.outdated.count(one.language),
    });
    let is_outdated =
        |language: &Language, place: &TextPlace| found.outdated.source(*language, place).is_some();
    let texts = draft.texts().into_iter().map(|text| PlacedText {
        outdated: Language::ALL
            .iter()
            .filter(|language| is_outdated(language, &text.place))
            .map(|language| Tongue::of(*language))
            .collect(),
        longest: text.place.longest(),
        place: text.place.to_string(),
        text: text.words.into(),
    });
    Ok(Json(SurveyTexts {
        revision: found.survey.revision,
        languages: languages.collect(),
        texts: texts.collect(),
    }))
}

/// Writes texts of a draft in one language. What someone else wrote in between is left alone and
/// told; everything else is saved.
#[utoipa::path(patch, path = "/surveys/{survey}/texts", operation_id = "translate_survey",
    tag = "survey", params(("survey" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = NewTexts, responses((status = 200, body = TextsWritten), Changing))]
async fn translate_survey(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    headers: HeaderMap,
    Body(body): Body<NewTexts>,
) -> Outcome<Json<TextsWritten>> {
    let revision = demanded_revision(&caller, &headers)?;
    let mut unknown = Vec::new();
    let mut texts = Vec::new();
    for text in body.texts {
        match text.place.parse() {
            Ok(place) => texts.push(NewText {
                place,
                before: text.before,
                text: text.text,
                is_checked: text.is_checked,
            }),
            Err(_) => unknown.push(text.place),
        }
    }
    let language = body.language.language();
    let actor = &caller.identity.actor;
    let done = web
        .app
        .translate_survey(actor, id, language, revision, &texts)
        .await;
    let done = done.map_err(|error| refuse(&caller, &error))?;
    unknown.extend(done.unknown.iter().map(ToString::to_string));
    let conflicts = done.conflicts.into_iter().map(|one| ConflictBody {
        place: one.place.to_string(),
        now: one.now,
    });
    Ok(Json(TextsWritten {
        revision: done.survey.revision,
        saved: done.saved,
        conflicts: conflicts.collect(),
        unknown,
    }))
}

/// Writes every text of a draft with its translation into one language, for a translator.
#[utoipa::path(get, path = "/surveys/{survey}/texts/file", operation_id = "export_survey_texts",
    tag = "survey", params(("survey" = Uuid, Path), ExportQuery),
    responses((status = 200, content((String = "application/xliff+xml"), (String = "text/csv"))), Reading))]
async fn export_survey_texts(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    Asked(query): Asked<ExportQuery>,
) -> Outcome<Response> {
    let (format, kind) = match query.format {
        Some(FormatBody::Csv) => (TextsFormat::Csv, "text/csv; charset=utf-8"),
        _ => (TextsFormat::Xliff, "application/xliff+xml"),
    };
    let language = query.language.language();
    let actor = &caller.identity.actor;
    let written = web.app.export_texts(actor, id, language, format).await;
    let text = written.map_err(|error| caller.problem(&error))?;
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

/// Takes over what a translator sent back: XLIFF 1.2 or 2.0, or a table with the columns `place`
/// and the code of the language.
#[utoipa::path(post, path = "/surveys/{survey}/texts/file", operation_id = "import_survey_texts",
    tag = "survey",
    params(("survey" = Uuid, Path), ("If-Match" = Option<String>, Header), ImportQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ReportBody), Changing))]
async fn import_survey_texts(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<SurveyId>,
    Asked(query): Asked<ImportQuery>,
    headers: HeaderMap,
    body: RawBody,
) -> Outcome<Json<ReportBody>> {
    let revision = demanded_revision(&caller, &headers)?;
    let language = query.language.language();
    let actor = &caller.identity.actor;
    let content = bytes_of(body).await;
    let done = web
        .app
        .import_texts(actor, id, language, revision, content)
        .await;
    let report = done.map_err(|error| refuse(&caller, &error))?;
    Ok(Json(ReportBody::of(report)))
}
