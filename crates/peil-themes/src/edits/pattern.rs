//! Words and phrases as people type them, and codes made of names.

/// Longest code made of a name, in bytes.
const LONGEST_CODE: usize = 40;
/// Longest word or phrase, in letters.
const LONGEST_PATTERN: usize = 80;

/// Says whether a text is a word or phrase that something can be found by: see [`ThemeWords`](crate::ThemeWords).
#[must_use]
pub fn is_pattern(text: &str) -> bool {
    if text.chars().count() > LONGEST_PATTERN || text.contains(char::is_whitespace) {
        return false;
    }
    let pieces: Vec<&str> = text.split('_').collect();
    let is_gap = |piece: &&str| *piece == "~";
    let ends_open = pieces.first().is_some_and(is_gap) || pieces.last().is_some_and(is_gap);
    !ends_open
        && pieces
            .iter()
            .all(|piece| is_gap(piece) || is_piece(piece, pieces.len() == 1))
}

/// A word with what may stand around it; one that stands alone is longer than a letter.
fn is_piece(piece: &str, stands_alone: bool) -> bool {
    let word = piece.strip_prefix('=').unwrap_or(piece);
    let inner = word.trim_start_matches('*').trim_end_matches('*');
    let letters = inner
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .count();
    let is_word = inner
        .chars()
        .all(|letter| letter.is_alphanumeric() || "'’-/&.+".contains(letter));
    let is_short_piece = inner.len() < word.len() && letters < 3;
    letters > usize::from(stands_alone) && is_word && !is_short_piece
}

/// The pattern of a word or phrase as someone types it, with blanks between the words.
#[must_use]
pub fn to_pattern(typed: &str) -> String {
    let words: Vec<String> = typed
        .split(|letter: char| letter.is_whitespace() || letter == '_')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("_").replace('’', "'")
}

/// Small letters, digits and underscores, made of a name.
pub(super) fn base_code(name: &str) -> String {
    let mut code = String::new();
    for letter in name.to_lowercase().chars() {
        let plain = match letter {
            'a'..='z' | '0'..='9' => letter,
            'á' | 'à' | 'ä' | 'â' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            _ => '_',
        };
        if plain != '_' || (!code.is_empty() && !code.ends_with('_')) {
            code.push(plain);
        }
        if code.len() >= LONGEST_CODE {
            break;
        }
    }
    let code = code.trim_matches('_');
    if code.is_empty() {
        "theme".to_owned()
    } else {
        code.to_owned()
    }
}
