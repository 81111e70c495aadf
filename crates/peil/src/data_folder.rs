//! The data folder: made with tight rights, and the secret key in it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use peil_app::{Chance, Secret, SystemChance};

use crate::Failure;

/// Name of the file that holds the secret key.
pub(crate) const KEY_FILE: &str = "secret.key";
/// Name of the database file.
pub(crate) const DATABASE_FILE: &str = "peil.db";
/// Name of the file that the program holds while it serves the folder.
pub(crate) const LOCK_FILE: &str = "serving.lock";
/// Rights of a folder that only its owner may enter.
pub(crate) const OWNER_ONLY_FOLDER: u32 = 0o700;
/// Rights of a file that only its owner may read.
pub(crate) const OWNER_ONLY_FILE: u32 = 0o600;

/// From here on nobody but the owner may read what this program makes.
pub(crate) fn make_files_private() {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Makes the folder when it is not there yet, and sees that it can be written to.
pub(crate) fn prepare(folder: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Folder {
        folder: folder.to_owned(),
        reason: error.to_string(),
    };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(OWNER_ONLY_FOLDER)
        .create(folder)
        .map_err(failed)?;
    let trial = folder.join(format!(".trial-{}", std::process::id()));
    fs::write(&trial, "").map_err(failed)?;
    fs::remove_file(&trial).map_err(failed)
}

/// Takes the folder for one program that serves it, until the file is let go; the system lets go of
/// it when the program ends, however that happens. Commands that do their work and stop, such as
/// an export, need not take it.
///
/// # Errors
/// [`Failure::FolderServed`] when another program serves it.
pub(crate) fn take(folder: &Path) -> Result<File, Failure> {
    let path = folder.join(LOCK_FILE);
    let failed = |error: std::io::Error| Failure::Folder {
        folder: path.clone(),
        reason: error.to_string(),
    };
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(false)
        .mode(OWNER_ONLY_FILE)
        .open(&path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::FolderServed(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Reads the secret key.
///
/// # Errors
/// [`Failure::KeyDamaged`] when it is there and cannot be used.
pub(crate) fn find_secret(folder: &Path) -> Result<Option<Secret>, Failure> {
    let path = folder.join(KEY_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => Secret::from_text(&text)
            .map(Some)
            .ok_or(Failure::KeyDamaged { path }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(Failure::KeyDamaged { path })
        }
        Err(error) => Err(Failure::Folder {
            folder: path,
            reason: error.to_string(),
        }),
    }
}

/// Reads the secret key, or makes one for a folder that is new.
///
/// # Errors
/// [`Failure::KeyMissing`] when there is a database already: with another key every link that
/// was ever sent would stop working.
pub(crate) fn find_or_make_secret(folder: &Path) -> Result<Secret, Failure> {
    if let Some(secret) = find_secret(folder)? {
        return Ok(secret);
    }
    let path = folder.join(KEY_FILE);
    if folder.join(DATABASE_FILE).exists() {
        return Err(Failure::KeyMissing { path });
    }
    let mut key = [0; 32];
    SystemChance.fill(&mut key);
    let secret = Secret::new(key);
    write_key(&path, &secret).map_err(|error| Failure::Folder {
        folder: path,
        reason: error.to_string(),
    })?;
    Ok(secret)
}

/// Writes beside the final name first, so that a crash never leaves half a key.
fn write_key(path: &Path, secret: &Secret) -> std::io::Result<()> {
    let unfinished: PathBuf = path.with_extension("part");
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(OWNER_ONLY_FILE)
        .open(&unfinished)?;
    file.write_all(secret.to_text().as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_its_owner_can_read_it() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a/b");
        prepare(&folder).unwrap();
        let first = find_or_make_secret(&folder).unwrap().to_text();
        assert_eq!(find_or_make_secret(&folder).unwrap().to_text(), first);
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(rights(&folder), OWNER_ONLY_FOLDER);
        assert_eq!(rights(&folder.join(KEY_FILE)), OWNER_ONLY_FILE);
    }

    #[test]
    fn a_folder_is_served_by_one_at_a_time() {
        let place = tempfile::tempdir().unwrap();
        let first = take(place.path()).unwrap();
        let refused = take(place.path()).unwrap_err();
        assert!(matches!(refused, Failure::FolderServed(_)), "{refused:?}");
        drop(first);
        assert!(take(place.path()).is_ok());
    }

    #[test]
    fn a_damaged_or_lost_key_is_never_replaced() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join(KEY_FILE), "kort").unwrap();
        let refused = find_or_make_secret(place.path()).unwrap_err();
        assert!(matches!(refused, Failure::KeyDamaged { .. }), "{refused:?}");
        fs::remove_file(place.path().join(KEY_FILE)).unwrap();
        fs::write(place.path().join(DATABASE_FILE), "").unwrap();
        let refused = find_or_make_secret(place.path()).unwrap_err();
        assert!(matches!(refused, Failure::KeyMissing { .. }), "{refused:?}");
    }
}
