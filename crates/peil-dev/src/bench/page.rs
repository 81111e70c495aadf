//! What a page costs: bytes on the wire, requests, time.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde::Serialize;

use crate::problem::Problem;
use crate::stopwatch::Stopwatch;

use super::{median, quantile};

const REPEATS: usize = 1_000;
const PATIENCE: Duration = Duration::from_mins(2);

/// A page with its style sheets and scripts.
#[derive(Debug, Serialize)]
pub(crate) struct PageCost {
    /// Compressed, without headers.
    pub(crate) bytes: usize,
    pub(crate) requests: usize,
    /// Median over new connections, one after another.
    pub(crate) first_byte_ms: f64,
    /// The slowest hundredth begins here.
    pub(crate) slow_byte_ms: f64,
}

/// Reads a page as a browser does that comes for the first time.
pub(crate) fn measure(address: &str, path: &str) -> Result<PageCost, Problem> {
    let visit = |encoding| Visit {
        address,
        encoding,
        cookie: None,
    };
    let readable = visit("identity").get(path)?;
    let parts = linked_files(&String::from_utf8_lossy(&readable.body));
    let visit = visit("gzip");
    let mut bytes = visit.get(path)?.body.len();
    for part in &parts {
        bytes += visit.get(part)?.body.len();
    }
    let mut times = Vec::new();
    for _ in 0..REPEATS {
        times.push(visit.get(path)?.first_byte_ms);
    }
    Ok(PageCost {
        bytes,
        requests: 1 + parts.len(),
        first_byte_ms: median(&times),
        slow_byte_ms: quantile(&times, 0.99),
    })
}

/// Somebody who looks at pages, each over a connection of its own.
#[derive(Clone, Copy)]
pub(crate) struct Visit<'a> {
    pub(crate) address: &'a str,
    /// How pages may be compressed.
    pub(crate) encoding: &'a str,
    pub(crate) cookie: Option<&'a str>,
}

/// A page that came.
pub(crate) struct Fetched {
    /// As it came over the wire.
    pub(crate) body: Vec<u8>,
    pub(crate) first_byte_ms: f64,
    pub(crate) whole_ms: f64,
}

impl Visit<'_> {
    /// Fetches a page.
    ///
    /// # Errors
    /// When it does not come, or is no good answer.
    pub(crate) fn get(self, path: &str) -> Result<Fetched, Problem> {
        let host = self.address.strip_prefix("http://").unwrap_or(self.address);
        let failed = |cause: std::io::Error| Problem::new(format!("http://{host}{path}: {cause}"));
        let encoding = self.encoding;
        let cookie = self.cookie.map(|cookie| format!("Cookie: {cookie}\r\n"));
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {encoding}\r\n{}Connection: close\r\n\r\n",
            cookie.unwrap_or_default()
        );
        let watch = Stopwatch::start();
        let mut stream = TcpStream::connect(host).map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
        stream.write_all(request.as_bytes()).map_err(failed)?;
        let mut answer = vec![0; 1];
        stream.read_exact(&mut answer).map_err(failed)?;
        let first_byte_ms = watch.elapsed().as_secs_f64() * 1000.0;
        stream.read_to_end(&mut answer).map_err(failed)?;
        let whole_ms = watch.elapsed().as_secs_f64() * 1000.0;
        let body = body_of(&answer).ok_or_else(|| {
            Problem::new(format!("http://{host}{path} does not answer with a page"))
        })?;
        Ok(Fetched {
            body,
            first_byte_ms,
            whole_ms,
        })
    }
}

/// The body of a good answer, put together when it came in chunks.
fn body_of(answer: &[u8]) -> Option<Vec<u8>> {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(answer.get(..end)?).to_ascii_lowercase();
    let body = answer.get(end + 4..)?;
    if head.split(' ').nth(1) != Some("200") {
        return None;
    }
    if head.contains("transfer-encoding: chunked") {
        joined_chunks(body)
    } else {
        Some(body.to_vec())
    }
}

fn joined_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|part| part == b"\r\n")?;
        let size = String::from_utf8_lossy(rest.get(..line)?).trim().to_owned();
        let size = usize::from_str_radix(&size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(line + 2..line + 2 + size)?);
        rest = rest.get(line + 4 + size..)?;
    }
}

/// Style sheets and scripts of our own that the page loads.
fn linked_files(page: &str) -> Vec<String> {
    let mut files = Vec::new();
    for (tag, attribute) in [("<link", "href=\""), ("<script", "src=\"")] {
        for piece in page.split(tag).skip(1) {
            let inside = piece.split('>').next().unwrap_or_default();
            let value = inside
                .split_once(attribute)
                .and_then(|(_, rest)| rest.split('"').next());
            let is_loaded = tag == "<script" || inside.contains("stylesheet");
            if let Some(path) = value.filter(|path| is_loaded && path.starts_with('/')) {
                files.push(path.to_owned());
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_and_scripts_are_part_of_the_page_and_icons_are_not() {
        let page = "<link rel=\"stylesheet\" href=\"/a.css\"><link rel=\"icon\" href=\"/i.svg\">\
            <script type=\"module\" src=\"/b.js\"></script><script src=\"https://elsewhere/c.js\">";
        assert_eq!(linked_files(page), ["/a.css", "/b.js"]);
    }

    #[test]
    fn a_body_is_read_whole_or_in_chunks() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
        assert_eq!(body_of(whole), Some(b"hi".to_vec()));
        let chunks =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n";
        assert_eq!(body_of(chunks), Some(b"hi!".to_vec()));
        assert_eq!(body_of(b"HTTP/1.1 404 Not Found\r\n\r\nhi"), None);
    }
}
