//! Charts as SVG markup, drawn on the server from plain numbers and ready-made words.
//!
//! Responsible for geometry, escaping and the text alternative; not for sentences in a
//! language, not for statistics and not for colour. The same drawing serves page, mail and PDF.
//!
//! # What the style sheet must do
//! Shapes are painted with `fill="currentColor"` or `stroke="currentColor"`, so a class only
//! has to set `color`; `fill` and `stroke` must not be set by the style sheet.
//!
//! | class | sets | used for |
//! |---|---|---|
//! | `c-high` `c-mid` `c-low` | `color` | zones of a score |
//! | `c-accent` `c-muted` | `color` | the measure itself; whatever is uncertain or past |
//! | `c-grid` `c-axis` | `color` | hairlines between rows and ticks; the base line |
//! | `c-line-1` to `c-line-8` | `color` | lines of groups beside each other; `c-rest` all further ones |
//! | `c-hatch` | `color` | lines of the hatching that means "uncertain" or "hidden" |
//! | `c-text` `c-text-muted` | `color` | words |
//! | `c-halo` | `color` | the ground of the page, behind words that cross a line |
//! | `c-ribbon` `c-interval` | `opacity` | a tint of the colour class beside it |
//!
//! Every drawing has `chart` and one of `chart-wide`, `chart-narrow`, `chart-inline`; a page
//! prints the wide and the narrow one and shows the one that fits. Sizes are in CSS pixels at
//! full width (`max-width: 100%; height: auto` makes them shrink, never grow).

mod bubbles;
mod calendar_strip;
mod control;
mod distribution;
mod distribution_rows;
mod drawing;
mod forest;
mod forest_layout;
mod funnel;
mod interval_bar;
mod ladder;
mod lines;
mod marks;
mod numbers;
mod quadrant_map;
mod reading;
mod scale;
mod sparkline;
mod stacked_share;
mod text_fit;
mod trend;
mod trend_layers;
mod trend_markers;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod tests;

pub use bubbles::{Bubble, BubbleChart, BubbleLabels, bubbles};
pub use calendar_strip::{
    CalendarDay, CalendarLabels, CalendarStrip, CalendarWeek, DayState, calendar_strip,
};
pub use control::{ControlChart, ControlLabels, ControlPoint, control};
pub use distribution::{
    DistributionBar, DistributionChart, DistributionLabels, ZoneLabel, distribution,
};
pub use forest::{Estimate, ForestChart, ForestLabels, ForestLine, ForestRow, forest};
pub use funnel::{FunnelChart, FunnelLabels, FunnelStep, funnel};
pub use interval_bar::{IntervalBar, IntervalBarLabels, interval_bar};
pub use ladder::{LadderChart, LadderLabels, LadderRow, ladder};
pub use lines::{Line, LineChart, MOST_LINES, lines};
pub use numbers::{NumberStyle, ValueFormat};
pub use quadrant_map::{Corner, QuadrantLabels, QuadrantMap, QuadrantPoint, quadrant_map};
pub use reading::{Bounds, Interval, Known, Reading, ReferenceLine, Zone};
pub use sparkline::{Sparkline, SparklineLabels, SparklinePoint, sparkline};
pub use stacked_share::{SharePart, StackedShareChart, StackedShareLabels, stacked_share};
pub use trend::{MarkerKind, TrendBucket, TrendChart, TrendLabels, TrendMarker, trend};

/// What every chart says about itself, in the reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartHead {
    /// Prefix of all `id`s in the drawing; unique on the page.
    pub id: String,
    /// Name of the chart, also the caption of its table.
    pub title: String,
    /// The picture in one or two sentences, for who cannot see it.
    pub description: String,
    /// Printed in the drawing when there is nothing to draw.
    pub empty: String,
}

/// The room a drawing is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A column of a desktop page, 720 px.
    Wide,
    /// A phone, 340 px.
    Narrow,
}

/// The chart as rows and columns, for "show as table".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartTable {
    /// Caption of the table.
    pub caption: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, as many per row as there are names; the first one heads its row. Not escaped.
    pub rows: Vec<Vec<String>>,
}
