//! Who is asked: contacts, the organisations that they work for, attributes and segments.

pub mod accounts;
pub mod attributes;
pub mod contacts;
pub mod counts;
mod filter;
pub mod segments;
