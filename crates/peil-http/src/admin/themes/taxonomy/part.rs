//! One part of a theme: its name, its words, and what becomes of it.

use askama::Template;
use axum::response::Response;
use peil_app::{
    AppError,
    themes::{TaxonomyFound, WordList},
};

use super::{
    DraftBar, draft_bar,
    forms::{LANGUAGES, box_value, field, typed as typed_word},
    of_href,
    theme::names_of,
    words::own_name,
};
use crate::{
    admin::{frame::Frame, page},
    edge::{fields::Fields, parts::FormError, problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "themes/taxonomy_part.html")]
struct PartPage {
    t: Text,
    frame: Frame,
    errors: Vec<FormError>,
    draft: Option<DraftBar>,
    here: String,
    theme: (String, String),
    name: String,
    names: [String; 2],
    is_off: bool,
    lists: Vec<WordsField>,
    going: Vec<GoingWords>,
    themes: Vec<Choice>,
    parts: Vec<(String, Vec<Choice>)>,
    may_change: bool,
    typed: Fields,
}

/// Something to choose.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) is_chosen: bool,
}

/// Words of one kind.
struct WordsField {
    code: &'static str,
    label: String,
    help: String,
    rows: usize,
    fields: Vec<LanguageField>,
}

/// Words of one kind in one language.
struct LanguageField {
    code: &'static str,
    language: String,
    field: String,
    words: String,
}

/// Words in one language that can go to a part of their own.
struct GoingWords {
    title: String,
    code: &'static str,
    words: Vec<(String, String, bool)>,
}

pub(super) fn part_page(
    signed: &Signed,
    found: &TaxonomyFound,
    code: &str,
    errors: Vec<FormError>,
    typed: Fields,
) -> Result<Response, PageError> {
    let t = signed.text;
    let part = found.edited.part(code).ok_or(AppError::NotFound)?;
    let whole = code.split_once('.').map_or("", |(whole, _)| whole);
    let theme = found.edited.theme(whole).ok_or(AppError::NotFound)?;
    let name = own_name(t, &part.names);
    let frame = Frame::new(signed, "themes", name.clone());
    page(&PartPage {
        t,
        draft: draft_bar(signed, &frame, found),
        frame,
        errors,
        here: of_href(code),
        theme: (of_href(whole), own_name(t, &theme.names)),
        names: names_of(&typed, "name", &part.names),
        is_off: found.edited.off.contains(code),
        lists: lists(t, part, &typed),
        going: going(t, part, &typed),
        themes: themes(t, found, whole, &typed),
        parts: parts(t, found, code, &typed),
        may_change: found.may_change,
        name,
        typed,
    })
}

fn lists(t: Text, part: &peil_app::themes::SubTheme, typed: &Fields) -> Vec<WordsField> {
    let of_list = |list: WordList| {
        let fields = LANGUAGES.into_iter().map(|(language, code)| {
            let words = part.words.iter().find(|words| words.language == language);
            let name = field(list, code);
            let known: Vec<String> = words
                .map(|words| list.of(words).iter().map(|word| typed_word(word)).collect())
                .unwrap_or_default();
            LanguageField {
                code,
                language: t.s(&format!("language-{code}")),
                words: typed.raw(&name).map_or(known.join("\n"), str::to_owned),
                field: name,
            }
        });
        let fields: Vec<LanguageField> = fields.collect();
        let lines = fields.iter().map(|field| field.words.lines().count());
        WordsField {
            code: list.code(),
            label: t.s(&format!("taxonomy-list-{}", list.code())),
            help: t.s(&format!("taxonomy-list-{}-help", list.code())),
            rows: lines.max().unwrap_or_default().clamp(2, 12),
            fields,
        }
    };
    WordList::ALL.into_iter().map(of_list).collect()
}

fn going(t: Text, part: &peil_app::themes::SubTheme, typed: &Fields) -> Vec<GoingWords> {
    let of = |(language, code): (_, &'static str)| {
        let words = part.words.iter().find(|words| words.language == language)?;
        let all = WordList::ALL.into_iter().flat_map(|list| {
            let words = list.of(words).iter();
            words.map(move |word| (box_value(code, list, word), typed_word(word)))
        });
        let all: Vec<(String, String, bool)> = all
            .map(|(value, word)| {
                let is_ticked = typed.all("going").any(|ticked| ticked == value);
                (value, word, is_ticked)
            })
            .collect();
        (!all.is_empty()).then(|| GoingWords {
            title: t.s(&format!("taxonomy-words-{code}")),
            code,
            words: all,
        })
    };
    LANGUAGES.into_iter().filter_map(of).collect()
}

fn themes(t: Text, found: &TaxonomyFound, whole: &str, typed: &Fields) -> Vec<Choice> {
    let all = found.edited.all.themes.iter();
    all.filter(|theme| theme.code != whole && theme.code != "no_content")
        .map(|theme| Choice {
            is_chosen: typed.get("to") == theme.code,
            code: theme.code.clone(),
            name: own_name(t, &theme.names),
        })
        .collect()
}

fn parts(t: Text, found: &TaxonomyFound, own: &str, typed: &Fields) -> Vec<(String, Vec<Choice>)> {
    let all = found.edited.all.themes.iter();
    let groups = all.filter(|theme| theme.code != "no_content").map(|theme| {
        let parts = theme.parts.iter().map(|part| {
            let code = format!("{}.{}", theme.code, part.code);
            Choice {
                is_chosen: typed.get("into") == code,
                name: own_name(t, &part.names),
                code,
            }
        });
        let parts: Vec<Choice> = parts.filter(|part| part.code != own).collect();
        (own_name(t, &theme.names), parts)
    });
    groups.filter(|(_, parts)| !parts.is_empty()).collect()
}
