//! What changed between two versions, and whether a figure stays comparable.

use serde::Serialize;

use super::{Definition, Question, QuestionKind};
use crate::shared::{Language, QuestionKey};

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// A question that was not asked before.
    Added {
        /// The question.
        key: QuestionKey,
    },
    /// A question that is asked no longer.
    Removed {
        /// The question.
        key: QuestionKey,
    },
    /// Other words in one language; the figure may move because of it.
    Reworded {
        /// The question.
        key: QuestionKey,
        /// The language.
        language: Language,
        /// The words before.
        before: String,
        /// The words after.
        after: String,
    },
    /// Another scale or kind; figures before and after must not be put together.
    Rescaled {
        /// The question.
        key: QuestionKey,
    },
    /// Another look, or other words at the ends of the scale; the figure may move because of it.
    Redressed {
        /// The question.
        key: QuestionKey,
    },
    /// Other options.
    OptionsChanged {
        /// The question.
        key: QuestionKey,
    },
    /// Asked in another place relative to its neighbours.
    Moved {
        /// The question.
        key: QuestionKey,
    },
    /// Asked under another condition, so of other people.
    AskedOfOthers {
        /// The question.
        key: QuestionKey,
    },
    /// Became required, or no longer is.
    RequiredChanged {
        /// The question.
        key: QuestionKey,
    },
}

impl Change {
    /// Whether figures of the question before and after can still be put together.
    #[must_use]
    pub const fn keeps_comparable(&self) -> bool {
        matches!(
            self,
            Self::Moved { .. } | Self::RequiredChanged { .. } | Self::Added { .. }
        )
    }

    /// The kind of change as a stable word.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
            Self::Reworded { .. } => "reworded",
            Self::Rescaled { .. } => "rescaled",
            Self::Redressed { .. } => "redressed",
            Self::OptionsChanged { .. } => "options_changed",
            Self::Moved { .. } => "moved",
            Self::AskedOfOthers { .. } => "asked_of_others",
            Self::RequiredChanged { .. } => "required_changed",
        }
    }

    /// The question that it is about.
    #[must_use]
    pub const fn key(&self) -> &QuestionKey {
        match self {
            Self::Added { key }
            | Self::Removed { key }
            | Self::Reworded { key, .. }
            | Self::Rescaled { key }
            | Self::Redressed { key }
            | Self::OptionsChanged { key }
            | Self::Moved { key }
            | Self::AskedOfOthers { key }
            | Self::RequiredChanged { key } => key,
        }
    }
}

/// Lists what changed from `before` to `after`, in the order of `after`, removed questions last.
#[must_use]
pub fn changes(before: &Definition, after: &Definition) -> Vec<Change> {
    let mut found = Vec::new();
    let kept_before: Vec<&QuestionKey> = kept_keys(before, after);
    let kept_after: Vec<&QuestionKey> = kept_keys(after, before);
    for question in after.questions() {
        let Some(old) = before.question(&question.key) else {
            found.push(Change::Added {
                key: question.key.clone(),
            });
            continue;
        };
        compare_question(old, question, after, &mut found);
        let place = |keys: &[&QuestionKey]| keys.iter().position(|key| **key == question.key);
        if place(&kept_before) != place(&kept_after) {
            found.push(Change::Moved {
                key: question.key.clone(),
            });
        }
    }
    let removed = before
        .questions()
        .filter(|old| after.question(&old.key).is_none());
    found.extend(removed.map(|old| Change::Removed {
        key: old.key.clone(),
    }));
    found
}

/// Keys of `one` that also exist in `other`, in the order of `one`.
fn kept_keys<'a>(one: &'a Definition, other: &Definition) -> Vec<&'a QuestionKey> {
    one.questions()
        .map(|question| &question.key)
        .filter(|key| other.question(key).is_some())
        .collect()
}

fn compare_question(old: &Question, new: &Question, after: &Definition, found: &mut Vec<Change>) {
    let key = || new.key.clone();
    for language in &after.languages {
        let (before, now) = (old.text.exact(*language), new.text.exact(*language));
        if let (Some(before), Some(now)) = (before, now)
            && before != now
        {
            found.push(Change::Reworded {
                key: key(),
                language: *language,
                before: before.to_owned(),
                after: now.to_owned(),
            });
        }
    }
    match (&old.kind, &new.kind) {
        (a @ QuestionKind::Choice { .. }, b @ QuestionKind::Choice { .. }) if a != b => {
            found.push(Change::OptionsChanged { key: key() });
        }
        (a, b) if a.code() != b.code() || a.scale() != b.scale() => {
            found.push(Change::Rescaled { key: key() });
        }
        (a, b) if a.rows() != b.rows() => {
            found.push(Change::OptionsChanged { key: key() });
        }
        (a, b) if a != b => found.push(Change::Redressed { key: key() }),
        _ => {}
    }
    if old.show_if != new.show_if {
        found.push(Change::AskedOfOthers { key: key() });
    }
    if old.is_required != new.is_required {
        found.push(Change::RequiredChanged { key: key() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        shared::Localized,
        survey::{CesVersion, CsatLook, Page},
    };

    fn definition(questions: &[(&str, &str, QuestionKind)]) -> Definition {
        let questions = questions
            .iter()
            .map(|(key, text, kind)| {
                Question::new(
                    key.parse().unwrap(),
                    Localized::one(Language::Nl, *text),
                    kind.clone(),
                )
            })
            .collect();
        Definition {
            languages: vec![Language::Nl],
            title: Localized::one(Language::Nl, "Titel"),
            pages: vec![Page {
                title: Localized::default(),
                questions,
                ..Page::default()
            }],
            ..Definition::default()
        }
    }

    #[test]
    fn a_reworded_question_and_another_effort_scale_are_not_comparable() {
        let v1 = QuestionKind::Ces {
            version: CesVersion::V1,
        };
        let v2 = QuestionKind::Ces {
            version: CesVersion::V2,
        };
        let before = definition(&[("nps", "A?", QuestionKind::Nps), ("ces", "B?", v1)]);
        let after = definition(&[("nps", "AA?", QuestionKind::Nps), ("ces", "B?", v2)]);
        let found = changes(&before, &after);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|change| !change.keeps_comparable()));
    }

    #[test]
    fn stars_instead_of_faces_are_another_dress_of_the_same_scale() {
        let csat = |look| definition(&[("csat", "A?", QuestionKind::Csat { look })]);
        let found = changes(&csat(CsatLook::Smileys), &csat(CsatLook::Stars));
        assert_eq!(
            found,
            vec![Change::Redressed {
                key: "csat".parse().unwrap()
            }]
        );
    }

    #[test]
    fn adding_a_question_in_front_does_not_move_the_others() {
        let before = definition(&[("nps", "A?", QuestionKind::Nps)]);
        let after = definition(&[
            ("mark", "C?", QuestionKind::Mark),
            ("nps", "A?", QuestionKind::Nps),
        ]);
        assert_eq!(
            changes(&before, &after),
            vec![Change::Added {
                key: "mark".parse().unwrap()
            }]
        );
        assert_eq!(changes(&after, &after), vec![]);
    }
}
