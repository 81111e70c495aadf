//! `peil setup`: the first organisation without a browser.

use clap::Args;
use peil_app::access::SetUp;
use peil_domain::shared::{EmailAddress, Language};
use serde_json::json;

use super::{
    output::{Output, read_password},
    place::Place,
};
use crate::{Failure, wiring};

#[derive(Debug, Args)]
pub(super) struct Setup {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation.
    #[arg(long)]
    organisation: String,
    /// Name of the first person, who becomes the owner.
    #[arg(long)]
    name: String,
    /// Address with which that person signs in.
    #[arg(long)]
    email: EmailAddress,
    /// Reads the password from the first line of standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
    /// Language of screens and questionnaires: nl or en.
    #[arg(long, default_value = "nl")]
    language: Language,
    /// Time zone in which days begin.
    #[arg(long, default_value = "Europe/Amsterdam")]
    time_zone: String,
}

impl Setup {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        let settings = self.place.settings()?;
        let password = read_password()?;
        let opened = wiring::open_with(&settings, &settings.public_url_at(settings.listen)).await?;
        let input = SetUp {
            organisation: self.organisation,
            language: self.language,
            time_zone: self.time_zone,
            name: self.name,
            email: self.email,
            password,
        };
        let workspace = opened.app.set_up(input).await?;
        let said = output.words("gemaakt", "made");
        output.say(
            &format!("{said}: {}", workspace.name),
            &json!({ "workspace": workspace.id, "organisation": workspace.name }),
        )?;
        opened.close().await
    }
}
