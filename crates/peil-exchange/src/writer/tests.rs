//! What is written can be read back, and is safe.

use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;

use super::*;
use crate::table::{Delimiter, OpenOptions, TableReader, open};

fn read(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    std::fs::write(&path, bytes).unwrap();
    let reader: TableReader = open(&path, &OpenOptions::default()).unwrap();
    let header = reader.header().to_vec();
    (header, reader.map(|row| row.unwrap().cells).collect())
}

fn csv(style: CsvStyle, rows: &[&[Cell<'_>]]) -> String {
    let mut bytes = Vec::new();
    let mut writer = csv_writer(&mut bytes, style);
    writer
        .write_header(&vec!["h"; rows.first().unwrap().len()])
        .unwrap();
    for row in rows {
        writer.write_row(row).unwrap();
    }
    assert_eq!(writer.finish().unwrap().rows, rows.len() as u64 + 1);
    String::from_utf8(bytes)
        .unwrap()
        .split_once("\r\n")
        .unwrap()
        .1
        .to_owned()
}

fn xlsx(header: &[&str], rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = xlsx_writer(&mut bytes, XlsxStyle::default()).unwrap();
    writer.write_header(header).unwrap();
    for row in rows {
        writer.write_row(row).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

#[test]
fn every_kind_of_cell_has_one_form_in_csv() {
    let moment = "2026-03-31T12:05:00Z".parse().unwrap();
    let cells = [
        Cell::Text("a b"),
        Cell::Integer(-5),
        Cell::Decimal(-1234.5),
        Cell::Decimal(f64::NAN),
        Cell::Date(date(2026, 3, 31)),
        Cell::DateTime(moment),
        Cell::Boolean(true),
        Cell::Empty,
    ];
    assert_eq!(
        csv(CsvStyle::default(), &[&cells]),
        "a b,-5,-1234.5,,2026-03-31,2026-03-31T12:05:00+00:00,true,\r\n"
    );
    let style = CsvStyle {
        zone: TimeZone::fixed(jiff::tz::offset(2)),
        ..CsvStyle::dutch_excel()
    };
    assert_eq!(
        csv(style, &[&cells]),
        "a b;-5;-1234,5;;2026-03-31;2026-03-31T14:05:00+02:00;true;\r\n"
    );
    let style = CsvStyle {
        uses_decimal_comma: true,
        ..CsvStyle::default()
    };
    assert_eq!(
        csv(style, &[&[Cell::Decimal(7.5), Cell::Decimal(7.0)]]),
        "\"7,5\",7\r\n"
    );
}

#[test]
fn no_text_in_csv_starts_a_formula_under_any_delimiter() {
    for (text, written) in [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("\t=1", "\"'\t=1\""),
        ("-5", "-5"),
        ("a;=1", "\"a;=1\""),
        ("a,=1", "\"a,=1\""),
        ("a\t=1", "\"a\t=1\""),
        ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("a\0b", "\"ab\""),
        (" a", "\" a\""),
    ] {
        let line = csv(CsvStyle::default(), &[&[Cell::Text(text), Cell::Empty]]);
        assert_eq!(line, format!("{written},\r\n"), "{text:?}");
    }
}

#[test]
fn a_workbook_keeps_numbers_dates_and_texts_apart() {
    let moment = "2026-03-31T12:05:00.999Z".parse().unwrap();
    let long = "x".repeat(40_000);
    let cells = vec![
        Cell::Text("=1+1"),
        Cell::Text("_x0041_ & <b> \r\n é"),
        Cell::Integer(-5),
        Cell::Integer(9_007_199_254_740_993),
        Cell::Decimal(7.25),
        Cell::Decimal(f64::INFINITY),
        Cell::Date(date(2026, 3, 31)),
        Cell::Date(date(1850, 1, 2)),
        Cell::DateTime(moment),
        Cell::Boolean(false),
        Cell::Empty,
        Cell::Text(&long),
    ];
    let (_, rows) = read(&xlsx(&["h"; 12], &[cells]));
    let row = rows.first().unwrap();
    let (last, others) = row.split_last().unwrap();
    assert_eq!(
        others,
        [
            "=1+1",
            "_x0041_ & <b> \r\n é",
            "-5",
            "9007199254740993",
            "7.25",
            "",
            "2026-03-31",
            "1850-01-02",
            "2026-03-31T12:05:00.999",
            "false",
            ""
        ]
    );
    assert_eq!(last.chars().count(), 32_767);
}

#[test]
fn a_row_of_another_length_than_the_header_is_refused() {
    let mut writer = csv_writer(Vec::new(), CsvStyle::default());
    writer.write_header(&["a", "b"]).unwrap();
    let error = writer.write_row(&[Cell::Empty]).unwrap_err();
    assert_eq!(error.code(), "write.row_length");
    assert_eq!(
        error.to_string(),
        "row 2 has 1 cells where the header has 2"
    );
}

#[test]
fn a_sheet_refuses_more_columns_than_it_holds_and_a_name_it_cannot_have() {
    let mut writer = xlsx_writer(Vec::new(), XlsxStyle::default()).unwrap();
    let error = writer.write_header(&vec!["a"; 16_385]).unwrap_err();
    assert_eq!(error.code(), "write.too_many_columns");
    let style = XlsxStyle {
        sheet: "a/b".to_owned(),
        ..XlsxStyle::default()
    };
    assert_eq!(
        xlsx_writer(Vec::new(), style).err().unwrap().code(),
        "write.workbook"
    );
}

#[test]
fn a_workbook_goes_on_in_a_new_sheet_when_one_is_full() {
    let mut bytes = Vec::new();
    let style = XlsxStyle {
        most_rows: 3,
        ..XlsxStyle::default()
    };
    let mut writer = xlsx_writer(&mut bytes, style).unwrap();
    writer.write_header(&["nr"]).unwrap();
    for number in 1..=5 {
        writer.write_row(&[Cell::Integer(number)]).unwrap();
    }
    assert_eq!(writer.finish().unwrap().rows, 8);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.xlsx");
    std::fs::write(&path, bytes).unwrap();
    for (sheet, expected) in [
        ("Peil", vec!["1", "2"]),
        ("Peil 2", vec!["3", "4"]),
        ("Peil 3", vec!["5"]),
    ] {
        let options = OpenOptions {
            sheet: Some(sheet.to_owned()),
            ..OpenOptions::default()
        };
        let reader = open(&path, &options).unwrap();
        assert_eq!(reader.header(), ["nr"]);
        let rows: Vec<_> = reader.map(|row| row.unwrap().cells.concat()).collect();
        assert_eq!(rows, expected);
    }
}

/// Takes a number of bytes and then fails, as a closed connection does.
struct Closing(usize);

impl Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_target_that_closes_is_an_error_and_no_panic() {
    for room in [0, 10, 500, 3_000] {
        let mut writer = xlsx_writer(Closing(room), XlsxStyle::default()).unwrap();
        writer.write_header(&["a"]).unwrap();
        assert_eq!(writer.finish().unwrap_err().code(), "write.io");
    }
    let mut writer = csv_writer(Closing(3), CsvStyle::default());
    writer.write_header(&["abc"]).unwrap();
    assert_eq!(writer.finish().unwrap_err().code(), "write.io");
}

#[test]
fn refused_rows_come_out_with_their_cells_number_and_reason() {
    let mut bytes = Vec::new();
    let header = ["naam", "cijfer"].map(str::to_owned);
    let writer = csv_writer(
        &mut bytes,
        CsvStyle {
            delimiter: Delimiter::Semicolon,
            ..CsvStyle::default()
        },
    );
    let mut refused = RefusedRowsWriter::new(writer, &header, "rij", "reden").unwrap();
    refused
        .write(7, &["=Jan", "elf"].map(str::to_owned), "geen getal")
        .unwrap();
    refused.write(9, &[], "onleesbaar").unwrap();
    refused
        .write(12, &["a", "1", "b"].map(str::to_owned), "te lang")
        .unwrap();
    assert_eq!(refused.finish().unwrap().rows, 4);
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "naam;cijfer;rij;reden\r\n'=Jan;elf;7;geen getal\r\n;;9;onleesbaar\r\na;1;12;te lang;b\r\n"
    );
}

/// Tables of which every row has something to see in it.
fn tables() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = "['=+@;,\"\t\r\n a-zé€5_x<&-]{0,8}|\\PC{0,5}";
    let row = (proptest::collection::vec(cell, 3), "[a-z]").prop_map(|(mut row, seen)| {
        row.push(seen);
        row
    });
    proptest::collection::vec(row, 1..8)
}

proptest! {
    #[test]
    fn a_table_comes_back_from_csv_as_it_was_written(table in tables(), is_dutch: bool) {
        let mut bytes = Vec::new();
        let style = if is_dutch { CsvStyle::dutch_excel() } else { CsvStyle::default() };
        let mut writer = csv_writer(&mut bytes, style.clone());
        writer.write_header(&["a", "b", "c", "d"]).unwrap();
        for row in &table {
            writer.write_row(&row.iter().map(|cell| Cell::Text(cell)).collect::<Vec<_>>()).unwrap();
        }
        writer.finish().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table");
        std::fs::write(&path, &bytes).unwrap();
        let options = OpenOptions { delimiter: Some(style.delimiter), ..OpenOptions::default() };
        let reader = open(&path, &options).unwrap();
        let rows: Vec<_> = reader.map(|row| row.unwrap().cells).collect();
        prop_assert_eq!(rows, table);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_table_comes_back_from_a_workbook_as_it_was_written(table in tables()) {
        let cells: Vec<_> = table.iter().map(|row| row.iter().map(|cell| Cell::Text(cell)).collect()).collect();
        let (header, rows) = read(&xlsx(&["a", "b", "c", "d"], &cells));
        prop_assert_eq!(header, ["a", "b", "c", "d"]);
        prop_assert_eq!(rows, table);
    }
}
