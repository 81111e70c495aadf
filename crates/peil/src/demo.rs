//! The demonstration organisation "Fietsgoed": a web shop with workshops and a service desk, and
//! a year of its customers' answers. Everything in it is invented.
//!
//! It is made from a seed and a last day, in one transaction, so that it is there whole or not at
//! all: [`Story`] says what happens in the year, `people` who the customers are, `asking` when
//! they are asked, `opinions` what they think of it and `writer` how they put that in words.

mod asking;
mod calendar;
mod chance;
mod look_back;
mod make;
mod mark;
mod opinions;
mod people;
mod story;
mod surveys;
mod texts;
mod typing;
mod waves;
mod writer;

pub use look_back::look_back;
pub use make::{Made, OWNER, PASSWORD, Size, make};
pub use mark::{MAIL_FOLDER, Mark, find};
pub use story::Story;
