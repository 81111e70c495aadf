//! What a LimeSurvey file is about: groups, questions and their parts, the same for files of old
//! releases, which have a row for every language, and new ones, which keep texts apart.

use std::collections::BTreeMap;

use super::tables::{Fields, Tables, field};

/// Most sub-questions or answers of one question that are looked at.
const MOST_PARTS: usize = 1_000;

/// Texts by language of the file.
pub(super) type Texts = BTreeMap<String, String>;

/// A group of questions.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) order: i64,
    pub(super) name: Texts,
    pub(super) description: Texts,
    pub(super) relevance: String,
    pub(super) random: String,
    pub(super) questions: Vec<Asking>,
}

/// A question.
#[derive(Debug, Default)]
pub(super) struct Asking {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) order: i64,
    pub(super) text: Texts,
    pub(super) help: Texts,
    pub(super) script: Texts,
    pub(super) pattern: String,
    pub(super) has_other: bool,
    pub(super) mandatory: String,
    /// The condition; nothing in files that have only a table of conditions.
    pub(super) relevance: Option<String>,
    pub(super) theme: String,
    pub(super) attributes: BTreeMap<String, Texts>,
    pub(super) parts: Vec<Part>,
    pub(super) answers: Vec<Answer>,
    /// Sub-questions and answers that were too many to look at.
    pub(super) surplus: usize,
}

/// A sub-question.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) code: String,
    pub(super) order: i64,
    /// 0 for rows, 1 for columns.
    pub(super) scale: i64,
    pub(super) text: Texts,
    pub(super) relevance: String,
    pub(super) pattern: String,
    pub(super) help: Texts,
}

/// An answer that can be chosen.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) code: String,
    pub(super) order: i64,
    pub(super) scale: i64,
    pub(super) text: Texts,
    pub(super) points: String,
}

impl Asking {
    /// The value of an attribute that is the same in all languages.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let values = self.attributes.get(name);
        let value = values.and_then(|values| values.get("").or_else(|| values.values().next()));
        value.map_or("", |value| value.trim())
    }

    /// Whether an attribute is switched on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        matches!(self.attribute(name), "1" | "Y" | "yes")
    }

    /// Sub-questions that are rows, or columns.
    pub(super) fn parts_of(&self, scale: i64) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.scale == scale)
    }

    /// Answers of the first or second scale.
    pub(super) fn answers_of(&self, scale: i64) -> impl Iterator<Item = &Answer> {
        self.answers
            .iter()
            .filter(move |answer| answer.scale == scale)
    }
}

/// The groups of a file in order, with their questions, and how many questions have no group.
pub(super) fn groups(tables: &mut Tables, base: &str) -> Vec<Group> {
    let mut questions = questions(tables, base);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for row in tables.take("groups") {
        let id = field(&row, "gid").to_owned();
        let group = groups.entry(id.clone()).or_default();
        group.id = id;
        group.order = number(&row, "group_order");
        field(&row, "grelevance").clone_into(&mut group.relevance);
        field(&row, "randomization_group").clone_into(&mut group.random);
        learn(&mut group.name, &row, "group_name", base);
        learn(&mut group.description, &row, "description", base);
    }
    for row in tables.take("group_l10ns") {
        if let Some(group) = groups.get_mut(field(&row, "gid")) {
            learn(&mut group.name, &row, "group_name", base);
            learn(&mut group.description, &row, "description", base);
        }
    }
    let mut lost = Group {
        order: i64::MAX,
        ..Group::default()
    };
    questions.sort_by_key(|question| question.order);
    for question in questions {
        match groups.get_mut(&question.group) {
            Some(group) => group.questions.push(question),
            None => lost.questions.push(question),
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.push(lost);
    groups.retain(|group| !group.questions.is_empty() || !group.id.is_empty());
    groups.sort_by_key(|group| group.order);
    groups
}

fn questions(tables: &mut Tables, base: &str) -> Vec<Asking> {
    let mut found: BTreeMap<String, Asking> = BTreeMap::new();
    let mut parts: BTreeMap<String, (String, Part)> = BTreeMap::new();
    let (mut rows, below) = (tables.take("questions"), tables.take("subquestions"));
    rows.extend(below);
    for row in rows {
        let id = field(&row, "qid").to_owned();
        let parent = field(&row, "parent_qid");
        if parent.is_empty() || parent == "0" {
            let question = found.entry(id.clone()).or_default();
            if question.id.is_empty() {
                *question = read_question(&row, id);
            }
            learn(&mut question.text, &row, "question", base);
            learn(&mut question.help, &row, "help", base);
        } else {
            let (_, part) = parts
                .entry(id)
                .or_insert_with(|| (parent.to_owned(), read_part(&row)));
            learn(&mut part.text, &row, "question", base);
            learn(&mut part.help, &row, "help", base);
        }
    }
    for table in ["question_l10ns", "subquestion_l10ns"] {
        for row in tables.take(table) {
            let id = field(&row, "qid");
            if let Some(question) = found.get_mut(id) {
                learn(&mut question.text, &row, "question", base);
                learn(&mut question.help, &row, "help", base);
                learn(&mut question.script, &row, "script", base);
            } else if let Some((_, part)) = parts.get_mut(id) {
                learn(&mut part.text, &row, "question", base);
                learn(&mut part.help, &row, "help", base);
            }
        }
    }
    for (parent, part) in parts.into_values() {
        if let Some(question) = found.get_mut(&parent) {
            question.parts.push(part);
        }
    }
    answers(tables, base, &mut found);
    for row in tables.take("question_attributes") {
        if let Some(question) = found.get_mut(field(&row, "qid")) {
            let values = question
                .attributes
                .entry(field(&row, "attribute").to_owned());
            let language = field(&row, "language").to_owned();
            values
                .or_default()
                .insert(language, field(&row, "value").to_owned());
        }
    }
    let mut found: Vec<Asking> = found.into_values().collect();
    for question in &mut found {
        question.parts.sort_by_key(|part| (part.scale, part.order));
        question
            .answers
            .sort_by_key(|answer| (answer.scale, answer.order));
        let count = question.parts.len() + question.answers.len();
        question.parts.truncate(MOST_PARTS);
        question.answers.truncate(MOST_PARTS);
        question.surplus = count - question.parts.len() - question.answers.len();
    }
    // Numbers come as text; without an order of their own they come in the order of their numbers.
    found.sort_by_key(|question| question.id.parse::<u64>().unwrap_or(u64::MAX));
    found
}

fn read_question(row: &Fields, id: String) -> Asking {
    let own = |name: &str| field(row, name).trim().to_owned();
    Asking {
        id,
        group: own("gid"),
        kind: own("type"),
        title: own("title"),
        order: number(row, "question_order"),
        pattern: own("preg"),
        has_other: own("other") == "Y",
        mandatory: own("mandatory"),
        relevance: row.get("relevance").map(|text| text.trim().to_owned()),
        theme: {
            let theme = own("question_theme_name");
            if theme.is_empty() {
                own("modulename")
            } else {
                theme
            }
        },
        ..Asking::default()
    }
}

fn read_part(row: &Fields) -> Part {
    let own = |name: &str| field(row, name).trim().to_owned();
    Part {
        code: own("title"),
        order: number(row, "question_order"),
        scale: number(row, "scale_id"),
        relevance: own("relevance"),
        pattern: own("preg"),
        ..Part::default()
    }
}

fn answers(tables: &mut Tables, base: &str, questions: &mut BTreeMap<String, Asking>) {
    // Old files have a row per language; new ones name every answer by a number.
    let mut texts: BTreeMap<String, Texts> = BTreeMap::new();
    for row in tables.take("answer_l10ns") {
        let known = texts.entry(field(&row, "aid").to_owned()).or_default();
        learn(known, &row, "answer", base);
    }
    let mut places: BTreeMap<(String, i64, String), usize> = BTreeMap::new();
    for row in tables.take("answers") {
        let Some(question) = questions.get_mut(field(&row, "qid")) else {
            continue;
        };
        let (code, scale) = (field(&row, "code"), number(&row, "scale_id"));
        let name = (question.id.clone(), scale, code.to_owned());
        if let Some(at) = places.get(&name) {
            if let Some(answer) = question.answers.get_mut(*at) {
                learn(&mut answer.text, &row, "answer", base);
            }
            continue;
        }
        places.insert(name, question.answers.len());
        let mut answer = Answer {
            code: code.to_owned(),
            order: number(&row, "sortorder"),
            scale,
            points: field(&row, "assessment_value").to_owned(),
            text: texts.get(field(&row, "aid")).cloned().unwrap_or_default(),
        };
        learn(&mut answer.text, &row, "answer", base);
        question.answers.push(answer);
    }
}

/// Learns the text of a row in its language.
fn learn(texts: &mut Texts, row: &Fields, name: &str, base: &str) {
    let text = field(row, name);
    if text.is_empty() {
        return;
    }
    let language = match field(row, "language") {
        "" => base,
        language => language,
    };
    texts.insert(language.to_owned(), text.to_owned());
}

fn number(row: &Fields, name: &str) -> i64 {
    field(row, name).trim().parse().unwrap_or(0)
}
