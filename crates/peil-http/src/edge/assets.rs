//! Static files: part of the program, named with their fingerprint, kept by browsers for a year.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use peil_domain::access::Accent;
use sha2::{Digest, Sha256};

use crate::Web;

/// The look of admin pages, in the order in which the parts build on each other.
static ADMIN_CSS: LazyLock<String> = LazyLock::new(|| {
    [
        include_str!("../../static/css/1-tokens.css"),
        include_str!("../../static/css/2-base.css"),
        include_str!("../../static/css/3-frame.css"),
        include_str!("../../static/css/4-components.css"),
        include_str!("../../static/css/5-forms.css"),
        include_str!("../../static/css/6-data.css"),
        include_str!("../../static/css/7-charts.css"),
        include_str!("../../static/css/8-workbench.css"),
    ]
    .concat()
});

const RESPONDENT_CSS: &str = include_str!("../../static/respondent.css");

const FILES: [(&str, &str, &str); 7] = [
    (
        "peil.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/peil.js"),
    ),
    (
        "designer.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/designer.js"),
    ),
    (
        "theme.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/theme.js"),
    ),
    (
        "audience.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/audience.js"),
    ),
    (
        "icons.svg",
        "image/svg+xml",
        include_str!("../../static/icons.svg"),
    ),
    (
        "favicon.svg",
        "image/svg+xml",
        include_str!("../../static/favicon.svg"),
    ),
    (
        "logo.svg",
        "image/svg+xml",
        include_str!("../../static/logo.svg"),
    ),
];

static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut all = Sha256::new();
    all.update(ADMIN_CSS.as_bytes());
    all.update(RESPONDENT_CSS.as_bytes());
    for (_, _, content) in FILES {
        all.update(content.as_bytes());
    }
    all.finalize()
        .iter()
        .take(6)
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
});

/// Address of a static file.
pub(crate) fn url(name: &str) -> String {
    format!("/static/{}/{name}", *FINGERPRINT)
}

/// Address of the look of respondent pages in this colour: one file, so that a page costs two
/// requests.
pub(crate) fn respondent_css_url(accent: Accent) -> String {
    let hex = accent.to_string();
    url(&format!("respondent-{}.css", hex.trim_start_matches('#')))
}

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/static/{fingerprint}/{name}", get(get_asset))
        .route(
            "/favicon.ico",
            get(|| async { axum::response::Redirect::permanent(&url("favicon.svg")) }),
        )
}

async fn get_asset(Path((_, name)): Path<(String, String)>) -> Response {
    let css = "text/css; charset=utf-8";
    if name == "peil.css" {
        return kept(css, ADMIN_CSS.clone());
    }
    if let Some((_, kind, content)) = FILES.iter().find(|(file, _, _)| *file == name) {
        return kept(kind, (*content).to_owned());
    }
    let accent = name
        .strip_prefix("respondent-")
        .and_then(|rest| rest.strip_suffix(".css"))
        .and_then(|hex| format!("#{hex}").parse::<Accent>().ok());
    match accent {
        Some(accent) => kept(css, respondent_css(accent)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn respondent_css(accent: Accent) -> String {
    let ink = |accent: Accent| {
        if accent.carries_white() {
            "#fff"
        } else {
            "#000"
        }
    };
    let dark = accent.for_dark_ground();
    format!(
        "{RESPONDENT_CSS}\n:root{{--brand:{accent};--on-brand:{};--brand-dark:{dark};--on-brand-dark:{}}}\n",
        ink(accent),
        ink(dark),
    )
}

fn kept(kind: &'static str, content: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, content).into_response()
}
