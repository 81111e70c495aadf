//! Questions of LimeSurvey as questions of Peil, by their one-letter type.

use std::collections::BTreeMap;

use jiff::civil::Date;
use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{AnswerPattern, Choice, Question, QuestionKind},
};

use super::{arrays, content::Asking, equations, grids, lists, reading::Reading};
use crate::survey::{
    Effect, Reason,
    draft::{Asked, choice, rating, text},
    foreign::Meaning,
};

/// Reads a question; what it becomes is in `reading.made`.
pub(super) fn read(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    if asking.surplus > 0 {
        reading.note(
            "",
            Effect::Lost,
            Reason::ManyRows,
            &asking.surplus.to_string(),
        );
    }
    match asking.kind.as_str() {
        "X" => one(reading, asking, QuestionKind::Statement, |_| {
            Meaning::Nothing
        }),
        "*" => equations::read(reading, asking),
        "5" => {
            reading.note("", Effect::Check, Reason::Direction, "");
            let kind = rating(1, 5, Localized::default(), Localized::default());
            one(reading, asking, kind, |key| {
                Meaning::Score(key, BTreeMap::new())
            })
        }
        "D" => day(reading, asking),
        "N" => number(reading, asking),
        "S" if asking.is_on("numbers_only") => number(reading, asking),
        "S" => words(reading, asking, false),
        "T" | "U" => words(reading, asking, true),
        "Y" => one(reading, asking, QuestionKind::YesNo, Meaning::Truth),
        "G" => gender(reading, asking),
        "I" => language(reading, asking),
        "L" | "!" | "O" | "W" | "Z" => lists::list(reading, asking),
        "M" | "P" => lists::boxes(reading, asking),
        "R" => lists::ranking(reading, asking),
        "A" | "B" | "C" | "E" | "F" | "H" | "1" => arrays::read(reading, asking),
        "K" | "Q" => grids::parts(reading, asking),
        ":" | ";" => grids::cells(reading, asking),
        "|" => {
            reading.note("", Effect::Changed, Reason::NoUpload, "");
            one(reading, asking, text(true), Meaning::Text)
        }
        other => {
            reading.note("type", Effect::Changed, Reason::UnknownKind, other);
            one(reading, asking, text(true), Meaning::Text)
        }
    }
}

/// The least and the most questions that a question becomes.
pub(super) fn counts(asking: &Asking) -> (usize, usize) {
    let rows = asking.parts_of(0).count();
    let columns = asking.parts_of(1).count();
    let words = asking.answers_of(0).count();
    match asking.kind.as_str() {
        "*" => (1, 1),
        "O" => (2, 2),
        "1" => (2, 2),
        "P" => (2, rows + 1 + usize::from(asking.has_other)),
        "K" | "Q" => (1, rows + 1),
        ":" if asking.is_on("multiflexible_checkbox") => (1, rows),
        ":" if !grids::is_free(asking) => (1, rows),
        ":" | ";" => (1, rows * columns + 1),
        "F" | "H" if words > crate::survey::fit::MOST_LABELS => (rows, rows),
        _ => (1, 1),
    }
}

/// What every question has; it must be answered when it must be there.
pub(super) fn asked(reading: &mut Reading<'_>, asking: &Asking) -> Option<Asked> {
    let key = reading.key(&asking.title)?;
    let path = reading.path.clone();
    let name = if asking.title.is_empty() {
        &asking.id
    } else {
        &asking.title
    };
    let text = reading.named(&asking.text, name, &path);
    let help = reading.texts(&asking.help, &format!("{path}/help"));
    Some(Asked {
        key,
        text,
        help,
        is_required: asking.mandatory == "Y",
    })
}

/// One question of this kind.
pub(super) fn one(
    reading: &mut Reading<'_>,
    asking: &Asking,
    kind: QuestionKind,
    meaning: impl Fn(QuestionKey) -> Meaning,
) -> Option<()> {
    let mut asked = asked(reading, asking)?;
    asked.is_required &= kind.asks();
    reading.learn(asking, "", meaning(asked.key.clone()));
    let mut question = asked.of(kind);
    rules(reading, asking, &mut question);
    reading.made.push(question);
    Some(())
}

/// What a text must be like.
pub(super) fn rules(reading: &mut Reading<'_>, asking: &Asking, question: &mut Question) {
    let most: Option<u32> = asking
        .attribute("maximum_chars")
        .parse()
        .ok()
        .filter(|most| *most > 0);
    let is_text = matches!(question.kind, QuestionKind::Text { .. });
    if is_text {
        question.rules.longest = most;
    } else if let Some(most) = most {
        reading.note(
            "attributes/maximum_chars",
            Effect::Lost,
            Reason::Validation,
            &most.to_string(),
        );
    }
    if !asking.pattern.is_empty() {
        match pattern(&asking.pattern).filter(|_| is_text) {
            Some(expression) => {
                let message = reading.tongues.own(
                    "Dit antwoord heeft niet de vorm die hier nodig is.",
                    "This answer does not have the form that is needed here.",
                );
                question.rules.pattern = Some(AnswerPattern {
                    expression,
                    message,
                });
            }
            None => reading.note("preg", Effect::Lost, Reason::Validation, &asking.pattern),
        }
    }
    let marks: Vec<String> = ["prefix", "suffix"]
        .into_iter()
        .filter_map(|name| asking.attributes.get(name))
        .flat_map(|values| values.values())
        .filter(|value| !value.trim().is_empty())
        .cloned()
        .collect();
    if !marks.is_empty() {
        reading.note(
            "attributes/prefix, suffix",
            Effect::Lost,
            Reason::Look,
            &marks.join(", "),
        );
    }
}

/// A pattern between slashes as one that the whole answer must match.
pub(super) fn pattern(perl: &str) -> Option<String> {
    let perl = perl.trim();
    let mark = perl
        .chars()
        .next()
        .filter(|c| !c.is_alphanumeric() && *c != '\\')?;
    let (body, flags) = perl.get(mark.len_utf8()..)?.rsplit_once(mark)?;
    let flags: String = flags
        .chars()
        .filter(|c| matches!(c, 'i' | 's' | 'm' | 'x'))
        .collect();
    let flags = if flags.is_empty() {
        String::new()
    } else {
        format!("(?{flags})")
    };
    let is_whole = body.starts_with('^') && body.ends_with('$') && !body.contains('|');
    let made = if is_whole {
        format!("{flags}{body}")
    } else {
        format!("(?s:.*)(?:{flags}{body})(?s:.*)")
    };
    let pattern = AnswerPattern {
        expression: made,
        message: Localized::default(),
    };
    pattern.is_sound().then_some(pattern.expression)
}

fn words(reading: &mut Reading<'_>, asking: &Asking, is_long: bool) -> Option<()> {
    one(reading, asking, text(is_long), Meaning::Text)
}

fn number(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let kind = number_kind(reading, asking, "min_num_value_n", "max_num_value_n");
    one(reading, asking, kind, Meaning::Number)
}

/// A number between what these attributes say.
pub(super) fn number_kind(
    reading: &mut Reading<'_>,
    asking: &Asking,
    least: &str,
    most: &str,
) -> QuestionKind {
    let decimals = if asking.is_on("num_value_int_only") {
        0
    } else {
        reading.note(
            "",
            Effect::Changed,
            Reason::Validation,
            "at most 2 decimals",
        );
        2
    };
    let mut bound = |name: &str| {
        let text = asking.attribute(name);
        if text.is_empty() {
            return None;
        }
        let bound: Option<i32> = whole(text);
        if bound.is_none() {
            reading.note(
                &format!("attributes/{name}"),
                Effect::Lost,
                Reason::Validation,
                text,
            );
        }
        bound
    };
    QuestionKind::Number {
        min: bound(least),
        max: bound(most),
        decimals,
    }
}

/// A whole number.
pub(super) fn whole(text: &str) -> Option<i32> {
    let text = text.trim();
    let text = text
        .split_once('.')
        .filter(|(_, rest)| rest.chars().all(|c| c == '0'))
        .map_or(text, |(whole, _)| whole);
    text.parse().ok()
}

fn day(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let mut bound = |names: [&str; 2], month_day: &str| -> Option<Date> {
        let (name, text) = names
            .into_iter()
            .map(|name| (name, asking.attribute(name)))
            .find(|(_, text)| !text.is_empty())?;
        let year = format!("{text}-{month_day}");
        let text_or_year = if text.len() == 4 { year.as_str() } else { text };
        let day = text_or_year.get(..10).and_then(|day| day.parse().ok());
        if day.is_none() {
            reading.note(
                &format!("attributes/{name}"),
                Effect::Lost,
                Reason::Validation,
                text,
            );
        }
        day
    };
    let earliest = bound(["date_min", "dropdown_dates_year_min"], "01-01");
    let latest = bound(["date_max", "dropdown_dates_year_max"], "12-31");
    if asking
        .attribute("date_format")
        .contains(['H', 'h', 'M', 'i'])
    {
        let format = asking.attribute("date_format").to_owned();
        reading.note(
            "attributes/date_format",
            Effect::Lost,
            Reason::Look,
            &format,
        );
    }
    one(
        reading,
        asking,
        QuestionKind::Date { earliest, latest },
        Meaning::Date,
    )
}

fn gender(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let words = [("F", "f", "Vrouw", "Female"), ("M", "m", "Man", "Male")];
    let mut options = Vec::new();
    let mut codes = BTreeMap::new();
    for (code, key, nl, en) in words {
        let key: QuestionKey = key.parse().ok()?;
        options.push(Choice::new(key.clone(), reading.tongues.own(nl, en)));
        codes.insert(code.to_owned(), key);
    }
    one(reading, asking, choice(options, false, false), |key| {
        Meaning::Option(key, codes.clone())
    })
}

/// The question in which language to go on: asked as an ordinary one, since the page itself offers
/// its languages.
fn language(reading: &mut Reading<'_>, asking: &Asking) -> Option<()> {
    let mut options = Vec::new();
    let mut codes = BTreeMap::new();
    for language in reading.tongues.languages() {
        let key: QuestionKey = language.code().parse().ok()?;
        let (nl, en) = match language {
            peil_domain::shared::Language::Nl => ("Nederlands", "Nederlands"),
            peil_domain::shared::Language::En => ("English", "English"),
        };
        options.push(Choice::new(key.clone(), reading.tongues.own(nl, en)));
        codes.insert(language.code().to_owned(), key);
    }
    if options.len() < 2 {
        let key: QuestionKey = "another".parse().ok()?;
        options.push(Choice::new(
            key,
            reading.tongues.own("Een andere taal", "Another language"),
        ));
    }
    reading.note("", Effect::Changed, Reason::OtherKind, "choice");
    one(reading, asking, choice(options, false, false), |key| {
        Meaning::Option(key, codes.clone())
    })
}
