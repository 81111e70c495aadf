//! Reads the forms of the editor. What was typed is kept as it was typed, so that nothing is lost
//! when it cannot be saved.

use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{Choice, Definition, Question, QuestionKind},
};

use super::{form_kinds, form_numbers::Numbers};
use crate::edge::{fields::Fields, parts::FormError, text::Text};

/// The form of one question.
pub(super) struct QuestionForm {
    /// The question as it would be saved; its numbers and days are the old ones.
    pub(super) question: Question,
    /// Its numbers, days and patterns as they were typed.
    pub(super) numbers: Numbers,
}

impl QuestionForm {
    /// The form before anything is typed.
    pub(super) fn of(question: &Question) -> Self {
        Self {
            question: question.clone(),
            numbers: Numbers::of(question),
        }
    }

    /// What was typed, upon the question as it is.
    pub(super) fn typed(fields: &Fields, question: &Question) -> Self {
        let mut form = Self::of(question);
        let typed = &mut form.question;
        typed.text = words(fields, "text", &question.text);
        typed.help = words(fields, "help", &question.help);
        typed.is_required = fields.is_on("is_required");
        typed.allows_not_applicable = fields.is_on("allows_not_applicable");
        form_kinds::take(fields, &mut typed.kind);
        form.numbers.take(fields);
        form
    }

    /// The question to be saved.
    ///
    /// # Errors
    /// The fields that cannot be read.
    pub(super) fn read(&self, t: Text) -> Result<Question, Vec<FormError>> {
        let mut question = self.question.clone();
        self.numbers.read(t, &mut question)?;
        Ok(question)
    }

    /// Whether an answer is shown otherwise than the others.
    pub(super) fn has_marks(&self) -> bool {
        let QuestionKind::Choice { options, .. } = &self.question.kind else {
            return false;
        };
        options
            .iter()
            .any(|option| option.is_anchored || option.is_exclusive || option.show_if.is_some())
    }

    /// What an option is called beside its settings.
    #[expect(
        clippy::unused_self,
        clippy::trivially_copy_pass_by_ref,
        reason = "templates call everything on what they have, by reference"
    )]
    pub(super) fn name_of<'a>(&self, option: &'a Choice, t: &Text) -> &'a str {
        option.label.get(t.language)
    }

    /// Whether "why?" can be asked by score.
    pub(super) fn has_score(&self) -> bool {
        let kind = &self.question.kind;
        kind.scale().is_some() && !kind.has_rows() && !matches!(kind, QuestionKind::YesNo)
    }

    /// Moves or removes an option, a row or a word of a scale: `up:2`, `down:2`, `remove:2`, counted
    /// from 0; `add-label` and `remove-label:2`.
    pub(super) fn arrange(&mut self, what: &str) {
        form_kinds::arrange(&mut self.question.kind, what);
    }
}

pub(super) fn typed_options(fields: &Fields, before: &[Choice]) -> Vec<Choice> {
    let codes: Vec<&str> = fields.all("code").collect();
    let labels: Vec<(Language, String)> = Language::ALL
        .into_iter()
        .map(|language| (language, format!("label.{language}")))
        .collect();
    let mut options: Vec<Choice> = codes
        .iter()
        .filter_map(|code| code.parse::<QuestionKey>().ok())
        .map(|code| {
            let old = before.iter().find(|option| option.code == code);
            old.cloned()
                .unwrap_or_else(|| Choice::new(code, Localized::default()))
        })
        .collect();
    for (language, name) in &labels {
        for (option, typed) in options.iter_mut().zip(fields.all(name)) {
            option.label.set(*language, clean(typed));
        }
    }
    let has = |name: &str, code: &QuestionKey| fields.all(name).any(|one| one == code.as_str());
    for option in &mut options {
        option.is_anchored = has("anchored", &option.code);
        option.is_exclusive = has("exclusive", &option.code);
    }
    options
}

/// Title, introduction and thanks.
pub(super) struct Texts {
    /// Title on the page.
    pub(super) title: Localized,
    /// Text above the first question.
    pub(super) intro: Localized,
    /// Text after the last answer.
    pub(super) thanks: Localized,
    /// Extra text for a low score.
    pub(super) thanks_low: Localized,
}

impl Texts {
    /// The texts as they are.
    pub(super) fn of(definition: &Definition) -> Self {
        Self {
            title: definition.title.clone(),
            intro: definition.intro.clone(),
            thanks: definition.thanks.clone(),
            thanks_low: definition.thanks_low.clone(),
        }
    }

    /// What was typed, upon the texts as they are.
    pub(super) fn typed(fields: &Fields, definition: &Definition) -> Self {
        Self {
            title: words(fields, "title", &definition.title),
            intro: words(fields, "intro", &definition.intro),
            thanks: words(fields, "thanks", &definition.thanks),
            thanks_low: words(fields, "thanks_low", &definition.thanks_low),
        }
    }
}

/// A text in all languages: fields `name.nl`, `name.en`. A language without a field keeps its words.
pub(super) fn words(fields: &Fields, name: &str, before: &Localized) -> Localized {
    let mut text = before.clone();
    for language in Language::ALL {
        if let Some(typed) = fields.raw(&format!("{name}.{language}")) {
            text.set(language, clean(typed));
        }
    }
    text
}

/// Everything that was typed into texts, to be shown when there is no place left for it.
pub(super) fn typed_texts(fields: &Fields) -> Vec<String> {
    fields
        .iter()
        .filter(|(name, _)| name.contains('.'))
        .map(|(_, value)| clean(value))
        .filter(|value| !value.is_empty())
        .collect()
}

/// Lines end the same everywhere, and characters that nobody can see are left out.
pub(super) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let visible: String = lines
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    visible.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice() -> Question {
        serde_json::from_str(
            r#"{"key":"duur","text":{"nl":"Hoelang?","en":"How long?"},"kind":"choice","options":[
                {"code":"kort","label":{"nl":"Kort","en":"Short"}},
                {"code":"lang","label":{"nl":"Lang","en":"Long"}}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn options_keep_their_codes_and_the_languages_that_are_not_shown() {
        let fields = Fields::parse(
            b"text.nl=Hoe+lang%3F&code=kort&label.nl=Heel+kort&code=lang&label.nl=Lang",
        );
        let form = QuestionForm::typed(&fields, &choice());
        let QuestionKind::Choice { options, .. } = &form.question.kind else {
            panic!("a choice")
        };
        assert_eq!(options[0].label, Localized::both("Heel kort", "Short"));
        assert_eq!(
            form.question.text,
            Localized::both("Hoe lang?", "How long?")
        );
        assert_eq!(options[1].code.as_str(), "lang");
    }

    #[test]
    fn options_are_moved_and_removed_and_nonsense_does_nothing() {
        let codes = |form: &QuestionForm| match &form.question.kind {
            QuestionKind::Choice { options, .. } => options
                .iter()
                .map(|option| option.code.to_string())
                .collect::<Vec<_>>(),
            _ => vec![],
        };
        let mut form = QuestionForm::of(&choice());
        form.arrange("down:0");
        assert_eq!(codes(&form), ["lang", "kort"]);
        for nonsense in ["up:0", "down:1", "remove:9", "remove:-1", "x:0", "up", ""] {
            form.arrange(nonsense);
        }
        assert_eq!(codes(&form), ["lang", "kort"]);
        form.arrange("remove:0");
        assert_eq!(codes(&form), ["kort"]);
    }

    #[test]
    fn options_keep_their_conditions_and_get_their_marks() {
        let choice: Question = serde_json::from_str(
            r#"{"key":"c","text":{"nl":"?"},"kind":"choice","options":[
            {"code":"x","label":{"nl":"X"},"show_if":"nps > 3","is_anchored":true},
            {"code":"y","label":{"nl":"Y"}}]}"#,
        )
        .unwrap();
        let fields = Fields::parse(
            b"code=x&label.nl=X&code=y&label.nl=Geen&anchored=y&exclusive=y&is_multiple=yes&least=1&most=2",
        );
        let form = QuestionForm::typed(&fields, &choice);
        let read = form.read(Text::new(Language::Nl)).unwrap();
        let QuestionKind::Choice { options, .. } = &read.kind else {
            panic!("a choice")
        };
        assert!(options[0].show_if.is_some() && !options[0].is_anchored);
        assert!(options[1].is_anchored && options[1].is_exclusive);
        assert_eq!((read.rules.least, read.rules.most), (Some(1), Some(2)));
    }

    #[test]
    fn rows_and_words_of_a_scale_are_renamed_moved_and_removed() {
        let matrix: Question = serde_json::from_str(
            r#"{"key":"m","text":{"nl":"Hoe?"},"kind":"matrix","labels":[{"nl":"nee"},{"nl":"ja"}],
            "rows":[{"key":"a","text":{"nl":"A"}},{"key":"b","text":{"nl":"B"}}]}"#,
        )
        .unwrap();
        let fields = Fields::parse(
            b"row=b&row_text.nl=Bee&row=a&row_text.nl=Aa&point.nl=slecht&point.nl=goed&direction=higher&is_random=on",
        );
        let mut form = QuestionForm::typed(&fields, &matrix);
        for done in [
            "add-label",
            "up:1",
            "remove-label:0",
            "up:9",
            "remove:-1",
            "remove-label:7",
        ] {
            form.arrange(done);
        }
        let QuestionKind::Matrix {
            rows,
            labels,
            is_random,
            ..
        } = &form.question.kind
        else {
            panic!("a matrix")
        };
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.key.as_str(), row.text.get(Language::Nl)))
            .collect();
        assert_eq!(shown, [("a", "Aa"), ("b", "Bee")]);
        assert_eq!((labels.len(), labels[0].get(Language::Nl)), (2, "goed"));
        assert!(is_random);
    }

    #[test]
    fn invisible_characters_are_left_out() {
        assert_eq!(clean(" een\r\ntwee\0\u{7} "), "een\ntwee");
    }
}
