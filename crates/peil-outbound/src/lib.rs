//! The ways out of Peil: fills in the mail port of `peil-app`.
//!
//! - [`SmtpMailer`] talks to a mail server.
//! - [`FolderMailer`] writes the same mails as `.eml` files, for demonstrations and offline use.
//! - [`Composer`] turns structured content into subject, text and HTML in the recipient's language.
//!
//! A mail is offered first (envelope) and handed over second (text), so that the caller can record
//! in between that from now on the mail may have been delivered. Nothing here decides who is asked
//! or when to try again, and nothing here stores anything.

mod compose;
mod error;
mod folder;
mod smtp;

pub use compose::Composer;
pub use error::OutboundError;
pub use folder::FolderMailer;
pub use smtp::{SmtpMailer, SmtpTimeouts};
