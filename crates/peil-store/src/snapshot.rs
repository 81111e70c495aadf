//! All submissions as they are at one moment, read in parts: what figures begin with. What changes
//! after that moment stands in the outbox.

use std::{
    collections::{BTreeMap, VecDeque},
    ops::RangeInclusive,
};

use peil_domain::shared::{
    AccountId, ContactId, LocalDay, QuestionKey, ResponseId, SurveyId, VersionId, WorkspaceId,
};
use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult,
    IsolationLevel, JsonValue, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    TransactionOptions, TransactionTrait,
    sea_query::{Condition, Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    convert::{document, word},
    dialect::outbox as statements,
    entities::{
        answers,
        responses::{self, Column, Model},
        workspaces,
    },
    outbox::{self, Given, Position, Reading, Submission},
    response::is_automatic,
    themes::{Mentions, mentions_between},
};

/// Submissions in one part.
const MOST_IN_PART: u64 = 2_000;

/// Which submissions of an organisation to read, and what of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Organisation.
    pub workspace: WorkspaceId,
    /// Questionnaires; all of them when none is named.
    pub surveys: Vec<SurveyId>,
    /// First day.
    pub from: Option<LocalDay>,
    /// Last day.
    pub until: Option<LocalDay>,
    /// Questions whose answers are needed; all of them when absent.
    pub questions: Option<Vec<QuestionKey>>,
}

impl Wanted {
    /// Everything of these questionnaires.
    #[must_use]
    pub const fn all(workspace: WorkspaceId, surveys: Vec<SurveyId>) -> Self {
        Self {
            workspace,
            surveys,
            from: None,
            until: None,
            questions: None,
        }
    }
}

/// All submissions, or some of one organisation, at one moment.
///
/// It holds a connection for as long as it lives.
pub struct Snapshot {
    transaction: DatabaseTransaction,
    position: Position,
    wanted: Option<Wanted>,
    workspaces: VecDeque<Uuid>,
    after: Option<Uuid>,
}

impl Store {
    /// Opens a view of all submissions as they are now.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        self.open_snapshot(None).await
    }

    /// Opens a view of some submissions of an organisation as they are now.
    pub async fn snapshot_of(&self, wanted: Wanted) -> Result<Snapshot, StoreError> {
        self.open_snapshot(Some(wanted)).await
    }

    async fn open_snapshot(&self, wanted: Option<Wanted>) -> Result<Snapshot, StoreError> {
        let isolation_level = (!self.is_file()).then_some(IsolationLevel::RepeatableRead);
        let access_mode = (!self.is_file()).then_some(AccessMode::ReadOnly);
        let options = TransactionOptions {
            isolation_level,
            access_mode,
            sqlite_transaction_mode: None,
        };
        let transaction = self.anywhere().begin_with_options(options).await?;
        let backend = transaction.get_database_backend();
        // The first statement fixes what this transaction sees.
        let here = transaction.query_one_raw(statements::here(backend)).await?;
        let here = here.ok_or_else(|| StoreError::Database("no position".into()))?;
        let position = Position {
            place: here.try_get("", "place")?,
            transaction: here.try_get("", "transaction")?,
            row: here.try_get("", "row")?,
            seen: here.try_get("", "seen")?,
            mark: here.try_get("", "mark")?,
        };
        let workspaces = match &wanted {
            Some(wanted) => VecDeque::from([wanted.workspace.0]),
            None => workspaces::Entity::find()
                .select_only()
                .column(workspaces::Column::Id)
                .order_by_asc(workspaces::Column::Id)
                .into_tuple()
                .all(&transaction)
                .await?
                .into(),
        };
        Ok(Snapshot {
            transaction,
            position,
            wanted,
            workspaces,
            after: None,
        })
    }
}

/// What of an answer is looked at.
#[derive(FromQueryResult)]
struct AnswerRow {
    response_id: Uuid,
    question_key: String,
    score: Option<i32>,
    codes: Option<JsonValue>,
    has_words: Option<bool>,
}

impl Snapshot {
    /// Where the outbox goes on after this moment.
    #[must_use]
    pub const fn position(&self) -> &Position {
        &self.position
    }

    /// Reads the changes up to this moment that come after `position`; nothing when it is not certain
    /// yet which these are: another look in a moment tells.
    pub async fn read_outbox(
        &self,
        position: &Position,
        most: u64,
    ) -> Result<Option<Reading>, StoreError> {
        let backend = self.transaction.get_database_backend();
        if let Some(ask) = statements::unsettled(backend) {
            let row = self.transaction.query_one_raw(ask).await?;
            let is_unsettled: Option<bool> = row.map(|row| row.try_get_by_index(0)).transpose()?;
            if is_unsettled.unwrap_or_default() {
                return Ok(None);
            }
        }
        outbox::read(&self.transaction, position, most)
            .await
            .map(Some)
    }

    pub(crate) const fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Counts the submissions that are not read yet, for showing how far reading is.
    pub async fn count(&self) -> Result<u64, StoreError> {
        Ok(responses::Entity::find()
            .filter(responses::Column::WorkspaceId.is_in(self.workspaces.iter().copied()))
            .filter(self.wanted())
            .count(&self.transaction)
            .await?)
    }

    fn wanted(&self) -> Condition {
        let mut all = Condition::all();
        if let Some(wanted) = &self.wanted {
            if !wanted.surveys.is_empty() {
                all = all.add(Column::SurveyId.is_in(wanted.surveys.iter().map(|id| id.0)));
            }
            all = all
                .add_option(wanted.from.map(|day| Column::LocalDay.gte(day.0)))
                .add_option(wanted.until.map(|day| Column::LocalDay.lte(day.0)));
        }
        all
    }

    /// Reads the next part, in the order of organisations and identifiers; empty when there is no
    /// more.
    pub async fn read_part(&mut self) -> Result<Vec<Submission>, StoreError> {
        while let Some(workspace) = self.workspaces.front().copied() {
            let mut find = responses::Entity::find()
                .filter(Column::WorkspaceId.eq(workspace))
                .filter(self.wanted());
            if let Some(after) = self.after {
                find = find.filter(Column::Id.gt(after));
            }
            let rows = find
                .order_by_asc(Column::Id)
                .limit(MOST_IN_PART)
                .all(&self.transaction)
                .await?;
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
                self.workspaces.pop_front();
                self.after = None;
                continue;
            };
            self.after = Some(last.id);
            let range = first.id..=last.id;
            let mut answers = self.answers(workspace, range.clone()).await?;
            let mut mentions = mentions_between(&self.transaction, workspace, &range).await?;
            return rows
                .into_iter()
                .map(|row| {
                    let answers = answers.remove(&row.id).unwrap_or_default();
                    let mentions = mentions.remove(&row.id).unwrap_or_default();
                    to_submission(row, answers, mentions)
                })
                .collect();
        }
        Ok(Vec::new())
    }

    /// The answers of the submissions in a range of identifiers.
    async fn answers(
        &self,
        workspace: Uuid,
        range: RangeInclusive<Uuid>,
    ) -> Result<BTreeMap<Uuid, BTreeMap<QuestionKey, Given>>, StoreError> {
        let questions = self
            .wanted
            .as_ref()
            .and_then(|wanted| wanted.questions.as_ref());
        if questions.is_some_and(Vec::is_empty) {
            return Ok(BTreeMap::new());
        }
        // The words themselves may be long, and nothing here depends on them.
        let has_words = Expr::col(answers::Column::Words).ne("");
        let mut find = answers::Entity::find()
            .select_only()
            .columns([
                answers::Column::ResponseId,
                answers::Column::QuestionKey,
                answers::Column::Score,
                answers::Column::Codes,
            ])
            .expr_as(has_words, "has_words")
            .filter(answers::Column::WorkspaceId.eq(workspace))
            .filter(answers::Column::ResponseId.gte(*range.start()))
            .filter(answers::Column::ResponseId.lte(*range.end()));
        if let Some(wanted) = self.wanted.as_ref().filter(|all| !all.surveys.is_empty()) {
            let surveys = wanted.surveys.iter().map(|id| id.0);
            find = find.filter(answers::Column::SurveyId.is_in(surveys));
        }
        if let Some(questions) = questions {
            let keys = questions.iter().map(QuestionKey::as_str);
            find = find.filter(answers::Column::QuestionKey.is_in(keys));
        }
        let rows: Vec<AnswerRow> = find.into_model().all(&self.transaction).await?;
        let mut found: BTreeMap<Uuid, BTreeMap<QuestionKey, Given>> = BTreeMap::new();
        for row in rows {
            let key = word("answers", &row.question_key)?;
            let response = row.response_id;
            found.entry(response).or_default().insert(key, given(row)?);
        }
        Ok(found)
    }
}

fn given(row: AnswerRow) -> Result<Given, StoreError> {
    let has_words = row.has_words.unwrap_or(false);
    Ok(match (row.score, row.codes) {
        (Some(score), _) => Given::Score(score),
        (None, Some(codes)) => Given::Options(document("answers", codes)?, has_words),
        (None, None) => Given::Words(has_words),
    })
}

fn to_submission(
    row: Model,
    answers: BTreeMap<QuestionKey, Given>,
    mentions: BTreeMap<QuestionKey, Mentions>,
) -> Result<Submission, StoreError> {
    const TABLE: &str = "responses";
    Ok(Submission {
        workspace: WorkspaceId(row.workspace_id),
        response: ResponseId(row.id),
        survey: SurveyId(row.survey_id),
        version: VersionId(row.version_id),
        contact: row.contact_id.map(ContactId),
        account: row.account_id.map(AccountId),
        channel: word(TABLE, &row.channel)?,
        language: word(TABLE, &row.language)?,
        touchpoint: row
            .touchpoint
            .map(|key| word::<QuestionKey>(TABLE, &key))
            .transpose()?,
        is_partial: row.completion != crate::response::COMPLETE,
        pages_done: row.pages_done,
        is_automatic: is_automatic(&document(TABLE, row.flags)?),
        local_day: LocalDay(row.local_day),
        segments: document(TABLE, row.segments)?,
        answers,
        mentions,
    })
}
