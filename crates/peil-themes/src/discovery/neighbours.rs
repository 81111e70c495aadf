//! Links every text to the texts nearest to it.

use crate::parallel;

use super::space::{Dense, dot};

/// Links per text.
const NEIGHBOURS: usize = 15;
/// Links of small sets: about the square root of their number.
const FEWEST: usize = 5;
/// Texts less alike are not linked.
const LEAST_ALIKE: f32 = 0.05;
/// Larger sets are divided into cells first, and only the nearest cells are searched.
const EXACT_UP_TO: usize = 4_000;
/// Cells that are searched for each text.
const CELLS_SEARCHED: usize = 12;
/// How often the middles of cells are moved to where their texts are.
const ROUNDS: usize = 4;

/// A graph: for every text its neighbours with the weight of the link, both ways.
pub(crate) struct Graph {
    /// Neighbours by text, in order.
    pub(super) links: Vec<Vec<(usize, f64)>>,
}

/// The graph of neighbours of the rows of a space.
pub(super) fn graph(space: &Dense) -> Graph {
    let number = space.height();
    let most = NEIGHBOURS
        .min(FEWEST.max(number.isqrt() / 2 + 2))
        .min(number.saturating_sub(1));
    let texts: Vec<usize> = (0..number).collect();
    let nearest = if number <= EXACT_UP_TO {
        parallel::map(&texts, |text| {
            nearest(space, *text, texts.iter().copied(), most)
        })
    } else {
        let cells = Cells::new(space);
        parallel::map(&texts, |text| {
            nearest(space, *text, cells.around(space, *text), most)
        })
    };
    let mut links: Vec<Vec<(usize, f64)>> = vec![Vec::new(); number];
    for (text, found) in nearest.iter().enumerate() {
        for (alike, other) in found {
            let weight = f64::from(alike * alike);
            for (from, to) in [(text, *other), (*other, text)] {
                if let Some(of_text) = links.get_mut(from) {
                    of_text.push((to, weight));
                }
            }
        }
    }
    for of_text in &mut links {
        of_text.sort_by_key(|(other, _)| *other);
        of_text.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
    }
    Graph { links }
}

fn nearest(
    space: &Dense,
    text: usize,
    candidates: impl Iterator<Item = usize>,
    most: usize,
) -> Vec<(f32, usize)> {
    let row = space.row(text);
    let mut best: Vec<(f32, usize)> = Vec::with_capacity(most + 1);
    for other in candidates.filter(|other| *other != text) {
        let alike = dot(row, space.row(other));
        let worst = best.last().map_or(f32::MIN, |(worst, _)| *worst);
        if alike < LEAST_ALIKE || best.len() >= most && alike <= worst {
            continue;
        }
        let place = best.partition_point(|(known, _)| *known >= alike);
        best.insert(place, (alike, other));
        best.truncate(most);
    }
    best
}

/// Texts divided by the nearest of some middles.
struct Cells {
    middles: Dense,
    members: Vec<Vec<usize>>,
}

impl Cells {
    fn new(space: &Dense) -> Self {
        let number = space.height().isqrt().max(1);
        let step = space.height() / number;
        let texts: Vec<usize> = (0..space.height()).collect();
        let mut middles = mean_of(
            space,
            &(0..number)
                .map(|cell| vec![cell * step])
                .collect::<Vec<_>>(),
        );
        let mut members = Vec::new();
        for _ in 0..ROUNDS {
            let cell_of = parallel::map(&texts, |text| {
                nearest_cells(&middles, space.row(*text), 1)
                    .first()
                    .copied()
                    .unwrap_or(0)
            });
            members = vec![Vec::new(); number];
            for (text, cell) in cell_of.into_iter().enumerate() {
                if let Some(of_cell) = members.get_mut(cell) {
                    of_cell.push(text);
                }
            }
            middles = mean_of(space, &members);
        }
        Self { middles, members }
    }

    fn around(&self, space: &Dense, text: usize) -> impl Iterator<Item = usize> {
        nearest_cells(&self.middles, space.row(text), CELLS_SEARCHED)
            .into_iter()
            .flat_map(|cell| {
                self.members
                    .get(cell)
                    .map_or(&[][..], Vec::as_slice)
                    .iter()
                    .copied()
            })
    }
}

fn nearest_cells(middles: &Dense, row: &[f32], most: usize) -> Vec<usize> {
    let mut found: Vec<(f32, usize)> = (0..middles.height())
        .map(|cell| (dot(middles.row(cell), row), cell))
        .collect();
    found.sort_by(|first, second| second.0.total_cmp(&first.0).then(first.1.cmp(&second.1)));
    found.into_iter().take(most).map(|(_, cell)| cell).collect()
}

fn mean_of(space: &Dense, members: &[Vec<usize>]) -> Dense {
    let mut middles = Dense::new(members.len(), space.width());
    for (cell, of_cell) in members.iter().enumerate() {
        middles.set_mean(cell, of_cell.iter().map(|text| space.row(*text)));
    }
    middles
}
