//! Turns rows into the bytes of a file while they are read, a page at a time: while one page is turned
//! into bytes the next is read, and nothing is read ahead of a reader who pauses but one page.
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
    imports::{ImportError, aside},
    ports::{TableCell, TableFiles, TableSink},
};

/// The bytes of a file, in pieces.
pub type ExportStream = Pin<Box<dyn Stream<Item = Result<Vec<u8>, AppError>> + Send>>;

/// Bytes of a finished file handed out at a time.
const PIECE: usize = 64 << 10;

/// Some rows of a table or objects of a list, to be written by whoever has time.
pub(crate) trait RowPage: Send {
    /// Writes them.
    fn write(&self, to: &mut Encoder) -> Result<(), AppError>;
}

/// Where rows come from.
#[async_trait]
pub(crate) trait RowSource: Send {
    /// The next page of rows; nothing when there are no more.
    async fn next_page(&mut self) -> Result<Option<Box<dyn RowPage>>, AppError>;
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

/// Turns rows into bytes.
pub(crate) struct Encoder {
    kind: Kind,
    buffer: Buffer,
}

enum Kind {
    Table(Box<dyn TableSink>),
    List { is_first: bool },
}

enum State {
    /// Nothing was read yet.
    Start(Making),
    /// This page comes next.
    Writing(Making, Box<dyn RowPage>),
    Reading {
        file: tokio::fs::File,
        spool: Spool,
    },
    Done,
}

/// A file that is being made.
struct Making {
    source: Box<dyn RowSource>,
    encoder: Encoder,
    spool: Option<Spool>,
}

/// Starts a file with these rows; `spool` is where a workbook is put together.
pub(crate) fn stream_rows(
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
    let kind = match format.table() {
        Some(table) => Kind::Table(
            tables
                .create(table, target, header)
                .map_err(ImportError::from)?,
        ),
        None => Kind::List { is_first: true },
    };
    let making = Making {
        source,
        encoder: Encoder { kind, buffer },
        spool,
    };
    Ok(Box::pin(stream::try_unfold(
        State::Start(making),
        next_piece,
    )))
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
            State::Start(mut making) => {
                if let Some(page) = making.source.next_page().await? {
                    State::Writing(making, page)
                } else {
                    let (piece, next) = finish(making).await?;
                    if !piece.is_empty() {
                        return Ok(Some((piece, next)));
                    }
                    next
                }
            }
            State::Writing(making, page) => {
                let (piece, next) = write_page(making, page).await?;
                if !piece.is_empty() {
                    return Ok(Some((piece, next)));
                }
                next
            }
        };
    }
}

/// Turns a page into bytes and meanwhile reads the next.
async fn write_page(making: Making, page: Box<dyn RowPage>) -> Result<(Vec<u8>, State), AppError> {
    let Making {
        mut source,
        mut encoder,
        spool,
    } = making;
    let write = aside(move || page.write(&mut encoder).map(|()| encoder));
    let (encoder, next) = futures::join!(write, source.next_page());
    let (encoder, next) = (encoder??, next?);
    let piece = encoder.buffer.take();
    let making = Making {
        source,
        encoder,
        spool,
    };
    match next {
        Some(page) => Ok((piece, State::Writing(making, page))),
        None if piece.is_empty() => finish(making).await,
        None => Ok((piece, State::Start(making))),
    }
}

/// Writes what is left.
async fn finish(making: Making) -> Result<(Vec<u8>, State), AppError> {
    let Making { encoder, spool, .. } = making;
    let piece = aside(move || encoder.finish()).await??;
    let Some(spool) = spool else {
        return Ok((piece, State::Done));
    };
    let file = tokio::fs::File::open(&spool.0).await?;
    Ok((piece, State::Reading { file, spool }))
}

impl Encoder {
    /// Writes a row of a table.
    pub(crate) fn row(&mut self, cells: &[TableCell<'_>]) -> Result<(), AppError> {
        if let Kind::Table(sink) = &mut self.kind {
            sink.row(cells).map_err(ImportError::from)?;
        }
        Ok(())
    }

    /// Writes an object of a list.
    pub(crate) fn object(&mut self, object: &serde_json::Value) -> Result<(), AppError> {
        if let Kind::List { is_first } = &mut self.kind {
            self.buffer
                .write_all(if *is_first { b"[\n" } else { b",\n" })?;
            *is_first = false;
            let text = serde_json::to_vec(object);
            let text = text.map_err(|error| AppError::Folder(error.to_string()))?;
            self.buffer.write_all(&text)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, AppError> {
        match self.kind {
            Kind::Table(sink) => sink.finish().map_err(ImportError::from)?,
            Kind::List { is_first: true } => self.buffer.write_all(b"[]\n")?,
            Kind::List { is_first: false } => self.buffer.write_all(b"\n]\n")?,
        }
        Ok(self.buffer.take())
    }
}
