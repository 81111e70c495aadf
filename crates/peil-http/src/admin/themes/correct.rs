//! Putting right what was read in one answer: which themes it mentions, in which tone.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use peil_app::{
    AppError,
    themes::{LearnedFrom, ReadingFound, Taught},
};
use peil_domain::shared::{QuestionKey, ResponseId};

use super::spoken::{SpokenView, spoken_view};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        problem::PageError,
        signed::{Signed, SignedForm},
        text::Text,
    },
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/responses/{id}/reading/{question}", get(show).post(save))
        .route(
            "/responses/{id}/reading/{question}/undo",
            axum::routing::post(undo),
        )
}

/// The page on which what was read in an answer is put right.
pub(in crate::admin) fn correct_href(response: ResponseId, question: &QuestionKey) -> String {
    format!("/responses/{response}/reading/{question}")
}

#[derive(Template)]
#[template(path = "themes/correct.html")]
struct CorrectPage {
    t: Text,
    frame: Frame,
    here: String,
    back: String,
    spoken: SpokenView,
    is_corrected: bool,
    taught: Option<TaughtView>,
    learned: Vec<LearnedView>,
    themes: Vec<ThemeChoice>,
}

/// What the correction taught, in words.
struct TaughtView {
    changed: String,
    /// Where those answers are; absent when there are none.
    href: Option<String>,
    reading: Option<String>,
    is_held: bool,
}

/// A change because of corrections of other answers.
struct LearnedView {
    sentence: String,
    words: Option<String>,
    answers: Vec<(SpokenView, String)>,
}

/// A theme with the tone in which it is mentioned.
struct ThemeChoice {
    code: String,
    name: String,
    /// `-1`, `0` or `1`; empty when it is not mentioned.
    tone: &'static str,
}

/// Names of the fields of themes begin with this.
const FIELD: &str = "theme-";

fn ids(id: &str, question: &str) -> Result<(ResponseId, QuestionKey), AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let question = question.parse().map_err(|_| AppError::NotFound)?;
    Ok((id, question))
}

/// The tone of a theme, whatever its part.
fn tone_of(found: &ReadingFound, code: &str) -> Option<i8> {
    let mut mentions = found.spoken.mentions.iter();
    let same = mentions.find(|(known, _)| whole(known) == code);
    same.map(|(_, tone)| *tone)
}

fn whole(code: &str) -> &str {
    code.split_once('.').map_or(code, |(whole, _)| whole)
}

async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path((id, question)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (id, question) = ids(&id, &question)?;
    let found = web
        .app
        .get_reading(&signed.identity.actor, id, &question)
        .await?;
    let t = signed.text;
    let themes = found.themes.iter().map(|code| ThemeChoice {
        code: code.clone(),
        name: found.names.name(code, t.language),
        tone: match tone_of(&found, code) {
            None => "",
            Some(..=-1) => "-1",
            Some(0) => "0",
            Some(1..) => "1",
        },
    });
    let mut themes: Vec<ThemeChoice> = themes.collect();
    let learned = found.learned.iter().map(|one| learned_view(t, &found, one));
    // What is mentioned stands on top.
    themes.sort_by_key(|theme| theme.tone.is_empty());
    page(&CorrectPage {
        t,
        frame: Frame::new(&signed, "response", t.s("themes-correct-title")),
        here: correct_href(id, &question),
        back: format!("/responses/{id}"),
        spoken: spoken_view(t, &found.names, &found.spoken),
        is_corrected: found.spoken.is_corrected,
        taught: found
            .taught
            .as_ref()
            .map(|taught| taught_view(t, id, taught)),
        learned: learned.collect(),
        themes,
    })
}

/// What the correction taught: how many others are read otherwise, and where they are.
fn taught_view(t: Text, id: ResponseId, taught: &Taught) -> TaughtView {
    TaughtView {
        changed: t.a("themes-taught", &[("n", taught.changed.into())]),
        href: (taught.changed > 0).then(|| format!("/responses?label=like:{id}")),
        reading: taught.reading.map(|(done, total)| {
            t.a(
                "themes-taught-reading",
                &[
                    ("done", t.count(done).into()),
                    ("total", t.count(total.max(done)).into()),
                ],
            )
        }),
        is_held: taught.is_held,
    }
}

fn learned_view(t: Text, found: &ReadingFound, one: &LearnedFrom) -> LearnedView {
    let name = found.names.name(&one.learned.theme, t.language);
    let key = if one.learned.is_added {
        "themes-learned-added"
    } else {
        "themes-learned-removed"
    };
    let words = one.learned.words.join(", ");
    let answers = one.answers.iter();
    LearnedView {
        sentence: t.a(key, &[("theme", name.into())]),
        words: (!words.is_empty()).then(|| t.a("themes-learned-words", &[("words", words.into())])),
        answers: answers
            .map(|(id, question, spoken)| {
                let view = spoken_view(t, &found.names, spoken);
                (view, correct_href(*id, question))
            })
            .collect(),
    }
}

async fn save(
    State(web): State<Web>,
    Path((id, question)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (id, question) = ids(&id, &question)?;
    let actor = &form.signed.identity.actor;
    let found = web.app.get_reading(actor, id, &question).await?;
    let mut mentions = BTreeSet::new();
    for (name, value) in form.fields.iter() {
        let Some(code) = name.strip_prefix(FIELD) else {
            continue;
        };
        let Ok(tone) = value.parse::<i8>() else {
            continue;
        };
        // A theme that keeps its tone keeps its part.
        let mut known = found.spoken.mentions.iter();
        let same = known.find(|(known, other)| whole(known) == code && *other == tone);
        let code = same.map_or(code, |(known, _)| known.as_str());
        mentions.insert((code.to_owned(), tone));
    }
    web.app
        .correct_reading(actor, id, &question, mentions)
        .await?;
    Ok(done(&correct_href(id, &question), "reading-corrected"))
}

async fn undo(
    State(web): State<Web>,
    Path((id, question)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (id, question) = ids(&id, &question)?;
    let actor = &form.signed.identity.actor;
    web.app.undo_correction(actor, id, &question).await?;
    Ok(done(&correct_href(id, &question), "reading-restored"))
}
