//! Files of every dialect, and files that mean harm. All are made here.

use std::{fs, io::Write, path::PathBuf};

use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use peil_domain::shared::values::ColumnKind;

use crate::writer::{Cell, XlsxStyle, xlsx_writer};

struct Sample {
    _folder: TempDir,
    path: PathBuf,
}

fn sample(bytes: impl AsRef<[u8]>) -> Sample {
    let folder = tempfile::tempdir().unwrap();
    // The name says nothing on purpose: content decides.
    let path = folder.path().join("upload");
    fs::write(&path, bytes).unwrap();
    Sample {
        _folder: folder,
        path,
    }
}

fn open_bytes(bytes: impl AsRef<[u8]>) -> Result<TableReader, TableError> {
    open_with(bytes, &OpenOptions::default())
}

fn open_with(bytes: impl AsRef<[u8]>, options: &OpenOptions) -> Result<TableReader, TableError> {
    // An open file stays readable after its folder is removed, but a workbook is opened twice.
    let sample = sample(bytes);
    open(&sample.path, options)
}

fn refusal(bytes: impl AsRef<[u8]>) -> &'static str {
    open_bytes(bytes).err().unwrap().code()
}

fn rows(reader: TableReader) -> Vec<Vec<String>> {
    reader.map(|row| row.unwrap().cells).collect()
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{FEFF}{text}")
        .encode_utf16()
        .flat_map(to_bytes)
        .collect()
}

/// A workbook with one sheet whose rows are given as XML.
fn workbook(sheet_data: &str) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let parts = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData></worksheet>"#),
        ),
    ];
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = ZipWriter::new(&mut bytes);
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    bytes.into_inner()
}

fn two_sheets() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, title) in [("Klanten", "naam"), ("Blad 2", "code")] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write_string(0, 0, title).unwrap();
        sheet.write_string(2, 0, "x").unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn every_dialect_of_text_is_read_the_same() {
    let text = "naam;prijs\r\nZoë Café;€ 5\r\n";
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let utf8 = TextEncoding::Utf8;
    for (bytes, encoding, delimiter) in [
        (text.as_bytes().to_vec(), utf8, Delimiter::Semicolon),
        (
            format!("\u{FEFF}{text}").into_bytes(),
            utf8,
            Delimiter::Semicolon,
        ),
        (windows, TextEncoding::Windows1252, Delimiter::Semicolon),
        (
            utf16(text, u16::to_le_bytes),
            TextEncoding::Utf16Le,
            Delimiter::Semicolon,
        ),
        (
            utf16(text, u16::to_be_bytes),
            TextEncoding::Utf16Be,
            Delimiter::Semicolon,
        ),
        (
            format!("sep=;\r\n{text}").into_bytes(),
            utf8,
            Delimiter::Semicolon,
        ),
        (
            format!("\u{FEFF}sep=;\r\n{text}").into_bytes(),
            utf8,
            Delimiter::Semicolon,
        ),
        (text.replace(';', ",").into_bytes(), utf8, Delimiter::Comma),
        (text.replace(';', "\t").into_bytes(), utf8, Delimiter::Tab),
        (text.replace(';', "|").into_bytes(), utf8, Delimiter::Pipe),
        (
            text.replace("\r\n", "\r").into_bytes(),
            utf8,
            Delimiter::Semicolon,
        ),
        (
            text.trim_end().as_bytes().to_vec(),
            utf8,
            Delimiter::Semicolon,
        ),
    ] {
        let reader = open_bytes(&bytes).unwrap();
        let format = reader.format().clone();
        assert_eq!(
            (format.encoding, format.delimiter),
            (Some(encoding), Some(delimiter))
        );
        assert_eq!(reader.header(), ["naam", "prijs"]);
        assert_eq!(rows(reader), [["Zoë Café", "€ 5"]]);
    }
}

#[test]
fn a_letter_of_windows_far_into_the_file_is_still_noticed() {
    let mut bytes = b"naam\n".to_vec();
    bytes.extend("Jansen\n".repeat(20_000).bytes());
    bytes.extend(b"Zo\xEB\n");
    let reader = open_bytes(bytes).unwrap();
    assert_eq!(rows(reader).last().unwrap(), &["Zoë"]);
}

#[test]
fn utf8_with_a_few_wrong_bytes_is_not_taken_for_another_encoding() {
    let mut bytes = "naam\n".as_bytes().to_vec();
    bytes.extend("Zoë\n".repeat(20_000).bytes());
    bytes.extend(b"Jos\xE9\nAndr\xE9\n");
    bytes.extend("Zoë\n".repeat(20_000).bytes());
    let error = open_bytes(bytes).err().unwrap();
    assert_eq!(error.code(), "table.wrong_encoding");
    assert!(error.to_string().contains("UTF-8 in line 20002"), "{error}");
}

#[test]
fn a_choice_of_the_caller_overrules_what_the_file_looks_like() {
    let options = OpenOptions {
        delimiter: Some(Delimiter::Comma),
        encoding: Some(TextEncoding::Windows1252),
        ..OpenOptions::default()
    };
    let reader = open_with("a;b,c\né;1,2\n", &options).unwrap();
    assert_eq!(reader.header(), ["a;b", "c"]);
    assert_eq!(rows(reader), [["Ã©;1", "2"]]);

    let options = OpenOptions {
        encoding: Some(TextEncoding::Utf8),
        ..OpenOptions::default()
    };
    let error = open_with(b"naam\nZo\xEB\n", &options).err().unwrap();
    assert_eq!(error.code(), "table.wrong_encoding");
}

#[test]
fn rows_keep_the_number_that_a_spreadsheet_shows() {
    let reader = open_bytes("sep=,\n\na,b\n1,\"x\ny\"\n,\n ,\n2,3\n").unwrap();
    let numbers: Vec<_> = reader.map(|row| row.unwrap().number).collect();
    assert_eq!(numbers, [3, 6]);
}

#[test]
fn short_rows_are_filled_up_and_long_rows_are_refused_by_number() {
    let mut reader = open_bytes("a;b\n1\n1;2;;\n1;2;3\n4;5\n").unwrap();
    assert_eq!(reader.next_row().unwrap().unwrap().cells, ["1", ""]);
    assert_eq!(reader.next_row().unwrap().unwrap().cells, ["1", "2"]);
    let error = reader.next_row().unwrap().unwrap_err();
    assert_eq!((error.code(), error.row()), ("row.too_many_cells", 4));
    assert_eq!(
        error.to_string(),
        "row 4 has 3 cells where the header has 2"
    );
    assert_eq!(error.cells(), ["1", "2", "3"]);
    assert_eq!(reader.next_row().unwrap().unwrap().number, 5);
    assert!(reader.next_row().is_none());
    let position = reader.position();
    assert_eq!(position.done, position.total);
}

#[test]
fn the_guard_against_formulas_is_taken_off_unless_asked_not_to() {
    let text = "a;b\n'=1+1;'t Zand\n";
    assert_eq!(rows(open_bytes(text).unwrap()), [["=1+1", "'t Zand"]]);
    let options = OpenOptions {
        removes_formula_guard: false,
        ..OpenOptions::default()
    };
    assert_eq!(
        rows(open_with(text, &options).unwrap()),
        [["'=1+1", "'t Zand"]]
    );
}

#[test]
fn what_is_not_a_table_is_refused_by_name() {
    let whole = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let mut other_archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    other_archive
        .start_file("readme.txt", SimpleFileOptions::default())
        .unwrap();
    let other_archive = other_archive.finish().unwrap().into_inner();
    for (bytes, code) in [
        (Vec::new(), "table.empty"),
        (b"\n\n ; \n".to_vec(), "table.empty"),
        (b"sep=;".to_vec(), "table.empty"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old".to_vec(),
            "table.old_or_protected",
        ),
        (b"\xEF\xBB\xBF <HTML><table>".to_vec(), "table.markup"),
        (b"\x89PNG\r\n\x1A\n\0\0\0".to_vec(), "table.binary"),
        (b"\xFF\xFEa\0\x00\xD8".to_vec(), "table.wrong_encoding"),
        (b"\"a;b\n1;2".to_vec(), "table.header"),
        (other_archive, "table.not_a_workbook"),
        (whole[..whole.len() / 2].to_vec(), "table.damaged_workbook"),
        (whole[..10].to_vec(), "table.damaged_workbook"),
        (workbook(""), "table.empty"),
        (workbook("<row r=\"1\"><c r=\"A1\""), "table.header"),
    ] {
        let found = open_bytes(&bytes).err().map(|error| error.code());
        assert_eq!(found, Some(code), "{:?}", String::from_utf8_lossy(&bytes));
    }
    let missing = open(
        std::path::Path::new("/nowhere/upload"),
        &OpenOptions::default(),
    );
    assert_eq!(missing.err().unwrap().code(), "table.io");
}

#[test]
fn a_workbook_is_read_from_the_sheet_that_was_asked_for() {
    let sample = sample(two_sheets());
    let reader = open(&sample.path, &OpenOptions::default()).unwrap();
    assert_eq!(reader.format().sheet.as_deref(), Some("Klanten"));
    assert_eq!(reader.format().sheets, ["Klanten", "Blad 2"]);
    assert_eq!(reader.header(), ["naam"]);

    let on_sheet = |name: &str| OpenOptions {
        sheet: Some(name.to_owned()),
        ..OpenOptions::default()
    };
    let mut reader = open(&sample.path, &on_sheet("Blad 2")).unwrap();
    assert_eq!(reader.header(), ["code"]);
    let row = reader.next_row().unwrap().unwrap();
    assert_eq!((row.number, row.cells), (3, vec!["x".to_owned()]));
    assert_eq!(reader.position(), Position { done: 3, total: 3 });
    assert!(reader.next_row().is_none());

    let error = open(&sample.path, &on_sheet("Weg")).err().unwrap();
    assert_eq!(error.code(), "table.sheet_not_found");
}

#[test]
fn a_workbook_that_contradicts_itself_ends_in_an_error_and_not_in_a_panic() {
    let header =
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#;
    for rest in [
        r#"<row r="3"><c r="A3" t="s"><v>9</v></c></row>"#,
        r#"<row r="3"><c r="A3" t="n"><v>x</v></c></row>"#,
        r#"<row r="3"><c r="A3"><w>"#,
    ] {
        let mut reader = open_bytes(workbook(&format!("{header}{rest}"))).unwrap();
        let error = reader.next_row().unwrap().unwrap_err();
        assert_eq!(error.code(), "row.broken", "{rest}");
        assert!(reader.next_row().is_none(), "{rest}");
    }
    // Places that overflow are refused in a checked build and lie elsewhere in a fast one.
    for rest in [
        r#"<row r="3"><c r="A99999999999999999999"><v>1</v></c></row>"#,
        r#"<row r="3"><c r="AAAAAAAAAAAAAAAA3"><v>1</v></c></row>"#,
    ] {
        let reader = open_bytes(workbook(&format!("{header}{rest}"))).unwrap();
        assert!(reader.count() <= 2, "{rest}");
    }
}

#[test]
fn cells_of_a_workbook_far_to_the_right_are_refused_by_row() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row><row r="3"><c r="A3"><v>5</v></c></row>"#;
    let mut reader = open_bytes(workbook(rows)).unwrap();
    let error = reader.next_row().unwrap().unwrap_err();
    assert_eq!((error.code(), error.row()), ("row.too_many_columns", 2));
    assert_eq!(reader.next_row().unwrap().unwrap().cells, ["5"]);
}

#[test]
fn a_huge_number_of_columns_is_refused() {
    assert_eq!(refusal(";".repeat(2_000_000)), "table.header");
    let mut reader = open_bytes(format!("a;b\n{}\n3;4\n", "1;".repeat(1_000_000))).unwrap();
    assert_eq!(
        reader.next_row().unwrap().unwrap_err().code(),
        "row.too_many_columns"
    );
    assert_eq!(reader.next_row().unwrap().unwrap().cells, ["3", "4"]);
}

#[test]
fn a_line_of_fifty_megabytes_is_refused_without_being_held() {
    let mut text = b"a;b\n1;".to_vec();
    text.resize(50 << 20, b'x');
    text.extend(b"\n2;y\n");
    let mut reader = open_bytes(text).unwrap();
    let error = reader.next_row().unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "row 2 column 2 is longer than 1048576 bytes"
    );
    assert_eq!(reader.next_row().unwrap().unwrap().cells, ["2", "y"]);

    let cell = "x".repeat(1 << 20);
    let wide = format!("a;b\n{}\n2;y\n", [cell.as_str(); 9].join(";"));
    let mut reader = open_bytes(wide).unwrap();
    assert_eq!(
        reader.next_row().unwrap().unwrap_err().code(),
        "row.row_too_large"
    );
    assert_eq!(reader.next_row().unwrap().unwrap().cells, ["2", "y"]);
}

#[test]
fn lone_quotes_and_nul_characters_are_named() {
    // A nul in the first piece means that the file is no text at all.
    let mut text = "a;b\n".to_owned() + &"1;2\n".repeat(40_000);
    text.push_str("3;x\0y\n4;5\n6;\"x\n7;8\n");
    let errors: Vec<_> = open_bytes(text).unwrap().filter_map(Result::err).collect();
    assert_eq!(
        errors,
        [
            RowError::NulCharacter {
                row: 40_002,
                column: 2
            },
            RowError::UnclosedQuote {
                row: 40_004,
                column: 2
            }
        ]
    );
    assert!(errors[1].ends_the_table() && !errors[0].ends_the_table());
}

/// An archive that claims to be a workbook and holds `megabytes` of one character.
fn bomb(part: &str, filler: u8, megabytes: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default())
        .unwrap();
    zip.start_file(part, SimpleFileOptions::default()).unwrap();
    let block = vec![filler; 1 << 20];
    for _ in 0..megabytes {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused_before_it_is_parsed() {
    let limit = |bytes: &[u8], limits: Limits| {
        let options = OpenOptions {
            limits,
            ..OpenOptions::default()
        };
        match open_with(bytes, &options).err() {
            Some(TableError::UnpacksTooLarge {
                part, limit_bytes, ..
            }) => (part, limit_bytes),
            other => (format!("{other:?}"), 0),
        }
    };
    let sheet = "xl/worksheets/sheet1.xml".to_owned();
    let small = bomb(&sheet, b'<', 3);
    let steep = Limits {
        unpack_ratio_counts_from_bytes: 1 << 20,
        ..Limits::default()
    };
    assert_eq!(limit(&small, steep), (sheet.clone(), 1 << 20));
    let tight = Limits {
        max_unpacked_bytes: 2 << 20,
        ..Limits::default()
    };
    assert_eq!(limit(&small, tight), (sheet.clone(), 2 << 20));
    let one_text = bomb(&sheet, b'x', 12);
    assert_eq!(limit(&one_text, Limits::default()), (sheet, 10 << 20));
    let texts = "xl/sharedStrings.xml".to_owned();
    let shared = bomb(&texts, b'<', 3);
    let tight = Limits {
        max_shared_text_bytes: 1 << 20,
        ..Limits::default()
    };
    assert_eq!(limit(&shared, tight), (texts, 1 << 20));
}

#[test]
fn an_archive_that_lies_about_its_size_is_still_counted() {
    let mut bytes = bomb("xl/worksheets/sheet1.xml", b'<', 3);
    let size = u32::to_le_bytes(3 << 20);
    let places: Vec<_> = (0..bytes.len() - 4)
        .filter(|at| bytes[*at..*at + 4] == size)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(100));
    }
    let tight = Limits {
        max_unpacked_bytes: 2 << 20,
        ..Limits::default()
    };
    let options = OpenOptions {
        limits: tight,
        ..OpenOptions::default()
    };
    let code = open_with(bytes, &options).err().unwrap().code();
    assert!(
        ["table.unpacks_too_large", "table.damaged_workbook"].contains(&code),
        "{code}"
    );
}

#[test]
fn a_large_workbook_passes_through_and_can_be_left_early() {
    const ROWS: i64 = 20_000;
    let mut bytes = Vec::new();
    let mut writer = xlsx_writer(&mut bytes, XlsxStyle::default()).unwrap();
    writer.write_header(&["nummer", "naam"]).unwrap();
    for row in 0..ROWS {
        writer
            .write_row(&[Cell::Integer(row), Cell::Text("Jansen")])
            .unwrap();
    }
    writer.finish().unwrap();
    let sample = sample(bytes);
    let reader = open(&sample.path, &OpenOptions::default()).unwrap();
    assert_eq!(reader.position().total, 20_001);
    assert_eq!(
        reader
            .filter(|row| row.as_ref().unwrap().cells[1] == "Jansen")
            .count(),
        20_000
    );
    let mut reader = open(&sample.path, &OpenOptions::default()).unwrap();
    assert_eq!(reader.next_row().unwrap().unwrap().cells, ["0", "Jansen"]);
}

#[test]
fn a_preview_shows_the_first_rows_and_what_the_columns_hold() {
    let sample =
        sample("mail;datum;cijfer\na@b.nl;31-3-2026;7,5\nx;y;z;w\nc@d.nl;1-4-2026;8\ne@f.nl;;\n");
    let preview = preview(&sample.path, &OpenOptions::default(), 3).unwrap();
    assert_eq!(preview.header, ["mail", "datum", "cijfer"]);
    assert_eq!(preview.rows.len(), 2);
    assert_eq!(preview.refused.len(), 1);
    assert!(preview.has_more);
    let kinds: Vec<_> = preview.columns.iter().map(|column| column.kind).collect();
    assert_eq!(
        kinds,
        [ColumnKind::Email, ColumnKind::Date, ColumnKind::Decimal]
    );
}
