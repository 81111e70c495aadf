//! `peil doctor`: looks for what is wrong with an installation, and changes nothing.

mod data;

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use clap::Args;
use jiff::{Timestamp, ToSpan};
use peil_app::{Clock, SystemClock};
use peil_store::Store;
use serde::Serialize;
use serde_json::json;

use super::{
    output::Output,
    place::{Place, Reach},
    token::only_organisation,
};
use crate::{
    Failure, data_folder,
    settings::{Loaded, Settings},
    wiring,
};

/// No clock that is right shows less: this program did not exist then.
const EARLIEST: Timestamp = Timestamp::constant(1_767_225_600, 0);

#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    reach: Reach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warning,
    Problem,
}

#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    state: State,
    message: String,
}

/// Findings in the language of the user.
struct Report<'a> {
    output: &'a Output,
    findings: Vec<Finding>,
}

impl Report<'_> {
    fn add(&mut self, check: &'static str, state: State, nl: &str, en: &str) {
        let message = self.output.words(nl, en).to_owned();
        self.findings.push(Finding {
            check,
            state,
            message,
        });
    }

    fn add_failure(&mut self, check: &'static str, failure: &Failure) {
        let message = failure.sentence(self.output.language);
        self.findings.push(Finding {
            check,
            state: State::Problem,
            message,
        });
    }
}

impl Doctor {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        let loaded = self.place.load(&self.reach)?;
        let settings = &loaded.settings;
        let mut report = Report {
            output,
            findings: Vec::new(),
        };
        check_variables(&mut report, &loaded);
        data::check_folder(&mut report, &settings.data);
        check_key(&mut report, &settings.data);
        let is_current = check_database(&mut report, settings).await;
        data::check_facts(&mut report, settings).await;
        data::check_comparison(&mut report, &settings.data);
        data::check_sentences(&mut report, &settings.data);
        data::check_disk(&mut report, &settings.data);
        check_clock(&mut report, &settings.data);
        check_public_url(&mut report, settings);
        if is_current {
            check_mail(&mut report, settings).await;
        }
        report.print()
    }
}

impl Report<'_> {
    fn print(self) -> Result<(), Failure> {
        let has_problem = self
            .findings
            .iter()
            .any(|finding| finding.state == State::Problem);
        let lines: Vec<String> = self
            .findings
            .iter()
            .map(|finding| {
                let state = match finding.state {
                    State::Ok => "ok",
                    State::Warning => self.output.words("let op", "warning"),
                    State::Problem => self.output.words("fout", "problem"),
                };
                format!("{state:<8} {:<12} {}", finding.check, finding.message)
            })
            .collect();
        self.output.say(
            &lines.join("\n"),
            &json!({ "healthy": !has_problem, "checks": self.findings }),
        )?;
        if has_problem {
            Err(Failure::Reported)
        } else {
            Ok(())
        }
    }
}

fn check_variables(report: &mut Report<'_>, loaded: &Loaded) {
    if !loaded.unknown_variables.is_empty() {
        let names = loaded.unknown_variables.join(", ");
        report.add(
            "environment",
            State::Warning,
            &format!("geen instelling: {names}"),
            &format!("not a setting: {names}"),
        );
    }
}

fn check_key(report: &mut Report<'_>, folder: &Path) {
    let path = folder.join(data_folder::KEY_FILE);
    match data_folder::find_secret(folder) {
        Err(failure) => report.add_failure("key", &failure),
        Ok(None) if folder.join(data_folder::DATABASE_FILE).exists() => {
            report.add_failure("key", &Failure::KeyMissing { path });
        }
        Ok(None) => report.add(
            "key",
            State::Ok,
            "wordt gemaakt bij de eerste start",
            "made at the first start",
        ),
        Ok(Some(_)) => {
            let is_open =
                fs::metadata(&path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0);
            if is_open {
                report.add(
                    "key",
                    State::Problem,
                    "anderen op deze machine kunnen secret.key lezen; zet de rechten op 600",
                    "others on this machine can read secret.key; set its mode to 600",
                );
            } else {
                report.add(
                    "key",
                    State::Ok,
                    "leesbaar voor alleen de eigenaar",
                    "readable by its owner only",
                );
            }
        }
    }
}

/// Says whether the database can be asked further.
async fn check_database(report: &mut Report<'_>, settings: &Settings) -> bool {
    let engine = if settings.database.is_some() {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    if let Err(failure) = wiring::check_database_file(settings) {
        report.add_failure("database", &failure);
        return false;
    }
    let found = match Store::inspect(&wiring::database_url(settings)).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            report.add(
                "database",
                State::Ok,
                "wordt gemaakt bij de eerste start",
                "made at the first start",
            );
            return false;
        }
        Err(error) => {
            report.add_failure("database", &wiring::database_failure(settings, error));
            return false;
        }
    };
    let (applied, known) = (found.applied, found.known);
    if applied > known {
        let failure = peil_store::StoreError::TooNew {
            found: applied,
            known,
        };
        report.add_failure("database", &failure.into());
        return false;
    }
    if applied < known {
        report.add(
            "database",
            State::Ok,
            &format!("{engine}, versie {applied}; wordt bij de start bijgewerkt naar {known}"),
            &format!("{engine}, version {applied}; brought to {known} at the start"),
        );
        return false;
    }
    let text = |word: &str| format!("{engine}, {word} {applied}");
    report.add("database", State::Ok, &text("versie"), &text("version"));
    true
}

fn check_clock(report: &mut Report<'_>, folder: &Path) {
    let now = SystemClock.now();
    let written = fs::metadata(folder.join(data_folder::DATABASE_FILE))
        .and_then(|found| found.modified())
        .ok()
        .and_then(|at| Timestamp::try_from(at).ok());
    let is_behind = written.is_some_and(|at| at > now + 1.hour());
    if now < EARLIEST || is_behind {
        report.add(
            "clock",
            State::Problem,
            "de klok van deze machine loopt achter",
            "the clock of this machine is behind",
        );
    } else {
        report.add(
            "clock",
            State::Ok,
            &format!("{now:.0}"),
            &format!("{now:.0}"),
        );
    }
}

fn check_public_url(report: &mut Report<'_>, settings: &Settings) {
    match &settings.public_url {
        Some(url) if url.starts_with("https://") => report.add("public_url", State::Ok, url, url),
        Some(url) => report.add(
            "public_url",
            State::Warning,
            &format!("{url} is niet versleuteld; gebruik https:// zodra klanten erbij kunnen"),
            &format!("{url} is not encrypted; use https:// as soon as customers can reach it"),
        ),
        None => report.add(
            "public_url",
            State::Warning,
            "niet ingesteld: links in mails wijzen naar deze machine",
            "not set: links in mails point to this machine",
        ),
    }
}

async fn check_mail(report: &mut Report<'_>, settings: &Settings) {
    if let Some(folder) = &settings.mail_folder {
        let shown = folder.display();
        report.add(
            "mail",
            State::Warning,
            &format!("mails gaan naar de map {shown}, niet naar klanten"),
            &format!("mails go into the folder {shown}, not to customers"),
        );
        return;
    }
    match has_mail_settings(settings).await {
        Ok(true) => report.add("mail", State::Ok, "mailserver ingesteld", "mail server set"),
        Ok(false) => report.add(
            "mail",
            State::Warning,
            "nog geen mailserver; stel hem in onder Instellingen",
            "no mail server yet; set it under Settings",
        ),
        Err(failure) => report.add_failure("mail", &failure),
    }
}

async fn has_mail_settings(settings: &Settings) -> Result<bool, Failure> {
    let opened = wiring::open_present(settings).await?;
    let found = match only_organisation(&opened, &settings.data).await {
        Ok(actor) => opened.app.get_mail_settings(&actor).await?.is_some(),
        Err(Failure::NoOrganisation(_)) => false,
        Err(other) => return Err(other),
    };
    opened.close().await?;
    Ok(found)
}
