//! What the columns of a file with answers mean, as a form.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use peil_app::imports::{
    AnswerColumn, AnswerTarget, AnswersForm, ImportPreview, NewQuestionKind, SurveyChoice,
    guess_answer_target, sentiment_score,
};
use peil_domain::{
    shared::{ImportId, values::DateOrder},
    survey::Question,
};

use super::{Mapping, PageError, refusal};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "imports/answers.html")]
struct AnswersPage<'a> {
    t: Text,
    frame: Frame,
    id: ImportId,
    map: Mapping<'a>,
    rows: Vec<Row>,
    survey: &'a str,
    survey_name: String,
    is_new: bool,
    is_month_first: bool,
    zone: String,
    errors: &'a [FormError],
}

/// One column as it stands in the form.
struct Row {
    number: usize,
    name: String,
    samples: String,
    choices: Vec<(String, String, bool)>,
    questions: Vec<(String, String, bool)>,
    values: Vec<(usize, String, String)>,
    is_open: bool,
}

/// Shows the form, with guesses where nothing was sent.
pub(super) async fn show(
    web: &Web,
    signed: &Signed,
    id: ImportId,
    fields: &Fields,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let (t, actor) = (signed.text, &signed.identity.actor);
    let preview = web.app.preview_import(actor, id).await?;
    let survey = fields.get("survey");
    let mut name = fields.get("name").to_owned();
    let mut questions = None;
    if let Ok(survey) = survey.parse() {
        let found = web.app.get_survey(actor, survey).await?;
        name.clone_from(&found.survey.name);
        let definition = found
            .newest
            .map_or(found.survey.draft, |version| version.definition);
        questions = Some(definition.questions().cloned().collect::<Vec<_>>());
    } else if name.is_empty() {
        let file = &preview.view.import.file_name;
        name = file
            .rsplit_once('.')
            .map_or(file.as_str(), |(stem, _)| stem)
            .to_owned();
    }
    let map = Mapping {
        preview: &preview,
        fields,
    };
    let rows = (0..preview.table.header.len())
        .map(|number| row(t, &map, number, questions.as_deref()))
        .collect();
    let month_first = preview
        .table
        .columns
        .iter()
        .any(|guess| guess.date_order == DateOrder::MonthFirst);
    page(&AnswersPage {
        t,
        frame: Frame::new(signed, "response", t.s("imports-map-title")),
        id,
        rows,
        survey,
        survey_name: name,
        is_new: questions.is_none(),
        is_month_first: map
            .sent("order")
            .map_or(month_first, |order| order == "month"),
        zone: map
            .sent("zone")
            .unwrap_or(&signed.identity.workspace.time_zone)
            .to_owned(),
        map,
        errors,
    })
}

fn row(t: Text, map: &Mapping<'_>, number: usize, questions: Option<&[Question]>) -> Row {
    let name = map
        .preview
        .table
        .header
        .get(number)
        .cloned()
        .unwrap_or_default();
    let seen = map.preview.values.get(number).cloned().unwrap_or_default();
    let guess = map.preview.table.columns.get(number);
    let guessed = guess.map_or(AnswerTarget::Ignore, |guess| {
        guess_answer_target(&name, guess, &seen, questions)
    });
    let chosen = map
        .sent(&format!("target-{number}"))
        .map_or_else(|| guessed.to_string(), str::to_owned);
    let choice = |word: String, label: String| {
        let is_chosen = word == chosen;
        (word, label, is_chosen)
    };
    let plain = AnswerTarget::PLAIN.iter().map(|target| {
        let word = target.to_string();
        let label = t.s(&format!("imports-answer-{word}"));
        choice(word, label)
    });
    let asked: Vec<_> = match questions {
        Some(questions) => questions
            .iter()
            .filter(|question| question.kind.asks())
            .map(|question| {
                choice(
                    format!("question:{}", question.key),
                    question.text.get(t.language).to_owned(),
                )
            })
            .collect(),
        None => NewQuestionKind::ALL
            .into_iter()
            .map(|kind| {
                let label = t.s(&format!("imports-question-{}", kind.code()));
                choice(AnswerTarget::NewQuestion(kind).to_string(), label)
            })
            .collect(),
    };
    let is_judgement = seen.iter().any(|value| sentiment_score(value).is_some());
    let values = seen.into_iter().enumerate().map(|(place, value)| {
        let sent = map.sent(&format!("to-{number}-{place}")).map(str::to_owned);
        let meant = sent.unwrap_or_else(|| {
            sentiment_score(&value)
                .map(|score| score.to_string())
                .unwrap_or_default()
        });
        (place, value, meant)
    });
    let values: Vec<_> = values.collect();
    Row {
        number,
        samples: map.samples(number),
        choices: plain.collect(),
        questions: asked,
        is_open: is_judgement || values.iter().any(|(_, _, meant)| !meant.is_empty()),
        values,
        name,
    }
}

/// Starts the import, or shows the form again with what is wrong.
pub(super) async fn start(
    web: &Web,
    form: SignedForm,
    id: ImportId,
) -> Result<Response, PageError> {
    let SignedForm { signed, fields } = form;
    let actor = &signed.identity.actor;
    let preview = web.app.preview_import(actor, id).await?;
    let said = read(&preview, &fields, &signed);
    match web.app.start_answers_form(actor, id, &said).await {
        Ok(_) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        Err(error) => {
            let errors = refusal(error, &preview.table.header, signed.text)?;
            show(web, &signed, id, &fields, &errors).await
        }
    }
}

fn read(preview: &ImportPreview, fields: &Fields, signed: &Signed) -> AnswersForm {
    let columns = preview
        .table
        .header
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let seen = preview.values.get(number).cloned().unwrap_or_default();
            let target: Result<AnswerTarget, ()> = fields.get(&format!("target-{number}")).parse();
            // What is filled in here is about questions; names of segments stay as they are.
            let values = seen
                .iter()
                .enumerate()
                .map(|(place, value)| {
                    (
                        value.clone(),
                        fields.get(&format!("to-{number}-{place}")).to_owned(),
                    )
                })
                .filter(|(_, meant)| !meant.is_empty())
                .collect();
            AnswerColumn {
                column: name.clone(),
                target: target.unwrap_or(AnswerTarget::Ignore),
                values,
                seen,
            }
        });
    AnswersForm {
        survey: match fields.get("survey").parse() {
            Ok(id) => SurveyChoice::Existing(id),
            Err(_) => SurveyChoice::New(fields.get("name").to_owned()),
        },
        columns: columns.collect(),
        date_order: match fields.get("order") {
            "month" => DateOrder::MonthFirst,
            _ => DateOrder::DayFirst,
        },
        zone: fields.get("zone").to_owned(),
        language: signed.identity.workspace.language,
    }
}
