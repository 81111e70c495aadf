//! Writes SVG markup: elements, escaping, links and the frame around a drawing.

use std::fmt::Write as _;

use super::{ChartHead, Shape};

/// Font size of most words, in pixels.
pub(super) const TEXT: f64 = 12.0;
/// Font size of notes beside the axis.
pub(super) const SMALL: f64 = 11.0;

/// A place in the drawing, in pixels from the top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Short for a [`Point`].
pub(super) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A box in the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    /// The box between two places; never negative in size.
    pub(super) fn between(from: Point, to: Point) -> Self {
        Self {
            x: from.x.min(to.x),
            y: from.y.min(to.y),
            width: (to.x - from.x).abs(),
            height: (to.y - from.y).abs(),
        }
    }
}

/// Writes a length with at most two decimals; what is not a number becomes 0.
pub(super) fn length(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let written = format!("{value:.2}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    }
}

/// Makes any text safe in content and attributes.
///
/// Signs that XML forbids are left out, and so are overrides of the writing direction,
/// with which a label could turn the words around it.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ if sign.is_control() => {}
            _ => safe.push(sign),
        }
    }
    safe
}

/// Only addresses on this site or on the web can be doors; a script cannot.
fn is_door(href: &str) -> bool {
    ["/", "?", "#", "https://", "http://"]
        .iter()
        .any(|start| href.starts_with(start))
}

/// Markup through which a pen goes: `M` to the first place, `L` to the others.
pub(super) fn path_through(points: &[Point]) -> String {
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path.push_str(&length(point.x));
        path.push(' ');
        path.push_str(&length(point.y));
    }
    path
}

/// One element while it is being written.
#[derive(Debug)]
pub(super) struct Tag {
    name: &'static str,
    attributes: String,
    text: Option<String>,
}

impl Tag {
    pub(super) fn new(name: &'static str, class: &str) -> Self {
        let tag = Self {
            name,
            attributes: String::new(),
            text: None,
        };
        if class.is_empty() {
            tag
        } else {
            tag.set("class", class)
        }
    }

    pub(super) fn set(mut self, attribute: &str, value: &str) -> Self {
        let _ = write!(self.attributes, " {attribute}=\"{}\"", escape(value));
        self
    }

    pub(super) fn size(self, attribute: &str, value: f64) -> Self {
        let written = length(value);
        self.set(attribute, &written)
    }

    pub(super) fn filled(self) -> Self {
        self.set("fill", "currentColor")
    }

    pub(super) fn stroked(self, width: f64) -> Self {
        self.set("fill", "none")
            .set("stroke", "currentColor")
            .size("stroke-width", width)
    }

    pub(super) fn dashed(self, dashes: &str) -> Self {
        self.set("stroke-dasharray", dashes)
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.text = Some(escape(text));
        self
    }

    /// A filled box.
    pub(super) fn area(class: &str, area: Area) -> Self {
        Self::outline(class, area).filled()
    }

    /// A box that still needs a fill or a stroke.
    pub(super) fn outline(class: &str, area: Area) -> Self {
        Self::new("rect", class)
            .size("x", area.x)
            .size("y", area.y)
            .size("width", area.width)
            .size("height", area.height)
    }

    /// A straight line.
    pub(super) fn line(class: &str, from: Point, to: Point) -> Self {
        Self::new("line", class)
            .size("x1", from.x)
            .size("y1", from.y)
            .size("x2", to.x)
            .size("y2", to.y)
            .set("stroke", "currentColor")
    }

    /// Words that start at a place on their base line.
    pub(super) fn words(class: &str, start: Point, text: &str) -> Self {
        Self::new("text", class)
            .size("x", start.x)
            .size("y", start.y)
            .filled()
            .text(text)
    }

    pub(super) fn centred(self) -> Self {
        self.set("text-anchor", "middle")
    }

    pub(super) fn right_aligned(self) -> Self {
        self.set("text-anchor", "end")
    }

    pub(super) fn strong(self) -> Self {
        self.set("font-weight", "600")
    }

    pub(super) fn small(self) -> Self {
        self.size("font-size", SMALL)
    }

    pub(super) fn rounded(self, radius: f64) -> Self {
        self.size("rx", radius)
    }
}

/// Size and kind of a finished drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub(super) class: &'static str,
    pub(super) suffix: &'static str,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Sheet {
    /// A sheet of the usual width for its shape.
    pub(super) fn of(shape: Shape, height: f64) -> Self {
        match shape {
            Shape::Wide => Self {
                class: "chart chart-wide",
                suffix: "w",
                width: 720.0,
                height,
            },
            Shape::Narrow => Self {
                class: "chart chart-narrow",
                suffix: "n",
                width: 340.0,
                height,
            },
        }
    }

    /// A small sheet that stands in a tile or a table.
    pub(super) fn inline(width: f64, height: f64) -> Self {
        Self {
            class: "chart chart-inline",
            suffix: "i",
            width,
            height,
        }
    }
}

/// Markup that grows while a chart is drawn.
#[derive(Debug)]
pub(super) struct Drawing {
    markup: String,
    /// Words of the link that is being drawn.
    beside: Option<String>,
    id: String,
    sheet: Sheet,
    has_doors: bool,
    has_hatch: bool,
}

impl Drawing {
    pub(super) fn new(head: &ChartHead, sheet: Sheet) -> Self {
        let safe = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
        let prefix: String = head.id.chars().filter(safe).collect();
        let id = format!("c-{prefix}-{}", sheet.suffix);
        Self {
            markup: String::new(),
            beside: None,
            id,
            sheet,
            has_doors: false,
            has_hatch: false,
        }
    }

    pub(super) fn add(&mut self, tag: Tag) {
        let Tag {
            name,
            attributes,
            text,
        } = tag;
        let _ = match (text, &mut self.beside) {
            (Some(text), Some(beside)) => write!(beside, "<{name}{attributes}>{text}</{name}>"),
            (Some(text), None) => write!(self.markup, "<{name}{attributes}>{text}</{name}>"),
            (None, _) => write!(self.markup, "<{name}{attributes}/>"),
        };
    }

    /// Draws what only the eye needs: the text alternative says it in another way.
    pub(super) fn backdrop(&mut self, draw: impl FnOnce(&mut Self)) {
        self.markup.push_str("<g aria-hidden=\"true\">");
        draw(self);
        self.markup.push_str("</g>");
    }

    /// Draws what belongs together.
    pub(super) fn group(&mut self, class: &str, draw: impl FnOnce(&mut Self)) {
        let _ = write!(self.markup, "<g class=\"{}\">", escape(class));
        draw(self);
        self.markup.push_str("</g>");
    }

    /// Draws a mark with its name, as a link when there is somewhere to go.
    pub(super) fn mark(&mut self, href: Option<&str>, name: &str, draw: impl FnOnce(&mut Self)) {
        self.link(href, name, "", draw);
    }

    /// The same for one of very many marks: of their links only the first one is reached with the
    /// tab key, the others with arrows, and all of them in the table beside the drawing.
    pub(super) fn quiet_mark(
        &mut self,
        href: Option<&str>,
        name: &str,
        draw: impl FnOnce(&mut Self),
    ) {
        let reach = if self.has_doors {
            " tabindex=\"-1\""
        } else {
            ""
        };
        self.link(href, name, reach, draw);
    }

    fn link(&mut self, href: Option<&str>, name: &str, reach: &str, draw: impl FnOnce(&mut Self)) {
        let name = escape(name);
        let href = href.filter(|href| is_door(href));
        let _ = match href {
            Some(href) => write!(
                self.markup,
                "<a href=\"{}\" aria-label=\"{name}\"{reach}>",
                escape(href)
            ),
            None => write!(self.markup, "<g role=\"img\" aria-label=\"{name}\">"),
        };
        let _ = write!(self.markup, "<title>{name}</title>");
        self.beside = href.map(|_| String::new());
        draw(self);
        self.markup
            .push_str(if href.is_some() { "</a>" } else { "</g>" });
        // Words stand on the link but not in it: its name says them in another order.
        if let Some(words) = self.beside.take().filter(|words| !words.is_empty()) {
            let attributes = "class=\"c-beside\" aria-hidden=\"true\" pointer-events=\"none\"";
            let _ = write!(self.markup, "<g {attributes}>{words}</g>");
        }
        self.has_doors |= href.is_some();
    }

    /// A box that is not seen but can be pointed at.
    pub(super) fn touch(&mut self, area: Area) {
        self.add(
            Tag::outline("", area)
                .set("fill", "none")
                .set("pointer-events", "all"),
        );
    }

    /// A hatched box: uncertain or hidden.
    pub(super) fn hatched(&mut self, tag: Tag) {
        self.has_hatch = true;
        let fill = format!("url(#{}-hatch)", self.id);
        self.add(tag.set("fill", &fill));
    }

    /// Words on a patch of the ground, so that lines behind them do not disturb.
    pub(super) fn words_on_ground(&mut self, words: Tag, patch: Area) {
        self.add(Tag::area("c-halo", patch).rounded(2.0));
        self.add(words);
    }

    /// Says that there is nothing to draw.
    pub(super) fn note_empty(&mut self, head: &ChartHead) {
        let middle = at(self.sheet.width / 2.0, self.sheet.height / 2.0 + 4.0);
        self.add(Tag::words("c-text-muted", middle, &head.empty).centred());
    }

    /// Closes the drawing with its frame, name and description.
    ///
    /// A picture with links in it is a group for assistive technology: inside an `img`
    /// they could not be reached.
    pub(super) fn finish(self, head: &ChartHead) -> String {
        let Self {
            markup,
            id,
            sheet,
            has_doors,
            has_hatch,
            ..
        } = self;
        let role = if has_doors { "group" } else { "img" };
        let (width, height) = (length(sheet.width), length(sheet.height));
        let (title, description) = (escape(&head.title), escape(&head.description));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{}\" role=\"{role}\" \
             viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             font-size=\"{TEXT}\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>",
            sheet.class
        );
        if has_hatch {
            let _ = write!(
                svg,
                "<defs><pattern id=\"{id}-hatch\" width=\"5\" height=\"5\" \
                 patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
                 <line class=\"c-hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" \
                 stroke=\"currentColor\" stroke-width=\"2\"/></pattern></defs>"
            );
        }
        svg.push_str(&markup);
        svg.push_str("</svg>");
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::checks::{assert_well_formed, head};

    fn drawn(href: &str) -> String {
        let mut drawing = Drawing::new(&head(), Sheet::inline(10.0, 10.0));
        drawing.mark(Some(href), "<b> & \"c\"", |_| {});
        drawing.finish(&head())
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(
            escape("<a b='c' d=\"e\">&"),
            "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;"
        );
        assert_eq!(escape("a\u{0}b\u{202E}c\nd"), "abc d");
    }

    #[test]
    fn a_picture_with_doors_is_a_group_and_without_an_image() {
        assert!(drawn("/answers?q=1&z=2").contains("role=\"group\""));
        assert!(drawn("/answers?q=1&z=2").contains("href=\"/answers?q=1&amp;z=2\""));
        assert!(drawn("javascript:alert(1)").contains(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart chart-inline\" role=\"img\""
        ));
        assert!(!drawn("javascript:alert(1)").contains("<a "));
        assert_well_formed(&drawn("/x"));
    }

    #[test]
    fn lengths_are_short_and_always_numbers() {
        assert_eq!(length(12.0), "12");
        assert_eq!(length(0.125), "0.12");
        assert_eq!(length(-0.001), "0");
        assert_eq!(length(f64::NAN), "0");
    }
}
