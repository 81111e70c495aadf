//! A questionnaire on paper for who has to approve it: any version or the draft, in any of its
//! languages, with its logic in sentences.

use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::AppError;
use peil_domain::survey::{Definition, Formula, Page, QuestionKind, Survey, Target};

use super::{find, logic::Clauses, words};
use crate::{
    Web,
    edge::{problem::PageError, signed::Signed, text::Text},
    respond::Remarks,
};

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let survey = &overview.survey;
    let actor = &signed.identity.actor;
    let wanted = signed.query.get("version");
    let version = match wanted {
        "" | "draft" => None,
        number => {
            let listed = web.app.list_versions(actor, survey.id).await?;
            let number: Option<i32> = number.parse().ok();
            let mut versions = listed.into_iter().map(|(version, _)| version);
            let found = versions.find(|version| Some(version.number) == number);
            Some(found.ok_or(AppError::NotFound)?)
        }
    };
    let definition = version
        .as_ref()
        .map_or(&survey.draft, |version| &version.definition);
    let language = signed.query.get("language").parse();
    let language = Survey::language_or_first(definition, language.unwrap_or(signed.text.language));
    let t = Text::new(language);
    let path = format!("/surveys/{}", survey.id);
    let which = version
        .as_ref()
        .map_or_else(|| "draft".to_owned(), |version| version.number.to_string());
    let others = definition
        .languages
        .iter()
        .filter(|other| **other != language);
    let state = match &version {
        Some(version) => (
            t.a("survey-version", &[("n", version.number.into())]),
            t.moment(version.published_at, &signed.zone),
        ),
        None => (
            t.s("survey-compare-draft"),
            t.moment(survey.updated_at, &signed.zone),
        ),
    };
    let asked = words::asked(definition);
    let minutes = definition.estimated_minutes();
    let paper = Signed {
        text: t,
        ..signed.clone()
    };
    let clauses = Clauses::of(&web, &paper, definition).await?;
    let remarks = Remarks {
        facts: vec![
            (t.s("survey-print-name"), survey.name.clone()),
            (t.s("survey-print-version"), state.0),
            (t.s("survey-print-day"), state.1),
            (
                t.s("survey-print-size"),
                format!(
                    "{} · {}",
                    t.a("survey-questions-count", &[("n", asked.into())]),
                    t.a("survey-minutes", &[("n", minutes.into())])
                ),
            ),
            (
                t.s("survey-languages"),
                words::languages(t, &definition.languages),
            ),
        ],
        others: others
            .map(|other| {
                let href = format!("{path}/print?version={which}&language={other}");
                (href, words::languages(Text::new(*other), &[*other]))
            })
            .collect(),
        back: format!("{path}/versions"),
        ..said(t, &clauses, definition)
    };
    crate::respond::print(definition, &signed.identity.workspace, language, &remarks)
}

/// A condition inside the sentence called `frame`.
fn when(t: Text, clauses: &Clauses, frame: &str, formula: &Formula) -> String {
    t.a(frame, &[("condition", clauses.say(formula).into())])
}

/// Everything about the logic of a questionnaire, in sentences.
fn said(t: Text, clauses: &Clauses, definition: &Definition) -> Remarks {
    let mut remarks = Remarks::default();
    for page in &definition.pages {
        remarks.pages.push((
            before(t, clauses, page),
            after(t, clauses, definition, page),
        ));
        for question in &page.questions {
            let mut said = Vec::new();
            said.extend(
                question
                    .show_if
                    .as_ref()
                    .map(|one| when(t, clauses, "survey-print-asked-if", one)),
            );
            if let QuestionKind::Choice {
                options, is_random, ..
            } = &question.kind
            {
                for option in options {
                    let label = option.label.get(t.language);
                    said.extend(option.show_if.as_ref().map(|one| {
                        let args = [
                            ("option", label.into()),
                            ("condition", clauses.say(one).into()),
                        ];
                        t.a("survey-print-offered-if", &args)
                    }));
                }
                if *is_random {
                    said.push(t.s("survey-print-random-options"));
                }
            }
            if let QuestionKind::Matrix {
                is_random: true, ..
            }
            | QuestionKind::Ranking {
                is_random: true, ..
            } = &question.kind
            {
                said.push(t.s("survey-print-random-rows"));
            }
            said.extend(limits(t, question));
            if !said.is_empty() {
                remarks.questions.insert(question.key.clone(), said);
            }
        }
    }
    for ending in &definition.endings {
        let sentence = when(t, clauses, "survey-print-ending-if", &ending.when);
        remarks
            .endings
            .push((sentence, ending.text.get(t.language).to_owned()));
    }
    let thanks = definition.thanks.get(t.language);
    let thanks = if thanks.is_empty() {
        t.s("respond-thanks-text")
    } else {
        thanks.to_owned()
    };
    remarks.endings.push((
        t.s(if definition.endings.is_empty() {
            "survey-print-thanks-all"
        } else {
            "survey-print-thanks"
        }),
        thanks,
    ));
    let low = definition.thanks_low.get(t.language);
    if !low.is_empty() {
        remarks
            .endings
            .push((t.s("survey-print-thanks-low"), low.to_owned()));
    }
    remarks.rules = rules(t, clauses, definition);
    remarks
}

fn before(t: Text, clauses: &Clauses, page: &Page) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(
        page.show_if
            .as_ref()
            .map(|one| when(t, clauses, "survey-print-page-if", one)),
    );
    if page.is_random {
        said.push(t.s("survey-print-random-questions"));
    }
    said
}

fn after(t: Text, clauses: &Clauses, definition: &Definition, page: &Page) -> Vec<String> {
    let jump = |jump: &peil_domain::survey::Jump| {
        let condition = ("condition", clauses.say(&jump.when).into());
        match &jump.to {
            Target::End => t.a("survey-print-jump-end", &[condition]),
            Target::Page(key) => {
                let mut pages = definition.pages.iter().zip(1_usize..);
                let place = pages.find(|(page, _)| page.key.as_ref() == Some(key));
                let number = place.map_or(0, |(_, number)| number);
                t.a("survey-print-jump", &[condition, ("n", number.into())])
            }
        }
    };
    page.jumps.iter().map(jump).collect()
}

/// What an answer must keep to, beyond its kind.
fn limits(t: Text, question: &peil_domain::survey::Question) -> Vec<String> {
    let rules = &question.rules;
    let counted =
        |key: &str, number: Option<u32>| number.map(|number| t.a(key, &[("n", number.into())]));
    let mut said = Vec::new();
    said.extend(counted("survey-print-shortest", rules.shortest));
    said.extend(counted("survey-print-longest", rules.longest));
    said.extend(counted("survey-print-least", rules.least));
    said.extend(counted("survey-print-most", rules.most));
    said.extend(rules.pattern.as_ref().map(|pattern| {
        let message = pattern.message.get(t.language);
        t.a("survey-print-pattern", &[("message", message.into())])
    }));
    said
}

fn rules(t: Text, clauses: &Clauses, definition: &Definition) -> Vec<String> {
    let mut said = Vec::new();
    for value in &definition.calculations {
        let args = [
            ("name", value.key.as_str().into()),
            ("formula", value.formula.to_string().into()),
        ];
        said.push(t.a("survey-print-calculation", &args));
    }
    for quota in &definition.quotas {
        let most = ("n", quota.most.into());
        said.push(match &quota.when {
            None => t.a("survey-print-quota", &[most]),
            Some(one) => t.a(
                "survey-print-quota-if",
                &[most, ("condition", clauses.say(one).into())],
            ),
        });
        let text = quota.text.get(t.language);
        if !text.is_empty() {
            said.push(t.a("survey-print-quota-text", &[("text", text.into())]));
        }
    }
    if let Some(minutes) = definition.time_out_minutes {
        said.push(t.a("survey-print-time-out", &[("n", minutes.into())]));
    }
    said
}
