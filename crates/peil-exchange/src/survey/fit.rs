//! Makes a questionnaire fit to be stored: what is too long is shortened or divided, what is too
//! much is left out, and all of it is noted.

use peil_domain::{
    shared::Localized,
    survey::{
        AnswerPattern, Definition, LONGEST_INTRO, LONGEST_LABEL, LONGEST_TEXT, MOST_OPTIONS,
        MOST_PARTS, Page, Question, QuestionKind,
    },
};

use super::{Effect, Reason, Report, draft::Draft, report::shortened};

/// Most rows of one question.
pub(super) const MOST_ROWS_EACH: usize = 50;
/// Most words of one scale.
pub(super) const MOST_LABELS: usize = 11;
/// Most rows of all questions together.
const MOST_ROWS: usize = 500;

/// Makes `draft` fit to be stored.
pub(super) fn fit(draft: &mut Draft) {
    divide_texts(draft);
    leave_out_surplus(draft);
    let paths: Vec<String> = {
        let questions = draft.definition.questions();
        questions
            .map(|question| draft.path(&question.key))
            .collect()
    };
    let (definition, report) = (&mut draft.definition, &mut draft.report);
    shorten(&mut definition.title, LONGEST_LABEL, "title", report);
    for (text, path) in [
        (&mut definition.intro, "intro"),
        (&mut definition.thanks, "thanks"),
        (&mut definition.thanks_low, "thanks_low"),
    ] {
        shorten(text, LONGEST_INTRO, path, report);
    }
    for ending in &mut definition.endings {
        shorten(&mut ending.text, LONGEST_INTRO, "endings", report);
    }
    for quota in &mut definition.quotas {
        shorten(&mut quota.text, LONGEST_INTRO, "quotas", report);
    }
    for page in &mut definition.pages {
        shorten(&mut page.title, LONGEST_LABEL, "pages", report);
    }
    for (question, path) in definition.questions_mut().zip(paths) {
        fit_question(question, &path, report);
    }
}

fn fit_question(question: &mut Question, path: &str, report: &mut Report) {
    shorten(&mut question.text, LONGEST_TEXT, path, report);
    shorten(&mut question.help, LONGEST_TEXT, path, report);
    let mut label = |text: &mut Localized| shorten(text, LONGEST_LABEL, path, report);
    match &mut question.kind {
        QuestionKind::Choice { options, .. } => {
            for option in options {
                label(&mut option.label);
            }
        }
        QuestionKind::Rating {
            low_label,
            high_label,
            ..
        }
        | QuestionKind::Slider {
            low_label,
            high_label,
            ..
        } => {
            label(low_label);
            label(high_label);
        }
        QuestionKind::Matrix { rows, labels, .. } => {
            for row in rows {
                label(&mut row.text);
            }
            labels.iter_mut().for_each(label);
        }
        QuestionKind::Ranking { rows, .. } => rows.iter_mut().for_each(|row| label(&mut row.text)),
        _ => {}
    }
    if let QuestionKind::Choice { options, .. } = &question.kind
        && options.len() > MOST_OPTIONS
    {
        let count = options.len().to_string();
        report.note(path, Effect::Changed, Reason::ManyOptions, count);
        question.kind = QuestionKind::Text { is_long: false };
        question.rules = peil_domain::survey::AnswerRules::default();
    }
    fit_rules(question, path, report);
}

/// Leaves out rules that no answer can keep to, or that cannot be read.
fn fit_rules(question: &mut Question, path: &str, report: &mut Report) {
    let rules = &mut question.rules;
    if let Some(pattern) = &mut rules.pattern {
        shorten(&mut pattern.message, LONGEST_LABEL, path, report);
        let is_long = pattern.expression.len() > AnswerPattern::LONGEST;
        if is_long || !pattern.is_sound() {
            report.note(path, Effect::Lost, Reason::Validation, &pattern.expression);
            rules.pattern = None;
        }
    }
    if !rules.can_be_kept() {
        let numbers = format!(
            "{:?} {:?} {:?} {:?}",
            rules.shortest, rules.longest, rules.least, rules.most
        );
        report.note(path, Effect::Lost, Reason::Validation, numbers);
        (rules.shortest, rules.longest, rules.least, rules.most) = (None, None, None, None);
    }
    match &mut question.kind {
        QuestionKind::Number { min, max, decimals } => {
            *decimals = (*decimals).min(6);
            let range = QuestionKind::Number {
                min: *min,
                max: *max,
                decimals: *decimals,
            }
            .number_range();
            if range.is_some_and(|range| range.min > range.max) {
                report.note(
                    path,
                    Effect::Lost,
                    Reason::Validation,
                    format!("{min:?} - {max:?}"),
                );
                (*min, *max) = (None, None);
            }
        }
        QuestionKind::Date { earliest, latest }
            if earliest
                .zip(*latest)
                .is_some_and(|(first, last)| first > last) =>
        {
            report.note(
                path,
                Effect::Lost,
                Reason::Validation,
                format!("{earliest:?} - {latest:?}"),
            );
            (*earliest, *latest) = (None, None);
        }
        _ => {}
    }
}

fn shorten(text: &mut Localized, most: usize, path: &str, report: &mut Report) {
    if text.longest() <= most {
        return;
    }
    for language in peil_domain::shared::Language::ALL {
        if let Some(long) = text.exact(language).map(str::to_owned)
            && long.chars().nth(most).is_some()
        {
            let left_out: String = long.chars().skip(most.saturating_sub(1)).collect();
            report.note(path, Effect::Lost, Reason::TooLong, left_out);
            text.set(language, shortened(&long, most));
        }
    }
}

/// Divides texts of questions that are too long over statements before them.
fn divide_texts(draft: &mut Draft) {
    let mut pages = std::mem::take(&mut draft.definition.pages);
    for page in &mut pages {
        if page.is_random {
            continue;
        }
        let mut questions = Vec::with_capacity(page.questions.len());
        for mut question in std::mem::take(&mut page.questions) {
            let parts = question.text.longest().div_ceil(LONGEST_TEXT - 150);
            if question.text.longest() > LONGEST_TEXT && parts <= 20 {
                let path = draft.path(&question.key);
                draft.note(path, Effect::Changed, Reason::Divided, parts.to_string());
                let mut texts = divided(&question.text, parts);
                let last = texts.pop().unwrap_or_default();
                for text in texts {
                    let Some(key) = draft.keys.give(question.key.as_str(), "q") else {
                        continue;
                    };
                    let mut statement = Question::new(key, text, QuestionKind::Statement);
                    statement.show_if.clone_from(&question.show_if);
                    questions.push(statement);
                }
                question.text = last;
            }
            questions.push(question);
        }
        page.questions = questions;
    }
    draft.definition.pages = pages;
}

/// A text in so many parts of about the same length, in every language.
fn divided(text: &Localized, parts: usize) -> Vec<Localized> {
    let mut made = vec![Localized::default(); parts];
    for language in peil_domain::shared::Language::ALL {
        let Some(whole) = text.exact(language) else {
            continue;
        };
        let each = whole.chars().count().div_ceil(parts);
        let mut words = whole.split_inclusive([' ', '\n']).peekable();
        for (number, part) in (1..).zip(&mut made) {
            let mut taken = String::new();
            let mut length = 0;
            while let Some(word) = words.peek() {
                let next = length + word.chars().count();
                // A part that would stay empty takes a word, and the last one takes the rest.
                if length > 0 && next > each && number < parts {
                    break;
                }
                length = next;
                taken.push_str(word);
                words.next();
            }
            let taken = taken.trim();
            part.set(language, if taken.is_empty() { "…" } else { taken });
        }
    }
    made
}

/// Leaves out what a questionnaire cannot hold.
fn leave_out_surplus(draft: &mut Draft) {
    let mut rows = 0;
    let mut count = 0;
    let mut gone = Vec::new();
    for page in &mut draft.definition.pages {
        page.questions.retain(|question| {
            let own = question.kind.rows().len();
            let fits = count < Definition::MOST_QUESTIONS && rows + own <= MOST_ROWS;
            if fits {
                count += 1;
                rows += own;
            } else {
                gone.push(question.key.clone());
            }
            fits
        });
    }
    for key in gone {
        let path = draft.path(&key);
        draft.note(
            path,
            Effect::Dropped,
            Reason::TooManyQuestions,
            key.as_str(),
        );
    }
    let definition = &mut draft.definition;
    drop_empty_pages(definition);
    let report = &mut draft.report;
    if definition.pages.len() > Definition::MOST_QUESTIONS {
        let over = definition.pages.split_off(Definition::MOST_QUESTIONS - 1);
        let rest = Page {
            questions: over.into_iter().flat_map(|page| page.questions).collect(),
            ..Page::default()
        };
        definition.pages.push(rest);
        report.note("pages", Effect::Changed, Reason::Pages, "");
    }
    let mut cut = |length: usize, path: &str| {
        if length > MOST_PARTS {
            let over = (length - MOST_PARTS).to_string();
            report.note(path, Effect::Lost, Reason::TooManyQuestions, over);
        }
    };
    cut(definition.calculations.len(), "calculations");
    cut(definition.quotas.len(), "quotas");
    cut(definition.endings.len(), "endings");
    definition.calculations.truncate(MOST_PARTS);
    definition.quotas.truncate(MOST_PARTS);
    definition.endings.truncate(MOST_PARTS);
    for page in &mut definition.pages {
        cut(page.jumps.len(), "jumps");
        page.jumps.truncate(MOST_PARTS);
    }
}

/// Takes out pages that ask and say nothing, unless a jump leads to them.
pub(super) fn drop_empty_pages(definition: &mut Definition) {
    let idle = definition.idle_pages();
    let mut index = 0;
    definition.pages.retain(|_| {
        index += 1;
        !idle.contains(&(index - 1))
    });
}

#[cfg(test)]
mod tests {
    use peil_domain::shared::Language;

    use super::*;

    #[test]
    fn a_long_text_is_divided_without_losing_a_word() {
        let words: Vec<String> = (0..700).map(|number| format!("woord{number}")).collect();
        let text = Localized::both(words.join(" "), "short");
        let parts = divided(&text, 7);
        let back: Vec<&str> = parts
            .iter()
            .filter_map(|part| part.exact(Language::Nl))
            .collect();
        assert_eq!(back.join(" "), words.join(" "));
        assert!(parts.iter().all(|part| part.exact(Language::En).is_some()));
        assert!(parts.iter().all(|part| part.longest() <= LONGEST_TEXT));
    }
}
