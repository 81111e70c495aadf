//! What the reviewer says about the question that is open, at the field that it is about.

use peil_domain::{
    shared::{Language, Localized},
    survey::{
        Place, Question, QuestionKind,
        review::{Remark, Severity},
    },
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
    /// What the button sends to take the better text over.
    pub(super) button: String,
}

/// The remarks on a question, in the order of its fields.
pub(super) fn findings(t: Text, question: &Question, remarks: &[Remark]) -> Vec<FindingView> {
    let own = remarks
        .iter()
        .filter(|remark| is_of(&remark.place, question));
    own.map(|remark| FindingView::new(t, question, remark))
        .collect()
}

impl FindingView {
    /// Whether it is about this field in this language.
    pub(super) fn is_at(&self, field: &str, language: &str) -> bool {
        self.field == field && self.language == language
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
        let (field, text) = field_of(question, remark);
        let around = text.and_then(|text| {
            let before = text.get(..finding.start)?;
            let behind = text.get(finding.end..)?;
            (text.get(finding.start..finding.end)? == finding.words).then_some((before, behind))
        });
        let (before, behind) = around.unwrap_or_default();
        let can_take = matches!(field, "text" | "help");
        let rewrite = finding
            .rewrite
            .as_deref()
            .filter(|_| can_take)
            .unwrap_or_default();
        Self {
            field,
            language: remark.language.code(),
            rule: finding.rule.code(),
            severity: finding.severity.code(),
            before: before.to_owned(),
            words: finding.words.clone(),
            behind: behind.to_owned(),
            why: review_sentence(t.language, finding.rule, remark.count),
            rewrite: rewrite.lines().map(str::to_owned).collect(),
            button: format!("{field}.{}={rewrite}", remark.language),
        }
    }
}

/// The field that a remark is about, and its text: the first that has the words at that place.
fn field_of<'a>(question: &'a Question, remark: &Remark) -> (&'static str, Option<&'a str>) {
    let finding = &remark.finding;
    let exact = |text: &'a Localized, language: Language| text.exact(language);
    if finding.words.is_empty() {
        return ("", None);
    }
    if let (Place::Option(_, number), QuestionKind::Choice { options, .. }) =
        (&remark.place, &question.kind)
    {
        let option = number.checked_sub(1).and_then(|index| options.get(index));
        return (
            "option",
            option.and_then(|option| exact(&option.label, remark.language)),
        );
    }
    for (field, text) in [("text", &question.text), ("help", &question.help)] {
        let text = exact(text, remark.language);
        let at = text.and_then(|text| text.get(finding.start..finding.end));
        if at == Some(finding.words.as_str()) {
            return (field, text);
        }
    }
    ("", None)
}
