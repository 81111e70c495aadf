//! Forms of a word, so that a word list names each word once. Spelling rules, not a dictionary: a
//! form that does not exist does no harm, since nobody writes it.

/// How the words of a list change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inflection {
    /// Not at all.
    None,
    /// Dutch adjectives: `snel snelle sneller snelst`.
    DutchAdjective,
    /// Dutch verbs, given by their stem: `koop koopt kopen`.
    DutchVerb,
    /// Nouns, of both languages: `klacht klachten`, `team teams`.
    Noun,
    /// English verbs: `use uses used using`.
    EnglishVerb,
}

/// The part that a form plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As listed, or no different in use.
    Plain,
    /// Before a noun (`snelle`).
    Attributive,
    /// More (`sneller`).
    Comparative,
    /// Most (`snelste`).
    Superlative,
}

/// Every form of `word`, itself first.
pub(super) fn forms(word: &str, inflection: Inflection) -> Vec<(String, Form)> {
    let mut forms = vec![(word.to_owned(), Form::Plain)];
    let mut add = |text: String, form: Form| forms.push((text, form));
    match inflection {
        Inflection::None => {}
        Inflection::DutchAdjective => {
            add(open(word, "e"), Form::Attributive);
            let more = if word.ends_with('r') {
                format!("{word}der")
            } else {
                open(word, "er")
            };
            add(open(&more, "e"), Form::Comparative);
            add(more, Form::Comparative);
            let most = word.strip_suffix('s').unwrap_or(word);
            add(format!("{most}st"), Form::Superlative);
            add(format!("{most}ste"), Form::Superlative);
        }
        Inflection::DutchVerb => {
            if !word.ends_with('t') {
                add(format!("{word}t"), Form::Plain);
            }
            add(open(word, "en"), Form::Plain);
        }
        Inflection::Noun => {
            add(format!("{word}s"), Form::Plain);
            add(format!("{word}'s"), Form::Plain);
            add(open(word, "en"), Form::Plain);
            if let Some(stem) = word.strip_suffix('y') {
                add(format!("{stem}ies"), Form::Plain);
            }
        }
        Inflection::EnglishVerb => {
            let stem = word.strip_suffix('e').unwrap_or(word);
            add(format!("{word}s"), Form::Plain);
            add(format!("{stem}ed"), Form::Plain);
            add(format!("{stem}ing"), Form::Plain);
        }
    }
    forms
}

/// `word` with an ending that begins with a vowel, spelled in Dutch: `snel` `snelle`, `groot`
/// `grote`, `lief` `lieve`, `boos` `boze`.
fn open(word: &str, ending: &str) -> String {
    if word.ends_with('e') {
        let bare = word.strip_suffix('e').unwrap_or(word);
        return format!("{bare}{ending}");
    }
    let letters: Vec<char> = word.chars().collect();
    let from_end = |back: usize| {
        let place = letters.len().checked_sub(back)?;
        letters.get(place).copied()
    };
    let (Some(last), Some(middle)) = (from_end(1), from_end(2)) else {
        return format!("{word}{ending}");
    };
    let before = from_end(3);
    if is_vowel(last) || !is_vowel(middle) {
        return format!("{word}{ending}");
    }
    let stem_without = |count: usize| -> String {
        let keep = letters.len().saturating_sub(count);
        letters.iter().take(keep).collect()
    };
    let soft = match last {
        'f' => 'v',
        's' => 'z',
        other => other,
    };
    if before == Some(middle) {
        // A long vowel is written once in an open syllable.
        return format!("{}{soft}{ending}", stem_without(2));
    }
    if before.is_some_and(is_vowel) {
        return format!("{}{soft}{ending}", stem_without(1));
    }
    let is_weak = ["ig", "lijk", "el", "er", "en", "em", "et", "es"]
        .iter()
        .any(|weak| word.ends_with(weak) && has_earlier_vowel(word, weak));
    if is_weak {
        return format!("{word}{ending}");
    }
    format!("{word}{last}{ending}")
}

fn has_earlier_vowel(word: &str, ending: &str) -> bool {
    word.strip_suffix(ending)
        .is_some_and(|stem| stem.chars().any(is_vowel))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'é' | 'ë' | 'ï' | 'ö')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_endings_follow_the_spelling_rules() {
        for (word, ending, expected) in [
            ("snel", "e", "snelle"),
            ("groot", "e", "grote"),
            ("lief", "e", "lieve"),
            ("boos", "e", "boze"),
            ("vriendelijk", "e", "vriendelijke"),
            ("prettig", "e", "prettige"),
            ("deskundig", "er", "deskundiger"),
            ("koop", "en", "kopen"),
            ("les", "en", "lessen"),
            ("goed", "e", "goede"),
            ("uitstekend", "e", "uitstekende"),
            ("lekker", "e", "lekkere"),
            ("beste", "e", "beste"),
        ] {
            assert_eq!(open(word, ending), expected);
        }
    }
}
