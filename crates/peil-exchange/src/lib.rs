//! File formats that Peil reads and writes: tables as CSV and XLSX, and questionnaires.
//!
//! Promise: a file of any size is read and written row by row, in memory that does not grow with
//! the number of rows; what cannot be read is named by row and column and never dropped in
//! silence; and what is written is safe to open in a spreadsheet program.
//!
//! - [`table`] opens a file of unknown kind and hands out its header and rows as text.
//! - [`writer`] writes rows of typed cells, and the file with the rows that an import refused.
//! - [`survey`] reads questionnaires of other programs and writes them in Peil's own format.
//! - [`Tables`] and [`Questionnaires`] offer all this to the use cases.
//! - [`formula`] keeps text in a CSV file from being run as a formula.
//!
//! What columns mean (a contact, an answer) is decided elsewhere, and so are the sentences that a
//! person reads: errors carry a stable `code()` for that.
//!
//! ```
//! use peil_exchange::table::{self, OpenOptions};
//! use peil_domain::shared::values::{parse_number, DecimalStyle};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("klanten.csv");
//! std::fs::write(&path, "naam;cijfer\nJansen;7,5\n")?;
//! let mut reader = table::open(&path, &OpenOptions::default())?;
//! assert_eq!(reader.header(), ["naam", "cijfer"]);
//! for row in &mut reader {
//!     let row = row?;
//!     assert_eq!((row.number, row.cells[0].as_str()), (2, "Jansen"));
//!     assert_eq!(parse_number(&row.cells[1], DecimalStyle::Comma), Some(7.5));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod formula;
mod port;
pub mod survey;
pub mod table;
pub mod writer;

pub use port::Tables;
pub use survey::Questionnaires;
