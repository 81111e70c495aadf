//! A table of figures, beside what they must be and what they may become.

use serde::Serialize;

/// One figure. A smaller one is better, unless said otherwise.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    name: String,
    unit: &'static str,
    value: f64,
    must: f64,
    stretch: f64,
    is_better_larger: bool,
}

impl Figure {
    /// A figure that should be small.
    pub(super) fn small(
        name: impl Into<String>,
        unit: &'static str,
        value: f64,
        [must, stretch]: [f64; 2],
    ) -> Self {
        Self {
            name: name.into(),
            unit,
            value,
            must,
            stretch,
            is_better_larger: false,
        }
    }

    /// A figure that should be large.
    pub(super) fn large(
        name: impl Into<String>,
        unit: &'static str,
        value: f64,
        limits: [f64; 2],
    ) -> Self {
        Self {
            is_better_larger: true,
            ..Self::small(name, unit, value, limits)
        }
    }

    fn reaches(&self, limit: f64) -> bool {
        if self.is_better_larger {
            self.value >= limit
        } else {
            self.value <= limit
        }
    }

    /// Whether it is what it must be.
    pub(super) fn is_good(&self) -> bool {
        self.reaches(self.must)
    }

    fn verdict(&self) -> &'static str {
        if self.reaches(self.stretch) {
            "stretch"
        } else if self.is_good() {
            "must"
        } else {
            "MISSED"
        }
    }
}

/// Prints the table.
pub(super) fn print(figures: &[Figure]) {
    println!(
        "{:<52} {:>10} {:>8} {:>8}  reached",
        "", "measured", "must", "stretch"
    );
    for figure in figures {
        let name = format!("{}, {}", figure.name, figure.unit);
        println!(
            "{name:<52} {:>10.2} {:>8} {:>8}  {}",
            figure.value,
            figure.must,
            figure.stretch,
            figure.verdict()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_held_against_both_limits_in_its_own_direction() {
        let small = |value| Figure::small("a", "ms", value, [5.0, 1.0]).verdict();
        assert_eq!(
            [small(0.5), small(5.0), small(5.1)],
            ["stretch", "must", "MISSED"]
        );
        let large = |value| Figure::large("a", "/s", value, [5.0, 10.0]).verdict();
        assert_eq!(
            [large(11.0), large(5.0), large(4.9)],
            ["stretch", "must", "MISSED"]
        );
    }
}
