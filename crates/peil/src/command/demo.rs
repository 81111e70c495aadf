//! `peil demo`: starts Peil with the demonstration organisation.

use std::net::SocketAddr;

use clap::Args;
use jiff::tz::TimeZone;
use peil_app::{Clock, SystemClock};
use serde_json::json;

use super::{
    output::{Output, line},
    place::{Place, Reach},
    serve::{address_of, announce, log_to_standard_error, serve_until_stopped},
};
use crate::{
    Failure, demo, server,
    settings::{Settings, reachable},
    wiring::{self, Opened},
};

/// Folder of the demonstration, apart from that of a real organisation.
const FOLDER: &str = "peil-demo";

#[derive(Debug, Args)]
pub(super) struct Demo {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    reach: Reach,
    /// What names, scores and words follow from.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Makes the organisation and stops, without starting Peil.
    #[arg(long)]
    only_make: bool,
}

impl Demo {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        let settings = self.place.load_or(FOLDER, &self.reach)?.settings;
        log_to_standard_error(&settings)?;
        let listener = server::listen(settings.listen).await?;
        let address = address_of(&listener)?;
        let url = settings.public_url_at(address);
        let taken = wiring::take_folder(&settings)?;
        let opened = wiring::open_with(&settings, &url).await?;
        let opened = self.made(opened, &settings, &url, output).await?;
        if self.only_make {
            return opened.close().await;
        }
        let asked_to_stop = server::asked_to_stop();
        announce(output, address)?;
        if !output.is_json {
            line(&invitation(output, &opened, address).await?)?;
        }
        serve_until_stopped(opened, listener, &settings, asked_to_stop).await?;
        drop(taken);
        Ok(())
    }

    /// The demonstration that is there, or a new one in an empty folder.
    async fn made(
        &self,
        opened: Opened,
        settings: &Settings,
        url: &str,
        output: &Output,
    ) -> Result<Opened, Failure> {
        if demo::find(&opened.store).await?.is_some() {
            return Ok(opened);
        }
        if !opened.app.is_new().await? {
            opened.close().await?;
            return Err(Failure::RealOrganisation(settings.data.clone()));
        }
        eprintln!(
            "{}",
            output.words("Fietsgoed wordt gemaakt …", "making Fietsgoed …")
        );
        let today = SystemClock.now().to_zoned(TimeZone::system()).date();
        let full = demo::Size::full(today);
        let size = demo::Size {
            seed: self.seed.unwrap_or(full.seed),
            ..full
        };
        let made = demo::make(&opened.app, &opened.store, size).await?;
        // Before facts are made of them, so that the first page knows every theme.
        opened.app.read_all_answers().await?;
        demo::look_back(&opened.app, &opened.store, today).await?;
        if output.is_json {
            line(&json!({ "made": made }).to_string())?;
        }
        // Opened anew, so that mails go to a folder from the first one on.
        opened.close().await?;
        wiring::open_with(settings, url).await
    }
}

async fn invitation(
    output: &Output,
    opened: &Opened,
    address: SocketAddr,
) -> Result<String, Failure> {
    let url = format!("http://{}", reachable(address));
    let (owner, password) = (demo::OWNER, demo::PASSWORD);
    let mails = demo::MAIL_FOLDER;
    let mark = demo::find(&opened.store).await?;
    let personal = mark
        .and_then(|mark| mark.open)
        .map(|open| {
            let link = opened.app.invitation_link(open);
            output
                .words(
                    &format!("5. {link}: de persoonlijke link uit de mail aan één klant.\n"),
                    &format!("5. {link}: the personal link in the mail to one customer.\n"),
                )
                .to_owned()
        })
        .unwrap_or_default();
    let words = output
        .words(
            &format!(
                "inloggen: {owner} met wachtwoord: {password}\n\n\
             Om te bekijken:\n\
             1. Inzichten van \"Na een levering\", per week: in het najaar ging er iets mis.\n\
             2. Inzichten van \"KTO\", per klantgroep: één groep is veel minder tevreden.\n\
             3. Thema's van \"Na een levering\": waarover wordt geklaagd, en sinds wanneer?\n\
             4. {url}/s/kto: geef zelf antwoord en zie het terug onder Antwoorden.\n\
             {personal}\n\
             Alles is verzonnen. Mails komen in de map {mails} van de demo, nooit bij iemand."
            ),
            &format!(
                "sign in: {owner} with password: {password}\n\n\
             To look at:\n\
             1. Insights of \"Na een levering\" by week: something went wrong in autumn.\n\
             2. Insights of \"KTO\" by customer group: one group is far less satisfied.\n\
             3. Themes of \"Na een levering\": what do they complain about, and since when?\n\
             4. {url}/s/kto: answer yourself and find it under Responses.\n\
             {personal}\n\
             Everything is invented. Mails go into the demo's folder {mails}, never to anyone."
            ),
        )
        .to_owned();
    Ok(words)
}
