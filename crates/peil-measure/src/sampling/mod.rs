//! Samples from a population: how sure a sample makes us, how many to ask, and whether those who
//! answered look like the population.

mod composition;
mod finite_population;
mod power;
mod sample_size;

pub use composition::{Composition, composition};
pub use finite_population::{FinitePopulation, SampledMeasure, finite_population};
pub use sample_size::{NpsShares, SampleGoal, SampleSize, reachable_answers, sample_size};
