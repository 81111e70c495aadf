//! A LimeSurvey questionnaire while it is read, in two rounds: first everything gets its key, then,
//! when all names are known, conditions become formulas and places in texts are filled.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    shared::{Localized, QuestionKey},
    survey::{Page, Question, QuestionKind, Quota},
};

use super::{
    attributes,
    content::{Asking, Group, Texts},
    kinds,
    room::{apart, roomy, together},
    tables::{Fields, field},
};
use crate::survey::{
    Effect, Reason,
    draft::{Draft, Spot},
    foreign::Meaning,
    tongues::Tongues,
};

/// Most questions that are looked at; more than can be kept by far.
const MOST_READ: usize = 600;

/// A condition that is translated when all names are known.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) spot: Spot,
    /// Where it stands, and what it says; all must hold.
    pub(super) all_of: Vec<(String, String)>,
}

/// A LimeSurvey questionnaire while it is read.
pub(super) struct Reading<'a> {
    pub(super) draft: Draft,
    pub(super) tongues: &'a Tongues,
    pub(super) meanings: BTreeMap<String, Meaning>,
    pub(super) wishes: Vec<Wish>,
    /// Number of the survey, which is part of the names of columns.
    survey: String,
    /// The question of the file that is being read.
    source: usize,
    pub(super) path: String,
    /// Whether that question may become several.
    pub(super) is_full: bool,
    /// What the question became.
    pub(super) made: Vec<Question>,
    /// Equations, with the question of the file and its condition.
    pub(super) equations: Vec<super::equations::Equation>,
    /// Conditions of the question that is being read.
    conditions: Vec<(String, String)>,
    /// Quotas, with where they stand.
    pub(super) quotas: Vec<(String, Quota)>,
    /// Codes of the parts of every question, by its name.
    parts: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(draft: Draft, tongues: &'a Tongues, survey: &str) -> Self {
        Self {
            draft,
            tongues,
            meanings: BTreeMap::new(),
            wishes: Vec::new(),
            survey: survey.to_owned(),
            source: 0,
            path: String::new(),
            is_full: true,
            made: Vec::new(),
            equations: Vec::new(),
            conditions: Vec::new(),
            quotas: Vec::new(),
            parts: BTreeMap::new(),
        }
    }

    /// Whether a question has a sub-question or answer with this code.
    pub(super) fn has_part(&self, question: &str, code: &str) -> bool {
        self.parts
            .get(question)
            .is_some_and(|codes| codes.contains(code))
    }

    /// Reads all groups as pages.
    pub(super) fn read_groups(
        &mut self,
        groups: &[Group],
        conditions: &BTreeMap<String, String>,
        survey: &Fields,
    ) {
        for asking in groups.iter().flat_map(|group| &group.questions) {
            let mut codes: BTreeSet<String> =
                asking.parts_of(0).map(|part| part.code.clone()).collect();
            if asking.kind == "R" {
                codes.extend(asking.answers_of(0).map(|answer| answer.code.clone()));
            }
            self.parts.entry(asking.title.clone()).or_insert(codes);
        }
        let full = roomy(groups);
        let (is_single, info) = (
            field(survey, "format") == "S",
            field(survey, "showgroupinfo"),
        );
        if field(survey, "format") == "A" {
            self.draft
                .note("surveys/format", Effect::Changed, Reason::Pages, "A");
        }
        for group in groups {
            self.read_group(group, conditions, &full, is_single, info);
        }
    }

    fn read_group(
        &mut self,
        group: &Group,
        conditions: &BTreeMap<String, String>,
        full: &BTreeSet<&str>,
        is_single: bool,
        info: &str,
    ) {
        let path = format!("groups/{}", group.id);
        let mut page = Page::default();
        if matches!(info, "" | "B" | "N") {
            page.title = self.texts(&group.name, &format!("{path}/group_name"));
        }
        let mut questions: Vec<(Vec<Question>, &str)> = Vec::new();
        if matches!(info, "" | "B" | "D") && !group.description.is_empty() {
            let text = self.texts(&group.description, &format!("{path}/description"));
            let name = format!("group_{}", group.id);
            if let Some(key) = self.draft.keys.give(&name, "g") {
                let statement = Question::new(key, text, QuestionKind::Statement);
                questions.push((vec![statement], ""));
            }
        }
        if !group.random.trim().is_empty() {
            self.draft.note(
                format!("{path}/randomization_group"),
                Effect::Lost,
                Reason::Order,
                &group.random,
            );
        }
        for asking in &group.questions {
            self.is_full = full.contains(asking.id.as_str());
            let condition = conditions.get(&asking.id).map(String::as_str);
            self.read_question(asking, condition);
            questions.push((
                std::mem::take(&mut self.made),
                asking.attribute("random_group"),
            ));
        }
        page.is_random = self.is_random(&path, group, &questions, is_single);
        let relevance = group.relevance.trim();
        let relevance =
            (!is_always(relevance)).then(|| (format!("{path}/grelevance"), relevance.to_owned()));
        let pages = if is_single {
            apart(page, questions)
        } else {
            vec![together(page, questions)]
        };
        for page in pages {
            if let Some(relevance) = &relevance {
                self.wishes.push(Wish {
                    spot: Spot::Page(self.draft.definition.pages.len()),
                    all_of: vec![relevance.clone()],
                });
            }
            self.draft.definition.pages.push(page);
        }
    }

    /// Whether all questions of a group are shuffled together.
    fn is_random(
        &mut self,
        path: &str,
        group: &Group,
        questions: &[(Vec<Question>, &str)],
        is_single: bool,
    ) -> bool {
        let names: BTreeSet<&str> = group
            .questions
            .iter()
            .map(|asking| asking.attribute("random_group"))
            .collect();
        if names.iter().all(|name| name.is_empty()) {
            return false;
        }
        // What became several questions must stay together.
        let is_one = names.len() == 1 && group.questions.len() > 1;
        let is_plain =
            questions.iter().all(|(made, _)| made.len() <= 1) && group.description.is_empty();
        if is_one && is_plain && !is_single {
            return true;
        }
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        self.draft.note(
            format!("{path}/random_group"),
            Effect::Lost,
            Reason::Order,
            names.join(", "),
        );
        false
    }

    fn read_question(&mut self, asking: &Asking, condition: Option<&str>) {
        let name = if asking.title.is_empty() {
            &asking.id
        } else {
            &asking.title
        };
        self.path = format!("questions/{name}");
        self.source = self.draft.source(&self.path);
        if self.source >= MOST_READ {
            self.note("", Effect::Dropped, Reason::TooManyQuestions, "");
            return;
        }
        self.conditions.clear();
        match (&asking.relevance, condition) {
            (Some(relevance), _) if !is_always(relevance) => {
                self.conditions
                    .push((format!("{}/relevance", self.path), relevance.clone()));
            }
            (None, Some(condition)) => {
                self.conditions
                    .push((format!("{}/conditions", self.path), condition.to_owned()));
            }
            _ => {}
        }
        if asking.is_on("hidden") && asking.kind != "*" {
            let path = format!("{}/attributes/hidden", self.path);
            self.draft.note(&path, Effect::Check, Reason::Hidden, "");
            self.conditions.push((path, "0".to_owned()));
        }
        if asking.mandatory == "S" {
            let path = format!("{}/mandatory", self.path);
            self.draft
                .note(path, Effect::Changed, Reason::Required, "S");
        }
        kinds::read(self, asking);
        attributes::note_rest(self, asking);
        if asking
            .script
            .values()
            .any(|script| !script.trim().is_empty())
        {
            self.draft.note(
                format!("{}/script", self.path),
                Effect::Lost,
                Reason::Script,
                "",
            );
        }
        let conditions = std::mem::take(&mut self.conditions);
        for question in &self.made {
            let spot = Spot::Question(question.key.clone());
            let own = self
                .wishes
                .iter_mut()
                .find(|wish| wish.is_about(&question.key));
            match own {
                Some(wish) => wish
                    .all_of
                    .splice(0..0, conditions.iter().cloned())
                    .for_each(drop),
                None if conditions.is_empty() => {}
                None => self.wishes.push(Wish {
                    spot,
                    all_of: conditions.clone(),
                }),
            }
        }
    }

    /// Adds to the conditions of a question, or of an option.
    pub(super) fn wish(&mut self, spot: Spot, all_of: Vec<(String, String)>) {
        if !all_of.is_empty() {
            self.wishes.push(Wish { spot, all_of });
        }
    }

    /// What conditions the question that is being read has itself.
    pub(super) fn own_condition(&self) -> Vec<(String, String)> {
        self.conditions.clone()
    }

    /// A key of its own for a part of the question that is being read.
    pub(super) fn key(&mut self, name: &str) -> Option<QuestionKey> {
        let key = self.draft.keys.give(name, "q")?;
        self.draft.own(&key, self.source);
        Some(key)
    }

    /// Notes something about the question that is being read.
    pub(super) fn note(&mut self, part: &str, effect: Effect, reason: Reason, detail: &str) {
        let path = if part.is_empty() {
            self.path.clone()
        } else {
            format!("{}/{part}", self.path)
        };
        self.draft.note(path, effect, reason, detail);
    }

    /// Learns what the name of a question, or of a part of it, stands for.
    pub(super) fn learn(&mut self, asking: &Asking, part: &str, meaning: Meaning) {
        let title = if part.is_empty() {
            asking.title.clone()
        } else {
            format!("{}_{part}", asking.title)
        };
        self.meanings
            .entry(title)
            .or_insert_with(|| meaning.clone());
        // Second scales are `Q_row_1` by name and `…row#1` by column.
        let column = match part.rsplit_once('_') {
            Some((row, scale)) if asking.kind == "1" => format!("{row}#{scale}"),
            _ => part.to_owned(),
        };
        let name = format!("{}X{}X{}{column}", self.survey, asking.group, asking.id);
        self.meanings.entry(name).or_insert(meaning);
    }

    /// Texts in the languages that are read; markup and places are still in them.
    pub(super) fn texts(&mut self, texts: &Texts, path: &str) -> Localized {
        self.tongues.text(
            |code, _| texts.get(code).cloned(),
            path,
            &mut self.draft.report,
        )
    }

    /// Texts, or the name when there are none.
    pub(super) fn named(&mut self, texts: &Texts, name: &str, path: &str) -> Localized {
        let made = self.texts(texts, path);
        if made.is_blank() {
            self.tongues.same(name)
        } else {
            made
        }
    }
}

impl Wish {
    fn is_about(&self, key: &QuestionKey) -> bool {
        matches!(&self.spot, Spot::Question(own) if own == key)
    }
}

/// Whether a condition is none.
pub(super) fn is_always(relevance: &str) -> bool {
    matches!(relevance.trim(), "" | "1")
}

/// What a name stands for: `Q1.NAOK`, `that.Q1`, `INSERTANS:1X2X3` and `TOKEN:FIRSTNAME` as well.
pub(super) fn resolve(meanings: &BTreeMap<String, Meaning>, name: &str) -> Option<Meaning> {
    let name = name.strip_prefix("INSERTANS:").unwrap_or(name);
    if let Some(attribute) = name.strip_prefix("TOKEN:") {
        let key: String = attribute.to_ascii_lowercase();
        return key.parse().ok().map(Meaning::Known);
    }
    let name = name.strip_prefix("that.").unwrap_or(name);
    let (base, suffix) = name.split_once('.').unwrap_or((name, ""));
    match suffix {
        "" | "NAOK" | "code" | "value" | "valueNAOK" | "shown" | "NAOK.code" => {
            meanings.get(base).cloned()
        }
        _ => meanings.get(base).map(|_| Meaning::Nothing),
    }
}
