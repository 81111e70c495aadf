//! Why a command did not do what was asked, with the sentence for it in Dutch and English.

use std::path::{Path, PathBuf};

use peil_app::{AppError, StoreError, access::AccessError};
use peil_domain::{access::PasswordProblem, shared::Language};
use peil_themes::EncoderError;

use crate::{sentence_vectors, settings::SettingsProblem};

/// Everything that a command can refuse or fail with.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The settings are wrong.
    Settings(SettingsProblem),
    /// Something else listens on the address.
    AddressTaken(std::net::SocketAddr),
    /// The address cannot be listened on.
    Address(std::net::SocketAddr, String),
    /// The data folder, or a file in it, cannot be used.
    Folder {
        /// The folder or file.
        folder: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The database in the data folder cannot be used.
    DatabaseFile {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        error: StoreError,
    },
    /// There is no data folder where one is needed.
    NoFolder(PathBuf),
    /// The secret key cannot be read as one.
    KeyDamaged {
        /// The file.
        path: PathBuf,
    },
    /// The secret key is gone while its database is there.
    KeyMissing {
        /// The file.
        path: PathBuf,
    },
    /// A file of sentence vectors cannot be used.
    SentenceVectors {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: EncoderError,
    },
    /// What was learned from labels needs sentence vectors that are not there.
    OtherVectors {
        /// The file with what was learned.
        path: PathBuf,
        /// The name of the vectors.
        needed: String,
    },
    /// Another program serves the data folder.
    FolderServed(PathBuf),
    /// The folder holds an organisation that is not the demo.
    RealOrganisation(PathBuf),
    /// There is no organisation yet.
    NoOrganisation(PathBuf),
    /// Nobody signs in with this address.
    UnknownPerson(String),
    /// A scope that does not exist.
    UnknownScope(String),
    /// A use case refused or failed.
    App(AppError),
    /// Input that cannot be used; says which and why, in English.
    Input(String),
    /// A name that this command does not know; counts as wrong usage.
    Usage(String),
    /// Something is wrong that was reported already.
    Reported,
    /// Anything else, as a sentence.
    Other(String),
}

impl Failure {
    /// A stable word, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settings(_) => "settings",
            Self::AddressTaken(_) => "address_taken",
            Self::Address(..) => "address",
            Self::Folder { .. } => "folder",
            Self::NoFolder(_) => "no_folder",
            Self::KeyDamaged { .. } => "key_damaged",
            Self::KeyMissing { .. } => "key_missing",
            Self::SentenceVectors { .. } => "sentence_vectors",
            Self::OtherVectors { .. } => "other_vectors",
            Self::FolderServed(_) => "folder_served",
            Self::RealOrganisation(_) => "real_organisation",
            Self::NoOrganisation(_) => "no_organisation",
            Self::UnknownPerson(_) => "unknown_person",
            Self::UnknownScope(_) => "unknown_scope",
            Self::App(AppError::Store(StoreError::TooNew { .. })) => "database_too_new",
            Self::App(AppError::Store(_)) | Self::DatabaseFile { .. } => "database",
            Self::App(AppError::Access(AccessError::AlreadySetUp)) => "already_set_up",
            Self::App(AppError::Access(AccessError::Password(_))) => "password",
            Self::App(_) => "refused",
            Self::Input(_) => "input",
            Self::Usage(_) => "usage",
            Self::Reported => "reported",
            Self::Other(_) => "failed",
        }
    }

    /// 2 for wrong usage, 1 for everything else.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Usage(_) | Self::UnknownScope(_) => 2,
            _ => 1,
        }
    }

    /// What to tell the user.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let (nl, en) = match self {
            Self::Settings(problem) => return settings_sentence(problem, language),
            Self::App(error) => return app_sentence(error, language),
            Self::Input(text) | Self::Usage(text) | Self::Other(text) => return text.clone(),
            Self::Reported => return String::new(),
            Self::AddressTaken(address) => (
                format!(
                    "op {address} luistert al een ander programma; kies een ander adres met --listen"
                ),
                format!(
                    "another program listens on {address}; choose another address with --listen"
                ),
            ),
            Self::Address(address, reason) => (
                format!("op {address} kan niet worden geluisterd: {reason}"),
                format!("cannot listen on {address}: {reason}"),
            ),
            Self::Folder { folder, reason } => (
                format!(
                    "{} is niet te gebruiken: {reason}; de gebruiker die Peil start moet er kunnen lezen en schrijven, en er moet ruimte zijn op de schijf",
                    folder.display()
                ),
                format!(
                    "{} cannot be used: {reason}; the user who starts Peil needs the right to read and write there, and the disk must have room",
                    folder.display()
                ),
            ),
            Self::DatabaseFile { file, error } => return database_sentence(file, error, language),
            Self::NoFolder(_)
            | Self::KeyDamaged { .. }
            | Self::KeyMissing { .. }
            | Self::FolderServed(_)
            | Self::RealOrganisation(_)
            | Self::NoOrganisation(_) => return self.folder_sentence(language),
            Self::SentenceVectors { path, reason } => sentence_vectors::refusal(path, reason),
            Self::OtherVectors { path, needed } => (
                format!(
                    "{} is geleerd met de zinsvectoren `{needed}`; zet dat bestand in de datamap met `peil model add`, of leer opnieuw",
                    path.display()
                ),
                format!(
                    "{} was learned with the sentence vectors `{needed}`; put that file into the data folder with `peil model add`, or learn again",
                    path.display()
                ),
            ),
            Self::UnknownPerson(email) => (
                format!("niemand logt in met {email}"),
                format!("nobody signs in with {email}"),
            ),
            Self::UnknownScope(scope) => (
                format!("onbekend recht `{scope}`; gebruik `all` of woorden als results:read"),
                format!("unknown scope `{scope}`; use `all` or words such as results:read"),
            ),
        };
        by(language, nl, en)
    }

    /// What to tell about a folder that is not as it should be.
    fn folder_sentence(&self, language: Language) -> String {
        let (nl, en) = match self {
            Self::NoFolder(folder) => (
                format!(
                    "er is geen datamap {}; geef hem aan met --data",
                    folder.display()
                ),
                format!(
                    "there is no data folder {}; name it with --data",
                    folder.display()
                ),
            ),
            Self::KeyDamaged { path } => (
                format!(
                    "{} is beschadigd; zet het bestand terug uit een reservekopie",
                    path.display()
                ),
                format!("{} is damaged; restore it from a backup", path.display()),
            ),
            Self::KeyMissing { path } => (
                format!(
                    "{} ontbreekt naast een bestaande database; zet het bestand terug uit een reservekopie, anders werkt geen verstuurde link meer",
                    path.display()
                ),
                format!(
                    "{} is missing beside an existing database; restore it from a backup, or no link that was sent works any more",
                    path.display()
                ),
            ),
            Self::FolderServed(folder) => (
                format!(
                    "er draait al een Peil op {}; stop die eerst of kies een andere map met --data",
                    folder.display()
                ),
                format!(
                    "another Peil is running on {}; stop it first or choose another folder with --data",
                    folder.display()
                ),
            ),
            Self::RealOrganisation(folder) => (
                format!(
                    "in {} staat een echte organisatie; kies een andere map voor de demo",
                    folder.display()
                ),
                format!(
                    "{} holds a real organisation; choose another folder for the demo",
                    folder.display()
                ),
            ),
            Self::NoOrganisation(folder) => (
                format!(
                    "in {} is nog geen organisatie; maak er een met `peil setup` of in de browser",
                    folder.display()
                ),
                format!(
                    "there is no organisation in {} yet; make one with `peil setup` or in the browser",
                    folder.display()
                ),
            ),
            _ => return String::new(),
        };
        by(language, nl, en)
    }
}

fn database_sentence(file: &Path, error: &StoreError, language: Language) -> String {
    let file = file.display();
    let (nl, en) = match error {
        StoreError::Disk(reason) => (
            format!(
                "{file} is niet te lezen of te schrijven ({reason}); maak ruimte op de schijf en geef de gebruiker die Peil start rechten op het bestand en zijn map"
            ),
            format!(
                "{file} cannot be read or written ({reason}); make room on the disk and give the user who starts Peil rights on the file and its folder"
            ),
        ),
        StoreError::ReadOnly(_) => (
            format!(
                "{file} is alleen-lezen; geef de gebruiker die Peil start schrijfrechten op het bestand en zijn map"
            ),
            format!(
                "{file} is read-only; give the user who starts Peil the right to write the file and its folder"
            ),
        ),
        StoreError::Damaged(_) => (
            format!(
                "{file} is beschadigd of geen database van Peil; zet een reservekopie terug (de map facts mag blijven staan)"
            ),
            format!(
                "{file} is damaged or no database of Peil; put a backup back (the folder facts may stay)"
            ),
        ),
        StoreError::TooNew { .. } => {
            return app_sentence(&AppError::Store(error.clone()), language);
        }
        other => return format!("{file}: {other}"),
    };
    by(language, nl, en)
}

fn by(language: Language, nl: String, en: String) -> String {
    match language {
        Language::Nl => nl,
        Language::En => en,
    }
}

fn settings_sentence(problem: &SettingsProblem, language: Language) -> String {
    let (nl, en) = match problem {
        SettingsProblem::Unreadable { file, reason } => (
            format!("{} is niet te lezen: {reason}", file.display()),
            format!("{} cannot be read: {reason}", file.display()),
        ),
        SettingsProblem::UnknownKey { key, file } => (
            format!("onbekende instelling `{key}` in {}", file.display()),
            format!("unknown setting `{key}` in {}", file.display()),
        ),
        SettingsProblem::BadValue {
            key,
            value,
            from,
            expected,
        } => (
            format!("{key} kan niet `{value}` zijn ({from}); verwacht: {expected}"),
            format!("{key} cannot be `{value}` ({from}); expected: {expected}"),
        ),
    };
    by(language, nl, en)
}

fn app_sentence(error: &AppError, language: Language) -> String {
    let (nl, en) = match error {
        AppError::Store(StoreError::TooNew { found, known }) => (
            format!(
                "de database is van een nieuwere versie van Peil ({found}, dit programma kent {known}); installeer die versie"
            ),
            format!(
                "the database belongs to a newer release of Peil ({found}, this program knows {known}); install that release"
            ),
        ),
        AppError::FactsDiffer { number, first } => (
            format!(
                "nieuw gemaakte feiten verschillen op {number} plaatsen van de gegevens en worden niet gebruikt; cijfers komen uit de gegevens: trager, en juist. De eerste: {first}"
            ),
            format!(
                "facts that were made anew differ from the records in {number} places and are not used; figures come from the records: slower, and right. The first: {first}"
            ),
        ),
        AppError::Access(AccessError::AlreadySetUp) => (
            "er is al een organisatie".to_owned(),
            "there is an organisation already".to_owned(),
        ),
        AppError::Access(AccessError::Password(problem)) => {
            return password_sentence(*problem, language);
        }
        AppError::Access(AccessError::EmailTaken) => (
            "er logt al iemand in met dit adres".to_owned(),
            "someone signs in with this address already".to_owned(),
        ),
        other => return other.to_string(),
    };
    by(language, nl, en)
}

fn password_sentence(problem: PasswordProblem, language: Language) -> String {
    let (nl, en) = match problem {
        PasswordProblem::TooShort { needed } => (
            format!("het wachtwoord heeft minder dan {needed} tekens"),
            format!("the password has fewer than {needed} characters"),
        ),
        PasswordProblem::KnownBad => (
            "dit wachtwoord proberen aanvallers als eerste; kies een ander".to_owned(),
            "attackers try this password first; choose another one".to_owned(),
        ),
        PasswordProblem::ContainsOwner => (
            "het wachtwoord bestaat vooral uit je naam of adres".to_owned(),
            "the password is mostly your name or address".to_owned(),
        ),
        PasswordProblem::TooRegular => (
            "het wachtwoord is een herhaling of een reeks".to_owned(),
            "the password is a repetition or a run".to_owned(),
        ),
        other => return other.to_string(),
    };
    by(language, nl, en)
}

impl From<SettingsProblem> for Failure {
    fn from(problem: SettingsProblem) -> Self {
        Self::Settings(problem)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::App(AppError::Store(error))
    }
}

impl From<String> for Failure {
    fn from(sentence: String) -> Self {
        Self::Other(sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_failure_is_told_in_the_language_of_the_user() {
        let failure = Failure::App(AppError::Store(StoreError::TooNew { found: 9, known: 1 }));
        assert!(failure.sentence(Language::Nl).contains("nieuwere versie"));
        assert!(failure.sentence(Language::En).contains("newer release"));
        assert_eq!(failure.code(), "database_too_new");
        assert_eq!(failure.exit_code(), 1);
    }
}
