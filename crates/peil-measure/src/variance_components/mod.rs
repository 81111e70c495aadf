//! Variance between groups against variance within: how different accounts really are.

mod icc;
mod optimum;
mod shrinkage;

pub use icc::{Icc, icc};
pub use shrinkage::{HeterogeneityMethod, Shrinkage, shrinkage};
