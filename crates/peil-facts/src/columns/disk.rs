//! The few things that are done with files, so that a test can let each of them fail.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use crate::FactsError;

/// A folder with files.
pub(super) trait Disk: Send + Sync {
    /// Makes a file with this content, safe from a crash, under a name that is free or not in use.
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file another name, in the place of what had it; afterwards safe from a crash.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Takes a file away.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Reads part of a file.
    fn read(&self, name: &str, offset: u64, length: usize) -> io::Result<Vec<u8>>;
    /// The length of a file; nothing when there is none.
    fn length(&self, name: &str) -> io::Result<Option<u64>>;
    /// The names of all files.
    fn list(&self) -> io::Result<Vec<String>>;
    /// Where a file is, for people.
    fn path(&self, name: &str) -> PathBuf;
}

/// The error for what the disk said about a file.
pub(super) fn disk_error(disk: &dyn Disk, name: &str, source: io::Error) -> FactsError {
    FactsError::Disk {
        file: disk.path(name),
        source,
    }
}

/// The error for what the disk said when a file was read that must be there: trying again does not
/// bring back what is gone.
pub(super) fn read_error(disk: &dyn Disk, name: &str, source: io::Error) -> FactsError {
    let problem = match source.kind() {
        io::ErrorKind::NotFound => "the file is not there",
        io::ErrorKind::UnexpectedEof => "the file is cut off",
        _ if source.raw_os_error() == Some(UNREADABLE) => "the disk cannot read it",
        _ => return disk_error(disk, name, source),
    };
    FactsError::Damaged {
        file: disk.path(name),
        problem,
    }
}

/// What Unix says of a place on a disk that cannot be read: `EIO`.
const UNREADABLE: i32 = 5;

/// A folder of the operating system, held by one process.
pub(super) struct Folder {
    path: PathBuf,
    /// Held as long as the folder is in use.
    _lock: File,
}

/// Name of the file that tells other processes that the folder is in use.
const LOCK: &str = "lock";

impl Folder {
    /// Opens a folder, made when it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, FactsError> {
        let failed = |source| FactsError::Disk {
            file: path.to_owned(),
            source,
        };
        fs::create_dir_all(path).map_err(failed)?;
        let mut options = File::options();
        options.create(true).write(true).truncate(false);
        let lock = options.open(path.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(fs::TryLockError::WouldBlock) => Err(FactsError::InUse {
                folder: path.to_owned(),
            }),
            Err(fs::TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    fn sync(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()
    }
}

impl Disk for Folder {
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        let write = || {
            let mut file = File::create(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().inspect_err(|_| {
            // Half a file would only take room, of which there may be none left.
            let _ = fs::remove_file(&path);
        })?;
        self.sync()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path(from), self.path(to))?;
        self.sync()
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path(name))
    }

    fn read(&self, name: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(name))?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        match fs::metadata(self.path(name)) {
            Ok(found) => Ok(Some(found.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            names.extend(entry?.file_name().into_string().ok());
        }
        names.retain(|name| name != LOCK);
        Ok(names)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}
