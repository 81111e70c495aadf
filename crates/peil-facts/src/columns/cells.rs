//! From what was counted by place to the cells of an answer, in their order.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    column::Text,
    distinct::Distinct,
    plan::Plan,
    shape::{Counts, Shape},
};
use crate::{Cell, Tally};

/// Turns places into cells.
pub(super) struct Assembly<'a> {
    plan: &'a Plan,
    shape: &'a Shape,
    people: Distinct,
    accounts: Distinct,
    is_weighted: bool,
    cells: Vec<Cell>,
    /// Question, group and period of the last cell.
    last: Option<(usize, u128, usize)>,
}

impl<'a> Assembly<'a> {
    pub(super) const fn new(
        plan: &'a Plan,
        shape: &'a Shape,
        is_weighted: bool,
        people: Distinct,
        accounts: Distinct,
    ) -> Self {
        Self {
            plan,
            shape,
            people,
            accounts,
            is_weighted,
            cells: Vec::new(),
            last: None,
        }
    }

    /// All cells in which something was counted.
    pub(super) fn assemble(mut self, counts: &Counts) -> Vec<Cell> {
        let mut slots: Vec<usize> = (0..self.plan.slots.len()).collect();
        slots.sort_unstable_by_key(|slot| self.plan.slots.get(*slot));
        match counts {
            Counts::Dense(counts) => self.sweep(&slots, counts, |n| {
                (*n > 0).then(|| Tally::plain(u64::from(*n)))
            }),
            Counts::Weighted(counts) => {
                self.sweep(&slots, counts, |tally| (tally.n > 0).then_some(*tally));
            }
            Counts::Sparse(counts) => self.sort(&slots, counts),
        }
        if !self.is_weighted {
            for cell in &mut self.cells {
                cell.answers = Tally::plain(cell.answers.n);
            }
        }
        for cell in &mut self.cells {
            cell.scores.sort_unstable_by_key(|(score, _)| *score);
            cell.scores.dedup_by(|next, kept| {
                let is_same = next.0 == kept.0;
                if is_same {
                    kept.1 += next.1;
                }
                is_same
            });
        }
        self.cells
    }

    /// Walks through a table in the order of the cells.
    fn sweep<T>(&mut self, slots: &[usize], counts: &[T], tally: impl Fn(&T) -> Option<Tally>) {
        let small = |number: u128| usize::try_from(number).unwrap_or_default();
        let (periods, values) = (small(self.shape.periods), small(self.shape.values));
        let groups = small(self.shape.groups);
        let order = self.groups_in_order();
        for slot in slots {
            for group in &order {
                for period in 0..periods {
                    let first = (slot * periods + period) * values * groups + group;
                    let places = counts
                        .iter()
                        .skip(first)
                        .step_by(groups.max(1))
                        .take(values);
                    for (value, count) in places.enumerate() {
                        if let Some(tally) = tally(count) {
                            self.put(*slot, *group as u128, period, value, tally);
                        }
                    }
                }
            }
        }
    }

    /// Puts what is in a map into the order of the cells.
    fn sort(&mut self, slots: &[usize], counts: &std::collections::HashMap<u128, Tally>) {
        let ranks = self.ranks();
        let mut slot_ranks = vec![0; slots.len()];
        for (rank, slot) in slots.iter().enumerate() {
            if let Some(place) = slot_ranks.get_mut(*slot) {
                *place = rank;
            }
        }
        let small = |number: u128| usize::try_from(number).unwrap_or_default();
        let mut found: Vec<_> = counts
            .iter()
            .map(|(place, tally)| {
                let (rest, group) = (place / self.shape.groups, place % self.shape.groups);
                let (rest, value) = (rest / self.shape.values, rest % self.shape.values);
                let slot = small(rest / self.shape.periods);
                let period = small(rest % self.shape.periods);
                let slot_rank = slot_ranks.get(slot).copied().unwrap_or_default();
                let rank: Vec<usize> = self
                    .places(group)
                    .zip(&ranks)
                    .map(|(place, ranks)| ranks.get(place).copied().unwrap_or_default())
                    .collect();
                (
                    (slot_rank, rank, period, small(value)),
                    (slot, group, *tally),
                )
            })
            .collect();
        found.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        for ((_, _, period, value), (slot, group, tally)) in found {
            self.put(slot, group, period, value, tally);
        }
    }

    /// The place of the value of each dimension in a group.
    fn places(&self, group: u128) -> impl Iterator<Item = usize> {
        let dimensions = self.plan.texts.iter().zip(&self.shape.strides);
        dimensions.map(move |(texts, stride)| {
            let place = group / stride % (texts.len() as u128).max(1);
            usize::try_from(place).unwrap_or_default()
        })
    }

    /// For each dimension the place of each of its values in their order.
    fn ranks(&self) -> Vec<Vec<usize>> {
        let ranks = |texts: &Vec<Text>| {
            let mut ranks = vec![0; texts.len()];
            for (rank, place) in in_order(texts).into_iter().enumerate() {
                if let Some(slot) = ranks.get_mut(place) {
                    *slot = rank;
                }
            }
            ranks
        };
        self.plan.texts.iter().map(ranks).collect()
    }

    /// All groups in the order of their values.
    fn groups_in_order(&self) -> Vec<usize> {
        let mut groups = vec![0_usize];
        for (texts, stride) in self.plan.texts.iter().zip(&self.shape.strides) {
            let stride = usize::try_from(*stride).unwrap_or_default();
            let order = in_order(texts);
            groups = groups
                .into_iter()
                .flat_map(|group| order.iter().map(move |place| group + place * stride))
                .collect();
        }
        groups
    }

    /// Puts what was counted for one value into its cell.
    fn put(&mut self, slot: usize, group: u128, period: usize, value: usize, tally: Tally) {
        let key = (slot, group, period);
        if self.last != Some(key) {
            self.last = Some(key);
            let cell = self.new_cell(slot, group, period);
            self.cells.push(cell);
        }
        let Some(cell) = self.cells.last_mut() else {
            return;
        };
        cell.answers += tally;
        let Some(value) = self.plan.values.get(value) else {
            return;
        };
        if let Some(score) = value.score {
            cell.scores.push((score, tally));
        }
        for option in value.options.iter().flatten() {
            *cell.options.entry(Arc::clone(option)).or_default() += tally;
        }
        for mention in &value.mentions {
            *cell.mentions.entry(mention.clone()).or_default() += tally;
        }
    }

    fn new_cell(&self, slot: usize, group: u128, period: usize) -> Cell {
        let texts = self.plan.texts.iter().zip(self.places(group));
        let starts = self.plan.periods.as_ref().map(|periods| &periods.starts);
        let place =
            (slot as u128 * self.shape.periods + period as u128) * self.shape.groups + group;
        Cell {
            question: self.plan.slots.get(slot).cloned().flatten(),
            groups: texts
                .map(|(texts, place)| texts.get(place).cloned().flatten())
                .collect(),
            start: starts.and_then(|starts| starts.get(period)).copied(),
            answers: Tally::default(),
            scores: Vec::with_capacity(if self.plan.values.len() > 1 { 11 } else { 0 }),
            options: BTreeMap::new(),
            mentions: BTreeMap::new(),
            people: self.people.at(place),
            accounts: self.accounts.at(place),
        }
    }
}

/// The places of values in the order of the values.
fn in_order(texts: &[Text]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..texts.len()).collect();
    places.sort_unstable_by_key(|place| texts.get(*place));
    places
}
