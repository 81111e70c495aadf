//! The map of importance and performance.

use peil_app::results::{DriverAnalysis, Quadrant};

use super::{drivers::quadrant_key, pictures::Picture, words::question_name};
use crate::{
    charts::{
        Bounds, ChartHead, Corner, Interval, QuadrantLabels, QuadrantMap, QuadrantPoint, Shape,
        ValueFormat, quadrant_map,
    },
    edge::text::Text,
};

/// Drivers by how much they matter and how well they go.
pub(super) fn drivers_picture(t: Text, metric: &str, found: &DriverAnalysis) -> Picture {
    let percent = |fraction: f64| fraction * 100.0;
    let between = |low: f64, high: f64| Interval {
        low: percent(low),
        high: percent(high),
    };
    let points = found.drivers.iter().map(|driver| {
        let (across, up) = (driver.position_interval, driver.part_interval);
        QuadrantPoint {
            label: question_name(t, &driver.question),
            across: (percent(driver.position), between(across.low, across.high)),
            up: (percent(driver.part), between(up.low, up.high)),
            corner: match driver.quadrant {
                Quadrant::Concentrate => Corner::TopLeft,
                Quadrant::KeepUp => Corner::TopRight,
                Quadrant::LowPriority => Corner::BottomLeft,
                Quadrant::PossibleOverkill => Corner::BottomRight,
            },
        }
    });
    let corners = [
        Quadrant::Concentrate,
        Quadrant::KeepUp,
        Quadrant::LowPriority,
        Quadrant::PossibleOverkill,
    ];
    let chart = QuadrantMap {
        head: ChartHead {
            id: "drivers".to_owned(),
            title: t.a("drivers-chart-title", &[("metric", metric.into())]),
            description: t.s("drivers-map-note"),
            empty: t.s("results-no-answers"),
        },
        format: ValueFormat {
            numbers: t.numbers(),
            decimals: 1,
            shows_plus: false,
            suffix: "%".to_owned(),
        },
        labels: QuadrantLabels {
            point: t.s("drivers-question"),
            across: t.s("drivers-axis-across"),
            up: t.a("drivers-axis-up", &[("metric", metric.into())]),
            interval: t.s("results-interval"),
            corner: t.s("drivers-do-what"),
            corners: corners.map(|quadrant| t.s(quadrant_key(quadrant))),
        },
        points: points.collect(),
        cuts: (percent(found.position_cut), percent(found.part_cut)),
        limit: Bounds {
            low: 0.0,
            high: 100.0,
        },
    };
    Picture {
        wide: quadrant_map(&chart, Shape::Wide),
        narrow: quadrant_map(&chart, Shape::Narrow),
        table: chart.table(),
    }
}
