//! What is open in the editor, and the addresses that open something else.

use std::fmt::Display;

use peil_domain::shared::{Language, QuestionKey, SurveyId};

use super::words;
use crate::edge::fields::{Fields, encode};

/// What a phone shows, where there is no room for everything beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pane {
    /// The pages and questions.
    Outline,
    /// What is chosen among them.
    Edit,
    /// What customers see.
    Preview,
}

impl Pane {
    /// The pane as a stable word.
    const fn code(self) -> &'static str {
        match self {
            Self::Outline => "outline",
            Self::Edit => "edit",
            Self::Preview => "preview",
        }
    }
}

/// What is open in the editor, and how the example is shown.
#[derive(Clone)]
pub(super) struct View {
    /// The questionnaire.
    pub(super) id: SurveyId,
    /// The question that is open.
    pub(super) open: Option<QuestionKey>,
    /// Another part that is open: `texts`, `languages`, `page-2`, `add`.
    pub(super) part: String,
    /// Whether the example is as wide as a computer.
    pub(super) is_desktop: bool,
    /// Language of the example.
    pub(super) language: Language,
    /// Page that something is added to, counted from 1.
    pub(super) on_page: Option<usize>,
    /// Revision since which is told what others did.
    pub(super) since: Option<i32>,
    /// What a phone was asked to show.
    asked: Option<Pane>,
}

impl View {
    /// Reads it from an address or form.
    pub(super) fn of(id: SurveyId, fields: &Fields, language: Language) -> Self {
        Self {
            id,
            open: fields.get("open").parse().ok(),
            part: fields.get("part").to_owned(),
            is_desktop: fields.get("device") == "desktop",
            language: fields.get("language").parse().unwrap_or(language),
            on_page: fields.get("page").parse().ok(),
            since: fields.get("since").parse().ok(),
            asked: match fields.get("show") {
                "outline" => Some(Pane::Outline),
                "edit" => Some(Pane::Edit),
                "preview" => Some(Pane::Preview),
                _ => None,
            },
        }
    }

    fn address(&self, what: &str, is_desktop: bool, language: Language) -> String {
        let device = if is_desktop { "desktop" } else { "phone" };
        format!(
            "/surveys/{}?{what}device={device}&language={language}",
            self.id
        )
    }

    fn own(&self, what: &str) -> String {
        self.address(what, self.is_desktop, self.language)
    }

    /// The editor with this question open.
    pub(super) fn with_open(&self, key: &QuestionKey) -> String {
        format!("{}#q-{key}", self.own(&format!("open={key}&")))
    }

    /// The editor with this part open.
    pub(super) fn with_part(&self, part: &str) -> String {
        let what = format!("part={}&", encode(part));
        format!("{}#o-{}", self.own(&what), encode(part))
    }

    /// The kinds to choose from, to be added behind a question or to the end of a page.
    pub(super) fn with_palette(&self, after: &str, page: impl Display) -> String {
        let what = format!("part=add&after={}&page={page}&", encode(after));
        self.own(&what)
    }

    /// The editor with nothing open.
    pub(super) fn closed(&self) -> String {
        self.own("")
    }

    fn what(&self) -> String {
        match &self.open {
            Some(key) => format!("open={key}&"),
            None if self.part.is_empty() => String::new(),
            None => format!("part={}&", encode(&self.part)),
        }
    }

    /// The same with the example on another screen.
    pub(super) fn on_device(&self, is_desktop: bool) -> String {
        self.address(&self.shown(), is_desktop, self.language)
    }

    /// The same with the example in another language.
    pub(super) fn in_language(&self, tongue: &words::Tongue) -> String {
        self.address(&self.shown(), self.is_desktop, tongue.language)
    }

    /// What is open, and where a phone was.
    fn shown(&self) -> String {
        match self.asked {
            Some(pane) => format!("{}show={}&", self.what(), pane.code()),
            None => self.what(),
        }
    }

    /// The parts that a phone shows one at a time: whether it is this one, address, message key.
    pub(super) fn panes(&self) -> [(bool, String, &'static str); 3] {
        let panes = [
            (Pane::Outline, "survey-pane-outline"),
            (Pane::Edit, "survey-pane-edit"),
            (Pane::Preview, "survey-preview"),
        ];
        panes.map(|(pane, label)| {
            let what = format!("{}show={}&", self.what(), pane.code());
            (pane == self.pane(), self.own(&what), label)
        })
    }

    fn pane(&self) -> Pane {
        let is_nothing_open = self.open.is_none() && self.part.is_empty();
        self.asked.unwrap_or(if is_nothing_open {
            Pane::Outline
        } else {
            Pane::Edit
        })
    }

    /// What a phone shows, as a stable word.
    pub(super) fn pane_code(&self) -> &'static str {
        self.pane().code()
    }

    /// Whether this part is open.
    pub(super) fn shows(&self, part: &str) -> bool {
        self.open.is_none() && self.part == part
    }

    /// Name of the screen of the example.
    pub(super) fn device(&self) -> &'static str {
        if self.is_desktop { "desktop" } else { "phone" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(query: &str) -> View {
        let id = "0192f0c1-2345-7000-8000-000000000001".parse().unwrap();
        View::of(id, &Fields::parse(query.as_bytes()), Language::Nl)
    }

    #[test]
    fn a_phone_shows_the_outline_until_something_is_chosen() {
        assert_eq!(view("").pane(), Pane::Outline);
        assert_eq!(view("open=nps").pane(), Pane::Edit);
        assert_eq!(view("part=texts").pane(), Pane::Edit);
        assert_eq!(view("open=nps&show=preview").pane(), Pane::Preview);
    }

    #[test]
    fn switching_screen_or_language_keeps_what_is_open() {
        let address = view("open=nps&show=preview&language=en").on_device(true);
        assert!(
            address.ends_with("?open=nps&show=preview&device=desktop&language=en"),
            "{address}"
        );
    }
}
