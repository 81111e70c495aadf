//! A folder of our own that disappears when it is dropped.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::problem::Problem;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A temporary folder, removed with all that is in it on drop.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// Makes the folder; `purpose` becomes part of its name.
    pub(crate) fn new(purpose: &str) -> Result<Self, Problem> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("peil-dev-{purpose}-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).map_err(|cause| Problem::at(&path, &cause))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary folder harms nobody.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
