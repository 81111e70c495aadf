//! Languages of a file as languages of Peil.

use peil_domain::shared::{Language, Localized};

use super::{Effect, Reason, Report};

/// Which languages of a file are read, each as which language.
#[derive(Debug)]
pub(super) struct Tongues {
    /// Codes of the file that are read, with the language that they become; the first is its own
    /// first language.
    read: Vec<(String, Language)>,
    /// The language in which everything is there.
    base: String,
}

impl Tongues {
    /// Chooses among the languages of a file, the first being the one that everything is in. When
    /// none of them is spoken here, the first stands for `otherwise`.
    pub(super) fn choose(
        codes: &[String],
        otherwise: Language,
        path: &str,
        report: &mut Report,
    ) -> Self {
        let mut read: Vec<(String, Language)> = Vec::new();
        for code in codes {
            match code.parse::<Language>() {
                Ok(language) if read.iter().all(|(_, known)| *known != language) => {
                    read.push((code.clone(), language));
                }
                _ => {}
            }
        }
        let base = codes.first().cloned().unwrap_or_default();
        if read.is_empty() {
            read.push((base.clone(), otherwise));
            if !base.is_empty() {
                let detail = format!("{base} -> {otherwise}");
                report.note(path, Effect::Changed, Reason::LanguageStandsFor, detail);
            }
        }
        for code in codes {
            if !read.iter().any(|(known, _)| known == code) {
                report.note(path, Effect::Lost, Reason::Language, code);
            }
        }
        Self { read, base }
    }

    /// The languages of the result, the first being the fallback.
    pub(super) fn languages(&self) -> Vec<Language> {
        self.read.iter().map(|(_, language)| *language).collect()
    }

    /// The language in which everything is there.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Whether texts in this language are read.
    pub(super) fn reads(&self, code: &str) -> bool {
        self.read.iter().any(|(known, _)| known == code)
    }

    /// A text in every language that is read. `find` gives the text in a language of the file; what
    /// is not there is taken from the file's own language, and noted.
    pub(super) fn text(
        &self,
        mut find: impl FnMut(&str, &mut Report) -> Option<String>,
        path: &str,
        report: &mut Report,
    ) -> Localized {
        let mut made = Localized::default();
        let mut missing = Vec::new();
        let mut any = None;
        for (code, language) in &self.read {
            match find(code, report).filter(|text| !text.trim().is_empty()) {
                Some(text) => {
                    any.get_or_insert_with(|| text.clone());
                    made.set(*language, text);
                }
                None => missing.push((code, *language)),
            }
        }
        if missing.is_empty() {
            return made;
        }
        let own = find(&self.base, report).filter(|text| !text.trim().is_empty());
        if let Some(text) = own.or(any) {
            for (code, language) in missing {
                report.note(path, Effect::Check, Reason::Untranslated, code);
                made.set(language, text.clone());
            }
        }
        made
    }

    /// The same words in every language, for a text that has none.
    pub(super) fn same(&self, words: &str) -> Localized {
        let mut made = Localized::default();
        for (_, language) in &self.read {
            made.set(*language, words);
        }
        made
    }

    /// A text of our own in every language.
    pub(super) fn own(&self, nl: &str, en: &str) -> Localized {
        let mut made = Localized::default();
        for (_, language) in &self.read {
            made.set(
                *language,
                match language {
                    Language::Nl => nl,
                    Language::En => en,
                },
            );
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Format;

    #[test]
    fn languages_that_are_not_spoken_are_told_and_the_first_may_stand_for_another() {
        let codes = |all: &[&str]| {
            all.iter()
                .map(|code| (*code).to_owned())
                .collect::<Vec<_>>()
        };
        let mut report = Report::new(Format::Lss);
        let tongues = Tongues::choose(
            &codes(&["fr", "nl-BE", "en"]),
            Language::Nl,
            "l",
            &mut report,
        );
        assert_eq!(tongues.languages(), [Language::Nl, Language::En]);
        assert_eq!(report.items.len(), 1);
        let text = tongues.text(
            |code, _| (code != "en").then(|| code.to_owned()),
            "t",
            &mut report,
        );
        assert_eq!(text, Localized::both("nl-BE", "fr"));
        let french = Tongues::choose(&codes(&["fr", "de"]), Language::En, "l", &mut report);
        assert_eq!(french.languages(), [Language::En]);
        assert!(french.reads("fr") && !french.reads("de"));
    }
}
