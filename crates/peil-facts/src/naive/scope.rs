//! Whether a submission is meant, looked up in the submission itself.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use crate::{Answer, Dimension, Filter, Given, Mention, Scope, Submission};

/// The value of a dimension; nothing when it is not known.
pub(crate) fn value<'a>(submission: &'a Submission, dimension: &Dimension) -> Option<Cow<'a, str>> {
    match dimension {
        Dimension::Survey => Some(submission.survey.to_string().into()),
        Dimension::Version => Some(submission.version.to_string().into()),
        Dimension::Channel => Some(submission.channel.as_str().into()),
        Dimension::Language => Some(submission.language.as_str().into()),
        Dimension::Touchpoint => submission.touchpoint.as_deref().map(Cow::from),
        Dimension::Account => submission.account.map(|id| id.to_string().into()),
        Dimension::Completion => Some(completion(submission.is_complete).into()),
        Dimension::Origin => Some(origin(submission.is_automatic).into()),
        Dimension::PagesDone => submission.pages_done.map(|pages| pages.to_string().into()),
        Dimension::Attribute(key) => submission.attributes.get(key).map(Cow::from),
        // There may be several: see `mentioned`.
        Dimension::Theme | Dimension::ThemePart | Dimension::Tone | Dimension::ThemesTogether => {
            None
        }
    }
}

/// Everything that was mentioned.
pub(crate) fn mentions(submission: &Submission) -> BTreeSet<Mention> {
    let answers = submission.answers.iter();
    answers
        .flat_map(|answer| answer.mentions.iter().cloned())
        .collect()
}

/// A mention, with how many themes its submission mentions.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    mention: Mention,
    themes: usize,
}

/// The mentions for which all conditions on mentions hold; nothing stands for having none.
pub(crate) fn mentioned(
    filters: &[Filter],
    mentions: BTreeSet<Mention>,
) -> impl Iterator<Item = Option<Told>> {
    let themes: BTreeSet<&str> = mentions.iter().map(Mention::whole).collect();
    let themes = themes.len();
    let all: Vec<Option<Told>> = if mentions.is_empty() {
        vec![None]
    } else {
        let told = |mention| Some(Told { mention, themes });
        mentions.into_iter().map(told).collect()
    };
    let holds = |filter: &Filter, told: Option<&Told>| {
        let value = value_of(told, &filter.dimension);
        filter.test.holds(value.as_deref())
    };
    let filters: Vec<Filter> = filters
        .iter()
        .filter(|filter| filter.dimension.is_of_mentions())
        .cloned()
        .collect();
    all.into_iter()
        .filter(move |told| filters.iter().all(|filter| holds(filter, told.as_ref())))
}

/// The value of a dimension of a mention.
pub(crate) fn value_of(told: Option<&Told>, dimension: &Dimension) -> Option<Arc<str>> {
    let Told { mention, themes } = told?;
    match dimension {
        Dimension::Theme => Some(mention.whole().into()),
        Dimension::ThemePart => mention.part().map(Into::into),
        Dimension::Tone => Some(mention.tone.to_string().into()),
        Dimension::ThemesTogether => Some(themes.to_string().into()),
        _ => None,
    }
}

/// The word for whether a submission was finished.
pub(crate) const fn completion(is_complete: bool) -> &'static str {
    if is_complete { "complete" } else { "partial" }
}

/// The word for who must have filled a submission in.
pub(crate) const fn origin(is_automatic: bool) -> &'static str {
    if is_automatic { "program" } else { "person" }
}

/// Whether a submission is meant.
pub(super) fn is_meant(scope: &Scope, submission: &Submission) -> bool {
    submission.workspace == scope.workspace
        && (scope.surveys.is_empty() || scope.surveys.contains(&submission.survey))
        && scope.from.is_none_or(|from| submission.local_day >= from)
        && scope
            .until
            .is_none_or(|until| submission.local_day <= until)
        && (scope.include_partial || submission.is_complete)
        && (scope.include_automatic || !submission.is_automatic)
        && scope.filters.iter().all(|filter| {
            let value = value(submission, &filter.dimension);
            filter.dimension.is_of_mentions() || filter.test.holds(value.as_deref())
        })
        && mentioned(&scope.filters, mentions(submission))
            .next()
            .is_some()
}

/// Whether an answer is of the kind that is meant.
pub(super) fn is_given(answer: &Answer, given: Given) -> bool {
    match given {
        Given::Anything => true,
        Given::Score => answer.score.is_some(),
        Given::Options => answer.options.is_some(),
        Given::Words => answer.has_words,
        Given::Mentions => !answer.mentions.is_empty(),
    }
}
