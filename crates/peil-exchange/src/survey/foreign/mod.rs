//! Conditions and calculations of other programs as formulas.
//!
//! Three languages are read: expressions of LimeSurvey, of SurveyJS, and the `XPath` of `XLSForm`.
//! They differ in how names and operators are written, and become one [`Node`]. What its names
//! stand for in the result is a [`Meaning`]; with those, a node becomes an expression, or it is
//! told which part of it cannot be said.

mod compare;
mod constant;
mod meaning;
mod parse;
mod token;
mod translate;

pub(super) use meaning::{Meaning, Meanings, calculated};
pub(super) use parse::{Node, parse};
pub(super) use token::Dialect;
pub(super) use translate::Translator;

/// Longest condition that is read, in bytes.
pub(super) const LONGEST: usize = 20_000;
