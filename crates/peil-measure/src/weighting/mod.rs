//! Weights: making those who answered resemble the population, and what that costs in certainty.

mod design;
mod kish;
mod numbers;
mod post_stratify;
mod rake;
mod trim;
mod weighted_nps;
mod weighted_score;

pub use design::SurveyDesign;
pub use kish::{EffectiveSize, kish};
pub use post_stratify::{PostStratified, Stratum, post_stratify};
pub use rake::{MAX_SWEEPS, Margin, RakeCell, Raked, Raking, furthest_from_margin, rake};
pub use trim::{Trimmed, trim_groups, trim_weights};
pub use weighted_nps::{WeightedNps, weighted_nps};
pub use weighted_score::{WeightedAnswers, WeightedScore, weighted_score};
