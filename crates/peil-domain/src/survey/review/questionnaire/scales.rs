//! Rules on the scale of one question: balance, and the published wordings of NPS and CES.

use super::{
    super::{
        Rule, Severity,
        lexicon::{Class, Lexicon},
        token::{Token, sentences},
    },
    Remark, remark,
    words::ScaleWords,
};
use crate::shared::Language;
use crate::survey::{CesVersion, Place, Question, QuestionKind};

/// Remarks on the scale of a question.
pub(super) fn remarks(question: &Question, language: Language) -> Vec<Remark> {
    let place = || Place::Question(question.key.clone());
    let text = question.text.get(language);
    let words = ScaleWords::of(language);
    match &question.kind {
        QuestionKind::Nps => nps(text, language, words)
            .map(|rewrite| {
                let mut made = remark(place(), language, Rule::NpsWording, Severity::Warning);
                made.finding.end = text.len();
                text.clone_into(&mut made.finding.words);
                made.finding.rewrite = Some(rewrite.to_owned());
                made
            })
            .into_iter()
            .collect(),
        QuestionKind::Ces { version } => {
            let wanted = match version {
                CesVersion::V1 => "effort",
                CesVersion::V2 => "ease",
            };
            let is_right = text.is_empty() || words.has_any(wanted, text);
            (!is_right)
                .then(|| remark(place(), language, Rule::CesVersion, Severity::Warning))
                .into_iter()
                .collect()
        }
        QuestionKind::Rating {
            low_label,
            high_label,
            ..
        } => {
            let lexicon = Lexicon::of(language);
            let ends =
                [low_label, high_label].map(|label| tone(label.get(language), lexicon, words));
            let is_one_sided = matches!(ends, [Tone::Good, Tone::Good] | [Tone::Bad, Tone::Bad]);
            is_one_sided
                .then(|| remark(place(), language, Rule::UnbalancedScale, Severity::Error))
                .into_iter()
                .collect()
        }
        QuestionKind::Choice {
            options,
            is_multiple: false,
            ..
        } => {
            let labels: Vec<&str> = options.iter().map(|o| o.label.get(language)).collect();
            is_unbalanced(&labels, language)
                .then(|| remark(place(), language, Rule::UnbalancedScale, Severity::Error))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The published NPS question, when this one is another.
fn nps(text: &str, language: Language, words: &ScaleWords) -> Option<&'static str> {
    let is_right =
        text.is_empty() || (words.has_any("likely", text) && words.has_any("recommend", text));
    if is_right {
        return None;
    }
    let lexicon = Lexicon::of(language);
    let is_formal = sentences(text, lexicon)
        .iter()
        .flat_map(|sentence| &sentence.tokens)
        .any(|token| token.reads("u") || token.reads("uw"));
    let form = if is_formal { "nps u" } else { "nps je" };
    words.standard(form).or_else(|| words.standard("nps"))
}

/// Which side of a scale a label is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Good,
    Bad,
    Neither,
}

fn tone(label: &str, lexicon: &Lexicon, words: &ScaleWords) -> Tone {
    let sentences = sentences(label, lexicon);
    let tokens: Vec<&Token> = sentences.iter().flat_map(|s| &s.tokens).collect();
    let any = |test: &dyn Fn(&Token) -> bool| tokens.iter().any(|token| test(token));
    let is_bad =
        any(&|t| t.is(Class::Fault) || t.is(Class::Charged) || words.has("negative", &t.lower));
    let is_good = any(&|t| {
        t.is(Class::Quality)
            || t.is(Class::Praise)
            || t.is(Class::Joy)
            || words.has("positive", &t.lower)
    });
    let is_denied = any(&|t| t.is(Class::Negator));
    // Too much of a good thing is on neither side: "too slow" to "too fast" is a scale with its best in the middle.
    let is_excess = any(&|t| words.has("excess", &t.lower));
    match (is_good, is_bad) {
        _ if is_excess => Tone::Neither,
        (true, true) | (false, false) => Tone::Neither,
        (good, _) if good != is_denied => Tone::Good,
        _ => Tone::Bad,
    }
}

/// Whether the labels are a rating scale with more choices on one side than on the other.
fn is_unbalanced(labels: &[&str], language: Language) -> bool {
    let (lexicon, words) = (Lexicon::of(language), ScaleWords::of(language));
    let is_short = labels
        .iter()
        .all(|label| label.split_whitespace().count() <= 4);
    let tones: Vec<Tone> = labels
        .iter()
        .map(|label| tone(label, lexicon, words))
        .collect();
    let count = |wanted: Tone| tones.iter().filter(|tone| **tone == wanted).count();
    let (good, bad) = (count(Tone::Good), count(Tone::Bad));
    let is_scale = is_short && good + bad >= 3 && count(Tone::Neither) <= 2;
    is_scale && good != bad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_as_many_good_as_bad_choices() {
        let is_unbalanced = |labels: &[&str]| is_unbalanced(labels, Language::Nl);
        assert!(is_unbalanced(&["Uitstekend", "Heel goed", "Goed", "Matig"]));
        assert!(is_unbalanced(&[
            "Zeer tevreden",
            "Tevreden",
            "Neutraal",
            "Ontevreden"
        ]));
        assert!(!is_unbalanced(&[
            "Zeer ontevreden",
            "Ontevreden",
            "Neutraal",
            "Tevreden",
            "Zeer tevreden",
            "Weet ik niet",
        ]));
        assert!(!is_unbalanced(&[
            "Veel te langzaam",
            "Iets te langzaam",
            "Precies goed",
            "Iets te snel",
            "Veel te snel",
        ]));
        assert!(!is_unbalanced(&[
            "Prijs",
            "Snelle levering",
            "Goede service"
        ]));
        assert!(!is_unbalanced(&[
            "Helemaal oneens",
            "Oneens",
            "Eens",
            "Helemaal eens"
        ]));
    }
}
