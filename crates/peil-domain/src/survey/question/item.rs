//! What gives an answer under its own key: a question, or a row of one.

use super::{Question, QuestionKind, Row, ScoreScale};
use crate::shared::{Localized, QuestionKey};

/// One thing that is answered under a key of its own. A matrix or ranking has one for every row,
/// every other question is one itself. Answers, figures, columns and formulas go by items.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The key of the answer.
    pub key: &'a QuestionKey,
    /// The words of the row, or else of the question.
    pub text: &'a Localized,
    /// The scale, of what gives a score.
    pub scale: Option<ScoreScale>,
    /// The question that it belongs to.
    pub question: &'a Question,
}

impl Item<'_> {
    /// Whether it is a row of a question rather than a question itself.
    #[must_use]
    pub fn is_row(&self) -> bool {
        *self.key != self.question.key
    }
}

impl Question {
    /// The question, or its rows as questions of their own. A row of a ranking keeps the others
    /// beside it, since they make its scale.
    pub(in crate::survey) fn each_by_itself(&self) -> Vec<Self> {
        let alone = |row: &Row| Self {
            key: row.key.clone(),
            text: row.text.clone(),
            help: self.text.clone(),
            kind: match &self.kind {
                QuestionKind::Matrix {
                    labels, direction, ..
                } => QuestionKind::Matrix {
                    rows: vec![row.clone()],
                    labels: labels.clone(),
                    direction: *direction,
                    is_random: false,
                },
                kind => kind.clone(),
            },
            ..self.clone()
        };
        match self.kind.rows() {
            [] => vec![self.clone()],
            rows => rows.iter().map(alone).collect(),
        }
    }

    /// What is answered, each under its own key; nothing for a statement.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        let scale = self.kind.scale();
        let rows = self.kind.rows().iter().map(move |row| Item {
            key: &row.key,
            text: &row.text,
            scale,
            question: self,
        });
        let is_one = self.kind.asks() && !self.kind.has_rows();
        let itself = is_one.then_some(Item {
            key: &self.key,
            text: &self.text,
            scale,
            question: self,
        });
        itself.into_iter().chain(rows)
    }
}
