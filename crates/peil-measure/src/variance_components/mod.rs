//! Variance between groups against variance within: how different accounts really are.

mod grouped_nps;
mod icc;
mod optimum;
mod shrinkage;

pub use grouped_nps::{ClusteredNps, GroupedNps, Likeness, PooledGroups, ShrunkenNps, grouped_nps};
pub use icc::{Icc, icc};
pub use shrinkage::{HeterogeneityMethod, Shrinkage, shrinkage};
