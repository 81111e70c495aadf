//! What a guard opens, on tables that are small enough to check by hand.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;

fn day(month: i8, day: i8) -> LocalDay {
    LocalDay::from_date(date(2026, month, day))
}

fn region() -> Dimension {
    Dimension::Segment("regio".parse().unwrap())
}

/// A guard of people who answered on these days, each with a region.
fn guard(people: &[(&str, LocalDay, u64)]) -> Guard {
    let cells = |start: &dyn Fn(LocalDay) -> Option<LocalDay>| {
        let mut cells: BTreeMap<(Vec<_>, Option<LocalDay>), u64> = BTreeMap::new();
        for (name, day, people) in people {
            let key = (vec![Some(Arc::from(*name))], start(*day));
            *cells.entry(key).or_default() += people;
        }
        cells
            .into_iter()
            .map(|((values, start), people)| PeopleCell {
                values,
                start,
                people,
            })
            .collect::<Vec<_>>()
    };
    let week = |day| Some(Period::Week.start(day).max(Period::Month.start(day)));
    let steps = vec![
        (Period::Month, cells(&|day| Some(Period::Month.start(day)))),
        (Period::Week, cells(&week)),
    ];
    let everyone = cells(&|_| None);
    Guard::new(vec![region()], &Counts { everyone, steps }, 5).unwrap()
}

fn only(names: &[&str]) -> Vec<(Dimension, Vec<String>)> {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    vec![(region(), names)]
}

#[test]
fn a_union_that_holds_a_small_group_is_as_closed_as_the_group() {
    let may = day(5, 6);
    let guard = guard(&[
        ("Noord", may, 40),
        ("Oost", may, 20),
        ("West", may, 3),
        ("Zuid", may, 6),
    ]);
    let opens = |names: &[&str]| guard.opens(&only(names), None, None);
    assert!(opens(&["Noord"]) && opens(&["Oost"]) && opens(&["Noord", "Oost"]));
    assert!(!opens(&["West"]) && !opens(&["Noord", "West"]));
    assert!(!opens(&["Zuid"]), "everyone less the others would be West");
    assert!(!opens(&["Noord", "Oost", "Zuid"]), "its complement is West");
    assert!(opens(&["Nergens"]), "nobody is there");
}

#[test]
fn a_day_more_or_less_makes_no_difference() {
    let people: Vec<(&str, LocalDay, u64)> = (1..=28)
        .map(|number| ("Noord", day(9, number), 2))
        .collect();
    let guard = guard(&people);
    let until = |last: i8| guard.widen(&[], Some(day(9, 1)), Some(day(9, last)));
    // The first of September was a Tuesday: its week ends on the 6th.
    assert_eq!(until(2), until(6));
    assert_eq!(until(6), Some((Some(day(9, 1)), Some(day(9, 6)))));
    assert_eq!(until(7), until(13));
    assert!(!guard.opens(&[], Some(day(9, 3)), None));
    assert!(guard.opens(&[], Some(day(9, 7)), None));
}

#[test]
fn a_week_of_few_people_is_told_with_the_one_beside_it() {
    let guard = guard(&[
        ("Noord", day(9, 1), 9),
        ("Noord", day(9, 8), 2),
        ("Noord", day(9, 15), 8),
        ("Noord", day(9, 22), 30),
    ]);
    let widened = guard.widen(&[], Some(day(9, 7)), Some(day(9, 13)));
    assert_eq!(widened, Some((Some(day(9, 7)), Some(day(9, 20)))));
    assert!(!guard.opens(&[], Some(day(9, 14)), Some(day(9, 20))));
    assert!(guard.opens(&[], Some(day(9, 1)), Some(day(9, 6))));
}

#[test]
fn weeks_and_months_never_add_up_to_the_days_between_them() {
    // The week from 28 September to 4 October is cut: 3 people before, 3 after the first.
    let guard = guard(&[
        ("Noord", day(9, 22), 20),
        ("Noord", day(9, 29), 3),
        ("Noord", day(10, 2), 3),
        ("Noord", day(10, 6), 20),
    ]);
    assert!(guard.opens(&[], Some(day(9, 1)), Some(day(9, 30))));
    assert!(
        !guard.opens(&[], Some(day(9, 21)), Some(day(9, 27))),
        "September less this is 3"
    );
    assert!(!guard.opens(&[], Some(day(9, 28)), Some(day(10, 4))));
}

#[test]
fn a_small_region_may_be_told_by_quarter_though_not_by_month() {
    let mut people = Vec::new();
    for month in 1..=12 {
        people.extend(
            [("Noord", 90), ("Oost", 60), ("West", 40)].map(|(name, n)| (name, day(month, 10), n)),
        );
        people.push(("Zuid", day(month, 10), 4));
    }
    let guard = guard(&people);
    let zuid = only(&["Zuid"]);
    assert!(guard.opens(&zuid, None, None));
    assert!(guard.tells(&zuid, Period::Quarter) && !guard.tells(&zuid, Period::Month));
    let widened = guard.widen(&zuid, Some(day(5, 3)), Some(day(5, 9)));
    assert_eq!(widened, Some((Some(day(4, 1)), Some(day(6, 30)))));
    assert!(guard.opens(&only(&["Noord"]), Some(day(5, 1)), Some(day(5, 31))));
    assert!(
        !guard.opens(&only(&["West"]), Some(day(5, 1)), Some(day(5, 31))),
        "May less Noord and Oost less West would be Zuid"
    );
}

#[test]
fn four_people_are_never_told_whatever_is_asked() {
    let guard = guard(&[("Noord", day(5, 1), 2), ("Zuid", day(6, 1), 2)]);
    assert!(!guard.opens(&[], None, None));
    assert_eq!(guard.widen(&[], Some(day(1, 1)), None), None);
    assert_eq!(guard.widen(&only(&["Noord"]), None, None), None);
}
