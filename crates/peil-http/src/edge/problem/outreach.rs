//! Finds the words for refusals about waves and mail.

use peil_app::{
    outreach::{Blocker, OutreachError},
    ports::MailError,
};

use super::words::Described;
use crate::edge::text::Text;

/// Says in words why nothing is sent or changed.
pub(super) fn describe_outreach(error: &OutreachError, t: Text) -> Described {
    let plain = |code: &str| Described {
        code: code.to_owned(),
        field: None,
        message: t.s(&format!("problem-{code}")),
    };
    match error {
        OutreachError::UnknownPlaceholder { field, name } => Described {
            code: "unknown-placeholder".to_owned(),
            field: Some((*field).to_owned()),
            message: t.a("problem-unknown-placeholder", &[("name", name.into())]),
        },
        OutreachError::Blocked(Blocker::TextMissing(language)) => {
            let language = t.s(&format!("language-{language}"));
            Described {
                code: "wave-text-missing".to_owned(),
                field: None,
                message: t.a(
                    "problem-wave-text-missing",
                    &[("language", language.into())],
                ),
            }
        }
        OutreachError::Blocked(blocker) => {
            plain(&format!("wave-{}", blocker.code().replace('_', "-")))
        }
        OutreachError::AlreadyStarted => plain("wave-already-started"),
        OutreachError::NotSending => plain("wave-not-sending"),
        OutreachError::Mail(error) => {
            let said = plain(match error {
                MailError::Unreachable(_) => "wave-mail-unreachable",
                MailError::Settings(_) => "wave-mail-settings",
                _ => "wave-mail-refused",
            });
            // What the server says is for whoever runs it, in the server's own words.
            Described {
                message: format!("{} ({error})", said.message),
                ..said
            }
        }
        _ => plain("refused"),
    }
}
