//! One reply of a mail server, and what a refusal means for the mail. Reads no sockets.

use peil_app::ports::MailError;

/// Longest part of a server's explanation that is passed on, in characters.
const LONGEST_EXPLANATION: usize = 300;

/// A complete reply: one code over one or more lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// Three digits, such as 250.
    pub(super) code: u16,
    /// The text of every line, without code.
    pub(super) lines: Vec<String>,
}

/// How far the conversation was when a reply came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Greeting, `EHLO`, `STARTTLS`.
    Opening,
    /// `AUTH`.
    SignIn,
    /// `MAIL FROM`: the sender, who comes from the settings.
    Sender,
    /// `RCPT TO`.
    Recipient,
    /// `DATA` and the text of the mail.
    Text,
}

impl Reply {
    /// Says what it means that this reply came instead of the expected one.
    ///
    /// A server that refuses the sender would refuse every mail, so that is a matter of settings
    /// and never costs a single recipient the invitation.
    pub(super) fn refusal(&self, stage: Stage) -> MailError {
        let text = self.explanation();
        match self.code {
            421 => MailError::Unreachable(text),
            530 | 534 | 535 | 538 => MailError::Settings(text),
            400..=499 => match stage {
                Stage::Opening | Stage::SignIn => MailError::Unreachable(text),
                Stage::Sender | Stage::Recipient | Stage::Text => MailError::Transient(text),
            },
            // Too large is a property of the mail, whenever the server finds out.
            552 if stage == Stage::Sender => MailError::Permanent(text),
            500..=599 => match stage {
                Stage::Opening | Stage::SignIn | Stage::Sender => MailError::Settings(text),
                Stage::Recipient if self.blames_the_sender() => MailError::Settings(text),
                Stage::Recipient | Stage::Text => MailError::Permanent(text),
            },
            _ => MailError::Unreachable(format!("unexpected reply {text}")),
        }
    }

    /// Says whether the reply leaves client and server in agreement about what comes next.
    pub(super) fn is_refusal(&self) -> bool {
        matches!(self.code, 400..=599) && self.code != 421
    }

    /// Many servers judge the sender only at `RCPT TO`; RFC 3463 codes 5.1.7 and 5.1.8 tell.
    fn blames_the_sender(&self) -> bool {
        self.lines
            .iter()
            .any(|line| line.starts_with("5.1.7 ") || line.starts_with("5.1.8 "))
    }

    /// Code and text in one line, without mail addresses, because it ends up in logs and lists.
    fn explanation(&self) -> String {
        let words = self.lines.iter().flat_map(|line| line.split_whitespace());
        let masked: Vec<&str> = words
            .map(|word| {
                if word.contains('@') {
                    "<address>"
                } else {
                    word
                }
            })
            .collect();
        let text: String = masked
            .join(" ")
            .chars()
            .filter(|letter| !letter.is_control())
            .take(LONGEST_EXPLANATION)
            .collect();
        format!("{} {text}", self.code).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(code: u16, line: &str) -> Reply {
        Reply {
            code,
            lines: vec![line.to_owned()],
        }
    }

    #[test]
    fn a_refusal_is_sorted_by_code_and_stage() {
        use MailError::{Permanent, Settings, Transient, Unreachable};
        type Kind = fn(String) -> MailError;
        let table: [(u16, Stage, Kind); 17] = [
            (421, Stage::Opening, Unreachable),
            (421, Stage::Recipient, Unreachable),
            (450, Stage::Opening, Unreachable),
            (454, Stage::SignIn, Unreachable),
            (554, Stage::Opening, Settings),
            (535, Stage::SignIn, Settings),
            (504, Stage::SignIn, Settings),
            (530, Stage::Sender, Settings),
            (553, Stage::Sender, Settings),
            (552, Stage::Sender, Permanent),
            (451, Stage::Sender, Transient),
            (450, Stage::Recipient, Transient),
            (550, Stage::Recipient, Permanent),
            (530, Stage::Recipient, Settings),
            (452, Stage::Text, Transient),
            (554, Stage::Text, Permanent),
            (250, Stage::Text, |text| {
                Unreachable(format!("unexpected reply {text}"))
            }),
        ];
        for (code, stage, kind) in table {
            assert_eq!(
                reply(code, "x").refusal(stage),
                kind(format!("{code} x")),
                "{stage:?}"
            );
        }
    }

    #[test]
    fn a_sender_refused_at_the_recipient_is_a_matter_of_settings() {
        let refused = reply(550, "5.1.8 sender rejected").refusal(Stage::Recipient);
        assert!(matches!(refused, MailError::Settings(_)));
    }

    #[test]
    fn an_explanation_carries_no_address_and_no_line_break() {
        let long = reply(
            550,
            &format!(
                "<jan@example.nl>: unknown\r\n\u{1b}[31m {}",
                "x ".repeat(999)
            ),
        );
        let MailError::Permanent(text) = long.refusal(Stage::Recipient) else {
            unreachable!("550 for a recipient is permanent");
        };
        assert!(text.starts_with("550 <address> unknown [31m x"), "{text}");
        assert!(text.chars().count() <= LONGEST_EXPLANATION + 4);
    }
}
