//! Makes a file with earlier answers, the same one every time: an NPS, a comment, four closed questions
//! and eight properties, of which the first values are much more frequent.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::problem::Problem;

/// Values of each property.
const PROPERTIES: [u64; 8] = [2, 5, 10, 25, 100, 400, 1_500, 5_000];
/// The first moment, in seconds since 1970: the beginning of 2021.
const FIRST: u64 = 1_609_459_200;
/// Five years.
const SPAN: u64 = 5 * 365 * 86_400;
const PRODUCTS: [&str; 5] = ["internet", "tv", "phone", "mobile", "energy"];
const OPENINGS: [&str; 8] = [
    "Snel geholpen",
    "Lang moeten wachten",
    "Prima, \"zoals beloofd\"",
    "De monteur kwam niet",
    "=goed",
    "Fijne medewerker 😀",
    "Te duur; elders is het goedkoper",
    "Één keer gebeld",
];
const MIDDLES: [&str; 6] = [
    "en dat was alles wat nodig was",
    "maar de rekening klopt nog steeds niet",
    ", ook na drie keer bellen",
    "met een duidelijke uitleg over wat er mis was en hoe het verder gaat",
    "op de dag die was afgesproken",
    "\nVolgende keer graag een bericht vooraf",
];

/// In which order rows stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// By moment, as systems write them out.
    ByTime,
    /// Any.
    Shuffled,
}

/// Numbers that look random and are the same every time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Below `end`, the lower the more often.
    fn skewed(&mut self, end: u64) -> u64 {
        let first = self.below(1 << 20);
        let second = self.below(1 << 20);
        (end * ((first * second) >> 20)) >> 20
    }

    fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// Writes the file; gives its length.
pub(super) fn write(path: &Path, rows: u64, order: Order) -> Result<u64, Problem> {
    let failed = |cause: std::io::Error| Problem::at(path, &cause);
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    file.write_all(HEADER.as_bytes()).map_err(failed)?;
    for place in 0..rows {
        let number = match order {
            Order::ByTime => place,
            // A prime that divides no number of rows anyone asks for visits every row once.
            Order::Shuffled => place.wrapping_mul(2_147_483_647) % rows,
        };
        file.write_all(line(number, rows).as_bytes())
            .map_err(failed)?;
    }
    file.flush().map_err(failed)?;
    let length = std::fs::metadata(path).map_err(failed)?.len();
    Ok(length)
}

const HEADER: &str =
    "id,answered_at,p1,p2,p3,p4,p5,p6,p7,p8,nps,reason,satisfied,effort,product,solved\r\n";

fn line(number: u64, rows: u64) -> String {
    let mut numbers = Numbers(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let seconds = FIRST + SPAN / rows.max(1) * number + numbers.below((SPAN / rows.max(1)).max(1));
    let mut line = format!("R{number:09},{}", moment(seconds));
    for (place, values) in (1..).zip(PROPERTIES) {
        line.push_str(&format!(",v{place}-{}", numbers.skewed(values)));
    }
    let nps = 10 - numbers.skewed(11);
    line.push_str(&format!(",{nps},"));
    if numbers.happens(55) {
        line.push_str(&quoted(&comment(&mut numbers)));
    }
    for (low, high) in [(1, 5), (1, 7)] {
        line.push(',');
        if numbers.happens(95) {
            line.push_str(&(low + numbers.below(high)).to_string());
        }
    }
    line.push(',');
    if numbers.happens(95) {
        let product = numbers.skewed(5);
        line.push_str(
            usize::try_from(product)
                .ok()
                .and_then(|at| PRODUCTS.get(at))
                .unwrap_or(&""),
        );
    }
    line.push(',');
    if numbers.happens(95) {
        line.push_str(if numbers.happens(70) { "1" } else { "0" });
    }
    line.push_str("\r\n");
    line
}

fn comment(numbers: &mut Numbers) -> String {
    let pick = |words: &[&'static str], at: u64| {
        let at = usize::try_from(at).unwrap_or_default();
        words.get(at).copied().unwrap_or_default()
    };
    let mut text = pick(&OPENINGS, numbers.below(8)).to_owned();
    for _ in 0..numbers.below(4) {
        text.push(' ');
        text.push_str(pick(&MIDDLES, numbers.below(6)));
    }
    text
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', ';', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A moment in UTC, as both files have it.
fn moment(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        rest / 3_600,
        rest / 60 % 60,
        rest % 60
    )
}

/// Year, month and day so many days after the first of 1970.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

/// What the columns mean, as `peil import answers` reads it.
pub(super) fn map() -> String {
    let mut text = String::from(
        r#"[survey]
slug = "earlier"
name = "Earlier answers"
languages = ["en"]
[[survey.questions]]
key = "nps"
kind = "nps"
text = { en = "How likely are you to recommend us?" }
[[survey.questions]]
key = "reason"
kind = "text"
text = { en = "Why?" }
is_long = true
[[survey.questions]]
key = "satisfied"
kind = "csat"
text = { en = "How satisfied are you?" }
[[survey.questions]]
key = "effort"
kind = "ces"
text = { en = "How easy was it?" }
[[survey.questions]]
key = "product"
kind = "choice"
text = { en = "What was it about?" }
options = [
"#,
    );
    for product in PRODUCTS {
        text.push_str(&format!(
            "  {{ code = \"{product}\", label = {{ en = \"{product}\" }} }},\n"
        ));
    }
    text.push_str(
        r#"]
[[survey.questions]]
key = "solved"
kind = "yes_no"
text = { en = "Was it solved?" }
[columns]
id = "id"
date = { column = "answered_at", zone = "UTC" }
[answers]
nps = "nps"
reason = "reason"
satisfied = "satisfied"
effort = "effort"
product = "product"
solved = "solved"
[segments]
"#,
    );
    for place in 1..=PROPERTIES.len() {
        text.push_str(&format!("p{place} = \"p{place}\"\n"));
    }
    text
}

/// Columns by name before and after, the identifier of the file aside, which Peil does not keep.
pub(super) fn columns() -> Vec<(String, String)> {
    let mut all = vec![("answered_at".to_owned(), "submitted_at".to_owned())];
    all.extend(
        (1..=PROPERTIES.len()).map(|place| (format!("p{place}"), format!("segment_p{place}"))),
    );
    all.extend(
        ["nps", "reason", "satisfied", "effort", "product", "solved"]
            .map(|name| (name.to_owned(), name.to_owned())),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_the_same_every_time_and_rows_differ() {
        assert_eq!(line(7, 1_000), line(7, 1_000));
        assert_ne!(line(7, 1_000), line(8, 1_000));
    }

    #[test]
    fn moments_are_days_of_the_calendar() {
        assert_eq!(moment(0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(FIRST), "2021-01-01T00:00:00Z");
        assert_eq!(moment(1_709_251_199), "2024-02-29T23:59:59Z");
    }

    #[test]
    fn a_map_is_readable() {
        assert!(map().parse::<toml::Table>().is_ok());
    }
}
