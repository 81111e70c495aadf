//! From everyone in the segment to everyone who gets the mail, with those who do not and why.

use jiff::tz::TimeZone;
use peil_app::outreach::{HeldGroup, WavePlan};

use crate::edge::text::Text;

/// One step from selected to asked.
pub(super) struct Step {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) bar_class: &'static str,
    pub(super) width: String,
    pub(super) is_held: bool,
    pub(super) why: Vec<Why>,
}

/// People held back for one reason.
pub(super) struct Why {
    pub(super) words: String,
    pub(super) count: String,
    pub(super) people: Vec<(String, String, String)>,
    pub(super) more: Option<String>,
}

/// From everyone in the segment to everyone who gets the mail.
pub(super) fn funnel(plan: &WavePlan, is_draft: bool, zone: &TimeZone, t: Text) -> Vec<Step> {
    let width = |count: u64| {
        let thousandths = count.saturating_mul(1_000) / plan.selected.max(1);
        format!("{}.{}", thousandths / 10, thousandths % 10)
    };
    let step = |count: u64, key: &str, bar_class| Step {
        number: t.count(count),
        name: t.s(key),
        bar_class,
        width: width(count),
        is_held: false,
        why: Vec::new(),
    };
    let mut steps = vec![step(plan.selected, "outreach-selected", "c-muted")];
    let kinds = [
        (false, "outreach-held-never", "c-low"),
        (true, "outreach-held-later", "c-mid"),
    ];
    for (is_for_now, key, class) in kinds {
        let groups: Vec<&HeldGroup> = plan
            .held
            .iter()
            .filter(|group| group.reason.is_for_now() == is_for_now)
            .collect();
        let count: u64 = groups.iter().map(|group| group.count).sum();
        if count > 0 {
            let why = groups.iter().map(|group| why(group, zone, t)).collect();
            let number = format!("−{}", t.count(count));
            steps.push(Step {
                number,
                is_held: true,
                why,
                ..step(count, key, class)
            });
        }
    }
    let last = if is_draft {
        "outreach-allowed"
    } else {
        "outreach-invited"
    };
    steps.push(step(plan.allowed, last, "c-accent"));
    steps
}

fn why(group: &HeldGroup, zone: &TimeZone, t: Text) -> Why {
    let words = t.s(&format!(
        "outreach-held-{}",
        group.reason.code().replace('_', "-")
    ));
    let until = match (group.first_until, group.last_until) {
        (Some(first), Some(last)) if t.day(first, zone) == t.day(last, zone) => {
            Some(t.a("outreach-until", &[("day", t.day(last, zone).into())]))
        }
        (Some(first), Some(last)) => Some(t.a(
            "outreach-until-between",
            &[
                ("first", t.day(first, zone).into()),
                ("last", t.day(last, zone).into()),
            ],
        )),
        _ => None,
    };
    let people = group.people.iter().map(|person| {
        let until = person.until.map(|at| t.day(at, zone)).unwrap_or_default();
        (person.id.to_string(), person.name.clone(), until)
    });
    let named = u64::try_from(group.people.len()).unwrap_or(0);
    let others = group.count.saturating_sub(named);
    Why {
        words: until.map_or(words.clone(), |until| format!("{words}; {until}")),
        count: t.count(group.count),
        people: people.collect(),
        more: (others > 0).then(|| t.a("outreach-and-more", &[("n", t.count(others).into())])),
    }
}
