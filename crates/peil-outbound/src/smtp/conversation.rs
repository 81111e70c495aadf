//! The words of SMTP (RFC 5321) over any stream: one command, one reply. Knows no settings.
//!
//! Written here because the library's connection offers no way to hand it an encrypted socket
//! without Nagle's delay, and keeps what a server said before `STARTTLS`.

use std::{future::Future, time::Duration};

use peil_app::ports::MailError;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    time::timeout,
};

use super::reply::{Reply, Stage};

/// Longest line of a reply that is read, in bytes; RFC 5321 promises 512.
const LONGEST_LINE: u64 = 4096;
/// Most lines of one reply.
const MOST_LINES: usize = 200;

/// What the server says that it can do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Capabilities {
    /// It can change to TLS.
    pub(super) starttls: bool,
    /// It takes `AUTH PLAIN`.
    pub(super) auth_plain: bool,
    /// It takes `AUTH LOGIN`.
    pub(super) auth_login: bool,
}

/// A conversation with a mail server.
#[derive(Debug)]
pub(super) struct Conversation<S> {
    stream: BufReader<S>,
    step_limit: Duration,
    /// False while a step runs and for good after a broken one: a reply that was not waited for
    /// would be taken for the answer to the next command.
    is_in_step: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    /// Starts to talk over a stream; nothing is read yet.
    pub(super) fn new(stream: S, step_limit: Duration) -> Self {
        Self {
            stream: BufReader::new(stream),
            step_limit,
            is_in_step: true,
        }
    }

    /// Gives the stream back.
    ///
    /// # Errors
    /// The server said more than was asked. Before a change to TLS that may be somebody else, who
    /// wants it to be heard as if it came after.
    pub(super) fn into_stream(self) -> Result<S, MailError> {
        if self.stream.buffer().is_empty() {
            Ok(self.stream.into_inner())
        } else {
            Err(MailError::Unreachable(
                "the server spoke out of turn".to_owned(),
            ))
        }
    }

    /// Says whether a command may follow.
    pub(super) fn is_usable(&self) -> bool {
        self.is_in_step
    }

    /// Gives up on the connection: nothing may follow.
    pub(super) fn give_up(&mut self) {
        self.is_in_step = false;
    }

    /// Waits for the greeting of the server.
    pub(super) async fn greeting(&mut self) -> Result<(), MailError> {
        let greeting = self.step(self.step_limit, b"").await?;
        self.expect(greeting, &[220], Stage::Opening).map(|_| ())
    }

    /// Introduces the client and learns what the server can do.
    pub(super) async fn hello(&mut self, client: &str) -> Result<Capabilities, MailError> {
        let reply = self
            .command(&format!("EHLO {client}"), &[250], Stage::Opening)
            .await?;
        Ok(read_capabilities(&reply.lines))
    }

    /// Sends one command and takes any answer but the expected ones for a refusal.
    pub(super) async fn command(
        &mut self,
        command: &str,
        expected: &[u16],
        stage: Stage,
    ) -> Result<Reply, MailError> {
        let reply = self
            .step(self.step_limit, format!("{command}\r\n").as_bytes())
            .await?;
        self.expect(reply, expected, stage)
    }

    /// Sends the text of a mail with its final dot and waits until the server takes it.
    pub(super) async fn text(&mut self, text: &[u8], limit: Duration) -> Result<(), MailError> {
        let reply = self.step(limit, &with_final_dot(text)).await?;
        self.expect(reply, &[250], Stage::Text).map(|_| ())
    }

    fn expect(&mut self, reply: Reply, expected: &[u16], stage: Stage) -> Result<Reply, MailError> {
        if expected.contains(&reply.code) {
            return Ok(reply);
        }
        if !reply.is_refusal() {
            self.give_up();
        }
        Err(reply.refusal(stage))
    }

    /// Writes and reads within a time limit; the conversation is over when that fails half-way.
    async fn step(&mut self, limit: Duration, request: &[u8]) -> Result<Reply, MailError> {
        if !self.is_in_step {
            return Err(MailError::Unreachable(
                "the connection is broken".to_owned(),
            ));
        }
        self.is_in_step = false;
        let reply = within(limit, async {
            self.stream.get_mut().write_all(request).await?;
            self.stream.get_mut().flush().await?;
            read_reply(&mut self.stream).await
        })
        .await?;
        self.is_in_step = true;
        Ok(reply)
    }
}

/// Waits for something of the network no longer than the limit.
pub(super) async fn within<T>(
    limit: Duration,
    work: impl Future<Output = std::io::Result<T>>,
) -> Result<T, MailError> {
    match timeout(limit, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(MailError::Unreachable(error.to_string())),
        Err(_) => Err(MailError::Unreachable(format!(
            "no answer within {limit:?}"
        ))),
    }
}

async fn read_reply<R: AsyncBufReadExt + Unpin>(stream: &mut R) -> std::io::Result<Reply> {
    let mut lines = Vec::new();
    while lines.len() < MOST_LINES {
        let mut line = Vec::new();
        stream
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .await?;
        if line.is_empty() {
            return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        }
        let line = String::from_utf8_lossy(&line);
        let (code, is_last, text) =
            split_line(&line).ok_or_else(|| std::io::Error::other("a reply that is not SMTP"))?;
        lines.push(text.to_owned());
        if is_last {
            return Ok(Reply { code, lines });
        }
    }
    Err(std::io::Error::other("an endless reply"))
}

/// Cuts `250-text` or `250 text` into code, whether it is the last line, and text.
fn split_line(line: &str) -> Option<(u16, bool, &str)> {
    let line = line.strip_suffix('\n')?.trim_end();
    let (digits, rest) = line.split_at_checked(3)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let code = digits.parse().ok()?;
    match rest.split_at_checked(1) {
        None => Some((code, true, "")),
        Some((" ", text)) => Some((code, true, text)),
        Some(("-", text)) => Some((code, false, text)),
        Some(_) => None,
    }
}

fn read_capabilities(lines: &[String]) -> Capabilities {
    let mut found = Capabilities::default();
    // The first line is the name of the server.
    for line in lines.iter().skip(1) {
        let line = line.to_ascii_uppercase();
        let mut words = line.split([' ', '=']);
        match words.next() {
            Some("STARTTLS") => found.starttls = true,
            Some("AUTH") => {
                for mechanism in words {
                    found.auth_plain |= mechanism == "PLAIN";
                    found.auth_login |= mechanism == "LOGIN";
                }
            }
            _ => {}
        }
    }
    found
}

/// Doubles the dot at the start of a line, ends every line in CRLF and adds the final dot.
///
/// A bare CR or LF would let two servers disagree about where the mail ends.
fn with_final_dot(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 64);
    let mut is_line_start = true;
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' {
                    bytes.next_if_eq(&b'\n');
                }
                out.extend_from_slice(b"\r\n");
                is_line_start = true;
            }
            _ => {
                if byte == b'.' && is_line_start {
                    out.push(b'.');
                }
                out.push(byte);
                is_line_start = false;
            }
        }
    }
    if !is_line_start {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_at_the_start_of_a_line_is_doubled() {
        for (text, wire) in [
            ("a.b\r\n.\r\n..c", "a.b\r\n..\r\n...c\r\n.\r\n"),
            (".x\r\n", "..x\r\n.\r\n"),
            ("", ".\r\n"),
        ] {
            assert_eq!(with_final_dot(text.as_bytes()), wire.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn a_bare_line_ending_cannot_smuggle_a_second_mail() {
        let wire = with_final_dot(b"a\n.\nMAIL FROM:<x>\r.\r\n.\r");
        assert_eq!(wire, b"a\r\n..\r\nMAIL FROM:<x>\r\n..\r\n..\r\n.\r\n");
    }

    #[test]
    fn capabilities_are_read_in_any_case_and_both_spellings() {
        let lines = ["mail.example", "StartTLS", "AUTH=login plain", "SIZE 1000"];
        let read = read_capabilities(&lines.map(str::to_owned));
        assert_eq!(
            read,
            Capabilities {
                starttls: true,
                auth_plain: true,
                auth_login: true
            }
        );
        assert_eq!(
            read_capabilities(&["STARTTLS".to_owned()]),
            Capabilities::default()
        );
    }

    #[test]
    fn a_line_of_a_reply_is_cut_in_code_and_text() {
        assert_eq!(split_line("250-SIZE\r\n"), Some((250, false, "SIZE")));
        assert_eq!(split_line("250 ok\n"), Some((250, true, "ok")));
        assert_eq!(split_line("354\r\n"), Some((354, true, "")));
        for odd in [
            "",
            "HTTP/1.1 400\r\n",
            "25\r\n",
            "250_x\r\n",
            "250 unfinished",
            "é50 x\r\n",
        ] {
            assert_eq!(split_line(odd), None, "{odd}");
        }
    }
}
