//! What a column seems to hold, judged by a sample of its cells.

use super::{
    boolean::parse_boolean,
    date::{DateOrder, DateValue, parse_date},
    number::{DecimalStyle, Reading, read_number},
};

/// Longest whole number that a spreadsheet keeps exactly, in digits; longer ones are names.
const LONGEST_INTEGER: usize = 15;

/// The kinds of value that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Anything; also whole numbers that are names, such as `00123` and `+31612345678`.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers of which some have decimals.
    Decimal,
    /// Dates, with or without time.
    Date,
    /// Yes and no in words; a column of zeros and ones is [`Self::Integer`].
    Boolean,
    /// E-mail addresses.
    Email,
}

/// What a column seems to hold, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnGuess {
    /// The kind that at least nine of ten filled cells fit.
    pub kind: ColumnKind,
    /// How many cells of the sample hold anything.
    pub filled: usize,
    /// How many of those fit `kind`.
    pub fitting: usize,
    /// The order in which most dates of the column can be read.
    pub date_order: DateOrder,
    /// The style in which the numbers of the column are written.
    pub decimal_style: DecimalStyle,
    /// Whether cells have another value in the other order or style and nothing in the sample
    /// decides: a person has to be asked.
    pub is_ambiguous: bool,
}

/// Judges a column by a sample of its cells; empty cells do not count.
///
/// ```
/// use peil_domain::shared::values::{guess_column, ColumnKind, DateOrder};
/// let guess = guess_column(["3/4/2026", "3/31/2026", ""]);
/// assert_eq!((guess.kind, guess.date_order), (ColumnKind::Date, DateOrder::MonthFirst));
/// assert!(!guess.is_ambiguous);
/// ```
#[must_use]
pub fn guess_column<'a>(cells: impl IntoIterator<Item = &'a str>) -> ColumnGuess {
    let mut tally = Tally::default();
    for cell in cells {
        tally.add(cell.trim());
    }
    tally.conclude()
}

/// How many cells can be read as what.
#[derive(Default)]
struct Tally {
    filled: usize,
    emails: usize,
    booleans: usize,
    words: usize,
    day_first: usize,
    month_first: usize,
    orders_differ: usize,
    numbers: usize,
    integers: usize,
    commas: usize,
    points: usize,
    styles_differ: usize,
}

impl Tally {
    fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.emails += usize::from(is_email(cell));
        if parse_boolean(cell).is_some() {
            self.booleans += 1;
            self.words += usize::from(!cell.starts_with(|c: char| c.is_ascii_digit()));
        }
        self.add_dates(
            parse_date(cell, DateOrder::DayFirst),
            parse_date(cell, DateOrder::MonthFirst),
        );
        if !is_name_of_digits(cell) {
            self.add_number(cell);
        }
    }

    fn add_dates(&mut self, day_first: Option<DateValue>, month_first: Option<DateValue>) {
        self.day_first += usize::from(day_first.is_some());
        self.month_first += usize::from(month_first.is_some());
        let both = day_first.is_some() && month_first.is_some();
        self.orders_differ += usize::from(both && day_first != month_first);
    }

    fn add_number(&mut self, cell: &str) {
        let Some(reading) = read_number(cell) else {
            return;
        };
        self.numbers += 1;
        match reading {
            Reading::Clear { style: None, .. } => self.integers += 1,
            Reading::Clear {
                style: Some(DecimalStyle::Comma),
                ..
            } => self.commas += 1,
            Reading::Clear {
                style: Some(DecimalStyle::Point),
                ..
            } => self.points += 1,
            Reading::Ambiguous { .. } => self.styles_differ += 1,
        }
    }

    fn conclude(&self) -> ColumnGuess {
        let dates = self.day_first.max(self.month_first);
        let date_order = if self.month_first > self.day_first {
            DateOrder::MonthFirst
        } else {
            DateOrder::DayFirst
        };
        let decimal_style = if self.points > self.commas {
            DecimalStyle::Point
        } else {
            DecimalStyle::Comma
        };
        let fits = |count: usize| self.filled > 0 && count * 10 >= self.filled * 9;
        let (kind, fitting) = if fits(self.emails) {
            (ColumnKind::Email, self.emails)
        } else if fits(dates) {
            (ColumnKind::Date, dates)
        } else if fits(self.booleans) && self.words > 0 {
            (ColumnKind::Boolean, self.booleans)
        } else if fits(self.numbers) && self.integers == self.numbers {
            (ColumnKind::Integer, self.numbers)
        } else if fits(self.numbers) {
            (ColumnKind::Decimal, self.numbers)
        } else {
            (ColumnKind::Text, self.filled)
        };
        let is_ambiguous = match kind {
            ColumnKind::Date => self.orders_differ > 0 && self.day_first == self.month_first,
            ColumnKind::Decimal => self.styles_differ > 0 && self.points == self.commas,
            _ => false,
        };
        ColumnGuess {
            kind,
            filled: self.filled,
            fitting,
            date_order,
            decimal_style,
            is_ambiguous,
        }
    }
}

/// Whether a run of digits is a name, such as a customer or phone number, and would be damaged
/// as a number.
fn is_name_of_digits(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let is_run = digits.chars().all(|c| c.is_ascii_digit());
    let starts_with_zero = digits.len() > 1 && digits.starts_with('0');
    is_run && (cell.starts_with('+') || starts_with_zero || digits.len() > LONGEST_INTEGER)
}

/// Whether it looks like an address; whether it is one is decided where it is stored.
fn is_email(cell: &str) -> bool {
    let Some((name, domain)) = cell.split_once('@') else {
        return false;
    };
    let has_dot_inside = domain.trim_matches('.').contains('.');
    !name.is_empty()
        && has_dot_inside
        && !domain.contains('@')
        && !cell.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_column_follows_from_its_cells() {
        for (cells, kind) in [
            (&["a@b.nl", "", "c.d@e.org"][..], ColumnKind::Email),
            (&["31-3-2026", "2026-04-01"], ColumnKind::Date),
            (&["2026-03-31T14:05:00Z"], ColumnKind::Date),
            (&["ja", "nee", "ja"], ColumnKind::Boolean),
            (&["x", "", ""], ColumnKind::Boolean),
            (&["1", "0", "1"], ColumnKind::Integer),
            (&["9", "10", "-3"], ColumnKind::Integer),
            (&["9", "7,5"], ColumnKind::Decimal),
            (&["€ 1.234,50"], ColumnKind::Decimal),
            (&["00123", "00124"], ColumnKind::Text),
            (&["+31612345678"], ColumnKind::Text),
            (&["1234567890123456"], ColumnKind::Text),
            (&["Jansen", "9"], ColumnKind::Text),
            (&["a@b", "@"], ColumnKind::Text),
            (&["", " "], ColumnKind::Text),
            (&[], ColumnKind::Text),
        ] {
            assert_eq!(guess_column(cells.iter().copied()).kind, kind, "{cells:?}");
        }
    }

    #[test]
    fn one_odd_cell_in_ten_does_not_change_the_kind_but_is_counted() {
        let mut cells = vec!["8"; 9];
        cells.push("n.v.t.");
        let guess = guess_column(cells);
        assert_eq!(
            (guess.kind, guess.filled, guess.fitting),
            (ColumnKind::Integer, 10, 9)
        );
    }

    #[test]
    fn one_telling_date_decides_for_the_column() {
        for (cells, order, is_ambiguous) in [
            (&["3/4/2026", "4/5/2026"][..], DateOrder::DayFirst, true),
            (&["3/4/2026", "31/5/2026"], DateOrder::DayFirst, false),
            (&["3/4/2026", "5/31/2026"], DateOrder::MonthFirst, false),
            (&["3/3/2026"], DateOrder::DayFirst, false),
            (&["2026-04-03"], DateOrder::DayFirst, false),
        ] {
            let guess = guess_column(cells.iter().copied());
            assert_eq!(
                (guess.date_order, guess.is_ambiguous),
                (order, is_ambiguous),
                "{cells:?}"
            );
        }
    }

    #[test]
    fn one_telling_number_decides_for_the_column() {
        for (cells, style, is_ambiguous) in [
            (&["1.234", "2.500"][..], DecimalStyle::Comma, true),
            (&["1.234", "7,5"], DecimalStyle::Comma, false),
            (&["1.234", "7.5"], DecimalStyle::Point, false),
            (&["1.234", "1.234.567"], DecimalStyle::Comma, false),
            (&["8", "9"], DecimalStyle::Comma, false),
        ] {
            let guess = guess_column(cells.iter().copied());
            assert_eq!(
                (guess.decimal_style, guess.is_ambiguous),
                (style, is_ambiguous),
                "{cells:?}"
            );
        }
    }
}
