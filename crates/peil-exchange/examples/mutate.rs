//! Reads damaged questionnaires until the time is up: a fuzzer that needs nothing but this crate.
//!
//! `mutate FORMAT SECONDS SEED [FILE...]` damages the files, or small ones of its own, byte by byte,
//! by words that mean something in the format and by pieces of other files, and reads what comes of
//! it. A panic, a questionnaire that could not be stored, or a reading that takes more than ten
//! seconds ends it with the input in `mutate-FORMAT.bin`.
#![expect(
    clippy::disallowed_methods,
    reason = "it goes on until the time is up, and looks how long a reading takes"
)]

#[path = "mutate/soundness.rs"]
mod soundness;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    time::{Duration, Instant},
};

use peil_domain::shared::Language;
use peil_exchange::survey::{Format, Options, read};

/// Longest that one reading may take.
const LONGEST: Duration = Duration::from_secs(10);

/// Words that mean something in one of the formats.
const WORDS: &[&str] = &[
    "{",
    "}",
    "{{",
    "}}",
    "[",
    "]",
    "\"",
    "'",
    "<",
    ">",
    "<![CDATA[",
    "]]>",
    "</row>",
    "<row>",
    "&amp;",
    "&#0;",
    "&x;",
    "<!DOCTYPE a>",
    " and ",
    " or ",
    "not(",
    "if(",
    "count(that.",
    ".NAOK",
    "==",
    "!=",
    "9999999999999",
    "-1",
    "0",
    "1e999",
    "null",
    "true",
    "\u{0}",
    "é",
    "\u{202e}",
    "\u{fffd}",
    "{if(a,'b','c')}",
    "${q}",
    "q://QID1/SelectableChoice/1",
    "1X2X3",
    "INSERTANS:",
    "{answer.nps|x}",
    "\"type\":\"matrix\"",
    "\"visibleIf\":",
    "\"rateMax\":",
    "\"Selector\":\"FORM\"",
    "\"kind\":\"slider\"",
    "[[[[[[[[",
    "((((((((",
    "<type><![CDATA[:]]></type>",
    "<relevance><![CDATA[sum(a,b)>1]]></relevance>",
    "select_multiple yn or_other",
];

/// `SplitMix64`.
struct Lot(u64);

impl Lot {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        let most = u64::try_from(most.max(1)).unwrap_or(1);
        usize::try_from(self.draw() % most).unwrap_or(0)
    }
}

/// Damages a file in one to eight places.
fn damaged(files: &[Vec<u8>], lot: &mut Lot) -> Vec<u8> {
    let mut bytes = files
        .get(lot.below(files.len()))
        .cloned()
        .unwrap_or_default();
    for _ in 0..=lot.below(8) {
        let at = lot.below(bytes.len() + 1).min(bytes.len());
        let end = (at + lot.below(40)).min(bytes.len());
        match lot.below(7) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << lot.below(8);
                }
            }
            1 => drop(bytes.splice(at..end, [])),
            2 | 3 => {
                let word = WORDS
                    .get(lot.below(WORDS.len()))
                    .copied()
                    .unwrap_or_default();
                drop(bytes.splice(at..at, word.bytes()));
            }
            4 => {
                let piece: Vec<u8> = bytes.get(at..end).unwrap_or_default().to_vec();
                let times = 1 + lot.below(30);
                drop(bytes.splice(at..at, piece.repeat(times)));
            }
            5 => {
                let other = files
                    .get(lot.below(files.len()))
                    .map_or(&[][..], Vec::as_slice);
                let from = lot.below(other.len());
                let until = (from + lot.below(400)).min(other.len());
                let piece = other.get(from..until).unwrap_or_default().to_vec();
                drop(bytes.splice(at..end, piece));
            }
            _ => bytes.truncate(at.max(16)),
        }
    }
    bytes
}

/// Small files of every kind, for when none are given.
fn own_files(format: Format) -> Vec<Vec<u8>> {
    let text = match format {
        Format::Lss => include_str!("mutate/small.lss"),
        Format::Qsf => include_str!("mutate/small.qsf"),
        Format::SurveyJs => include_str!("mutate/small.surveyjs.json"),
        Format::XlsForm => include_str!("mutate/small.xlsform.tsv"),
        Format::Json => include_str!("mutate/small.json"),
    };
    vec![text.as_bytes().to_vec()]
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let format = match name.as_str() {
        "lss" => Format::Lss,
        "qsf" => Format::Qsf,
        "surveyjs" => Format::SurveyJs,
        "xlsform" => Format::XlsForm,
        _ => Format::Json,
    };
    let seconds = arguments
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(10);
    let seed = arguments
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    let mut files: Vec<Vec<u8>> = arguments.filter_map(|path| fs::read(path).ok()).collect();
    let is_own = files.is_empty();
    if is_own {
        files = own_files(format);
    }
    let mut lot = Lot(seed);
    let start = Instant::now();
    let (mut count, mut good, mut longest) = (0_u64, 0_u64, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(seconds) {
        let mut bytes = damaged(&files, &mut lot);
        if format == Format::XlsForm && is_own {
            bytes = soundness::packed(&bytes);
            if lot.below(4) == 0 {
                bytes = damaged(&[bytes], &mut lot);
            }
        }
        let began = Instant::now();
        let language = Language::Nl;
        let read = catch_unwind(AssertUnwindSafe(|| {
            read(format, &bytes, Options { language })
        }));
        let took = began.elapsed();
        longest = longest.max(took);
        count += 1;
        let fault = match read {
            Err(_) => Some("panic".to_owned()),
            Ok(_) if took > LONGEST => Some(format!("took {took:?}")),
            Ok(Err(_)) => None,
            Ok(Ok(imported)) => {
                good += 1;
                soundness::fault(&imported)
            }
        };
        if let Some(fault) = fault {
            let path = format!("mutate-{name}.bin");
            let written = fs::write(&path, &bytes).is_ok();
            println!("{name}: {fault} after {count} (seed {seed}); {path} written: {written}");
            return ExitCode::FAILURE;
        }
    }
    println!(
        "{name}: {count} read in {:?}, {good} of them questionnaires, longest {longest:?}, seed {seed}",
        start.elapsed()
    );
    ExitCode::SUCCESS
}
