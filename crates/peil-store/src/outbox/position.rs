//! Places in the outbox.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::StoreError;

/// A place in the outbox: everything before it was read. What it is made of is the database's own
/// business; it can be kept as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// The database whose outbox it is; empty before anything was read.
    pub(crate) place: String,
    /// The transaction that wrote the last row; 0 where rows are written in the order of their
    /// numbers.
    pub(crate) transaction: i64,
    /// Number of the last row.
    pub(crate) row: i64,
    /// What that row was marked with; empty when that is not known.
    pub(crate) mark: String,
    /// Which later transactions were read already, as the server writes it; empty when none were.
    pub(crate) seen: String,
}

impl Position {
    /// Whether it is just behind this row, as far as numbers say.
    pub(crate) const fn is_at(&self, row: &Self) -> bool {
        self.transaction == row.transaction && self.row == row.row
    }

    /// Whether everything before `other` was read too.
    #[must_use]
    pub fn has_reached(&self, other: &Self) -> bool {
        self.order(other).is_ge()
    }

    pub(crate) fn order(&self, other: &Self) -> Ordering {
        (self.transaction, self.row).cmp(&(other.transaction, other.row))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}.{}", self.place, self.transaction, self.row)?;
        if !self.mark.is_empty() {
            write!(f, "#{}", self.mark)?;
        }
        if self.seen.is_empty() {
            Ok(())
        } else {
            write!(f, "@{}", self.seen)
        }
    }
}

impl FromStr for Position {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let (place, rest) = text.split_once('/').ok_or(StoreError::BadCursor)?;
        let (numbers, seen) = rest.split_once('@').unwrap_or((rest, ""));
        let (numbers, mark) = numbers.split_once('#').unwrap_or((numbers, ""));
        let (transaction, row) = numbers.split_once('.').ok_or(StoreError::BadCursor)?;
        let number = |text: &str| text.parse().map_err(|_| StoreError::BadCursor);
        // It is written into no statement, but a server refuses anything else.
        if !seen.chars().all(|c| c.is_ascii_digit() || ":,".contains(c)) {
            return Err(StoreError::BadCursor);
        }
        Ok(Self {
            place: place.to_owned(),
            transaction: number(transaction)?,
            row: number(row)?,
            mark: mark.to_owned(),
            seen: seen.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_survives_being_written_down() {
        for text in ["/0.0", "3f2a/0.17", "3f2a/812.-1@810:815:811,813"] {
            assert_eq!(text.parse::<Position>().unwrap().to_string(), text);
        }
        let marked: Position = "x/1.2#ab@1:2:".parse().unwrap();
        assert_eq!((marked.mark.as_str(), marked.seen.as_str()), ("ab", "1:2:"));
        assert_eq!(marked.to_string(), "x/1.2#ab@1:2:");
        for text in ["", "1", "1.2", "/a.b", "/1.2@x'"] {
            assert!(text.parse::<Position>().is_err(), "{text}");
        }
    }

    #[test]
    fn positions_are_in_the_order_of_transactions_first() {
        let at = |text: &str| text.parse::<Position>().unwrap();
        assert!(at("x/5.1").has_reached(&at("x/4.9")));
        assert!(at("x/5.1").has_reached(&at("x/5.1")));
        assert!(!at("x/5.1").has_reached(&at("x/5.2")));
    }
}
