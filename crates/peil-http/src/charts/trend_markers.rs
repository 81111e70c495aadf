//! What happened during a trend: new versions of the questionnaire and actions taken.

use super::drawing::{Area, Drawing, Point, SMALL, Tag, at, path_through};
use super::scale::from_index;
use super::text_fit::{Room, Wish, in_lanes, shorten, text_width};
use super::trend::{MarkerKind, Plot, TrendMarker};

/// Room for the sign before the name of a marker.
const SIGN: f64 = 13.0;
/// Lines of names above the plot, and the height of one.
const LANES: usize = 2;
const LANE: f64 = 15.0;

/// A marker with its place, and its name when there is room for it.
#[derive(Debug)]
struct Flag<'chart> {
    marker: &'chart TrendMarker,
    /// Top of the upright.
    head: Point,
    name: Option<Name>,
}

/// Words beside the sign.
#[derive(Debug)]
struct Name {
    words: String,
    start: f64,
    width: f64,
}

/// What happened, as a thin upright with its name on top where there is room.
pub(super) fn draw_markers(drawing: &mut Drawing, plot: &Plot<'_>) {
    let flags = flags(plot);
    drawing.backdrop(|drawing| {
        for Flag { head, .. } in &flags {
            let upright = Tag::line("c-muted", *head, at(head.x, plot.bottom()));
            drawing.add(upright.dashed("1 3"));
        }
    });
    for flag in &flags {
        let marker = flag.marker;
        drawing.mark(marker.href.as_deref(), &marker.label, |drawing| {
            let Point { x, y } = flag.head;
            drawing.touch(Area::between(at(x - 6.0, y), at(x + 6.0, plot.bottom())));
            draw_flag(drawing, flag);
        });
    }
}

/// The markers that are in sight, from left to right.
fn flags<'chart>(plot: &Plot<'chart>) -> Vec<Flag<'chart>> {
    let in_sight = plot.chart.markers.iter().filter_map(|marker| {
        let position = marker.bucket.checked_sub(plot.first)?;
        let place = plot.placed.get(position)?;
        Some((marker, place.x - plot.pitch / 2.0))
    });
    let mut shown: Vec<(&TrendMarker, f64)> = in_sight.collect();
    shown.sort_by(|left, right| left.1.total_cmp(&right.1));
    let most = plot.sheet.width * 0.24 + 30.0;
    let words: Vec<_> = shown
        .iter()
        .map(|(marker, _)| shorten(&marker.label, SMALL, most))
        .collect();
    let wish = |((_, x), text): (&(&TrendMarker, f64), &String)| {
        let width = text_width(text, SMALL) + SIGN;
        // The sign stands on the upright, the words right of it.
        Wish {
            centre: x - 4.0 + width / 2.0,
            width,
        }
    };
    let wishes: Vec<_> = shown.iter().zip(&words).map(wish).collect();
    let spots = in_lanes(
        &wishes,
        Room {
            start: 0.0,
            end: plot.sheet.width,
        },
        LANES,
    );
    let places = shown
        .into_iter()
        .zip(words.into_iter().zip(wishes))
        .enumerate();
    let flags = places.map(|(index, ((marker, x), (words, wish)))| {
        let spot = spots.iter().find(|spot| spot.index == index);
        let lane = spot.map_or(0, |spot| spot.lane);
        let head = at(x, plot.area.y - 8.0 - from_index(lane) * LANE);
        let name = spot.map(|spot| {
            let start = spot.centre - wish.width / 2.0;
            Name {
                words,
                start,
                width: wish.width,
            }
        });
        Flag { marker, head, name }
    });
    flags.collect()
}

fn draw_flag(drawing: &mut Drawing, flag: &Flag<'_>) {
    let Some(Name {
        words,
        start,
        width,
    }) = &flag.name
    else {
        drawing.add(sign_of(flag.marker.kind, flag.head));
        return;
    };
    let y = flag.head.y;
    let label = Tag::words("c-text-muted", at(start + SIGN - 2.0, y + 4.0), words);
    let patch = Area::between(at(*start, y - 7.0), at(start + width, y + 7.0));
    drawing.words_on_ground(label.small(), patch);
    drawing.add(sign_of(flag.marker.kind, at(start + 4.0, y)));
}

/// A square for a new version, a pennant for an action.
fn sign_of(kind: MarkerKind, middle: Point) -> Tag {
    match kind {
        MarkerKind::Version => {
            let square = Area {
                x: middle.x - 3.0,
                y: middle.y - 3.0,
                width: 6.0,
                height: 6.0,
            };
            Tag::outline("c-muted", square).stroked(1.5)
        }
        MarkerKind::Action => {
            let corners = [
                at(middle.x - 3.0, middle.y - 4.0),
                at(middle.x + 5.0, middle.y),
                at(middle.x - 3.0, middle.y + 4.0),
            ];
            Tag::new("path", "c-accent")
                .set("d", &(path_through(&corners) + "Z"))
                .filled()
        }
    }
}
