//! What surrounds every respondent page: name or picture of the organisation, progress, privacy, languages.

use peil_app::settings::{logo_path, pictures_path};
use peil_domain::{
    access::Workspace,
    response::Flow,
    shared::Language,
    survey::{Corners, Definition, SurveyLook, TextSize},
};

use super::link::Link;
use crate::edge::{assets, text::Text};

/// How a reader changes the language.
pub(super) enum Switch<'a> {
    /// By a button of the form, so that what was typed comes along.
    Button,
    /// By a link to this path and query, to which the language is added.
    Link(&'a str),
}

/// What surrounds a page.
pub(super) struct Shell<'a> {
    pub(super) t: Text,
    pub(super) organisation: &'a str,
    pub(super) logo: Option<LogoView>,
    pub(super) css: String,
    /// Classes of the whole page: size of letters and corners.
    pub(super) class: String,
    pub(super) brief: String,
    /// Page that is shown, counted from 1, and number of pages.
    pub(super) progress: Option<(usize, usize)>,
    pub(super) privacy: String,
    pub(super) privacy_link: Option<&'a str>,
    pub(super) stop: Option<String>,
    pub(super) others: Vec<OtherLanguage>,
}

/// The organisation's picture, shown instead of its name.
pub(super) struct LogoView {
    pub(super) href: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl LogoView {
    fn of(workspace: &Workspace) -> Option<Self> {
        let logo = workspace.brand.logo.as_ref()?;
        let (width, height) = logo.shown_size();
        Some(Self {
            href: logo_path(workspace.id, logo),
            width,
            height,
        })
    }
}

/// A language that the reader can change to.
pub(super) struct OtherLanguage {
    pub(super) code: &'static str,
    /// Its name in that language.
    pub(super) name: String,
    /// Where a link leads; nothing for a button of the form.
    pub(super) href: Option<String>,
}

impl<'a> Shell<'a> {
    /// A shell in the look of an organisation.
    pub(super) fn new(workspace: &'a Workspace, language: Language) -> Self {
        let t = Text::new(language);
        Self {
            t,
            organisation: &workspace.name,
            logo: LogoView::of(workspace),
            css: assets::respondent_css_url(workspace.brand.accent),
            class: String::new(),
            brief: String::new(),
            progress: None,
            privacy: t.a(
                "respond-privacy",
                &[("organisation", (&workspace.name).into())],
            ),
            privacy_link: workspace
                .brand
                .privacy_link
                .as_deref()
                .filter(|link| is_web(link)),
            stop: None,
            others: Vec::new(),
        }
    }

    /// The same in the look of one questionnaire.
    pub(super) fn dressed(mut self, workspace: &Workspace, look: &SurveyLook) -> Self {
        if let Some(accent) = look.accent {
            self.css = assets::respondent_css_url(accent);
        }
        if let Some(logo) = &look.logo {
            let (width, height) = logo.shown_size();
            self.logo = Some(LogoView {
                href: format!("{}/{}", pictures_path(workspace.id), logo.file),
                width,
                height,
            });
        }
        let size = match look.text_size {
            TextSize::Usual => "",
            TextSize::Large => "is-large ",
            TextSize::Larger => "is-larger ",
        };
        let corners = match look.corners {
            Corners::Soft => "",
            Corners::Square => "is-square",
            Corners::Round => "is-round",
        };
        format!("{size}{corners}")
            .trim()
            .clone_into(&mut self.class);
        self
    }

    /// The same on a link: a personal one says so and offers a way out.
    pub(super) fn on(mut self, link: &Link) -> Self {
        if let Some(stop) = link.stop_path() {
            let organisation = [("organisation", self.organisation.into())];
            self.privacy = self.t.a("respond-privacy-personal", &organisation);
            self.stop = Some(stop);
        }
        self
    }

    /// The same with a way to other languages.
    pub(super) fn switching(mut self, languages: &[Language], switch: &Switch<'_>) -> Self {
        let others = languages.iter().filter(|other| **other != self.t.language);
        self.others = others
            .map(|other| OtherLanguage {
                code: other.code(),
                name: Text::new(*other).s("respond-language-name"),
                href: switch.href(*other),
            })
            .collect();
        self
    }

    /// Whether the form has buttons before its first question, which must not become the ones that
    /// the Enter key presses.
    pub(super) fn has_button(&self) -> bool {
        self.others.iter().any(|other| other.href.is_none())
    }

    /// The same on a page of a questionnaire.
    pub(super) fn at(mut self, definition: &Definition, flow: &Flow<'_>, page: usize) -> Self {
        let pages = flow.pages().count();
        let page = flow.pages().filter(|number| *number <= page).count();
        if definition.pages.len() > 1 && !definition.shows_progress {
            self.brief = String::new();
        } else if definition.pages.len() > 1 {
            self.progress = Some((page, pages));
            let place = [("page", page.into()), ("pages", pages.into())];
            self.brief = self.t.a("respond-page-of", &place);
        } else {
            let asked = definition
                .questions()
                .filter(|question| question.kind.asks())
                .count();
            let minutes = definition.estimated_minutes();
            let size = [("questions", asked.into()), ("minutes", minutes.into())];
            self.brief = self.t.a("respond-size", &size);
        }
        self
    }
}

impl Switch<'_> {
    fn href(&self, language: Language) -> Option<String> {
        let Self::Link(path) = self else { return None };
        let joint = if path.contains('?') { '&' } else { '?' };
        Some(format!("{path}{joint}lang={language}"))
    }
}

fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}
