//! Texts of LimeSurvey: markup goes, and places such as `{name}` or `{if(age > 18, 'u', 'je')}` are
//! filled in as Peil does it.

use std::collections::BTreeMap;

use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{Calculation, Expression, MOST_PARTS, QuestionKind},
};

use super::reading::resolve;
use crate::survey::{
    Effect, Reason,
    draft::Draft,
    foreign::{Dialect, Meaning, Node, Translator, parse},
    weave::written,
    words::{plain, without_entities},
};

/// Characters that stand for a place while markup is taken away; nothing else may hold them.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// Most braces of a text that are looked at; those behind them are words.
const MOST_PLACES: usize = 2_000;

/// A piece of a text.
enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

/// Divides a text into words and places. A brace before white space opens nothing.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    for _ in 0..MOST_PLACES {
        let Some(next) = text.get(at..).and_then(|rest| rest.find('{')) else {
            break;
        };
        let open = at + next;
        let inside = text.get(open + 1..).unwrap_or_default();
        let end = if inside.starts_with(|c: char| !c.is_whitespace()) {
            close(inside)
        } else {
            None
        };
        let names = |end: usize| {
            inside
                .get(..end)
                .is_some_and(|place| place.contains(char::is_alphabetic))
        };
        let Some(end) = end.filter(|end| names(*end)) else {
            at = open + 1;
            continue;
        };
        found.push(Piece::Words(text.get(start..open).unwrap_or_default()));
        found.push(Piece::Place(inside.get(..end).unwrap_or_default()));
        start = open + end + 2;
        at = start;
    }
    found.push(Piece::Words(text.get(start..).unwrap_or_default()));
    found
}

/// Where the brace is that closes a place; braces between quotation marks are words.
fn close(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0;
    for (at, c) in inside.char_indices().take(2_000) {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '{') => depth += 1,
            (None, '}') if depth == 0 => return Some(at),
            (None, '}') => depth -= 1,
            _ => {}
        }
    }
    // An apostrophe in a sentence is no quotation mark.
    let end = inside
        .char_indices()
        .take(2_000)
        .find(|(_, c)| *c == '}')?
        .0;
    Some(end)
}

/// The places of a text.
pub(super) fn places(text: &str) -> Vec<String> {
    let of_place = |piece| match piece {
        Piece::Place(place) => Some(place.to_owned()),
        Piece::Words(_) => None,
    };
    pieces(text).into_iter().filter_map(of_place).collect()
}

/// Makes all texts of a questionnaire plain.
pub(super) struct Filler<'a> {
    meanings: &'a BTreeMap<String, Meaning>,
    /// What was made of a place before.
    known: BTreeMap<String, Option<String>>,
    calculations: Vec<Calculation>,
}

impl<'a> Filler<'a> {
    pub(super) fn new(meanings: &'a BTreeMap<String, Meaning>) -> Self {
        Self {
            meanings,
            known: BTreeMap::new(),
            calculations: Vec::new(),
        }
    }

    /// Goes through all texts.
    pub(super) fn fill(&mut self, draft: &mut Draft) {
        let mut definition = std::mem::take(&mut draft.definition);
        self.calculations = std::mem::take(&mut definition.calculations);
        for (text, path) in [
            (&mut definition.title, "surveyls_title"),
            (&mut definition.intro, "surveyls_welcometext"),
            (&mut definition.thanks, "surveyls_endtext"),
        ] {
            self.text(text, path, "", draft);
        }
        for quota in &mut definition.quotas {
            self.text(&mut quota.text, "quota", "", draft);
        }
        for page in &mut definition.pages {
            self.text(&mut page.title, "groups", "", draft);
            for question in &mut page.questions {
                let path = draft.path(&question.key);
                let name = question.key.to_string();
                self.text(&mut question.text, &path, &name, draft);
                self.text(&mut question.help, &format!("{path}/help"), "", draft);
                self.parts(&mut question.kind, &path, draft);
            }
        }
        definition.calculations = std::mem::take(&mut self.calculations);
        draft.definition = definition;
    }

    fn parts(&mut self, kind: &mut QuestionKind, path: &str, draft: &mut Draft) {
        match kind {
            QuestionKind::Choice { options, .. } => {
                for option in options {
                    let name = option.code.to_string();
                    self.text(&mut option.label, &format!("{path}/{name}"), &name, draft);
                }
            }
            QuestionKind::Matrix { rows, labels, .. } => {
                for row in rows {
                    let name = row.key.to_string();
                    self.text(&mut row.text, &format!("{path}/{name}"), &name, draft);
                }
                for (number, label) in (1..).zip(labels) {
                    let name = number.to_string();
                    self.text(label, &format!("{path}/answer {name}"), &name, draft);
                }
            }
            QuestionKind::Ranking { rows, .. } => {
                for row in rows {
                    let name = row.key.to_string();
                    self.text(&mut row.text, &format!("{path}/{name}"), &name, draft);
                }
            }
            _ => {}
        }
    }

    /// Makes one text plain in all languages; `name` is shown when nothing is left.
    fn text(&mut self, text: &mut Localized, path: &str, name: &str, draft: &mut Draft) {
        for language in Language::ALL {
            let Some(raw) = text.exact(language).map(str::to_owned) else {
                continue;
            };
            let made = self.plain(&raw, path, draft);
            if made.is_empty() && !name.is_empty() {
                draft.note(path, Effect::Check, Reason::Unnamed, name);
                text.set(language, name);
            } else {
                text.set(language, made);
            }
        }
    }

    fn plain(&mut self, raw: &str, path: &str, draft: &mut Draft) -> String {
        let mut marked = String::with_capacity(raw.len());
        let mut places = Vec::new();
        for piece in pieces(raw) {
            match piece {
                Piece::Words(words) => {
                    marked.extend(words.chars().filter(|c| !matches!(*c, OPEN | CLOSE)));
                }
                Piece::Place(place) => {
                    marked.push(OPEN);
                    marked.push_str(&places.len().to_string());
                    marked.push(CLOSE);
                    places.push(place);
                }
            }
        }
        let plain = plain(&marked);
        if !plain.lost.is_empty() {
            let lost: Vec<&str> = plain.lost.iter().map(String::as_str).collect();
            draft.note(path, Effect::Lost, Reason::Formatting, lost.join(", "));
        }
        // What Peil would read as a place of its own stays words.
        let words = plain.text.replace("{{", "{ {");
        let mut made = String::with_capacity(words.len());
        let mut parts = words.split(OPEN);
        made.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (number, rest) = part.split_once(CLOSE).unwrap_or(("", part));
            let place = number
                .parse::<usize>()
                .ok()
                .and_then(|number| places.get(number));
            if let Some(place) = place {
                made.push_str(&self.filling(place, path, draft));
            }
            made.push_str(rest);
        }
        made.trim().to_owned()
    }

    fn filling(&mut self, place: &str, path: &str, draft: &mut Draft) -> String {
        let place = without_entities(&plain(place).text);
        let place = place.trim();
        let made = if let Some(made) = self.known.get(place) {
            made.clone()
        } else {
            let made = self.made(place, draft);
            self.known.insert(place.to_owned(), made.clone());
            made
        };
        made.unwrap_or_else(|| {
            draft.note(
                path,
                Effect::Lost,
                Reason::NoFilling,
                format!("{{{place}}}"),
            );
            "…".to_owned()
        })
    }

    /// What a place becomes; nothing when it cannot be filled in.
    fn made(&mut self, place: &str, draft: &mut Draft) -> Option<String> {
        match place {
            "FIRSTNAME" | "TOKEN:FIRSTNAME" => return Some("{{contact.firstname}}".to_owned()),
            "LASTNAME" | "TOKEN:LASTNAME" => return Some("{{contact.lastname}}".to_owned()),
            "EMAIL" | "TOKEN:EMAIL" => return Some("{{contact.email}}".to_owned()),
            "ADMINNAME" | "SITENAME" => return Some("{{organisation}}".to_owned()),
            _ => {}
        }
        let node = parse(place, Dialect::LimeSurvey).ok()?;
        if let Node::Name(name) = &node {
            let meaning = resolve(self.meanings, name)?;
            let is_shown = match &meaning {
                Meaning::Score(_, codes) => codes.is_empty(),
                Meaning::Ticked(..) | Meaning::Several(_) | Meaning::Nothing => false,
                _ => true,
            };
            let reference = meaning.reference().filter(|_| is_shown)?;
            return Some(format!("{{{{{reference}}}}}"));
        }
        let names = |name: &str| resolve(self.meanings, name);
        let translator = Translator {
            names: &names,
            dialect: Dialect::LimeSurvey,
        };
        match translator.value(&node).ok()? {
            Expression::Number(number) => Some(number.to_string()),
            Expression::Text(text) => Some(text),
            Expression::Empty => Some(String::new()),
            value => {
                if self.calculations.len() >= MOST_PARTS {
                    return None;
                }
                let formula = written(value)?;
                let key: QuestionKey = draft.keys.give("value", "value")?;
                let made = format!("{{{{value.{key}}}}}");
                self.calculations.push(Calculation { key, formula });
                Some(made)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_from_braces_in_words() {
        assert_eq!(
            places("Dag {name}, { geen } {if(a, '}', \"x\")} {b"),
            ["name", "if(a, '}', \"x\")"]
        );
        assert!(places("{ }{}").len() <= 1);
    }
}
