//! Parts of a change with their standard errors: how each depends on shares and figures.

/// One group in one period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    /// Its share of the answers of the period.
    pub(super) share: f64,
    /// Its own figure.
    pub(super) value: f64,
    /// The variance of what one answer is worth.
    pub(super) variance: f64,
    /// Whether nobody answered.
    pub(super) is_empty: bool,
}

/// One group in both periods.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) before: Rate,
    pub(super) after: Rate,
}

impl Cell {
    /// A group without answers in one period borrows its figure from the other.
    pub(super) fn new(mut before: Rate, mut after: Rate) -> Self {
        if before.is_empty {
            before.value = after.value;
        }
        if after.is_empty {
            after.value = before.value;
        }
        Self { before, after }
    }

    fn growth(&self) -> f64 {
        self.after.share - self.before.share
    }

    fn rise(&self) -> f64 {
        self.after.value - self.before.value
    }

    fn middle_value(&self) -> f64 {
        self.before.value.midpoint(self.after.value)
    }

    fn middle_share(&self) -> f64 {
        self.before.share.midpoint(self.after.share)
    }
}

/// How fast a part changes with the share and with the figure of a group in one period.
#[derive(Debug, Clone, Copy, Default)]
struct Slope {
    share: f64,
    value: f64,
}

/// The same for both periods.
#[derive(Debug, Clone, Copy, Default)]
struct Slopes {
    before: Slope,
    after: Slope,
}

impl Slopes {
    /// A borrowed figure varies with the period that it comes from.
    fn settled(self, cell: &Cell) -> Self {
        let mut settled = self;
        if cell.before.is_empty {
            settled.after.value += self.before.value;
            settled.before.value = 0.0;
        } else if cell.after.is_empty {
            settled.before.value += self.after.value;
            settled.after.value = 0.0;
        }
        settled
    }
}

/// All groups in both periods.
pub(super) struct Periods {
    cells: Vec<Cell>,
    n_before: f64,
    n_after: f64,
}

impl Periods {
    pub(super) fn new(cells: Vec<Cell>, n_before: f64, n_after: f64) -> Self {
        Self {
            cells,
            n_before,
            n_after,
        }
    }

    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(super) fn figure_before(&self) -> f64 {
        self.sum(|cell| cell.before.share * cell.before.value)
    }

    pub(super) fn figure_after(&self) -> f64 {
        self.sum(|cell| cell.after.share * cell.after.value)
    }

    /// after - before, with its standard error.
    pub(super) fn change(&self) -> (f64, f64) {
        let value = self.figure_after() - self.figure_before();
        let se = self.se(|_, cell| Slopes {
            before: Slope {
                share: -cell.before.value,
                value: -cell.before.share,
            },
            after: Slope {
                share: cell.after.value,
                value: cell.after.share,
            },
        });
        (value, se)
    }

    /// Because shares changed, with its standard error.
    pub(super) fn mix(&self) -> (f64, f64) {
        let average = self.average();
        let value = self.sum(|cell| cell.growth() * (cell.middle_value() - average));
        let se = self.se(|_, cell| Slopes {
            before: Slope {
                share: average - cell.middle_value(),
                value: cell.growth() / 2.0,
            },
            after: Slope {
                share: cell.middle_value() - average,
                value: cell.growth() / 2.0,
            },
        });
        (value, se)
    }

    /// Because figures changed, with its standard error.
    pub(super) fn rate(&self) -> (f64, f64) {
        let value = self.sum(|cell| cell.rise() * cell.middle_share());
        (value, self.se(|_, cell| rate_slopes(cell)))
    }

    /// What comes of both together, with its standard error.
    pub(super) fn interaction(&self) -> (f64, f64) {
        let value = self.sum(|cell| cell.growth() * cell.rise());
        let se = self.se(|_, cell| Slopes {
            before: Slope {
                share: -cell.rise(),
                value: -cell.growth(),
            },
            after: Slope {
                share: cell.rise(),
                value: cell.growth(),
            },
        });
        (value, se)
    }

    /// The mix of one group: its growth times its distance from the average, which itself depends
    /// on every group.
    pub(super) fn mix_of(&self, group: usize, own: &Cell) -> (f64, f64) {
        let distance = own.middle_value() - self.average();
        let half_growth = own.growth() / 2.0;
        let se = self.se(|place, cell| {
            let (own_distance, own_part) = if place == group {
                (distance, 1.0)
            } else {
                (0.0, 0.0)
            };
            Slopes {
                before: Slope {
                    share: -own_distance - half_growth * cell.before.value,
                    value: half_growth * (own_part - cell.before.share),
                },
                after: Slope {
                    share: own_distance - half_growth * cell.after.value,
                    value: half_growth * (own_part - cell.after.share),
                },
            }
        });
        (own.growth() * distance, se)
    }

    /// The rate of one group.
    pub(super) fn rate_of(&self, group: usize, own: &Cell) -> (f64, f64) {
        let se = self.se(|place, cell| {
            if place == group {
                rate_slopes(cell)
            } else {
                Slopes::default()
            }
        });
        (own.rise() * own.middle_share(), se)
    }

    /// The average of the figures of both periods.
    fn average(&self) -> f64 {
        self.figure_before().midpoint(self.figure_after())
    }

    fn sum(&self, part: impl Fn(&Cell) -> f64) -> f64 {
        self.cells.iter().map(part).sum()
    }

    /// The delta method: both periods are independent samples.
    fn se(&self, slopes: impl Fn(usize, &Cell) -> Slopes) -> f64 {
        let mut before = Vec::with_capacity(self.cells.len());
        let mut after = Vec::with_capacity(self.cells.len());
        for (place, cell) in self.cells.iter().enumerate() {
            let settled = slopes(place, cell).settled(cell);
            before.push((cell.before, settled.before));
            after.push((cell.after, settled.after));
        }
        (sampling_variance(&before) / self.n_before + sampling_variance(&after) / self.n_after)
            .sqrt()
    }
}

fn rate_slopes(cell: &Cell) -> Slopes {
    Slopes {
        before: Slope {
            share: cell.rise() / 2.0,
            value: -cell.middle_share(),
        },
        after: Slope {
            share: cell.rise() / 2.0,
            value: cell.middle_share(),
        },
    }
}

/// n times the variance that one period adds: the spread of the slopes over the shares, which are
/// multinomial, and that of the answers within each group.
fn sampling_variance(cells: &[(Rate, Slope)]) -> f64 {
    let mean: f64 = cells
        .iter()
        .map(|(rate, slope)| rate.share * slope.share)
        .sum();
    let variance_of = |(rate, slope): &(Rate, Slope)| {
        if rate.is_empty {
            return 0.0;
        }
        rate.share * (slope.share - mean).powi(2)
            + slope.value * slope.value * rate.variance / rate.share
    };
    cells.iter().map(variance_of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_groups_the_change_has_the_error_of_two_independent_figures() {
        let rate = |value| Rate {
            share: 1.0,
            value,
            variance: 4.0,
            is_empty: false,
        };
        let periods = Periods::new(vec![Cell::new(rate(1.0), rate(3.0))], 100.0, 50.0);
        let (value, se) = periods.change();
        assert!((value - 2.0).abs() < 1e-12);
        assert!((se - (0.04_f64 + 0.08).sqrt()).abs() < 1e-12);
    }
}
