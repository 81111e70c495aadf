//! What someone wants to be different about themes, as changes to them.

use std::collections::BTreeSet;

use peil_themes::{Edit, EditError, Edited, Language, Name, Sector, WordList, to_pattern};

/// Words of a sub-theme in a language, as someone types them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsOf {
    /// Their language.
    pub language: Language,
    /// What they are for.
    pub list: WordList,
    /// The words and phrases.
    pub words: Vec<String>,
}

/// What someone wants to be different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaxonomyChange {
    /// One change, as it is kept.
    Edit(Edit),
    /// Themes of a line of business come on top, or none.
    Sector(Option<Sector>),
    /// A sub-theme has these words from now on; lists that are not named stay as they are.
    SetWords {
        /// The sub-theme.
        code: String,
        /// Its words.
        words: Vec<WordsOf>,
    },
    /// A new theme.
    NewTheme {
        /// Its names.
        names: Vec<Name>,
        /// Words that show it.
        words: Vec<WordsOf>,
    },
    /// A new sub-theme.
    NewPart {
        /// The theme that it belongs to.
        theme: String,
        /// Its names.
        names: Vec<Name>,
        /// Words that show it.
        words: Vec<WordsOf>,
    },
    /// Some sub-themes become a theme of their own.
    SplitTheme {
        /// The names of that theme.
        names: Vec<Name>,
        /// Which sub-themes.
        parts: Vec<String>,
    },
    /// Some words become a sub-theme of their own.
    SplitPart {
        /// The sub-theme that has the words now.
        code: String,
        /// The names of the new one.
        names: Vec<Name>,
        /// Which words.
        words: Vec<WordsOf>,
    },
}

impl TaxonomyChange {
    /// The changes that bring it about, in their order.
    pub(crate) fn edits(self, edited: &Edited) -> Result<Vec<Edit>, EditError> {
        match self {
            Self::Edit(edit) => Ok(vec![edit]),
            Self::Sector(_) => Ok(Vec::new()),
            Self::SetWords { code, words } => set_words(edited, &code, words),
            Self::NewTheme { names, words } => {
                let code = edited.new_code(name_of(&names), None);
                let general = format!("{code}.general");
                Ok(with_words(Edit::AddTheme { code, names }, &general, words))
            }
            Self::NewPart {
                theme,
                names,
                words,
            } => {
                let code = edited.new_code(name_of(&names), Some(&theme));
                let new = code.clone();
                Ok(with_words(Edit::AddPart { code, names }, &new, words))
            }
            Self::SplitTheme { names, parts } => {
                if parts.is_empty() {
                    return Err(EditError::Nothing);
                }
                let code = edited.new_code(name_of(&names), None);
                let mut edits = vec![Edit::AddTheme {
                    code: code.clone(),
                    names,
                }];
                edits.extend(parts.into_iter().map(|part| Edit::Move {
                    code: part,
                    to: code.clone(),
                }));
                Ok(edits)
            }
            Self::SplitPart { code, names, words } => split_part(edited, &code, names, words),
        }
    }
}

/// The name that a code is made of: short words in English, where it has one.
fn name_of(names: &[Name]) -> &str {
    let english = names.iter().find(|name| name.language == Language::English);
    english
        .or_else(|| names.first())
        .map_or("", |name| name.text.as_str())
}

/// What was typed, as it is kept; each word once.
fn patterns(typed: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let patterns = typed.iter().map(|word| to_pattern(word));
    patterns
        .filter(|pattern| !pattern.is_empty() && seen.insert(pattern.clone()))
        .collect()
}

/// Something new with its words.
fn with_words(add: Edit, code: &str, words: Vec<WordsOf>) -> Vec<Edit> {
    let mut edits = vec![add];
    for of in words {
        let added = patterns(&of.words);
        if !added.is_empty() {
            edits.push(Edit::Words {
                code: code.to_owned(),
                language: of.language,
                list: of.list,
                added,
                removed: Vec::new(),
            });
        }
    }
    edits
}

fn known_words<'a>(edited: &'a Edited, code: &str, of: &WordsOf) -> &'a [String] {
    let part = edited.part(code);
    let words = part.and_then(|part| {
        let mut words = part.words.iter();
        words.find(|words| words.language == of.language)
    });
    words.map_or(&[], |words| of.list.of(words))
}

fn set_words(edited: &Edited, code: &str, words: Vec<WordsOf>) -> Result<Vec<Edit>, EditError> {
    let mut edits = Vec::new();
    for of in words {
        let known = known_words(edited, code, &of);
        let wanted = patterns(&of.words);
        // The seed holds words that are written in other ways than people type them.
        let is_same = |known: &str, typed: &str| known == typed || to_pattern(known) == typed;
        let added = wanted
            .iter()
            .filter(|word| !known.iter().any(|known| is_same(known, word)));
        let removed = known
            .iter()
            .filter(|known| !wanted.iter().any(|word| is_same(known, word)));
        let (added, removed): (Vec<String>, Vec<String>) =
            (added.cloned().collect(), removed.cloned().collect());
        if !added.is_empty() || !removed.is_empty() {
            edits.push(Edit::Words {
                code: code.to_owned(),
                language: of.language,
                list: of.list,
                added,
                removed,
            });
        }
    }
    if edits.is_empty() {
        return Err(EditError::Nothing);
    }
    Ok(edits)
}

fn split_part(
    edited: &Edited,
    code: &str,
    names: Vec<Name>,
    words: Vec<WordsOf>,
) -> Result<Vec<Edit>, EditError> {
    let whole = code.split_once('.').map_or(code, |(whole, _)| whole);
    let new = edited.new_code(name_of(&names), Some(whole));
    let mut edits = vec![Edit::AddPart {
        code: new.clone(),
        names,
    }];
    for of in words {
        let known = known_words(edited, code, &of);
        let going: Vec<String> = known
            .iter()
            .filter(|word| of.words.contains(word))
            .cloned()
            .collect();
        if going.is_empty() {
            continue;
        }
        let words = |code: &str, added: Vec<String>, removed: Vec<String>| Edit::Words {
            code: code.to_owned(),
            language: of.language,
            list: of.list,
            added,
            removed,
        };
        edits.push(words(&new, going.clone(), Vec::new()));
        edits.push(words(code, Vec::new(), going));
    }
    if edits.len() == 1 {
        return Err(EditError::Nothing);
    }
    Ok(edits)
}
