//! Cuts a text where the subject or the tone may change: ends of sentences, semicolons, words of contrast.
//! Works on text in normal form; the caller maps the spans back.

use unicode_segmentation::UnicodeSegmentation;

use crate::language::Language;
use crate::span::Span;

/// A clause has at least this many words on both sides of a word of contrast.
const WORDS_AROUND_CONTRAST: usize = 2;

/// Longer clauses are cut, so that no step has to look at thousands of words at once.
const LONGEST_CLAUSE: usize = 120;

/// A word that begins a new clause, unless one of these words stands next to it.
struct Contrast {
    word: &'static str,
    not_before: &'static [&'static str],
    not_after: &'static [&'static str],
    /// Cuts only at the beginning of a part of the sentence, that is after a comma or dash.
    after_comma_only: bool,
}

const fn contrast(word: &'static str) -> Contrast {
    Contrast {
        word,
        not_before: &[],
        not_after: &[],
        after_comma_only: false,
    }
}

const DUTCH: [Contrast; 13] = [
    Contrast {
        word: "maar",
        not_before: &[
            "ook", "een", "één", "twee", "drie", "weinig", "liefst", "even", "half", "net", "eens",
            "doorgaan", "op",
        ],
        not_after: &[
            "alleen", "zeg", "doe", "nog", "ga", "kom", "zomaar", "kan", "hoop",
        ],
        after_comma_only: false,
    },
    contrast("echter"),
    contrast("helaas"),
    contrast("hoewel"),
    contrast("desondanks"),
    contrast("daarentegen"),
    contrast("behalve"),
    Contrast {
        word: "alleen",
        not_before: &["maar"],
        not_after: &["niet"],
        after_comma_only: true,
    },
    Contrast {
        word: "enkel",
        not_before: &[],
        not_after: &["niet"],
        after_comma_only: true,
    },
    Contrast {
        word: "jammer",
        not_before: &[],
        not_after: &[],
        after_comma_only: true,
    },
    Contrast {
        word: "wel",
        not_before: &[],
        not_after: &[],
        after_comma_only: true,
    },
    Contrast {
        word: "terwijl",
        not_before: &[],
        not_after: &[],
        after_comma_only: true,
    },
    Contrast {
        word: "doch",
        not_before: &[],
        not_after: &[],
        after_comma_only: false,
    },
];

const ENGLISH: [Contrast; 11] = [
    Contrast {
        word: "but",
        not_before: &["also", "one"],
        not_after: &[
            "nothing",
            "all",
            "anything",
            "none",
            "everything",
            "can't",
            "cannot",
            "not",
        ],
        after_comma_only: false,
    },
    contrast("however"),
    contrast("unfortunately"),
    contrast("although"),
    contrast("though"),
    contrast("except"),
    contrast("nevertheless"),
    contrast("sadly"),
    Contrast {
        word: "yet",
        not_before: &[],
        not_after: &[],
        after_comma_only: true,
    },
    Contrast {
        word: "only",
        not_before: &[],
        not_after: &["not"],
        after_comma_only: true,
    },
    Contrast {
        word: "while",
        not_before: &[],
        not_after: &[],
        after_comma_only: true,
    },
];

const TABLES: [(Language, &[Contrast]); 2] =
    [(Language::Dutch, &DUTCH), (Language::English, &ENGLISH)];

/// Shortened words of which the full stop does not end a sentence.
const SHORTENED: [&str; 30] = [
    "dhr", "mevr", "mw", "mr", "mrs", "ms", "dr", "drs", "ir", "ing", "prof", "bv", "bijv", "enz",
    "etc", "incl", "excl", "nr", "no", "tel", "vs", "ca", "max", "min", "evt", "o.a", "m.b.t",
    "i.p.v", "d.w.z", "a.u.b",
];

/// The clauses of a text in normal form, in order, without the white space around them.
#[must_use]
pub fn clauses(text: &str, language: Language) -> Vec<Span> {
    let contrasts = TABLES
        .iter()
        .find(|(of, _)| *of == language)
        .map_or(&[][..], |(_, table)| *table);
    let mut found = Vec::new();
    for sentence in sentences(text) {
        cut_at_contrasts(text, sentence, contrasts, &mut found);
    }
    found
}

/// Sentences: what ends with a full stop, question or exclamation mark, semicolon or end of line.
fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let end = at + letter.len_utf8();
        if ends_sentence(text, start, at, letter, next) {
            push_trimmed(text, Span::new(start, end), &mut found);
            start = end;
        }
    }
    push_trimmed(text, Span::new(start, text.len()), &mut found);
    found
}

fn ends_sentence(text: &str, start: usize, at: usize, letter: char, next: Option<char>) -> bool {
    match letter {
        '\n' | ';' => true,
        '!' | '?' | '\u{2022}' => {
            next.is_none_or(|next| !matches!(next, '!' | '?' | '.' | ')' | '"' | '\''))
        }
        '.' => match next {
            None => true,
            Some(next) if next.is_whitespace() || next == '\n' => !is_shortened(text, start, at),
            Some(next) => next.is_uppercase() && is_after_word(text, start, at),
        },
        _ => false,
    }
}

/// The last word before a full stop, of at most a few letters.
fn last_word(text: &str, start: usize, at: usize) -> &str {
    let from = text.get(start..at).unwrap_or_default();
    let length: usize = from
        .chars()
        .rev()
        .take(12)
        .take_while(|letter| letter.is_alphanumeric() || *letter == '.')
        .map(char::len_utf8)
        .sum();
    from.get(from.len() - length..).unwrap_or_default()
}

fn is_shortened(text: &str, start: usize, at: usize) -> bool {
    let word = last_word(text, start, at).to_lowercase();
    SHORTENED.contains(&word.as_str()) || is_initial(&word)
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// "goed.Maar" is two sentences, "www.Voorbeeld.nl" and "A.B." are not.
fn is_after_word(text: &str, start: usize, at: usize) -> bool {
    let word = last_word(text, start, at);
    word.chars().count() >= 3 && !word.contains('.') && !word.eq_ignore_ascii_case("www")
}

fn push_trimmed(text: &str, span: Span, found: &mut Vec<Span>) {
    let piece = span.of(text);
    let trimmed = piece.trim_start();
    let start = span.end - trimmed.len();
    let trimmed = trimmed.trim_end();
    if trimmed.chars().any(char::is_alphanumeric) {
        found.push(Span::new(start, start + trimmed.len()));
    } else if let Some(last) = found.last_mut().filter(|_| !trimmed.is_empty()) {
        last.end = start + trimmed.len();
    }
}

fn cut_at_contrasts(text: &str, sentence: Span, contrasts: &[Contrast], found: &mut Vec<Span>) {
    let words: Vec<(usize, String)> = sentence
        .of(text)
        .unicode_word_indices()
        .map(|(at, word)| (sentence.start + at, word.to_lowercase()))
        .collect();
    let mut start = sentence.start;
    let mut words_since = 0;
    for (position, (at, word)) in words.iter().enumerate() {
        let left = words.len() - position - 1;
        let is_cut = words_since >= WORDS_AROUND_CONTRAST
            && left >= WORDS_AROUND_CONTRAST
            && contrasts.iter().any(|contrast| {
                contrast.word == word && begins_clause(contrast, text, &words, position, *at)
            });
        if is_cut || words_since >= LONGEST_CLAUSE {
            push_trimmed(text, Span::new(start, *at), found);
            start = *at;
            words_since = 0;
        }
        words_since += 1;
    }
    push_trimmed(text, Span::new(start, sentence.end), found);
}

fn begins_clause(
    contrast: &Contrast,
    text: &str,
    words: &[(usize, String)],
    position: usize,
    at: usize,
) -> bool {
    let word_at = |index: Option<usize>| {
        index
            .and_then(|index| words.get(index))
            .map(|(_, word)| word.as_str())
    };
    let before = text.get(..at).unwrap_or_default().trim_end();
    if before.ends_with([',', '-', ':', ')']) {
        return word_at(Some(position + 1)) != Some("ook")
            && word_at(Some(position + 1)) != Some("also");
    }
    let follows = word_at(Some(position + 1)).unwrap_or_default();
    let precedes = word_at(position.checked_sub(1)).unwrap_or_default();
    !contrast.after_comma_only
        && !contrast.not_before.contains(&follows)
        && !contrast.not_after.contains(&precedes)
        && !follows.chars().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, language: Language) -> Vec<&str> {
        clauses(text, language)
            .into_iter()
            .map(|span| span.of(text))
            .collect()
    }

    #[test]
    fn contrast_begins_a_clause() {
        assert_eq!(
            cut(
                "Lekker gegeten maar de bediening was traag.",
                Language::Dutch
            ),
            ["Lekker gegeten", "maar de bediening was traag."]
        );
        assert_eq!(
            cut(
                "Good food, but slow service; never again",
                Language::English
            ),
            ["Good food,", "but slow service;", "never again"]
        );
    }

    #[test]
    fn the_same_word_in_another_sense_does_not() {
        for text in [
            "We kregen maar 2 borden te zien",
            "Niet alleen duur maar ook slecht",
            "Ik reis altijd alleen naar huis",
        ] {
            assert_eq!(cut(text, Language::Dutch), [text]);
        }
        assert_eq!(
            cut("It was nothing but trouble with them", Language::English).len(),
            1
        );
    }

    #[test]
    fn full_stops_inside_words_and_names_end_nothing() {
        for text in [
            "Dhr. Jansen van www.voorbeeld.nl hielp mij om 12.30 uur",
            "Kost 3.50 euro bijv. bij A. de Boer",
        ] {
            assert_eq!(cut(text, Language::Dutch), [text]);
        }
        assert_eq!(
            cut("Prima geholpen.Snelle levering", Language::Dutch).len(),
            2
        );
        assert_eq!(
            cut("Ja!!! Echt waar?!", Language::Dutch),
            ["Ja!!!", "Echt waar?!"]
        );
    }
}
