//! What submissions mention: one column holds for every row everything that it mentions together.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    cache::Library,
    column::{Column, Text},
    segment::Part,
};
use crate::{
    Dimension, FactsError, Filter, Mention,
    naive::scope::{Told, mentioned, value_of},
};

/// Everything that a submission mentions, as one text.
pub(super) fn written(mentions: &BTreeSet<Mention>) -> String {
    // Texts and small numbers can always be written.
    serde_json::to_string(mentions).unwrap_or_default()
}

/// What is mentioned in the rows of a part.
pub(super) struct Mentioned {
    /// For every row the code of what it mentions together.
    pub(super) column: Arc<Column>,
    /// For every code the mentions that count; nothing stands for having none.
    codes: Vec<Vec<Option<Told>>>,
}

impl Mentioned {
    /// The mentions for which all conditions on them hold.
    pub(super) fn new(
        part: &Part,
        filters: &[Filter],
        library: &Library,
    ) -> Result<Self, FactsError> {
        let column = part.shelf.dimension(&Dimension::Theme, library)?;
        let counting = |text: &Text| {
            let all = text.as_deref().map(serde_json::from_str);
            let all: BTreeSet<Mention> = all.and_then(Result::ok).unwrap_or_default();
            mentioned(filters, all).collect()
        };
        let codes = match &*column {
            Column::Texts(coded) => coded.values.iter().map(counting).collect(),
            _ => Vec::new(),
        };
        Ok(Self { column, codes })
    }

    /// Takes mentions together that do not differ in these dimensions.
    pub(super) fn look_only_at(&mut self, dimensions: &[Dimension]) {
        for mentions in &mut self.codes {
            let mut seen: BTreeSet<Vec<Text>> = BTreeSet::new();
            mentions.retain(|mention| {
                let values = dimensions.iter();
                let values = values.map(|dimension| value_of(mention.as_ref(), dimension));
                seen.insert(values.collect())
            });
        }
    }

    /// The number of mentions of the row that has the most.
    pub(super) fn most(&self) -> usize {
        self.codes.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// For every code 1 when it has more than so many mentions, else 0.
    pub(super) fn with_more_than(&self, number: usize) -> Vec<u8> {
        let codes = self.codes.iter();
        codes
            .map(|mentions| u8::from(mentions.len() > number))
            .collect()
    }

    /// For every code the value of the mention whose turn it is; those that have none do not pass.
    pub(super) fn values(&self, turn: usize, dimension: &Dimension) -> impl Iterator<Item = Text> {
        let codes = self.codes.iter();
        codes.map(move |mentions| {
            let mention = mentions.get(turn).or_else(|| mentions.first());
            value_of(mention?.as_ref(), dimension)
        })
    }
}
