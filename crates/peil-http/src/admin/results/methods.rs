//! What every method does, in words that fit on a screen.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use peil_app::AppError;
use peil_domain::survey::Metric;

use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/methods", get(list))
        .route("/methods/{name}", get(show))
}

/// A method with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::admin) enum Topic {
    /// Net Promoter Score.
    Nps,
    /// Share of the best scores.
    Share,
    /// Mean score.
    Mean,
    /// Share of the invitations that were answered.
    ResponseRate,
    /// Whether a difference is real.
    Difference,
    /// Whether several groups differ.
    Groups,
    /// How many answers are needed.
    SampleSize,
    /// What goes with satisfaction.
    Drivers,
}

impl Topic {
    /// Every method, in the order of the list.
    const ALL: [Self; 8] = [
        Self::Nps,
        Self::Share,
        Self::Mean,
        Self::ResponseRate,
        Self::Difference,
        Self::Groups,
        Self::SampleSize,
        Self::Drivers,
    ];

    /// The method by which a scale is summed up.
    pub(in crate::admin) const fn of(metric: Metric) -> Self {
        match metric {
            Metric::Nps => Self::Nps,
            Metric::TopBox => Self::Share,
            Metric::Mean => Self::Mean,
        }
    }

    /// The method as a stable word.
    const fn code(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Share => "share",
            Self::Mean => "mean",
            Self::ResponseRate => "response-rate",
            Self::Difference => "difference",
            Self::Groups => "groups",
            Self::SampleSize => "sample-size",
            Self::Drivers => "drivers",
        }
    }

    /// Its page.
    pub(in crate::admin) fn href(self) -> String {
        format!("/methods/{}", self.code())
    }

    /// Its name.
    pub(in crate::admin) fn title(self, t: Text) -> String {
        self.part(t, "title")
    }

    fn part(self, t: Text, part: &str) -> String {
        t.s(&format!("method-{}-{part}", self.code()))
    }
}

#[derive(Template)]
#[template(path = "results/methods.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    rows: Vec<MethodRow>,
}

/// A method in the list.
struct MethodRow {
    title: String,
    asks: String,
    href: String,
}

#[derive(Template)]
#[template(path = "results/method.html")]
struct ShowPage {
    t: Text,
    frame: Frame,
    title: String,
    asks: String,
    parts: Vec<Part>,
}

/// One part of a description.
struct Part {
    heading: String,
    text: String,
    is_formula: bool,
}

async fn list(signed: Signed) -> Result<Response, PageError> {
    let t = signed.text;
    let rows = Topic::ALL.into_iter().map(|topic| MethodRow {
        title: topic.title(t),
        asks: topic.part(t, "asks"),
        href: topic.href(),
    });
    page(&ListPage {
        t,
        frame: Frame::new(&signed, "results", t.s("method-list-title")),
        rows: rows.collect(),
    })
}

async fn show(signed: Signed, Path(name): Path<String>) -> Result<Response, PageError> {
    let t = signed.text;
    let known = Topic::ALL.into_iter().find(|topic| topic.code() == name);
    let topic = known.ok_or(AppError::NotFound)?;
    let part = |name: &str, is_formula: bool| Part {
        heading: t.s(&format!("method-part-{name}")),
        text: topic.part(t, name),
        is_formula,
    };
    let parts = vec![
        part("words", false),
        part("formula", true),
        part("interval", false),
        part("assumes", false),
        part("silent", false),
        part("source", false),
    ];
    page(&ShowPage {
        t,
        frame: Frame::new(&signed, "results", topic.title(t)),
        title: topic.title(t),
        asks: topic.part(t, "asks"),
        parts,
    })
}
