//! Makes changes, one after the other.

use super::{Edit, Edited, WordList};
use crate::language::Language;
use crate::taxonomy::{Name, SubTheme, Theme, ThemeWords};

/// The part that a new theme begins with.
const GENERAL: &str = "general";

impl Edited {
    /// What a later Peil brings itself by now was added before: the organisation's names hold.
    pub(super) fn make_existing(&mut self, edit: &Edit) -> bool {
        let (Edit::AddTheme { code, names } | Edit::AddPart { code, names }) = edit else {
            return false;
        };
        let is_there = self.known(code).is_ok();
        if is_there {
            self.rename(code, names);
        }
        is_there
    }

    pub(super) fn make(&mut self, edit: &Edit) {
        match edit {
            Edit::Rename { code, names } => self.rename(code, names),
            Edit::Words {
                code,
                language,
                list,
                added,
                removed,
            } => self.change_words(code, *language, *list, added, removed),
            Edit::AddTheme { code, names } => self.all.themes.push(Theme {
                code: code.clone(),
                also: None,
                names: names.clone(),
                parts: vec![SubTheme {
                    code: GENERAL.to_owned(),
                    names: general_names(),
                    ..SubTheme::default()
                }],
            }),
            Edit::AddPart { code, names } => {
                if let Some((whole, part)) = code.split_once('.')
                    && let Some(theme) = self.theme_mut(whole)
                {
                    theme.parts.push(SubTheme {
                        code: part.to_owned(),
                        names: names.clone(),
                        ..SubTheme::default()
                    });
                }
            }
            Edit::Merge { code, into } if code.contains('.') => self.merge_part(code, into),
            Edit::Merge { code, into } => self.merge_theme(code, into),
            Edit::Move { code, to } => {
                self.move_part(code, to);
            }
            Edit::SwitchOff { code } => {
                self.off.insert(code.clone());
            }
            Edit::SwitchOn { code } => {
                self.off.remove(code);
            }
        }
    }

    fn theme_mut(&mut self, code: &str) -> Option<&mut Theme> {
        self.all.themes.iter_mut().find(|theme| theme.code == code)
    }

    fn part_mut(&mut self, code: &str) -> Option<&mut SubTheme> {
        let (whole, part) = code.split_once('.')?;
        let theme = self.theme_mut(whole)?;
        theme.parts.iter_mut().find(|known| known.code == part)
    }

    fn take_part(&mut self, code: &str) -> Option<SubTheme> {
        let (whole, part) = code.split_once('.')?;
        let theme = self.theme_mut(whole)?;
        let place = theme.parts.iter().position(|known| known.code == part)?;
        Some(theme.parts.remove(place))
    }

    fn rename(&mut self, code: &str, names: &[Name]) {
        if let Some(part) = self.part_mut(code) {
            part.names = names.to_vec();
        } else if let Some(theme) = self.theme_mut(code) {
            theme.names = names.to_vec();
        }
    }

    fn change_words(
        &mut self,
        code: &str,
        language: Language,
        list: WordList,
        added: &[String],
        removed: &[String],
    ) {
        let Some(part) = self.part_mut(code) else {
            return;
        };
        with_words(part, language, |words| {
            let words = list.of_mut(words);
            words.retain(|word| !removed.contains(word));
            add_new(words, added);
        });
    }

    fn merge_part(&mut self, code: &str, into: &str) {
        let Some(gone) = self.take_part(code) else {
            return;
        };
        if let Some(part) = self.part_mut(into) {
            for words in gone.words {
                with_words(part, words.language, |kept| {
                    for list in WordList::ALL {
                        add_new(list.of_mut(kept), list.of(&words));
                    }
                    kept.examples.extend(words.examples);
                });
            }
        }
        self.note_moved(code, into);
    }

    fn move_part(&mut self, code: &str, to: &str) {
        let Some(part) = self.take_part(code) else {
            return;
        };
        let was_off = self.off.remove(code);
        let new = if self.has(&format!("{to}.{}", part.code)) {
            self.new_code(&part.code, Some(to))
        } else {
            format!("{to}.{}", part.code)
        };
        let own = new
            .split_once('.')
            .map_or(part.code.clone(), |(_, own)| own.to_owned());
        if let Some(theme) = self.theme_mut(to) {
            theme.parts.push(SubTheme {
                code: own,
                also: part.also.filter(|also| also != to),
                ..part
            });
        }
        if was_off {
            self.off.insert(new.clone());
        }
        self.note_moved(code, &new);
    }

    fn merge_theme(&mut self, code: &str, into: &str) {
        let parts: Vec<String> = self
            .theme(code)
            .map(|theme| {
                let parts = theme.parts.iter();
                parts.map(|part| format!("{code}.{}", part.code)).collect()
            })
            .unwrap_or_default();
        for part in parts {
            self.move_part(&part, into);
        }
        self.all.themes.retain(|theme| theme.code != code);
        self.off.remove(code);
        for theme in &mut self.all.themes {
            let whole = theme.code.clone();
            let follow = |also: &mut Option<String>| {
                if also.as_deref() == Some(code) {
                    *also = (whole != into).then(|| into.to_owned());
                }
            };
            follow(&mut theme.also);
            theme
                .parts
                .iter_mut()
                .for_each(|part| follow(&mut part.also));
        }
        self.note_moved(code, into);
    }

    fn note_moved(&mut self, from: &str, to: &str) {
        for now in self.moved.values_mut() {
            if now == from {
                to.clone_into(now);
            }
        }
        self.moved.remove(to);
        self.moved.insert(from.to_owned(), to.to_owned());
    }
}

/// The words of a sub-theme in a language, changed.
fn with_words(part: &mut SubTheme, language: Language, change: impl FnOnce(&mut ThemeWords)) {
    let known = part
        .words
        .iter_mut()
        .find(|words| words.language == language);
    if let Some(words) = known {
        return change(words);
    }
    let mut words = ThemeWords {
        language,
        ..ThemeWords::default()
    };
    change(&mut words);
    part.words.push(words);
}

fn add_new(known: &mut Vec<String>, more: &[String]) {
    for word in more {
        if !known.contains(word) {
            known.push(word.clone());
        }
    }
}

fn general_names() -> Vec<Name> {
    [
        (Language::Dutch, "Algemeen"),
        (Language::English, "In general"),
    ]
    .map(|(language, text)| Name {
        language,
        text: text.to_owned(),
    })
    .to_vec()
}
