//! The themes that answers are sorted into: an editable list with names, words, exclusions and examples.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::sector::Sector;

const SEED: &str = include_str!("../data/taxonomy/seed.txt");

/// Themes with their sub-themes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxonomy {
    /// Goes up with every change, so that answers know by which they were read.
    pub version: u32,
    /// The themes in the order in which they are shown.
    pub themes: Vec<Theme>,
}

/// What an answer can be about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Its name in files; never changes.
    pub code: String,
    /// A wider theme that goes with it, as customer service does with staff.
    pub also: Option<String>,
    /// Its name for people.
    pub names: Vec<Name>,
    /// The parts that it has; words belong to these.
    pub parts: Vec<SubTheme>,
}

/// A part of a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubTheme {
    /// Its name in files, unique within the theme.
    pub code: String,
    /// A wider theme that goes with this part only.
    pub also: Option<String>,
    /// Its name for people.
    pub names: Vec<Name>,
    /// Its words in each language.
    pub words: Vec<ThemeWords>,
}

/// A name in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The language of the name.
    pub language: Language,
    /// What people read.
    pub text: String,
}

/// The words of a sub-theme in one language. A pattern is one or more words with underscores between them; `*` stands
/// for any letters at the beginning or end of a word, `~` for up to three words. Words are compared without their
/// endings, with `=` before them as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeWords {
    /// The language of the words.
    pub language: Language,
    /// One of these is enough.
    pub strong: Vec<String>,
    /// Two of these are needed.
    pub weak: Vec<String>,
    /// Where these stand, the words above count for nothing.
    pub exclusions: Vec<String>,
    /// Sentences that belong here.
    pub examples: Vec<String>,
}

/// Why a list of themes cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TaxonomyError {
    /// A line that is none of theme, sub-theme or words.
    #[error("line {line} of the taxonomy is not understood")]
    Line {
        /// Counted from one.
        line: usize,
    },
    /// A line that belongs below a theme or sub-theme stands before the first one.
    #[error("line {line} of the taxonomy belongs to no theme")]
    Homeless {
        /// Counted from one.
        line: usize,
    },
    /// Two themes, or two parts of one theme, have the same code.
    #[error("the code {code} occurs twice")]
    Twice {
        /// The code.
        code: String,
    },
}

impl Taxonomy {
    /// The themes that Peil starts with.
    #[must_use]
    pub fn seed() -> Self {
        Self::parse(SEED).unwrap_or_default()
    }

    /// Reads themes from their file.
    ///
    /// # Errors
    /// When a line is not understood or a code occurs twice; the file is then not used at all.
    pub fn parse(file: &str) -> Result<Self, TaxonomyError> {
        let mut taxonomy = Self {
            version: 1,
            themes: Vec::new(),
        };
        for (index, line) in file.lines().enumerate() {
            let line_number = index + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(rest) = line.strip_prefix("theme ") {
                taxonomy.add_theme(rest)?;
            } else if let Some(rest) = line.strip_prefix("sub ") {
                let theme = taxonomy
                    .themes
                    .last_mut()
                    .ok_or(TaxonomyError::Homeless { line: line_number })?;
                theme.add_part(rest)?;
            } else {
                let part = taxonomy
                    .themes
                    .last_mut()
                    .and_then(|theme| theme.parts.last_mut());
                let part = part.ok_or(TaxonomyError::Homeless { line: line_number })?;
                part.add_words(line)
                    .ok_or(TaxonomyError::Line { line: line_number })?;
            }
        }
        Ok(taxonomy)
    }

    /// These themes with those of a line of business.
    ///
    /// # Errors
    /// When a sub-theme has the code of one that is there already.
    pub fn with_sector(mut self, sector: Sector) -> Result<Self, TaxonomyError> {
        for added in sector.themes().themes {
            let Some(theme) = self
                .themes
                .iter_mut()
                .find(|theme| theme.code == added.code)
            else {
                self.themes.push(added);
                continue;
            };
            for part in added.parts {
                if theme.parts.iter().any(|known| known.code == part.code) {
                    return Err(TaxonomyError::Twice { code: part.code });
                }
                theme.parts.push(part);
            }
        }
        Ok(self)
    }

    fn add_theme(&mut self, line: &str) -> Result<(), TaxonomyError> {
        let (code, also, names) = read_head(line);
        if self.themes.iter().any(|theme| theme.code == code) {
            return Err(TaxonomyError::Twice { code });
        }
        self.themes.push(Theme {
            code,
            also,
            names,
            parts: Vec::new(),
        });
        Ok(())
    }

    /// How many sub-themes there are in all.
    #[must_use]
    pub fn number_of_parts(&self) -> usize {
        self.themes.iter().map(|theme| theme.parts.len()).sum()
    }
}

impl Theme {
    fn add_part(&mut self, line: &str) -> Result<(), TaxonomyError> {
        let (code, also, names) = read_head(line);
        if self.parts.iter().any(|part| part.code == code) {
            return Err(TaxonomyError::Twice { code });
        }
        self.parts.push(SubTheme {
            code,
            also,
            names,
            words: Vec::new(),
        });
        Ok(())
    }
}

impl SubTheme {
    /// Takes a line such as `nl strong: words`.
    fn add_words(&mut self, line: &str) -> Option<()> {
        let (head, rest) = line.split_once(':')?;
        let (code, kind) = head.split_once(' ')?;
        let language = Language::from_code(code)?;
        let index = self
            .words
            .iter()
            .position(|words| words.language == language);
        let index = index.unwrap_or_else(|| {
            self.words.push(ThemeWords {
                language,
                ..ThemeWords::default()
            });
            self.words.len() - 1
        });
        let words = self.words.get_mut(index)?;
        let patterns = rest.split_whitespace().map(str::to_owned);
        match kind {
            "strong" => words.strong.extend(patterns),
            "weak" => words.weak.extend(patterns),
            "not" => words.exclusions.extend(patterns),
            "example" => words.examples.push(rest.trim().to_owned()),
            _ => return None,
        }
        Some(())
    }
}

/// `CODE [also CODE] | Dutch name | English name`.
fn read_head(line: &str) -> (String, Option<String>, Vec<Name>) {
    let mut columns = line.split('|').map(str::trim);
    let head = columns.next().unwrap_or_default();
    let (code, also) = head
        .split_once(" also ")
        .map_or((head, None), |(code, also)| {
            (code, Some(also.trim().to_owned()))
        });
    let names = columns
        .zip([Language::Dutch, Language::English])
        .map(|(text, language)| Name {
            language,
            text: text.to_owned(),
        })
        .collect();
    (code.trim().to_owned(), also, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_is_complete_in_both_languages() {
        let seed = Taxonomy::parse(SEED).unwrap();
        assert!(seed.themes.len() >= 14, "{}", seed.themes.len());
        assert!(seed.number_of_parts() >= 60, "{}", seed.number_of_parts());
        for theme in &seed.themes {
            assert!(
                theme.names.len() == 2 && !theme.parts.is_empty(),
                "{}",
                theme.code
            );
            let is_code = |code: &String| seed.themes.iter().any(|theme| theme.code == *code);
            assert!(theme.also.iter().all(is_code));
            for part in &theme.parts {
                assert_eq!(part.words.len(), 2, "{} {}", theme.code, part.code);
                assert!(part.also.iter().all(is_code));
                assert!(
                    part.words
                        .iter()
                        .all(|words| !words.strong.is_empty() && !words.examples.is_empty())
                );
            }
        }
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            Taxonomy::parse("sub a | b | c"),
            Err(TaxonomyError::Homeless { line: 1 })
        );
        assert_eq!(
            Taxonomy::parse("theme a | b | c\nsub d\nnl loud: x"),
            Err(TaxonomyError::Line { line: 3 })
        );
        assert_eq!(
            Taxonomy::parse("theme a\ntheme a"),
            Err(TaxonomyError::Twice {
                code: "a".to_owned()
            })
        );
    }
}
