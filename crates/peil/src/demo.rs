//! The demonstration organisation "Fietsgoed": a web shop with workshops and a service desk, and
//! a year of its customers' answers. Everything in it is invented.
//!
//! It is made from a seed and a last day, in one transaction, so that it is there whole or not at
//! all. [`story`] says what happens in the year, [`people`] who the customers are, [`words`] what
//! they write, [`asking`] when they are asked and what they answer.

mod mark;

pub use mark::{MAIL_FOLDER, Mark, find};
