//! Which submissions are meant: the part that every question about answers has in common.

use peil_domain::{
    response::Flag,
    shared::{LocalDay, QuestionKey, SurveyId},
};
use sea_orm::{
    DbBackend,
    sea_query::{Condition, Expr, ExprTrait, IntoIden, Query, SelectStatement},
};

use super::mentioned::MentionsWanted;
use crate::{
    Session,
    dialect::{contains, json_text},
    entities::{
        accounts, answers,
        responses::{self, Column},
        survey_versions,
    },
};

/// A property of submissions by which answers are set apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Channel through which the answer came, as its stable word.
    Channel,
    /// Language in which was answered, as its code.
    Language,
    /// Number of the version that was shown.
    Version,
    /// Key of the contact moment.
    Touchpoint,
    /// Name of the contact's account at that moment.
    Account,
    /// Value of an attribute at that moment.
    Segment(QuestionKey),
    /// Code of a theme that an answer mentions. Of a submission with several mentions each counts.
    Theme,
    /// The same, with the part of the theme behind a point.
    ThemePart,
    /// How something is mentioned: `-1`, `0` or `1`. Theme and tone are those of one mention.
    Tone,
}

impl Dimension {
    /// Whether it is a property of mentions, of which a submission may have several.
    #[must_use]
    pub const fn is_of_mentions(&self) -> bool {
        matches!(self, Self::Theme | Self::ThemePart | Self::Tone)
    }
}

const MICROS_OF_DAY: i64 = 86_400_000_000;

/// Which submissions are meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    /// The questionnaire, or all of them.
    pub(crate) survey: Option<SurveyId>,
    /// For each dimension the values of which one must hold; the empty text stands for "not
    /// known".
    pub(crate) filters: &'a [(Dimension, Vec<String>)],
    /// For each dimension the values of which none may hold; who has no value stays, unless the
    /// empty text is among them.
    pub(crate) excluded: &'a [(Dimension, Vec<String>)],
    /// First day.
    pub(crate) from: Option<LocalDay>,
    /// Last day.
    pub(crate) until: Option<LocalDay>,
    /// Whether those that stopped on the way are meant too.
    pub(crate) include_partial: bool,
    /// Whether those marked as automatic are meant too.
    pub(crate) include_automatic: bool,
}

impl Scope<'_> {
    /// The condition on rows of `responses` that holds for those meant.
    pub(crate) fn condition(&self, session: &impl Session) -> Condition {
        let mut all = Condition::all().add(column(Column::WorkspaceId).eq(session.workspace().0));
        if let Some(survey) = self.survey {
            all = all.add(column(Column::SurveyId).eq(survey.0));
        }
        if let Some(from) = self.from {
            all = all.add(column(Column::LocalDay).gte(from.0));
        }
        if let Some(until) = self.until {
            all = all.add(column(Column::LocalDay).lte(until.0));
        }
        if !self.include_partial {
            all = all.add(column(Column::Completion).eq("complete"));
        }
        if !self.include_automatic {
            for flag in Flag::ALL.into_iter().filter(|flag| flag.is_automatic()) {
                all = all.add(marked(flag).not());
            }
        }
        for (dimension, values) in self.filters {
            let Some(left) = dimension.expression() else {
                continue;
            };
            let mut any = Condition::any().add(self.is_one_of(session, dimension, &left, values));
            if values.iter().any(String::is_empty) {
                any = any.add(left.is_null());
            }
            all = all.add(any);
        }
        if let Some(wanted) = MentionsWanted::of(self.filters) {
            all = all.add(wanted.condition(session, false));
        }
        if let Some(wanted) = MentionsWanted::of(self.excluded) {
            all = all.add(wanted.condition(session, false).not());
        }
        for (dimension, values) in self.excluded {
            let Some(left) = dimension.expression() else {
                continue;
            };
            let is_other = self.is_one_of(session, dimension, &left, values).not();
            all = if values.iter().any(String::is_empty) {
                all.add(left.is_not_null()).add(is_other)
            } else {
                all.add(Condition::any().add(left.is_null()).add(is_other))
            };
        }
        all
    }

    /// The moments between which the days meant lie in every time zone: says nothing new, but whoever
    /// walks through submissions by moment begins and ends near those days.
    pub(crate) fn moments(&self) -> Condition {
        let start = |day: i64| day.saturating_mul(MICROS_OF_DAY);
        let from = self.from.map(|day| start(i64::from(day.0) - 1));
        let until = self.until.map(|day| start(i64::from(day.0) + 2));
        Condition::all()
            .add_option(from.map(|at| column(Column::SubmittedAt).gte(at)))
            .add_option(until.map(|at| column(Column::SubmittedAt).lt(at)))
    }

    /// Whether the value of a dimension is one of those that are known.
    fn is_one_of(
        &self,
        session: &impl Session,
        dimension: &Dimension,
        left: &Expr,
        values: &[String],
    ) -> Expr {
        // No database holds the character NUL, and one refuses to look for it.
        let known = values
            .iter()
            .map(String::as_str)
            .filter(|value| !value.is_empty() && !value.contains('\0'));
        let left = left.clone();
        match dimension {
            Dimension::Account => left.in_subquery(accounts_named(session, known)),
            Dimension::Version => {
                let numbers = known.filter_map(|value| value.parse().ok());
                left.in_subquery(self.versions_numbered(session, numbers))
            }
            _ => left.is_in(known),
        }
    }

    fn versions_numbered(
        &self,
        session: &impl Session,
        numbers: impl Iterator<Item = i32>,
    ) -> SelectStatement {
        let version =
            |column: survey_versions::Column| Expr::col((survey_versions::Entity, column));
        Query::select()
            .column((survey_versions::Entity, survey_versions::Column::Id))
            .from(survey_versions::Entity)
            .and_where(version(survey_versions::Column::WorkspaceId).eq(session.workspace().0))
            .and_where_option(
                self.survey
                    .map(|id| version(survey_versions::Column::SurveyId).eq(id.0)),
            )
            .and_where(version(survey_versions::Column::Number).is_in(numbers))
            .to_owned()
    }
}

fn accounts_named<'a>(
    session: &impl Session,
    names: impl Iterator<Item = &'a str>,
) -> SelectStatement {
    let account = |column: accounts::Column| Expr::col((accounts::Entity, column));
    Query::select()
        .column((accounts::Entity, accounts::Column::Id))
        .from(accounts::Entity)
        .and_where(account(accounts::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(account(accounts::Column::Name).is_in(names))
        .to_owned()
}

impl Dimension {
    /// The value as it stands in a row of `responses`: of a version or account its identifier. What is
    /// mentioned stands elsewhere.
    fn expression(&self) -> Option<Expr> {
        match self {
            Self::Channel => Some(column(Column::Channel)),
            Self::Language => Some(column(Column::Language)),
            Self::Version => Some(column(Column::VersionId)),
            Self::Touchpoint => Some(column(Column::Touchpoint)),
            Self::Account => Some(column(Column::AccountId)),
            Self::Segment(key) => Some(json_text(column(Column::Segments), key.as_str())),
            Self::Theme | Self::ThemePart | Self::Tone => None,
        }
    }
}

/// A column of `responses`.
pub(super) fn column(column: Column) -> Expr {
    Expr::col((responses::Entity, column))
}

/// A column of `answers`.
pub(super) fn answer(column: answers::Column) -> Expr {
    Expr::col((answers::Entity, column))
}

/// Whether the submission in the row at hand carries a mark.
pub(crate) fn marked(flag: Flag) -> Expr {
    // A code holds no quotation mark, so that between two of them it is found whole or not at all.
    column(Column::Flags)
        .cast_as("text")
        .like(format!("%\"{}\"%", flag.code()))
}

/// The answers of the submission in the row at hand, under the name `alias`.
fn answers_of_row(session: &impl Session, alias: &'static str) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from_as(answers::Entity, alias)
        .and_where(Expr::col((alias, answers::Column::WorkspaceId)).eq(session.workspace().0))
        .and_where(belongs_to_row(alias))
        .to_owned()
}

/// Whether an answer belongs to the submission in the row at hand.
pub(super) fn belongs_to_row(answers: impl IntoIden) -> Expr {
    let response = Expr::col((answers.into_iden(), answers::Column::ResponseId));
    response.equals((responses::Entity, Column::Id))
}

/// Whether any answer of the submission in the row at hand holds `text`, whatever the case.
pub(crate) fn words_contain(session: &impl Session, backend: DbBackend, text: &str) -> Expr {
    let words = Expr::col(("found", answers::Column::Words));
    let with_text = answers_of_row(session, "found")
        .and_where(contains(backend, words, text))
        .to_owned();
    Expr::exists(with_text)
}

/// Whether the submission in the row at hand has a score between `range` on `question`.
pub(crate) fn score_between(
    session: &impl Session,
    question: &QuestionKey,
    range: &std::ops::RangeInclusive<i32>,
) -> Expr {
    let column = |column: answers::Column| Expr::col(("scored", column));
    let score = column(answers::Column::Score);
    let with_score = answers_of_row(session, "scored")
        .and_where(column(answers::Column::QuestionKey).eq(question.as_str()))
        .and_where(score.between(*range.start(), *range.end()))
        .to_owned();
    Expr::exists(with_score)
}

/// Whether `option` of `question` was chosen in the submission in the row at hand.
pub(crate) fn chosen(
    session: &impl Session,
    backend: DbBackend,
    question: &QuestionKey,
    option: &QuestionKey,
) -> Expr {
    let column = |column: answers::Column| Expr::col(("chosen", column));
    // A code holds no quotation mark, so that between two of them it is found whole or not at all.
    let codes = column(answers::Column::Codes).cast_as("text");
    let with_option = answers_of_row(session, "chosen")
        .and_where(column(answers::Column::QuestionKey).eq(question.as_str()))
        .and_where(contains(backend, codes, &format!("\"{option}\"")))
        .to_owned();
    Expr::exists(with_option)
}
