//! Plays respondents against a running Peil and says how many it served, and how fast.
//!
//! One respondent is a new connection without cookies: read the page, keep its hidden
//! fields, send the form, follow the redirect, look for the thank-you mark. Needs only the
//! standard library: `rustc -O loadclient.rs`, then `loadclient URL CLIENTS SECONDS [RATE]`. Without
//! a rate every client goes on as soon as it can; with one, all together begin so many a second.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

/// Stands in the page that a respondent sees after an accepted answer.
const THANK_YOU_MARK: &[u8] = b"data-done";

const WHY: [&str; 7] = [
    "Snelle reactie en vriendelijk geholpen",
    "De levering duurde te lang en niemand belde terug",
    "Prima product, duidelijke uitleg",
    "Ik moest drie keer bellen voor een antwoord",
    "",
    "De website is onoverzichtelijk",
    "Goede prijs, goede service",
];
const BETTER: [&str; 5] = [
    "Sneller terugbellen",
    "Niets",
    "",
    "Duidelijker facturen",
    "Meer uitleg bij storingen",
];

/// How often each score is given, from the lowest up.
const NPS_WEIGHTS: [u64; 11] = [3, 1, 1, 2, 2, 5, 7, 14, 24, 21, 20];
const CSAT_WEIGHTS: [u64; 5] = [4, 6, 16, 44, 30];
const CES_WEIGHTS: [u64; 7] = [3, 4, 6, 12, 22, 32, 21];

/// A small xorshift generator: the same clients give the same answers on every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.next() % weights.iter().sum::<u64>().max(1);
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        let equal = vec![1; texts.len()];
        texts.get(self.weighted(&equal)).copied().unwrap_or("")
    }
}

struct Response {
    status: u16,
    body: Vec<u8>,
    location: Option<String>,
}

/// One respondent's connection and cookies.
struct Visit<'a> {
    host: &'a str,
    connection: BufReader<TcpStream>,
    cookies: BTreeMap<String, String>,
}

impl<'a> Visit<'a> {
    fn start(host: &'a str) -> Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self {
            host,
            connection: BufReader::new(stream),
            cookies: BTreeMap::new(),
        })
    }

    fn get(&mut self, path: &str) -> Result<Response> {
        self.send("GET", path, None)
    }

    fn post(&mut self, path: &str, form: &str) -> Result<Response> {
        self.send("POST", path, Some(form))
    }

    fn send(&mut self, method: &str, path: &str, form: Option<&str>) -> Result<Response> {
        let host = self.host;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n");
        head += "Accept-Encoding: identity\r\nUser-Agent: loadclient\r\n";
        if !self.cookies.is_empty() {
            let pairs = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            head += &format!("Cookie: {}\r\n", pairs.collect::<Vec<_>>().join("; "));
        }
        match form {
            Some(form) => {
                head += "Content-Type: application/x-www-form-urlencoded\r\n";
                head += &format!("Content-Length: {}\r\n\r\n{form}", form.len());
            }
            None => head += "\r\n",
        }
        self.connection.get_mut().write_all(head.as_bytes())?;
        self.receive()
    }

    fn receive(&mut self) -> Result<Response> {
        let first = self.line()?;
        let status = first
            .split(' ')
            .nth(1)
            .and_then(|number| number.parse().ok());
        let status = status.ok_or_else(malformed)?;
        let (mut length, mut is_chunked, mut location) = (0, false, None);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().map_err(|_| malformed())?,
                "transfer-encoding" => is_chunked = value.contains("chunked"),
                "location" => location = Some(value.to_owned()),
                "set-cookie" => self.keep_cookie(value),
                _ => {}
            }
        }
        let body = if is_chunked {
            self.chunks()?
        } else {
            self.bytes(length)?
        };
        Ok(Response {
            status,
            body,
            location,
        })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.connection.read_line(&mut line)? == 0 {
            return Err(malformed());
        }
        Ok(line.trim_end().to_owned())
    }

    fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.connection.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let head = self.line()?;
            let size = head.split(';').next().unwrap_or_default();
            let size = usize::from_str_radix(size.trim(), 16).map_err(|_| malformed())?;
            body.extend(self.bytes(size)?);
            self.line()?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    fn keep_cookie(&mut self, header: &str) {
        let pair = header
            .split(';')
            .next()
            .and_then(|pair| pair.split_once('='));
        if let Some((name, value)) = pair {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn malformed() -> Error {
    Error::new(ErrorKind::InvalidData, "malformed response")
}

/// Percent-encodes a value for a form.
fn encoded(text: &str) -> String {
    let mut form = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                form.push(char::from(byte))
            }
            b' ' => form.push('+'),
            _ => form += &format!("%{byte:02X}"),
        }
    }
    form
}

/// The value of an attribute inside one tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}

/// Names and values of the hidden fields in a page.
fn hidden_fields(page: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for piece in page.split("<input").skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        if attribute(tag, "type") != Some("hidden") {
            continue;
        }
        if let Some(name) = attribute(tag, "name") {
            let value = attribute(tag, "value").unwrap_or_default();
            fields.insert(name.to_owned(), value.to_owned());
        }
    }
    fields
}

/// The path in an absolute or relative address.
fn path_of(location: &str) -> &str {
    let Some((_, rest)) = location.split_once("://") else {
        return location;
    };
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

/// One respondent from page to thanks; says whether the answer was accepted.
fn respond(host: &str, path: &str, chance: &mut Chance) -> Result<bool> {
    let mut visit = Visit::start(host)?;
    let page = visit.get(path)?;
    if page.status != 200 {
        return Ok(false);
    }
    let mut fields = hidden_fields(&String::from_utf8_lossy(&page.body));
    let answers = [
        ("nps", chance.weighted(&NPS_WEIGHTS).to_string()),
        ("csat", (1 + chance.weighted(&CSAT_WEIGHTS)).to_string()),
        ("ces", (1 + chance.weighted(&CES_WEIGHTS)).to_string()),
        ("waarom", chance.one_of(&WHY).to_owned()),
        ("beter", chance.one_of(&BETTER).to_owned()),
    ];
    fields.extend(answers.map(|(name, value)| (name.to_owned(), value)));
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let mut answer = visit.post(path, &pairs.collect::<Vec<_>>().join("&"))?;
    if let (302 | 303, Some(location)) = (answer.status, answer.location.clone()) {
        answer = visit.get(path_of(&location))?;
    }
    let has_mark = answer
        .body
        .windows(THANK_YOU_MARK.len())
        .any(|part| part == THANK_YOU_MARK);
    Ok(answer.status == 200 && has_mark)
}

/// What one client did: milliseconds per accepted answer, and the number of failures.
#[derive(Default)]
struct Work {
    milliseconds: Vec<f64>,
    failed: u64,
}

/// When a client begins with its next respondent.
struct Pace {
    next: Instant,
    every: Duration,
}

impl Pace {
    /// Of client `number` of so many, who begin so many a second together.
    fn new(number: u64, clients: u64, rate: f64) -> Self {
        let every = Duration::from_secs_f64(clients as f64 / rate);
        let first = every.mul_f64(number as f64 / clients as f64);
        Self {
            next: Instant::now() + first,
            every,
        }
    }

    fn wait(&mut self) {
        let now = Instant::now();
        if let Some(early) = self.next.checked_duration_since(now) {
            thread::sleep(early);
        } else if now - self.next > Duration::from_secs(1) {
            // What was missed is not made up for: that would be another load.
            self.next = now;
        }
        self.next += self.every;
    }
}

fn work_until(end: Instant, host: &str, path: &str, number: u64, mut pace: Option<Pace>) -> Work {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15 ^ ((number + 1) * 7919));
    let mut work = Work::default();
    while Instant::now() < end {
        if let Some(pace) = &mut pace {
            pace.wait();
        }
        let start = Instant::now();
        if matches!(respond(host, path, &mut chance), Ok(true)) {
            work.milliseconds
                .push(start.elapsed().as_secs_f64() * 1000.0);
        } else {
            work.failed += 1;
        }
    }
    work
}

/// The value below which a share of the sorted values lies; zero when there are none.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let index = (sorted.len() as f64 * share) as usize;
    sorted.get(index).or(sorted.last()).copied().unwrap_or(0.0)
}

fn print_report(clients: u64, seconds: f64, work: &Work) {
    let accepted = work.milliseconds.len();
    let per_second = accepted as f64 / seconds;
    let at = |share| quantile(&work.milliseconds, share);
    println!(
        "{{\"clients\": {clients}, \"seconds\": {seconds:.2}, \"accepted\": {accepted}, \
         \"failed\": {}, \"per_second\": {per_second:.1}, \"p50_ms\": {:.2}, \"p95_ms\": {:.2}, \
         \"p99_ms\": {:.2}}}",
        work.failed,
        at(0.5),
        at(0.95),
        at(0.99)
    );
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (url, clients, seconds, rate) = match arguments.as_slice() {
        [url, clients, seconds] => (url, clients, seconds, None),
        [url, clients, seconds, rate] => (url, clients, seconds, rate.parse::<f64>().ok()),
        _ => {
            eprintln!("loadclient URL CLIENTS SECONDS [RATE]");
            return ExitCode::from(2);
        }
    };
    let address = url.strip_prefix("http://").unwrap_or(url);
    let (host, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    let (Ok(clients), Ok(seconds)) = (clients.parse::<u64>(), seconds.parse::<f64>()) else {
        eprintln!("CLIENTS and SECONDS are numbers");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(seconds);
    let mut total = Work::default();
    thread::scope(|scope| {
        let started: Vec<_> = (0..clients)
            .map(|number| {
                let pace = rate.map(|rate| Pace::new(number, clients, rate));
                scope.spawn(move || work_until(end, host, path, number, pace))
            })
            .collect();
        for work in started.into_iter().filter_map(|client| client.join().ok()) {
            total.milliseconds.extend(work.milliseconds);
            total.failed += work.failed;
        }
    });
    total.milliseconds.sort_by(f64::total_cmp);
    print_report(clients, start.elapsed().as_secs_f64(), &total);
    ExitCode::SUCCESS
}
