//! Turns records into the bytes of a file while they are read, a page at a time.
//!
//! A workbook can only be handed out when it is complete; it is put together in a file of its own,
//! which is gone when the stream is.

use std::{
    io::Write,
    path::PathBuf,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use futures::{Stream, stream};
use tokio::io::AsyncReadExt;

use super::ExportFormat;
use crate::{
    AppError,
    imports::ImportError,
    ports::{TableCell, TableFiles, TableSink},
};

/// The bytes of a file, in pieces.
pub type ExportStream = Pin<Box<dyn Stream<Item = Result<Vec<u8>, AppError>> + Send>>;

/// Bytes of a finished file handed out at a time.
const PIECE: usize = 64 << 10;

/// One row of a table, or one object of a list.
pub(crate) enum Record {
    /// The cells of a row.
    Cells(Vec<TableCell>),
    /// An object.
    Object(serde_json::Value),
}

/// Where records come from.
#[async_trait]
pub(crate) trait RowSource: Send {
    /// The next page of records; nothing when there are no more.
    async fn next_page(&mut self) -> Result<Option<Vec<Record>>, AppError>;
}

/// Bytes that were written and not yet handed out.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A file that is removed with the value that names it.
struct Spool(PathBuf);

impl Drop for Spool {
    fn drop(&mut self) {
        // Nothing can be done about a file that somebody else removed.
        drop(std::fs::remove_file(&self.0));
    }
}

enum Encoder {
    Table(Box<dyn TableSink>),
    List { is_first: bool },
}

enum State {
    Writing {
        source: Box<dyn RowSource>,
        encoder: Encoder,
        buffer: Buffer,
        spool: Option<Spool>,
    },
    Reading {
        file: tokio::fs::File,
        spool: Spool,
    },
    Done,
}

/// Starts a file with these records; `spool` is where a workbook is put together.
pub(crate) fn stream_records(
    tables: &dyn TableFiles,
    format: ExportFormat,
    header: &[String],
    source: Box<dyn RowSource>,
    spool: PathBuf,
) -> Result<ExportStream, AppError> {
    let buffer = Buffer::default();
    let needs_spool = format == ExportFormat::Xlsx;
    let target: Box<dyn Write + Send> = if needs_spool {
        Box::new(std::io::BufWriter::new(std::fs::File::create(&spool)?))
    } else {
        Box::new(buffer.clone())
    };
    let spool = needs_spool.then_some(Spool(spool));
    let encoder = match format.table() {
        Some(table) => Encoder::Table(
            tables
                .create(table, target, header)
                .map_err(ImportError::from)?,
        ),
        None => Encoder::List { is_first: true },
    };
    let state = State::Writing {
        source,
        encoder,
        buffer,
        spool,
    };
    Ok(Box::pin(stream::try_unfold(state, next_piece)))
}

async fn next_piece(mut state: State) -> Result<Option<(Vec<u8>, State)>, AppError> {
    loop {
        state = match state {
            State::Done => return Ok(None),
            State::Reading { mut file, spool } => {
                let mut piece = vec![0; PIECE];
                let count = file.read(&mut piece).await?;
                piece.truncate(count);
                if count == 0 {
                    return Ok(None);
                }
                return Ok(Some((piece, State::Reading { file, spool })));
            }
            State::Writing {
                mut source,
                mut encoder,
                mut buffer,
                spool,
            } => {
                if let Some(records) = source.next_page().await? {
                    for record in records {
                        encoder.write(record, &mut buffer)?;
                    }
                    let piece = buffer.take();
                    let next = State::Writing {
                        source,
                        encoder,
                        buffer,
                        spool,
                    };
                    if !piece.is_empty() {
                        return Ok(Some((piece, next)));
                    }
                    next
                } else {
                    encoder.finish(&mut buffer)?;
                    match spool {
                        None => return Ok(Some((buffer.take(), State::Done))),
                        Some(spool) => {
                            let file = tokio::fs::File::open(&spool.0).await?;
                            State::Reading { file, spool }
                        }
                    }
                }
            }
        };
    }
}

impl Encoder {
    fn write(&mut self, record: Record, buffer: &mut Buffer) -> Result<(), AppError> {
        match (self, record) {
            (Self::Table(sink), Record::Cells(cells)) => {
                sink.row(&cells).map_err(ImportError::from)?;
            }
            (Self::List { is_first }, Record::Object(object)) => {
                buffer.write_all(if *is_first { b"[\n" } else { b",\n" })?;
                *is_first = false;
                serde_json::to_writer(buffer, &object)
                    .map_err(|error| AppError::Folder(error.to_string()))?;
            }
            // A source makes the records that its format takes.
            _ => {}
        }
        Ok(())
    }

    fn finish(self, buffer: &mut Buffer) -> Result<(), AppError> {
        match self {
            Self::Table(sink) => sink.finish().map_err(ImportError::from)?,
            Self::List { is_first: true } => buffer.write_all(b"[]\n")?,
            Self::List { is_first: false } => buffer.write_all(b"\n]\n")?,
        }
        Ok(())
    }
}
