//! `peil user`: helps people who cannot sign in any more.

use clap::{Args, Subcommand};
use peil_app::AppError;
use peil_domain::shared::EmailAddress;
use serde_json::json;

use super::{
    output::{Output, read_password},
    place::Place,
    token::only_organisation,
};
use crate::{Failure, wiring};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Gives someone a new password, read from standard input, and ends all their sign-ins.
    Password(Password),
}

#[derive(Debug, Args)]
pub(super) struct Password {
    #[command(flatten)]
    place: Place,
    /// Address with which that person signs in.
    #[arg(long)]
    email: EmailAddress,
}

impl User {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Password(password) => password.run(output).await,
        }
    }
}

impl Password {
    async fn run(self, output: &Output) -> Result<(), Failure> {
        let settings = self.place.settings()?;
        let opened = wiring::open_present(&settings).await?;
        let actor = only_organisation(&opened, &settings.data).await?;
        let new = read_password()?;
        let changed = opened.app.reset_password(&actor, &self.email, new).await;
        let user = changed.map_err(|error| match error {
            AppError::NotFound => Failure::UnknownPerson(self.email.to_string()),
            other => other.into(),
        })?;
        let said = output.words("nieuw wachtwoord voor", "new password for");
        output.say(
            &format!("{said} {}", user.email),
            &json!({ "user": user.id }),
        )?;
        opened.close().await
    }
}
