//! Who was seen in which cell, without a bit for everyone in every cell: the cell in which someone was
//! seen last, and the few who were seen in more than one.

/// What one thread notes of some people, in one round after the other.
pub(super) struct Ledger {
    /// Number of the first cell of the round that is going on, and of the next one; nought is none.
    first: u32,
    next: u32,
    /// For everyone the number of the cell in which they were seen last.
    last: Vec<u32>,
    /// People by cell, and the cells in which there are any.
    counts: Vec<u32>,
    met: Vec<u32>,
    /// Cell and number of those who were seen in more than one cell.
    others: Pairs,
}

impl Ledger {
    /// Room for so many people in so many cells.
    pub(super) fn new(people: usize, cells: usize) -> Self {
        Self {
            first: 1,
            next: 1,
            last: vec![0; people],
            counts: vec![0; cells],
            met: Vec::new(),
            others: Pairs::new(),
        }
    }

    /// Begins a round, in which nobody was seen yet.
    pub(super) fn begin(&mut self) {
        let cells = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        self.first = self.next;
        self.next = self.first.checked_add(cells).unwrap_or_else(|| {
            self.last.fill(0);
            self.first = 1;
            cells.saturating_add(1)
        });
        self.others.clear();
    }

    /// Counts someone with this place and number in a cell, unless they were seen there in this round.
    #[inline]
    pub(super) fn note(&mut self, place: usize, number: usize, cell: u32) {
        let Some(last) = self.last.get_mut(place) else {
            return;
        };
        let here = self.first + cell;
        if *last == here {
            return;
        }
        if *last < self.first {
            *last = here;
        } else if !self.others.add(cell, number) {
            return;
        }
        self.count(cell);
    }

    /// Counts someone who was never seen.
    #[inline]
    pub(super) fn count(&mut self, cell: u32) {
        if let Some(count) = self.counts.get_mut(cell as usize) {
            if *count == 0 {
                self.met.push(cell);
            }
            *count += 1;
        }
    }

    /// The people by cell since this was asked last.
    pub(super) fn take(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let counts = &mut self.counts;
        self.met.drain(..).map(|cell| {
            let count = counts.get_mut(cell as usize);
            (cell, count.map(std::mem::take).unwrap_or_default())
        })
    }
}

/// A set of pairs of a cell and someone: a table with a place for each where its hash says, or the next
/// free one. It is emptied often, and keeps its room.
struct Pairs {
    /// Nought where there is none: nobody has number nought. As many as a power of two.
    slots: Vec<u64>,
    used: Vec<usize>,
}

/// Multiplying by 2^64 divided by the golden ratio spreads what lies close together (Knuth, The Art of
/// Computer Programming, volume 3, section 6.4).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Pairs {
    fn new() -> Self {
        Self {
            slots: vec![0; 1 << 10],
            used: Vec::new(),
        }
    }

    /// Whether the pair was not there yet.
    fn add(&mut self, cell: u32, number: usize) -> bool {
        let pair = u64::from(cell) << 32 | number as u64;
        let is_new = self.put(pair);
        // At most half of the places are taken.
        if is_new && self.used.len() * 2 > self.slots.len() {
            let room = self.slots.len() * 4;
            let before = std::mem::replace(&mut self.slots, vec![0; room]);
            self.used.clear();
            for pair in before.into_iter().filter(|pair| *pair > 0) {
                self.put(pair);
            }
        }
        is_new
    }

    fn put(&mut self, pair: u64) -> bool {
        let places = self.slots.len();
        let spread = pair.wrapping_mul(SPREAD) >> 20;
        let mut place = usize::try_from(spread).unwrap_or_default() & (places - 1);
        while let Some(slot) = self.slots.get_mut(place) {
            if *slot == pair {
                return false;
            }
            if *slot == 0 {
                *slot = pair;
                self.used.push(place);
                return true;
            }
            place = (place + 1) & (places - 1);
        }
        false
    }

    fn clear(&mut self) {
        for place in self.used.drain(..) {
            if let Some(slot) = self.slots.get_mut(place) {
                *slot = 0;
            }
        }
    }
}
