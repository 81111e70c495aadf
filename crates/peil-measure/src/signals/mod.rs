//! Signals: noticing early that something changed, without crying wolf.

mod baseline;
mod cusum;
mod ewma;
mod farrington;
mod quadrature;
mod rate_ratio;
mod run_length;
mod scan;
mod watch;

pub use baseline::Baseline;
pub use cusum::{Cusum, cusum};
pub use ewma::{Ewma, ewma};
pub use farrington::{Farrington, FarringtonSettings, farrington};
pub use rate_ratio::{Rate, RateRatio, RatioInterval, rate_ratio};
pub use run_length::{CusumSides, cusum_run_length, ewma_run_length};
pub use scan::{Hotspot, ScanCell, Zone, scan};
pub use watch::{
    Expectation, PriorRate, Reason, Standing, Tally, WatchPoint, WatchSettings, Watched, Watching,
    count_limit, count_upper_tail, expectation, watch, watch_many,
};
