//! What is mentioned, as it is kept and told.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::RangeInclusive,
};

use peil_domain::shared::QuestionKey;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{StoreError, convert::word, entities::readings};

/// Codes of themes that are mentioned, each with its tone: below zero with displeasure, above zero
/// with pleasure. Behind a point in a code stands the part of the theme that was meant.
///
/// As text every theme stands beside its parts, between blanks, so that a theme in a tone is found
/// as a piece of text: ` delivery.late:-1 delivery:-1 `.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Mentions(pub BTreeSet<(String, i8)>);

impl Mentions {
    /// Whether nothing is mentioned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The piece of text by which those who mention `theme`, or one of its parts, in any or one tone
    /// are found.
    pub(crate) fn needle(theme: Option<&str>, tone: Option<&str>) -> String {
        match (theme, tone) {
            (Some(theme), Some(tone)) => format!(" {theme}:{tone} "),
            (Some(theme), None) => format!(" {theme}:"),
            (None, Some(tone)) => format!(":{tone} "),
            (None, None) => ":".to_owned(),
        }
    }
}

impl fmt::Display for Mentions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all: BTreeSet<(&str, i8)> = BTreeSet::new();
        for (code, tone) in &self.0 {
            all.insert((code, *tone));
            all.extend(code.split_once('.').map(|(theme, _)| (theme, *tone)));
        }
        for (code, tone) in &all {
            write!(f, " {code}:{tone}")?;
        }
        f.write_str(if all.is_empty() { "" } else { " " })
    }
}

impl From<String> for Mentions {
    fn from(text: String) -> Self {
        let read = |word: &str| {
            let (code, tone) = word.split_once(':')?;
            Some((code.to_owned(), tone.parse::<i8>().ok()?))
        };
        let mut all: BTreeSet<(String, i8)> = text.split(' ').filter_map(read).collect();
        let wholes: Vec<(String, i8)> = all
            .iter()
            .filter_map(|(code, tone)| Some((code.split_once('.')?.0.to_owned(), *tone)))
            .collect();
        for whole in wholes {
            all.remove(&whole);
        }
        Self(all)
    }
}

impl From<Mentions> for String {
    fn from(mentions: Mentions) -> Self {
        mentions.to_string()
    }
}

/// What is mentioned in the submissions of a range of identifiers, by question.
pub(crate) async fn mentions_between(
    connection: &impl ConnectionTrait,
    workspace: Uuid,
    range: &RangeInclusive<Uuid>,
) -> Result<BTreeMap<Uuid, BTreeMap<QuestionKey, Mentions>>, StoreError> {
    let rows: Vec<(Uuid, String, String)> = readings::Entity::find()
        .select_only()
        .columns([
            readings::Column::ResponseId,
            readings::Column::QuestionKey,
            readings::Column::Mentions,
        ])
        .filter(readings::Column::WorkspaceId.eq(workspace))
        .filter(readings::Column::ResponseId.gte(*range.start()))
        .filter(readings::Column::ResponseId.lte(*range.end()))
        .filter(readings::Column::Mentions.ne(""))
        .into_tuple()
        .all(connection)
        .await?;
    let mut found: BTreeMap<Uuid, BTreeMap<QuestionKey, Mentions>> = BTreeMap::new();
    for (response, question, mentions) in rows {
        let question = word("readings", &question)?;
        let of_response = found.entry(response).or_default();
        of_response.insert(question, mentions.into());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_found_beside_its_parts_and_read_back_once() {
        let mentions = Mentions(BTreeSet::from([
            ("delivery.late".to_owned(), -1),
            ("price".to_owned(), 1),
        ]));
        let text = mentions.to_string();
        assert_eq!(text, " delivery:-1 delivery.late:-1 price:1 ");
        for (theme, tone, expected) in [
            (Some("delivery"), Some("-1"), true),
            (Some("delivery"), None, true),
            (Some("delivery.late"), None, true),
            (Some("livery"), None, false),
            (Some("delivery"), Some("1"), false),
            (None, Some("1"), true),
            (None, Some("0"), false),
        ] {
            let needle = Mentions::needle(theme, tone);
            assert_eq!(text.contains(&needle), expected, "{needle}");
        }
        assert_eq!(Mentions::from(text), mentions);
        assert_eq!(Mentions::default().to_string(), "");
    }
}
