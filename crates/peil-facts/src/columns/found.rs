//! Numbers by cell: a table where there are few enough cells for it, else a map.

use foldhash::{HashMap, HashMapExt};

/// Most cells that have a place in a table.
const MOST_IN_TABLE: u128 = if cfg!(test) { 8 } else { 1 << 22 };

/// Numbers by cell.
#[derive(Debug)]
pub(super) enum Found {
    Table(Vec<u32>),
    Map(HashMap<u128, u64>),
}

impl Default for Found {
    fn default() -> Self {
        Self::Map(HashMap::new())
    }
}

impl Found {
    /// Nothing yet in any of so many cells.
    pub(super) fn new(cells: u128) -> Self {
        match usize::try_from(cells) {
            Ok(size) if cells <= MOST_IN_TABLE => Self::Table(vec![0; size]),
            _ => Self::default(),
        }
    }

    pub(super) fn add(&mut self, cell: u128, number: u64) {
        match self {
            Self::Table(table) => {
                let place = usize::try_from(cell).unwrap_or(usize::MAX);
                if let Some(known) = table.get_mut(place) {
                    *known += u32::try_from(number).unwrap_or(u32::MAX);
                }
            }
            Self::Map(map) => *map.entry(cell).or_default() += number,
        }
    }

    pub(super) fn at(&self, cell: u128) -> u64 {
        match self {
            Self::Table(table) => {
                let place = usize::try_from(cell).unwrap_or(usize::MAX);
                table.get(place).copied().map_or(0, u64::from)
            }
            Self::Map(map) => map.get(&cell).copied().unwrap_or_default(),
        }
    }
}
