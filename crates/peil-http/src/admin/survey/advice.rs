//! Which measure suits a goal, and which questionnaire to start from.

use askama::Template;
use axum::response::Response;
use peil_app::survey::{Goal, Reach, advise};

use super::{
    gallery::{Card, may_write},
    words,
};
use crate::{
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "survey/advice.html")]
struct AdvicePage {
    t: Text,
    frame: Frame,
    goals: Vec<Choice>,
    reaches: Vec<Choice>,
    proposal: Option<Proposal>,
}

/// One answer to choose.
struct Choice {
    code: &'static str,
    name: String,
    is_chosen: bool,
}

/// What Peil advises, in words.
struct Proposal {
    measure: String,
    why: String,
    channel: String,
    card: Card,
}

pub(super) async fn show(signed: Signed) -> Result<Response, PageError> {
    may_write(&signed)?;
    let t = signed.text;
    let goal = Goal::of(signed.query.get("goal"));
    let reach = Reach::of(signed.query.get("reach"));
    let proposal = goal.zip(reach).and_then(|(goal, reach)| {
        let advice = advise(goal, reach);
        Some(Proposal {
            measure: t.s(words::measure(advice.measure)),
            why: t.s(why(advice.measure)),
            channel: t.s(channel(reach)),
            card: Card::new(t, advice.find_template()?),
        })
    });
    page(&AdvicePage {
        t,
        frame: Frame::new(&signed, "survey", t.s("survey-advice-title")),
        goals: Goal::ALL
            .into_iter()
            .map(|each| Choice {
                code: each.code(),
                name: t.s(goal_name(each)),
                is_chosen: Some(each) == goal,
            })
            .collect(),
        reaches: Reach::ALL
            .into_iter()
            .map(|each| Choice {
                code: each.code(),
                name: t.s(reach_name(each)),
                is_chosen: Some(each) == reach,
            })
            .collect(),
        proposal,
    })
}

const fn goal_name(goal: Goal) -> &'static str {
    match goal {
        Goal::Relation => "survey-goal-relation",
        Goal::Contact => "survey-goal-contact",
        Goal::Effort => "survey-goal-effort",
        Goal::Product => "survey-goal-product",
        Goal::Start => "survey-goal-start",
        Goal::Leaving => "survey-goal-leaving",
    }
}

const fn reach_name(reach: Reach) -> &'static str {
    match reach {
        Reach::Mail => "survey-reach-mail",
        Reach::Website => "survey-reach-website",
        Reach::OnSite => "survey-reach-on-site",
        Reach::Sms => "survey-reach-sms",
    }
}

/// What to know about asking this way.
const fn channel(reach: Reach) -> &'static str {
    match reach {
        Reach::Mail => "survey-advice-mail",
        Reach::Website => "survey-advice-website",
        Reach::OnSite => "survey-advice-on-site",
        Reach::Sms => "survey-advice-sms",
    }
}

/// Why this measure suits the goal.
fn why(measure: &str) -> &'static str {
    match measure {
        "nps" => "survey-advice-nps",
        "ces" => "survey-advice-ces",
        _ => "survey-advice-csat",
    }
}
