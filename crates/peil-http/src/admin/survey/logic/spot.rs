//! The places of a questionnaire that have logic, as they stand in addresses.

use std::{fmt, str::FromStr};

use peil_domain::{
    shared::QuestionKey,
    survey::{
        Choice, Definition, Expression, Formula, Mistake, Place, Problem, QuestionKind, problems,
    },
};

use super::subjects::asked_before;

/// A place with logic of its own. Numbers are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// When a question is asked.
    Question(QuestionKey),
    /// When an option is offered.
    Option(QuestionKey, usize),
    /// When a page is shown.
    Page(usize),
    /// A jump behind a page; a new one without a number.
    Jump(usize, Option<usize>),
    /// A quota; a new one without a key.
    Quota(Option<QuestionKey>),
    /// A calculated value; a new one without a key.
    Value(Option<QuestionKey>),
    /// An ending; a new one without a number.
    Ending(Option<usize>),
    /// Time-out and progress.
    Pace,
}

/// What stands in an address instead of the number or key of something new.
const NEW: &str = "new";

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn or_new<T: fmt::Display>(part: Option<&T>) -> String {
            part.map_or_else(|| NEW.to_owned(), ToString::to_string)
        }
        match self {
            Self::Question(key) => write!(f, "question.{key}"),
            Self::Option(key, number) => write!(f, "option.{key}.{number}"),
            Self::Page(page) => write!(f, "page.{page}"),
            Self::Jump(page, number) => write!(f, "jump.{page}.{}", or_new(number.as_ref())),
            Self::Quota(key) => write!(f, "quota.{}", or_new(key.as_ref())),
            Self::Value(key) => write!(f, "value.{}", or_new(key.as_ref())),
            Self::Ending(number) => write!(f, "ending.{}", or_new(number.as_ref())),
            Self::Pace => f.write_str("pace"),
        }
    }
}

/// A text that names no place with logic.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoSpot;

impl FromStr for Spot {
    type Err = NoSpot;
    fn from_str(text: &str) -> Result<Self, NoSpot> {
        fn or_new<T: FromStr>(part: &str) -> Result<Option<T>, NoSpot> {
            if part == NEW {
                Ok(None)
            } else {
                part.parse().map(Some).map_err(|_| NoSpot)
            }
        }
        fn read<T: FromStr>(part: &str) -> Result<T, NoSpot> {
            part.parse().map_err(|_| NoSpot)
        }
        let parts: Vec<&str> = text.split('.').collect();
        Ok(match parts.as_slice() {
            ["question", key] => Self::Question(read(key)?),
            ["option", key, number] => Self::Option(read(key)?, read(number)?),
            ["page", number] => Self::Page(read(number)?),
            ["jump", page, number] => Self::Jump(read(page)?, or_new(number)?),
            // The word for something new is a key as well; a quota of that name is called otherwise.
            ["quota", key] => Self::Quota(or_new(key)?),
            ["value", key] => Self::Value(or_new(key)?),
            ["ending", number] => Self::Ending(or_new(number)?),
            ["pace"] => Self::Pace,
            _ => return Err(NoSpot),
        })
    }
}

impl Spot {
    /// Whether it is in the questionnaire, or can be put there.
    pub(super) fn is_in(&self, draft: &Definition) -> bool {
        let has_page = |page: usize| (1..=draft.pages.len()).contains(&page);
        match self {
            Self::Question(key) => draft.question(key).is_some(),
            Self::Option(key, number) => option(draft, key, *number).is_some(),
            Self::Page(page) | Self::Jump(page, None) => has_page(*page),
            Self::Jump(page, Some(number)) => {
                has_page(*page) && {
                    let page = draft.pages.get(page - 1);
                    page.is_some_and(|page| (1..=page.jumps.len()).contains(number))
                }
            }
            Self::Quota(Some(key)) => draft.quotas.iter().any(|quota| quota.key == *key),
            Self::Value(Some(key)) => draft.calculations.iter().any(|value| value.key == *key),
            Self::Ending(Some(number)) => (1..=draft.endings.len()).contains(number),
            Self::Quota(None) | Self::Value(None) | Self::Ending(None) | Self::Pace => true,
        }
    }

    /// How many questions were asked when the condition is looked at.
    pub(super) fn asked(&self, draft: &Definition) -> usize {
        match self {
            Self::Question(key) | Self::Option(key, _) => draft
                .place_of(key)
                .map_or(0, |(page, place)| asked_before(draft, page, place)),
            Self::Page(page) => asked_before(draft, page.saturating_sub(1), 0),
            Self::Jump(page, _) => asked_before(draft, *page, 0),
            _ => draft.questions().count(),
        }
    }

    /// The condition, when there is one.
    pub(super) fn condition<'a>(&self, draft: &'a Definition) -> Option<&'a Expression> {
        let formula = match self {
            Self::Question(key) => draft.question(key)?.show_if.as_ref(),
            Self::Option(key, number) => option(draft, key, *number)?.show_if.as_ref(),
            Self::Page(page) => draft.pages.get(page.checked_sub(1)?)?.show_if.as_ref(),
            Self::Jump(page, number) => {
                let page = draft.pages.get(page.checked_sub(1)?)?;
                let number = (*number)?.checked_sub(1)?;
                page.jumps.get(number).map(|jump| &jump.when)
            }
            Self::Quota(key) => {
                let key = key.as_ref()?;
                let quota = draft.quotas.iter().find(|quota| quota.key == *key)?;
                quota.when.as_ref()
            }
            Self::Ending(number) => {
                let ending = draft.endings.get((*number)?.checked_sub(1)?)?;
                Some(&ending.when)
            }
            Self::Value(_) | Self::Pace => None,
        };
        formula.map(Formula::expression)
    }

    /// Whether it means nothing without a condition.
    pub(super) const fn needs_condition(&self) -> bool {
        matches!(self, Self::Jump(..) | Self::Ending(_))
    }

    /// Whether it has a condition at all.
    pub(super) const fn has_condition(&self) -> bool {
        !matches!(self, Self::Value(_) | Self::Pace)
    }

    /// Whether it is still to be made.
    pub(super) const fn is_new(&self) -> bool {
        matches!(
            self,
            Self::Jump(_, None) | Self::Quota(None) | Self::Value(None) | Self::Ending(None)
        )
    }

    /// Whether it can be taken away as a whole.
    pub(super) const fn can_be_removed(&self) -> bool {
        matches!(
            self,
            Self::Jump(_, Some(_))
                | Self::Quota(Some(_))
                | Self::Value(Some(_))
                | Self::Ending(Some(_))
        )
    }

    /// Whether a problem is about what is written here.
    pub(super) fn owns(&self, draft: &Definition, problem: &Problem) -> bool {
        let is_logic = matches!(
            problem,
            Problem::Formula { .. }
                | Problem::LaterQuestion { .. }
                | Problem::Unreachable { .. }
                | Problem::CalculationCycle { .. }
                | Problem::JumpBack { .. }
                | Problem::JumpNowhere { .. }
        );
        let is_mine = match (self, problem.place()) {
            (Self::Question(ours), Place::Question(theirs)) => is_logic && *ours == theirs,
            (Self::Option(ours, number), Place::Option(theirs, place)) => {
                is_logic && *ours == theirs && *number == place
            }
            (Self::Page(ours) | Self::Jump(ours, _), Place::Page(theirs)) => {
                is_logic && *ours == theirs
            }
            (Self::Quota(Some(ours)), Place::Quota(theirs))
            | (Self::Value(Some(ours)), Place::Calculation(theirs)) => *ours == theirs,
            (Self::Ending(Some(ours)), Place::Ending(theirs)) => *ours == theirs,
            _ => false,
        };
        is_mine && self.is_cause(draft, problem)
    }

    /// A page and its jumps share their place: whether the problem goes when this condition goes.
    fn is_cause(&self, draft: &Definition, problem: &Problem) -> bool {
        let mut without = draft.clone();
        let page_of = |page: usize| page.checked_sub(1);
        let taken = match self {
            Self::Page(_) if matches!(problem, Problem::Unreachable { .. }) => return true,
            Self::Page(page) => page_of(*page)
                .and_then(|page| without.pages.get_mut(page))
                .map(|page| page.show_if = None),
            Self::Jump(page, Some(number)) => page_of(*page)
                .and_then(|page| without.pages.get_mut(page))
                .filter(|page| (1..=page.jumps.len()).contains(number))
                .map(|page| drop(page.jumps.remove(number - 1))),
            Self::Jump(_, None) => None,
            _ => return true,
        };
        let names_it = match problem {
            Problem::Formula {
                mistake: Mistake::UnknownName(name),
                ..
            } => {
                let condition = self.condition(draft);
                condition.is_some_and(|condition| condition.references().contains(&name))
            }
            _ => true,
        };
        taken.is_some() && names_it && !problems(&without).contains(problem)
    }
}

fn option<'a>(draft: &'a Definition, key: &QuestionKey, number: usize) -> Option<&'a Choice> {
    match &draft.question(key)?.kind {
        QuestionKind::Choice { options, .. } => options.get(number.checked_sub(1)?),
        _ => None,
    }
}

/// The place of something that is wrong, when it is a place with logic.
pub(in crate::admin::survey) fn address_of(problem: &Problem) -> Option<String> {
    let is_condition = matches!(
        problem,
        Problem::Formula { .. } | Problem::LaterQuestion { .. } | Problem::Unreachable { .. }
    );
    let spot = match problem.place() {
        Place::Calculation(key) => Spot::Value(Some(key)),
        Place::Quota(key) => Spot::Quota(Some(key)),
        Place::Ending(number) => Spot::Ending(Some(number)),
        Place::Question(key) if is_condition => Spot::Question(key),
        Place::Option(key, number) if is_condition => Spot::Option(key, number),
        _ => return None,
    };
    Some(format!("logic/{spot}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_places_and_back() {
        for text in [
            "question.nps",
            "option.gebruikt.2",
            "page.1",
            "jump.1.new",
            "jump.2.1",
            "quota.new",
            "quota.vol",
            "value.totaal",
            "ending.1",
            "ending.new",
            "pace",
        ] {
            assert_eq!(text.parse::<Spot>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "page",
            "page.x",
            "page.-1",
            "question.A b",
            "x.y",
            "jump.1",
        ] {
            assert_eq!(text.parse::<Spot>(), Err(NoSpot), "{text}");
        }
    }

    #[test]
    fn a_problem_of_a_jump_is_told_at_the_jump_and_not_at_its_page() {
        let draft: Definition = serde_json::from_str(
            r#"{"languages":["nl"],"title":{"nl":"T"},"pages":[
            {"questions":[{"key":"nps","text":{"nl":"?"},"kind":"nps"}],
             "jumps":[{"when":"nps > 8","to":"end"},{"when":"nps > 20","to":"end"}]},
            {"questions":[{"key":"cijfer","text":{"nl":"?"},"kind":"mark"}]}]}"#,
        )
        .unwrap();
        let found = problems(&draft);
        assert_eq!(found.len(), 1);
        let owners: Vec<String> = [
            Spot::Page(1),
            Spot::Jump(1, Some(1)),
            Spot::Jump(1, Some(2)),
        ]
        .iter()
        .filter(|spot| spot.owns(&draft, &found[0]))
        .map(ToString::to_string)
        .collect();
        assert_eq!(owners, ["jump.1.2"]);
    }
}
