//! When the answer to one question is a part of the answer to another one.
//!
//! A table by region and month holds the table by month of one region, and that of some regions since some
//! month: the same cells, with the same answers and the same people in each. Other figures do not follow
//! from one another: different people cannot be added up.

use peil_domain::shared::LocalDay;
use peil_facts::{Cell, CountQuery, Filter, Scope, Subject, Test};

/// How to find the cells of one question among those of another one.
pub(super) struct Part<'a> {
    /// What must hold for the values of the whole: the place of each, and the condition.
    conditions: Vec<(usize, &'a Test)>,
    /// The first day, when the whole begins earlier.
    from: Option<LocalDay>,
    /// The places of the values by which is counted apart.
    places: Vec<usize>,
    /// Whether cells hold everything that is asked; else only the people in them.
    pub(super) is_all_told: bool,
    with_people: bool,
}

impl<'a> Part<'a> {
    /// Whether the cells of `asked` are among those of `whole`, and how to find them.
    pub(super) fn of(whole: &CountQuery, asked: &'a CountQuery) -> Option<Self> {
        let is_all_told = whole.subject == asked.subject;
        let has_all_people = whole.with_people || !asked.with_people;
        let are_told = if is_all_told {
            has_all_people && whole.is_weighted == asked.is_weighted
        } else {
            let is_plain = !whole.is_weighted && !asked.is_weighted;
            let are_asked = whole.with_people && asked.with_people;
            is_plain && are_asked && tells_people_of(&whole.subject, &asked.subject)
        };
        let has_accounts = whole.with_accounts || asked.with_accounts;
        let is_alike = whole.step == asked.step && are_of_the_same(&whole.scope, &asked.scope);
        if !are_told || has_accounts || !is_alike {
            return None;
        }
        let from = asked
            .scope
            .from
            .filter(|_| asked.scope.from != whole.scope.from);
        if asked.scope.from != whole.scope.from {
            let first = from?;
            let is_begin = asked.step.is_some_and(|step| step.start(first) == first);
            if !is_begin || whole.scope.from.is_some_and(|from| from > first) {
                return None;
            }
        }
        let mut conditions = Vec::new();
        for filter in more_than(&whole.scope.filters, &asked.scope.filters)? {
            if filter.dimension.is_of_mentions() {
                return None;
            }
            let mut group = whole.group.iter();
            let place = group.position(|dimension| *dimension == filter.dimension)?;
            conditions.push((place, &filter.test));
        }
        let place_of = |dimension| whole.group.iter().position(|known| known == dimension);
        let places: Option<Vec<usize>> = asked.group.iter().map(place_of).collect();
        let places = places?;
        // Cells of anything else would have to be added up.
        let mut all = 0..whole.group.len();
        let is_told = |place| places.contains(&place) || is_one_value(&conditions, place);
        all.all(is_told).then_some(Self {
            conditions,
            from,
            places,
            is_all_told,
            with_people: asked.with_people,
        })
    }

    /// The cells that are asked, in their order.
    pub(super) fn cells(&self, whole: &[Cell]) -> Vec<Cell> {
        let is_asked = |cell: &&Cell| {
            let is_late = self.from.is_none_or(|from| cell.start >= Some(from));
            let mut all = self.conditions.iter();
            is_late
                && all.all(|(place, test)| {
                    let value = cell.groups.get(*place);
                    value.is_some_and(|value| test.holds(value.as_deref()))
                })
        };
        let is_same = self.places.iter().copied().eq(0..self.places.len());
        let found = whole.iter().filter(is_asked).cloned();
        let mut found: Vec<Cell> = found
            .map(|mut cell| {
                if !is_same || self.places.len() < cell.groups.len() {
                    let groups = self.places.iter();
                    let groups = groups.filter_map(|place| cell.groups.get(*place).cloned());
                    cell.groups = groups.collect();
                }
                if !self.with_people {
                    cell.people = 0;
                }
                cell
            })
            .collect();
        if !self.places.is_sorted() {
            found.sort_by(|one, other| (&one.groups, one.start).cmp(&(&other.groups, other.start)));
        }
        found
    }
}

/// Whether the people in the cells of one subject are those in the cells of the other.
fn tells_people_of(whole: &Subject, asked: &Subject) -> bool {
    match (whole, asked) {
        (Subject::Whether(key, given), Subject::Question(other, other_given)) => {
            key == other && given == other_given
        }
        _ => false,
    }
}

/// Whether both are about the same submissions, but for filters and the first day.
fn are_of_the_same(whole: &Scope, asked: &Scope) -> bool {
    let bare = |scope: &Scope| Scope {
        filters: Vec::new(),
        from: None,
        surveys: scope.surveys.clone(),
        ..*scope
    };
    bare(whole) == bare(asked)
}

/// The filters that one question has beside those of the other; nothing when the other has some of its own.
fn more_than<'a>(fewer: &[Filter], more: &'a [Filter]) -> Option<Vec<&'a Filter>> {
    let mut left: Vec<&Filter> = more.iter().collect();
    for filter in fewer {
        let place = left.iter().position(|other| *other == filter)?;
        left.remove(place);
    }
    Some(left)
}

/// Whether only one value at this place meets the conditions.
fn is_one_value(conditions: &[(usize, &Test)], place: usize) -> bool {
    let mut here = conditions.iter().filter(|condition| condition.0 == place);
    here.any(|(_, test)| matches!(test, Test::In(values) if values.len() == 1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use peil_domain::shared::{SurveyId, WorkspaceId};
    use peil_facts::{Dimension, Given, Step};
    use uuid::Uuid;

    use super::*;

    fn only(dimension: Dimension, values: &[&str]) -> Filter {
        let values: BTreeSet<_> = values.iter().map(|v| Some((*v).to_owned())).collect();
        Filter {
            dimension,
            test: Test::In(values),
        }
    }

    fn by(group: &[Dimension], filters: Vec<Filter>) -> CountQuery {
        let surveys = vec![SurveyId(Uuid::nil())];
        let scope = Scope {
            filters,
            ..Scope::all(WorkspaceId(Uuid::nil()), surveys)
        };
        let nps = "nps".parse().unwrap();
        CountQuery {
            group: group.to_vec(),
            step: Some(Step::Month),
            ..CountQuery::new(scope, Subject::Whether(nps, Given::Score))
        }
    }

    #[test]
    fn a_table_holds_that_of_one_value_and_that_of_some_groups_and_no_others() {
        use Dimension::{Channel, Language, Theme};
        let whole = by(&[Channel, Language], Vec::new());
        let is_part = |asked: &CountQuery| Part::of(&whole, asked).is_some();
        let email = only(Channel, &["email"]);
        assert!(is_part(&whole));
        assert!(is_part(&by(&[Language], vec![email.clone()])));
        assert!(is_part(&by(
            &[],
            vec![email.clone(), only(Language, &["nl"])]
        )));
        let two = only(Channel, &["email", "qr"]);
        assert!(is_part(&by(&[Channel, Language], vec![two.clone()])));
        assert!(
            !is_part(&by(&[Language], vec![two])),
            "someone may be in both"
        );
        assert!(!is_part(&by(&[Language], Vec::new())), "and in any");
        assert!(
            is_part(&by(&[Language, Channel], Vec::new())),
            "another order"
        );
        assert!(!is_part(&by(
            &[Channel, Language],
            vec![only(Theme, &["x"])]
        )));
        let narrow = by(&[Channel, Language], vec![only(Language, &["nl"])]);
        assert!(Part::of(&narrow, &whole).is_none(), "less is known");
    }

    #[test]
    fn days_may_begin_later_where_a_period_begins_and_must_end_alike() {
        let whole = by(&[], Vec::new());
        let from = |day: &str| {
            let mut query = by(&[], Vec::new());
            let day: jiff::civil::Date = day.parse().unwrap();
            query.scope.from = Some(LocalDay::from_date(day));
            query
        };
        assert!(Part::of(&whole, &from("2026-03-01")).is_some());
        assert!(Part::of(&whole, &from("2026-03-02")).is_none());
        assert!(Part::of(&from("2026-03-01"), &from("2026-04-01")).is_some());
        assert!(Part::of(&from("2026-04-01"), &from("2026-03-01")).is_none());
        assert!(Part::of(&from("2026-04-01"), &whole).is_none());
        let mut ended = from("2026-03-01");
        ended.scope.until = ended.scope.from;
        assert!(Part::of(&whole, &ended).is_none());
        let mut stepless = from("2026-03-01");
        stepless.step = None;
        assert!(Part::of(&whole, &stepless).is_none());
    }
}
