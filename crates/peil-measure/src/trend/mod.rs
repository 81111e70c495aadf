//! Does a measure go up or down over time?

mod mann_kendall;
mod periods;
mod scores;
mod shares;

pub use mann_kendall::{MAX_TREND_POINTS, MannKendall, mann_kendall};
pub use periods::Period;
pub use scores::{NpsTrend, nps_trend};
pub use shares::{ShareTrend, share_trend};
