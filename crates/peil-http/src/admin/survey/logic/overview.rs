//! All logic of a questionnaire in one list, as sentences that lead to their place.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_domain::survey::{Definition, Expression, Problem, QuestionKind};

use super::{
    choices::{always_of, frame_of, page_name},
    extra::way_of,
    say,
    spot::Spot,
    subjects::Subjects,
    subjects_at,
};
use crate::{
    Web,
    admin::{
        frame::Frame,
        page,
        survey::{Head, find, words},
    },
    edge::{
        problem::{PageError, survey_problem},
        signed::Signed,
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "survey/logic_overview.html")]
struct LogicPage {
    t: Text,
    frame: Frame,
    head: Head,
    sections: Vec<Section>,
}

/// Entries that belong together.
struct Section {
    id: &'static str,
    title: String,
    note: String,
    entries: Vec<Entry>,
    /// What can be added: address and words.
    additions: Vec<(String, String)>,
    /// Words above many things that can be added; empty when they stand in the open.
    additions_title: String,
}

/// One sentence.
struct Entry {
    spot: Spot,
    title: String,
    sentence: String,
    problems: Vec<String>,
}

/// Where something with logic is, in words.
pub(super) struct Where {
    /// Its name.
    pub(super) title: String,
    /// The question that the page answers.
    pub(super) question: String,
    /// What the question or page asks.
    pub(super) about: String,
}

/// Says where a place is.
pub(super) fn where_is(subjects: &Subjects, draft: &Definition, spot: &Spot) -> Where {
    let t = subjects.text();
    let page_words = |number: usize| {
        let page = number.checked_sub(1).and_then(|at| draft.pages.get(at));
        page.map_or_else(String::new, |page| page_name(t, number, page))
    };
    let (title, question, about) = match spot {
        Spot::Question(key) => (
            "logic-of-question",
            "logic-ask-question",
            question_name(t, draft, key),
        ),
        Spot::Option(key, number) => {
            let question = draft.question(key).map(|question| &question.kind);
            let label = match question {
                Some(QuestionKind::Choice { options, .. }) => {
                    number.checked_sub(1).and_then(|at| options.get(at))
                }
                _ => None,
            };
            let label = label.map_or("", |option| option.label.get(t.language));
            ("logic-of-option", "logic-ask-option", words::short(label))
        }
        Spot::Page(page) => ("logic-of-page", "logic-ask-page", page_words(*page)),
        Spot::Jump(page, _) => ("logic-of-jump", "logic-ask-jump", page_words(*page)),
        Spot::Quota(key) => (
            "logic-of-quota",
            "logic-ask-quota",
            key.as_ref().map_or_else(String::new, ToString::to_string),
        ),
        Spot::Value(key) => (
            "logic-of-value",
            "logic-ask-value",
            key.as_ref().map_or_else(String::new, ToString::to_string),
        ),
        Spot::Ending(_) => ("logic-of-ending", "logic-ask-ending", String::new()),
        Spot::Pace => ("logic-of-pace", "logic-ask-pace", String::new()),
    };
    Where {
        title: t.s(title),
        question: t.s(question),
        about,
    }
}

fn question_name(t: Text, draft: &Definition, key: &peil_domain::shared::QuestionKey) -> String {
    let found = (1_usize..).zip(draft.questions());
    let mut found = found.filter(|(_, question)| question.key == *key);
    found.next().map_or_else(String::new, |(number, question)| {
        let text = words::short(question.text.get(t.language));
        let args = [("n", number.into()), ("text", text.into())];
        t.a("survey-question-named", &args)
    })
}

pub(in crate::admin::survey) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let draft = &overview.survey.draft;
    let every = draft.questions().count();
    let subjects = subjects_at(&web, &signed, draft, every).await?;
    let found = web
        .app
        .check_survey(&signed.identity.actor, overview.survey.id)
        .await?;
    let list = List {
        t: signed.text,
        subjects: &subjects,
        draft,
        found: &found,
    };
    page(&LogicPage {
        t: signed.text,
        frame: Frame::new(&signed, "survey", signed.text.s("logic-title")),
        head: Head::new(&signed, &overview, "logic"),
        sections: list.sections(),
    })
}

struct List<'a> {
    t: Text,
    subjects: &'a Subjects,
    draft: &'a Definition,
    found: &'a [Problem],
}

impl List<'_> {
    fn sections(&self) -> Vec<Section> {
        vec![
            self.questions(),
            self.pages(),
            self.endings(),
            self.quotas(),
            self.values(),
            self.pace(),
        ]
    }

    fn section(&self, id: &'static str, title: &str, note: &str, entries: Vec<Entry>) -> Section {
        Section {
            id,
            title: self.t.s(title),
            note: self.t.s(note),
            entries,
            additions: Vec::new(),
            additions_title: String::new(),
        }
    }

    fn entry(&self, spot: Spot, title: String, sentence: String) -> Entry {
        let problems = self
            .found
            .iter()
            .filter(|problem| spot.owns(self.draft, problem))
            .map(|problem| survey_problem(problem, self.t).1);
        Entry {
            problems: problems.collect(),
            title,
            sentence,
            spot,
        }
    }

    fn say(&self, spot: &Spot, condition: Option<&Expression>) -> String {
        condition.map_or_else(
            || self.t.s(always_of(spot)),
            |condition| say::sentence(self.subjects, frame_of(spot), condition, &[]),
        )
    }

    fn questions(&self) -> Section {
        let mut entries = Vec::new();
        let mut additions = Vec::new();
        for question in self.draft.questions() {
            let name = question_name(self.t, self.draft, &question.key);
            let spot = Spot::Question(question.key.clone());
            if question.show_if.is_some() {
                let said = self.say(&spot, spot.condition(self.draft));
                entries.push(self.entry(spot, name, said));
            } else {
                additions.push((spot.to_string(), name));
            }
            if let QuestionKind::Choice { options, .. } = &question.kind {
                for (number, option) in (1..).zip(options) {
                    if option.show_if.is_none() {
                        continue;
                    }
                    let spot = Spot::Option(question.key.clone(), number);
                    let said = self.say(&spot, spot.condition(self.draft));
                    let label = words::short(option.label.get(self.t.language));
                    let args = [("text", label.into())];
                    let name = self.t.a("logic-option-named", &args);
                    entries.push(self.entry(spot, name, said));
                }
            }
        }
        let note = if entries.is_empty() {
            "logic-questions-none"
        } else {
            "logic-questions-note"
        };
        Section {
            additions,
            additions_title: self.t.s("logic-questions-add"),
            ..self.section("questions", "logic-questions", note, entries)
        }
    }

    fn pages(&self) -> Section {
        let mut entries = Vec::new();
        let mut additions = Vec::new();
        for (number, page) in (1..).zip(&self.draft.pages) {
            let name = page_name(self.t, number, page);
            let spot = Spot::Page(number);
            if page.show_if.is_some() || page.is_random {
                let mut said = self.say(&spot, spot.condition(self.draft));
                if page.is_random {
                    said = format!("{said} {}", self.t.s("logic-is-random"));
                }
                entries.push(self.entry(spot, name.clone(), said));
            } else {
                additions.push((spot.to_string(), name.clone()));
            }
            for (place, jump) in (1..).zip(&page.jumps) {
                let spot = Spot::Jump(number, Some(place));
                let to = self.to_words(&way_of(self.draft, &jump.to));
                let condition = jump.when.expression();
                let args = [("to", to.into())];
                let said = say::sentence(self.subjects, "logic-go", condition, &args);
                let named = self.t.a("logic-after-page", &[("n", number.into())]);
                entries.push(self.entry(spot, named, said));
            }
            if number < self.draft.pages.len() || !page.jumps.is_empty() {
                let named = self.t.a("logic-jump-add", &[("page", name.into())]);
                additions.push((Spot::Jump(number, None).to_string(), named));
            }
        }
        let note = if entries.is_empty() {
            "logic-pages-none"
        } else {
            "logic-pages-note"
        };
        Section {
            additions,
            additions_title: self.t.s("logic-pages-add"),
            ..self.section("pages", "logic-pages", note, entries)
        }
    }

    fn to_words(&self, way: &str) -> String {
        let number: Option<usize> = way.parse().ok();
        let page = number.and_then(|number| self.draft.pages.get(number.checked_sub(1)?));
        match (number, page) {
            (Some(number), Some(page)) => page_name(self.t, number, page),
            _ if way == "end" => self.t.s("logic-the-end"),
            _ => "…".to_owned(),
        }
    }

    fn endings(&self) -> Section {
        let endings = (1..).zip(&self.draft.endings);
        let entries = endings.map(|(number, ending)| {
            let spot = Spot::Ending(Some(number));
            let said = self.say(&spot, Some(ending.when.expression()));
            let text = words::short(ending.text.get(self.t.language));
            self.entry(spot, text, said)
        });
        let entries = entries.collect();
        self.with_new(
            &Spot::Ending(None),
            "logic-ending-add",
            self.section("endings", "logic-endings", "logic-endings-note", entries),
        )
    }

    fn quotas(&self) -> Section {
        let entries = self.draft.quotas.iter().map(|quota| {
            let spot = Spot::Quota(Some(quota.key.clone()));
            let args = [("n", quota.most.into())];
            let said = match &quota.when {
                Some(when) => {
                    say::sentence(self.subjects, "logic-counts", when.expression(), &args)
                }
                None => self.t.a("logic-always-quota", &args),
            };
            self.entry(spot, quota.key.to_string(), said)
        });
        let entries = entries.collect();
        self.with_new(
            &Spot::Quota(None),
            "logic-quota-add",
            self.section("quotas", "logic-quotas", "logic-quotas-note", entries),
        )
    }

    fn values(&self) -> Section {
        let entries = self.draft.calculations.iter().map(|value| {
            let spot = Spot::Value(Some(value.key.clone()));
            let said = value.formula.to_string();
            self.entry(spot, value.key.to_string(), said)
        });
        let entries = entries.collect();
        self.with_new(
            &Spot::Value(None),
            "logic-value-add",
            self.section("values", "logic-values", "logic-values-note", entries),
        )
    }

    fn pace(&self) -> Section {
        let progress = if self.draft.shows_progress {
            "logic-progress-shown"
        } else {
            "logic-progress-hidden"
        };
        let rest = match self.draft.time_out_minutes {
            Some(minutes) => self.t.a("logic-time-out", &[("n", minutes.into())]),
            None => self.t.s("logic-time-out-none"),
        };
        let said = format!("{rest} {}", self.t.s(progress));
        let entry = self.entry(Spot::Pace, self.t.s("logic-of-pace"), said);
        self.section("pace", "logic-pace", "logic-pace-note", vec![entry])
    }

    fn with_new(&self, spot: &Spot, words: &str, section: Section) -> Section {
        Section {
            additions: vec![(spot.to_string(), self.t.s(words))],
            ..section
        }
    }
}
