//! Emoji and typed faces become words of which the tone is known.

const JOINER: char = '\u{200D}';

const EMOTICONS: [(&str, &str); 28] = [
    (":'-(", "emo_sad"),
    (":'(", "emo_sad"),
    (":-))", "emo_joy"),
    (":-)", "emo_joy"),
    (":))", "emo_joy"),
    (":)", "emo_joy"),
    ("=)", "emo_joy"),
    (":-D", "emo_joy"),
    (":D", "emo_joy"),
    ("=D", "emo_joy"),
    (";-)", "emo_wink"),
    (";)", "emo_wink"),
    (":-P", "emo_wink"),
    (":P", "emo_wink"),
    (":-((", "emo_sad"),
    (":-(", "emo_sad"),
    (":((", "emo_sad"),
    (":(", "emo_sad"),
    ("=(", "emo_sad"),
    (":-/", "emo_doubt"),
    (":-\\", "emo_doubt"),
    (":-|", "emo_doubt"),
    (":|", "emo_doubt"),
    (">:(", "emo_angry"),
    (":@", "emo_angry"),
    ("<3", "emo_love"),
    ("(y)", "emo_thumbsup"),
    ("(Y)", "emo_thumbsup"),
];

/// The word for a typed face at the beginning of a text, and the length of that face in bytes.
pub(crate) fn emoticon(text: &str) -> Option<(&'static str, usize)> {
    let first = text.bytes().next()?;
    if !b":;=<>(".contains(&first) {
        return None;
    }
    EMOTICONS.into_iter().find_map(|(face, word)| {
        let rest = text.strip_prefix(face)?;
        let is_apart = rest
            .chars()
            .next()
            .is_none_or(|next| !next.is_alphanumeric());
        is_apart.then_some((word, face.len()))
    })
}

/// The word for an emoji at the beginning of a text, and the length of the whole sequence in bytes.
pub(crate) fn emoji(text: &str) -> Option<(&'static str, usize)> {
    let first = text.chars().next().filter(|first| is_emoji(*first))?;
    let mut length = first.len_utf8();
    let mut letters = text.chars().skip(1).peekable();
    while let Some(next) = letters.next() {
        let continues = is_modifier(next)
            || (is_flag_half(first) && is_flag_half(next) && length == first.len_utf8());
        if continues {
            length += next.len_utf8();
        } else if next == JOINER && letters.peek().is_some_and(|after| is_emoji(*after)) {
            length += next.len_utf8() + letters.next().map_or(0, char::len_utf8);
        } else {
            break;
        }
    }
    Some((word_for(first), length))
}

fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}' | '\u{2B1B}'
        | '\u{2B1C}' | '\u{231A}' | '\u{231B}' | '\u{23E9}'..='\u{23FA}')
}

fn is_modifier(letter: char) -> bool {
    matches!(letter, '\u{FE0F}' | '\u{FE0E}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

fn is_flag_half(letter: char) -> bool {
    matches!(letter, '\u{1F1E6}'..='\u{1F1FF}')
}

fn word_for(letter: char) -> &'static str {
    match letter {
        '\u{1F600}'..='\u{1F608}'
        | '\u{1F60A}'..='\u{1F60C}'
        | '\u{1F60E}'
        | '\u{1F638}'..='\u{1F63B}'
        | '\u{1F642}'
        | '\u{1F643}'
        | '\u{1F917}'
        | '\u{1F923}'
        | '\u{1F929}'
        | '\u{1F973}'
        | '\u{263A}' => "emo_joy",
        '\u{1F609}' | '\u{1F61B}'..='\u{1F61D}' => "emo_wink",
        '\u{1F60D}'
        | '\u{1F618}'
        | '\u{1F619}'
        | '\u{1F61A}'
        | '\u{1F617}'
        | '\u{1F970}'
        | '\u{2764}'
        | '\u{2665}'
        | '\u{1F493}'
        | '\u{1F495}'..='\u{1F49F}'
        | '\u{1F48B}'
        | '\u{1F5A4}'
        | '\u{1F90D}'
        | '\u{1F90E}'
        | '\u{1F9E1}' => "emo_love",
        '\u{1F44D}' | '\u{1F44C}' | '\u{1F44F}' | '\u{1F64C}' | '\u{1F4AA}' | '\u{1F64F}'
        | '\u{2B50}' | '\u{1F31F}' | '\u{2728}' | '\u{1F389}' | '\u{1F38A}' | '\u{1F3C6}'
        | '\u{1F947}' | '\u{2705}' | '\u{2714}' | '\u{1F4AF}' | '\u{1F525}' | '\u{1F4AB}' => {
            "emo_thumbsup"
        }
        '\u{1F61E}'
        | '\u{1F61F}'
        | '\u{1F622}'..='\u{1F623}'
        | '\u{1F625}'..='\u{1F62B}'
        | '\u{1F62D}'
        | '\u{1F614}'
        | '\u{1F616}'
        | '\u{1F613}'
        | '\u{1F630}'
        | '\u{1F631}'
        | '\u{1F633}'
        | '\u{1F635}'
        | '\u{1F641}'
        | '\u{2639}'
        | '\u{1F494}'
        | '\u{1F63F}'
        | '\u{1F97A}'
        | '\u{1F97D}' => "emo_sad",
        '\u{1F620}' | '\u{1F621}' | '\u{1F624}' | '\u{1F92C}' | '\u{1F47F}' | '\u{1F63E}'
        | '\u{1F595}' | '\u{1F92E}' | '\u{1F922}' | '\u{1F4A9}' | '\u{1F92F}' => "emo_angry",
        '\u{1F44E}' | '\u{274C}' | '\u{1F6AB}' | '\u{26D4}' | '\u{1F926}' | '\u{1F937}' => {
            "emo_thumbsdown"
        }
        '\u{1F610}' | '\u{1F611}' | '\u{1F612}' | '\u{1F615}' | '\u{1F62C}' | '\u{1F644}'
        | '\u{1F914}' | '\u{1F636}' | '\u{1F928}' | '\u{1F971}' | '\u{1F634}' => "emo_doubt",
        _ => "emo_other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_one_emoji() {
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}x";
        assert_eq!(emoji(family), Some(("emo_other", family.len() - 1)));
        assert_eq!(emoji("\u{2764}\u{FE0F}"), Some(("emo_love", 6)));
        assert_eq!(emoji("\u{1F1F3}\u{1F1F1}\u{1F1E7}"), Some(("emo_other", 8)));
        assert_eq!(emoji("a"), None);
    }

    #[test]
    fn a_face_is_not_read_from_the_middle_of_words() {
        assert_eq!(emoticon(":)"), Some(("emo_joy", 2)));
        assert_eq!(emoticon("<3x"), None);
    }
}
