//! What fits: which questions of LimeSurvey may become several, and on which pages they come.

use std::collections::BTreeSet;

use peil_domain::survey::{LONGEST_TEXT, Page, Question};

use super::{
    content::{Group, Texts},
    kinds,
};
use crate::survey::words::plain;

/// The questions that may become several, as far as there is room.
pub(super) fn roomy(groups: &[Group]) -> BTreeSet<&str> {
    let all = || groups.iter().flat_map(|group| &group.questions);
    let descriptions = groups
        .iter()
        .filter(|group| !group.description.is_empty())
        .count();
    let least: usize = all()
        .map(|asking| kinds::counts(asking).0 + divisions(&asking.text))
        .sum();
    let mut room =
        peil_domain::survey::Definition::MOST_QUESTIONS.saturating_sub(least + descriptions);
    let mut found = BTreeSet::new();
    for order in ["K", "Q", ":", ";", "P"] {
        for asking in all().filter(|asking| asking.kind == order) {
            let (least, most) = kinds::counts(asking);
            if most.saturating_sub(least) <= room {
                room -= most.saturating_sub(least);
                found.insert(asking.id.as_str());
            }
        }
    }
    found
}

/// How many statements a text needs before it, because it is too long for one.
fn divisions(texts: &Texts) -> usize {
    let longest = texts.values().filter(|text| text.len() > LONGEST_TEXT);
    let longest = longest
        .map(|text| plain(text).text.chars().count())
        .max()
        .unwrap_or(0);
    if longest > LONGEST_TEXT {
        longest / (LONGEST_TEXT - 200) + 1
    } else {
        0
    }
}

pub(super) fn together(mut page: Page, questions: Vec<(Vec<Question>, &str)>) -> Page {
    page.questions = questions.into_iter().flat_map(|(made, _)| made).collect();
    page
}

/// Every question on a page of its own; the first keeps the title.
pub(super) fn apart(page: Page, questions: Vec<(Vec<Question>, &str)>) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut waiting: Vec<Question> = Vec::new();
    for (mut made, _) in questions {
        // What is only said goes with the question behind it.
        let asks = made.iter().any(|question| question.kind.asks());
        waiting.append(&mut made);
        if asks {
            pages.push(Page {
                questions: std::mem::take(&mut waiting),
                ..Page::default()
            });
        }
    }
    match pages.last_mut() {
        Some(last) => last.questions.append(&mut waiting),
        None => pages.push(Page {
            questions: waiting,
            ..Page::default()
        }),
    }
    if let Some(first) = pages.first_mut() {
        first.title = page.title;
    }
    pages
}
