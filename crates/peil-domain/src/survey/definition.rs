//! The content of a questionnaire: pages with questions in one or more languages.

use serde::{Deserialize, Serialize};

use super::Question;
use crate::shared::{Language, Localized, QuestionKey};

/// Everything that a respondent is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Languages that it exists in, the first one being the fallback.
    pub languages: Vec<Language>,
    /// Title on the page.
    pub title: Localized,
    /// Text above the first question.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub intro: Localized,
    /// Text after the last answer.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub thanks: Localized,
    /// Extra text after the last answer for someone who gave a low score.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub thanks_low: Localized,
    /// The pages in order.
    pub pages: Vec<Page>,
}

/// One page of questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Heading of the page.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub title: Localized,
    /// The questions in order.
    pub questions: Vec<Question>,
}

impl Definition {
    /// Most questions in one questionnaire.
    pub const MOST_QUESTIONS: usize = 200;

    /// All questions in order, over all pages.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// All questions in order, to be changed.
    pub fn questions_mut(&mut self) -> impl Iterator<Item = &mut Question> {
        self.pages.iter_mut().flat_map(|page| &mut page.questions)
    }

    /// The question with this key.
    #[must_use]
    pub fn question(&self, key: &QuestionKey) -> Option<&Question> {
        self.questions().find(|question| question.key == *key)
    }

    /// The first question that gives a score: the headline of the questionnaire.
    #[must_use]
    pub fn headline(&self) -> Option<&Question> {
        self.questions()
            .find(|question| question.kind.scale().is_some())
    }

    /// Whole minutes that answering takes, at least 1: 8 s for a scale or choice, 4 s for each
    /// option read beyond five, 35 s for an open question, 3 s for a statement.
    #[must_use]
    pub fn estimated_minutes(&self) -> u32 {
        let seconds: u32 = self
            .questions()
            .map(|question| question.kind.estimated_seconds())
            .sum();
        seconds.div_ceil(60).max(1)
    }

    /// Moves the question at `index` (over all pages) by one place; across a page border it moves
    /// to the neighbouring page. Nothing happens at either end.
    pub fn move_question(&mut self, key: &QuestionKey, up: bool) {
        let Some((page, place)) = self.place_of(key) else {
            return;
        };
        let Some(length) = self.pages.get(page).map(|p| p.questions.len()) else {
            return;
        };
        let inside = if up { place > 0 } else { place + 1 < length };
        if inside {
            let other = if up { place - 1 } else { place + 1 };
            if let Some(found) = self.pages.get_mut(page) {
                found.questions.swap(place, other);
            }
            return;
        }
        let target = if up {
            page.checked_sub(1)
        } else {
            Some(page + 1)
        };
        let Some(target) = target.filter(|index| *index < self.pages.len()) else {
            return;
        };
        let Some(question) = self.pages.get_mut(page).map(|p| p.questions.remove(place)) else {
            return;
        };
        if let Some(neighbour) = self.pages.get_mut(target) {
            let at = if up { neighbour.questions.len() } else { 0 };
            neighbour.questions.insert(at, question);
        }
    }

    /// Page and place of the question with this key.
    #[must_use]
    pub fn place_of(&self, key: &QuestionKey) -> Option<(usize, usize)> {
        self.pages.iter().enumerate().find_map(|(page, content)| {
            let place = content
                .questions
                .iter()
                .position(|question| question.key == *key)?;
            Some((page, place))
        })
    }

    /// A key that no question has yet: `stem`, `stem_2`, `stem_3` ...
    #[must_use]
    pub fn free_key(&self, stem: &str) -> Option<QuestionKey> {
        let taken = |key: &QuestionKey| self.question(key).is_some();
        // Room for the number behind it.
        let stem = stem.get(..QuestionKey::MAX_LENGTH - 4).unwrap_or(stem);
        (1..=Self::MOST_QUESTIONS + 1)
            .filter_map(|number| {
                let name = if number == 1 {
                    stem.to_owned()
                } else {
                    format!("{stem}_{number}")
                };
                name.parse().ok()
            })
            .find(|key| !taken(key))
    }
}
