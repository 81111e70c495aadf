//! The reviewer of questionnaires: which words make a question hard to answer honestly, and how it
//! could be asked instead. Offline, deterministic, one pass over the text; Dutch and English.
//!
//! [`review_text`] looks at one text, [`review_survey`] at a whole questionnaire. What the rules
//! know of a language stands in the files under `data/`. How well they do is measured in
//! `docs/methods/reviewer.md`.
//!
//! ```
//! use peil_domain::{shared::Language, survey::review::{Role, Rule, review_text}};
//!
//! let findings = review_text("Hoe geweldig vond je onze website?", Language::Nl, Role::Question);
//! assert_eq!(findings[0].rule, Rule::Leading);
//! assert_eq!(findings[0].words, "geweldig");
//! assert_eq!(findings[0].rewrite.as_deref(), Some("Wat vond je van onze website?"));
//! ```

mod class;
mod detect;
mod dismissal;
mod finding;
mod inflect;
mod lexicon;
mod passage;
mod pattern;
mod questionnaire;
mod rewrite;
mod rules;
mod token;

pub use detect::detect_language;
pub use dismissal::{Dismissal, text_of};
pub use finding::{Finding, Rule, Severity, UnknownWord};
pub use passage::Passage;
pub use questionnaire::{Channel, Remark, review_survey};
pub use rules::{READING_LIMIT, reading_load};

use crate::shared::Language;
use lexicon::Lexicon;

/// What a text is for; it decides which rules fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Role {
    /// A question or statement to answer.
    #[default]
    Question,
    /// A question whose answers include "never", "not applicable" and the like, so that nobody has
    /// to pretend to do what it asks about.
    QuestionWithWayOut,
    /// Explanation, introduction or thanks.
    Explanation,
    /// An answer to choose.
    Option,
}

impl Role {
    fn asks(self, rule: Rule) -> bool {
        match self {
            Self::Question => rule != Rule::Promotional,
            Self::QuestionWithWayOut => !matches!(rule, Rule::AssumedBehaviour | Rule::Promotional),
            Self::Explanation => matches!(rule, Rule::Jargon | Rule::ReadingLevel),
            Self::Option => matches!(rule, Rule::Jargon | Rule::Emotional),
        }
    }
}

/// Texts above this length are reviewed, but get no rewrites.
const LONGEST_REWRITTEN: usize = 2_000;

/// Most findings in one text.
const MOST_FINDINGS: usize = 100;

/// Lists what a better `text` would do otherwise, in reading order. Takes time in proportion to the
/// length of the text, whatever is in it.
#[must_use]
pub fn review_text(text: &str, language: Language, role: Role) -> Vec<Finding> {
    review(text, language, |rule| role.asks(rule))
}

fn review(text: &str, language: Language, asks: impl Fn(Rule) -> bool) -> Vec<Finding> {
    let lexicon = Lexicon::of(language);
    let sentences = token::sentences(text, lexicon);
    let drafts = rules::drafts(&sentences, lexicon);
    drafts
        .iter()
        .filter(|draft| asks(draft.rule))
        .take(MOST_FINDINGS)
        .map(|draft| Finding {
            rule: draft.rule,
            severity: draft.severity,
            start: draft.span.start,
            end: draft.span.end,
            words: text.get(draft.span.clone()).unwrap_or_default().to_owned(),
            rewrite: (text.len() <= LONGEST_REWRITTEN)
                .then(|| rewrite::rewrite(text, &sentences, &drafts, draft, lexicon))
                .flatten(),
        })
        .collect()
}
