//! What is wrong with the data folder: rights, room, and what figures are counted from.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use peil_app::{
    facts::{FactsCompared, Outcome},
    storage::Room,
};
use peil_facts::FactsError;
use peil_themes::SentenceVectors as _;
use rustix::fs::Access;

use super::{Report, State};
use crate::{data_folder, sentence_vectors, settings::Settings, wiring};

/// Files and folders in the data folder that Peil writes to, as far as they are there.
const WRITTEN: [&str; 4] = [
    data_folder::DATABASE_FILE,
    data_folder::LOCK_FILE,
    wiring::FACTS_FOLDER,
    "facts/manifest",
];

pub(super) fn check_folder(report: &mut Report<'_>, folder: &Path) {
    let shown = folder.display();
    let Ok(found) = fs::metadata(folder) else {
        report.add(
            "folder",
            State::Problem,
            &format!("{shown} bestaat niet"),
            &format!("{shown} does not exist"),
        );
        return;
    };
    let written = WRITTEN.iter().map(|name| folder.join(name));
    let mut written = [folder.to_owned()].into_iter().chain(written);
    if let Some(closed) = written.find(|path| path.exists() && !is_writable(path)) {
        let closed = closed.display();
        report.add(
            "folder",
            State::Problem,
            &format!("in {closed} mag niet worden geschreven; geef deze gebruiker schrijfrechten"),
            &format!("{closed} may not be written to; give this user the right to write"),
        );
    } else if found.permissions().mode() & 0o077 != 0 {
        report.add(
            "folder",
            State::Warning,
            &format!("anderen op deze machine kunnen in {shown}; zet de rechten op 700"),
            &format!("others on this machine can enter {shown}; set its mode to 700"),
        );
    } else {
        let shown = shown.to_string();
        report.add("folder", State::Ok, &shown, &shown);
    }
}

fn is_writable(path: &Path) -> bool {
    rustix::fs::access(path, Access::WRITE_OK).is_ok()
}

/// What figures are counted from; while Peil serves, only it knows.
pub(super) async fn check_facts(report: &mut Report<'_>, settings: &Settings) {
    let folder = settings.data.join(wiring::FACTS_FOLDER);
    if !folder.is_dir() {
        let nl = "nog geen feiten; Peil maakt ze bij de volgende start";
        let en = "no facts yet; Peil makes them at the next start";
        report.add("facts", State::Ok, nl, en);
        return;
    }
    match wiring::look_at_facts(&folder).await {
        Ok(submissions) => report.add(
            "facts",
            State::Ok,
            &format!("{submissions} inzendingen"),
            &format!("{submissions} submissions"),
        ),
        Err(FactsError::InUse { .. }) => {
            let nl = "in gebruik door Peil zelf";
            report.add("facts", State::Ok, nl, "in use by Peil itself");
        }
        Err(error @ FactsError::Disk { .. }) => report.add(
            "facts",
            State::Problem,
            &format!(
                "{error}; geef deze gebruiker rechten op {}",
                folder.display()
            ),
            &format!("{error}; give this user rights on {}", folder.display()),
        ),
        Err(error) => report.add(
            "facts",
            State::Warning,
            &format!("niet te gebruiken, Peil maakt ze opnieuw: {error}"),
            &format!("cannot be used, Peil makes them anew: {error}"),
        ),
    }
}

/// What came of holding facts against the records.
pub(super) fn check_comparison(report: &mut Report<'_>, folder: &Path) {
    let Some(last) = FactsCompared::read(folder) else {
        let nl = "nog niet met de gegevens vergeleken; Peil doet dat elke nacht";
        let en = "not compared with the records yet; Peil does so every night";
        report.add("comparison", State::Ok, nl, en);
        return;
    };
    let at = last.at;
    let (state, nl, en) = match (last.outcome, last.differed_at) {
        (Outcome::Different, _) => (
            State::Warning,
            format!("feiten verschilden op {at} van de gegevens en worden opnieuw gemaakt"),
            format!("facts differed from the records at {at} and are being made anew"),
        ),
        (Outcome::NotRepaired, _) => (
            State::Problem,
            format!(
                "nieuwe feiten verschilden op {at} van de gegevens en worden niet gebruikt; cijfers zijn juist en traag; zie het logboek"
            ),
            format!(
                "new facts differed from the records at {at} and are not used; figures are right and slow; see the log"
            ),
        ),
        (Outcome::Equal | Outcome::MadeAnew, Some(before)) => (
            State::Warning,
            format!("gelijk op {at}; verschilden op {before} en zijn opnieuw gemaakt"),
            format!("equal at {at}; differed at {before} and were made anew"),
        ),
        (Outcome::Equal | Outcome::MadeAnew, None) => (
            State::Ok,
            format!("gelijk aan de gegevens op {at}"),
            format!("equal to the records at {at}"),
        ),
    };
    report.add("comparison", state, &nl, &en);
}

/// Sentence vectors: everything works without, only less well.
pub(super) fn check_sentences(report: &mut Report<'_>, folder: &Path) {
    match sentence_vectors::find(folder) {
        Err(failure) => report.add_failure("sentences", &failure),
        Ok(Some(encoder)) => {
            let name = encoder.name();
            report.add("sentences", State::Ok, name, name);
        }
        Ok(None) => report.add(
            "sentences",
            State::Ok,
            "geen zinsvectoren: open antwoorden worden gelezen op woorden; geleerde thema's en gevonden groepen zijn iets minder precies (`peil model add`)",
            "no sentence vectors: open answers are read by their words; learned themes and groups found are a little less precise (`peil model add`)",
        ),
    }
}

pub(super) fn check_disk(report: &mut Report<'_>, folder: &Path) {
    let Some(room) = Room::at(folder) else {
        return;
    };
    let [free, total] = [room.free, room.total].map(|bytes| bytes / 1_000_000);
    let shown = folder.display();
    if room.is_gone() {
        report.add(
            "disk",
            State::Problem,
            &format!("{free} MB vrij bij {shown}: maak ruimte, anders worden antwoorden geweigerd"),
            &format!("{free} MB free at {shown}: make room, or answers are refused"),
        );
    } else if room.is_scarce() {
        report.add(
            "disk",
            State::Warning,
            &format!(
                "nog {free} MB vrij van {total} MB bij {shown}: maak ruimte voor de schijf vol is"
            ),
            &format!("{free} MB left of {total} MB at {shown}: make room before the disk is full"),
        );
    } else {
        report.add(
            "disk",
            State::Ok,
            &format!("{free} MB vrij"),
            &format!("{free} MB free"),
        );
    }
}
