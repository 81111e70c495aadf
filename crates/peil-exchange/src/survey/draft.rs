//! A questionnaire while it is read: what is asked, where it came from, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Choice, Definition, Direction, Formula, Question, QuestionKind, Row},
};

use super::{Effect, Format, Imported, Reason, Report, fit, keys::Keys, report::shortened, settle};

/// What a condition is about.
#[derive(Debug, Clone)]
pub(super) enum Spot {
    Question(QuestionKey),
    /// An option, counted from 0.
    Option(QuestionKey, usize),
    /// A page, counted from 0.
    Page(usize),
}

/// A questionnaire that is being read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) definition: Definition,
    pub(super) report: Report,
    /// Names of questions, rows and calculations.
    pub(super) keys: Keys,
    /// The source that every question and calculation came from.
    origins: BTreeMap<QuestionKey, usize>,
    /// Paths of what counts as a question in the file.
    sources: Vec<String>,
}

impl Draft {
    pub(super) fn new(format: Format) -> Self {
        Self {
            definition: Definition::default(),
            report: Report::new(format),
            keys: Keys::default(),
            origins: BTreeMap::new(),
            sources: Vec::new(),
        }
    }

    /// Counts a question of the file; what it becomes is told with [`Self::own`].
    pub(super) fn source(&mut self, path: &str) -> usize {
        self.sources.push(path.to_owned());
        self.sources.len() - 1
    }

    /// Says which question of the file a key came from.
    pub(super) fn own(&mut self, key: &QuestionKey, source: usize) {
        self.origins.insert(key.clone(), source);
    }

    /// Shows something only while a condition holds.
    pub(super) fn show_if(&mut self, spot: &Spot, formula: Formula) {
        let definition = &mut self.definition;
        match spot {
            Spot::Page(number) => {
                if let Some(page) = definition.pages.get_mut(*number) {
                    page.show_if = Some(formula);
                }
            }
            Spot::Question(key) => {
                if let Some(question) = definition
                    .questions_mut()
                    .find(|question| question.key == *key)
                {
                    question.show_if = Some(formula);
                }
            }
            Spot::Option(key, number) => {
                let question = definition
                    .questions_mut()
                    .find(|question| question.key == *key);
                if let Some(QuestionKind::Choice { options, .. }) =
                    question.map(|question| &mut question.kind)
                    && let Some(option) = options.get_mut(*number)
                {
                    option.show_if = Some(formula);
                }
            }
        }
    }

    /// Where a question, row or calculation came from, as a path.
    pub(super) fn path(&self, key: &QuestionKey) -> String {
        let source = self.origins.get(key).and_then(|at| self.sources.get(*at));
        source.cloned().unwrap_or_else(|| key.to_string())
    }

    /// Takes apart what comes from one place, so that its parts can be told apart.
    pub(super) fn note(
        &mut self,
        path: impl AsRef<str>,
        effect: Effect,
        reason: Reason,
        detail: impl AsRef<str>,
    ) {
        self.report.note(path, effect, reason, detail);
    }

    /// Notes the questions of the file of which nothing was kept and nothing was told yet.
    fn tell_of_lost(&mut self, kept: &BTreeSet<usize>) {
        let dropped = self.report.items.iter();
        let dropped = dropped.filter(|item| item.effect == Effect::Dropped);
        let told: BTreeSet<String> = dropped.map(|item| item.path.clone()).collect();
        for (number, path) in self.sources.iter().enumerate() {
            let path = shortened(path, Report::LONGEST);
            let mut behind = told.range(path.clone()..);
            let is_told = behind.next().is_some_and(|told| told.starts_with(&path));
            if !kept.contains(&number) && !is_told {
                self.report
                    .note(path, Effect::Dropped, Reason::UnknownPart, "");
            }
        }
    }

    /// Makes the result fit to be stored, leaves out logic that cannot work, and counts.
    pub(super) fn finish(mut self) -> Imported {
        fit::fit(&mut self);
        settle::settle(&mut self);
        let definition = &self.definition;
        let questions = definition.questions().map(|question| &question.key);
        let calculations = definition.calculations.iter().map(|one| &one.key);
        let kept: BTreeSet<usize> = questions
            .chain(calculations)
            .filter_map(|key| self.origins.get(key).copied())
            .collect();
        self.tell_of_lost(&kept);
        self.report.questions_in = self.sources.len();
        self.report.questions_kept = kept.len();
        Imported {
            definition: self.definition,
            report: self.report,
        }
    }
}

/// A question with what every kind of it has.
pub(super) struct Asked {
    pub(super) key: QuestionKey,
    pub(super) text: Localized,
    pub(super) help: Localized,
    pub(super) is_required: bool,
}

impl Asked {
    /// The question of this kind.
    pub(super) fn of(self, kind: QuestionKind) -> Question {
        Question {
            help: self.help,
            is_required: self.is_required,
            ..Question::new(self.key, self.text, kind)
        }
    }
}

/// An open question.
pub(super) const fn text(is_long: bool) -> QuestionKind {
    QuestionKind::Text { is_long }
}

/// A list to choose from.
pub(super) const fn choice(
    options: Vec<Choice>,
    is_multiple: bool,
    has_other: bool,
) -> QuestionKind {
    QuestionKind::Choice {
        options,
        is_multiple,
        has_other,
        is_random: false,
    }
}

/// A scale from `min` to `max` of which the best two fifths count as satisfied.
pub(super) fn rating(
    min: i32,
    max: i32,
    low_label: Localized,
    high_label: Localized,
) -> QuestionKind {
    let points = max.saturating_sub(min).saturating_add(1);
    let top = u8::try_from(points * 2 / 5).unwrap_or(1).max(1);
    QuestionKind::Rating {
        min,
        max,
        top,
        low_label,
        high_label,
    }
}

/// Whether a handle can be moved so on a line.
pub(super) const fn is_line(min: i32, max: i32, step: i32) -> bool {
    -1_000 <= min
        && max <= 1_000
        && min < max
        && max - min <= 1_000
        && 1 <= step
        && step <= max - min
}

/// Rows on one scale.
pub(super) const fn matrix(
    rows: Vec<Row>,
    labels: Vec<Localized>,
    direction: Direction,
) -> QuestionKind {
    QuestionKind::Matrix {
        rows,
        labels,
        direction,
        is_random: false,
    }
}

/// Two texts with a dash between them, in every language.
pub(super) fn side_by_side(one: &Localized, other: &Localized) -> Localized {
    let mut made = Localized::default();
    for language in peil_domain::shared::Language::ALL {
        let both = [one.exact(language), other.exact(language)];
        let both: Vec<&str> = both.into_iter().flatten().collect();
        made.set(language, both.join(" – "));
    }
    made
}
