//! Rules on the answers of a choice question: a way out, and values that fit one answer only.

use super::{
    super::{
        Rule, Severity,
        lexicon::{Class, Lexicon},
        token::{Kind, Token, sentences},
    },
    Remark, remark,
    words::ScaleWords,
};
use crate::shared::Language;
use crate::survey::{Place, Question, QuestionKind};

/// From this many answers on a list is taken for one that may not be complete.
const LIST_LENGTH: usize = 3;

/// Remarks on the answers of a question.
pub(super) fn remarks(question: &Question, language: Language) -> Vec<Remark> {
    let QuestionKind::Choice {
        options, has_other, ..
    } = &question.kind
    else {
        return Vec::new();
    };
    let place = || Place::Question(question.key.clone());
    let lexicon = Lexicon::of(language);
    let words = ScaleWords::of(language);
    let labels: Vec<&str> = options.iter().map(|o| o.label.get(language)).collect();
    let mut found = Vec::new();
    let asks_openly = sentences(question.text.get(language), lexicon)
        .iter()
        .any(|sentence| sentence.has(Class::Wh));
    let has_way_out = *has_other || labels.iter().any(|label| words.has_any("other", label));
    let has_numbers = labels
        .iter()
        .any(|label| label.chars().any(|c| c.is_ascii_digit()));
    let is_scale = labels.iter().any(|label| is_judgement(label, lexicon));
    if asks_openly && labels.len() >= LIST_LENGTH && !has_way_out && !has_numbers && !is_scale {
        found.push(remark(
            place(),
            language,
            Rule::MissingOption,
            Severity::Hint,
        ));
    }
    let ranges: Vec<(u64, u64)> = labels
        .iter()
        .filter_map(|label| range(label, lexicon, words))
        .collect();
    if have_overlap(&ranges) {
        found.push(remark(
            place(),
            language,
            Rule::OverlappingRanges,
            Severity::Error,
        ));
    }
    found
}

/// Whether an answer lets those choose who never do what is asked.
pub(super) fn is_way_out(label: &str, lexicon: &Lexicon) -> bool {
    sentences(label, lexicon)
        .iter()
        .any(|sentence| sentence.has(Class::Negator) || sentence.has(Class::Known))
}

fn is_judgement(label: &str, lexicon: &Lexicon) -> bool {
    let classes = [
        Class::Rating,
        Class::Frequency,
        Class::Quality,
        Class::Fault,
    ];
    sentences(label, lexicon)
        .iter()
        .any(|sentence| classes.into_iter().any(|class| sentence.has(class)))
}

/// The whole numbers that an answer covers, both ends included.
fn range(label: &str, lexicon: &Lexicon, words: &ScaleWords) -> Option<(u64, u64)> {
    let sentences = sentences(label, lexicon);
    let tokens: Vec<&Token> = sentences.iter().flat_map(|s| &s.tokens).collect();
    let numbers: Vec<u64> = tokens
        .iter()
        .filter(|token| token.kind == Kind::Number)
        .flat_map(|token| token.lower.split(['-', '/']))
        .filter_map(whole)
        .collect();
    let any = |name: &str| tokens.iter().any(|token| words.has(name, &token.lower));
    let reaches_up = label.trim_end().ends_with('+') || label.contains('>');
    match numbers.as_slice() {
        [from, to] if from < to => {
            // "18 tot 25" ends before 25; "18 tot en met 25" does not.
            let ends_before = any("exclusive") && !tokens.iter().any(|token| token.reads("met"));
            Some((*from, if ends_before { to - 1 } else { *to }))
        }
        [from] if reaches_up => Some((*from, u64::MAX)),
        [from] if any("above") => Some((from + 1, u64::MAX)),
        [to] if (any("below") || label.contains('<')) && *to > 0 => Some((0, to - 1)),
        _ => None,
    }
}

/// A whole number without its separators of thousands.
fn whole(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    (is_plain && digits.len() <= 12)
        .then(|| digits.parse().ok())
        .flatten()
}

fn have_overlap(ranges: &[(u64, u64)]) -> bool {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| match pair {
        [(_, end), (start, _)] => start <= end,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(labels: &[&str]) -> bool {
        let (lexicon, words) = (Lexicon::of(Language::Nl), ScaleWords::of(Language::Nl));
        let ranges: Vec<_> = labels
            .iter()
            .filter_map(|label| range(label, lexicon, words))
            .collect();
        have_overlap(&ranges)
    }

    #[test]
    fn a_value_fits_one_answer_only() {
        assert!(overlap(&["18-25", "25-35", "35+"]));
        assert!(overlap(&["€ 0 - € 1.000", "€ 1.000 - € 2.000"]));
        assert!(overlap(&["0 t/m 5 keer", "5 t/m 10 keer"]));
        assert!(!overlap(&["18-24", "25-34", "35+"]));
        assert!(!overlap(&[
            "18 tot 25 jaar",
            "25 tot 35 jaar",
            "35 jaar of ouder"
        ]));
        assert!(!overlap(&[
            "Jonger dan 18",
            "18 tot en met 24",
            "25 en ouder dan 25"
        ]));
        assert!(!overlap(&["Een dag", "Een week"]));
    }
}
