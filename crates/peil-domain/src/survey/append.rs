//! One questionnaire behind another. Names that both use become others in what is added, and its
//! conditions and texts follow.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Definition, Expression, Filling, Formula, Page, Piece, Question, QuestionKind, Reference,
    Source, Target, pieces,
};
use crate::shared::{Language, QuestionKey};

/// Names with what they become.
type Renamed = BTreeMap<QuestionKey, QuestionKey>;

impl Definition {
    /// The same with all that another one asks behind it: its pages, with their conditions, and its
    /// calculations, quotas and endings. Title, introduction, thanks, languages, time and look stay.
    ///
    /// ```
    /// use peil_domain::survey::Definition;
    ///
    /// let read = |text: &str, show_if: &str| -> Definition {
    ///     serde_json::from_value(serde_json::json!({
    ///         "languages": ["en"], "title": { "en": "T" }, "pages": [{ "questions": [
    ///             { "key": "nps", "kind": "nps", "text": { "en": "How likely?" } },
    ///             { "key": "why", "kind": "text", "text": { "en": text }, "show_if": show_if },
    ///         ]}],
    ///     }))
    ///     .unwrap()
    /// };
    /// let both = read("Why?", "nps < 7").with_behind(&read("Why {{answer.nps}}?", "nps < 5"));
    /// let last = both.questions().last().unwrap();
    /// assert_eq!(last.key.as_str(), "why_2");
    /// assert_eq!(last.show_if.as_ref().unwrap().to_string(), "nps_2 < 5");
    /// assert_eq!(last.text.get(peil_domain::shared::Language::En), "Why {{answer.nps_2}}?");
    /// ```
    #[must_use]
    pub fn with_behind(&self, other: &Self) -> Self {
        let mut whole = self.clone();
        if whole.questions().next().is_none() {
            whole.pages.clear();
        }
        let added = other.renamed_beside(self);
        whole.pages.extend(added.pages);
        whole.calculations.extend(added.calculations);
        whole.quotas.extend(added.quotas);
        whole.endings.extend(added.endings);
        whole
    }

    /// The same with other names wherever `taken` has them too.
    fn renamed_beside(&self, taken: &Self) -> Self {
        let own = names(self);
        let theirs = names(taken);
        let renamed = other_names(&own, &theirs);
        let reference = |reference: &Reference| {
            let name = &reference.name;
            match reference.source {
                Source::Contact => reference.clone(),
                // What is known of the customer here must not become an answer there.
                Source::Anywhere if !own.contains(name) && theirs.contains(name) => Reference {
                    source: Source::Contact,
                    name: name.clone(),
                },
                source => Reference {
                    source,
                    name: renamed.get(name).unwrap_or(name).clone(),
                },
            }
        };
        let mut made = self.clone();
        made.rename_in_texts(&reference);
        for formula in formulas(&mut made) {
            *formula = formula.expression().with_names(&reference).into();
        }
        let pages = other_names(&page_keys(self), &page_keys(taken));
        made.rename_keys(&renamed, &pages);
        let quotas = |definition: &Self| {
            let quotas = definition.quotas.iter();
            quotas.map(|quota| quota.key.clone()).collect()
        };
        let renamed = other_names(&quotas(self), &quotas(taken));
        for quota in &mut made.quotas {
            rename(&mut quota.key, &renamed);
        }
        made
    }

    fn rename_keys(&mut self, renamed: &Renamed, pages: &Renamed) {
        for calculation in &mut self.calculations {
            rename(&mut calculation.key, renamed);
        }
        for page in &mut self.pages {
            if let Some(key) = &mut page.key {
                rename(key, pages);
            }
            for jump in &mut page.jumps {
                if let Target::Page(key) = &mut jump.to {
                    rename(key, pages);
                }
            }
            for question in &mut page.questions {
                rename(&mut question.key, renamed);
                for row in question.kind.rows_mut() {
                    rename(&mut row.key, renamed);
                }
            }
        }
    }

    fn rename_in_texts(&mut self, to: &dyn Fn(&Reference) -> Reference) {
        let places: Vec<_> = self.texts().into_iter().map(|text| text.place).collect();
        for place in places {
            let Some(text) = self.text_mut(&place) else {
                continue;
            };
            for language in Language::ALL {
                if let Some(words) = text.exact(language).filter(|words| words.contains("{{")) {
                    let words = text_with_names(words, to);
                    text.set(language, words);
                }
            }
        }
    }
}

impl Expression {
    /// The same with something else in the place of every name.
    #[must_use]
    pub fn with_names(&self, to: &dyn Fn(&Reference) -> Reference) -> Self {
        let one = |part: &Self| part.with_names(to);
        let all = |parts: &[Self]| parts.iter().map(one).collect();
        match self {
            Self::Reference(reference) => Self::Reference(to(reference)),
            Self::And(parts) => Self::And(all(parts)),
            Self::Or(parts) => Self::Or(all(parts)),
            Self::Not(part) => Self::Not(Box::new(one(part))),
            Self::Compare(how, parts) => Self::Compare(*how, Box::new(parts.each_ref().map(one))),
            Self::In(part, values) => Self::In(Box::new(one(part)), all(values)),
            Self::Calculate(how, parts) => {
                Self::Calculate(*how, Box::new(parts.each_ref().map(one)))
            }
            Self::Call(function, parts) => Self::Call(*function, all(parts)),
            Self::Number(_) | Self::Text(_) | Self::Date(_) | Self::Truth(_) | Self::Empty => {
                self.clone()
            }
        }
    }
}

fn text_with_names(text: &str, to: &dyn Fn(&Reference) -> Reference) -> String {
    let mut made = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => made.push_str(words),
            Piece::Blank {
                filling,
                name,
                fallback,
            } => {
                let new = match &filling {
                    Filling::Reference(reference) => Some((reference, to(reference))),
                    _ => None,
                };
                let new = new.filter(|(old, new)| *old != new);
                let name = new.map_or_else(|| name.to_owned(), |(_, new)| new.to_string());
                let bar = if fallback.is_empty() { "" } else { "|" };
                made.extend(["{{", name.as_str(), bar, fallback, "}}"]);
            }
        }
    }
    made
}

/// Every condition and calculation, to be changed.
fn formulas(definition: &mut Definition) -> Vec<&mut Formula> {
    let mut found: Vec<&mut Formula> = Vec::new();
    let calculations = definition.calculations.iter_mut();
    found.extend(calculations.map(|value| &mut value.formula));
    for Page {
        show_if,
        jumps,
        questions,
        ..
    } in &mut definition.pages
    {
        found.extend(show_if);
        found.extend(jumps.iter_mut().map(|jump| &mut jump.when));
        for Question { show_if, kind, .. } in questions {
            found.extend(show_if);
            if let QuestionKind::Choice { options, .. } = kind {
                found.extend(options.iter_mut().filter_map(|one| one.show_if.as_mut()));
            }
        }
    }
    found.extend(definition.endings.iter_mut().map(|ending| &mut ending.when));
    let quotas = definition.quotas.iter_mut();
    found.extend(quotas.filter_map(|quota| quota.when.as_mut()));
    found
}

/// Names of questions, rows and calculations, which conditions can speak of.
fn names(definition: &Definition) -> BTreeSet<QuestionKey> {
    let questions = definition.questions().map(|question| &question.key);
    let rows = definition
        .questions()
        .flat_map(|question| question.kind.rows())
        .map(|row| &row.key);
    let calculations = definition.calculations.iter().map(|value| &value.key);
    questions.chain(rows).chain(calculations).cloned().collect()
}

fn page_keys(definition: &Definition) -> BTreeSet<QuestionKey> {
    let pages = definition.pages.iter();
    pages.filter_map(|page| page.key.clone()).collect()
}

/// Another name for each of ours that is taken; nobody has it.
fn other_names(ours: &BTreeSet<QuestionKey>, taken: &BTreeSet<QuestionKey>) -> Renamed {
    let mut used: BTreeSet<QuestionKey> = ours.union(taken).cloned().collect();
    let mut renamed = Renamed::new();
    for name in ours.intersection(taken) {
        let stem = name.as_str().get(..QuestionKey::MAX_LENGTH - 5);
        let stem = stem.unwrap_or(name.as_str()).trim_end_matches('_');
        let free = (2..100_000)
            .filter_map(|number: u32| format!("{stem}_{number}").parse::<QuestionKey>().ok())
            .find(|key| !used.contains(key));
        if let Some(free) = free {
            used.insert(free.clone());
            renamed.insert(name.clone(), free);
        }
    }
    renamed
}

fn rename(key: &mut QuestionKey, renamed: &Renamed) {
    if let Some(new) = renamed.get(key) {
        key.clone_from(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{Problem, problems_among};

    fn read(json: &str) -> Definition {
        serde_json::from_str(json).unwrap()
    }

    /// What is wrong where customers have a `plaats`.
    fn problems_of(definition: &Definition) -> Vec<Problem> {
        problems_among(
            definition,
            Some(&BTreeSet::from(["plaats".parse().unwrap()])),
        )
    }

    const WITH_LOGIC: &str = r#"{"languages":["nl"],"title":{"nl":"T"},
        "calculations":[{"key":"total","formula":"sum(speed, care)"}],
        "quotas":[{"key":"full","when":"nps = 10","most":3,"text":{"nl":"Vol {{waarde.total}}"}}],
        "endings":[{"when":"total > 3 and plaats = \"Ede\"","text":{"nl":"Dank {{naam|klant}}"}}],
        "pages":[
        {"key":"start","questions":[{"key":"nps","text":{"nl":"Hoe?"},"kind":"nps"},
         {"key":"list","text":{"nl":"Wat?"},"kind":"choice","is_multiple":true,"has_other":false,"options":[
          {"code":"a","label":{"nl":"A"}},{"code":"b","label":{"nl":"B"},"show_if":"nps in (1, 2)"}]}],
         "jumps":[{"when":"nps = 9","to":{"page":"last"}}]},
        {"show_if":"not (list contains \"a\")","questions":[{"key":"block","text":{"nl":"Na {{antwoord.nps|?}} en {{plaats}}"},
         "kind":"matrix","labels":[{"nl":"x"},{"nl":"y"}],
         "rows":[{"key":"speed","text":{"nl":"Snel"}},{"key":"care","text":{"nl":"Zorg"}}]}]},
        {"key":"last","questions":[{"key":"why","text":{"nl":"Waarom?"},"kind":"text","is_long":true}]}]}"#;

    #[test]
    fn what_is_added_keeps_its_logic_under_other_names() {
        let one = read(WITH_LOGIC);
        assert_eq!(problems_of(&one), vec![]);
        let both = one.with_behind(&one);
        assert_eq!(problems_of(&both), vec![]);
        assert_eq!(both.pages.len(), 6);
        assert_eq!(both.questions().count(), 8);
        assert_eq!(both.pages[..3], one.pages[..], "what was there stays");
        let text = serde_json::to_string(&both.pages[3..]).unwrap();
        for part in [
            r#""to":{"page":"last_2"}"#,
            r#""when":"nps_2 = 9""#,
            r#""show_if":"nps_2 in (1, 2)""#,
            r#""show_if":"not list_2 contains \"a\"""#,
            "Na {{answer.nps_2|?}} en {{plaats}}",
            r#""key":"speed_2""#,
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let total = both.calculations[1].formula.to_string();
        assert_eq!(total, "sum(speed_2, care_2)");
        assert_eq!(both.quotas[1].key.as_str(), "full_2");
        assert_eq!(
            both.endings[1].when.to_string(),
            r#"total_2 > 3 and plaats = "Ede""#
        );
        let again = both.with_behind(&one);
        assert_eq!(problems_of(&again), vec![]);
        assert_eq!(again.questions().last().unwrap().key.as_str(), "why_3");
    }

    #[test]
    fn an_attribute_does_not_become_an_answer_of_what_was_there() {
        let asks = read(
            r#"{"languages":["nl"],"title":{"nl":"T"},"pages":[{"questions":[
            {"key":"plaats","text":{"nl":"Waar?"},"kind":"text","is_long":false}]}]}"#,
        );
        let both = asks.with_behind(&read(WITH_LOGIC));
        let ending = both.endings[0].when.to_string();
        assert_eq!(ending, r#"total > 3 and contact.plaats = "Ede""#);
        let empty = Definition {
            pages: vec![Page::default()],
            ..asks
        };
        assert_eq!(empty.with_behind(&read(WITH_LOGIC)).pages.len(), 3);
    }
}
