//! Takes files in, shows what is in them, tells how far they are and removes them.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use peil_domain::{
    access::{Actor, Right},
    shared::ImportId,
};
use peil_store::imports::{self, Import, ImportKind, ImportState};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use super::{ImportError, ImportPreview, ImportView, Plan, RefusedRow, refused};
use crate::{
    App, AppError,
    app::{demand, new_id},
    exports::{ExportFormat, ExportStream, stream_rows},
    ports::TableFiles,
};

/// Rows by which columns are judged.
const LOOKED_AT: usize = 1_000;
/// Rows that are shown.
const SHOWN: usize = 20;
/// A column with more different values has too many to list.
const FEW: usize = 12;
/// Longest value that is listed, in characters.
const LONGEST_LISTED: usize = 60;
/// Refused rows that are shown on screen.
const REFUSED_SHOWN: usize = 20;
/// Imports that are listed.
const LISTED: u64 = 100;
/// Bytes that are read from the network at a time.
const PIECE: usize = 64 << 10;

/// A file to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// What it is imported as.
    pub kind: ImportKind,
    /// Its name where it came from.
    pub file_name: String,
    /// Greatest number of bytes that is taken.
    pub most_bytes: u64,
}

/// What is kept beside the columns of an import.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// What becomes of its rows.
    pub(super) plan: Option<Plan>,
    /// Names of the columns of the file.
    pub(super) header: Vec<String>,
    /// Length of the file with refused rows after the last finished batch.
    pub(super) refused_bytes: u64,
    /// Answers of which the customer is not known.
    pub(super) unlinked: u64,
    /// Times that something unexpected stopped it since the last finished batch.
    pub(super) failures: u32,
}

impl Kept {
    pub(super) fn of(import: &Import) -> Self {
        serde_json::from_value(import.mapping.clone()).unwrap_or_default()
    }

    pub(super) fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

pub(super) fn view(import: Import) -> ImportView {
    let kept = Kept::of(&import);
    ImportView {
        plan: kept.plan,
        unlinked: kept.unlinked,
        import,
    }
}

/// The right that an import of this kind takes.
pub(super) const fn right_for(kind: ImportKind) -> Right {
    match kind {
        ImportKind::Contacts => Right::WriteAudience,
        ImportKind::Answers => Right::WriteResponses,
    }
}

impl App {
    /// Folder of uploaded files.
    pub(crate) fn uploads(&self) -> PathBuf {
        self.folder.join("uploads")
    }

    pub(super) fn upload_path(&self, id: ImportId) -> PathBuf {
        self.uploads().join(id.to_string())
    }

    /// Makes the folder of uploads, closed to others.
    pub(crate) fn make_uploads(&self) -> Result<(), AppError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        Ok(builder.create(self.uploads())?)
    }

    /// Takes a file in. Nothing is done with it until the import is started.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`] and [`ImportError::Unreadable`]; nothing is kept then.
    pub async fn upload_import(
        &self,
        actor: &Actor,
        new: NewImport,
        content: impl AsyncRead + Unpin + Send,
    ) -> Result<ImportView, AppError> {
        demand(actor, right_for(new.kind))?;
        self.make_uploads()?;
        let id = new_id!(self, ImportId);
        let path = self.upload_path(id);
        let taken = async {
            save_upload(&path, content, new.most_bytes).await?;
            self.look_at(path.clone(), 1).await
        };
        if let Err(error) = taken.await {
            drop(tokio::fs::remove_file(&path).await);
            return Err(error);
        }
        let name: String = new
            .file_name
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect();
        let import = self.new_import(actor, id, new.kind, name);
        let tx = self.store.begin(actor.workspace).await?;
        imports::add(&tx, &import).await?;
        let details = serde_json::json!({ "kind": import.kind });
        self.record(&tx, actor, "import.uploaded", id, details)
            .await?;
        tx.commit().await?;
        Ok(view(import))
    }

    pub(super) fn new_import(
        &self,
        actor: &Actor,
        id: ImportId,
        kind: ImportKind,
        file_name: String,
    ) -> Import {
        Import {
            id,
            workspace: actor.workspace,
            user: actor.user,
            survey: None,
            kind,
            state: ImportState::Uploaded,
            file_name,
            mapping: Kept::default().to_json(),
            done: 0,
            total: 0,
            added: 0,
            updated: 0,
            failed: 0,
            created_at: self.clock.now(),
            finished_at: None,
            last_error: None,
        }
    }

    pub(super) async fn look_at(
        &self,
        path: PathBuf,
        rows: usize,
    ) -> Result<crate::ports::TablePreview, AppError> {
        let tables: Arc<dyn TableFiles> = Arc::clone(&self.tables);
        let looked = tokio::task::spawn_blocking(move || tables.preview(&path, rows)).await;
        let looked = looked.map_err(|error| AppError::Folder(error.to_string()))?;
        Ok(looked.map_err(ImportError::from)?)
    }

    /// Lists the newest imports that the actor may see.
    pub async fn list_imports(&self, actor: &Actor) -> Result<Vec<ImportView>, AppError> {
        if !actor.has(Right::WriteAudience) {
            demand(actor, Right::WriteResponses)?;
        }
        let found = imports::list(&self.store.read(actor.workspace), LISTED).await?;
        let seen = found
            .into_iter()
            .filter(|import| actor.has(right_for(import.kind)));
        Ok(seen.map(view).collect())
    }

    /// Reads how far an import is, with the first rows that it refused.
    pub async fn get_import(
        &self,
        actor: &Actor,
        id: ImportId,
    ) -> Result<(ImportView, Vec<RefusedRow>), AppError> {
        let import = self.import_for(actor, id).await?;
        let rows = if import.failed == 0 {
            Vec::new()
        } else {
            self.first_refused(id, REFUSED_SHOWN)?
        };
        Ok((view(import), rows))
    }

    pub(super) async fn import_for(&self, actor: &Actor, id: ImportId) -> Result<Import, AppError> {
        let found = imports::find(&self.store.read(actor.workspace), id).await?;
        let import = found.ok_or(AppError::NotFound)?;
        demand(actor, right_for(import.kind))?;
        Ok(import)
    }

    pub(super) async fn waiting_import(
        &self,
        actor: &Actor,
        id: ImportId,
    ) -> Result<Import, AppError> {
        let import = self.import_for(actor, id).await?;
        let is_waiting = import.state == ImportState::Uploaded;
        if is_waiting {
            Ok(import)
        } else {
            Err(ImportError::NotWaiting.into())
        }
    }

    /// Shows the first rows of a file that waits to be started.
    pub async fn preview_import(
        &self,
        actor: &Actor,
        id: ImportId,
    ) -> Result<ImportPreview, AppError> {
        let import = self.waiting_import(actor, id).await?;
        let mut table = self.look_at(self.upload_path(id), LOOKED_AT).await?;
        let values = (0..table.header.len())
            .map(|column| few_values(table.rows.iter().filter_map(|row| row.cells.get(column))))
            .collect();
        table.rows.truncate(SHOWN);
        Ok(ImportPreview {
            view: view(import),
            table,
            values,
        })
    }

    /// Removes an import that does not run, with its files. What it brought in stays.
    pub async fn remove_import(&self, actor: &Actor, id: ImportId) -> Result<(), AppError> {
        let import = self.import_for(actor, id).await?;
        if import.state == ImportState::Running {
            return Err(ImportError::NotWaiting.into());
        }
        let tx = self.store.begin(actor.workspace).await?;
        imports::remove(&tx, id).await?;
        self.record(&tx, actor, "import.removed", id, serde_json::Value::Null)
            .await?;
        tx.commit().await?;
        for path in [self.upload_path(id), self.refused_path(id)] {
            drop(std::fs::remove_file(path));
        }
        Ok(())
    }

    /// Writes the refused rows of an import as a table: their own cells, then the columns `names`
    /// with the number of the row and the reason, which `say` puts into words.
    pub async fn export_refused_rows(
        &self,
        actor: &Actor,
        id: ImportId,
        names: [String; 2],
        say: impl Fn(&RefusedRow) -> String + Send + 'static,
    ) -> Result<ExportStream, AppError> {
        let import = self.import_for(actor, id).await?;
        let mut header = Kept::of(&import).header;
        let width = header.len();
        header.extend(names);
        let rows = refused::RefusedRows {
            rows: refused::read_rows(&self.refused_path(id))?,
            width,
            say,
        };
        let spool = self.uploads().join(format!("{id}.refused.export"));
        stream_rows(
            &*self.tables,
            ExportFormat::CsvExcel,
            &header,
            Box::new(rows),
            spool,
        )
    }
}

/// The values of a column when they are few and short, else none.
fn few_values<'a>(cells: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut values = BTreeSet::new();
    for cell in cells
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
    {
        if cell.chars().count() > LONGEST_LISTED {
            return Vec::new();
        }
        values.insert(cell);
        if values.len() > FEW {
            return Vec::new();
        }
    }
    values.into_iter().map(str::to_owned).collect()
}

async fn save_upload(
    path: &std::path::Path,
    mut content: impl AsyncRead + Unpin,
    most_bytes: u64,
) -> Result<(), AppError> {
    let mut options = tokio::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await?;
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        let count = content.read(&mut piece).await?;
        let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else {
            break;
        };
        bytes += u64::try_from(count).unwrap_or(u64::MAX);
        if bytes > most_bytes {
            return Err(ImportError::TooLarge { most_bytes }.into());
        }
        file.write_all(read).await?;
    }
    file.flush().await?;
    Ok(file.sync_all().await?)
}
