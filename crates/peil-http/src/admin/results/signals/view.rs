//! A signal in words: what it is called, one plain sentence of evidence, and its state.

use jiff::tz::TimeZone;
use peil_app::themes::ThemeNames;
use peil_domain::themes::{Evidence, Signal, SignalKind, SignalState};

use crate::edge::text::Text;

/// A signal as a line in a list.
pub(in crate::admin) struct SignalView {
    /// Its identifier.
    pub(in crate::admin) id: String,
    /// What it is about.
    pub(in crate::admin) name: String,
    /// Class of the verdict.
    pub(in crate::admin) class: &'static str,
    /// The verdict.
    pub(in crate::admin) verdict: String,
    /// One sentence of evidence.
    pub(in crate::admin) sentence: String,
    /// One sentence on the themes that go along with it.
    pub(in crate::admin) companions: Option<String>,
    /// When it was found.
    pub(in crate::admin) found: String,
    /// Class of the state.
    pub(in crate::admin) state_class: &'static str,
    /// What people did with it.
    pub(in crate::admin) state: String,
    /// When it ended.
    pub(in crate::admin) ended: Option<String>,
    /// Why it needs nothing.
    pub(in crate::admin) because: Option<String>,
    /// Whether it can still be accepted or dismissed.
    pub(in crate::admin) is_undecided: bool,
}

/// Makes the line.
pub(in crate::admin) fn signal_view(
    t: Text,
    zone: &TimeZone,
    names: &ThemeNames,
    signal: &Signal,
) -> SignalView {
    let name = names.of_signal(signal, t.language);
    let companions = names.companions(signal, t.language).join(", ");
    SignalView {
        id: signal.id.to_string(),
        name: name_of(t, name, signal),
        class: verdict_tag(t, Some(signal.kind)).0,
        verdict: verdict_tag(t, Some(signal.kind)).1,
        sentence: sentence(t, signal),
        companions: (!companions.is_empty())
            .then(|| t.a("signals-companions", &[("themes", companions.into())])),
        found: t.day(signal.found_at, zone),
        state_class: match signal.state {
            SignalState::New => "is-planned",
            SignalState::Seen => "is-draft",
            SignalState::Accepted => "is-live",
            SignalState::Dismissed => "is-closed",
        },
        state: t.s(&format!("signals-state-{}", signal.state)),
        ended: signal.ended_at.map(|at| t.day(at, zone)),
        because: signal.dismissed_because.clone(),
        is_undecided: matches!(signal.state, SignalState::New | SignalState::Seen),
    }
}

/// What a signal is about.
fn name_of(t: Text, name: String, signal: &Signal) -> String {
    match signal.kind {
        SignalKind::ResponseCollapse => t.s("signals-name-all"),
        _ if name.is_empty() => signal.subject.clone(),
        _ => name,
    }
}

/// Class and word of a verdict on a theme.
pub(in crate::admin) fn verdict_tag(t: Text, kind: Option<SignalKind>) -> (&'static str, String) {
    kind.map_or_else(
        || ("", t.s("signals-verdict-quiet")),
        |kind| (verdict_class(kind), t.s(&format!("signals-verdict-{kind}"))),
    )
}

const fn verdict_class(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::ThemeStructural | SignalKind::ScoreDrop | SignalKind::ResponseCollapse => {
            "is-low"
        }
        SignalKind::ThemeIncident | SignalKind::GoalAtRisk => "is-mid",
        SignalKind::ThemeResolved => "is-high",
        SignalKind::ThemeEmerging | SignalKind::NewTheme => "is-accent",
    }
}

/// One plain sentence of evidence.
fn sentence(t: Text, signal: &Signal) -> String {
    evidence_words(t, signal.kind, &signal.evidence)
}

/// One plain sentence of what a verdict rests on.
pub(in crate::admin) fn evidence_words(t: Text, kind: SignalKind, evidence: &Evidence) -> String {
    let since = evidence.since.map(|day| t.date(day.date()));
    let since = since.unwrap_or_default();
    match kind {
        SignalKind::ThemeResolved => t.a("signals-text-resolved", &[("since", since.into())]),
        SignalKind::ScoreDrop => counted(t, "signals-text-score", since, evidence, true),
        SignalKind::ResponseCollapse => counted(t, "signals-text-collapse", since, evidence, false),
        SignalKind::NewTheme => counted(t, "signals-text-new", since, evidence, false),
        SignalKind::GoalAtRisk => t.s("signals-text-goal"),
        _ if evidence.since.is_none() => t.s("signals-text-chronic"),
        _ if evidence.count.is_none() => t.a("signals-text-few", &[("since", since.into())]),
        _ => counted(t, "signals-text-theme", since, evidence, false),
    }
}

fn counted(t: Text, key: &str, since: String, evidence: &Evidence, is_score: bool) -> String {
    let number = |value: Option<f64>| {
        let value = value.unwrap_or_default();
        // A mean lies within ten; points, percents and counts need no decimals.
        let decimals = usize::from(is_score && value.abs() < 10.0 && value.fract().abs() > 0.0);
        t.number(value, decimals)
    };
    let args = [
        ("count", number(evidence.count).into()),
        ("expected", number(evidence.expected).into()),
        ("answers", t.count(evidence.answers).into()),
        ("since", since.into()),
    ];
    t.a(key, &args)
}
