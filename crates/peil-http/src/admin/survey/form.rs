//! Reads the forms of the editor. What was typed is kept as it was typed, so that nothing is lost
//! when it cannot be saved.

use peil_domain::{
    shared::{Language, Localized, QuestionKey},
    survey::{CesVersion, Choice, CsatLook, Definition, Question, QuestionKind},
};

use crate::edge::{fields::Fields, parts::FormError, text::Text};

/// The form of one question.
pub(super) struct QuestionForm {
    /// The question as it would be saved; its scale is the old one.
    pub(super) question: Question,
    /// Lowest score, highest score and number of best scores, as they were typed.
    pub(super) scale: [String; 3],
}

impl QuestionForm {
    /// The form before anything is typed.
    pub(super) fn of(question: &Question) -> Self {
        let scale = match &question.kind {
            QuestionKind::Rating { min, max, top, .. } => {
                [min.to_string(), max.to_string(), top.to_string()]
            }
            _ => Default::default(),
        };
        Self {
            question: question.clone(),
            scale,
        }
    }

    /// What was typed, upon the question as it is.
    pub(super) fn typed(fields: &Fields, question: &Question) -> Self {
        let mut form = Self::of(question);
        let typed = &mut form.question;
        typed.text = words(fields, "text", &question.text);
        typed.help = words(fields, "help", &question.help);
        typed.is_required = fields.is_on("is_required");
        match &mut typed.kind {
            QuestionKind::Csat { look } => {
                *look = match fields.get("look") {
                    "stars" => CsatLook::Stars,
                    "words" => CsatLook::Words,
                    _ => CsatLook::Smileys,
                };
            }
            QuestionKind::Ces { version } => {
                *version = if fields.get("version") == "v1" {
                    CesVersion::V1
                } else {
                    CesVersion::V2
                };
            }
            QuestionKind::Rating {
                low_label,
                high_label,
                ..
            } => {
                *low_label = words(fields, "low_label", low_label);
                *high_label = words(fields, "high_label", high_label);
                form.scale = ["min", "max", "top"].map(|name| fields.get(name).to_owned());
            }
            QuestionKind::Choice {
                options,
                is_multiple,
                has_other,
                ..
            } => {
                *options = typed_options(fields, options);
                *is_multiple = fields.get("is_multiple") == "yes";
                *has_other = fields.is_on("has_other");
            }
            QuestionKind::Text { is_long } => *is_long = fields.get("is_long") == "yes",
            QuestionKind::Nps
            | QuestionKind::Mark
            | QuestionKind::YesNo
            | QuestionKind::Statement
            | QuestionKind::Matrix { .. }
            | QuestionKind::Ranking { .. }
            | QuestionKind::Slider { .. }
            | QuestionKind::Number { .. }
            | QuestionKind::Date { .. }
            | QuestionKind::Contact { .. }
            | QuestionKind::Consent => {}
        }
        form
    }

    /// The question to be saved.
    ///
    /// # Errors
    /// The fields that cannot be read.
    pub(super) fn read(&self, t: Text) -> Result<Question, Vec<FormError>> {
        let mut question = self.question.clone();
        let mut errors = Vec::new();
        if let QuestionKind::Rating { min, max, top, .. } = &mut question.kind {
            let [typed_min, typed_max, typed_top] = &self.scale;
            let mut refuse = |field: &str, key: &str| {
                errors.push(FormError {
                    field: field.to_owned(),
                    message: t.s(key),
                });
            };
            match typed_min.parse() {
                Ok(low @ 0..=1) => *min = low,
                _ => refuse("min", "survey-problem-scale-min"),
            }
            match typed_max.parse::<i32>() {
                Ok(high) if high > *min && high <= *min + 10 => *max = high,
                _ => refuse("max", "survey-problem-scale-max"),
            }
            match typed_top.parse::<u8>() {
                Ok(best) if best >= 1 && i32::from(best) <= *max - *min => *top = best,
                _ => refuse("top", "survey-problem-scale-top"),
            }
        }
        if errors.is_empty() {
            Ok(question)
        } else {
            Err(errors)
        }
    }

    /// Moves or removes an option: `up:2`, `down:2`, `remove:2`, counted from 0.
    pub(super) fn arrange_options(&mut self, what: &str) {
        let QuestionKind::Choice { options, .. } = &mut self.question.kind else {
            return;
        };
        let Some((what, place)) = what.split_once(':') else {
            return;
        };
        let Ok(place) = place.parse::<usize>() else {
            return;
        };
        if place >= options.len() {
            return;
        }
        match what {
            "remove" => drop(options.remove(place)),
            "up" if place > 0 => options.swap(place - 1, place),
            "down" if place + 1 < options.len() => options.swap(place, place + 1),
            _ => {}
        }
    }
}

fn typed_options(fields: &Fields, before: &[Choice]) -> Vec<Choice> {
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
fn clean(text: &str) -> String {
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
        form.arrange_options("down:0");
        assert_eq!(codes(&form), ["lang", "kort"]);
        for nonsense in ["up:0", "down:1", "remove:9", "remove:-1", "x:0", "up", ""] {
            form.arrange_options(nonsense);
        }
        assert_eq!(codes(&form), ["lang", "kort"]);
        form.arrange_options("remove:0");
        assert_eq!(codes(&form), ["kort"]);
    }

    #[test]
    fn an_impossible_scale_is_refused_field_by_field() {
        let question: Question = serde_json::from_str(
            r#"{"key":"cijfer","text":{"nl":"?"},"kind":"rating","min":1,"max":5,"top":2}"#,
        )
        .unwrap();
        let t = Text::new(Language::Nl);
        let wrong = |typed: &[u8]| {
            let form = QuestionForm::typed(&Fields::parse(typed), &question);
            let errors = form.read(t).err().unwrap_or_default();
            errors
                .into_iter()
                .map(|error| error.field)
                .collect::<Vec<_>>()
        };
        assert_eq!(wrong(b"min=0&max=10&top=2"), Vec::<String>::new());
        assert_eq!(wrong(b"min=2&max=99999999999&top=x"), ["min", "max", "top"]);
        assert_eq!(wrong(b"min=1&max=5&top=5"), ["top"]);
    }

    #[test]
    fn invisible_characters_are_left_out() {
        assert_eq!(clean(" een\r\ntwee\0\u{7} "), "een\ntwee");
    }
}
