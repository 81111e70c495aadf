//! Labelled answers as they stand in `data/answers`: themes, tone and text with tabs between them.

use crate::model::Label;

/// How tones are written, and what they are called elsewhere.
const TONES: [(&str, &str); 4] = [
    ("+", "positive"),
    ("-", "negative"),
    ("0", "neutral"),
    ("±", "mixed"),
];

impl Label {
    /// The answers of a file of lines with themes, tone and text, by one writer in one language; what is no such line
    /// is left out. Lines that begin with `#` are remarks.
    #[must_use]
    pub fn of_lines(writer: &str, lang: &str, lines: &str) -> Vec<Self> {
        let lines = lines.lines().filter(|line| !line.starts_with('#'));
        let labels = lines.enumerate().filter_map(|(number, line)| {
            let mut columns = line.splitn(3, '\t');
            let (themes, tone, text) = (columns.next()?, columns.next()?, columns.next()?);
            let (_, polarity) = TONES.iter().find(|(sign, _)| *sign == tone)?;
            Some(Self {
                id: format!("{writer}:{number}"),
                text: text.to_owned(),
                lang: Some(lang.to_owned()),
                categories: themes.split(',').map(str::to_owned).collect(),
                polarity: Some((*polarity).to_owned()),
                opinions: Vec::new(),
                weight: 1.0,
            })
        });
        labels.collect()
    }
}
