//! What changed from version to version, and whether figures can still be put together.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_domain::survey::{Change, Definition, Version, changes};

use super::{
    Head, find,
    findings::{DismissedView, put_aside},
    words,
};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "survey/versions.html")]
struct VersionsPage {
    t: Text,
    frame: Frame,
    head: Head,
    draft: Option<Step>,
    versions: Vec<Step>,
}

/// One version, or the draft, compared with the one before.
pub(super) struct Step {
    /// Number of the version.
    pub(super) number: i32,
    /// Day of publishing, in words and for machines.
    pub(super) day: (String, String),
    /// Whether customers answer this one now.
    pub(super) is_answered_now: bool,
    /// Whether it is the first.
    pub(super) is_first: bool,
    /// Questions and minutes.
    pub(super) size: String,
    /// What changed.
    pub(super) changes: Vec<words::ChangeWords>,
    /// What the reviewer said about it that was put aside.
    pub(super) put_aside: Vec<DismissedView>,
}

impl Step {
    /// Whether every figure can be put together with those of the version before.
    pub(super) fn stays_comparable(&self) -> bool {
        self.changes.iter().all(|change| change.warning.is_none())
    }
}

/// Questions and minutes in words.
pub(super) fn size(t: Text, definition: &Definition) -> String {
    let questions = t.a(
        "survey-questions-count",
        &[("n", words::asked(definition).into())],
    );
    let minutes = t.a(
        "survey-minutes",
        &[("n", definition.estimated_minutes().into())],
    );
    format!("{questions} · {minutes}")
}

/// What publishing would change; nothing when the draft equals the newest version.
pub(super) fn draft_step(t: Text, draft: &Definition, newest: Option<&Version>) -> Option<Step> {
    let newest = newest.filter(|newest| newest.definition != *draft)?;
    let found = changes(&newest.definition, draft);
    Some(Step {
        number: newest.number + 1,
        day: (String::new(), String::new()),
        is_answered_now: false,
        is_first: false,
        size: size(t, draft),
        changes: in_words(t, &found, draft, &newest.definition),
        put_aside: Vec::new(),
    })
}

fn in_words(
    t: Text,
    found: &[Change],
    after: &Definition,
    before: &Definition,
) -> Vec<words::ChangeWords> {
    found
        .iter()
        .map(|change| words::change(t, change, after, before))
        .collect()
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let actor = &signed.identity.actor;
    let survey = overview.survey.id;
    let listed = web.app.list_versions(actor, survey).await?;
    let aside = web.app.list_dismissals(actor, survey).await?;
    let head = Head::new(&signed, &overview, "versions");
    let t = signed.text;
    let aside_in = |version: &Version| {
        let found = aside.iter().find(|(number, _)| *number == version.number);
        let found = found.map_or(&[][..], |(_, found)| found);
        put_aside(&signed, &head, &version.definition, found)
    };
    let befores = listed
        .iter()
        .skip(1)
        .map(|(before, _)| Some(before))
        .chain(std::iter::once(None));
    let versions =
        listed
            .iter()
            .zip(befores)
            .enumerate()
            .map(|(index, ((version, found), before))| {
                let old = before.map_or(&version.definition, |before| &before.definition);
                Step {
                    number: version.number,
                    day: (
                        t.moment(version.published_at, &signed.zone),
                        version.published_at.to_string(),
                    ),
                    is_answered_now: index == 0 && overview.survey.is_open(),
                    is_first: before.is_none(),
                    size: size(t, &version.definition),
                    changes: in_words(t, found, &version.definition, old),
                    put_aside: aside_in(version),
                }
            });
    let versions = versions.collect();
    page(&VersionsPage {
        t,
        frame: Frame::new(&signed, "survey", &overview.survey.name),
        draft: draft_step(t, &overview.survey.draft, overview.newest.as_ref()),
        versions,
        head,
    })
}
