//! The analytic store: submissions go in as columns, **counts come out, never rows**.
//!
//! Facts are derived and disposable: records are the truth, and facts can be made anew from them.
//! [`Facts`] is what every engine does; [`NaiveFacts`] does it the plainest way and is what other
//! engines are held against ([`conformance`]). What is told is a [`Batch`] of signed changes from
//! one [`Position`] to the next; what is asked is in [`query`]. Every answer says how far it has
//! read ([`AsOf`]).

mod batch;
mod columns;
pub mod conformance;
mod engine;
mod naive;
pub mod query;

pub use batch::{Answer, Batch, Change, Mention, ONE, Position, Sign, Submission, TOP_WEIGHT};
pub use columns::{ColumnFacts, ColumnOptions};
pub use engine::{AsOf, Facts, FactsError, Names, Standing};
pub use naive::{CountFold, CrossFold, NaiveFacts, RowsFold, ValuesFold};
pub use query::{
    Cell, CountQuery, CrossQuery, Crossed, Dimension, Filter, Given, Row, RowsQuery, Scope, Step,
    Subject, Tally, Test, ValuesQuery,
};
