//! Words of customers on a page: marked where they show a theme, with the themes behind them in words.

use askama::Template;
use peil_app::themes::{Spoken, SpokenPart, ThemeNames};

use crate::edge::{parts::Piece, text::Text};

#[derive(Template)]
#[template(path = "themes/words.html")]
struct Words<'a> {
    parts: Vec<PartView<'a>>,
}

/// A stretch of words.
enum PartView<'a> {
    Plain(&'a str),
    Said {
        class: &'static str,
        title: String,
        words: &'a str,
    },
    Masked(String),
}

/// What was read in an answer, in words.
pub(in crate::admin) struct SpokenView {
    /// The words with what shows a theme marked.
    pub(in crate::admin) words: Piece,
    /// Class and words of what it mentions and is besides.
    pub(in crate::admin) tags: Vec<(&'static str, String)>,
}

/// An answer for a page.
pub(in crate::admin) fn spoken_view(t: Text, names: &ThemeNames, spoken: &Spoken) -> SpokenView {
    let parts = spoken.parts.iter().map(|part| match part {
        SpokenPart::Plain(words) => PartView::Plain(words),
        SpokenPart::Said {
            words,
            themes,
            tone,
        } => PartView::Said {
            class: tone_class(*tone),
            title: format!(
                "{} · {}",
                themes
                    .iter()
                    .map(|code| full_name(t, names, code))
                    .collect::<Vec<_>>()
                    .join(", "),
                tone_name(t, *tone)
            ),
            words,
        },
        SpokenPart::Masked(kind) => PartView::Masked(
            t.find(&format!("themes-masked-{kind}"))
                .unwrap_or_else(|| t.s("themes-masked-other")),
        ),
    });
    let words = Words {
        parts: parts.collect(),
    };
    let mentions = spoken.mentions.iter().map(|(code, tone)| {
        let whole = code
            .split_once('.')
            .map_or(code.as_str(), |(whole, _)| whole);
        let name = names.name(whole, t.language);
        (
            tone_class(*tone),
            format!("{name} · {}", tone_name(t, *tone)),
        )
    });
    let mut tags: Vec<(&'static str, String)> = mentions.collect();
    tags.sort();
    tags.dedup();
    tags.extend(
        spoken
            .labels
            .iter()
            .filter_map(|label| Some(("", t.find(&format!("themes-label-{label}"))?))),
    );
    SpokenView {
        words: Piece::of(&words),
        tags,
    }
}

/// Name of a theme; of a part behind that of its theme.
pub(in crate::admin) fn full_name(t: Text, names: &ThemeNames, code: &str) -> String {
    match code.split_once('.') {
        Some((whole, _)) => format!(
            "{}: {}",
            names.name(whole, t.language),
            names.name(code, t.language)
        ),
        None => names.name(code, t.language),
    }
}

const fn tone_class(tone: i8) -> &'static str {
    match tone {
        ..=-1 => "is-low",
        0 => "",
        1.. => "is-high",
    }
}

/// A tone in words.
pub(in crate::admin) fn tone_name(t: Text, tone: i8) -> String {
    match tone {
        ..=-1 => t.s("themes-tone-negative"),
        0 => t.s("themes-tone-neutral"),
        1.. => t.s("themes-tone-positive"),
    }
}
