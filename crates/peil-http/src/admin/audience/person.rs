//! The page of one person: facts, history, and why (not) to ask now.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::{Timestamp, tz::TimeZone};
use peil_app::{
    AppError,
    audience::{ContactHistory, Moment, MomentKind},
};
use peil_domain::{
    access::Right,
    outreach::{Decision, HeldBack, InvitationState},
    shared::ContactId,
    survey::{ScoreScale, SurveyPurpose},
};

use super::{list::value_label, name_of, read_id, shown};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "audience/person.html")]
struct PersonPage<'a> {
    t: Text,
    frame: Frame,
    path: String,
    may_write: bool,
    name: String,
    is_out: bool,
    out_since: String,
    answers: usize,
    facts: Vec<(String, String)>,
    account: Option<(String, String)>,
    decisions: Vec<Verdict>,
    moments: Vec<Entry>,
    reason: &'a str,
    errors: &'a [FormError],
}

/// Whether to ask now, in words.
struct Verdict {
    purpose: String,
    may: bool,
    why: String,
}

/// One moment of the history, in words.
struct Entry {
    class: &'static str,
    iso: String,
    at: String,
    title: String,
    href: Option<String>,
    note: String,
    score: Option<(&'static str, String)>,
    words: Option<String>,
}

pub(super) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    show_person(&web, &signed, read_id(&id)?, "", &[]).await
}

pub(super) async fn opt_out(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id: ContactId = read_id(&id)?;
    web.app
        .opt_out_contact(&form.signed.identity.actor, id)
        .await?;
    Ok(done(&format!("/audience/{id}"), "opted-out"))
}

pub(super) async fn opt_in(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id: ContactId = read_id(&id)?;
    let (signed, reason) = (form.signed, form.fields.get("reason"));
    match web
        .app
        .opt_in_contact(&signed.identity.actor, id, reason)
        .await
    {
        Ok(()) => Ok(done(&format!("/audience/{id}"), "opted-in")),
        Err(error @ AppError::Invalid { .. }) => {
            let errors = [describe(&error, signed.text).into()];
            show_person(&web, &signed, id, reason, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show_person(
    web: &Web,
    signed: &Signed,
    id: ContactId,
    reason: &str,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let actor = &signed.identity.actor;
    let found = web.app.get_contact(actor, id).await?;
    let attributes = web.app.list_attributes(actor).await?;
    let (t, zone) = (signed.text, &signed.zone);
    let name = name_of(&found.contact);
    let mut facts = facts(&found, t, zone);
    for (key, value) in &found.contact.attributes {
        if let Some(one) = attributes.iter().find(|one| one.attribute.key == *key) {
            let attribute = &one.attribute;
            facts.push((attribute.label.clone(), shown(value, attribute.kind, t)));
        }
    }
    let is_answer = |moment: &&Moment| matches!(moment.kind, MomentKind::Answered { .. });
    page(&PersonPage {
        t,
        frame: Frame::new(signed, "audience", name.clone()),
        path: format!("/audience/{id}"),
        may_write: actor.has(Right::WriteAudience),
        name,
        is_out: found.contact.opted_out_at.is_some(),
        out_since: found
            .contact
            .opted_out_at
            .map(|at| t.day(at, zone))
            .unwrap_or_default(),
        answers: found.moments.iter().filter(is_answer).count(),
        facts,
        account: found.account.map(|account| {
            let href = crate::edge::fields::encode(&account.name);
            (format!("/audience?account={href}"), account.name)
        }),
        decisions: found
            .decisions
            .into_iter()
            .map(|(purpose, decision)| Verdict::of(purpose, decision, t, zone))
            .collect(),
        moments: found
            .moments
            .into_iter()
            .map(|moment| Entry::of(moment, t, zone))
            .collect(),
        reason,
        errors,
    })
}

fn facts(found: &ContactHistory, t: Text, zone: &TimeZone) -> Vec<(String, String)> {
    let contact = &found.contact;
    let language = contact
        .language
        .map(|language| value_label(&peil_domain::audience::Field::Language, language.code(), t));
    [
        (
            t.s("audience-email"),
            contact.email.as_ref().map(ToString::to_string),
        ),
        (t.s("audience-phone"), contact.phone.clone()),
        (t.s("audience-external-id"), contact.external_id.clone()),
        (t.s("audience-language"), language),
        (t.s("audience-since"), Some(t.day(contact.created_at, zone))),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value?)))
    .collect()
}

impl Verdict {
    fn of(purpose: SurveyPurpose, decision: Decision, t: Text, zone: &TimeZone) -> Self {
        let until = |key: &str, until: Timestamp| t.a(key, &[("day", t.day(until, zone).into())]);
        Self {
            purpose: match purpose {
                SurveyPurpose::Relational => t.s("audience-purpose-relational"),
                SurveyPurpose::Transactional => t.s("audience-purpose-transactional"),
            },
            may: decision == Decision::Ask,
            why: match decision {
                Decision::Ask => t.s("audience-may-ask"),
                Decision::HoldBack(HeldBack::OptedOut) => t.s("audience-held-opted-out"),
                Decision::HoldBack(HeldBack::NoAddress) => t.s("audience-held-no-address"),
                Decision::HoldBack(HeldBack::InvitedRecently { until: day }) => {
                    until("audience-held-invited", day)
                }
                Decision::HoldBack(HeldBack::AnsweredRecently { until: day }) => {
                    until("audience-held-answered", day)
                }
            },
        }
    }
}

impl Entry {
    fn of(moment: Moment, t: Text, zone: &TimeZone) -> Self {
        let plain = |class, title: String| Self {
            class,
            iso: moment.at.to_string(),
            at: t.moment(moment.at, zone),
            title,
            href: None,
            note: String::new(),
            score: None,
            words: None,
        };
        match moment.kind {
            MomentKind::Invited { survey, state } => Self {
                note: state_word(state, t),
                ..plain("", t.a("audience-invited", &[("survey", survey.into())]))
            },
            MomentKind::Answered {
                response,
                survey,
                score,
                words,
            } => Self {
                href: Some(format!("/responses/{response}")),
                score: score.map(|(score, scale)| score_word(score, scale, t)),
                words,
                ..plain(
                    "is-accent",
                    t.a("audience-answered", &[("survey", survey.into())]),
                )
            },
            MomentKind::OptedOut => plain("is-low", t.s("audience-opted-out-moment")),
            _ => plain("", t.s("audience-added")),
        }
    }
}

fn state_word(state: InvitationState, t: Text) -> String {
    match state {
        InvitationState::Queued | InvitationState::HandingOver => t.s("audience-mail-queued"),
        InvitationState::Sent => t.s("audience-mail-sent"),
        InvitationState::Unconfirmed => t.s("audience-mail-unconfirmed"),
        InvitationState::Failed => t.s("audience-mail-failed"),
        InvitationState::Cancelled => t.s("audience-mail-cancelled"),
    }
}

fn score_word(score: i32, scale: ScoreScale, t: Text) -> (&'static str, String) {
    let class = if scale.is_high(score) {
        "is-high"
    } else if scale.is_low(score) {
        "is-low"
    } else {
        "is-mid"
    };
    let args = [
        ("score", score.into()),
        ("min", scale.min.into()),
        ("max", scale.max.into()),
    ];
    (class, t.a("audience-score", &args))
}
