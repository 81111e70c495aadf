//! Rows of a sheet in an XLSX workbook.
//!
//! The library lends out its cells, which cannot be kept in a struct, so a thread of its own walks
//! through the sheet and sends rows in small bundles. It waits when two bundles are unread and
//! stops when the reader is dropped. A panic in the library over a hostile file ends this table, not
//! the program.

use std::{
    collections::VecDeque,
    io::{BufReader, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError,
};

use super::{
    error::{RowError, TableError},
    options::{Limits, OpenOptions, TableFormat, TableKind},
    reader::{Position, Row},
};

/// A bundle is sent when it holds this many rows or bytes.
const BUNDLE_ROWS: usize = 256;
const BUNDLE_BYTES: usize = 256 << 10;
const UNREAD_BUNDLES: usize = 2;

enum Message {
    Opened {
        sheet: String,
        sheets: Vec<String>,
        rows: u64,
    },
    Refused(TableError),
    Rows(Vec<Result<Row, RowError>>),
    End,
}

/// The receiving end of the thread that reads the sheet.
pub(super) struct SheetRows {
    receiver: Receiver<Message>,
    waiting: VecDeque<Result<Row, RowError>>,
    is_done: bool,
    position: Position,
}

impl SheetRows {
    /// Starts reading a workbook whose size was checked.
    pub(super) fn open(
        source: impl Read + Seek + Send + 'static,
        path: &Path,
        options: &OpenOptions,
    ) -> Result<(Self, TableFormat), TableError> {
        let (sender, receiver) = sync_channel(UNREAD_BUNDLES);
        let (file, sheet, limits) = (path.to_path_buf(), options.sheet.clone(), options.limits);
        thread::Builder::new()
            .name("xlsx-reader".to_owned())
            .spawn(move || {
                if let Err(error) = send_sheet(source, &file, sheet, limits, &sender) {
                    // When nobody listens any more there is nobody to tell.
                    sender.send(Message::Refused(error)).ok();
                }
            })
            .map_err(|source| TableError::Io {
                path: path.into(),
                source,
            })?;
        match receiver.recv() {
            Ok(Message::Opened {
                sheet,
                sheets,
                rows,
            }) => {
                let format = TableFormat {
                    kind: TableKind::Xlsx,
                    delimiter: None,
                    encoding: None,
                    sheet: Some(sheet),
                    sheets,
                };
                let position = Position {
                    done: 0,
                    total: rows,
                };
                Ok((
                    Self {
                        receiver,
                        waiting: VecDeque::new(),
                        is_done: false,
                        position,
                    },
                    format,
                ))
            }
            Ok(Message::Refused(error)) => Err(error),
            Ok(Message::Rows(_) | Message::End) | Err(_) => Err(TableError::DamagedWorkbook {
                path: path.into(),
                detail: "cannot be parsed".to_owned(),
            }),
        }
    }

    /// The next row that has any cell.
    pub(super) fn next_row(&mut self) -> Option<Result<Row, RowError>> {
        while self.waiting.is_empty() && !self.is_done {
            match self.receiver.recv() {
                Ok(Message::Rows(rows)) => self.waiting.extend(rows),
                Ok(Message::End) => self.is_done = true,
                Ok(_) | Err(_) => {
                    self.is_done = true;
                    let detail = "cannot be parsed".to_owned();
                    return Some(Err(RowError::Broken {
                        row: self.position.done + 1,
                        detail,
                    }));
                }
            }
        }
        let row = self.waiting.pop_front()?;
        let number = row.as_ref().map_or_else(RowError::row, |row| row.number);
        self.position.done = number;
        self.position.total = self.position.total.max(number);
        Some(row)
    }

    /// The last row that was given out, and how many the sheet says it has.
    pub(super) fn position(&self) -> Position {
        self.position
    }
}

fn send_sheet(
    source: impl Read + Seek,
    path: &Path,
    wanted: Option<String>,
    limits: Limits,
    sender: &SyncSender<Message>,
) -> Result<(), TableError> {
    let damaged = |error: XlsxError| TableError::DamagedWorkbook {
        path: path.into(),
        detail: error.to_string(),
    };
    let mut workbook = Xlsx::new(BufReader::new(source)).map_err(damaged)?;
    let is_sheet = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let known = || workbook.sheets_metadata().iter().filter(is_sheet);
    let sheets: Vec<String> = known().map(|sheet| sheet.name.clone()).collect();
    let visible = known().find(|sheet| sheet.visible == SheetVisible::Visible);
    let chosen = match wanted {
        Some(name) => name,
        None => visible
            .or(known().next())
            .map(|sheet| sheet.name.clone())
            .unwrap_or_default(),
    };
    if !sheets.contains(&chosen) {
        return Err(TableError::SheetNotFound {
            path: path.into(),
            sheet: chosen,
            available: sheets,
        });
    }
    let cells = workbook.worksheet_cells_reader(&chosen).map_err(damaged)?;
    let rows = u64::from(cells.dimensions().end.0) + 1;
    if sender
        .send(Message::Opened {
            sheet: chosen,
            sheets,
            rows,
        })
        .is_ok()
    {
        Bundler {
            sender,
            limits,
            row: OpenRow::default(),
            bundle: Vec::new(),
            bundle_bytes: 0,
        }
        .send_all(cells);
    }
    Ok(())
}

/// The row whose cells are coming in.
#[derive(Default)]
struct OpenRow {
    number: u64,
    cells: Vec<String>,
    bytes: usize,
    fault: Option<RowError>,
}

struct Bundler<'a> {
    sender: &'a SyncSender<Message>,
    limits: Limits,
    row: OpenRow,
    bundle: Vec<Result<Row, RowError>>,
    bundle_bytes: usize,
}

/// The reader of the table was dropped.
struct NobodyListens;

impl Bundler<'_> {
    fn send_all<S: std::io::Read + std::io::Seek>(mut self, cells: XlsxCellReader<'_, S>) {
        // Nobody listening is no error: the table was closed before its end.
        self.walk(cells).ok();
    }

    fn walk<S: std::io::Read + std::io::Seek>(
        &mut self,
        mut cells: XlsxCellReader<'_, S>,
    ) -> Result<(), NobodyListens> {
        loop {
            // Nothing is asked of `cells` after a panic, so its state does not matter.
            let next = catch_unwind(AssertUnwindSafe(|| cells.next_cell()));
            match next.unwrap_or(Err(XlsxError::Unexpected("the parser fell over"))) {
                Ok(Some(cell)) => {
                    let (row, column) = cell.get_position();
                    let number = u64::from(row) + 1;
                    if number != self.row.number {
                        self.close_row()?;
                        self.row.number = number;
                    }
                    self.row
                        .add(column as usize, text_of(cell.get_value()), &self.limits);
                }
                Ok(None) => {
                    self.close_row()?;
                    self.flush()?;
                    return self.send(Message::End);
                }
                Err(error) => {
                    let row = self.row.number.max(1);
                    self.bundle.push(Err(RowError::Broken {
                        row,
                        detail: error.to_string(),
                    }));
                    self.flush()?;
                    return self.send(Message::End);
                }
            }
        }
    }

    fn close_row(&mut self) -> Result<(), NobodyListens> {
        let row = std::mem::take(&mut self.row);
        if row.cells.is_empty() && row.fault.is_none() {
            return Ok(());
        }
        self.bundle_bytes += row.bytes;
        self.bundle.push(match row.fault {
            Some(fault) => Err(fault),
            None => Ok(Row {
                number: row.number,
                cells: row.cells,
            }),
        });
        if self.bundle.len() >= BUNDLE_ROWS || self.bundle_bytes >= BUNDLE_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), NobodyListens> {
        self.bundle_bytes = 0;
        let bundle = std::mem::take(&mut self.bundle);
        if bundle.is_empty() {
            Ok(())
        } else {
            self.send(Message::Rows(bundle))
        }
    }

    fn send(&self, message: Message) -> Result<(), NobodyListens> {
        self.sender.send(message).map_err(|_| NobodyListens)
    }
}

impl OpenRow {
    fn add(&mut self, index: usize, text: String, limits: &Limits) {
        if text.is_empty() {
            return;
        }
        let (row, column) = (self.number, index + 1);
        let fault = if column > limits.max_columns {
            RowError::TooManyColumns {
                row,
                limit: limits.max_columns,
            }
        } else if text.len() > limits.max_cell_bytes {
            RowError::CellTooLarge {
                row,
                column,
                limit_bytes: limits.max_cell_bytes,
            }
        } else if self.bytes + text.len() > limits.max_row_bytes {
            RowError::RowTooLarge {
                row,
                limit_bytes: limits.max_row_bytes,
            }
        } else if text.contains('\0') {
            RowError::NulCharacter { row, column }
        } else {
            self.bytes += text.len();
            if self.cells.len() <= index {
                self.cells.resize(index + 1, String::new());
            }
            if let Some(cell) = self.cells.get_mut(index) {
                *cell = text;
            }
            return;
        };
        self.fault.get_or_insert(fault);
    }
}

/// A cell as text: numbers as the shortest decimal, dates as ISO 8601.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Float(number) => number_text(*number),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        other => Data::from(other.clone()).to_string(),
    }
}

fn number_text(number: f64) -> String {
    // Adding zero turns minus zero into zero.
    (number + 0.0).to_string()
}

fn moment_text(moment: &ExcelDateTime) -> String {
    /// The first day after the calendar of Excel ends.
    const END_OF_DAYS: f64 = 2_958_466.0;
    let serial = moment.as_f64();
    if !(0.0..END_OF_DAYS).contains(&serial) {
        return number_text(serial);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let fraction = if milli == 0 {
        String::new()
    } else {
        format!(".{milli:03}")
    };
    if moment.is_duration() {
        let hours = serial.floor() * 24.0 + f64::from(hour);
        return format!("{hours}:{minute:02}:{second:02}{fraction}");
    }
    let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    if serial < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second, milli) == (0, 0, 0, 0) {
        date
    } else {
        format!("{date}T{time}")
    }
}

#[cfg(test)]
mod text_tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn cells_become_text_without_loss() {
        let date = |serial| {
            DataRef::DateTime(ExcelDateTime::new(
                serial,
                ExcelDateTimeType::DateTime,
                false,
            ))
        };
        let duration = |serial| {
            DataRef::DateTime(ExcelDateTime::new(
                serial,
                ExcelDateTimeType::TimeDelta,
                false,
            ))
        };
        for (cell, text) in [
            (DataRef::Float(12.0), "12"),
            (DataRef::Float(-0.0), "0"),
            (DataRef::Float(7.25), "7.25"),
            (DataRef::Float(0.1 + 0.2), "0.30000000000000004"),
            (DataRef::Float(1e21), "1000000000000000000000"),
            (DataRef::Bool(true), "true"),
            (DataRef::Empty, ""),
            (DataRef::SharedString("=1+1"), "=1+1"),
            (date(46_112.0), "2026-03-31"),
            (date(46_112.586_805_555_555), "2026-03-31T14:05:00"),
            (date(0.5), "12:00:00"),
            (date(-3.0), "-3"),
            (duration(1.104_166_666_666_667), "26:30:00"),
        ] {
            assert_eq!(text_of(&cell), text, "{cell:?}");
        }
    }
}
