//! Small shapes that say by form what colour says too.

use super::drawing::{Area, Drawing, Point, SMALL, Tag, at, path_through};
use super::reading::Zone;
use super::text_fit::text_width;

/// Class that colours a zone; without a zone the accent.
pub(super) fn colour(zone: Option<Zone>) -> &'static str {
    match zone {
        Some(Zone::High) => "c-high",
        Some(Zone::Mid) => "c-mid",
        Some(Zone::Low) => "c-low",
        None => "c-accent",
    }
}

/// Class of the tint that goes with [`colour`].
pub(super) fn tint(zone: Option<Zone>) -> &'static str {
    match zone {
        Some(Zone::High) => "c-interval c-high",
        Some(Zone::Mid) => "c-interval c-mid",
        Some(Zone::Low) => "c-interval c-low",
        None => "c-interval c-accent",
    }
}

/// Up for high, a diamond for the middle, down for low, a disc where there are no zones.
fn outline(class: &str, zone: Option<Zone>, middle: Point, radius: f64) -> Tag {
    let Point { x, y } = middle;
    let corners = match zone {
        None => {
            return Tag::new("circle", class)
                .size("cx", x)
                .size("cy", y)
                .size("r", radius);
        }
        Some(Zone::High) => vec![
            at(x, y - radius * 1.15),
            at(x + radius * 1.15, y + radius * 0.85),
            at(x - radius * 1.15, y + radius * 0.85),
        ],
        Some(Zone::Low) => vec![
            at(x, y + radius * 1.15),
            at(x + radius * 1.15, y - radius * 0.85),
            at(x - radius * 1.15, y - radius * 0.85),
        ],
        Some(Zone::Mid) => vec![
            at(x, y - radius * 1.25),
            at(x + radius * 1.25, y),
            at(x, y + radius * 1.25),
            at(x - radius * 1.25, y),
        ],
    };
    Tag::new("path", class).set("d", &(path_through(&corners) + "Z"))
}

/// A solid shape for a zone.
pub(super) fn solid(zone: Option<Zone>, middle: Point, radius: f64) -> Tag {
    outline(colour(zone), zone, middle, radius).filled()
}

/// Draws a value: solid when it can be trusted, hollow and grey when uncertain.
pub(super) fn draw_value(
    drawing: &mut Drawing,
    zone: Option<Zone>,
    middle: Point,
    radius: f64,
    is_uncertain: bool,
) {
    drawing.add(outline("c-halo", zone, middle, radius + 1.5).filled());
    if is_uncertain {
        drawing.add(outline("c-muted", zone, middle, radius - 0.5).stroked(1.5));
    } else {
        drawing.add(solid(zone, middle, radius));
    }
}

/// Draws a disc in the colour of a class: solid when it can be trusted, hollow when uncertain.
pub(super) fn draw_value_as(
    drawing: &mut Drawing,
    class: &str,
    middle: Point,
    radius: f64,
    is_uncertain: bool,
) {
    if is_uncertain {
        drawing.add(outline("c-halo", None, middle, radius).filled());
        drawing.add(outline(class, None, middle, radius - 0.75).stroked(1.5));
    } else {
        drawing.add(outline(class, None, middle, radius).filled());
    }
}

/// Draws an interval as a thick tinted bar, hatched when uncertain.
pub(super) fn draw_interval(
    drawing: &mut Drawing,
    zone: Option<Zone>,
    bar: Area,
    is_uncertain: bool,
) {
    // An interval of no width is still there.
    let widened = if bar.width < 2.0 {
        Area {
            x: bar.x - 1.0,
            width: 2.0,
            ..bar
        }
    } else {
        bar
    };
    if is_uncertain {
        drawing.hatched(Tag::outline("", widened).rounded(widened.height / 4.0));
    } else {
        drawing.add(Tag::area(tint(zone), widened).rounded(widened.height / 4.0));
    }
}

/// Draws a small swatch of hatching with the words that explain what is hidden.
pub(super) fn draw_hidden(drawing: &mut Drawing, start: Point, words: &str) {
    let swatch = Area {
        x: start.x,
        y: start.y - 9.0,
        width: 28.0,
        height: 9.0,
    };
    drawing.hatched(Tag::outline("", swatch).rounded(2.0));
    drawing.add(Tag::words("c-text-muted", at(start.x + 36.0, start.y), words).small());
}

/// Patch of ground behind centred small words whose base line is at a place.
pub(super) fn patch_behind(middle: Point, words: &str) -> Area {
    let width = text_width(words, SMALL) + 6.0;
    Area {
        x: middle.x - width / 2.0,
        y: middle.y - 11.0,
        width,
        height: 15.0,
    }
}
