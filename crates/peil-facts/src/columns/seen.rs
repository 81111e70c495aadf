//! Who was seen in which cell: bits, or lists where cells and people are too many for that.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{codes::Code, sift::passing};

/// Most bits with which people are marked by a thread; more are listed and sorted.
const MOST_BITS: u128 = 1 << 27;
/// A list is made shorter when it has become as long as this, or twice as long as it was then.
const LIST: usize = 1 << 20;

/// Groups in which those who are not known are counted by place; where there are more, they are looked up.
const MOST_STRANGERS: usize = if cfg!(test) { 3 } else { 1 << 16 };

/// Who was seen in which cell.
pub(super) enum Seen {
    /// So many words of bits for each cell.
    Bits(usize, Vec<u64>),
    /// Cell and number of each, with what the cells stand for when not for themselves.
    List {
        pairs: Vec<u64>,
        due: usize,
        cells: Option<HashMap<u128, u32>>,
    },
}

impl Seen {
    pub(super) fn new(cells: u128, limit: usize) -> Self {
        let words = limit.div_ceil(64);
        match usize::try_from(cells.saturating_mul(words as u128)) {
            Ok(all) if all as u128 * 64 <= MOST_BITS => Self::Bits(words, vec![0; all]),
            _ => Self::List {
                pairs: Vec::new(),
                due: LIST,
                cells: u32::try_from(cells).is_err().then(HashMap::new),
            },
        }
    }

    pub(super) fn note(&mut self, cell: u128, number: u32) {
        match self {
            Self::Bits(words, bits) => {
                let cell = usize::try_from(cell).unwrap_or_default();
                let place = cell * *words + number as usize / 64;
                if let Some(word) = bits.get_mut(place) {
                    *word |= 1 << (number % 64);
                }
            }
            Self::List { pairs, due, cells } => {
                let place = match cells {
                    Some(cells) => {
                        let next = u32::try_from(cells.len()).unwrap_or(u32::MAX);
                        *cells.entry(cell).or_insert(next)
                    }
                    None => u32::try_from(cell).unwrap_or(u32::MAX),
                };
                pairs.push(u64::from(place) << 32 | u64::from(number));
                if pairs.len() >= *due {
                    pairs.sort_unstable();
                    pairs.dedup();
                    *due = LIST.max(pairs.len() * 2);
                }
            }
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        match (self, other) {
            (Self::Bits(_, bits), Self::Bits(_, others)) => {
                for (word, other) in bits.iter_mut().zip(others) {
                    *word |= other;
                }
            }
            (Self::List { pairs, .. }, Self::List { pairs: others, .. }) => pairs.extend(others),
            // Both are made for the same cells.
            _ => {}
        }
    }

    /// How many there are in each cell in which someone was seen.
    pub(super) fn counted(self) -> Vec<(u128, u64)> {
        let mut found: Vec<(u128, u64)> = Vec::new();
        match self {
            Self::Bits(words, bits) => {
                let ones =
                    |cell: &[u64]| cell.iter().map(|word| u64::from(word.count_ones())).sum();
                let cells = bits.chunks(words.max(1)).map(ones);
                found.extend((0..).zip(cells).filter(|(_, number)| *number > 0));
            }
            Self::List {
                mut pairs, cells, ..
            } => {
                pairs.par_sort_unstable();
                pairs.dedup();
                let names: Option<HashMap<u32, u128>> = cells.map(|cells| {
                    cells
                        .into_iter()
                        .map(|(cell, place)| (place, cell))
                        .collect()
                });
                let mut last = None;
                for pair in pairs {
                    let place = u32::try_from(pair >> 32).unwrap_or_default();
                    if last != Some(place) {
                        last = Some(place);
                        let name = names.as_ref().and_then(|names| names.get(&place));
                        found.push((name.copied().unwrap_or(u128::from(place)), 0));
                    }
                    if let Some((_, number)) = found.last_mut() {
                        *number += 1;
                    }
                }
            }
        }
        found
    }
}

/// People who are not known, by group; each of them is someone else.
pub(super) struct Strangers {
    numbers: Vec<u32>,
    /// Groups in which there are any.
    met: Vec<u32>,
}

impl Strangers {
    /// Room for so many groups, unless they are so many that people are listed anyway.
    pub(super) fn of(groups: u128) -> Self {
        let groups = usize::try_from(groups).ok();
        let groups = groups.filter(|groups| *groups <= MOST_STRANGERS);
        Self {
            numbers: vec![0; groups.unwrap_or_default()],
            met: Vec::new(),
        }
    }

    pub(super) fn has(&self, group: u32) -> bool {
        self.numbers.len() > group as usize
    }

    pub(super) fn add(&mut self, group: u32, number: u32) {
        if let Some(known) = self.numbers.get_mut(group as usize) {
            if *known == 0 && number > 0 {
                self.met.push(group);
            }
            *known += number;
        }
    }

    /// Nobody is known who passes.
    pub(super) fn add_all(&mut self, groups: Option<&[u32]>, mask: &[u8]) {
        match groups {
            None => self.add(0, passing(mask)),
            Some(groups) => {
                for (group, passes) in groups.iter().zip(mask) {
                    self.add(*group, u32::from(*passes));
                }
            }
        }
    }

    /// How many there are in each group, after which there are none.
    pub(super) fn take(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let numbers = &mut self.numbers;
        self.met.drain(..).map(|group| {
            let number = numbers.get_mut(group as usize).map(std::mem::take);
            (group, number.unwrap_or_default())
        })
    }
}

/// Sets the bit of everyone who passes, in the cell of their group.
pub(super) fn set<C: Code>(
    (words, bits): (usize, &mut [u64]),
    codes: &[C],
    (groups, mask): (Option<&[u32]>, &[u8]),
    strangers: &mut Strangers,
) {
    let Some(groups) = groups else {
        strangers.add(0, set_bits(bits, codes, mask));
        return;
    };
    for ((code, group), passes) in codes.iter().zip(groups).zip(mask) {
        if *passes == 0 {
            continue;
        }
        let place = code.place();
        if place == 0 {
            strangers.add(*group, 1);
        } else if let Some(word) = bits.get_mut(*group as usize * words + place / 64) {
            *word |= 1 << (place % 64);
        }
    }
}

/// Sets the bit of everyone who passes; the number of those who are not known, whose code is nought.
fn set_bits<C: Code>(bits: &mut [u64], codes: &[C], mask: &[u8]) -> u32 {
    let mut unknown = 0;
    for (code, passes) in codes.iter().zip(mask) {
        let place = code.place();
        let is_known = place > 0;
        unknown += u32::from(*passes) & u32::from(!is_known);
        if let Some(word) = bits.get_mut(place / 64) {
            *word |= (u64::from(*passes) & u64::from(is_known)) << (place % 64);
        }
    }
    unknown
}
