//! Who is displeased by their score: what they mention in words without a clear tone is what they
//! complain about.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    response::{AnswerValue, Response},
    shared::{ResponseId, VersionId},
    survey::Version,
};
use peil_store::{
    Session, survey,
    themes::{Mentions, Reading},
};

use crate::AppError;

/// The submissions whose score on the headline question is bad news.
pub(crate) async fn displeased(
    session: &impl Session,
    responses: &[Response],
) -> Result<BTreeSet<ResponseId>, AppError> {
    let mut versions: BTreeMap<VersionId, Version> = BTreeMap::new();
    let ids: BTreeSet<VersionId> = responses.iter().map(|response| response.version).collect();
    for id in ids {
        if let Some(version) = survey::find_version(session, id).await? {
            versions.insert(id, version);
        }
    }
    let is_low = |response: &&Response| {
        let version = versions.get(&response.version);
        version.is_some_and(|version| scored_low(version, response))
    };
    let low = responses.iter().filter(is_low);
    Ok(low.map(|response| response.id).collect())
}

fn scored_low(version: &Version, response: &Response) -> bool {
    let Some(headline) = version.definition.headline() else {
        return false;
    };
    let scale = headline.kind.scale();
    let mut answers = response.answers.iter();
    let given = answers.find(|answer| answer.key == headline.key);
    match given.map(|answer| &answer.value) {
        Some(AnswerValue::Score(score)) => scale.is_some_and(|scale| scale.is_low(*score)),
        _ => false,
    }
}

/// Reads the words of someone displeased: when none of them are certainly a complaint, what is mentioned
/// without a certain tone is what the score is about. What a person said about an answer stays.
pub(crate) fn as_displeased(reading: &mut Reading) {
    let Mentions(mentions) = &reading.mentions;
    if reading.is_corrected || mentions.iter().any(|(_, tone)| *tone < 0) {
        return;
    }
    let tone = |tone: i8| if tone == 0 { -1 } else { tone };
    let mentions = mentions
        .iter()
        .map(|(code, was)| (code.clone(), tone(*was)));
    reading.mentions = Mentions(mentions.collect());
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::{LocalDay, SurveyId};
    use peil_store::themes::MadeBy;

    use super::*;

    fn read(mentions: &[(&str, i8)], is_corrected: bool) -> Vec<(String, i8)> {
        let mentions = mentions
            .iter()
            .map(|(code, tone)| ((*code).to_owned(), *tone));
        let mut reading = Reading {
            response: ResponseId(uuid::Uuid::nil()),
            question: "why".parse().unwrap(),
            survey: SurveyId(uuid::Uuid::nil()),
            local_day: LocalDay(0),
            made_by: MadeBy {
                rules: 1,
                taxonomy: 1,
            },
            language: "nl".to_owned(),
            polarity: "neutral".to_owned(),
            labels: BTreeSet::new(),
            mentions: Mentions(mentions.collect()),
            clauses: Vec::new(),
            personal: Vec::new(),
            is_corrected,
        };
        as_displeased(&mut reading);
        reading.mentions.0.into_iter().collect()
    }

    #[test]
    fn who_scores_low_complains_about_what_they_mention_unless_they_say_what_it_is() {
        let of = |code: &str, tone| (code.to_owned(), tone);
        assert_eq!(read(&[("delivery", 0)], false), [of("delivery", -1)]);
        let praised = [("delivery", 0), ("staff", 1)];
        assert_eq!(read(&praised, false), [of("delivery", -1), of("staff", 1)]);
        let said = [("delivery", 0), ("price", -1)];
        assert_eq!(read(&said, false), [of("delivery", 0), of("price", -1)]);
        assert_eq!(read(&[("delivery", 0)], true), [of("delivery", 0)]);
    }
}
