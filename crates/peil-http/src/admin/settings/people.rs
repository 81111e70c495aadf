//! People who sign in, and their roles.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use peil_app::{
    AppError,
    access::{NewUser, PersonChange},
};
use peil_domain::{
    access::{Role, User},
    shared::UserId,
};

use super::{
    super::{
        done,
        frame::{Frame, role_key},
        page,
    },
    tabs,
};
use crate::{
    Web,
    edge::{
        fields::Fields,
        parts::{FormError, Piece},
        problem::{PageError, describe},
        signed::{Signed, SignedForm},
        text::Text,
    },
};

/// One person in the list.
struct Row {
    id: String,
    name: String,
    email: String,
    role: String,
    is_blocked: bool,
}

/// A role to choose.
struct RoleChoice {
    code: &'static str,
    label: String,
    help: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "settings/people.html")]
struct PeoplePage<'a> {
    t: Text,
    frame: Frame,
    tabs: Piece,
    people: Vec<Row>,
    roles: Vec<RoleChoice>,
    values: &'a Fields,
    errors: &'a [FormError],
}

#[derive(Template)]
#[template(path = "settings/person.html")]
struct PersonPage<'a> {
    t: Text,
    frame: Frame,
    id: String,
    email: &'a str,
    name: &'a str,
    roles: Vec<RoleChoice>,
    is_blocked: bool,
    errors: &'a [FormError],
}

pub(super) async fn list(State(web): State<Web>, signed: Signed) -> Result<Response, PageError> {
    render_list(&web, &signed, &Fields::default(), &[]).await
}

pub(super) async fn add(State(web): State<Web>, form: SignedForm) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let t = signed.text;
    let Ok(email) = fields.get("email").parse() else {
        let error = FormError {
            field: "email".into(),
            message: t.s("problem-not-an-address"),
        };
        return render_list(&web, &signed, &fields, &[error]).await;
    };
    let new = NewUser {
        name: fields.get("name").to_owned(),
        email,
        password: fields.raw("password").unwrap_or_default().to_owned(),
        role: fields.get("role").parse().unwrap_or(Role::Viewer),
        language: signed.identity.workspace.language,
    };
    match web.app.add_user(&signed.identity.actor, new).await {
        Ok(_) => Ok(done("/settings/people", "person-added")),
        Err(error @ (AppError::Access(_) | AppError::Invalid { .. })) => {
            render_list(&web, &signed, &fields, &[describe(&error, t).into()]).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    signed: Signed,
    Path(id): Path<UserId>,
) -> Result<Response, PageError> {
    let user = find(&web, &signed, id).await?;
    render_person(&signed, &user, &[])
}

pub(super) async fn save(
    State(web): State<Web>,
    Path(id): Path<UserId>,
    form: SignedForm,
) -> Result<Response, PageError> {
    let (signed, fields) = (form.signed, form.fields);
    let before = find(&web, &signed, id).await?;
    let change = PersonChange {
        name: fields.get("name").to_owned(),
        role: fields.get("role").parse().unwrap_or(before.role),
        is_blocked: fields.is_on("is_blocked"),
    };
    let shown = User {
        name: change.name.clone(),
        role: change.role,
        is_blocked: change.is_blocked,
        ..before
    };
    match web
        .app
        .update_user(&signed.identity.actor, id, change)
        .await
    {
        Ok(_) => Ok(done("/settings/people", "saved")),
        Err(error @ (AppError::Access(_) | AppError::Invalid { .. })) => {
            render_person(&signed, &shown, &[describe(&error, signed.text).into()])
        }
        Err(error) => Err(error.into()),
    }
}

async fn find(web: &Web, signed: &Signed, id: UserId) -> Result<User, PageError> {
    let people = web.app.list_users(&signed.identity.actor).await?;
    let found = people.into_iter().find(|user| user.id == id);
    found.ok_or(PageError::App(AppError::NotFound))
}

async fn render_list(
    web: &Web,
    signed: &Signed,
    values: &Fields,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let t = signed.text;
    let people = web.app.list_users(&signed.identity.actor).await?;
    let row = |user: User| Row {
        id: user.id.to_string(),
        name: user.name,
        email: user.email.to_string(),
        role: t.s(role_key(user.role)),
        is_blocked: user.is_blocked,
    };
    let chosen = values.get("role").parse().unwrap_or(Role::Analyst);
    page(&PeoplePage {
        t,
        frame: Frame::new(signed, "settings", t.s("settings-people-title")),
        tabs: tabs(t, "/settings/people"),
        people: people.into_iter().map(row).collect(),
        roles: roles(signed, chosen),
        values,
        errors,
    })
}

fn render_person(
    signed: &Signed,
    user: &User,
    errors: &[FormError],
) -> Result<Response, PageError> {
    let t = signed.text;
    page(&PersonPage {
        t,
        frame: Frame::new(signed, "settings", user.name.clone()),
        id: user.id.to_string(),
        email: user.email.as_str(),
        name: &user.name,
        roles: roles(signed, user.role),
        is_blocked: user.is_blocked,
        errors,
    })
}

fn roles(signed: &Signed, chosen: Role) -> Vec<RoleChoice> {
    let t = signed.text;
    Role::ALL
        .into_iter()
        .map(|role| RoleChoice {
            code: role.code(),
            label: t.s(role_key(role)),
            help: t.s(&format!("settings-role-{role}")),
            is_chosen: role == chosen,
        })
        .collect()
}
