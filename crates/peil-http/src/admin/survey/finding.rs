//! What the reviewer says about the question that is open, at the field that it is about.

use peil_app::survey::FindingName;
use peil_domain::survey::{
    Question,
    review::{Passage, Remark, Severity},
};

use super::outline::is_of;
use crate::edge::{review::review_sentence, text::Text};

/// One remark at a field.
pub(super) struct FindingView {
    /// The field: `text`, `help`, `option`, or nothing when it is about the question as a whole.
    pub(super) field: &'static str,
    /// Code of the language of the text.
    pub(super) language: &'static str,
    /// Which rule, as a stable word.
    pub(super) rule: &'static str,
    /// How serious: `hint`, `warning` or `error`.
    pub(super) severity: &'static str,
    /// The text before the words.
    pub(super) before: String,
    /// The words.
    pub(super) words: String,
    /// The text behind them.
    pub(super) behind: String,
    /// Why, with its source.
    pub(super) why: String,
    /// The lines of a better text; two when it is better asked as two questions.
    pub(super) rewrite: Vec<String>,
    /// What names it in the form.
    pub(super) code: String,
    /// Name of it in the page.
    pub(super) id: String,
    /// The reason for putting it aside that was typed and not taken, and what is wrong with it.
    pub(super) refused: Option<(String, String)>,
}

/// The remarks on a question, in the order of its fields.
pub(super) fn findings(t: Text, question: &Question, remarks: &[Remark]) -> Vec<FindingView> {
    let own = remarks
        .iter()
        .filter(|remark| is_of(&remark.place, question));
    own.zip(1..)
        .map(|(remark, number)| FindingView {
            id: format!("said-{number}"),
            ..FindingView::new(t, question, remark)
        })
        .collect()
}

impl FindingView {
    /// Whether it is about this field in this language.
    pub(super) fn is_at(&self, field: &str, language: &str) -> bool {
        self.field == field && self.language == language
    }

    /// Name of the field with the reason for putting it aside.
    pub(super) fn reason_field(&self) -> String {
        reason_field(&self.code)
    }

    /// Whether two questions come of it.
    pub(super) fn is_two(&self) -> bool {
        self.rewrite.len() > 1
    }

    /// Whether it is more than a hint.
    pub(super) fn is_serious(&self) -> bool {
        self.severity != Severity::Hint.code()
    }

    fn new(t: Text, question: &Question, remark: &Remark) -> Self {
        let finding = &remark.finding;
        let passage = remark.passage(question);
        let field = match passage {
            Some(Passage::Text) => "text",
            Some(Passage::Help) => "help",
            Some(Passage::Option(_)) => "option",
            None => "",
        };
        let text = passage.and_then(|passage| passage.of(question));
        let around = text
            .and_then(|text| text.exact(remark.language))
            .and_then(|text| Some((text.get(..finding.start)?, text.get(finding.end..)?)));
        let (before, behind) = around.unwrap_or_default();
        let rewrite = finding.rewrite.as_deref().filter(|_| passage.is_some());
        Self {
            field,
            language: remark.language.code(),
            rule: finding.rule.code(),
            severity: finding.severity.code(),
            before: before.to_owned(),
            words: finding.words.clone(),
            behind: behind.to_owned(),
            why: review_sentence(t.language, finding.rule, remark.count),
            rewrite: rewrite
                .into_iter()
                .flat_map(str::lines)
                .map(str::to_owned)
                .collect(),
            code: code(&FindingName::of(remark)),
            id: String::new(),
            refused: None,
        }
    }
}

/// A finding as one word of a form: `leading|nl|question nps|geweldig`.
pub(super) fn code(finding: &FindingName) -> String {
    let FindingName {
        rule,
        place,
        language,
        words,
    } = finding;
    format!("{rule}|{language}|{place}|{words}")
}

/// The finding that a form names.
pub(super) fn named(code: &str) -> Option<FindingName> {
    let mut parts = code.splitn(4, '|');
    Some(FindingName {
        rule: parts.next()?.parse().ok()?,
        language: parts.next()?.parse().ok()?,
        place: parts.next()?.to_owned(),
        words: parts.next()?.to_owned(),
    })
}

/// Name of the field with the reason for putting a finding aside.
pub(super) fn reason_field(code: &str) -> String {
    format!("reason:{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_named_whatever_its_words_are_and_nonsense_names_none() {
        for code_of in [
            "leading|nl|question nps|a|b",
            "missing_why|en|question nps|",
        ] {
            assert_eq!(
                named(code_of).map(|finding| code(&finding)).as_deref(),
                Some(code_of)
            );
        }
        for nonsense in [
            "",
            "leading",
            "leading|xx|survey|",
            "geen|nl|survey|",
            "leading|nl|survey",
        ] {
            assert_eq!(named(nonsense), None, "{nonsense}");
        }
    }
}
