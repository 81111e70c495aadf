//! Nouns and rules of Peil: what exists and what is allowed, without storage, network, clock or
//! sentences.
//!
//! Every capability is one module with one name, and that name returns in every other layer:
//! [`access`] (who may do what), [`survey`] (what is asked), [`audience`] (who is asked),
//! [`journey`] (where experience happens), [`outreach`] (when and how one is asked),
//! [`response`] (what came back) and [`themes`] (what is said, and what needs a look). [`shared`] holds what they all need. A module may use those
//! before it in this list, never those after it.
//!
//! Rules are plain functions: they get what they need, including the time.

pub mod access;
pub mod audience;
pub mod journey;
pub mod outreach;
pub mod response;
pub mod shared;
pub mod survey;
pub mod themes;
