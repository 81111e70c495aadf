//! Conditions and calculations in a questionnaire, such as `nps <= 6 and segment = "zakelijk"`:
//! a typed tree with a text form that people can read and write.
//!
//! Two rules make every formula mean something, whatever was answered:
//! - What was not answered is *empty*. Empty equals only empty and is never less or more than
//!   anything; `a != b` is always the opposite of `a = b`. Calculating with empty gives empty,
//!   except that `count`, `sum`, `min`, `max` and `average` skip what is empty.
//! - Texts are compared without regard to capitals and to spaces around them, and a text that is
//!   a number counts as one beside a number, since attributes of customers are stored as text.

mod evaluate;
mod expression;
mod form;
mod formula;
mod parse;
mod rows;
mod token;
mod tree;
mod value;

pub use evaluate::Answers;
pub use expression::{Arithmetic, Comparison, Expression, Function, Reference, Source};
pub use form::{Form, Mistake, Names};
pub use formula::Formula;
pub use parse::{FormulaError, FormulaFault};
pub use rows::{Check, Joined, Rows, Subject, Test};
pub use value::{Number, Value};

/// Longest formula in bytes.
pub const LONGEST_FORMULA: usize = 2_000;
