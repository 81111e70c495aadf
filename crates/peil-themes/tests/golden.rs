//! What every step makes of a few answers, kept so that a change of any word list or rule is seen.

use std::fmt::Write;

use peil_themes::{
    Language, Span, Words, clauses, detect_language, find_personal, masked, normalise,
    sentiment_of_answer, signals, tone,
};

/// Writes what a step says of each answer.
fn each(step: impl Fn(&str) -> String) -> String {
    let mut shown = String::new();
    for answer in include_str!("golden/answers.txt").lines() {
        let _ = writeln!(shown, "{answer}\n    {}", step(answer));
    }
    shown
}

fn language_of(answer: &str) -> Language {
    detect_language(normalise(answer).text(), None)
}

#[test]
fn texts_are_normalised() {
    insta::assert_snapshot!(each(|answer| normalise(answer).text().to_owned()));
}

#[test]
fn personal_data_is_masked() {
    insta::assert_snapshot!(each(|answer| masked(
        answer,
        &find_personal(&normalise(answer))
    )));
}

#[test]
fn languages_are_told() {
    insta::assert_snapshot!(each(|answer| language_of(answer).code().to_owned()));
}

#[test]
fn clauses_are_cut() {
    insta::assert_snapshot!(each(|answer| {
        let normalised = normalise(answer);
        let clauses = clauses(normalised.text(), language_of(answer));
        let texts: Vec<_> = clauses
            .into_iter()
            .map(|span| normalised.original(span).of(answer))
            .collect();
        texts.join(" | ")
    }));
}

#[test]
fn words_have_stems() {
    insta::assert_snapshot!(each(|answer| {
        let normal = normalise(answer);
        let words =
            Words::new(language_of(answer)).of_stretch(&normal, Span::new(0, normal.text().len()));
        let shown: Vec<_> = words
            .iter()
            .map(|word| {
                if word.parts.is_empty() {
                    word.stem.clone()
                } else {
                    format!("{}({})", word.stem, word.parts.join("+"))
                }
            })
            .collect();
        shown.join(" ")
    }));
}

#[test]
fn tones_and_signals_are_told() {
    insta::assert_snapshot!(each(|answer| {
        let language = language_of(answer);
        let normalised = normalise(answer);
        let words = Words::new(language);
        let tones: Vec<_> = clauses(normalised.text(), language)
            .into_iter()
            .map(|clause| tone(&words.of(clause.of(normalised.text())), language))
            .collect();
        let sentiments: Vec<_> = tones
            .iter()
            .map(|tone| tone.probabilities().best().0.code())
            .collect();
        let signals = signals(&words.of(normalised.text()), language);
        format!(
            "{} {sentiments:?} {signals:?}",
            sentiment_of_answer(&tones).0.code()
        )
    }));
}
