//! What forms about themes say.

use peil_app::themes::{EditError, Name, ThemeLanguage, WordList, WordsOf};

use crate::edge::fields::Fields;

/// The languages in which themes have names and words, with their codes.
pub(super) const LANGUAGES: [(ThemeLanguage, &str); 2] =
    [(ThemeLanguage::Dutch, "nl"), (ThemeLanguage::English, "en")];

/// Names in the fields that begin so; who gives one language gives both.
pub(in crate::admin::themes) fn names(fields: &Fields, prefix: &str) -> Vec<Name> {
    let of = |code: &str| fields.get(&format!("{prefix}_{code}")).to_owned();
    let [dutch, english] = [of("nl"), of("en")];
    let or = |own: String, other: &String| if own.is_empty() { other.clone() } else { own };
    let texts = [or(dutch.clone(), &english), or(english, &dutch)];
    let named = LANGUAGES.into_iter().zip(texts);
    named
        .map(|((language, _), text)| Name { language, text })
        .collect()
}

/// The name of the field with words of a kind in a language.
pub(super) fn field(list: WordList, code: &str) -> String {
    format!("{}_{code}", list.code())
}

/// Words of every kind that has a field.
pub(super) fn words(fields: &Fields) -> Vec<WordsOf> {
    let mut found = Vec::new();
    for (language, code) in LANGUAGES {
        for list in WordList::ALL {
            if let Some(typed) = fields.raw(&field(list, code)) {
                found.push(WordsOf {
                    language,
                    list,
                    words: lines(typed),
                });
            }
        }
    }
    found
}

/// The lines of a field, each trimmed.
pub(in crate::admin::themes) fn lines(typed: &str) -> Vec<String> {
    let lines = typed.split(['\n', '\r', ',', ';']).map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The word of a list as the box beside it says it: language, list, word.
pub(super) fn box_value(code: &str, list: WordList, word: &str) -> String {
    format!("{code}:{}:{word}", list.code())
}

/// The words of the boxes that are ticked.
pub(super) fn ticked(fields: &Fields, name: &str) -> Vec<WordsOf> {
    let mut found: Vec<WordsOf> = Vec::new();
    for value in fields.all(name) {
        let mut parts = value.splitn(3, ':');
        let (Some(code), Some(kind), Some(word)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let language = LANGUAGES.into_iter().find(|(_, known)| *known == code);
        let list = WordList::ALL.into_iter().find(|list| list.code() == kind);
        let (Some((language, _)), Some(list)) = (language, list) else {
            continue;
        };
        let same = |of: &&mut WordsOf| of.language == language && of.list == list;
        if let Some(of) = found.iter_mut().find(same) {
            of.words.push(word.to_owned());
        } else {
            found.push(WordsOf {
                language,
                list,
                words: vec![word.to_owned()],
            });
        }
    }
    found
}

/// The field that a refused word stands in.
pub(super) fn field_of(fields: &Fields, error: &EditError, otherwise: &str) -> String {
    let EditError::Word(word) = error else {
        return otherwise.to_owned();
    };
    let all = words(fields).into_iter();
    let holds = |of: &WordsOf| {
        let mut typed = of.words.iter();
        typed.any(|typed| peil_app::themes::to_pattern(typed) == *word)
    };
    let found = all.into_iter().find(holds);
    let code = |of: &WordsOf| {
        let mut known = LANGUAGES.into_iter();
        known
            .find(|(language, _)| *language == of.language)
            .map_or("nl", |(_, code)| code)
    };
    found.map_or(otherwise.to_owned(), |of| field(of.list, code(&of)))
}

/// A pattern as people type it: blanks between the words.
pub(super) fn typed(pattern: &str) -> String {
    if pattern.starts_with("emo_") {
        pattern.to_owned()
    } else {
        pattern.replace('_', " ")
    }
}
