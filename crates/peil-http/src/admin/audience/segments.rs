//! Segments: the list with sizes, and the builder.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::{
    AppError,
    audience::{AttributeUse, SegmentSample},
};
use peil_domain::{
    access::Right,
    audience::{Field, Filter},
    shared::SegmentId,
};

use super::{
    conditions::{
        ConditionRow, FieldChoice, Input, field_choices, first_condition, read_filter, rows,
    },
    list::{field_label, value_label},
    name_of, read_id,
};
use crate::{
    Web,
    admin::{done, frame::Frame, page},
    edge::{
        fields::Fields,
        parts::FormError,
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

#[derive(Template)]
#[template(path = "audience/segments.html")]
struct SegmentsPage<'a> {
    t: Text,
    frame: Frame,
    tab: &'static str,
    may_write: bool,
    rows: Vec<SegmentRow>,
    errors: &'a [FormError],
}

struct SegmentRow {
    id: String,
    name: String,
    who: String,
    size: Option<String>,
}

#[derive(Template)]
#[template(path = "audience/segment.html")]
struct SegmentPage<'a> {
    t: Text,
    frame: Frame,
    title: String,
    action: String,
    id: Option<String>,
    may_write: bool,
    name: &'a str,
    conditions: Vec<ConditionRow>,
    choices: Vec<FieldChoice>,
    size: Size,
    errors: &'a [FormError],
}

/// The part of the builder that changes while conditions change.
#[derive(Template)]
#[template(path = "audience/segment_size.html")]
struct SizePart {
    t: Text,
    size: Size,
}

/// How many the conditions hold for, in words.
struct Size {
    count: String,
    sentence: String,
    problem: Option<String>,
    sample: Vec<(String, String)>,
    share: String,
}

pub(super) async fn show_segments(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, PageError> {
    segments_page(&web, &signed, &[]).await
}

async fn segments_page(
    web: &Web,
    signed: &Signed,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let (t, actor) = (signed.text, &signed.identity.actor);
    let attributes = web.app.list_attributes(actor).await?;
    let found = web.app.list_segments(actor).await?;
    page(&SegmentsPage {
        t,
        frame: Frame::new(signed, "audience", t.s("audience-segments")),
        tab: "segments",
        may_write: actor.has(Right::WriteAudience),
        rows: found
            .into_iter()
            .map(|one| SegmentRow {
                id: one.segment.id.to_string(),
                who: in_words(&one.segment.filter, &attributes, t),
                name: one.segment.name,
                size: one.size.map(|n| t.count(n)),
            })
            .collect(),
        errors,
    })
}

pub(super) async fn show_new(
    State(web): State<Web>,
    signed: Signed,
) -> Result<Response, PageError> {
    builder(&web, &signed, None, "", &Filter::default(), &[]).await
}

pub(super) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id: SegmentId = read_id(&id)?;
    let found = web
        .app
        .get_segment(&signed.identity.actor, id)
        .await?
        .segment;
    builder(
        &web,
        &signed,
        Some((id, &found.name)),
        &found.name,
        &found.filter,
        &[],
    )
    .await
}

pub(super) async fn create(
    State(web): State<Web>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let filter = press(&web, &signed, &fields).await?;
    let name = fields.get("name");
    if fields.get("do") != "save" {
        return builder(&web, &signed, None, name, &filter, &[]).await;
    }
    match web
        .app
        .create_segment(&signed.identity.actor, name, filter.clone())
        .await
    {
        Ok(_) => Ok(done("/audience/segments", "segment-saved")),
        Err(error) => {
            let errors = [said(error, signed.text)?];
            builder(&web, &signed, None, name, &filter, &errors).await
        }
    }
}

pub(super) async fn update(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id: SegmentId = read_id(&id)?;
    let (signed, fields) = (form.signed, form.fields);
    let filter = press(&web, &signed, &fields).await?;
    let name = fields.get("name");
    let actor = &signed.identity.actor;
    let known = web.app.get_segment(actor, id).await?.segment.name;
    if fields.get("do") != "save" {
        return builder(&web, &signed, Some((id, &known)), name, &filter, &[]).await;
    }
    match web
        .app
        .update_segment(actor, id, name, filter.clone())
        .await
    {
        Ok(_) => Ok(done("/audience/segments", "segment-saved")),
        Err(error) => {
            let errors = [said(error, signed.text)?];
            builder(&web, &signed, Some((id, &known)), name, &filter, &errors).await
        }
    }
}

pub(super) async fn count(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let filter = read_filter(&form.fields);
    let size = size_of(&web, &form.signed, &filter).await?;
    page(&SizePart {
        t: form.signed.text,
        size,
    })
}

pub(super) async fn remove(
    State(web): State<Web>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let id: SegmentId = read_id(&id)?;
    match web
        .app
        .remove_segment(&form.signed.identity.actor, id)
        .await
    {
        Ok(()) => Ok(done("/audience/segments", "segment-removed")),
        Err(error) => {
            let errors = [said(error, form.signed.text)?];
            segments_page(&web, &form.signed, &errors).await
        }
    }
}

/// A refusal to be shown in the form; anything else goes its own way.
fn said(error: AppError, t: Text) -> Result<FormError, PageError> {
    match error {
        AppError::Audience(_) | AppError::Invalid { .. } => Ok(describe(&error, t).into()),
        other => Err(other.into()),
    }
}

/// The filter of a form after the button that was pressed: one condition more or less.
async fn press(web: &Web, signed: &Signed, fields: &Fields) -> Result<Filter, PageError> {
    let mut filter = read_filter(fields);
    let pressed = fields.get("do");
    if let Some(place) = pressed
        .strip_prefix("drop-")
        .and_then(|text| text.parse().ok())
        && place < filter.conditions.len()
    {
        let _: peil_domain::audience::Condition = filter.conditions.remove(place);
    }
    let has_room = filter.conditions.len() < Filter::MOST_CONDITIONS;
    if pressed == "add"
        && has_room
        && let Ok(field) = fields.get("new-field").parse::<Field>()
    {
        let attributes = web.app.list_attributes(&signed.identity.actor).await?;
        filter.conditions.push(first_condition(field, &attributes));
    }
    Ok(filter)
}

async fn builder(
    web: &Web,
    signed: &Signed,
    known: Option<(SegmentId, &str)>,
    name: &str,
    filter: &Filter,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let (t, actor) = (signed.text, &signed.identity.actor);
    let attributes = web.app.list_attributes(actor).await?;
    let languages = web.app.get_audience(actor).await?.languages;
    let title = known.map_or_else(|| t.s("audience-segment-new"), |(_, name)| name.to_owned());
    let id = known.map(|(id, _)| id.to_string());
    let action = format!("/audience/segments/{}", id.as_deref().unwrap_or("new"));
    page(&SegmentPage {
        t,
        frame: Frame::new(signed, "audience", title.clone()),
        title,
        action,
        id,
        may_write: actor.has(Right::WriteAudience),
        name,
        conditions: rows(filter, &attributes, &languages, t),
        choices: field_choices(&attributes, t),
        size: size_of(web, signed, filter).await?,
        errors,
    })
}

async fn size_of(web: &Web, signed: &Signed, filter: &Filter) -> Result<Size, PageError> {
    let t = signed.text;
    match web.app.count_segment(&signed.identity.actor, filter).await {
        Ok(found) => Ok(Size::of(&found, t)),
        Err(error @ AppError::Audience(_)) => Ok(Size {
            count: String::new(),
            sentence: String::new(),
            problem: Some(describe(&error, t).message),
            sample: Vec::new(),
            share: String::new(),
        }),
        Err(error) => Err(error.into()),
    }
}

impl Size {
    fn of(found: &SegmentSample, t: Text) -> Self {
        let args = [
            ("n", t.count(found.reachable).into()),
            ("all", t.count(found.all).into()),
        ];
        // Width of the bar out of 100; whole percents are fine enough for a picture.
        let share = (found.size * 100).checked_div(found.all).unwrap_or(0);
        Self {
            count: t.count(found.size),
            sentence: t.a("audience-size", &args),
            problem: None,
            share: share.to_string(),
            sample: found
                .sample
                .iter()
                .map(|contact| (format!("/audience/{}", contact.id), name_of(contact)))
                .collect(),
        }
    }
}

/// What a value is called where it can be chosen.
fn label_in(input: &Input, value: &str) -> Option<String> {
    let Input::Boxes(boxes) = input else {
        return None;
    };
    let chosen = boxes.iter().find(|one| one.value == value)?;
    Some(chosen.label.clone())
}

/// A filter in one line of words.
fn in_words(filter: &Filter, attributes: &[AttributeUse], t: Text) -> String {
    if filter.conditions.is_empty() {
        return t.s("audience-everyone");
    }
    let described = rows(filter, attributes, &[], t)
        .into_iter()
        .zip(&filter.conditions);
    let parts: Vec<String> = described
        .map(|(row, condition)| {
            let operator = row.operators.into_iter().find(|one| one.is_on);
            let operator = operator.map(|one| one.label).unwrap_or_default();
            if condition.field == Field::OptOut {
                return operator;
            }
            let is_date = matches!(row.input, Input::Typed { kind: "date", .. });
            let values: Vec<String> = condition
                .values
                .iter()
                .map(|value| match value.parse::<jiff::civil::Date>() {
                    Ok(date) if is_date => t.date(date),
                    _ => label_in(&row.input, value)
                        .unwrap_or_else(|| value_label(&condition.field, value, t)),
                })
                .collect();
            let field = field_label(&condition.field, attributes, t);
            format!("{field} {operator} {}", values.join(", "))
                .trim()
                .to_owned()
        })
        .collect();
    parts.join(" · ")
}
