//! How answers are read that customers could have written: their themes, their tone, whether they are urgent or wait
//! for a reply. The figures stand in `docs/methods/themes.md`; they are computed here, and a test fails when the page
//! says something else.
//!
//! `answers/{nl,en}.txt` were divided by a hash of their text before the words were looked at: one half was used to
//! mend the words, the other only to test. `answers/later.{nl,en}.txt` were written after that, and
//! `answers/last.{nl,en}.txt` after everything, only to test.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use std::fmt::Write;

use peil_themes::{Analysis, Answer, Engine, Language, Signal, Taxonomy};

/// Per language what was divided, written later, and written last.
const FILES: [(Language, [&str; 3]); 2] = [
    (
        Language::Dutch,
        [
            include_str!("answers/nl.txt"),
            include_str!("answers/later.nl.txt"),
            include_str!("answers/last.nl.txt"),
        ],
    ),
    (
        Language::English,
        [
            include_str!("answers/en.txt"),
            include_str!("answers/later.en.txt"),
            include_str!("answers/last.en.txt"),
        ],
    ),
];
const TONES: [(&str, &str); 4] = [
    ("+", "positive"),
    ("-", "negative"),
    ("0", "neutral"),
    ("±", "mixed"),
];
const SIGNALS: [(&str, Signal); 3] = [
    ("u", Signal::Urgency),
    ("r", Signal::NeedsReply),
    ("s", Signal::Suggestion),
];
/// Themes that bring a wider one along, which is then neither asked for nor wrong.
const WITH_SERVICE: [&str; 3] = ["staff", "expertise", "waiting_time"];

struct Case {
    language: Language,
    text: &'static str,
    themes: Vec<&'static str>,
    optional: Vec<&'static str>,
    tone: &'static str,
    signals: Vec<&'static str>,
}

impl Case {
    fn read(language: Language, line: &'static str) -> Self {
        let mut columns = line.splitn(4, '|').map(str::trim);
        let mut list = || -> Vec<&'static str> {
            let column = columns.next().unwrap();
            column.split(',').map(str::trim).collect()
        };
        let (named, tone, signals) = (list(), list(), list());
        let (optional, themes): (Vec<&str>, Vec<&str>) =
            named.iter().partition(|theme| theme.ends_with('?'));
        let mut optional: Vec<&str> = optional
            .iter()
            .map(|theme| theme.trim_end_matches('?'))
            .collect();
        if named
            .iter()
            .any(|theme| WITH_SERVICE.contains(&theme.trim_end_matches('?')))
        {
            optional.push("customer_service");
        }
        Self {
            language,
            text: columns.next().unwrap(),
            themes: themes.into_iter().filter(|theme| *theme != "0").collect(),
            optional,
            tone: TONES
                .iter()
                .find(|(sign, _)| tone.contains(sign))
                .unwrap()
                .1,
            signals,
        }
    }

    /// FNV-1a of the text.
    fn is_development(&self) -> bool {
        let hash = self
            .text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        (hash >> 20) % 2 == 0
    }
}

fn cases(language: Language, file: &'static str) -> Vec<Case> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| Case::read(language, line)).collect()
}

#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn add(&mut self, given: bool, wanted: bool) {
        self.right += usize::from(given && wanted);
        self.wrong += usize::from(given && !wanted);
        self.missed += usize::from(!given && wanted);
    }

    fn precision(self) -> usize {
        percent(self.right, self.right + self.wrong)
    }

    fn recall(self) -> usize {
        percent(self.right, self.right + self.missed)
    }
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 200 + whole) / (whole * 2).max(1)
}

#[derive(Default)]
struct Figures {
    answers: usize,
    themes: Tally,
    right_tone: usize,
    turned_tone: usize,
    signals: [Tally; 3],
}

impl Figures {
    /// Mistakes are only shown where they may be looked at.
    fn of(cases: &[&Case], is_shown: bool) -> Self {
        let engine = Engine::new(&Taxonomy::seed());
        let mut figures = Self::default();
        for case in cases {
            let answer = Answer {
                text: case.text.to_owned(),
                lang: Some(case.language.code().to_owned()),
                ..Answer::default()
            };
            figures.add(case, &engine.analyse(&answer, None), is_shown);
        }
        figures
    }

    fn row(&self, name: &str, language: Language) -> String {
        let [urgent, reply, _] = self
            .signals
            .map(|tally| format!("{} / {} / {}", tally.right, tally.wrong, tally.missed));
        format!(
            "| {name} | {} | {} | {} % / {} % | {} % | {} % | {urgent} | {reply} |\n",
            language.code(),
            self.answers,
            self.themes.precision(),
            self.themes.recall(),
            percent(self.right_tone, self.answers),
            percent(self.turned_tone, self.answers),
        )
    }

    fn add(&mut self, case: &Case, read: &Analysis, is_shown: bool) {
        self.answers += 1;
        let mut notes = String::new();
        for theme in &case.themes {
            let is_given = read.themes.iter().any(|given| given == theme);
            self.themes.add(is_given, true);
            if !is_given {
                write!(notes, " -{theme}").unwrap();
            }
        }
        for given in &read.themes {
            let is_known = |list: &[&str]| list.contains(&given.as_str());
            if !is_known(&case.themes) && !is_known(&case.optional) {
                self.themes.add(true, false);
                write!(notes, " +{given}").unwrap();
            }
        }
        let is_right = read.polarity == case.tone;
        self.right_tone += usize::from(is_right);
        self.turned_tone += usize::from(matches!(
            (read.polarity.as_str(), case.tone),
            ("positive", "negative") | ("negative", "positive")
        ));
        if !is_right {
            write!(notes, " {} for {}", read.polarity, case.tone).unwrap();
        }
        for (tally, (sign, signal)) in self.signals.iter_mut().zip(SIGNALS) {
            let (given, wanted) = (read.signals.contains(&signal), case.signals.contains(&sign));
            tally.add(given, wanted);
            if given != wanted {
                write!(notes, " {}{sign}", if given { "+" } else { "-" }).unwrap();
            }
        }
        if !notes.is_empty() && is_shown {
            println!("{} |{notes}", case.text);
        }
    }
}

/// The part of the page that is made of figures.
fn table() -> String {
    let mut text = String::from(
        "| answers | language | number | themes: precision / recall | tone right | tone turned round | \
         urgent: right / wrong / missed | wants a reply: right / wrong / missed |\n|---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for (language, files) in FILES {
        let [divided, later, last] = files.map(|file| cases(language, file));
        let (development, test): (Vec<&Case>, Vec<&Case>) =
            divided.iter().partition(|case| case.is_development());
        let parts = [
            ("developed on", development, true),
            ("only tested on", test, false),
            ("written later", later.iter().collect(), false),
            ("written last", last.iter().collect(), false),
        ];
        for (name, part, is_shown) in parts {
            text.push_str(&Figures::of(&part, is_shown).row(name, language));
        }
    }
    text
}

#[test]
fn the_page_shows_how_answers_are_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/methods/themes.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (_, rest) = page.split_once("<!-- figures -->\n").unwrap();
    let (shown, _) = rest.split_once("<!-- end of figures -->").unwrap();
    let computed = table();
    assert!(
        shown == computed,
        "docs/methods/themes.md should say:\n{computed}"
    );
}
