//! Two versions of a questionnaire beside each other: what differs, question by question, and
//! whether figures can be put together.

mod lines;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::survey::Comparison;
use peil_domain::survey::{Change, Comparable, QuestionKind};

use self::lines::{Line, lines};
use super::{Head, find, words};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "survey/compare.html")]
struct ComparePage {
    t: Text,
    frame: Frame,
    head: Head,
    /// Choices for either side: value, words, whether it is this one.
    sides: [Vec<(String, String, bool)>; 2],
    /// Names of both sides.
    names: [String; 2],
    summary: String,
    questions: Vec<QuestionView>,
    others: Vec<String>,
    same: usize,
}

/// One question that differs.
struct QuestionView {
    key: String,
    title: String,
    /// What it means for figures: class of the tag and words; nothing when it has no figure.
    verdict: Option<(&'static str, String)>,
    /// What changed and why it matters, in a sentence each.
    reasons: Vec<String>,
    lines: Vec<Line>,
}

impl QuestionView {
    /// Whether there was nothing of it before.
    fn is_new(&self) -> bool {
        self.lines.iter().all(|line| line.before.is_empty())
    }

    /// Whether there is nothing of it any more.
    fn is_gone(&self) -> bool {
        self.lines.iter().all(|line| line.after.is_empty())
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let newest = overview.newest.as_ref().map(|version| version.number);
    let side = |name: &str, usual: Option<i32>| match signed.query.get(name) {
        "draft" => None,
        "" => usual,
        number => Some(number.parse().unwrap_or(0)),
    };
    // Without a choice: the last step that was made.
    let usual_after = newest.filter(|_| !overview.has_unpublished_changes());
    let usual_before = match usual_after {
        Some(number) => Some((number - 1).max(1)),
        None => newest,
    };
    let from = side("from", usual_before);
    let to = side("to", usual_after);
    let actor = &signed.identity.actor;
    let found = web
        .app
        .compare_versions(actor, overview.survey.id, from, to)
        .await?;
    let t = signed.text;
    let names = [from, to].map(|number| name(t, number));
    let sides = [from, to].map(|chosen| {
        let numbers = found.numbers.iter().copied().map(Some);
        let all = std::iter::once(None).chain(numbers);
        let choice = |number: Option<i32>| {
            let value = number.map_or_else(|| "draft".to_owned(), |number| number.to_string());
            (value, name(t, number), number == chosen)
        };
        all.map(choice).collect()
    });
    let questions = questions(t, &found);
    page(&ComparePage {
        t,
        frame: Frame::new(&signed, "survey", &overview.survey.name),
        head: Head::new(&signed, &overview, "versions"),
        sides,
        names,
        summary: summary(t, &questions),
        same: found.after.questions().count().saturating_sub(
            questions
                .iter()
                .filter(|view| {
                    found
                        .after
                        .questions()
                        .any(|one| one.key.as_str() == view.key)
                })
                .count(),
        ),
        others: found
            .others
            .iter()
            .map(|other| {
                let code = other.code().replace('_', "-");
                t.s(&format!("survey-compare-other-{code}"))
            })
            .collect(),
        questions,
    })
}

fn name(t: Text, number: Option<i32>) -> String {
    match number {
        Some(number) => t.a("survey-version", &[("n", number.into())]),
        None => t.s("survey-compare-draft"),
    }
}

fn summary(t: Text, questions: &[QuestionView]) -> String {
    if questions.is_empty() {
        return t.s("survey-compare-none");
    }
    let with = |class: &str| {
        let verdicts = questions.iter().filter_map(|view| view.verdict.as_ref());
        verdicts.filter(|(found, _)| *found == class).count()
    };
    let changed = t.a("survey-compare-changed", &[("n", questions.len().into())]);
    let figures = match (with("is-low"), with("is-mid")) {
        (0, 0) => t.s("survey-compare-all-together"),
        (0, shifts) => t.a("survey-compare-some-shift", &[("n", shifts.into())]),
        (apart, _) => t.a("survey-compare-some-apart", &[("n", apart.into())]),
    };
    format!("{changed} {figures}")
}

/// The questions that differ, in the order of the second version, those that are gone last.
fn questions(t: Text, found: &Comparison) -> Vec<QuestionView> {
    let mut views: Vec<QuestionView> = Vec::new();
    for change in &found.changes {
        let said = words::change(t, change, &found.after, &found.before);
        let title = said.title.trim_end_matches(':').to_owned();
        let reason = match said.warning {
            Some(warning) => format!("{title}. {warning}"),
            None => title,
        };
        let key = change.key();
        if let Some(view) = views.iter_mut().find(|view| view.key == key.as_str()) {
            view.verdict = worse(t, view.verdict.take(), change, found);
            if !view.reasons.contains(&reason) {
                view.reasons.push(reason);
            }
            continue;
        }
        views.push(QuestionView {
            key: key.to_string(),
            title: said.question,
            verdict: worse(t, None, change, found),
            reasons: vec![reason],
            lines: lines(t, found, key),
        });
    }
    views
}

/// The worse of a verdict and what `change` means.
fn worse(
    t: Text,
    known: Option<(&'static str, String)>,
    change: &Change,
    found: &Comparison,
) -> Option<(&'static str, String)> {
    let key = change.key();
    let question = found
        .after
        .question(key)
        .or_else(|| found.before.question(key))?;
    let has_figure = question.kind.scale().is_some()
        || matches!(
            question.kind,
            QuestionKind::Choice { .. } | QuestionKind::Number { .. }
        );
    // What is new has no figure of before.
    if !has_figure || matches!(change, Change::Added { .. }) {
        return known;
    }
    let class = |comparable: Comparable| match comparable {
        Comparable::Together => "is-high",
        Comparable::Shifts => "is-mid",
        Comparable::Apart => "is-low",
    };
    let rank = |class: &str| {
        ["is-high", "is-mid", "is-low"]
            .iter()
            .position(|one| *one == class)
    };
    let meant = change.comparable();
    let now = class(meant);
    if known
        .as_ref()
        .is_some_and(|(before, _)| rank(before) >= rank(now))
    {
        return known;
    }
    Some((now, t.s(&format!("survey-compare-{}", meant.code()))))
}
