//! `peil facts`: what figures are counted from, made anew or held against the records.

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use peil_app::{
    AppError,
    facts::{FactsProgress, FactsVerified},
};
use peil_facts::FactsError;
use serde_json::json;

use super::{output::Output, place::Place};
use crate::{Failure, wiring};

#[derive(Debug, Subcommand)]
pub(super) enum Facts {
    /// Makes the facts anew from the records; Peil must not be serving.
    Rebuild {
        #[command(flatten)]
        place: Place,
    },
    /// Counts the records in another way and compares; Peil must not be serving.
    Verify {
        #[command(flatten)]
        place: Place,
    },
}

/// Differences that are printed; more say nothing more.
const MOST_PRINTED: usize = 20;

impl Facts {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Rebuild { place } => rebuild(&place, output).await,
            Self::Verify { place } => verify(&place, output).await,
        }
    }
}

async fn rebuild(place: &Place, output: &Output) -> Result<(), Failure> {
    let settings = place.settings()?;
    let opened = wiring::open_present(&settings).await?;
    let taken = wiring::take_folder(&settings)?;
    let (engine, _) = wiring::open_facts(&opened.app, &settings)?;
    opened.app.keep_facts(engine);
    let bar = bar(output.is_json);
    let show = |progress: FactsProgress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    };
    opened.app.rebuild_facts(&show).await?;
    bar.finish_and_clear();
    let standing = opened.app.facts_standing().await?;
    let said = output.words("inzendingen verwerkt", "submissions counted");
    let (submissions, answers) = (standing.submissions, standing.answers);
    output.say(
        &format!("{submissions} {said}"),
        &json!({ "submissions": submissions, "answers": answers }),
    )?;
    opened.close().await?;
    drop(taken);
    Ok(())
}

/// Shown on a terminal only.
fn bar(is_json: bool) -> ProgressBar {
    if is_json {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

async fn verify(place: &Place, output: &Output) -> Result<(), Failure> {
    let settings = place.settings()?;
    let opened = wiring::open_present(&settings).await?;
    let taken = wiring::take_folder(&settings)?;
    let (engine, damage) = wiring::open_facts(&opened.app, &settings)?;
    if let Some(damage) = damage {
        return damaged(output, &damage);
    }
    opened.app.keep_facts(engine);
    let found = if opened.app.resume_facts().await? {
        opened.app.verify_facts().await
    } else {
        Ok(None)
    };
    let found = match found {
        Err(AppError::Facts(error @ FactsError::Damaged { .. })) => {
            return damaged(output, &error.to_string());
        }
        found => found?,
    };
    opened.close().await?;
    drop(taken);
    match found {
        Some(found) => tell(output, &found),
        None => output.say(
            output.words(
                "er zijn nog geen feiten; Peil maakt ze bij de volgende start",
                "there are no facts yet; Peil makes them at the next start",
            ),
            &json!({ "state": "none" }),
        ),
    }
}

fn damaged(output: &Output, damage: &str) -> Result<(), Failure> {
    let said = output.words(
        "de feiten zijn beschadigd; Peil maakt ze opnieuw",
        "the facts are damaged; Peil makes them anew",
    );
    let value = json!({ "state": "damaged", "reason": damage });
    output.say(&format!("{said}: {damage}"), &value)?;
    Err(Failure::Reported)
}

fn tell(output: &Output, found: &FactsVerified) -> Result<(), Failure> {
    let differences: Vec<_> = found
        .differences
        .iter()
        .map(|one| {
            json!({
                "workspace": one.workspace,
                "survey": one.survey,
                "question": one.question,
                "month": one.month.date().to_string(),
                "records": one.records,
                "facts": one.facts,
            })
        })
        .collect();
    let is_equal = differences.is_empty();
    let value = json!({
        "state": if is_equal { "equal" } else { "different" },
        "submissions": found.submissions,
        "answers": found.answers,
        "differences": differences,
    });
    let mut lines = vec![format!(
        "{}: {} {}, {} {}",
        if is_equal {
            output.words("gelijk", "equal")
        } else {
            output.words("verschillend", "different")
        },
        found.submissions,
        output.words("inzendingen", "submissions"),
        found.answers,
        output.words("antwoorden", "answers"),
    )];
    for one in found.differences.iter().take(MOST_PRINTED) {
        let question = one.question.as_ref().map_or("-", |key| key.as_str());
        lines.push(format!(
            "{} {question} {}: {} / {}",
            one.survey,
            one.month.date(),
            one.records,
            one.facts
        ));
    }
    output.say(&lines.join("\n"), &value)?;
    if is_equal {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}
