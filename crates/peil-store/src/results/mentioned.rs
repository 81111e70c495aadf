//! Which answers are meant by what was read in them: theme and tone, what they are besides.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};

use super::{Dimension, scope::belongs_to_row};
use crate::{
    Session,
    dialect::contains,
    entities::{answers, readings},
    themes::Mentions,
};

/// What lists of single answers may be narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadAs {
    /// `positive`, `negative`, `neutral` or `mixed`, for the answer as a whole.
    pub polarity: Option<String>,
    /// What an answer is besides its themes, as a stable word such as `needs_reply`.
    pub label: Option<String>,
}

impl ReadAs {
    /// Whether every answer is meant.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.polarity.is_none() && self.label.is_none()
    }

    /// Whether an answer of the submission in the row at hand, or the answer at hand, was read so.
    pub(crate) fn condition(&self, session: &impl Session, at_answer: bool) -> Condition {
        let mut all = Condition::all();
        if self.is_any() {
            return all;
        }
        let mut found = readings_of_row(session, at_answer);
        if let Some(polarity) = &self.polarity {
            found.and_where(read(readings::Column::Polarity).eq(polarity.replace('\0', "")));
        }
        if let Some(label) = &self.label {
            let backend = session.connection().get_database_backend();
            let needle = format!(" {label} ");
            found.and_where(contains(backend, read(readings::Column::Labels), &needle));
        }
        all = all.add(Expr::exists(found));
        all
    }
}

/// Conditions on mentions that one mention must meet together.
pub(crate) struct MentionsWanted<'a> {
    themes: Option<Vec<&'a str>>,
    tones: Option<Vec<&'a str>>,
}

impl<'a> MentionsWanted<'a> {
    /// The conditions on mentions among these; nothing when there are none.
    pub(crate) fn of(filters: &'a [(Dimension, Vec<String>)]) -> Option<Self> {
        let values = |wanted: Dimension| {
            let found = filters.iter().find(|(dimension, _)| *dimension == wanted);
            found.map(|(_, values)| values.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let wholes = values(Dimension::Theme);
        let themes = match (values(Dimension::ThemePart), wholes) {
            (Some(parts), Some(wholes)) => {
                let belongs = |part: &&str| {
                    let whole = part.split_once('.').map_or(*part, |(whole, _)| whole);
                    wholes.contains(&whole)
                };
                Some(parts.into_iter().filter(belongs).collect())
            }
            (parts, wholes) => parts.or(wholes),
        };
        let tones = values(Dimension::Tone);
        (themes.is_some() || tones.is_some()).then_some(Self { themes, tones })
    }

    /// Whether a mention that meets them stands in an answer of the submission in the row at hand, or
    /// in the answer at hand; the empty text stands for mentioning nothing.
    pub(crate) fn condition(&self, session: &impl Session, at_answer: bool) -> Condition {
        let backend = session.connection().get_database_backend();
        let known = |values: &Option<Vec<&'a str>>| -> Vec<Option<&'a str>> {
            values.as_ref().map_or_else(
                || vec![None],
                |values| {
                    let known = values.iter().copied().filter(|value| !value.is_empty());
                    known.map(Some).collect()
                },
            )
        };
        let mut any = Condition::any();
        let mut is_none = true;
        for theme in known(&self.themes) {
            for tone in known(&self.tones) {
                let needle = Mentions::needle(theme, tone);
                let found = read(readings::Column::Mentions);
                any = any.add(contains(backend, found, &needle));
                is_none = false;
            }
        }
        let mut met = Condition::any();
        if !is_none {
            let found = readings_of_row(session, at_answer)
                .cond_where(any)
                .to_owned();
            met = met.add(Expr::exists(found));
        }
        let asks_nothing = |values: &Option<Vec<&str>>| {
            values
                .as_ref()
                .is_none_or(|values| values.iter().any(|value| value.is_empty()))
        };
        if asks_nothing(&self.themes) && asks_nothing(&self.tones) {
            let found = readings_of_row(session, at_answer)
                .and_where(read(readings::Column::Mentions).ne(""))
                .to_owned();
            met = met.add(Expr::exists(found).not());
        }
        // A condition without parts would hold for all.
        if met.is_empty() {
            met = met.add(Expr::val(1).eq(0));
        }
        met
    }
}

fn read(column: readings::Column) -> Expr {
    Expr::col((readings::Entity, column))
}

/// What was read in the answers of the submission in the row at hand, or in the answer at hand.
fn readings_of_row(session: &impl Session, at_answer: bool) -> SelectStatement {
    let mut found = Query::select();
    found
        .expr(Expr::val(1))
        .from(readings::Entity)
        .and_where(read(readings::Column::WorkspaceId).eq(session.workspace().0))
        .and_where(belongs_to_row(readings::Entity));
    if at_answer {
        let question = (answers::Entity, answers::Column::QuestionKey);
        found.and_where(read(readings::Column::QuestionKey).equals(question));
    }
    found
}
