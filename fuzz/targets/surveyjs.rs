//! The reader of SurveyJS' models.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peil_exchange::survey::Format;

fuzz_target!(|bytes: &[u8]| peil_fuzz::check(Format::SurveyJs, bytes));
