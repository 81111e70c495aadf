//! `peil token`: keys with which programs use the API.

use clap::{Args, Subcommand};
use peil_domain::{
    access::{Actor, Role, Scopes, User},
    shared::EmailAddress,
};
use serde_json::json;

use super::{output::Output, place::Place};
use crate::{
    Failure,
    wiring::{self, Opened},
};

#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Makes a token and prints it on the last line; it cannot be shown again.
    Create(Create),
}

#[derive(Debug, Args)]
pub(super) struct Create {
    #[command(flatten)]
    place: Place,
    /// What the token is for.
    #[arg(long)]
    name: String,
    /// What it may do: `all`, or words such as results:read, separated by commas.
    #[arg(long)]
    scopes: String,
    /// The person in whose name it acts; an owner when absent.
    #[arg(long)]
    email: Option<EmailAddress>,
}

impl Token {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Create(create) => create.run(output).await,
        }
    }
}

impl Create {
    async fn run(self, output: &Output) -> Result<(), Failure> {
        let scopes: Scopes = self
            .scopes
            .parse()
            .map_err(|_| Failure::UnknownScope(self.scopes.clone()))?;
        let settings = self.place.settings()?;
        let opened = wiring::open_present(&settings).await?;
        let actor = only_organisation(&opened, &settings.data).await?;
        let people = opened.app.list_users(&actor).await?;
        let user = owner_of_token(&people, self.email.as_ref())?;
        let made = opened
            .app
            .add_api_token(&actor, user.id, &self.name, scopes)
            .await?;
        output.say(&made.token, &json!({ "id": made.id, "token": made.token }))?;
        opened.close().await
    }
}

/// The program itself, acting in the organisation of this installation.
pub(super) async fn only_organisation(
    opened: &Opened,
    folder: &std::path::Path,
) -> Result<Actor, Failure> {
    let workspaces = opened.store.list_workspaces().await?;
    let first = workspaces
        .first()
        .ok_or_else(|| Failure::NoOrganisation(folder.to_owned()))?;
    Ok(Actor::program(first.id))
}

fn owner_of_token<'a>(
    people: &'a [User],
    email: Option<&EmailAddress>,
) -> Result<&'a User, Failure> {
    let is_meant = |user: &&User| match email {
        Some(email) => user.email == *email,
        None => user.role == Role::Owner && !user.is_blocked,
    };
    people.iter().find(is_meant).ok_or_else(|| {
        Failure::UnknownPerson(email.map_or_else(|| "owner".to_owned(), ToString::to_string))
    })
}
