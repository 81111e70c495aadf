//! Where everything stands in a drawing of groups with their best guesses.

use super::Shape;
use super::scale::from_index;
use super::text_fit::Room;

/// Columns and heights of one drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) shape: Shape,
    pub(super) width: f64,
    pub(super) row_height: f64,
    /// Where rows begin, under the heads of the columns.
    pub(super) top: f64,
    pub(super) plot: Room,
    pub(super) label_room: f64,
    /// Right edges of the columns.
    pub(super) guess: f64,
    pub(super) own: f64,
    pub(super) people: f64,
    /// Base line of the words within a row.
    pub(super) words: f64,
    /// Middles of both marks within a row.
    pub(super) guess_mark: f64,
    pub(super) own_mark: f64,
}

impl Layout {
    pub(super) const fn new(shape: Shape) -> Self {
        match shape {
            Shape::Wide => Self {
                shape,
                width: 720.0,
                row_height: 36.0,
                top: 34.0,
                plot: Room {
                    start: 196.0,
                    end: 514.0,
                },
                label_room: 176.0,
                guess: 580.0,
                own: 648.0,
                people: 716.0,
                words: 22.0,
                guess_mark: 13.0,
                own_mark: 26.0,
            },
            Shape::Narrow => Self {
                shape,
                width: 340.0,
                row_height: 62.0,
                top: 38.0,
                plot: Room {
                    start: 8.0,
                    end: 332.0,
                },
                label_room: 160.0,
                guess: 222.0,
                own: 284.0,
                people: 338.0,
                words: 18.0,
                guess_mark: 34.0,
                own_mark: 49.0,
            },
        }
    }

    /// Top of a row.
    pub(super) fn row(self, index: usize) -> f64 {
        self.top + from_index(index) * self.row_height
    }
}
