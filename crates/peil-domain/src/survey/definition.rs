//! The content of a questionnaire: pages with questions in one or more languages.

use serde::{Deserialize, Serialize};

use super::{Formula, Item, Question, SurveyLook, question::is_no};
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
    /// Values that are calculated from answers, for conditions and texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calculations: Vec<Calculation>,
    /// How many may answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<Quota>,
    /// Texts after the last answer: the first whose condition holds is shown, else `thanks`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endings: Vec<Ending>,
    /// Minutes without a page being sent after which the answers count as stopped on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_out_minutes: Option<u32>,
    /// Whether the respondent sees how far it still goes.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub shows_progress: bool,
    /// Its look, where it differs from that of the organisation.
    #[serde(default, skip_serializing_if = "SurveyLook::is_usual")]
    pub look: SurveyLook,
}

/// One page of questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Heading of the page.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub title: Localized,
    /// The questions in order.
    pub questions: Vec<Question>,
    /// Stable name, for jumps to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<QuestionKey>,
    /// It is shown when this holds; always when there is no condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Formula>,
    /// Whether every respondent sees the questions in an order of their own.
    #[serde(default, skip_serializing_if = "is_no")]
    pub is_random: bool,
    /// Where to go after it: the first whose condition holds, else the next page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jumps: Vec<Jump>,
}

/// A way from a page to a later one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// When it is taken.
    pub when: Formula,
    /// Where it leads.
    pub to: Target,
}

/// Where a jump leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The page with this key.
    Page(QuestionKey),
    /// The end.
    End,
}

/// A value that is calculated from answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calculation {
    /// Stable name, unlike that of any question.
    pub key: QuestionKey,
    /// How it is calculated.
    pub formula: Formula,
}

/// How many submissions of a kind are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Stable name, unlike that of any other quota.
    pub key: QuestionKey,
    /// Which submissions count; all when there is no condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Formula>,
    /// After how many it is full.
    pub most: u32,
    /// What the next respondent reads instead of the rest; the questionnaire is closed in plain
    /// words when there is no text.
    #[serde(default, skip_serializing_if = "Localized::is_blank")]
    pub text: Localized,
}

/// A text after the last answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// When it is shown.
    pub when: Formula,
    /// The text.
    pub text: Localized,
}

const fn yes() -> bool {
    true
}

impl Default for Definition {
    fn default() -> Self {
        Self {
            languages: Vec::new(),
            title: Localized::default(),
            intro: Localized::default(),
            thanks: Localized::default(),
            thanks_low: Localized::default(),
            pages: Vec::new(),
            calculations: Vec::new(),
            quotas: Vec::new(),
            endings: Vec::new(),
            time_out_minutes: None,
            shows_progress: true,
            look: SurveyLook::default(),
        }
    }
}

impl Definition {
    /// Most questions in one questionnaire.
    pub const MOST_QUESTIONS: usize = 200;

    /// All questions in order, over all pages.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// Everything that is answered under a key of its own, in order.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.questions().flat_map(Question::items)
    }

    /// The same with every row of a matrix or ranking as a question of its own, under its own key and
    /// with its own words; what was asked about the rows becomes its help. Figures, columns and
    /// imports look at questionnaires in this way.
    #[must_use]
    pub fn by_item(&self) -> Self {
        let page = |page: &Page| Page {
            questions: page
                .questions
                .iter()
                .flat_map(Question::each_by_itself)
                .collect(),
            ..page.clone()
        };
        Self {
            pages: self.pages.iter().map(page).collect(),
            ..self.clone()
        }
    }

    /// What is answered under this key.
    #[must_use]
    pub fn item(&self, key: &QuestionKey) -> Option<Item<'_>> {
        self.items().find(|item| item.key == key)
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

    /// The first question that gives one score: the headline of the questionnaire.
    #[must_use]
    pub fn headline(&self) -> Option<&Question> {
        self.questions()
            .find(|question| question.kind.scale().is_some() && !question.kind.has_rows())
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

    /// Places of the pages, counted from 0, that show nothing and lead nowhere.
    #[must_use]
    pub fn idle_pages(&self) -> Vec<usize> {
        let is_target = |page: &Page| {
            let mut jumps = self.pages.iter().flat_map(|page| &page.jumps);
            jumps.any(|jump| match &jump.to {
                Target::Page(key) => page.key.as_ref() == Some(key),
                Target::End => false,
            })
        };
        let pages = self.pages.iter().enumerate();
        let idle = pages.filter(|(_, page)| {
            page.questions.is_empty() && page.jumps.is_empty() && !is_target(page)
        });
        idle.map(|(index, _)| index).collect()
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
        let taken = |key: &QuestionKey| {
            let is_value = self.calculations.iter().any(|value| value.key == *key);
            is_value || self.question(key).is_some() || self.item(key).is_some()
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_before_there_was_logic_reads_and_is_written_as_it_was() {
        let stored = r#"{"languages":["nl","en"],"title":{"nl":"Titel","en":"Title"},
            "thanks":{"nl":"Dank"},"thanks_low":{"nl":"Sorry"},"pages":[{"questions":[
            {"key":"nps","text":{"nl":"Hoe?"},"is_required":true,"kind":"nps"},
            {"key":"waarom","text":{"nl":"Waarom?"},"is_required":false,"kind":"text","is_long":true},
            {"key":"lijst","text":{"nl":"Wat?"},"is_required":false,"kind":"choice","options":[
            {"code":"a","label":{"nl":"A"}},{"code":"b","label":{"nl":"B"}}],
            "is_multiple":true,"has_other":true},
            {"key":"tekst","text":{"nl":"Hoi"},"is_required":false,"kind":"statement"}]}]}"#;
        let definition: Definition = serde_json::from_str(stored).unwrap();
        assert!(definition.shows_progress && definition.calculations.is_empty());
        let before: serde_json::Value = serde_json::from_str(stored).unwrap();
        assert_eq!(serde_json::to_value(&definition).unwrap(), before);
    }

    #[test]
    fn rows_become_questions_of_their_own_with_the_scale_of_their_block() {
        let stored = r#"{"languages":["nl"],"title":{"nl":"T"},"pages":[{"questions":[
            {"key":"nps","text":{"nl":"Hoe?"},"kind":"nps"},
            {"key":"block","text":{"nl":"Hoe tevreden over"},"kind":"matrix",
             "labels":[{"nl":"x"},{"nl":"y"},{"nl":"z"}],
             "rows":[{"key":"one","text":{"nl":"1"}},{"key":"two","text":{"nl":"2"}}]},
            {"key":"order","text":{"nl":"Wat eerst?"},"kind":"ranking",
             "rows":[{"key":"first","text":{"nl":"a"}},{"key":"second","text":{"nl":"b"}}]}]}]}"#;
        let definition: Definition = serde_json::from_str(stored).unwrap();
        let by_item = definition.by_item();
        let keys: Vec<&str> = by_item.questions().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["nps", "one", "two", "first", "second"]);
        let two = by_item.question(&"two".parse().unwrap()).unwrap();
        assert_eq!(
            (two.help.get(Language::Nl), two.text.get(Language::Nl)),
            ("Hoe tevreden over", "2")
        );
        assert_eq!(two.kind.scale().unwrap().max, 3);
        let second = by_item.question(&"second".parse().unwrap()).unwrap();
        assert_eq!(second.kind.scale().unwrap().max, 2);
        assert_eq!(by_item.headline(), definition.headline());
    }
}
