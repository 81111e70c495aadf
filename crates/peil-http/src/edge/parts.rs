//! Small pieces of HTML that templates put in by name.

use std::fmt;

use askama::filters::HtmlSafe;

use super::{assets, problem::Described, signed::CSRF_FIELD, text::Text};

/// HTML that is safe because every value in it was escaped when it was made.
pub(crate) struct Piece(String);

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Piece {}

impl Piece {
    /// What a template of a few words makes; nothing when it fails.
    pub(crate) fn of(template: &impl askama::Template) -> Self {
        Self(template.render().unwrap_or_default())
    }
}

/// Escapes text for use between tags and inside quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// An error to be shown in a form: the id of its field, or nothing, and the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormError {
    /// Id of the field; empty when it is about the form as a whole.
    pub(crate) field: String,
    /// The words.
    pub(crate) message: String,
}

impl From<Described> for FormError {
    fn from(said: Described) -> Self {
        Self {
            field: said.field.unwrap_or_default(),
            message: said.message,
        }
    }
}

impl Text {
    /// An icon of the sprite.
    pub(crate) fn icon(self, name: &str) -> Piece {
        self.sprite(name, "icon")
    }

    /// A small icon of the sprite.
    pub(crate) fn icon_small(self, name: &str) -> Piece {
        self.sprite(name, "icon is-small")
    }

    /// Any picture of the sprite.
    #[expect(
        clippy::unused_self,
        reason = "templates have a text at hand, and call everything on it"
    )]
    pub(crate) fn sprite(self, name: &str, class: &str) -> Piece {
        let url = assets::url("icons.svg");
        Piece(format!(
            r#"<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>"#,
            escape(class),
            url,
            escape(name)
        ))
    }

    /// The hidden field that shows that a form is ours.
    #[expect(
        clippy::unused_self,
        reason = "templates have a text at hand, and call everything on it"
    )]
    pub(crate) fn csrf_field(self, token: &str) -> Piece {
        Piece(format!(
            r#"<input type="hidden" name="{CSRF_FIELD}" value="{}">"#,
            escape(token)
        ))
    }

    /// A labelled input of one line. Its help is the sentence `{label}-help`, when there is one;
    /// its error stands between label and input.
    pub(crate) fn field(
        self,
        errors: &[FormError],
        name: &str,
        label: &str,
        value: &str,
        kind: &str,
        autocomplete: &str,
    ) -> Piece {
        let error = errors.iter().find(|error| error.field == name);
        let help = self.find(&format!("{label}-help"));
        let mut described = Vec::new();
        let mut before = String::new();
        if let Some(help) = help {
            described.push(format!("{name}-help"));
            before.push_str(&format!(
                r#"<p class="help" id="{}-help">{}</p>"#,
                escape(name),
                escape(&help)
            ));
        }
        if let Some(error) = error {
            described.push(format!("{name}-error"));
            before.push_str(&format!(
                r#"<p class="error" id="{}-error">{}{}</p>"#,
                escape(name),
                self.icon("warning"),
                escape(&error.message)
            ));
        }
        let describes = if described.is_empty() {
            String::new()
        } else {
            format!(r#" aria-describedby="{}""#, escape(&described.join(" ")))
        };
        let wrong = if error.is_some() { " is-wrong" } else { "" };
        let invalid = if error.is_some() {
            r#" aria-invalid="true""#
        } else {
            ""
        };
        Piece(format!(
            r#"<div class="field{wrong}"><label class="label" for="{id}">{label}</label>{before}<input class="field-input" id="{id}" name="{id}" type="{kind}" autocomplete="{autocomplete}" value="{value}"{describes}{invalid}></div>"#,
            id = escape(name),
            label = escape(&self.s(label)),
            kind = escape(kind),
            autocomplete = escape(autocomplete),
            value = escape(value),
        ))
    }

    /// The error of one field, to stand beside it.
    pub(crate) fn field_error(self, errors: &[FormError], name: &str) -> Piece {
        let found = errors.iter().find(|error| error.field == name);
        Piece(found.map_or_else(String::new, |error| {
            format!(
                r#"<p class="error" id="{}-error">{}{}</p>"#,
                escape(name),
                self.icon("warning"),
                escape(&error.message)
            )
        }))
    }

    /// Whether something is wrong with a field.
    #[expect(
        clippy::unused_self,
        reason = "templates have a text at hand, and call everything on it"
    )]
    pub(crate) fn has_error(self, errors: &[FormError], name: &str) -> bool {
        errors.iter().any(|error| error.field == name)
    }

    /// Code of the language that one can switch to.
    pub(crate) fn other_code(self) -> &'static str {
        use peil_domain::shared::Language;
        let other = Language::ALL
            .into_iter()
            .find(|language| *language != self.language);
        other.unwrap_or(self.language).code()
    }
}

impl Text {
    /// A row of links between pages that belong together.
    pub(crate) fn tabs(self, label: &str, tabs: &[(&str, &str)], current: &str) -> Piece {
        let mut links = String::new();
        for (href, key) in tabs {
            let mark = if *href == current {
                r#" aria-current="page""#
            } else {
                ""
            };
            links.push_str(&format!(
                r#"<a href="{}"{mark}>{}</a>"#,
                escape(href),
                escape(&self.s(key))
            ));
        }
        Piece(format!(
            r#"<nav class="tabs" aria-label="{}">{links}</nav>"#,
            escape(&self.s(label))
        ))
    }
}
