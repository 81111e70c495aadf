//! Which measure, moment and channel suit a goal.
//!
//! NPS asks about the relation as a whole (Reichheld, "The one number you need to grow", Harvard
//! Business Review, 2003), CSAT about one moment or thing, CES about what it took to get something
//! done (Dixon, Freeman and Toman, "Stop trying to delight your customers", Harvard Business
//! Review, 2010).

use super::{Template, template::find_template};

/// What someone wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// How customers see the organisation as a whole.
    Relation,
    /// How one contact went.
    Contact,
    /// How easy it is to get something done.
    Effort,
    /// How what was delivered is liked.
    Product,
    /// How new customers get on.
    Start,
    /// Why customers leave.
    Leaving,
}

/// How people can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// By e-mail.
    Mail,
    /// While they are on the website or in the app.
    Website,
    /// While they are in the building.
    OnSite,
    /// By text message.
    Sms,
}

/// What Peil advises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// The measure to look at, as the code of a kind of question.
    pub measure: &'static str,
    /// The questionnaire to start from, by its code.
    pub template: &'static str,
}

impl Advice {
    /// The questionnaire to start from, which says when to send it.
    #[must_use]
    pub fn find_template(self) -> Option<&'static Template> {
        find_template(self.template).ok()
    }
}

impl Goal {
    /// Every goal, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Relation,
        Self::Contact,
        Self::Effort,
        Self::Product,
        Self::Start,
        Self::Leaving,
    ];

    /// The goal as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Relation => "relation",
            Self::Contact => "contact",
            Self::Effort => "effort",
            Self::Product => "product",
            Self::Start => "start",
            Self::Leaving => "leaving",
        }
    }

    /// The goal that a word stands for.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|goal| goal.code() == code)
    }
}

impl Reach {
    /// Every way, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Mail, Self::Website, Self::OnSite, Self::Sms];

    /// The way as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Website => "website",
            Self::OnSite => "on_site",
            Self::Sms => "sms",
        }
    }

    /// The way that a word stands for.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.code() == code)
    }
}

/// What suits `goal` when people are reached by `reach`.
#[must_use]
pub const fn advise(goal: Goal, reach: Reach) -> Advice {
    let (measure, template) = match (goal, reach) {
        (Goal::Relation, Reach::Mail) => ("nps", "kto-relatie"),
        (Goal::Relation, Reach::OnSite) => ("nps", "kto-kort"),
        (Goal::Relation, Reach::Website | Reach::Sms) => ("nps", "nps-waarom"),
        (Goal::Contact, Reach::Mail) => ("csat", "csat-contact"),
        (Goal::Contact, Reach::OnSite) => ("csat", "kiosk-smiley"),
        (Goal::Contact | Goal::Product, Reach::Website | Reach::Sms) => ("csat", "sms-kort"),
        (Goal::Effort, Reach::Mail) => ("ces", "ces-zelf-regelen"),
        (Goal::Effort, Reach::OnSite) => ("ces", "gemeentebalie"),
        (Goal::Effort, Reach::Website | Reach::Sms) => ("ces", "ces-kort"),
        (Goal::Product, Reach::Mail) => ("csat", "product"),
        (Goal::Product, Reach::OnSite) => ("csat", "winkelbezoek"),
        (Goal::Start, _) => ("csat", "onboarding"),
        (Goal::Leaving, _) => ("csat", "opzegging"),
    };
    Advice { measure, template }
}

#[cfg(test)]
mod tests {
    use peil_domain::survey::review::Channel;

    use super::*;

    #[test]
    fn every_goal_has_advice_that_asks_the_measure_it_names() {
        for goal in Goal::ALL {
            assert_eq!(Goal::of(goal.code()), Some(goal));
            for reach in Reach::ALL {
                assert_eq!(Reach::of(reach.code()), Some(reach));
                let advice = advise(goal, reach);
                let template = advice.find_template().unwrap();
                assert!(
                    template.measures().contains(&advice.measure),
                    "{goal:?} {reach:?}"
                );
            }
        }
        assert_eq!(Goal::of("money"), None);
    }

    #[test]
    fn text_messages_and_windows_ask_two_questions_at_most_unless_someone_starts_or_leaves() {
        for goal in [Goal::Relation, Goal::Contact, Goal::Effort, Goal::Product] {
            for reach in [Reach::Website, Reach::Sms] {
                let template = advise(goal, reach).find_template().unwrap();
                let asked = template.definition.questions().count();
                assert!(asked <= Channel::Sms.most_questions(), "{goal:?}");
            }
        }
    }
}
