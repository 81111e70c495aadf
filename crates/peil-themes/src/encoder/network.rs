//! The layers that make one vector of the pieces of a text: three branches that look at 2, 3 and 5 pieces in a row,
//! summed over the text, then three layers on the sum.
//! Source: Yang et al., Multilingual Universal Sentence Encoder for Semantic Retrieval, 2019 (convolutional model).

use super::algebra::{Weights, normalise, rectify, sum};
use super::file::{EncoderError, Matrices};

/// How many pieces in a row every branch looks at, and how many of them stand before the piece itself.
const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];

struct Layer {
    weights: Weights,
    shift: Vec<f32>,
}

struct Branch {
    length: usize,
    before: usize,
    layers: [Layer; 2],
}

pub(super) struct Network {
    wide: usize,
    narrow: usize,
    project: Layer,
    project_norm: [Vec<f32>; 2],
    branches: Vec<Branch>,
    all_norm: [Vec<f32>; 2],
    out: Layer,
    first: Weights,
    first_past: Weights,
    second: Weights,
    third: Weights,
    last: Weights,
    last_past: Weights,
    smallest: f32,
}

impl Network {
    /// Takes the matrices for rows of so many values.
    pub(super) fn read(matrices: &mut Matrices, wide: usize) -> Result<Self, EncoderError> {
        let mut projections = Vec::new();
        for (length, _) in BRANCHES {
            projections.push(matrices.take(&format!("proj{length}"))?);
        }
        let narrow = projections.first().map_or(0, |first| first.width);
        if projections
            .iter()
            .any(|found| (found.height, found.width) != (wide, narrow))
        {
            return Err(EncoderError::wrong("the sizes of its projections"));
        }
        let together = narrow * BRANCHES.len();
        let mut branches = Vec::new();
        for (length, before) in BRANCHES {
            let mut layer = |number: u8| -> Result<Layer, EncoderError> {
                let name = format!("w{number}_{length}");
                let weights = matrices.sized(&name, narrow * length, narrow)?;
                Ok(Layer {
                    weights: Weights::beside(&[weights]),
                    shift: matrices.row(&format!("b{number}_{length}"), narrow)?,
                })
            };
            branches.push(Branch {
                length,
                before,
                layers: [layer(1)?, layer(2)?],
            });
        }
        let all = wide + together;
        let out = matrices.take("out")?;
        let middle = out.width;
        let first = matrices.take("d0")?;
        let (inner, outer) = (first.width, matrices.take("d3")?);
        let size = outer.width;
        let fits = out.height == all && first.height == middle && outer.height == size;
        if !fits {
            return Err(EncoderError::wrong("the sizes of its last layers"));
        }
        let one = |values| Weights::beside(&[values]);
        Ok(Self {
            wide,
            narrow,
            project: Layer {
                weights: Weights::beside(&projections),
                shift: matrices.row("proj_b", together)?,
            },
            project_norm: [
                matrices.row("norm_g", together)?,
                matrices.row("norm_b", together)?,
            ],
            branches,
            all_norm: [matrices.row("all_g", all)?, matrices.row("all_b", all)?],
            out: Layer {
                weights: one(out),
                shift: matrices.row("out_b", middle)?,
            },
            first: one(first),
            first_past: one(matrices.sized("p1", middle, inner)?),
            second: one(matrices.sized("d1", inner, inner)?),
            third: one(matrices.sized("d2", inner, size)?),
            last: one(outer),
            last_past: one(matrices.sized("p3", inner, size)?),
            smallest: matrices
                .row("eps", 1)?
                .first()
                .copied()
                .unwrap_or_default()
                .max(f32::MIN_POSITIVE),
        })
    }

    /// The vector of a text of which the rows of its pieces are given.
    pub(super) fn vector(&self, rows: &[f32]) -> Vec<f32> {
        let count = rows.len() / self.wide.max(1);
        let mut projected = repeated(&self.project.shift, count);
        self.project.weights.add_product(rows, &mut projected);
        let [stretch, shift] = &self.project_norm;
        normalise(&mut projected, stretch, shift, self.smallest);

        let together = self.narrow * BRANCHES.len();
        let all = self.wide + together;
        let mut features = vec![0.0; count * all];
        for (feature, row) in features
            .chunks_exact_mut(all)
            .zip(rows.chunks_exact(self.wide.max(1)))
        {
            copy(feature, 0, row);
        }
        for (number, branch) in self.branches.iter().enumerate() {
            let from = number * self.narrow;
            let own: Vec<f32> = projected
                .chunks_exact(together.max(1))
                .flat_map(|row| row.get(from..from + self.narrow).unwrap_or_default())
                .copied()
                .collect();
            let found = branch.look(own, self.narrow);
            for (feature, row) in features
                .chunks_exact_mut(all)
                .zip(found.chunks_exact(self.narrow.max(1)))
            {
                copy(feature, self.wide + from, row);
            }
        }
        let [stretch, shift] = &self.all_norm;
        normalise(&mut features, stretch, shift, self.smallest);
        self.conclude(&features, count)
    }

    /// From the features of all pieces to the vector.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a text has at most some thousand pieces"
    )]
    fn conclude(&self, features: &[f32], count: usize) -> Vec<f32> {
        let count = count.max(1) as f32;
        let mut total = vec![0.0_f32; self.wide + self.narrow * BRANCHES.len()];
        for row in features.chunks_exact(total.len().max(1)) {
            for (sum, value) in total.iter_mut().zip(row) {
                *sum += value;
            }
        }
        let mut mean: Vec<f32> = self.out.shift.iter().map(|shift| shift * count).collect();
        self.out.weights.add_product(&total, &mut mean);
        let factor = count.sqrt().recip();
        for value in &mut mean {
            *value *= factor;
        }
        let mut first = vec![0.0; self.first.width()];
        self.first.add_product(&mean, &mut first);
        rectify(&mut first);
        let mut second = vec![0.0; self.second.width()];
        self.first_past.add_product(&mean, &mut second);
        self.second.add_product(&first, &mut second);
        rectify(&mut second);
        let mut third = vec![0.0; self.third.width()];
        self.third.add_product(&second, &mut third);
        rectify(&mut third);
        let mut vector = vec![0.0; self.last.width()];
        self.last_past.add_product(&second, &mut vector);
        self.last.add_product(&third, &mut vector);
        for value in &mut vector {
            *value = value.tanh();
        }
        let length = sum(vector.iter().map(|value| value * value))
            .max(self.smallest)
            .sqrt();
        for value in &mut vector {
            *value /= length;
        }
        vector
    }
}

impl Branch {
    /// Two layers over neighbouring pieces, each added to what went in.
    fn look(&self, mut rows: Vec<f32>, narrow: usize) -> Vec<f32> {
        for layer in &self.layers {
            let count = rows.len() / narrow.max(1);
            let mut seen = vec![0.0; count * self.length * narrow];
            for (place, window) in seen
                .chunks_exact_mut((self.length * narrow).max(1))
                .enumerate()
            {
                let missing = self.before.saturating_sub(place);
                let start = (place + missing - self.before) * narrow;
                let end = rows.len().min((place + self.length - self.before) * narrow);
                copy(
                    window,
                    missing * narrow,
                    rows.get(start..end).unwrap_or_default(),
                );
            }
            let mut found = repeated(&layer.shift, count);
            layer.weights.add_product(&seen, &mut found);
            rectify(&mut found);
            for (row, found) in rows.iter_mut().zip(found) {
                *row += found;
            }
        }
        rows
    }
}

fn repeated(row: &[f32], count: usize) -> Vec<f32> {
    row.repeat(count)
}

/// Writes values into a row from a place on.
fn copy(to: &mut [f32], from: usize, values: &[f32]) {
    if let Some(place) = to.get_mut(from..from + values.len()) {
        place.copy_from_slice(values);
    }
}
