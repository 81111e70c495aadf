//! A formula as JSON, for programs that work it out themselves, such as the script of a
//! questionnaire's page.
//!
//! Numbers, texts, yes and no stand for themselves, `null` for empty. Everything else is a list
//! that begins with a word: `["answer", "nps"]`, `["contact", "segment"]`, `["value", "total"]`,
//! `["name", "nps"]` when it may be any of these, `["date", "2026-01-31"]`, `["list", "a", "b"]`, and operators and
//! functions with their parts: `["and", ["<=", ["name", "nps"], 6], …]`.

use serde_json::{Value as Json, json};

use super::{Expression, Reference, Source, Value};

impl Expression {
    /// The tree as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.to_json_with(&|reference| {
            let kind = match reference.source {
                Source::Anywhere => "name",
                Source::Answer => "answer",
                Source::Calculated => "value",
                Source::Contact => "contact",
            };
            json!([kind, reference.name])
        })
    }

    /// The tree as JSON with something else in the place of every name.
    #[must_use]
    pub fn to_json_with(&self, name: &dyn Fn(&Reference) -> Json) -> Json {
        match self {
            Self::Number(number) => json!(number.get()),
            Self::Text(text) => json!(text),
            Self::Date(date) => json!(["date", date.to_string()]),
            Self::Truth(is_so) => json!(is_so),
            Self::Empty => Json::Null,
            Self::Reference(reference) => name(reference),
            Self::And(parts) => list("and", parts, name),
            Self::Or(parts) => list("or", parts, name),
            Self::Not(part) => list("not", [&**part], name),
            Self::Compare(how, parts) => list(how.symbol(), parts.iter(), name),
            Self::In(part, values) => list("in", std::iter::once(&**part).chain(values), name),
            Self::Calculate(how, parts) => list(how.symbol(), parts.iter(), name),
            Self::Call(function, parts) => list(function.name(), parts, name),
        }
    }
}

impl Value {
    /// The value as part of a tree.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Empty => Json::Null,
            Self::Number(number) => json!(number.get()),
            Self::Text(text) => json!(text),
            Self::Truth(is_so) => json!(is_so),
            Self::Date(date) => json!(["date", date.to_string()]),
            Self::List(items) => {
                let items = items.iter().map(|item| json!(item));
                Json::Array(std::iter::once(json!("list")).chain(items).collect())
            }
        }
    }
}

fn list<'a>(
    word: &str,
    parts: impl IntoIterator<Item = &'a Expression>,
    name: &dyn Fn(&Reference) -> Json,
) -> Json {
    let parts = parts.into_iter().map(|part| part.to_json_with(name));
    Json::Array(std::iter::once(json!(word)).chain(parts).collect())
}
