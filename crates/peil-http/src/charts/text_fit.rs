//! Guesses how wide words are and keeps them from running into each other.
//!
//! The server does not know the reader's font; widths are those of a generous system font,
//! so a guess is rather too wide than too narrow.

use super::scale::from_index;

/// Sign that stands for what was cut off.
const ELLIPSIS: char = '…';
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// Width of one sign in parts of the font size.
fn sign_width(sign: char) -> f64 {
    match sign {
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.30,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.39,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 0.92,
        '+' | '−' | '<' | '>' | '=' => 0.84,
        'A'..='Z' => 0.69,
        // Scripts and pictures with full-width signs.
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' => 1.0,
        '\u{2600}'..='\u{27BF}' | '\u{FF00}'..='\u{FF60}' | '\u{1F000}'..='\u{1FAFF}' => 1.3,
        _ => 0.61,
    }
}

/// Guessed width of a text in pixels at a font size in pixels.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(sign_width).sum::<f64>() * size
}

/// Whether a sign belongs to the one before it, so that no cut may fall between them.
fn clings_to_previous(sign: char) -> bool {
    matches!(sign,
        '\u{0300}'..='\u{036F}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{0591}'..='\u{05BD}' | '\u{064B}'..='\u{065F}')
}

fn is_right_to_left(sign: char) -> bool {
    matches!(sign, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Cuts a text that is wider than `room` pixels and ends it with an ellipsis.
pub(super) fn shorten(text: &str, size: f64, room: f64) -> String {
    let room_in_signs = room / size;
    let full: f64 = text.chars().map(sign_width).sum();
    if full <= room_in_signs {
        return text.to_owned();
    }
    let room_for_words = room_in_signs - sign_width(ELLIPSIS);
    let mut kept = String::new();
    // Signs that cling together wait here until all of them fit.
    let mut waiting = String::new();
    let mut width = 0.0;
    for sign in text.chars() {
        let is_joined = clings_to_previous(sign) || waiting.ends_with('\u{200D}');
        if !is_joined {
            kept.push_str(&waiting);
            waiting.clear();
        }
        width += sign_width(sign);
        if width > room_for_words {
            break;
        }
        waiting.push(sign);
    }
    let mut cut = kept.trim_end().to_owned();
    cut.push(ELLIPSIS);
    // Keeps the ellipsis at the end of a text that runs from right to left.
    if cut.chars().rev().nth(1).is_some_and(is_right_to_left) {
        cut.push(RIGHT_TO_LEFT_MARK);
    }
    cut
}

/// A label that wants to stand centred on a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    /// Where its middle should be.
    pub(super) centre: f64,
    /// How wide it is.
    pub(super) width: f64,
}

/// Where a label came to stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    /// Position of the label in the list of wishes.
    pub(super) index: usize,
    /// Line of labels, counted from the one that is filled first.
    pub(super) lane: usize,
    /// Where its middle is.
    pub(super) centre: f64,
}

/// Stretch of pixels in which labels must stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Room {
    /// Nearest middle at which a label of this width stays inside.
    pub(super) fn keep_inside(self, wish: Wish) -> f64 {
        let half = wish.width / 2.0;
        wish.centre.min(self.end - half).max(self.start + half)
    }
}

/// Free pixels between two labels.
const GAP: f64 = 8.0;

/// Shows every k-th label, counted back from the last, with the smallest k that has no overlap.
pub(super) fn thin(wishes: &[Wish], room: Room) -> Vec<Spot> {
    (1..=wishes.len())
        .find_map(|step| every_nth(wishes, room, step))
        .unwrap_or_default()
}

fn every_nth(wishes: &[Wish], room: Room, step: usize) -> Option<Vec<Spot>> {
    let mut spots = Vec::new();
    let mut free_until = f64::INFINITY;
    for (index, wish) in wishes.iter().enumerate().rev().step_by(step) {
        let centre = room.keep_inside(*wish);
        if centre + wish.width / 2.0 > free_until {
            return None;
        }
        free_until = centre - wish.width / 2.0 - GAP;
        spots.push(Spot {
            index,
            lane: 0,
            centre,
        });
    }
    spots.reverse();
    Some(spots)
}

/// Puts labels, given from left to right, in the first lane where they fit; the rest stay out.
pub(super) fn in_lanes(wishes: &[Wish], room: Room, lanes: usize) -> Vec<Spot> {
    let mut taken_until = vec![f64::NEG_INFINITY; lanes];
    let mut spots = Vec::new();
    for (index, wish) in wishes.iter().enumerate() {
        let centre = room.keep_inside(*wish);
        let start = centre - wish.width / 2.0;
        let free = taken_until
            .iter_mut()
            .enumerate()
            .find(|(_, until)| **until <= start);
        if let Some((lane, until)) = free {
            *until = start + wish.width + GAP;
            spots.push(Spot {
                index,
                lane,
                centre,
            });
        }
    }
    spots
}

/// Puts all labels, given from left to right, on one line by pushing neighbours aside.
///
/// Nothing when they are together wider than the room.
pub(super) fn spread(wishes: &[Wish], room: Room) -> Option<Vec<Spot>> {
    let gaps = GAP * from_index(wishes.len().saturating_sub(1));
    if wishes.iter().map(|wish| wish.width).sum::<f64>() + gaps > room.end - room.start {
        return None;
    }
    let mut spots = Vec::new();
    let mut free_from = room.start;
    for (index, wish) in wishes.iter().enumerate() {
        let start = (wish.centre - wish.width / 2.0).max(free_from);
        free_from = start + wish.width + GAP;
        spots.push(Spot {
            index,
            lane: 0,
            centre: start + wish.width / 2.0,
        });
    }
    // What was pushed over the edge is pushed back, and its neighbours with it.
    let mut free_until = room.end;
    for (spot, wish) in spots.iter_mut().zip(wishes).rev() {
        spot.centre = spot.centre.min(free_until - wish.width / 2.0);
        free_until = spot.centre - wish.width / 2.0 - GAP;
    }
    Some(spots)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room {
        start: 0.0,
        end: 700.0,
    };

    fn evenly(count: usize, width: f64) -> Vec<Wish> {
        let pitch = 700.0 / from_index(count.max(1));
        (0..count)
            .map(|index| Wish {
                centre: pitch * (from_index(index) + 0.5),
                width,
            })
            .collect()
    }

    fn assert_apart(wishes: &[Wish], spots: &[Spot]) {
        for (left, right) in spots.iter().zip(spots.iter().skip(1)) {
            let ends = left.centre + wishes[left.index].width / 2.0;
            assert!(ends <= right.centre - wishes[right.index].width / 2.0);
        }
    }

    #[test]
    fn labels_that_fit_are_all_shown() {
        assert_eq!(thin(&evenly(12, 40.0), ROOM).len(), 12);
        assert_eq!(thin(&[], ROOM), []);
        assert_eq!(thin(&evenly(1, 900.0), ROOM).len(), 1);
    }

    #[test]
    fn labels_that_do_not_fit_are_thinned_evenly_and_the_last_stays() {
        for count in [13, 24, 52, 365, 5000] {
            let wishes = evenly(count, 60.0);
            let spots = thin(&wishes, ROOM);
            assert_apart(&wishes, &spots);
            assert!(
                spots.len() > 4 && spots.len() < 12,
                "{count} gave {}",
                spots.len()
            );
            assert_eq!(spots[spots.len() - 1].index, count - 1);
        }
    }

    #[test]
    fn lanes_take_what_fits_and_leave_out_the_rest() {
        let wishes = [(100.0, 80.0), (110.0, 80.0), (120.0, 80.0), (300.0, 80.0)]
            .map(|(centre, width)| Wish { centre, width });
        let spots = in_lanes(&wishes, ROOM, 2);
        let lanes: Vec<_> = spots.iter().map(|spot| (spot.index, spot.lane)).collect();
        assert_eq!(lanes, [(0, 0), (1, 1), (3, 0)]);
    }

    #[test]
    fn neighbours_are_pushed_aside_until_all_fit_on_one_line() {
        let wishes = [(30.0, 90.0), (650.0, 120.0), (690.0, 120.0)]
            .map(|(centre, width)| Wish { centre, width });
        let spots = spread(&wishes, ROOM).unwrap_or_default();
        let centres: Vec<_> = spots.iter().map(|spot| spot.centre).collect();
        assert_eq!(centres, [45.0, 512.0, 640.0]);
        assert_apart(&wishes, &spots);
        assert_eq!(spread(&evenly(9, 90.0), ROOM), None);
    }

    #[test]
    fn a_long_text_is_cut_to_the_room_it_has() {
        let long = "Klantenservice per telefoon ".repeat(8);
        let cut = shorten(&long, 12.0, 120.0);
        assert!(
            text_width(&cut, 12.0) <= 120.0 && cut.ends_with('…'),
            "{cut}"
        );
        assert_eq!(shorten("Winkel", 12.0, 120.0), "Winkel");
    }

    #[test]
    fn a_cut_never_falls_inside_a_joined_sign() {
        let family = "👨\u{200D}👩\u{200D}👧".repeat(9);
        for room in 20..200 {
            let cut = shorten(&family, 12.0, f64::from(room));
            let signs = cut.chars().filter(|sign| *sign != ELLIPSIS).count();
            assert_eq!(signs % 5, 0, "{cut}");
        }
    }

    #[test]
    fn the_ellipsis_of_right_to_left_text_stays_at_its_end() {
        assert!(shorten(&"שלום".repeat(40), 12.0, 90.0).ends_with("…\u{200F}"));
    }
}
