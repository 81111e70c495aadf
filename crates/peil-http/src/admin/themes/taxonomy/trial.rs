//! What changes to themes would make of the latest answers.

use askama::Template;
use axum::{extract::State, response::Response};
use peil_app::themes::{Trial, TrialAnswer};

use super::{DraftBar, draft_bar};
use crate::{
    Web,
    admin::{
        frame::Frame,
        page,
        themes::spoken::{SpokenView, full_name, spoken_view},
    },
    edge::{problem::PageError, signed::Signed, text::Text},
};

/// Answers that are shown; the figures are of all.
const MOST_SHOWN: usize = 60;

#[derive(Template)]
#[template(path = "themes/taxonomy_trial.html")]
struct TrialPage {
    t: Text,
    frame: Frame,
    draft: Option<DraftBar>,
    answer: String,
    has_answers: bool,
    rows: Vec<TrialRow>,
    changed: Vec<ChangedAnswer>,
    more: Option<String>,
}

/// A theme or part that is mentioned more or less often.
struct TrialRow {
    name: String,
    is_part: bool,
    before: String,
    after: String,
    gained: String,
    lost: String,
}

/// An answer that is sorted otherwise.
struct ChangedAnswer {
    spoken: SpokenView,
    gained: Vec<String>,
    lost: Vec<String>,
    at: String,
    href: String,
}

pub(super) async fn show(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    let found = web.app.get_taxonomy(actor).await?;
    let trial = web.app.try_taxonomy(actor).await?;
    let t = signed.text;
    let frame = Frame::new(&signed, "themes", t.s("taxonomy-trial-title"));
    let draft = draft_bar(&signed, &frame, &found).map(|bar| DraftBar {
        is_trial: true,
        ..bar
    });
    let shown = trial.changed.iter().take(MOST_SHOWN);
    let more = trial.changed.len().saturating_sub(MOST_SHOWN);
    page(&TrialPage {
        t,
        draft,
        frame,
        answer: answer(t, &trial),
        has_answers: trial.answers > 0,
        rows: rows(t, &trial),
        changed: shown.map(|one| changed(&signed, &trial, one)).collect(),
        more: (more > 0).then(|| t.a("taxonomy-trial-more", &[("n", more.into())])),
    })
}

/// What the trial says, in a sentence.
fn answer(t: Text, trial: &Trial) -> String {
    t.a(
        "taxonomy-trial-answer",
        &[
            ("n", trial.changed.len().into()),
            ("answers", trial.answers.into()),
        ],
    )
}

fn rows(t: Text, trial: &Trial) -> Vec<TrialRow> {
    let signed = |sign: char, n: usize| match n {
        0 => "–".to_owned(),
        n => format!("{sign}{n}"),
    };
    let rows = trial.themes.iter().map(|theme| TrialRow {
        name: trial.names.name(&theme.code, t.language),
        is_part: theme.code.contains('.'),
        before: theme.before.to_string(),
        after: theme.after.to_string(),
        gained: signed('+', theme.gained),
        lost: signed('−', theme.lost),
    });
    rows.collect()
}

fn changed(signed: &Signed, trial: &Trial, one: &TrialAnswer) -> ChangedAnswer {
    let t = signed.text;
    let names = |codes: &[String]| {
        let codes = codes.iter();
        codes.map(|code| full_name(t, &trial.names, code)).collect()
    };
    ChangedAnswer {
        spoken: spoken_view(t, &trial.names, &one.spoken),
        gained: names(&one.gained),
        lost: names(&one.lost),
        at: t.moment(one.at, &signed.zone),
        href: format!("/responses/{}", one.response),
    }
}
