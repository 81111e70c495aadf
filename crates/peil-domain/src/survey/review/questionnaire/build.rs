//! Rules on the questionnaire as a whole: length, open questions, order and direction of scales.

use super::{
    super::{
        Rule, Severity,
        lexicon::{Class, Lexicon},
        token::sentences,
    },
    Channel, Remark, remark,
};
use crate::shared::Language;
use crate::survey::{Definition, Direction, Place, Question, QuestionKind};

/// Most open questions that people answer with care.
const MOST_OPEN: usize = 2;

/// From so many minutes on people leave before the end.
const LONG_MINUTES: u32 = 5;
const TOO_LONG_MINUTES: u32 = 10;

/// Remarks on the whole, in the first language of the questionnaire.
pub(super) fn remarks(definition: &Definition, channel: Channel) -> Vec<Remark> {
    let language = definition
        .languages
        .first()
        .copied()
        .unwrap_or(Language::Nl);
    let whole = |rule, severity, count| Remark {
        count: Some(count),
        ..remark(Place::Survey, language, rule, severity)
    };
    let asked: Vec<&Question> = definition
        .questions()
        .filter(|question| question.kind.asks())
        .collect();
    let open = asked
        .iter()
        .filter(|question| matches!(question.kind, QuestionKind::Text { .. }))
        .count();
    let mut found = Vec::new();
    let most = channel.most_questions();
    if asked.len() > most {
        let severity = if asked.len() > most * 3 / 2 {
            Severity::Error
        } else {
            Severity::Warning
        };
        found.push(whole(Rule::TooLong, severity, asked.len()));
    }
    if open > MOST_OPEN {
        found.push(whole(Rule::TooManyOpen, Severity::Warning, open));
    }
    let minutes = definition.estimated_minutes();
    if minutes > LONG_MINUTES {
        let severity = if minutes > TOO_LONG_MINUTES {
            Severity::Warning
        } else {
            Severity::Hint
        };
        let minutes = usize::try_from(minutes).unwrap_or(usize::MAX);
        found.push(whole(Rule::EstimatedMinutes, severity, minutes));
    }
    let at = |question: &Question| Place::Question(question.key.clone());
    // A kiosk has room for the score alone.
    if open == 0
        && channel != Channel::Kiosk
        && let Some(scored) = asked.iter().find(|question| is_headline(question))
    {
        found.push(remark(
            at(scored),
            language,
            Rule::MissingWhy,
            Severity::Warning,
        ));
    }
    found.extend(
        turned(&asked).map(|q| remark(at(q), language, Rule::MixedDirection, Severity::Warning)),
    );
    found.extend(
        early(&asked, language)
            .map(|q| remark(at(q), language, Rule::SensitiveEarly, Severity::Warning)),
    );
    found
}

fn is_headline(question: &Question) -> bool {
    matches!(
        question.kind,
        QuestionKind::Nps
            | QuestionKind::Csat { .. }
            | QuestionKind::Ces { .. }
            | QuestionKind::Mark
    )
}

/// The first scale that runs against the first one.
fn turned<'a>(asked: &[&'a Question]) -> Option<&'a Question> {
    let mut scales = asked.iter().filter_map(|question| {
        let scale = question.kind.scale()?;
        Some((*question, scale.direction))
    });
    let (_, first): (_, Direction) = scales.next()?;
    scales
        .find(|(_, direction)| *direction != first)
        .map(|(question, _)| question)
}

/// A personal question before the first question about the experience.
fn early<'a>(asked: &[&'a Question], language: Language) -> Option<&'a Question> {
    let lexicon = Lexicon::of(language);
    let first_score = asked
        .iter()
        .position(|question| question.kind.scale().is_some())?;
    asked.iter().take(first_score).copied().find(|question| {
        sentences(question.text.get(language), lexicon)
            .iter()
            .any(|sentence| sentence.has(Class::Sensitive))
    })
}
