//! Texts without markup, with their places filled in as Peil does it.

use peil_domain::{
    shared::{Language, Localized},
    survey::{Question, QuestionKind},
};

use super::Weave;
use crate::survey::{Effect, Reason, foreign::Meaning, words::plain};

impl Weave<'_> {
    /// Makes all texts plain, and fills in their places.
    pub(super) fn fill(&mut self) {
        let mut definition = std::mem::take(&mut self.draft.definition);
        for (text, path) in [
            (&mut definition.title, "title"),
            (&mut definition.intro, "intro"),
            (&mut definition.thanks, "thanks"),
        ] {
            self.text(text, path, "");
        }
        for ending in &mut definition.endings {
            self.text(&mut ending.text, "endings", "");
        }
        for quota in &mut definition.quotas {
            self.text(&mut quota.text, "quotas", "");
        }
        for page in &mut definition.pages {
            self.text(&mut page.title, "pages", "");
            for question in &mut page.questions {
                self.question(question);
            }
        }
        self.draft.definition = definition;
    }

    fn question(&mut self, question: &mut Question) {
        let path = self.draft.path(&question.key);
        let name = question.key.to_string();
        self.text(&mut question.text, &path, &name);
        self.text(&mut question.help, &path, "");
        if let Some(pattern) = &mut question.rules.pattern {
            self.text(&mut pattern.message, &path, "");
        }
        match &mut question.kind {
            QuestionKind::Choice { options, .. } => {
                for option in options {
                    let name = option.code.to_string();
                    self.text(&mut option.label, &format!("{path}/{name}"), &name);
                }
            }
            QuestionKind::Matrix { rows, labels, .. } => {
                for row in rows {
                    let name = row.key.to_string();
                    self.text(&mut row.text, &format!("{path}/{name}"), &name);
                }
                for (number, label) in (1..).zip(labels) {
                    let name = number.to_string();
                    self.text(label, &format!("{path}/column {name}"), &name);
                }
            }
            QuestionKind::Ranking { rows, .. } => {
                for row in rows {
                    let name = row.key.to_string();
                    self.text(&mut row.text, &format!("{path}/{name}"), &name);
                }
            }
            QuestionKind::Rating {
                low_label,
                high_label,
                ..
            }
            | QuestionKind::Slider {
                low_label,
                high_label,
                ..
            } => {
                self.text(low_label, &path, "");
                self.text(high_label, &path, "");
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &mut Localized, path: &str, name: &str) {
        if text.is_blank() && !name.is_empty() {
            self.draft.note(path, Effect::Check, Reason::Unnamed, name);
            *text = self.tongues.same(name);
        }
        for language in Language::ALL {
            let Some(raw) = text.exact(language).map(str::to_owned) else {
                continue;
            };
            let made = self.plain(&raw, path);
            if made.is_empty() && !name.is_empty() {
                self.draft.note(path, Effect::Check, Reason::Unnamed, name);
                text.set(language, name);
            } else {
                text.set(language, made);
            }
        }
    }

    fn plain(&mut self, raw: &str, path: &str) -> String {
        let found = plain(raw);
        if !found.lost.is_empty() {
            let lost: Vec<&str> = found.lost.iter().map(String::as_str).collect();
            self.draft
                .note(path, Effect::Lost, Reason::Formatting, lost.join(", "));
        }
        let words = found.text.replace("{{", "{ {");
        let mut made = String::with_capacity(words.len());
        let mut rest = words.as_str();
        while let Some((before, behind)) = rest.split_once(self.style.open) {
            made.push_str(before);
            // Far away it closes something else.
            let near: usize = behind.chars().take(200).map(char::len_utf8).sum();
            let near = behind.get(..near).unwrap_or_default();
            let end = near.find(self.style.close).filter(|end| *end > 0);
            let place = end.and_then(|end| behind.get(..end));
            let Some((place, end)) = place.zip(end) else {
                made.push_str(self.style.open);
                rest = behind;
                continue;
            };
            made.push_str(&self.filling(place.trim(), path));
            rest = behind
                .get(end + self.style.close.len()..)
                .unwrap_or_default();
        }
        made.push_str(rest);
        made.trim().to_owned()
    }

    fn filling(&mut self, place: &str, path: &str) -> String {
        if let Some(made) = (self.style.special)(place) {
            return made;
        }
        let meaning = (self.style.resolve)(&self.names, place);
        let is_shown = match &meaning {
            Some(Meaning::Score(_, codes)) => codes.is_empty(),
            Some(meaning) => !matches!(
                meaning,
                Meaning::Ticked(..) | Meaning::Several(_) | Meaning::Nothing
            ),
            None => false,
        };
        let reference = meaning
            .filter(|_| is_shown)
            .and_then(|meaning| meaning.reference());
        if let Some(reference) = reference {
            return format!("{{{{{reference}}}}}");
        }
        let shown = format!("{}{place}{}", self.style.open, self.style.close);
        self.draft
            .note(path, Effect::Lost, Reason::NoFilling, shown);
        "…".to_owned()
    }
}
