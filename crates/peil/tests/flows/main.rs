//! Whole flows over HTTP, against the real use cases, a real database and real files.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets something unexpected should stop right there"
)]

mod access;
mod accounts;
mod audience;
mod bank;
mod collecting;
mod compression;
mod crawl;
mod databases;
mod design;
mod designer;
mod designer_logic;
mod drivers;
mod exchange;
mod explorer;
mod imports;
mod invitations;
mod logic;
mod look;
mod outreach;
mod postgres;
mod privacy;
mod representation;
mod respond;
mod result_tabs;
mod results;
mod review;
mod settings;
mod signals;
mod signals_apart;
mod site;
#[path = "../../../peil-outbound/tests/support.rs"]
mod smtp_server;
mod survey;
mod survey_files;
mod taxonomy;
mod templates;
mod theme_impact;
mod themes;
mod translations;
mod verdicts;
mod waves;
