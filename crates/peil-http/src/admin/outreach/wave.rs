//! One wave: before sending who gets what and who does not, afterwards how it goes.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::tz::TimeZone;
use peil_app::outreach::{Blocker, HaltReason, LINK_VALID_DAYS, WaveDetails, WavePlan};
use peil_domain::{
    access::Right,
    outreach::WaveState,
    shared::{Language, WaveId},
};

use super::{
    form::{Choice, segments},
    funnel::{Step, funnel},
    percent, state_words, wave_id,
};
use crate::{
    Web,
    admin::{frame::Frame, page, survey::mail_blanks},
    edge::{fields::Fields, parts::FormError, problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "outreach/wave.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is shown depends on state and rights"
)]
struct WavePage<'a> {
    t: Text,
    frame: Frame,
    id: String,
    name: String,
    survey_id: String,
    survey_name: String,
    segment_name: String,
    state_class: &'static str,
    state: String,
    is_draft: bool,
    is_under_way: bool,
    may_edit: bool,
    may_see_people: bool,
    times: Vec<String>,
    funnel: Vec<Step>,
    facts: Vec<(String, String)>,
    legal: String,
    blockers: Vec<String>,
    needs_mail_settings: bool,
    offer_words: String,
    texts: Vec<TextFields>,
    /// What can be filled in in the texts: the words for it, and what it is.
    blanks: Vec<(String, String)>,
    segments: Vec<Choice>,
    is_everyone: bool,
    mail_language: &'static str,
    mail_subject: String,
    mail_text: String,
    languages: Vec<(&'static str, String)>,
    start_label: String,
    progress: Progress,
    errors: &'a [FormError],
}

impl WavePage<'_> {
    fn is_wrong(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }
}

/// Subject and message in one language.
struct TextFields {
    code: &'static str,
    language: String,
    subject: String,
    message: String,
}

/// How sending goes.
#[derive(Default)]
struct Progress {
    done: u64,
    total: u64,
    words: String,
    halt: Option<String>,
    halt_detail: String,
    counts: Vec<(String, String, String)>,
    notes: Vec<String>,
    is_preparing: bool,
    /// Words of the button that sends mails again of which nobody knows whether they arrived.
    again: Option<String>,
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    wave_page(&web, &signed, wave_id(&id)?, None, &[]).await
}

/// The page of a wave; `typed` is what a refused form said.
pub(super) async fn wave_page(
    web: &Web,
    signed: &Signed,
    id: WaveId,
    typed: Option<&Fields>,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let (actor, t, zone) = (&signed.identity.actor, signed.text, &signed.zone);
    let found = web.app.get_wave(actor, id).await?;
    let plan = web.app.plan_wave(actor, id).await?;
    let wave = &found.overview.wave;
    let shown = shown_language(&found, signed);
    let mail = web.app.preview_wave(actor, id, Some(shown)).await?;
    let chosen = wave.segment.map(|id| id.to_string()).unwrap_or_default();
    let chosen = typed.map_or(chosen.as_str(), |typed| typed.get("segment"));
    let is_draft = wave.state == WaveState::Draft;
    let may_edit = actor.has(Right::WriteOutreach);
    let (state_class, state) = state_words(wave.state, t);
    page(&WavePage {
        t,
        id: id.to_string(),
        name: typed
            .map_or(wave.name.as_str(), |typed| typed.get("name"))
            .to_owned(),
        survey_id: wave.survey.to_string(),
        survey_name: found.overview.survey_name.clone(),
        segment_name: segment_name(&found, t),
        state_class,
        state,
        is_draft,
        is_under_way: wave.state.is_under_way(),
        may_edit,
        may_see_people: actor.has(Right::ReadAudience),
        times: times(&found, zone, t),
        // While invitations are being made, who gets the mail is still what is expected.
        funnel: funnel(
            &plan,
            is_draft || wave.state == WaveState::Preparing,
            zone,
            t,
        ),
        facts: facts(&found, &plan, t),
        legal: t.a(
            "outreach-legal",
            &[("n", i32::from(LINK_VALID_DAYS).into())],
        ),
        blockers: plan
            .blockers
            .iter()
            .map(|blocker| blocker_words(*blocker, t))
            .collect(),
        needs_mail_settings: plan.blockers.contains(&Blocker::NoMailSettings)
            && actor.has(Right::WriteSettings),
        offer_words: plan.offer_words.join(", "),
        texts: texts(&found, typed, t),
        blanks: if is_draft && may_edit {
            mail_blanks(web, signed).await?
        } else {
            Vec::new()
        },
        segments: if is_draft && may_edit {
            segments(web, signed, chosen).await?
        } else {
            Vec::new()
        },
        is_everyone: chosen.is_empty(),
        mail_language: shown.code(),
        mail_subject: mail.subject,
        mail_text: mail.text,
        languages: found
            .languages
            .iter()
            .map(|one| (one.code(), language_name(*one, t)))
            .collect(),
        start_label: t.a("outreach-start", &[("n", t.count(plan.allowed).into())]),
        progress: progress(&found, zone, t),
        errors,
        frame: Frame::new(signed, "outreach", wave.name.clone()),
    })
}

/// The language in which the mail is shown: the one in the address when the questionnaire has it.
fn shown_language(found: &WaveDetails, signed: &Signed) -> Language {
    let wanted = signed.query.get("language").parse::<Language>().ok();
    let wanted = wanted.filter(|one| found.languages.contains(one));
    let first = found.languages.first().copied();
    wanted.or(first).unwrap_or(signed.text.language)
}

fn language_name(language: Language, t: Text) -> String {
    t.s(&format!("language-{}", language.code()))
}

fn segment_name(found: &WaveDetails, t: Text) -> String {
    match (&found.overview.segment_name, found.overview.wave.segment) {
        (Some(name), _) => name.clone(),
        (None, None) => t.s("outreach-everyone"),
        (None, Some(_)) => t.s("outreach-segment-gone"),
    }
}

/// When it was made, started and finished.
fn times(found: &WaveDetails, zone: &TimeZone, t: Text) -> Vec<String> {
    let wave = &found.overview.wave;
    let said = |key: &str, at| t.a(key, &[("at", t.moment(at, zone).into())]);
    let finished = match wave.state {
        WaveState::Stopped => "outreach-stopped-at",
        _ => "outreach-finished-at",
    };
    let made = wave
        .started_at
        .is_none()
        .then(|| said("outreach-made-at", wave.created_at));
    let started = wave.started_at.map(|at| said("outreach-started-at", at));
    let finished = wave.finished_at.map(|at| said(finished, at));
    [made, started, finished].into_iter().flatten().collect()
}

/// What may be expected before the start, what came back after it.
fn facts(found: &WaveDetails, plan: &WavePlan, t: Text) -> Vec<(String, String)> {
    match found.overview.wave.state {
        WaveState::Draft => expectations(plan, t),
        _ => outcome(found, t),
    }
}

/// What may be expected of a wave that was not started.
fn expectations(plan: &WavePlan, t: Text) -> Vec<(String, String)> {
    let expected = &plan.expected;
    let answers = if expected.fewest == expected.most {
        t.a(
            "outreach-expected-about",
            &[("n", t.count(expected.most).into())],
        )
    } else {
        let ends = [
            ("low", t.count(expected.fewest).into()),
            ("high", t.count(expected.most).into()),
        ];
        t.a("outreach-expected-between", &ends)
    };
    let basis = match expected.past {
        Some(past) => t.a(
            "outreach-basis-past",
            &[
                ("answered", t.count(past.answered).into()),
                ("sent", t.count(past.sent).into()),
            ],
        ),
        None => t.s("outreach-basis-usual"),
    };
    let mut facts = vec![
        (t.s("outreach-expected"), answers),
        (t.s("outreach-basis"), basis),
    ];
    if let Some(margin) = expected.nps_margin {
        let margin = t.a(
            "outreach-margin-value",
            &[("n", t.number(margin, 0).into())],
        );
        facts.push((t.s("outreach-margin"), margin));
    }
    facts
}

/// What came back of a wave that was started.
fn outcome(found: &WaveDetails, t: Text) -> Vec<(String, String)> {
    let counts = &found.overview.counts;
    let mut facts = vec![(t.s("outreach-answered"), t.count(counts.answered))];
    facts.extend(percent(found.overview.response_rate, t).map(|rate| (t.s("outreach-rate"), rate)));
    facts
}

fn blocker_words(blocker: Blocker, t: Text) -> String {
    let key = format!("problem-wave-{}", blocker.code().replace('_', "-"));
    match blocker {
        Blocker::TextMissing(language) => {
            t.a(&key, &[("language", language_name(language, t).into())])
        }
        _ => t.s(&key),
    }
}

fn texts(found: &WaveDetails, typed: Option<&Fields>, t: Text) -> Vec<TextFields> {
    let wave = &found.overview.wave;
    let value = |name: &str, language: Language, kept: Option<&str>| match typed {
        Some(typed) => typed
            .raw(&format!("{name}_{language}"))
            .unwrap_or_default()
            .to_owned(),
        None => kept.unwrap_or_default().to_owned(),
    };
    let fields = found.languages.iter().map(|language| TextFields {
        code: language.code(),
        language: language_name(*language, t),
        subject: value("subject", *language, wave.subject.exact(*language)),
        message: value("message", *language, wave.message.exact(*language)),
    });
    fields.collect()
}

/// How sending goes: counts by state with their lists, and what it waits for.
fn progress(found: &WaveDetails, zone: &TimeZone, t: Text) -> Progress {
    let counts = &found.overview.counts;
    let states = [
        ("sent", counts.sent),
        ("queued", counts.queued),
        ("handing_over", counts.handing_over),
        ("unconfirmed", counts.unconfirmed),
        ("failed", counts.failed),
        ("cancelled", counts.cancelled),
    ];
    let counted = states
        .iter()
        .filter(|(code, n)| *n > 0 || *code == "sent")
        .map(|(code, n)| {
            let words = t.s(&format!("outreach-invitation-{}", code.replace('_', "-")));
            ((*code).to_owned(), words, t.count(*n))
        });
    let in_doubt = states
        .iter()
        .filter(|(code, n)| *n > 0 && ["unconfirmed", "failed"].contains(code));
    let notes = in_doubt.map(|(code, _)| t.s(&format!("outreach-note-{code}")));
    let (total, open) = (counts.total(), counts.queued + counts.handing_over);
    let done = total.saturating_sub(open);
    let is_preparing = found.overview.wave.state == WaveState::Preparing;
    let numbers = [
        ("done", t.count(done).into()),
        ("total", t.count(total).into()),
    ];
    let halt = found.halt.as_ref().map(|halt| {
        let words = t.s(&format!("outreach-halt-{}", halt_code(halt.reason)));
        match found.goes_on_at {
            Some(at) => {
                let again = t.a("outreach-goes-on", &[("at", t.moment(at, zone).into())]);
                format!("{words} {again}")
            }
            None => words,
        }
    });
    Progress {
        done,
        total,
        words: if is_preparing {
            t.a("outreach-preparing", &[("n", t.count(total).into())])
        } else {
            t.a("outreach-progress", &numbers)
        },
        halt,
        halt_detail: found
            .halt
            .as_ref()
            // What failed on our side is in the log of whoever runs it.
            .filter(|halt| halt.reason != HaltReason::Failed)
            .map(|halt| halt.detail.clone())
            .unwrap_or_default(),
        counts: counted.collect(),
        notes: notes.collect(),
        is_preparing,
        again: (found.in_doubt > 0)
            .then(|| t.a("outreach-again", &[("n", t.count(found.in_doubt).into())])),
    }
}

fn halt_code(reason: HaltReason) -> String {
    reason.code().replace('_', "-")
}
