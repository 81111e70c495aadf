//! A change in the words of the records, in the words of facts.

use std::collections::BTreeMap;

use peil_domain::shared::VersionId;
use peil_facts::{Answer, Change, Mention, ONE, Submission};
use peil_store::outbox;

/// Numbers of versions, which never change.
pub(super) type Numbers = BTreeMap<VersionId, i32>;

/// A change, told to an engine.
pub(super) fn change(told: outbox::Change, numbers: &Numbers) -> Change {
    let submission = submission(told.submission, numbers);
    if told.comes {
        Change::add(submission)
    } else {
        Change::remove(submission)
    }
}

/// A submission, as an engine counts it.
pub(super) fn submission(mut told: outbox::Submission, numbers: &Numbers) -> Submission {
    Submission {
        workspace: told.workspace,
        survey: told.survey,
        response: told.response,
        person: told.contact.map_or(told.response.0, |contact| contact.0),
        account: told.account,
        local_day: told.local_day,
        is_complete: !told.is_partial,
        is_automatic: told.is_automatic,
        weight: ONE,
        version: numbers.get(&told.version).copied().unwrap_or_default(),
        channel: told.channel.code().to_owned(),
        language: told.language.code().to_owned(),
        touchpoint: told.touchpoint.map(|key| key.to_string()),
        pages_done: told.pages_done,
        attributes: told.segments,
        answers: told
            .answers
            .into_iter()
            .map(|(question, given)| {
                let (score, options, has_words) = match given {
                    outbox::Given::Score(score) => (Some(score), None, false),
                    outbox::Given::Options(codes, has_words) => {
                        let codes = codes.iter().map(ToString::to_string).collect();
                        (None, Some(codes), has_words)
                    }
                    outbox::Given::Words(has_words) => (None, None, has_words),
                };
                let mentions = told.mentions.remove(&question).unwrap_or_default();
                let mention = |(theme, tone): (String, i8)| Mention { theme, tone };
                Answer {
                    question,
                    score,
                    options,
                    has_words,
                    mentions: mentions.0.into_iter().map(mention).collect(),
                }
            })
            .collect(),
    }
}
