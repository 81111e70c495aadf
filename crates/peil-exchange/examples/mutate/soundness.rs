//! What must hold of every questionnaire that was read, whatever the bytes; and cells as a workbook.

use peil_domain::{shared::Language, survey::excesses};
use peil_exchange::survey::{Format, Imported, Options, json, read};
use rust_xlsxwriter::Workbook;

/// What is wrong with what was read.
pub(crate) fn fault(imported: &Imported) -> Option<String> {
    if let Some(excess) = excesses(&imported.definition).first() {
        return Some(excess.to_string());
    }
    if imported.report.questions_kept > imported.report.questions_in {
        return Some("more kept than there are".to_owned());
    }
    let language = Language::Nl;
    let back = json::write(&imported.definition).ok();
    let again =
        back.and_then(|text| read(Format::Json, text.as_bytes(), Options { language }).ok());
    let is_same = again.is_some_and(|again| again.definition == imported.definition);
    (!is_same).then(|| "does not come back the same".to_owned())
}

/// Lines of cells as a workbook; an empty line begins the sheet of choices.
pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut workbook = Workbook::new();
    let mut parts = text.splitn(2, "\n\n");
    for name in ["survey", "choices"] {
        let sheet = workbook.add_worksheet();
        // A name or cell that cannot be written is not there.
        drop(sheet.set_name(name).map(|_| ()));
        let lines = parts.next().unwrap_or_default().lines();
        for (row, line) in (0..).zip(lines) {
            for (column, cell) in (0..).zip(line.split('\t')) {
                drop(sheet.write_string(row, column, cell).map(|_| ()));
            }
        }
    }
    workbook.save_to_buffer().unwrap_or_default()
}
