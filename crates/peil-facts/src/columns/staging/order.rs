//! The order of rows in a shelf.

use super::Staging;
use crate::columns::shelf::Stretch;

/// Submissions with one answer lie together by that answer when it has at most so many values.
const FEW_VALUES: usize = 64;

/// Rows of one kind lie together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    /// Question and code of nothing but one answer, when it has few values.
    single: Option<(u32, u32)>,
    /// The first question that was answered otherwise: questionnaires that leave questions out
    /// leave out the same ones together.
    first: Option<u32>,
}

impl Kind {
    /// Whether no answer was looked at yet.
    fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

impl Staging<'_> {
    /// What each row belongs with.
    fn kinds(&self) -> Vec<Kind> {
        let mut kinds = vec![Kind::default(); self.days.len()];
        for (question, staged) in (0..).zip(self.questions.values()) {
            let is_narrow = staged.values.len() <= FEW_VALUES;
            for (row, code) in &staged.given {
                let row = *row as usize;
                let Some(kind) = kinds.get_mut(row).filter(|kind| kind.is_open()) else {
                    continue;
                };
                if is_narrow && self.given.get(row) == Some(&1) {
                    kind.single = Some((question, *code));
                } else {
                    kind.first = Some(question);
                }
            }
        }
        kinds
    }

    /// The rows in the order of the shelf, and its stretches.
    pub(super) fn order(&self) -> (Vec<u32>, Vec<Stretch>) {
        let kinds = self.kinds();
        let belonging = |row: u32| {
            let row = row as usize;
            Some((*self.status.get(row)?, *kinds.get(row)?))
        };
        let key = |row: u32| {
            let moment = (self.days.get(row as usize), self.ids.get(row as usize));
            (belonging(row), moment, row)
        };
        let mut order: Vec<u32> = (0_u32..).take(self.days.len()).collect();
        order.sort_unstable_by(|one, other| key(*one).cmp(&key(*other)));
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut last_kind = Kind::default();
        let found = order.iter().filter_map(|row| belonging(*row));
        for (end, (status, kind)) in (1..).zip(found) {
            match stretches.last_mut() {
                Some(last) if last.status == status && last_kind == kind => last.end = end,
                _ => stretches.push(Stretch {
                    start: end - 1,
                    end,
                    run: 0,
                    status,
                    single: kind.single,
                }),
            }
            last_kind = kind;
        }
        (order, stretches)
    }
}
