//! What every method does, in words that fit on a screen.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use peil_app::AppError;
use peil_domain::survey::Metric;

use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
    methods::{method_page, method_path},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/methods", get(list))
        .route("/methods/{name}", get(show))
        .route("/methods/full", get(index))
        .route("/methods/full/{name}", get(full))
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
    /// What is hidden, and why.
    Hidden,
    /// Answers that no person can have given.
    Quality,
    /// What accounts think.
    Accounts,
    /// Whether those who answered are like those who were asked.
    Representation,
    /// Figures with every group at its share of the population.
    Weighting,
}

impl Topic {
    /// Every method, in the order of the list.
    const ALL: [Self; 13] = [
        Self::Nps,
        Self::Share,
        Self::Mean,
        Self::ResponseRate,
        Self::Difference,
        Self::Groups,
        Self::SampleSize,
        Self::Drivers,
        Self::Accounts,
        Self::Hidden,
        Self::Quality,
        Self::Representation,
        Self::Weighting,
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
            Self::Hidden => "hidden",
            Self::Quality => "quality",
            Self::Accounts => "accounts",
            Self::Representation => "representation",
            Self::Weighting => "weighting",
        }
    }

    /// The page that describes it in full.
    const fn page(self) -> &'static str {
        match self {
            Self::Share => "csat",
            Self::Difference => "verdicts",
            Self::Groups => "comparing-groups",
            Self::Hidden => "small-cells",
            Self::Quality => "response-quality",
            Self::Representation => "r-indicator",
            Self::Nps
            | Self::Mean
            | Self::ResponseRate
            | Self::SampleSize
            | Self::Drivers
            | Self::Accounts
            | Self::Weighting => self.code(),
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

    /// How sure its figure is.
    pub(in crate::admin) fn interval(self, t: Text) -> String {
        self.part(t, "interval")
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
    full_href: String,
}

#[derive(Template)]
#[template(path = "results/method_full.html")]
struct FullPage {
    t: Text,
    frame: Frame,
    title: &'static str,
    is_index: bool,
    /// The text, made of a page that is part of the program.
    html: String,
    /// The same in short, in the reader's language.
    short: Vec<(String, String)>,
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
        full_href: method_path(topic.page()),
    })
}

async fn index(signed: Signed) -> Result<Response, PageError> {
    full_page(&signed, "README")
}

async fn full(signed: Signed, Path(name): Path<String>) -> Result<Response, PageError> {
    full_page(&signed, &name)
}

/// A method in full.
fn full_page(signed: &Signed, name: &str) -> Result<Response, PageError> {
    let t = signed.text;
    let found = method_page(name).ok_or(AppError::NotFound)?;
    let short = Topic::ALL.into_iter().filter(|topic| topic.page() == name);
    page(&FullPage {
        t,
        frame: Frame::new(signed, "results", found.title()),
        title: found.title(),
        is_index: name == "README",
        html: found.html(),
        short: short.map(|topic| (topic.href(), topic.title(t))).collect(),
    })
}
