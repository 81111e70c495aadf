//! Rows of a shelf that were taken back since it was made.

/// Dead rows of a shelf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dead {
    rows: Vec<u32>,
    /// For every row of the shelf 1 when it lives, else 0.
    pub(super) alive: Vec<u8>,
    /// Number of answers that died with them.
    pub(super) answers: u64,
}

impl Dead {
    /// None of so many rows is dead.
    pub(super) fn none(rows: usize) -> Self {
        Self {
            rows: Vec::new(),
            alive: vec![1; rows],
            answers: 0,
        }
    }

    /// These rows of so many are dead; nothing when none is.
    pub(super) fn listed(rows: usize, dead: &[u32], answers: u64) -> Option<Self> {
        let mut all = Self::none(rows);
        for row in dead {
            all.kill(*row, 0);
        }
        all.answers = answers;
        (!dead.is_empty()).then_some(all)
    }

    /// Adds a row with its number of answers.
    pub(super) fn kill(&mut self, row: u32, answers: u64) {
        if let Some(alive) = self.alive.get_mut(row as usize)
            && *alive == 1
        {
            *alive = 0;
            self.rows.push(row);
            self.answers += answers;
        }
    }

    pub(super) fn contains(&self, row: u32) -> bool {
        self.alive.get(row as usize) == Some(&0)
    }

    /// The dead rows.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }
}
