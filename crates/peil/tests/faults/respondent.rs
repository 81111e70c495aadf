//! Respondents over HTTP, who keep their form when it was not taken and send it again.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// A form that was filled in and not seen accepted yet.
pub(crate) struct Pending {
    /// What was written in it, different for every form.
    pub(crate) mark: String,
    body: String,
}

/// What became of a form.
pub(crate) enum Sent {
    /// The thank-you page was seen, or the redirect to it.
    Accepted,
    /// The form came back with this answer; the answers are still in it.
    Refused(String),
    /// The program went away, so that nobody knows.
    Unknown,
}

/// Opens the questionnaire and fills it in.
pub(crate) fn fill_in(address: &str, mark: &str) -> Option<Pending> {
    let page = exchange(address, "GET", "/s/kto", "", None)?;
    let mut fields: Vec<(String, String)> = page
        .split("<input")
        .skip(1)
        .filter_map(|input| input.split('>').next())
        .filter(|input| input.contains("type=\"hidden\""))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .collect();
    let answers = [("nps", "9"), ("csat", "4"), ("ces", "6"), ("waarom", mark)];
    fields.extend(answers.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "+")))
        .collect();
    Some(Pending {
        mark: mark.to_owned(),
        body: body.join("&"),
    })
}

/// Sends a form, as often as needed: it carries its own identifier.
pub(crate) fn send(address: &str, pending: &Pending) -> Sent {
    let Some(sent) = exchange(address, "POST", "/s/kto", &pending.body, None) else {
        return Sent::Unknown;
    };
    let location = sent.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_place = name.eq_ignore_ascii_case("location");
        is_place.then(|| value.trim().to_owned())
    });
    let Some(location) = location else {
        return Sent::Refused(sent);
    };
    match exchange(address, "GET", &location, "", None) {
        Some(page) if page.contains("data-done") => Sent::Accepted,
        // Whoever saw the redirect was told that it was accepted.
        _ => Sent::Accepted,
    }
}

/// Fills the questionnaire in and sends it once.
pub(crate) fn answer(address: &str, mark: &str) -> Option<Sent> {
    fill_in(address, mark).map(|pending| send(address, &pending))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    Some(
        tag.split(&format!(" {name}=\""))
            .nth(1)?
            .split('"')
            .next()?
            .to_owned(),
    )
}

/// Number of people behind the figures of the questionnaire, asked as a program does.
pub(crate) fn people(address: &str, token: &str) -> Option<u64> {
    let answer = exchange(
        address,
        "GET",
        "/api/v1/results?survey=kto",
        "",
        Some(token),
    )?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let body = body.get(body.find('{')?..=body.rfind('}')?)?;
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    let found: serde_json::Value = serde_json::from_str(body).unwrap();
    found["people"].as_u64()
}

/// A page as somebody sees it who is signed in.
pub(crate) fn look(address: &str, path: &str, cookie: &str) -> Option<String> {
    request(address, "GET", path, "", &format!("Cookie: {cookie}\r\n"))
}

/// One request on a connection of its own; nothing when the program is not there or went away.
pub(crate) fn exchange(
    address: &str,
    method: &str,
    path: &str,
    body: &str,
    token: Option<&str>,
) -> Option<String> {
    let caller = token.map_or_else(String::new, |token| {
        format!("Authorization: Bearer {token}\r\n")
    });
    request(address, method, path, body, &caller)
}

fn request(address: &str, method: &str, path: &str, body: &str, caller: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_mins(1))).ok()?;
    let kind = if body.starts_with('{') {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{caller}\
         Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    text.starts_with("HTTP/1.1 ").then_some(text)
}
