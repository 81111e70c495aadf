//! As much of HTTP as it takes to send a file and to take one in.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::problem::Problem;

const PATIENCE: Duration = Duration::from_mins(5);

/// Where requests go, and with whose key.
pub(super) struct Client {
    host: String,
    token: String,
}

/// What is sent.
pub(super) enum Sent<'a> {
    Nothing,
    Json(Value),
    File(&'a Path),
}

impl Client {
    pub(super) fn new(address: &str, token: &str) -> Self {
        let host = address.strip_prefix("http://").unwrap_or(address);
        Self {
            host: host.to_owned(),
            token: token.trim().to_owned(),
        }
    }

    /// Asks for a document.
    pub(super) fn document(
        &self,
        method: &str,
        path: &str,
        sent: &Sent<'_>,
    ) -> Result<Value, Problem> {
        let mut text = Vec::new();
        self.ask(method, path, sent, &mut text)?;
        if text.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&text).map_err(|cause| Problem::new(format!("{path}: {cause}")))
    }

    /// Takes a file in.
    pub(super) fn download(&self, path: &str, sent: Value, to: &Path) -> Result<(), Problem> {
        let file = File::create(to).map_err(|cause| Problem::at(to, &cause))?;
        let mut file = BufWriter::new(file);
        self.ask("POST", path, &Sent::Json(sent), &mut file)?;
        file.flush().map_err(|cause| Problem::at(to, &cause))
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        sent: &Sent<'_>,
        to: &mut impl Write,
    ) -> Result<(), Problem> {
        let outcome = self.try_ask(method, path, sent, to);
        outcome.map_err(|cause| Problem::new(format!("{method} {path}: {cause}")))
    }

    fn try_ask(
        &self,
        method: &str,
        path: &str,
        sent: &Sent<'_>,
        to: &mut impl Write,
    ) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (kind, length, mut body): (_, _, Box<dyn Read>) = match sent {
            Sent::Nothing => ("application/json", 0, Box::new(std::io::empty())),
            Sent::Json(value) => {
                let text = value.to_string().into_bytes();
                let length = u64::try_from(text.len()).unwrap_or_default();
                (
                    "application/json",
                    length,
                    Box::new(std::io::Cursor::new(text)),
                )
            }
            Sent::File(path) => {
                let file = File::open(path)?;
                let length = file.metadata()?.len();
                ("application/octet-stream", length, Box::new(file))
            }
        };
        write!(
            stream,
            "{method} /api/v1{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.host, self.token
        )?;
        std::io::copy(&mut body, &mut stream)?;
        let mut answer = BufReader::with_capacity(1 << 18, stream);
        let status = line(&mut answer)?;
        let mut is_chunked = false;
        loop {
            let header = line(&mut answer)?.to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            is_chunked |= header == "transfer-encoding: chunked";
        }
        if !status.contains(" 20") {
            let mut said = String::new();
            answer.read_to_string(&mut said)?;
            return Err(std::io::Error::other(format!("{status} {said}")));
        }
        if !is_chunked {
            std::io::copy(&mut answer, to)?;
            return Ok(());
        }
        loop {
            let size = line(&mut answer)?;
            let size = u64::from_str_radix(size.trim(), 16)
                .map_err(|_| std::io::Error::other(format!("no size of a chunk: {size}")))?;
            let copied = std::io::copy(&mut answer.by_ref().take(size), to)?;
            if copied < size {
                return Err(std::io::Error::other("the answer broke off"));
            }
            line(&mut answer)?;
            if size == 0 {
                return Ok(());
            }
        }
    }
}

fn line(from: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}
