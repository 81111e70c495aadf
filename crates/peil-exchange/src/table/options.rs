//! What can be asked of a table before it is opened, and what is known of it afterwards.

/// What a caller knows or wants of a file; the default finds out everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOptions {
    /// Separator between cells; `None` looks at the text. Ignored for a workbook.
    pub delimiter: Option<Delimiter>,
    /// Encoding of the text; `None` looks at the bytes. Ignored for a workbook.
    pub encoding: Option<TextEncoding>,
    /// Name of the sheet; `None` takes the first visible one. Ignored for text.
    pub sheet: Option<String>,
    /// Whether an apostrophe before a formula character in a CSV cell is taken off, as
    /// [`crate::formula::unguard`] does. On by default, so that files written here come back whole.
    pub removes_formula_guard: bool,
    /// How large a file may unpack, and how large its parts may be.
    pub limits: Limits,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            delimiter: None,
            encoding: None,
            sheet: None,
            removes_formula_guard: true,
            limits: Limits::default(),
        }
    }
}

/// Bounds that keep a hostile or broken file from taking the machine with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most cells in one row.
    pub max_columns: usize,
    /// Most bytes of text in one cell, as UTF-8.
    pub max_cell_bytes: usize,
    /// Most bytes of text in one row, as UTF-8.
    pub max_row_bytes: usize,
    /// Most bytes that all parts of a workbook may unpack to.
    pub max_unpacked_bytes: u64,
    /// Most times that a workbook may unpack to its own size.
    pub max_unpack_ratio: u64,
    /// Up to here a workbook may unpack to any multiple of its own size.
    pub unpack_ratio_counts_from_bytes: u64,
    /// Most unpacked bytes of the texts that cells share, which are held in memory.
    pub max_shared_text_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_columns: 1_000,
            max_cell_bytes: 1 << 20,
            max_row_bytes: 8 << 20,
            max_unpacked_bytes: 2 << 30,
            max_unpack_ratio: 200,
            unpack_ratio_counts_from_bytes: 64 << 20,
            max_shared_text_bytes: 256 << 20,
        }
    }
}

/// What stands between two cells of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delimiter {
    /// `;`, what Excel writes where the comma is the decimal sign, as in the Netherlands.
    Semicolon,
    /// `,`
    Comma,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All of them; of equals the earlier is preferred.
    pub const ALL: [Self; 4] = [Self::Semicolon, Self::Comma, Self::Tab, Self::Pipe];

    /// The delimiter as it stands in a file.
    #[must_use]
    pub fn as_char(self) -> char {
        char::from(self.as_byte())
    }

    /// The delimiter that `character` stands for.
    #[must_use]
    pub fn from_char(character: char) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_char() == character)
    }

    pub(crate) fn as_byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

/// How letters are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextEncoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, what Excel in western Europe saves as "CSV".
    Windows1252,
}

impl TextEncoding {
    /// The name of the encoding in the WHATWG encoding standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.standard().name()
    }

    pub(super) fn standard(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }
}

/// The two kinds of file that hold a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// Text with a delimiter.
    Csv,
    /// A sheet of an Office Open XML workbook.
    Xlsx,
}

/// What turned out to be true of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFormat {
    /// Text or workbook.
    pub kind: TableKind,
    /// Separator between cells; `None` for a workbook.
    pub delimiter: Option<Delimiter>,
    /// Encoding of the text; `None` for a workbook.
    pub encoding: Option<TextEncoding>,
    /// Name of the sheet that is read; `None` for text.
    pub sheet: Option<String>,
    /// Names of all sheets to choose from, in the order of the workbook; empty for text.
    pub sheets: Vec<String>,
}
