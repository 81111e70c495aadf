//! What a question means for one part: which of its codes pass, what its codes stand for.

use std::{collections::HashSet, sync::Arc};

use super::{
    cache::Library,
    codes::Codes,
    column::{Answers, Coded, Column, ColumnKey, Days, Text},
    mentions::Mentioned,
    segment::Part,
    shelf::Stretch,
};
use crate::{Dimension, FactsError, Filter, Scope, Test};

/// Stands for an answer that does not count.
pub(super) const SKIPPED: u32 = u32::MAX;

/// Which codes of a column pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pass {
    /// Those from the first one on, and so many above it.
    Range(u32, u32),
    /// 1 for each that does, else 0.
    Table(Vec<u8>),
}

/// A condition on a column.
#[derive(Clone)]
pub(super) struct Sieve {
    column: Arc<Column>,
    pub(super) pass: Pass,
}

/// A dimension by which is counted apart.
#[derive(Clone)]
pub(super) struct Grouping {
    pub(super) column: Arc<Column>,
    /// For every code of the column the place of its value among all values.
    pub(super) places: Arc<[u32]>,
    /// Whether that place is the code itself.
    pub(super) is_direct: bool,
}

/// A question that is counted.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) column: Arc<Column>,
    /// Which of the questions that are counted apart.
    pub(super) slot: u32,
    /// For every code the place of its value among all values, or [`SKIPPED`].
    pub(super) places: Arc<[u32]>,
}

/// A part with all columns that are needed.
#[derive(Clone)]
pub(super) struct PartPlan {
    pub(super) part: Part,
    days: Arc<Column>,
    pub(super) sieves: Vec<Sieve>,
    pub(super) groups: Vec<Grouping>,
    pub(super) asked: Vec<Asked>,
    /// For every question of the shelf its place in `asked`.
    pub(super) asked_at: Vec<Option<usize>>,
    pub(super) weights: Option<Arc<Column>>,
    /// What is mentioned, and which of the mentions of each row is looked at.
    pub(super) turn: Option<(Arc<Mentioned>, usize)>,
}

static NO_CODES: Codes = Codes::Same(0);

fn codes(column: &Column) -> &Codes {
    match column {
        Column::Texts(column) => &column.codes,
        Column::Weights(column) => &column.codes,
        Column::People(codes) => codes,
        Column::Answers(answers) => &answers.codes,
        Column::Days(_) | Column::Ids(_) => &NO_CODES,
    }
}

impl Sieve {
    pub(super) fn codes(&self) -> &Codes {
        codes(&self.column)
    }
}

impl Grouping {
    pub(super) fn new(column: Arc<Column>, places: Arc<[u32]>) -> Self {
        let is_direct = places.iter().zip(0..).all(|(place, code)| *place == code);
        Self {
            column,
            places,
            is_direct,
        }
    }

    pub(super) fn codes(&self) -> &Codes {
        codes(&self.column)
    }
}

impl Asked {
    pub(super) fn answers(&self) -> Option<&Answers> {
        match &*self.column {
            Column::Answers(answers) => Some(answers),
            _ => None,
        }
    }

    /// Whether a row gave an answer that counts.
    pub(super) fn gave(&self, row: u32) -> bool {
        let code = self.answers().map_or(0, |answers| answers.code(row));
        self.place(code) != SKIPPED
    }

    /// The place of the value with this code.
    pub(super) fn place(&self, code: u32) -> u32 {
        self.places.get(code as usize).copied().unwrap_or(SKIPPED)
    }
}

impl PartPlan {
    /// A part in which only rows are looked for; nothing when no row can be meant.
    pub(super) fn of_rows(
        part: &Part,
        scope: &Scope,
        library: &Library,
    ) -> Result<Option<Self>, FactsError> {
        if !part.shelf.concerns(scope) {
            return Ok(None);
        }
        let mut sieves = Vec::new();
        let filters = scope.filters.iter();
        for filter in filters.filter(|filter| !filter.dimension.is_of_mentions()) {
            let column = part.shelf.dimension(&filter.dimension, library)?;
            let Column::Texts(texts) = &*column else {
                continue;
            };
            let passes = passes(filter, texts);
            if !passes.contains(&1) {
                return Ok(None);
            }
            if passes.contains(&0) {
                let pass = Pass::new(passes);
                sieves.push(Sieve { column, pass });
            }
        }
        if scope
            .filters
            .iter()
            .any(|filter| filter.dimension.is_of_mentions())
        {
            let mentioned = Mentioned::new(part, &scope.filters, library)?;
            let passes = mentioned.with_more_than(0);
            if !passes.contains(&1) {
                return Ok(None);
            }
            sieves.push(Sieve {
                column: mentioned.column,
                pass: Pass::new(passes),
            });
        }
        let days = part.shelf.column(&ColumnKey::Days, library)?;
        Ok(Some(Self {
            part: part.clone(),
            days: days.unwrap_or_else(|| Arc::new(Column::Days(Days::new(Vec::new())))),
            sieves,
            groups: Vec::new(),
            asked: Vec::new(),
            asked_at: Vec::new(),
            weights: None,
            turn: None,
        }))
    }

    /// The same rows as often as one of them has mentions: in each turn those that have so many,
    /// with another one of them.
    pub(super) fn turns(
        self,
        filters: &[Filter],
        dimensions: &[Dimension],
        library: &Library,
    ) -> Result<Vec<Self>, FactsError> {
        let mut mentioned = Mentioned::new(&self.part, filters, library)?;
        mentioned.look_only_at(dimensions);
        let mentioned = Arc::new(mentioned);
        let turns = (0..mentioned.most()).map(|turn| {
            let mut part = self.clone();
            let passes = mentioned.with_more_than(turn);
            if passes.contains(&0) {
                part.sieves.push(Sieve {
                    column: Arc::clone(&mentioned.column),
                    pass: Pass::new(passes),
                });
            }
            part.turn = Some((Arc::clone(&mentioned), turn));
            part
        });
        Ok(turns.collect())
    }

    /// All runs of days.
    pub(super) fn all_runs(&self) -> &[(i32, u32)] {
        match &*self.days {
            Column::Days(days) => &days.runs,
            _ => &[],
        }
    }

    /// All runs of months.
    pub(super) fn months(&self) -> &[(i32, u32)] {
        match &*self.days {
            Column::Days(days) => days.months(&self.part.shelf.head.stretches),
            _ => &[],
        }
    }

    /// Whether all of its rows pass, and none is counted apart.
    pub(super) fn is_plain(&self) -> bool {
        self.sieves.is_empty() && self.groups.is_empty() && self.part.dead.is_none()
    }

    /// The runs of days of a stretch, and perhaps later ones.
    pub(super) fn runs(&self, stretch: &Stretch) -> &[(i32, u32)] {
        let runs = self.all_runs();
        // No run is shorter than a row, so that its rows bound the number of its runs.
        let first = stretch.run as usize;
        let rows = (stretch.end - stretch.start) as usize;
        let last = runs.len().min(first.saturating_add(rows));
        runs.get(first..last).unwrap_or_default()
    }

    pub(super) fn weights(&self) -> Option<&Coded<u32>> {
        match self.weights.as_deref() {
            Some(Column::Weights(weights)) => Some(weights),
            _ => None,
        }
    }

    /// The question that was answered alone in a stretch, with the place of the answer.
    pub(super) fn single(&self, stretch: &Stretch) -> Option<(u32, u32)> {
        let (question, code) = stretch.single?;
        let asked = self.asked_at.get(question as usize).copied().flatten();
        let asked = asked.and_then(|place| self.asked.get(place));
        Some(asked.map_or((0, SKIPPED), |asked| (asked.slot, asked.place(code))))
    }
}

impl Pass {
    fn new(passes: Vec<u8>) -> Self {
        let first = passes.iter().position(|pass| *pass == 1).unwrap_or(0);
        let last = passes.iter().rposition(|pass| *pass == 1).unwrap_or(0);
        let is_range = passes
            .get(first..=last)
            .is_some_and(|range| !range.contains(&0));
        match (u32::try_from(first), u32::try_from(last - first)) {
            (Ok(first), Ok(width)) if is_range => Self::Range(first, width),
            _ => Self::Table(passes),
        }
    }
}

/// For every value 1 when it passes, else 0.
pub(super) fn passes(filter: &Filter, texts: &Coded<Text>) -> Vec<u8> {
    let values = texts.values.iter();
    match &filter.test {
        Test::In(among) | Test::NotIn(among) => {
            let is_in = matches!(filter.test, Test::In(_));
            let among: HashSet<Option<&str>> = among.iter().map(Option::as_deref).collect();
            values
                .map(|value| u8::from(among.contains(&value.as_deref()) == is_in))
                .collect()
        }
        Test::Between(..) => values
            .map(|value| u8::from(filter.test.holds(value.as_deref())))
            .collect(),
    }
}
