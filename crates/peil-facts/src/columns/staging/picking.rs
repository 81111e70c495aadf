//! A few rows of a large shelf.

use super::Staging;
use crate::{
    FactsError,
    columns::{
        arranged::picked,
        cache::Library,
        column::{Answers, Column, ColumnKey},
        shelf::Shelf,
    },
};

impl Staging<'_> {
    /// Adds these rows of a shelf, which go up: each by itself, which is faster than [`Self::take`] when
    /// they are few. They are made to be counted, for which nobody needs their identifiers.
    pub(in crate::columns) fn pick(
        &mut self,
        shelf: &Shelf,
        rows: &[u32],
        library: &Library,
    ) -> Result<(), FactsError> {
        let base = self.days.len();
        self.given.resize(base + rows.len(), 0);
        let stretches = &shelf.head.stretches;
        for row in rows {
            let place = stretches.partition_point(|stretch| stretch.end <= *row);
            let stretch = stretches.get(place);
            self.status.extend(stretch.map(|stretch| stretch.status));
        }
        self.ids.resize(base + rows.len(), 0);
        let keys = shelf.keys().filter(|key| **key != ColumnKey::Ids);
        let keys: Vec<ColumnKey> = keys.cloned().collect();
        for key in keys {
            if let Some(column) = shelf.column(&key, library)? {
                self.pick_column(&key, &column, rows, base);
            }
        }
        Ok(())
    }

    fn pick_column(&mut self, key: &ColumnKey, column: &Column, rows: &[u32], base: usize) {
        match (column, key) {
            (Column::Days(days), _) => {
                let run = |row: &u32| days.runs.partition_point(|(_, end)| end <= row);
                let found = rows.iter().filter_map(|row| days.runs.get(run(row)));
                self.days.extend(found.map(|(day, _)| *day));
            }
            (Column::Weights(coded), _) => self.weights.extend(picked(coded, rows)),
            (Column::People(people), _) => {
                let numbers = rows.iter().map(|row| people.get(*row as usize));
                self.people.extend(numbers);
            }
            (Column::Texts(coded), ColumnKey::Dimension(dimension)) => {
                let staged = self.dimensions.entry(dimension.clone()).or_default();
                for (row, place) in rows.iter().zip(base..) {
                    let value = coded.values.get(coded.codes.get(*row as usize) as usize);
                    if let Some(text) = value.and_then(|text| text.as_deref()) {
                        let code = staged.code(text);
                        staged.put(place, code);
                    }
                }
            }
            (Column::Answers(answers), ColumnKey::Answers(question)) => {
                let staged = self.questions.entry(question.clone()).or_default();
                for (row, place) in rows.iter().zip(base..) {
                    let Some(value) = value_in(answers, *row) else {
                        continue;
                    };
                    let code = staged.code(value.clone());
                    let number = u32::try_from(place).unwrap_or(u32::MAX);
                    staged.given.push((number, code));
                    if let Some(given) = self.given.get_mut(place) {
                        *given += 1;
                    }
                }
            }
            _ => {}
        }
    }
}

fn value_in(answers: &Answers, row: u32) -> Option<&super::Value> {
    // Rows before the first answer and after the last one have no place among the codes.
    let (from, to) = answers.bounds();
    if !(from..to).contains(&row) {
        return None;
    }
    answers.value(answers.code(row))
}
