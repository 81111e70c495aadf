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
    /// Another explanation or picture.
    HelpChanged {
        /// The question.
        key: QuestionKey,
    },
    /// "Not applicable" can be answered now, or no longer; other people stay out of the figure.
    NotApplicableChanged {
        /// The question.
        key: QuestionKey,
    },
}

/// One difference between two versions that is not about one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherChange {
    /// Title, introduction, thanks or heading of a page.
    Texts,
    /// Languages, or their order.
    Languages,
    /// Calculations.
    Calculations,
    /// Which questions stand on a page together.
    Pages,
    /// Conditions of pages, or where one goes after them.
    Routes,
    /// Pages with their questions in an order for every respondent.
    RandomOrder,
    /// Texts after the last answer under a condition.
    Endings,
    /// How many may answer.
    Quotas,
    /// Progress and time to answer.
    Conduct,
    /// Its look.
    Look,
}

impl OtherChange {
    /// The kind of change as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Texts => "texts",
            Self::Languages => "languages",
            Self::Calculations => "calculations",
            Self::Pages => "pages",
            Self::Routes => "routes",
            Self::RandomOrder => "random_order",
            Self::Endings => "endings",
            Self::Quotas => "quotas",
            Self::Conduct => "conduct",
            Self::Look => "look",
        }
    }
}

/// What a change means for the figures of a question before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparable {
    /// They can be put together.
    Together,
    /// They can be put together, but the change itself may move them.
    Shifts,
    /// They cannot be put together.
    Apart,
}

impl Comparable {
    /// The meaning as a stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::Shifts => "shifts",
            Self::Apart => "apart",
        }
    }
}

impl Change {
    /// What it means for the figures of the question.
    #[must_use]
    pub const fn comparable(&self) -> Comparable {
        match self {
            Self::Rescaled { .. } | Self::Removed { .. } => Comparable::Apart,
            Self::Reworded { .. }
            | Self::Redressed { .. }
            | Self::OptionsChanged { .. }
            | Self::AskedOfOthers { .. }
            | Self::NotApplicableChanged { .. } => Comparable::Shifts,
            Self::Moved { .. }
            | Self::RequiredChanged { .. }
            | Self::HelpChanged { .. }
            | Self::Added { .. } => Comparable::Together,
        }
    }

    /// Whether figures of the question before and after can still be put together.
    #[must_use]
    pub const fn keeps_comparable(&self) -> bool {
        matches!(self.comparable(), Comparable::Together)
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
            Self::HelpChanged { .. } => "help_changed",
            Self::NotApplicableChanged { .. } => "not_applicable_changed",
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
            | Self::RequiredChanged { key }
            | Self::HelpChanged { key }
            | Self::NotApplicableChanged { key } => key,
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
        compare_question((before, old), (after, question), &mut found);
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

/// Lists what changed from `before` to `after` besides the questions themselves.
#[must_use]
pub fn other_changes(before: &Definition, after: &Definition) -> Vec<OtherChange> {
    let titles = |one: &Definition| -> Vec<_> {
        let pages = one.pages.iter().map(|page| page.title.clone());
        pages.filter(|title| !title.is_blank()).collect()
    };
    let texts = |one: &Definition| {
        (
            one.title.clone(),
            one.intro.clone(),
            one.thanks.clone(),
            one.thanks_low.clone(),
            titles(one),
        )
    };
    let routes = |one: &Definition| -> Vec<_> {
        let pages = one.pages.iter();
        pages
            .map(|page| (page.show_if.clone(), page.jumps.clone()))
            .filter(|(condition, jumps)| condition.is_some() || !jumps.is_empty())
            .collect()
    };
    let order = |one: &Definition| -> Vec<_> {
        let pages = one.pages.iter().filter(|page| page.is_random);
        pages
            .map(|page| page.questions.first().map(|first| first.key.clone()))
            .collect()
    };
    let conduct = |one: &Definition| (one.shows_progress, one.time_out_minutes);
    let differs = [
        (texts(before) != texts(after), OtherChange::Texts),
        (before.languages != after.languages, OtherChange::Languages),
        (
            before.calculations != after.calculations,
            OtherChange::Calculations,
        ),
        (is_divided_otherwise(before, after), OtherChange::Pages),
        (routes(before) != routes(after), OtherChange::Routes),
        (order(before) != order(after), OtherChange::RandomOrder),
        (before.endings != after.endings, OtherChange::Endings),
        (before.quotas != after.quotas, OtherChange::Quotas),
        (conduct(before) != conduct(after), OtherChange::Conduct),
        (before.look != after.look, OtherChange::Look),
    ];
    let found = differs.into_iter().filter(|(differs, _)| *differs);
    found.map(|(_, change)| change).collect()
}

/// Whether there are more or fewer pages, or a question came to another page than the one before it.
fn is_divided_otherwise(before: &Definition, after: &Definition) -> bool {
    let borders = |one: &Definition, other: &Definition| -> Vec<bool> {
        let pages = kept_keys(one, other).into_iter();
        let pages: Vec<_> = pages
            .filter_map(|key| one.place_of(key).map(|(page, _)| page))
            .collect();
        pages
            .windows(2)
            .map(|two| two.first() != two.last())
            .collect()
    };
    before.pages.len() != after.pages.len() || borders(before, after) != borders(after, before)
}

/// Keys of `one` that also exist in `other`, in the order of `one`.
fn kept_keys<'a>(one: &'a Definition, other: &Definition) -> Vec<&'a QuestionKey> {
    one.questions()
        .map(|question| &question.key)
        .filter(|key| other.question(key).is_some())
        .collect()
}

fn compare_question(
    (before, old): (&Definition, &Question),
    (after, new): (&Definition, &Question),
    found: &mut Vec<Change>,
) {
    let key = || new.key.clone();
    for language in &after.languages {
        let (was, now) = (old.text.exact(*language), new.text.exact(*language));
        if let (Some(was), Some(now)) = (was, now)
            && was != now
        {
            found.push(Change::Reworded {
                key: key(),
                language: *language,
                before: was.to_owned(),
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
    let page_of = |definition: &Definition| {
        let (page, _) = definition.place_of(&new.key)?;
        definition.pages.get(page)?.show_if.clone()
    };
    if old.show_if != new.show_if || page_of(before) != page_of(after) {
        found.push(Change::AskedOfOthers { key: key() });
    }
    if old.is_required != new.is_required {
        found.push(Change::RequiredChanged { key: key() });
    }
    if old.allows_not_applicable != new.allows_not_applicable {
        found.push(Change::NotApplicableChanged { key: key() });
    }
    if old.help != new.help || old.picture != new.picture {
        found.push(Change::HelpChanged { key: key() });
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
    fn a_new_page_is_told_as_such_and_as_nothing_else() {
        let stored = r#"{"languages":["nl"],"title":{"nl":"T"},"pages":[{"questions":[
            {"key":"a","text":{"nl":"?"},"kind":"nps"},{"key":"b","text":{"nl":"?"},"kind":"mark"}]}]}"#;
        let before: Definition = serde_json::from_str(stored).unwrap();
        let mut after = before.clone();
        let moved = after.pages[0].questions.split_off(1);
        after.pages.push(crate::survey::Page {
            questions: moved,
            ..crate::survey::Page::default()
        });
        assert_eq!(other_changes(&before, &after), [OtherChange::Pages]);
        assert_eq!(other_changes(&before, &before), []);
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
    fn a_page_that_is_shown_to_others_asks_its_questions_of_others() {
        let before = definition(&[("nps", "A?", QuestionKind::Nps)]);
        let mut after = before.clone();
        after.pages[0].show_if = Some("contact.segment = \"zakelijk\"".parse().unwrap());
        let found = changes(&before, &after);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].comparable(), Comparable::Shifts);
        assert_eq!(other_changes(&before, &after), [OtherChange::Routes]);
    }

    #[test]
    fn another_explanation_leaves_the_figure_as_it_is_and_not_applicable_does_not() {
        let before = definition(&[("nps", "A?", QuestionKind::Nps)]);
        let mut after = before.clone();
        after.pages[0].questions[0].help = Localized::one(Language::Nl, "B");
        let found = changes(&before, &after);
        assert!(found.iter().all(Change::keeps_comparable) && found.len() == 1);
        after.pages[0].questions[0].allows_not_applicable = true;
        let found = changes(&before, &after);
        assert!(found.iter().any(|change| !change.keeps_comparable()));
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
