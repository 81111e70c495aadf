//! Readings: what was read in an answer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use peil_domain::{
    response::Response,
    shared::{LocalDay, QuestionKey, ResponseId, SurveyId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Mentions;
use crate::{
    Session, StoreError,
    convert::{MOST_IN_LIST, document, micros, to_document, word},
    dialect::contains,
    entities::{answers, readings, responses},
    response::{COMPLETE, with_answers},
};

/// By which rules an answer was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MadeBy {
    /// Version of the program's rules and word lists.
    pub rules: i32,
    /// Version of the organisation's themes.
    pub taxonomy: i32,
}

/// What was read in an answer. Places are bytes of its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The submission.
    pub response: ResponseId,
    /// The question.
    pub question: QuestionKey,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The day on which it was sent, in the organisation's time zone.
    pub local_day: LocalDay,
    /// By which rules it was read.
    pub made_by: MadeBy,
    /// Code of the language that it is in.
    pub language: String,
    /// `positive`, `negative`, `neutral` or `mixed`.
    pub polarity: String,
    /// What it is besides its themes, as stable words.
    pub labels: BTreeSet<String>,
    /// What is mentioned.
    pub mentions: Mentions,
    /// Its clauses in order.
    pub clauses: Vec<Clause>,
    /// Where it holds personal data.
    pub personal: Vec<Personal>,
    /// Whether a person had the last word about it.
    pub is_corrected: bool,
}

/// A clause of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Its first byte.
    #[serde(rename = "s")]
    pub start: usize,
    /// The byte after its last.
    #[serde(rename = "e")]
    pub end: usize,
    /// `positive`, `negative` or `neutral`.
    #[serde(rename = "p")]
    pub sentiment: String,
    /// Whether that may be shown as a fact.
    #[serde(rename = "q")]
    pub is_sure: bool,
    /// What it is about.
    #[serde(rename = "t", default)]
    pub themes: Vec<ClauseTheme>,
}

/// A theme of a clause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClauseTheme {
    /// Code of the theme, behind a point that of its part.
    #[serde(rename = "c")]
    pub code: String,
    /// How certain it is, between 0 and 1.
    #[serde(rename = "f")]
    pub confidence: f64,
    /// First byte of the words that show it, and the byte after their last.
    #[serde(rename = "w", default)]
    pub evidence: Vec<(usize, usize)>,
}

/// Personal data in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    /// Its first byte.
    #[serde(rename = "s")]
    pub start: usize,
    /// The byte after its last.
    #[serde(rename = "e")]
    pub end: usize,
    /// What it is, as a stable word.
    #[serde(rename = "k")]
    pub kind: String,
}

/// What comes next in the order of identifiers.
#[derive(Debug, Clone, Default)]
pub struct NextPart {
    /// What may have to be read.
    pub part: ReadPart,
    /// The last submission that was looked at; nothing when there are no more.
    pub last: Option<ResponseId>,
    /// Number of submissions that were looked at.
    pub looked: u64,
}

/// Complete submissions.
#[derive(Debug, Clone, Default)]
pub struct ReadPart {
    /// The submissions with their answers.
    pub responses: Vec<Response>,
    /// By which rules their answers were read, as far as they were.
    pub read: BTreeMap<(ResponseId, QuestionKey), MadeBy>,
}

/// What was read in the answers of these submissions.
pub async fn list_for(
    session: &impl Session,
    ids: &[ResponseId],
) -> Result<Vec<Reading>, StoreError> {
    let mut found = Vec::new();
    for some in ids.chunks(MOST_IN_LIST) {
        let rows = readings::Entity::find()
            .filter(readings::Column::WorkspaceId.eq(session.workspace().0))
            .filter(readings::Column::ResponseId.is_in(some.iter().map(|id| id.0)))
            .all(session.connection())
            .await?;
        for row in rows {
            found.push(to_reading(row)?);
        }
    }
    Ok(found)
}

/// The next complete submissions with words after one, in the order of their identifiers: at most so
/// many, of at most so many that are looked at. Most submissions of most organisations hold no words,
/// and what they hold need not be fetched to know that.
pub async fn list_part(
    session: &impl Session,
    after: Option<ResponseId>,
    limit: u64,
    most: u64,
) -> Result<NextPart, StoreError> {
    let mut find = responses::Entity::find()
        .select_only()
        .column(responses::Column::Id)
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::Completion.eq(COMPLETE));
    if let Some(after) = after {
        find = find.filter(responses::Column::Id.gt(after.0));
    }
    let mut looked: Vec<Uuid> = find
        .order_by_asc(responses::Column::Id)
        .limit(most)
        .into_tuple()
        .all(session.connection())
        .await?;
    let (Some(first), Some(last)) = (looked.first(), looked.last()) else {
        return Ok(NextPart::default());
    };
    let with_words: Vec<Uuid> = answers::Entity::find()
        .select_only()
        .column(answers::Column::ResponseId)
        .distinct()
        .filter(answers::Column::WorkspaceId.eq(session.workspace().0))
        .filter(answers::Column::ResponseId.between(*first, *last))
        .filter(answers::Column::Words.is_not_null())
        .order_by_asc(answers::Column::ResponseId)
        .limit(limit)
        .into_tuple()
        .all(session.connection())
        .await?;
    let is_full = u64::try_from(with_words.len()).is_ok_and(|found| found >= limit);
    if let Some(last) = with_words.last().filter(|_| is_full) {
        looked.truncate(looked.partition_point(|id| id <= last));
    }
    let ids: Vec<ResponseId> = with_words.into_iter().map(ResponseId).collect();
    let part = if ids.is_empty() {
        ReadPart::default()
    } else {
        list_submissions(session, &ids).await?
    };
    Ok(NextPart {
        part,
        last: looked.last().copied().map(ResponseId),
        looked: looked.len() as u64,
    })
}

/// Which of the latest submissions are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LatestAsked {
    /// Only those before this one.
    pub before: Option<ResponseId>,
    /// Only those that were sent by then.
    pub until: Option<Timestamp>,
    /// At most so many.
    pub limit: u64,
}

/// The latest complete submissions, the latest first.
pub async fn list_latest(
    session: &impl Session,
    asked: LatestAsked,
) -> Result<Vec<Response>, StoreError> {
    let mut find = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::Completion.eq(COMPLETE));
    if let Some(before) = asked.before {
        find = find.filter(responses::Column::Id.lt(before.0));
    }
    if let Some(until) = asked.until {
        find = find.filter(responses::Column::SubmittedAt.lte(micros(until)));
    }
    let rows = find
        .order_by_desc(responses::Column::Id)
        .limit(asked.limit)
        .all(session.connection())
        .await?;
    with_answers(session, rows).await
}

/// How many answers are this besides their themes.
pub async fn count_labelled(session: &impl Session, label: &str) -> Result<u64, StoreError> {
    let backend = session.connection().get_database_backend();
    let labels = Expr::col((readings::Entity, readings::Column::Labels));
    Ok(readings::Entity::find()
        .filter(readings::Column::WorkspaceId.eq(session.workspace().0))
        .filter(contains(backend, labels, &format!(" {label} ")))
        .count(session.connection())
        .await?)
}

/// These submissions, as far as they are complete.
pub async fn list_submissions(
    session: &impl Session,
    ids: &[ResponseId],
) -> Result<ReadPart, StoreError> {
    let rows = responses::Entity::find()
        .filter(responses::Column::WorkspaceId.eq(session.workspace().0))
        .filter(responses::Column::Completion.eq(COMPLETE))
        .filter(responses::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(session.connection())
        .await?;
    part_of(session, rows).await
}

async fn part_of(
    session: &impl Session,
    rows: Vec<responses::Model>,
) -> Result<ReadPart, StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let found: Vec<(Uuid, String, i32, i32)> = readings::Entity::find()
        .select_only()
        .columns([
            readings::Column::ResponseId,
            readings::Column::QuestionKey,
            readings::Column::Rules,
            readings::Column::Taxonomy,
        ])
        .filter(readings::Column::WorkspaceId.eq(session.workspace().0))
        .filter(readings::Column::ResponseId.is_in(ids))
        .into_tuple()
        .all(session.connection())
        .await?;
    let mut read = BTreeMap::new();
    for (response, question, rules, taxonomy) in found {
        let question = word("readings", &question)?;
        read.insert((ResponseId(response), question), MadeBy { rules, taxonomy });
    }
    Ok(ReadPart {
        responses: with_answers(session, rows).await?,
        read,
    })
}

/// Words between blanks, with one at both ends.
fn spaced<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let mut text = String::new();
    for word in words {
        text.push(' ');
        text.push_str(word);
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text
}

pub(super) fn to_row(
    workspace: Uuid,
    reading: &Reading,
) -> Result<readings::ActiveModel, StoreError> {
    Ok(readings::ActiveModel {
        workspace_id: Set(workspace),
        response_id: Set(reading.response.0),
        question_key: Set(reading.question.to_string()),
        survey_id: Set(reading.survey.0),
        local_day: Set(reading.local_day.0),
        rules: Set(reading.made_by.rules),
        taxonomy: Set(reading.made_by.taxonomy),
        language: Set(reading.language.clone()),
        polarity: Set(reading.polarity.clone()),
        labels: Set(spaced(reading.labels.iter())),
        mentions: Set(reading.mentions.to_string()),
        clauses: Set(to_document("readings", &reading.clauses)?),
        personal: Set(to_document("readings", &reading.personal)?),
        is_corrected: Set(reading.is_corrected),
    })
}

fn to_reading(row: readings::Model) -> Result<Reading, StoreError> {
    const TABLE: &str = "readings";
    Ok(Reading {
        response: ResponseId(row.response_id),
        question: word(TABLE, &row.question_key)?,
        survey: SurveyId(row.survey_id),
        local_day: LocalDay(row.local_day),
        made_by: MadeBy {
            rules: row.rules,
            taxonomy: row.taxonomy,
        },
        language: row.language,
        polarity: row.polarity,
        labels: row.labels.split_whitespace().map(str::to_owned).collect(),
        mentions: row.mentions.into(),
        clauses: document(TABLE, row.clauses)?,
        personal: document(TABLE, row.personal)?,
        is_corrected: row.is_corrected,
    })
}
