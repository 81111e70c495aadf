//! Who is asked: contacts, the organisations that they work for, attributes and segments.

pub mod accounts;
pub mod attributes;
pub mod contacts;
mod filter;
pub mod segments;
