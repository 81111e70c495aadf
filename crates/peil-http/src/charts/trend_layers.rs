//! The layers of a trend drawing, from the grid at the back to the last value in front.

use super::drawing::{Area, Drawing, Point, SMALL, Tag, at, path_through};
use super::marks::{draw_value, patch_behind};
use super::reading::{Interval, usable_line};
use super::scale::{Ticks, fraction, from_index};
use super::text_fit::{Room, Wish, in_lanes, shorten, text_width, thin};
use super::trend::{Placed, Plot};

/// Height of the strip that shows n.
const STRIP: f64 = 20.0;
/// With periods closer than this, points are only drawn where the line needs them.
const POINT_PITCH: f64 = 14.0;
/// Room for words right of the plot.
const MARGIN: f64 = 56.0;

/// Hairlines with their values, and the names of the periods.
pub(super) fn draw_frame(drawing: &mut Drawing, plot: &Plot<'_>, ticks: &Ticks) {
    let format = &plot.chart.format;
    for value in &ticks.values {
        let y = plot.scale.place(*value);
        // Zero is where praise turns into blame: it gets the heavier rule.
        let class = if value.abs() < 1e-9 {
            "c-axis"
        } else {
            "c-grid"
        };
        drawing.add(Tag::line(class, at(plot.area.x, y), at(plot.right(), y)));
        let words = shorten(
            &format.with_decimals(*value, ticks.decimals),
            SMALL,
            plot.area.x - 4.0,
        );
        let end = at(plot.area.x - 8.0, y + 4.0);
        drawing.add(
            Tag::words("c-text-muted", end, &words)
                .right_aligned()
                .small(),
        );
    }
    let base = plot.bottom();
    let has_zero = plot.bounds.low < 0.0 && plot.bounds.high > 0.0;
    let class = if has_zero { "c-grid" } else { "c-axis" };
    drawing.add(Tag::line(
        class,
        at(plot.area.x, base),
        at(plot.right(), base),
    ));
    let words: Vec<_> = plot
        .placed
        .iter()
        .map(|place| shorten(&place.bucket.short_label, SMALL, 84.0))
        .collect();
    let wishes: Vec<_> = plot
        .placed
        .iter()
        .zip(&words)
        .map(|(place, text)| Wish {
            centre: place.x,
            width: text_width(text, SMALL),
        })
        .collect();
    for spot in thin(
        &wishes,
        Room {
            start: 0.0,
            end: plot.sheet.width,
        },
    ) {
        if let Some(text) = words.get(spot.index) {
            let middle = at(spot.centre, base + 60.0);
            drawing.add(Tag::words("c-text-muted", middle, text).centred().small());
        }
    }
}

/// A strip of bars under the plot: how many people are behind each period.
pub(super) fn draw_people(drawing: &mut Drawing, plot: &Plot<'_>) {
    let base = plot.bottom() + 42.0;
    let most = plot
        .placed
        .iter()
        .filter_map(|place| place.known)
        .map(|known| known.n)
        .max();
    let width = (plot.pitch * 0.6).clamp(0.5, 22.0);
    for place in &plot.placed {
        let Some(known) = place.known.filter(|known| known.n > 0) else {
            continue;
        };
        let height = (fraction(known.n, most.unwrap_or(0)) * STRIP).max(1.0);
        let bar = Area {
            x: place.x - width / 2.0,
            y: base - height,
            width,
            height,
        };
        drawing.add(Tag::area("c-interval c-muted", bar));
    }
    drawing.add(Tag::line(
        "c-grid",
        at(plot.area.x, base),
        at(plot.right(), base),
    ));
    let people = shorten(&plot.chart.labels.people, SMALL, plot.area.x - 10.0);
    let end = at(plot.area.x - 8.0, base);
    drawing.add(
        Tag::words("c-text-muted", end, &people)
            .right_aligned()
            .small(),
    );
    let last = plot.placed.last().and_then(|place| place.known);
    if let Some(known) = last {
        let count = plot.chart.format.numbers.count(known.n);
        let start = at(plot.right() + 8.0, base);
        drawing.add(Tag::words("c-text-muted", start, &count).small());
    }
}

/// Neighbouring periods for which `belongs` holds: first and last position.
fn runs(placed: &[Placed<'_>], belongs: impl Fn(&Placed<'_>) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, _) in placed
        .iter()
        .enumerate()
        .filter(|(_, place)| belongs(place))
    {
        match found.last_mut() {
            Some(last) if last.1 + 1 == index => last.1 = index,
            _ => found.push((index, index)),
        }
    }
    found
}

/// Hatching where figures are hidden, and the word that says why.
pub(super) fn draw_gaps(drawing: &mut Drawing, plot: &Plot<'_>) {
    let base = plot.bottom();
    let words = shorten(&plot.chart.labels.too_few, SMALL, 120.0);
    let mut wishes = Vec::new();
    for (first, last) in runs(&plot.placed, |place| place.bucket.reading.is_too_few()) {
        let start = plot.area.x + plot.pitch * from_index(first);
        let end = plot.area.x + plot.pitch * from_index(last + 1);
        drawing.hatched(Tag::outline(
            "",
            Area::between(at(start, base - 10.0), at(end, base)),
        ));
        wishes.push(Wish {
            centre: f64::midpoint(start, end),
            width: text_width(&words, SMALL),
        });
    }
    for spot in in_lanes(
        &wishes,
        Room {
            start: plot.area.x,
            end: plot.right(),
        },
        1,
    ) {
        let middle = at(spot.centre, base - 15.0);
        let label = Tag::words("c-text-muted", middle, &words).centred().small();
        drawing.words_on_ground(label, patch_behind(middle, &words));
    }
}

/// Ends of the interval at a period, in pixels.
fn interval_at(plot: &Plot<'_>, place: &Placed<'_>) -> Option<(Point, Point)> {
    let Interval { low, high } = place.known?.interval?;
    Some((
        at(place.x, plot.scale.place(high)),
        at(place.x, plot.scale.place(low)),
    ))
}

/// The interval as a ribbon; a period that stands alone gets a bar.
pub(super) fn draw_ribbon(drawing: &mut Drawing, plot: &Plot<'_>) {
    for (first, last) in runs(&plot.placed, |place| interval_at(plot, place).is_some()) {
        let run = plot.placed.get(first..=last).unwrap_or_default();
        let ends: Vec<_> = run
            .iter()
            .filter_map(|place| interval_at(plot, place))
            .collect();
        if let [(high, low)] = ends.as_slice() {
            let half = (plot.pitch * 0.3).min(6.0);
            let bar = Area::between(at(high.x - half, high.y), at(low.x + half, low.y));
            drawing.add(Tag::area("c-ribbon c-accent", bar));
            continue;
        }
        let over = ends.iter().map(|(high, _)| *high);
        let back = ends.iter().rev().map(|(_, low)| *low);
        let outline: Vec<_> = over.chain(back).collect();
        let ribbon =
            Tag::new("path", "c-ribbon c-accent").set("d", &(path_through(&outline) + "Z"));
        drawing.add(ribbon.filled());
    }
}

/// The line through what is known, dashed and grey across what is not.
pub(super) fn draw_line(drawing: &mut Drawing, plot: &Plot<'_>) {
    let mut previous_end: Option<Point> = None;
    for (first, last) in runs(&plot.placed, |place| place.known.is_some()) {
        let run = plot.placed.get(first..=last).unwrap_or_default();
        let points: Vec<_> = run
            .iter()
            .filter_map(|place| point_of(plot, place))
            .collect();
        if let (Some(from), Some(to)) = (previous_end, points.first()) {
            let bridge = Tag::line("c-muted", from, *to).size("stroke-width", 1.25);
            drawing.add(bridge.dashed("2 4"));
        }
        if points.len() > 1 {
            let line = Tag::new("path", "c-accent")
                .set("d", &path_through(&points))
                .stroked(2.25);
            drawing.add(
                line.set("stroke-linejoin", "round")
                    .set("stroke-linecap", "round"),
            );
        }
        previous_end = points.last().copied();
    }
}

fn point_of(plot: &Plot<'_>, place: &Placed<'_>) -> Option<Point> {
    place
        .known
        .map(|known| at(place.x, plot.scale.place(known.value)))
}

/// The mark of one period: a disc, a hollow one when uncertain, a cross when hidden.
pub(super) fn draw_point(drawing: &mut Drawing, plot: &Plot<'_>, place: &Placed<'_>) {
    let Some(point) = point_of(plot, place) else {
        if place.bucket.reading.is_too_few() && plot.pitch >= 8.0 {
            let (x, y) = (place.x, plot.bottom());
            let cross = format!("M{} {y}m-3 -3l6 6m0 -6l-6 6", super::drawing::length(x));
            drawing.add(Tag::new("path", "c-muted").set("d", &cross).stroked(1.5));
        }
        return;
    };
    let is_uncertain = place.known.is_some_and(|known| known.is_uncertain);
    let is_crowded = plot.pitch < POINT_PITCH;
    let is_alone = is_crowded && stands_alone(plot, place);
    if !is_crowded || is_alone || is_uncertain {
        draw_value(drawing, None, point, 3.5, is_uncertain);
    }
}

/// Whether both neighbours are unknown, so that no line passes here.
fn stands_alone(plot: &Plot<'_>, place: &Placed<'_>) -> bool {
    let near = |other: &&Placed<'_>| {
        let distance = (other.x - place.x).abs();
        distance > plot.pitch * 0.5 && distance < plot.pitch * 1.5
    };
    !plot
        .placed
        .iter()
        .filter(near)
        .any(|other| other.known.is_some())
}

/// The latest value in words, right of its point.
pub(super) fn draw_last_value(drawing: &mut Drawing, plot: &Plot<'_>) {
    let Some(place) = plot.placed.iter().rev().find(|place| place.known.is_some()) else {
        return;
    };
    let (Some(point), Some(known)) = (point_of(plot, place), place.known) else {
        return;
    };
    if plot.pitch < POINT_PITCH {
        draw_value(drawing, None, point, 4.0, known.is_uncertain);
    }
    let words = shorten(&plot.chart.format.value(known.value), 16.0, MARGIN + 8.0);
    let class = if known.is_uncertain {
        "c-text-muted"
    } else {
        "c-text"
    };
    let start = at(
        point.x.max(plot.right() - plot.pitch / 2.0) + 10.0,
        point.y + 5.5,
    );
    drawing.add(
        Tag::words(class, start, &words)
            .strong()
            .size("font-size", 16.0),
    );
}

/// The goal as a dashed line with its name beside it, clear of the last value.
pub(super) fn draw_goal(drawing: &mut Drawing, plot: &Plot<'_>) {
    let Some(goal) = usable_line(plot.chart.goal.as_ref()) else {
        return;
    };
    let y = plot.scale.place(goal.value);
    let line = Tag::line("c-text", at(plot.area.x, y), at(plot.right(), y));
    drawing.add(line.size("stroke-width", 1.0).dashed("5 4"));
    let last = plot
        .placed
        .iter()
        .rev()
        .find_map(|place| point_of(plot, place));
    let mut base = y + 4.0;
    if let Some(last) = last.filter(|last| (last.y - y).abs() < 17.0) {
        base = if y <= last.y {
            last.y - 13.0
        } else {
            last.y + 21.0
        };
    }
    let full = format!("{} {}", goal.label, plot.chart.format.value(goal.value));
    let words = shorten(&full, SMALL, plot.sheet.width - plot.right() - 8.0);
    drawing.add(Tag::words("c-text", at(plot.right() + 8.0, base), &words).small());
}
