//! A change to the themes, as programs ask for it.

use peil_app::{
    AppError,
    themes::{Edit, Name, Sector, TaxonomyChange, ThemeLanguage, WordList, WordsOf},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to be different.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ChangeKind {
    /// Other names for `code`.
    Rename,
    /// Part `code` has these `words` from now on; lists that are not named stay as they are.
    Words,
    /// A new theme with these names and words.
    NewTheme,
    /// A new part of theme `code`, with these names and words.
    NewPart,
    /// `code` becomes part of `to`: a theme of a theme, a part of a part.
    Merge,
    /// Part `code` goes to theme `to`.
    Move,
    /// `parts` become a new theme with these names; or these `words` of part `code` a new part.
    Split,
    /// No answer is sorted into `code` any more.
    SwitchOff,
    /// Answers are sorted into `code` again.
    SwitchOn,
    /// Themes of the line of business `code` come on top; none when it is absent.
    Sector,
}

/// The language of words.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum WordsLanguage {
    /// Dutch.
    Nl,
    /// English.
    En,
}

/// What words are for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum WordsKind {
    /// One of these is enough.
    Strong,
    /// Two of these are needed.
    Weak,
    /// Where these stand, the others count for nothing.
    Exclusions,
}

/// Words of one kind in one language.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsBody {
    /// Their language.
    language: WordsLanguage,
    /// What they are for.
    list: WordsKind,
    /// The words and phrases.
    #[schema(max_items = 400)]
    words: Vec<String>,
}

/// A change to the themes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeBody {
    /// What is to be different.
    change: ChangeKind,
    /// Code of a theme, or of a part behind that of its theme and a point.
    #[serde(default)]
    #[schema(max_length = 200)]
    code: Option<String>,
    /// Where it goes.
    #[serde(default)]
    #[schema(max_length = 200)]
    to: Option<String>,
    /// A Dutch name; the English one when absent.
    #[serde(default)]
    #[schema(max_length = 60)]
    name_nl: Option<String>,
    /// An English name; the Dutch one when absent.
    #[serde(default)]
    #[schema(max_length = 60)]
    name_en: Option<String>,
    /// Codes of parts.
    #[serde(default)]
    #[schema(max_items = 100)]
    parts: Vec<String>,
    /// Words.
    #[serde(default)]
    #[schema(max_items = 6)]
    words: Vec<WordsBody>,
}

impl ChangeBody {
    pub(super) fn change(self) -> Result<TaxonomyChange, AppError> {
        let missing = |field: &'static str| AppError::Invalid {
            field,
            code: "missing",
        };
        let names = names(self.name_nl.as_deref(), self.name_en.as_deref());
        let words: Vec<WordsOf> = self.words.into_iter().map(words_of).collect();
        let given = self.code;
        let code = given.clone().ok_or_else(|| missing("code"));
        let to = self.to.ok_or_else(|| missing("to"));
        Ok(match self.change {
            ChangeKind::Rename => TaxonomyChange::Edit(Edit::Rename { code: code?, names }),
            ChangeKind::Words => TaxonomyChange::SetWords { code: code?, words },
            ChangeKind::NewTheme => TaxonomyChange::NewTheme { names, words },
            ChangeKind::NewPart => TaxonomyChange::NewPart {
                theme: code?,
                names,
                words,
            },
            ChangeKind::Merge => TaxonomyChange::Edit(Edit::Merge {
                code: code?,
                into: to?,
            }),
            ChangeKind::Move => TaxonomyChange::Edit(Edit::Move {
                code: code?,
                to: to?,
            }),
            ChangeKind::Split if words.is_empty() => TaxonomyChange::SplitTheme {
                names,
                parts: self.parts,
            },
            ChangeKind::Split => TaxonomyChange::SplitPart {
                code: code?,
                names,
                words,
            },
            ChangeKind::SwitchOff => TaxonomyChange::Edit(Edit::SwitchOff { code: code? }),
            ChangeKind::SwitchOn => TaxonomyChange::Edit(Edit::SwitchOn { code: code? }),
            ChangeKind::Sector => {
                let known = |code: String| {
                    Sector::from_code(&code).ok_or(AppError::Invalid {
                        field: "code",
                        code: "unknown",
                    })
                };
                TaxonomyChange::Sector(given.map(known).transpose()?)
            }
        })
    }
}

/// The names of something; who gives one language gives both.
pub(super) fn names(dutch: Option<&str>, english: Option<&str>) -> Vec<Name> {
    let named = |language, own: Option<&str>, other: Option<&str>| Name {
        language,
        text: own.or(other).unwrap_or_default().to_owned(),
    };
    vec![
        named(ThemeLanguage::Dutch, dutch, english),
        named(ThemeLanguage::English, english, dutch),
    ]
}

/// Words as use cases know them.
pub(super) fn words_of(body: WordsBody) -> WordsOf {
    WordsOf {
        language: match body.language {
            WordsLanguage::Nl => ThemeLanguage::Dutch,
            WordsLanguage::En => ThemeLanguage::English,
        },
        list: match body.list {
            WordsKind::Strong => WordList::Strong,
            WordsKind::Weak => WordList::Weak,
            WordsKind::Exclusions => WordList::Exclusions,
        },
        words: body.words,
    }
}
