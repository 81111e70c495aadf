//! What people wrote, beside the figures that it explains.

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    outreach::Channel,
    shared::{ContactId, Language, QuestionKey, ResponseId, Slug},
    survey::{Question, ScoreScale},
};
use peil_store::{
    Session,
    audience::contacts,
    results::{self, CommentQuery},
};

use super::{
    Readable, ResultsQuery, ScoreZone,
    explore::{demand_properties, survey_called},
    readable,
    selection::Selection,
    zone_of,
};
use crate::{
    App, AppError,
    app::demand,
    themes::{Readings, Spoken, ThemeNames},
};

/// Which page of which comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentsAsked {
    /// The selection; `score` and `zone` are about its question, or the headline.
    pub query: ResultsQuery,
    /// The open question; all of them when absent.
    pub about: Option<QuestionKey>,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Most comments on a page.
    pub limit: u64,
}

/// A page of comments.
#[derive(Debug, Clone)]
pub struct Comments {
    /// Which of them may be read.
    pub readable: Readable,
    /// The comments, the newest first; none when none may be read.
    pub lines: Vec<CommentLine>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What the themes in them are called.
    pub themes: ThemeNames,
    /// Whether the reader may put right what was read in them.
    pub may_correct: bool,
}

/// One comment.
#[derive(Debug, Clone)]
pub struct CommentLine {
    /// The submission.
    pub response: ResponseId,
    /// The question that it answers.
    pub question: QuestionKey,
    /// The words, with what was read in them; without personal data for who does not follow up.
    pub spoken: Spoken,
    /// When they were sent.
    pub submitted_at: Timestamp,
    /// Language in which was answered.
    pub language: Language,
    /// Channel through which they came.
    pub channel: Channel,
    /// Score on the question of the selection and the part of its scale.
    pub score: Option<(i32, ScoreZone)>,
    /// Who wrote them, when known and the reader may know.
    pub contact: Option<(ContactId, Option<String>)>,
}

impl App {
    /// Lists what people wrote, the newest first.
    pub async fn list_comments(
        &self,
        actor: &Actor,
        slug: &Slug,
        asked: CommentsAsked,
    ) -> Result<Comments, AppError> {
        demand(actor, Right::ReadResponses)?;
        demand_properties(actor, &asked.query)?;
        let session = self.look(actor.workspace).await?;
        let survey = survey_called(&session, slug).await?;
        let selection = Selection::read(&session, survey, &asked.query, self.clock.now()).await?;
        let readable = readable(
            &session,
            actor,
            Some(selection.survey.id),
            &selection.selected(),
        )
        .await?;
        let days = match readable {
            Readable::Nothing => None,
            _ => selection.days_with_words(&session).await?,
        };
        let Some((first, last)) = days else {
            return Ok(Comments {
                readable,
                lines: Vec::new(),
                next: None,
                themes: ThemeNames::default(),
                may_correct: false,
            });
        };
        let headline = selection.scale_question(asked.query.question.as_ref());
        let scale = headline.and_then(|question| question.kind.scale());
        let mut query = comment_query(&selection, asked, headline);
        query.only_known = readable == Readable::OnlyKnown;
        (query.from, query.until) = (Some(first), Some(last));
        let page = results::comments(&session, &query).await?;
        let mut lines = Vec::with_capacity(page.items.len());
        let names = if actor.has(Right::ReadAudience) {
            names(
                &session,
                page.items.iter().filter_map(|comment| comment.contact),
            )
            .await?
        } else {
            Vec::new()
        };
        let ids = page.items.iter().map(|comment| comment.response);
        let readings = Readings::of(&session, ids).await?;
        for comment in page.items {
            let zone = |score: i32| scale.map(|scale| (score, zone_of(&scale, score)));
            lines.push(CommentLine {
                spoken: readings.spoken(actor, comment.response, &comment.question, &comment.words),
                response: comment.response,
                question: comment.question,
                submitted_at: comment.submitted_at,
                language: comment.language,
                channel: comment.channel,
                score: comment.score.and_then(zone),
                contact: names
                    .iter()
                    .find(|(id, _)| Some(*id) == comment.contact)
                    .cloned(),
            });
        }
        Ok(Comments {
            readable,
            lines,
            next: page.next,
            themes: self.book(&session).await?.names.clone(),
            may_correct: actor.has(Right::WriteResponses),
        })
    }
}

fn comment_query(
    selection: &Selection,
    asked: CommentsAsked,
    headline: Option<&Question>,
) -> CommentQuery {
    let range = headline.and_then(|question| {
        let scale = question.kind.scale()?;
        let (low, high) = score_range(&scale, &asked.query)?;
        Some((question.key.clone(), low..=high))
    });
    CommentQuery {
        survey: Some(selection.survey.id),
        question: asked.about,
        filters: selection.filters.clone(),
        excluded: selection.excluded.clone(),
        from: selection.from,
        until: selection.until,
        only_known: false,
        score: range,
        search: asked.query.search,
        read_as: asked.query.read_as,
        headline: headline.map(|question| question.key.clone()),
        include_partial: true,
        include_automatic: selection.includes_automatic,
        after: asked.after,
        limit: asked.limit,
    }
}

/// Lowest and highest score that are wanted; nothing when any will do.
pub(crate) fn score_range(scale: &ScoreScale, query: &ResultsQuery) -> Option<(i32, i32)> {
    if let Some(score) = query.score {
        return Some((score, score));
    }
    if query.least.is_some() || query.most.is_some() {
        let least = query.least.unwrap_or(scale.min);
        return Some((least, query.most.unwrap_or(scale.max)));
    }
    let zone = query.zone?;
    let mut inside = scale
        .scores()
        .filter(|score| zone_of(scale, *score) == zone);
    // A scale may have no middle: then nothing lies in it.
    let Some(first) = inside.next() else {
        return Some((scale.max + 1, scale.max + 1));
    };
    Some((first, inside.last().unwrap_or(first)))
}

/// The names of contacts.
pub(crate) async fn names(
    session: &impl Session,
    ids: impl Iterator<Item = ContactId>,
) -> Result<Vec<(ContactId, Option<String>)>, AppError> {
    let mut ids: Vec<ContactId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let found = contacts::list_by_ids(session, &ids).await?;
    let named = |contact: peil_domain::audience::Contact| {
        let address = contact.email.map(|email| email.to_string());
        (contact.id, contact.name.or(address).or(contact.external_id))
    };
    Ok(found.into_iter().map(named).collect())
}

#[cfg(test)]
mod tests {
    use peil_domain::survey::{CesVersion, QuestionKind};

    use super::*;

    #[test]
    fn a_zone_is_a_range_of_scores() {
        let scale = |kind: QuestionKind| kind.scale().unwrap();
        let score_range = |scale: &ScoreScale, score, zone| {
            let query = ResultsQuery {
                score,
                zone,
                ..ResultsQuery::default()
            };
            super::score_range(scale, &query)
        };
        let nps = scale(QuestionKind::Nps);
        assert_eq!(score_range(&nps, None, Some(ScoreZone::Low)), Some((0, 6)));
        assert_eq!(
            score_range(&nps, None, Some(ScoreZone::High)),
            Some((9, 10))
        );
        assert_eq!(
            score_range(&nps, Some(3), Some(ScoreZone::High)),
            Some((3, 3))
        );
        assert_eq!(score_range(&nps, None, None), None);
        let at_least = ResultsQuery {
            least: Some(7),
            ..ResultsQuery::default()
        };
        assert_eq!(super::score_range(&nps, &at_least), Some((7, 10)));
        let effort = scale(QuestionKind::Ces {
            version: CesVersion::V1,
        });
        assert_eq!(
            score_range(&effort, None, Some(ScoreZone::Low)),
            Some((4, 5))
        );
        let yes_no = scale(QuestionKind::YesNo);
        let (low, high) = score_range(&yes_no, None, Some(ScoreZone::Mid)).unwrap();
        assert!(low > 1 && high > 1);
    }
}
