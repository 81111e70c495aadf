//! What differs between a question of before and the same question of after, line by line, with the
//! words that went and came marked.

use peil_app::survey::Comparison;
use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Definition, Question, QuestionKind},
};

use crate::{admin::survey::words, edge::text::Text};

/// Most words of a text that are compared one by one.
const MOST_WORDS: usize = 400;

/// One line of what differs.
pub(super) struct Line {
    /// What it is.
    pub(super) what: String,
    /// How it was: words, and whether they went.
    pub(super) before: Vec<(String, bool)>,
    /// How it is: words, and whether they came.
    pub(super) after: Vec<(String, bool)>,
}

/// Everything about a question that differs.
pub(super) fn lines(t: Text, found: &Comparison, key: &QuestionKey) -> Vec<Line> {
    let before = facts(t, &found.before, key, found);
    let after = facts(t, &found.after, key, found);
    let mut lines = Vec::new();
    for (index, (what, was)) in before.iter().enumerate() {
        let now = after.get(index).map_or("", |(_, now)| now.as_str());
        if was != now {
            let (before, after) = marked(was, now);
            lines.push(Line {
                what: what.clone(),
                before,
                after,
            });
        }
    }
    lines
}

/// What there is to say about a question, always the same facts in the same order.
fn facts(
    t: Text,
    definition: &Definition,
    key: &QuestionKey,
    found: &Comparison,
) -> Vec<(String, String)> {
    let question = definition.question(key);
    let mut languages = found.after.languages.clone();
    let more = found.before.languages.iter();
    languages.extend(more.filter(|one| !found.after.languages.contains(one)));
    let yes_no = |is_so: bool| {
        t.s(if is_so {
            "survey-compare-yes"
        } else {
            "survey-compare-no"
        })
    };
    let of = |read: &dyn Fn(&Question) -> String| question.map(read).unwrap_or_default();
    let mut facts = Vec::new();
    for language in &languages {
        let named = |key: &str| {
            if languages.len() > 1 {
                format!("{} ({})", t.s(key), words::languages(t, &[*language]))
            } else {
                t.s(key)
            }
        };
        let mut put = |name: &str, read: &dyn Fn(&Question) -> String| {
            facts.push((named(name), of(read)));
        };
        let exact = |text: &Localized| text.exact(*language).unwrap_or_default().to_owned();
        put("survey-compare-text", &|one| exact(&one.text));
        put("survey-compare-help", &|one| exact(&one.help));
        put("survey-compare-ends", &|one| listed(&ends(one), &exact));
        put("survey-compare-options", &|one| {
            listed(&options(one), &exact)
        });
        put("survey-compare-rows", &|one| listed(&rows(one), &exact));
        put("survey-compare-labels", &|one| listed(&labels(one), &exact));
    }
    let mut put = |name: &str, read: &dyn Fn(&Question) -> String| {
        facts.push((t.s(name), of(read)));
    };
    put("survey-compare-kind", &|one| kind(t, one));
    put("survey-compare-required", &|one| yes_no(one.is_required));
    put("survey-compare-not-applicable", &|one| {
        yes_no(one.allows_not_applicable)
    });
    put("survey-compare-condition", &|one| {
        one.show_if
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    });
    let place = definition.place_of(key);
    let page = place.and_then(|(page, _)| definition.pages.get(page));
    let page_condition = page
        .and_then(|page| page.show_if.as_ref())
        .map(ToString::to_string);
    facts.push((
        t.s("survey-compare-page-condition"),
        page_condition.unwrap_or_default(),
    ));
    let number = definition.questions().position(|one| one.key == *key);
    let number = number
        .map(|place| (place + 1).to_string())
        .unwrap_or_default();
    facts.push((t.s("survey-compare-place"), number));
    facts
}

fn listed(texts: &[&Localized], exact: &dyn Fn(&Localized) -> String) -> String {
    let texts: Vec<String> = texts.iter().map(|text| exact(text)).collect();
    let is_blank = texts.iter().all(String::is_empty);
    if is_blank {
        String::new()
    } else {
        texts.join(" · ")
    }
}

fn kind(t: Text, question: &Question) -> String {
    let name = words::kind(t, &question.kind);
    match question.kind.scale() {
        Some(scale) if !question.kind.has_rows() => {
            let ends = [("min", scale.min.into()), ("max", scale.max.into())];
            format!("{name}, {}", t.a("survey-scale", &ends))
        }
        _ => name,
    }
}

fn ends(question: &Question) -> Vec<&Localized> {
    match &question.kind {
        QuestionKind::Rating {
            low_label,
            high_label,
            ..
        }
        | QuestionKind::Slider {
            low_label,
            high_label,
            ..
        } => vec![low_label, high_label],
        _ => Vec::new(),
    }
}

fn options(question: &Question) -> Vec<&Localized> {
    match &question.kind {
        QuestionKind::Choice { options, .. } => options.iter().map(|one| &one.label).collect(),
        _ => Vec::new(),
    }
}

fn rows(question: &Question) -> Vec<&Localized> {
    question.kind.rows().iter().map(|row| &row.text).collect()
}

fn labels(question: &Question) -> Vec<&Localized> {
    match &question.kind {
        QuestionKind::Matrix { labels, .. } => labels.iter().collect(),
        _ => Vec::new(),
    }
}

/// Pieces of a text, and whether each is only there.
type Marked = Vec<(String, bool)>;

/// Both texts with the words marked that the other does not have: what is left is the longest row of
/// words that both have in this order.
fn marked(before: &str, after: &str) -> (Marked, Marked) {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        before.split_inclusive(' ').collect(),
        after.split_inclusive(' ').collect(),
    );
    if before.is_empty() || after.is_empty() {
        let all = |text: &str| match text {
            "" => Marked::new(),
            text => vec![(text.to_owned(), true)],
        };
        return (all(before), all(after));
    }
    if old.len() > MOST_WORDS || new.len() > MOST_WORDS {
        let whole = |text: &str| vec![(text.to_owned(), true)];
        return (whole(before), whole(after));
    }
    let alike = |one: &str, other: &str| one.trim_end() == other.trim_end();
    // longest[i][j]: words that old from i and new from j have in common.
    let width = new.len() + 1;
    let mut longest = vec![0_usize; (old.len() + 1) * width];
    let at =
        |longest: &[usize], i: usize, j: usize| longest.get(i * width + j).copied().unwrap_or(0);
    for (i, one) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let value = if alike(one, other) {
                at(&longest, i + 1, j + 1) + 1
            } else {
                at(&longest, i + 1, j).max(at(&longest, i, j + 1))
            };
            if let Some(cell) = longest.get_mut(i * width + j) {
                *cell = value;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut was, mut now) = (Marked::new(), Marked::new());
    while let (Some(one), Some(other)) = (old.get(i), new.get(j)) {
        if alike(one, other) {
            push(&mut was, one, false);
            push(&mut now, other, false);
            (i, j) = (i + 1, j + 1);
        } else if at(&longest, i + 1, j) >= at(&longest, i, j + 1) {
            push(&mut was, one, true);
            i += 1;
        } else {
            push(&mut now, other, true);
            j += 1;
        }
    }
    for one in old.iter().skip(i) {
        push(&mut was, one, true);
    }
    for other in new.iter().skip(j) {
        push(&mut now, other, true);
    }
    (was, now)
}

fn push(pieces: &mut Marked, word: &str, is_only_here: bool) {
    match pieces.last_mut() {
        Some((text, is_same)) if *is_same == is_only_here => text.push_str(word),
        _ => pieces.push((word.to_owned(), is_only_here)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_went_and_came_are_marked_and_the_rest_is_not() {
        let (was, now) = marked(
            "Hoe tevreden ben je over ons?",
            "Hoe blij ben je over ons nu?",
        );
        let only = |pieces: &Marked| -> Vec<String> {
            let found = pieces.iter().filter(|(_, is_only_here)| *is_only_here);
            found.map(|(text, _)| text.trim().to_owned()).collect()
        };
        assert_eq!(only(&was), ["tevreden", "ons?"]);
        assert_eq!(only(&now), ["blij", "ons nu?"]);
        let whole: String = was.into_iter().map(|(text, _)| text).collect();
        assert_eq!(whole, "Hoe tevreden ben je over ons?");
    }
}
