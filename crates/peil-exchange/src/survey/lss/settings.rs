//! What a LimeSurvey file says about the questionnaire as a whole: its texts, quotas and settings.

use std::collections::BTreeMap;

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Expression, Quota},
};

use super::{
    content::{Group, Texts},
    reading::Reading,
    tables::{Fields, Tables, field},
};
use crate::survey::{Effect, Reason, weave::written};

/// Settings that are read, or that say who made the questionnaire and where it stood.
const READ: [&str; 14] = [
    "sid",
    "gsid",
    "language",
    "additional_languages",
    "format",
    "showgroupinfo",
    "showprogress",
    "owner_id",
    "active",
    "template",
    "datecreated",
    "lastmodified",
    "admin",
    "adminemail",
];

/// Values of settings that change nothing, beside an empty one, N, 0 and I (as the installation has it).
const USUAL: [(&str, &str); 22] = [
    ("datestamp", "Y"),
    ("allowprev", "Y"),
    ("publicstatistics", "Y"),
    ("listpublic", "Y"),
    ("htmlemail", "Y"),
    ("sendconfirmation", "Y"),
    ("tokenlength", "15"),
    ("showxquestions", "Y"),
    ("shownoanswer", "Y"),
    ("showqnumcode", "B"),
    ("showqnumcode", "X"),
    ("showwelcome", "Y"),
    ("questionindex", "1"),
    ("allowsave", "Y"),
    ("printanswers", "Y"),
    ("tokenlength", "-1"),
    ("questionindex", "-1"),
    ("navigationdelay", "-1"),
    ("bounce_email", "inherit"),
    ("emailnotificationto", "inherit"),
    ("emailresponseto", "inherit"),
    ("bounce_email", "admin@example.org"),
];

/// Texts of the questionnaire that are read.
const TEXTS: [&str; 6] = [
    "surveyls_survey_id",
    "surveyls_language",
    "surveyls_title",
    "surveyls_description",
    "surveyls_welcometext",
    "surveyls_endtext",
];

/// The language that everything is in.
pub(super) fn base_language(survey: &Fields, languages: &[String]) -> String {
    let own = field(survey, "language").trim();
    if own.is_empty() {
        languages
            .first()
            .cloned()
            .unwrap_or_else(|| "en".to_owned())
    } else {
        own.to_owned()
    }
}

/// Reads the texts and settings of the questionnaire.
pub(super) fn read(reading: &mut Reading<'_>, tables: &mut Tables, survey: &Fields, base: &str) {
    let mut texts: BTreeMap<&str, Texts> = BTreeMap::new();
    for row in tables.take("surveys_languagesettings") {
        let language = match field(&row, "surveyls_language") {
            "" => base,
            language => language,
        };
        for name in TEXTS {
            let text = field(&row, name);
            if !text.is_empty() {
                texts
                    .entry(name)
                    .or_default()
                    .insert(language.to_owned(), text.to_owned());
            }
        }
        if !reading.tongues.reads(language) {
            continue;
        }
        for (name, text) in &row {
            let is_number = text.trim().parse::<i64>().is_ok();
            if TEXTS.contains(&name.as_str()) || text.trim().is_empty() || is_number {
                continue;
            }
            let reason = if name.contains("email") {
                Reason::Message
            } else {
                Reason::Setting
            };
            let path = format!("surveys_languagesettings/{language}/{name}");
            reading.draft.note(path, Effect::Lost, reason, text);
        }
    }
    let mut text = |name: &str| {
        let texts = texts.get(name).cloned().unwrap_or_default();
        reading.texts(&texts, name)
    };
    let title = text("surveyls_title");
    let (description, welcome) = (text("surveyls_description"), text("surveyls_welcometext"));
    let thanks = text("surveyls_endtext");
    let definition = &mut reading.draft.definition;
    definition.title = if title.is_blank() {
        reading.tongues.own("Vragenlijst", "Questionnaire")
    } else {
        title
    };
    definition.intro = below(&description, &welcome);
    definition.thanks = thanks;
    definition.shows_progress = field(survey, "showprogress") != "N";
    for (name, value) in survey {
        let value = value.trim();
        let is_usual = matches!(value, "" | "N" | "0" | "I" | "-1" | "inherit")
            || USUAL.contains(&(name, value));
        if !READ.contains(&name.as_str()) && !is_usual {
            reading.draft.note(
                format!("surveys/{name}"),
                Effect::Lost,
                Reason::Setting,
                value,
            );
        }
    }
}

/// Two texts below each other, in every language.
fn below(one: &Localized, other: &Localized) -> Localized {
    let mut made = Localized::default();
    for language in peil_domain::shared::Language::ALL {
        let both = [one.exact(language), other.exact(language)];
        let both: Vec<&str> = both.into_iter().flatten().collect();
        made.set(language, both.join("<br/>"));
    }
    made
}

/// Reads the quotas: how many of a kind are wanted.
pub(super) fn read_quotas(reading: &mut Reading<'_>, tables: &mut Tables, groups: &[Group]) {
    let titles: BTreeMap<&str, &str> = groups
        .iter()
        .flat_map(|group| &group.questions)
        .map(|asking| (asking.id.as_str(), asking.title.as_str()))
        .collect();
    let kinds: BTreeMap<&str, &str> = groups
        .iter()
        .flat_map(|group| &group.questions)
        .map(|asking| (asking.id.as_str(), asking.kind.as_str()))
        .collect();
    // Of one question any answer will do, of different questions all must fit.
    let mut members: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for row in tables.take("quota_members") {
        let (question, code) = (field(&row, "qid"), field(&row, "code"));
        let title = titles.get(question).copied().unwrap_or(question);
        let test = match kinds.get(question) {
            Some(&"M" | &"P") => format!("{title}_{code} == \"Y\""),
            // A row of an array with its answer.
            Some(&("A" | "B" | "C" | "E" | "F" | "H")) if code.contains('-') => {
                let (row, answer) = code.split_once('-').unwrap_or((code, ""));
                format!("{title}_{row} == \"{answer}\"")
            }
            _ => format!("{title} == \"{code}\""),
        };
        let questions = members
            .entry(field(&row, "quota_id").to_owned())
            .or_default();
        questions.entry(question.to_owned()).or_default().push(test);
    }
    let mut messages: BTreeMap<String, Texts> = BTreeMap::new();
    for row in tables.take("quota_languagesettings") {
        let texts = messages
            .entry(field(&row, "quotals_quota_id").to_owned())
            .or_default();
        texts.insert(
            field(&row, "quotals_language").to_owned(),
            field(&row, "quotals_message").to_owned(),
        );
        if !field(&row, "quotals_url").is_empty() {
            reading.draft.note(
                "quota_languagesettings/quotals_url",
                Effect::Lost,
                Reason::Setting,
                field(&row, "quotals_url"),
            );
        }
    }
    let mut keys = crate::survey::keys::Keys::default();
    for row in tables.take("quota") {
        let id = field(&row, "id");
        let path = format!("quota/{id}");
        let tests: Vec<String> = members
            .get(id)
            .into_iter()
            .flat_map(|questions| questions.values())
            .map(|tests| format!("({})", tests.join(" or ")))
            .collect();
        let text = messages.get(id).cloned().unwrap_or_default();
        let text = reading.texts(&text, &format!("{path}/quotals_message"));
        let made = quota(reading, &row, &tests.join(" and "), &mut keys, text);
        match made {
            Ok(quota) => reading.quotas.push((path, quota)),
            Err(cannot) => reading
                .draft
                .note(path, Effect::Lost, Reason::Quota, cannot),
        }
    }
}

/// A quota whose condition is translated when all names are known, which they are by now.
fn quota(
    reading: &Reading<'_>,
    row: &Fields,
    condition: &str,
    keys: &mut crate::survey::keys::Keys,
    text: Localized,
) -> Result<Quota, String> {
    let name = field(row, "name");
    if field(row, "active") == "0" {
        return Err(format!("{name}: not active"));
    }
    let most: u32 = field(row, "qlimit")
        .trim()
        .parse()
        .map_err(|_| field(row, "qlimit").to_owned())?;
    if condition.is_empty() {
        return Err(format!("{name}: no members"));
    }
    let expression: Expression = reading.condition(condition)?;
    let key: QuestionKey = keys.give(name, "quota").ok_or_else(|| name.to_owned())?;
    Ok(Quota {
        key,
        when: Some(written(expression).ok_or_else(|| condition.to_owned())?),
        most,
        text,
    })
}

/// Notes what else there is: answers that are filled in beforehand, points.
pub(super) fn note_rest(reading: &mut Reading<'_>, tables: &mut Tables) {
    for row in tables.take("defaultvalue_l10ns") {
        let path = format!("defaultvalue_l10ns/{}", field(&row, "dvid"));
        reading.draft.note(
            path,
            Effect::Lost,
            Reason::Default,
            field(&row, "defaultvalue"),
        );
    }
    for row in tables.take("defaultvalues") {
        let value = field(&row, "defaultvalue");
        if !value.is_empty() {
            let path = format!("defaultvalues/{}", field(&row, "qid"));
            reading
                .draft
                .note(path, Effect::Lost, Reason::Default, value);
        }
    }
    for row in tables.take("assessments") {
        let path = format!("assessments/{}", field(&row, "id"));
        reading
            .draft
            .note(path, Effect::Lost, Reason::Scores, field(&row, "name"));
    }
}
