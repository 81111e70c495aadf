//! Changes to themes in words.

use peil_app::themes::{Edit, Name, Sector, TaxonomyFound};
use peil_domain::shared::Language;

use super::forms::typed;
use crate::{admin::themes::spoken::full_name, edge::text::Text};

/// Words that are named in a sentence about a change.
const MOST_WORDS: usize = 5;

/// A change in a sentence.
pub(super) fn edit(t: Text, found: &TaxonomyFound, edit: &Edit) -> String {
    let name = |code: &str| full_name(t, &found.names, code);
    match edit {
        Edit::Rename { code, names } => t.a(
            "taxonomy-edit-rename",
            &[
                ("code", before(t, found, code).into()),
                ("name", own_name(t, names).into()),
            ],
        ),
        Edit::Words {
            code,
            added,
            removed,
            ..
        } => {
            let of = |key: &str, words: &[String]| {
                t.a(
                    key,
                    &[
                        ("theme", name(code).into()),
                        ("words", some(t, words).into()),
                    ],
                )
            };
            let mut said = Vec::new();
            if !added.is_empty() {
                said.push(of("taxonomy-edit-words-added", added));
            }
            if !removed.is_empty() {
                said.push(of("taxonomy-edit-words-removed", removed));
            }
            said.join(" ")
        }
        Edit::AddTheme { names, .. } => t.a(
            "taxonomy-edit-theme",
            &[("name", own_name(t, names).into())],
        ),
        Edit::AddPart { code, names } => {
            let whole = code.split_once('.').map_or("", |(whole, _)| whole);
            t.a(
                "taxonomy-edit-part",
                &[
                    ("name", own_name(t, names).into()),
                    ("theme", name(whole).into()),
                ],
            )
        }
        Edit::Merge { code, into } => t.a(
            "taxonomy-edit-merge",
            &[
                ("code", before(t, found, code).into()),
                ("into", name(into).into()),
            ],
        ),
        Edit::Move { code, to } => {
            let now = found.edited.resolve(code);
            let own = found.names.name(now, t.language);
            t.a(
                "taxonomy-edit-move",
                &[("name", own.into()), ("to", before(t, found, to).into())],
            )
        }
        Edit::SwitchOff { code } => t.a("taxonomy-edit-off", &[("name", name(code).into())]),
        Edit::SwitchOn { code } => t.a("taxonomy-edit-on", &[("name", name(code).into())]),
    }
}

/// What something is called in what is in use; what came with the draft has its name there.
fn before(t: Text, found: &TaxonomyFound, code: &str) -> String {
    let names = if found.names_in_use.has(code) {
        &found.names_in_use
    } else {
        &found.names
    };
    full_name(t, names, code)
}

/// That the line of business is another one, in a sentence.
pub(super) fn sector_change(t: Text, sector: Option<Sector>) -> String {
    match sector {
        Some(sector) => t.a(
            "taxonomy-edit-sector",
            &[("name", sector_name(t, sector).into())],
        ),
        None => t.s("taxonomy-edit-no-sector"),
    }
}

/// What a line of business is called.
pub(super) fn sector_name(t: Text, sector: Sector) -> String {
    own_name(t, &sector.names())
}

/// The name in the language of the reader.
pub(super) fn own_name(t: Text, names: &[Name]) -> String {
    let wanted = match t.language {
        Language::Nl => "nl",
        Language::En => "en",
    };
    let own = names.iter().find(|name| name.language.code() == wanted);
    own.or_else(|| names.first())
        .map_or_else(String::new, |name| name.text.clone())
}

/// A few of the words, and how many more there are.
fn some(t: Text, words: &[String]) -> String {
    let shown: Vec<String> = words
        .iter()
        .take(MOST_WORDS)
        .map(|word| typed(word))
        .collect();
    let shown = shown.join(", ");
    let more = words.len().saturating_sub(MOST_WORDS);
    if more == 0 {
        return shown;
    }
    t.a(
        "taxonomy-words-more",
        &[("words", shown.into()), ("n", more.into())],
    )
}
