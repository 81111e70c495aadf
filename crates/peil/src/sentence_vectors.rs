//! The file of sentence vectors in the data folder: put there by `peil model add`, used by whatever reads open answers.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use peil_themes::{EncoderError, SentenceEncoder};

use crate::{
    Failure,
    data_folder::{self, OWNER_ONLY_FILE},
};

/// Name of the file in the data folder.
const FILE: &str = "sentences.peilmodel";
/// Larger files are something else: the whole model of the published package has 55 MB.
const MOST_BYTES: u64 = 512_000_000;

/// Where the file is, or would be.
pub(crate) fn path_in(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// The encoder in the data folder; nothing when none was added.
///
/// # Errors
/// [`Failure::SentenceVectors`] when the file is there and cannot be used.
pub(crate) fn find(folder: &Path) -> Result<Option<SentenceEncoder>, Failure> {
    let path = path_in(folder);
    match fs::metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&path, &error)),
        Ok(_) => Ok(Some(encoder(&path, content(&path)?)?)),
    }
}

/// What was added.
pub(crate) struct Added {
    pub(crate) path: PathBuf,
    /// The name and checksum of the model.
    pub(crate) name: String,
    pub(crate) megabytes: u64,
}

/// Checks a file and copies it into the data folder; one that was there stays until the new one is whole.
pub(crate) fn add(from: &Path, folder: &Path) -> Result<Added, Failure> {
    let bytes = content(from)?;
    let encoder = encoder(from, bytes.clone())?;
    data_folder::prepare(folder)?;
    let path = path_in(folder);
    write(&path, folder, &bytes).map_err(|error| unreadable(&path, &error))?;
    Ok(Added {
        name: peil_themes::SentenceVectors::name(&encoder).to_owned(),
        megabytes: bytes.len().div_ceil(1_000_000) as u64,
        path,
    })
}

/// The content of a file that is not far too large.
fn content(path: &Path) -> Result<Vec<u8>, Failure> {
    let length = fs::metadata(path)
        .map_err(|error| unreadable(path, &error))?
        .len();
    if length > MOST_BYTES {
        return Err(refused(path, EncoderError::OtherFile));
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// The encoder that the content of a file is.
fn encoder(path: &Path, content: Vec<u8>) -> Result<SentenceEncoder, Failure> {
    SentenceEncoder::read(content).map_err(|reason| refused(path, reason))
}

fn refused(path: &Path, reason: EncoderError) -> Failure {
    Failure::SentenceVectors {
        path: path.to_owned(),
        reason,
    }
}

/// Why a file cannot be used, in Dutch and in English.
pub(crate) fn refusal(path: &Path, reason: &EncoderError) -> (String, String) {
    let path = path.display();
    match reason {
        EncoderError::OtherFile => (
            format!("{path} is geen bestand met zinsvectoren; `cargo dev model` maakt er een"),
            format!("{path} is not a file of sentence vectors; `cargo dev model` makes one"),
        ),
        EncoderError::Version(found) => (
            format!(
                "{path} heeft vorm {found}, die dit programma niet kent; maak het opnieuw met `cargo dev model`"
            ),
            format!(
                "{path} has form {found}, which this program does not know; make it anew with `cargo dev model`"
            ),
        ),
        reason => (
            format!(
                "{path} is beschadigd of niet compleet; kopieer of maak het opnieuw ({reason})"
            ),
            format!("{path} is damaged or incomplete; copy it or make it anew ({reason})"),
        ),
    }
}

/// Writes beside the final name first, so that a crash never leaves half a file.
fn write(path: &Path, folder: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = folder.join(format!("{FILE}.{}.part", std::process::id()));
    let written = write_whole(&unfinished, bytes)
        .and_then(|()| fs::rename(&unfinished, path))
        .and_then(|()| File::open(folder)?.sync_all());
    if written.is_err() {
        // What failed is told; that its rest could not be cleared away either adds nothing.
        drop(fs::remove_file(&unfinished));
    }
    written
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(OWNER_ONLY_FILE)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Folder {
        folder: path.to_owned(),
        reason: error.to_string(),
    }
}
