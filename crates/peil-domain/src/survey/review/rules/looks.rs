//! What a word looks like, by its classes and its ending: a judgement, a thing that is rated, a deed.

use super::super::{lexicon::Class, token::Token};

/// Whether a word says how something is.
pub(super) fn describes(token: &Token) -> bool {
    [Class::Quality, Class::Praise, Class::Fault, Class::Charged]
        .into_iter()
        .any(|class| token.is(class))
}

/// Whether a word names something that is rated: listed, or by its ending.
pub(super) fn is_aspect(token: &Token) -> bool {
    const ENDINGS: [&str; 5] = ["heid", "teit", "tijd", "ness", "ility"];
    token.is(Class::Aspect) || ENDINGS.iter().any(|ending| token.lower.ends_with(ending))
}

/// Whether a word looks like a Dutch participle: `genomen`, `opgelost`.
pub(super) fn is_participle(token: &Token) -> bool {
    let is_open = [
        "ge", "opge", "inge", "uitge", "aange", "afge", "terugge", "doorge", "be", "ver",
    ]
    .iter()
    .any(|start| token.lower.starts_with(start));
    is_open
        && ["en", "d", "t"]
            .iter()
            .any(|end| token.lower.ends_with(end))
}

/// Whether a word looks like an infinitive: "find and book", "vinden en boeken".
pub(super) fn is_deed(token: &Token) -> bool {
    token.is(Class::Behaviour) || token.is(Class::Choice)
}

/// Whether a word has the ending of a verb and `behind` is what a verb takes: "and loads quickly".
pub(super) fn is_second_verb(word: &Token, behind: Option<&Token>) -> bool {
    const ENDINGS: [&str; 5] = ["t", "de", "te", "s", "ed"];
    const TAKEN: [&str; 11] = [
        "me", "mij", "zich", "us", "what", "how", "wat", "hoe", "things", "it", "them",
    ];
    const MANNERS: [&str; 4] = ["quickly", "well", "carefully", "clearly"];
    let ends_so = ENDINGS.iter().any(|ending| word.lower.ends_with(ending));
    let is_noun = is_aspect(word) || describes(word) || word.is(Class::Offer);
    let is_light = word.is(Class::Determiner) || word.is(Class::Preposition);
    let takes = behind.is_some_and(|token| {
        TAKEN.contains(&token.lower.as_str())
            || MANNERS.contains(&token.lower.as_str())
            || (token.is(Class::Quality) && !token.is(Class::Attributive))
    });
    word.is_word() && ends_so && !is_noun && !is_light && takes && word.letters() > 3
}
