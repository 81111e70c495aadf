//! Values from the text of cells: dates, numbers and booleans, and what a column seems to hold.
//!
//! All functions are pure and strict: what is not surely a value is `None`, never a guess. Where
//! the same text means different things in different countries the caller says which is meant, and
//! [`guess_column`] finds out by looking at many cells of a column together.

mod boolean;
mod date;
mod guess;
mod number;
mod scanner;

pub use boolean::parse_boolean;
pub use date::{DateOrder, DateValue, parse_date};
pub use guess::{ColumnGuess, ColumnKind, guess_column};
pub use number::{DecimalStyle, parse_number};
