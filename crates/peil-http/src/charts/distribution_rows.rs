//! The histogram on a phone: a row for each score, the zones summed below.

use super::Shape;
use super::distribution::{DistributionBar, DistributionChart, ZoneLabel, bar_length};
use super::drawing::{Area, Drawing, Sheet, TEXT, Tag, at};
use super::marks::{colour, solid};
use super::scale::from_index;
use super::text_fit::{shorten, text_width};

const ROW: f64 = 28.0;
const ZONE_ROW: f64 = 22.0;
/// Right edges of the columns with shares and counts.
const SHARE_END: f64 = 294.0;
const COUNT_END: f64 = 340.0;
/// Where the longest bar ends.
const BARS_END: f64 = 248.0;

/// Draws the histogram 340 px wide.
pub(super) fn rows(chart: &DistributionChart) -> String {
    let rows_end = from_index(chart.bars.len()) * ROW;
    let is_used = |zone: &&ZoneLabel| chart.bars.iter().any(|bar| bar.zone == Some(zone.zone));
    let zones: Vec<_> = chart.zones.iter().filter(is_used).collect();
    let air = if zones.is_empty() { 4.0 } else { 18.0 };
    let height = rows_end + air + from_index(zones.len()) * ZONE_ROW;
    let mut drawing = Drawing::new(&chart.head, Sheet::of(Shape::Narrow, height));
    let widths = chart.bars.iter().map(|bar| text_width(&bar.label, TEXT));
    let label_width = (widths.fold(18.0, f64::max) + 3.0).min(120.0);
    for (index, bar) in chart.bars.iter().enumerate() {
        let name = chart.name_of(bar, chart.total());
        drawing.mark(bar.href.as_deref(), &name, |drawing| {
            draw_row(drawing, chart, bar, from_index(index) * ROW, label_width);
        });
    }
    let bars_start = label_width + 12.0;
    drawing.backdrop(|drawing| {
        let x = bars_start - 0.5;
        drawing.add(Tag::line("c-axis", at(x, 0.0), at(x, rows_end)));
        for (index, zone) in zones.iter().enumerate() {
            let base = rows_end + 26.0 + from_index(index) * ZONE_ROW;
            let mark = at(bars_start + 4.0, base - 4.0);
            drawing.add(solid(Some(zone.zone), mark, 4.0));
            let words = shorten(&zone.label, TEXT, BARS_END - bars_start - 14.0);
            drawing.add(Tag::words("c-text", at(bars_start + 14.0, base), &words));
            draw_figures(drawing, chart, chart.count_in(zone.zone), base);
        }
    });
    drawing.finish(&chart.head)
}

fn draw_row(
    drawing: &mut Drawing,
    chart: &DistributionChart,
    bar: &DistributionBar,
    top: f64,
    label_width: f64,
) {
    let base = top + 18.0;
    drawing.touch(Area::between(at(0.0, top), at(COUNT_END, top + ROW)));
    let label = shorten(&bar.label, TEXT, label_width);
    drawing.add(Tag::words("c-text", at(label_width, base), &label).right_aligned());
    let start = label_width + 12.0;
    let width = bar_length(bar.count, chart.largest(), BARS_END - start);
    let area = Area::between(at(start, top + 5.0), at(start + width, top + ROW - 5.0));
    drawing.add(Tag::area(colour(bar.zone), area));
    draw_figures(drawing, chart, bar.count, base);
}

/// Share and count at the end of a row.
fn draw_figures(drawing: &mut Drawing, chart: &DistributionChart, count: u64, base: f64) {
    let share = chart.numbers.share(count, chart.total());
    let share = Tag::words("c-text", at(SHARE_END, base), &share);
    drawing.add(share.right_aligned().strong());
    let count = chart.numbers.count(count);
    let count = Tag::words("c-text-muted", at(COUNT_END, base), &count);
    drawing.add(count.right_aligned().small());
}
