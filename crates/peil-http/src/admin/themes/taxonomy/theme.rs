//! One theme: its name, its parts, and what becomes of them.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::{
    AppError,
    themes::{Edit, TaxonomyChange, TaxonomyFound},
};

use super::{
    DraftBar, HERE, draft_bar, form_errors, forms, of_href,
    part::{Choice, part_page},
    refused,
    words::own_name,
};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        problem::PageError,
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "themes/taxonomy_theme.html")]
struct ThemePage {
    t: Text,
    frame: Frame,
    errors: Vec<FormError>,
    draft: Option<DraftBar>,
    here: String,
    name: String,
    names: [String; 2],
    is_off: bool,
    parts: Vec<PartLine>,
    others: Vec<Choice>,
    may_change: bool,
    typed: Fields,
}

/// A part of the theme.
struct PartLine {
    code: String,
    href: String,
    name: String,
    is_off: bool,
    is_ticked: bool,
    words: String,
}

pub(super) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let found = web.app.get_taxonomy(&signed.identity.actor).await?;
    render(&signed, &found, &code, Vec::new(), Fields::default())
}

/// One page shows themes, another one parts.
fn render(
    signed: &Signed,
    found: &TaxonomyFound,
    code: &str,
    errors: Vec<FormError>,
    typed: Fields,
) -> Result<Response, PageError> {
    if code.contains('.') {
        part_page(signed, found, code, errors, typed)
    } else {
        theme_page(signed, found, code, errors, typed)
    }
}

pub(super) async fn change(
    State(web): State<Web>,
    Path(code): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let actor = &signed.identity.actor;
    let wanted = change_of(&code, &fields).ok_or(AppError::NotFound)?;
    // What goes elsewhere is found there, what is new stands beside the old.
    let next = match fields.get("do") {
        "merge" => of_href(fields.get("into")),
        "move" | "split" if code.contains('.') => of_href(whole(&code)),
        "split" => HERE.to_owned(),
        _ => of_href(&code),
    };
    match web.app.change_taxonomy(actor, wanted).await {
        Ok(()) => Ok(done(&next, "taxonomy-changed")),
        Err(error) => {
            let field = match &error {
                AppError::Themes(why) => forms::field_of(&fields, why, field_of(&fields)),
                _ => String::new(),
            };
            let errors = form_errors(signed.text, error, &field)?;
            let found = web.app.get_taxonomy(actor).await?;
            Ok(refused(render(&signed, &found, &code, errors, fields)?))
        }
    }
}

fn whole(code: &str) -> &str {
    code.split_once('.').map_or(code, |(whole, _)| whole)
}

/// The field that an error of a form is about.
fn field_of(fields: &Fields) -> &'static str {
    match fields.get("do") {
        "rename" => "name_nl",
        "words" => "strong_nl",
        "part" => "new_nl",
        "merge" => "into",
        "move" => "to",
        "split" => "split_nl",
        _ => "",
    }
}

/// What a form asks for.
fn change_of(code: &str, fields: &Fields) -> Option<TaxonomyChange> {
    let code = code.to_owned();
    let is_part = code.contains('.');
    Some(match fields.get("do") {
        "rename" => TaxonomyChange::Edit(Edit::Rename {
            code,
            names: forms::names(fields, "name"),
        }),
        "words" => TaxonomyChange::SetWords {
            code,
            words: forms::words(fields),
        },
        "part" => TaxonomyChange::NewPart {
            theme: code,
            names: forms::names(fields, "new"),
            words: forms::words(fields),
        },
        "merge" => TaxonomyChange::Edit(Edit::Merge {
            code,
            into: fields.get("into").to_owned(),
        }),
        "move" => TaxonomyChange::Edit(Edit::Move {
            code,
            to: fields.get("to").to_owned(),
        }),
        "split" if is_part => TaxonomyChange::SplitPart {
            code,
            names: forms::names(fields, "split"),
            words: forms::ticked(fields, "going"),
        },
        "split" => TaxonomyChange::SplitTheme {
            names: forms::names(fields, "split"),
            parts: fields.all("going").map(str::to_owned).collect(),
        },
        "off" => TaxonomyChange::Edit(Edit::SwitchOff { code }),
        "on" => TaxonomyChange::Edit(Edit::SwitchOn { code }),
        _ => return None,
    })
}

fn theme_page(
    signed: &Signed,
    found: &TaxonomyFound,
    code: &str,
    errors: Vec<FormError>,
    typed: Fields,
) -> Result<Response, PageError> {
    let t = signed.text;
    let theme = found.edited.theme(code).ok_or(AppError::NotFound)?;
    let name = own_name(t, &theme.names);
    let frame = Frame::new(signed, "themes", name.clone());
    let parts = theme.parts.iter().map(|part| {
        let code = format!("{code}.{}", part.code);
        let words = part
            .words
            .iter()
            .map(|words| words.strong.len() + words.weak.len());
        PartLine {
            href: of_href(&code),
            name: own_name(t, &part.names),
            is_off: found.edited.off.contains(&code),
            is_ticked: typed.all("going").any(|ticked| ticked == code),
            words: t.a("taxonomy-n-words", &[("n", words.sum::<usize>().into())]),
            code,
        }
    });
    let others = found.edited.all.themes.iter();
    let others = others.filter(|other| other.code != code && other.code != "no_content");
    let into = typed.get("into").to_owned();
    page(&ThemePage {
        t,
        draft: draft_bar(signed, &frame, found),
        frame,
        errors,
        here: of_href(code),
        names: names_of(&typed, "name", &theme.names),
        is_off: found.edited.off.contains(code),
        parts: parts.collect(),
        others: others
            .map(|other| Choice {
                is_chosen: other.code == into,
                code: other.code.clone(),
                name: own_name(t, &other.names),
            })
            .collect(),
        may_change: found.may_change,
        name,
        typed,
    })
}

/// The names that a form shows: what was typed, else what it has.
pub(super) fn names_of(
    typed: &Fields,
    prefix: &str,
    names: &[peil_app::themes::Name],
) -> [String; 2] {
    let of = |code: &str| {
        let own = names.iter().find(|name| name.language.code() == code);
        let known = own.map_or("", |name| name.text.as_str());
        let field = format!("{prefix}_{code}");
        typed.raw(&field).unwrap_or(known).to_owned()
    };
    [of("nl"), of("en")]
}
