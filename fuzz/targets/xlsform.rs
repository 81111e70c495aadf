//! The reader of XLSForm: bytes as they are when they begin as a workbook does, else as the cells of one,
//! so that what stands in the sheets is damaged too and not only the archive around them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peil_exchange::survey::Format;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        peil_fuzz::check(Format::XlsForm, bytes);
    } else {
        peil_fuzz::check(Format::XlsForm, &peil_fuzz::packed(bytes));
    }
});
