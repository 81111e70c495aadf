//! The reader of LimeSurvey's survey structure.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peil_exchange::survey::Format;

fuzz_target!(|bytes: &[u8]| peil_fuzz::check(Format::Lss, bytes));
