//! Which changes can be made.

use std::collections::BTreeSet;

use super::{Edit, EditError, Edited, LONGEST_NAME, is_pattern};
use crate::language::Language;
use crate::taxonomy::Name;

/// The theme of answers that say nothing: it belongs to the rules, and stays as it is.
const FIXED: &str = "no_content";
/// Most words that come or go with one change.
const MOST_WORDS: usize = 400;

impl Edited {
    /// Says whether a change can be made.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::Rename { code, names } => {
                self.known(code)?;
                check_names(names)
            }
            Edit::Words {
                code,
                added,
                removed,
                ..
            } => self.check_words(code, added, removed),
            Edit::AddTheme { code, names } => {
                check_code(code)?;
                self.free(code)?;
                check_names(names)
            }
            Edit::AddPart { code, names } => {
                let (whole, part) = code
                    .split_once('.')
                    .ok_or_else(|| EditError::Code(code.clone()))?;
                self.known(whole)?;
                check_code(part)?;
                self.free(code)?;
                check_names(names)
            }
            Edit::Merge { code, into } => {
                self.known(code)?;
                self.known(into)?;
                let is_same_kind = code.contains('.') == into.contains('.');
                fits(is_same_kind && code != into)
            }
            Edit::Move { code, to } => {
                self.known(code)?;
                self.known(to)?;
                let whole = code.split_once('.').map(|(whole, _)| whole);
                fits(whole.is_some_and(|whole| whole != to) && !to.contains('.'))
            }
            Edit::SwitchOff { code } => {
                self.known(code)?;
                differs(!self.off.contains(code))
            }
            Edit::SwitchOn { code } => {
                self.known(code)?;
                differs(self.off.contains(code))
            }
        }
    }

    pub(super) fn known(&self, code: &str) -> Result<(), EditError> {
        if code.split('.').next() == Some(FIXED) {
            return Err(EditError::Fixed(code.to_owned()));
        }
        if self.has(code) {
            Ok(())
        } else {
            Err(EditError::Unknown(code.to_owned()))
        }
    }

    fn free(&self, code: &str) -> Result<(), EditError> {
        if self.has(code) {
            Err(EditError::Taken(code.to_owned()))
        } else {
            Ok(())
        }
    }

    fn check_words(
        &self,
        code: &str,
        added: &[String],
        removed: &[String],
    ) -> Result<(), EditError> {
        self.known(code)?;
        if self.part(code).is_none() {
            return Err(EditError::Unknown(code.to_owned()));
        }
        if added.len().max(removed.len()) > MOST_WORDS {
            return Err(EditError::TooMany);
        }
        differs(!added.is_empty() || !removed.is_empty())?;
        match added.iter().find(|word| !is_pattern(word)) {
            Some(word) => Err(EditError::Word(word.clone())),
            None => Ok(()),
        }
    }
}

fn check_code(code: &str) -> Result<(), EditError> {
    let is_code = !code.is_empty()
        && code.len() <= LONGEST_NAME
        && code
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if is_code {
        Ok(())
    } else {
        Err(EditError::Code(code.to_owned()))
    }
}

fn check_names(names: &[Name]) -> Result<(), EditError> {
    let is_name = |name: &Name| {
        let length = name.text.trim().chars().count();
        (1..=LONGEST_NAME).contains(&length) && !name.text.chars().any(char::is_control)
    };
    let languages: BTreeSet<Language> = names.iter().map(|name| name.language).collect();
    if !names.is_empty() && languages.len() == names.len() && names.iter().all(is_name) {
        Ok(())
    } else {
        Err(EditError::Name)
    }
}

const fn fits(it_does: bool) -> Result<(), EditError> {
    if it_does {
        Ok(())
    } else {
        Err(EditError::Unfit)
    }
}

const fn differs(it_does: bool) -> Result<(), EditError> {
    if it_does {
        Ok(())
    } else {
        Err(EditError::Nothing)
    }
}
