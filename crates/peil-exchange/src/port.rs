//! Offers tables to the use cases, through the port that they define.

use std::{io::Write, path::Path};

use peil_app::ports::{
    TableCell, TableFiles, TableFormat, TablePreview, TableProblem, TableRow, TableSink,
    TableSource,
};

use crate::{
    table::{self, OpenOptions, RowError, TableError, TableReader},
    writer::{Cell, CsvStyle, TableWriter, WriteError, XlsxStyle, csv_writer, xlsx_writer},
};

/// Reads and writes table files.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables;

impl TableFiles for Tables {
    fn preview(&self, path: &Path, rows: usize) -> Result<TablePreview, TableProblem> {
        let preview =
            table::preview(path, &OpenOptions::default(), rows).map_err(|e| of_table(&e))?;
        let format = &preview.format;
        let parts = [
            format.delimiter.map(|delimiter| format!("{delimiter:?}")),
            format.encoding.map(|encoding| encoding.name().to_owned()),
            format.sheet.clone(),
        ];
        let words: Vec<String> = parts.into_iter().flatten().collect();
        Ok(TablePreview {
            format: format!("{:?} {}", format.kind, words.join(" ")),
            header: preview.header,
            rows: preview
                .rows
                .into_iter()
                .map(|row| TableRow {
                    number: row.number,
                    cells: row.cells,
                })
                .collect(),
            columns: preview.columns,
        })
    }

    fn open(&self, path: &Path) -> Result<Box<dyn TableSource>, TableProblem> {
        let reader = table::open(path, &OpenOptions::default()).map_err(|e| of_table(&e))?;
        Ok(Box::new(Source(reader)))
    }

    fn create(
        &self,
        format: TableFormat,
        to: Box<dyn Write + Send>,
        header: &[String],
    ) -> Result<Box<dyn TableSink>, TableProblem> {
        let mut writer = match format {
            TableFormat::Csv => csv_writer(to, CsvStyle::default()),
            TableFormat::CsvExcel => csv_writer(to, CsvStyle::dutch_excel()),
            TableFormat::Xlsx => xlsx_writer(to, XlsxStyle::default()).map_err(|e| of_write(&e))?,
        };
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        writer.write_header(&names).map_err(|e| of_write(&e))?;
        Ok(Box::new(Sink(writer)))
    }
}

struct Source(TableReader);

impl TableSource for Source {
    fn header(&self) -> &[String] {
        self.0.header()
    }

    fn next_row(&mut self) -> Option<Result<TableRow, TableProblem>> {
        let row = self.0.next_row()?;
        let row = row.map(|row| TableRow {
            number: row.number,
            cells: row.cells,
        });
        Some(row.map_err(|error| of_row(&error)))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a progress bar needs no more than 52 bits"
    )]
    fn progress(&self) -> f64 {
        let position = self.0.position();
        if position.total == 0 {
            1.0
        } else {
            position.done as f64 / position.total as f64
        }
    }
}

struct Sink(TableWriter<Box<dyn Write + Send>>);

impl TableSink for Sink {
    fn row(&mut self, cells: &[TableCell<'_>]) -> Result<(), TableProblem> {
        let cells: Vec<Cell<'_>> = cells
            .iter()
            .map(|cell| match cell {
                TableCell::Text(text) => Cell::Text(text),
                TableCell::Integer(number) => Cell::Integer(*number),
                TableCell::Number(number) => Cell::Decimal(*number),
                TableCell::Moment(at) => Cell::DateTime(*at),
                TableCell::Day(date) => Cell::Date(*date),
                TableCell::Empty => Cell::Empty,
            })
            .collect();
        self.0.write_row(&cells).map_err(|error| of_write(&error))
    }

    fn finish(self: Box<Self>) -> Result<(), TableProblem> {
        self.0
            .finish()
            .map(|_| ())
            .map_err(|error| of_write(&error))
    }
}

fn of_table(error: &TableError) -> TableProblem {
    TableProblem {
        code: error.code(),
        detail: error.to_string(),
        row: None,
        column: None,
        cells: Vec::new(),
        ends_the_table: true,
    }
}

fn of_row(error: &RowError) -> TableProblem {
    TableProblem {
        code: error.code(),
        detail: error.to_string(),
        row: Some(error.row()),
        column: error.column(),
        cells: error.cells().to_vec(),
        ends_the_table: error.ends_the_table(),
    }
}

fn of_write(error: &WriteError) -> TableProblem {
    TableProblem {
        code: error.code(),
        detail: error.to_string(),
        row: None,
        column: None,
        cells: Vec::new(),
        ends_the_table: true,
    }
}
