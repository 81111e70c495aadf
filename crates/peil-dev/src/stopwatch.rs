//! The only place that reads a clock.

use std::time::{Duration, Instant};

/// Measures from the moment it is made.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this program measures real time")]
        let now = Instant::now();
        Self(now)
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// Seconds with one decimal, right-aligned: `  12.3 s`.
    pub(crate) fn display(self) -> String {
        format!("{:>6.1} s", self.elapsed().as_secs_f64())
    }
}
