//! What an engine reads in an answer, in the words of the records.

use std::collections::BTreeSet;

use peil_domain::response::{AnswerValue, Response};
use peil_domain::shared::QuestionKey;
use peil_store::themes::{Clause, ClauseTheme, FreshReading, Mentions, Personal, Reading};
use peil_themes::{Analysis, Answer, ClauseTheme as Found, Taxonomy};

use super::books::Book;

/// The theme of answers that say nothing: it is told as a label, and no topic of anything.
pub(crate) const NO_CONTENT: &str = "no_content";

/// A tone that is at least so probable counts: three tones share the whole, and words such as "too late"
/// say less of it than words that scold.
const TONE_FROM: f64 = 0.45;

/// What a submission says in its sender's own words, by question.
pub(crate) fn own_words(response: &Response) -> impl Iterator<Item = (&QuestionKey, &str)> {
    response.answers.iter().filter_map(|answer| {
        let words = match &answer.value {
            AnswerValue::Text(words) => words.as_str(),
            AnswerValue::Choices { other, .. } => other.as_deref()?,
            _ => return None,
        };
        (!words.trim().is_empty()).then_some((&answer.key, words))
    })
}

/// Reads what a submission says to a question.
pub(crate) fn read(
    book: &Book,
    response: &Response,
    question: &QuestionKey,
    words: &str,
) -> FreshReading {
    let answer = Answer {
        text: words.to_owned(),
        lang: Some(response.language.code().to_owned()),
        ..Answer::default()
    };
    let found = book.engine().analyse(&answer, None);
    FreshReading {
        reading: Reading {
            response: response.id,
            question: question.clone(),
            survey: response.survey,
            local_day: response.local_day,
            made_by: book.made_by(),
            language: found.language.to_owned(),
            polarity: found.polarity.clone(),
            labels: found.signals.iter().filter_map(word_of).collect(),
            mentions: mentions(&book.taxonomy, &found),
            clauses: clauses(&book.taxonomy, &found),
            personal: personal(&found),
            is_corrected: false,
        },
        words: words.to_owned(),
    }
}

/// The stable word of a value that serde knows.
fn word_of(value: &impl serde::Serialize) -> Option<String> {
    let word = serde_json::to_value(value).ok()?;
    word.as_str().map(str::to_owned)
}

/// Code of a theme with that of the part that was meant, where the theme has such a part: a wider
/// theme that only goes along has not.
fn code(taxonomy: &Taxonomy, found: &Found) -> String {
    let theme = taxonomy
        .themes
        .iter()
        .find(|theme| theme.code == found.theme);
    let has_part =
        theme.is_some_and(|theme| theme.parts.iter().any(|part| part.code == found.part));
    if has_part {
        format!("{}.{}", found.theme, found.part)
    } else {
        found.theme.clone()
    }
}

/// Below zero with displeasure, above zero with pleasure; zero when that is not certain.
const fn tone(sentiment: &str, is_sure: bool) -> i8 {
    match sentiment.as_bytes() {
        b"negative" if is_sure => -1,
        b"positive" if is_sure => 1,
        _ => 0,
    }
}

fn mentions(taxonomy: &Taxonomy, found: &Analysis) -> Mentions {
    let mut all = BTreeSet::new();
    for clause in &found.clauses {
        let tone = tone(clause.sentiment, clause.confidence >= TONE_FROM);
        let themes = clause.themes.iter();
        let themes = themes.filter(|theme| theme.theme != NO_CONTENT);
        all.extend(themes.map(|theme| (code(taxonomy, theme), tone)));
    }
    // A tone that is not certain adds nothing to one that is.
    let sure: BTreeSet<String> = all
        .iter()
        .filter(|(_, tone)| *tone != 0)
        .map(|(code, _)| code.clone())
        .collect();
    all.retain(|(code, tone)| *tone != 0 || !sure.contains(code));
    Mentions(all)
}

fn clauses(taxonomy: &Taxonomy, found: &Analysis) -> Vec<Clause> {
    let clauses = found.clauses.iter().map(|clause| Clause {
        start: clause.start,
        end: clause.end,
        sentiment: clause.sentiment.to_owned(),
        is_sure: clause.confidence >= TONE_FROM,
        themes: clause
            .themes
            .iter()
            .filter(|theme| theme.theme != NO_CONTENT)
            .map(|theme| ClauseTheme {
                code: code(taxonomy, theme),
                confidence: theme.confidence,
                evidence: theme
                    .evidence
                    .iter()
                    .map(|span| (span.start, span.end))
                    .collect(),
            })
            .collect(),
    });
    clauses.collect()
}

fn personal(found: &Analysis) -> Vec<Personal> {
    let personal = found.personal.iter().map(|one| Personal {
        start: one.span.start,
        end: one.span.end,
        kind: word_of(&one.kind).unwrap_or_default(),
    });
    personal.collect()
}
