//! Static files: part of the program, named with their fingerprint, kept by browsers for a year.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{LazyLock, OnceLock},
};

use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use flate2::{Compression, write::GzEncoder};
use peil_domain::access::Accent;
use sha2::{Digest, Sha256};

use super::compression::Coding;
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

const FILES: [(&str, &str, &str); 16] = [
    (
        "peil.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/peil.js"),
    ),
    (
        "designer.js",
        "text/javascript; charset=utf-8",
        concat!(
            include_str!("../../static/designer_focus.js"),
            include_str!("../../static/designer.js")
        ),
    ),
    (
        "arrange.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/arrange.js"),
    ),
    (
        "design.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/design.js"),
    ),
    (
        "print.css",
        "text/css; charset=utf-8",
        include_str!("../../static/print.css"),
    ),
    (
        "print.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/print.js"),
    ),
    (
        "translate.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/translate.js"),
    ),
    (
        "blanks.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/blanks.js"),
    ),
    (
        "condition.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/condition.js"),
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
        "logic.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/logic.js"),
    ),
    (
        "explorer.js",
        "text/javascript; charset=utf-8",
        include_str!("../../static/explorer.js"),
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

/// A static file in every way in which it can be sent, each made when it is first asked for.
#[derive(Default)]
struct File {
    kind: &'static str,
    plain: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl File {
    fn new(kind: &'static str, plain: impl Into<Bytes>) -> Self {
        Self {
            kind,
            plain: plain.into(),
            ..Self::default()
        }
    }

    fn coded(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Plain => self.plain.clone(),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.plain)).clone(),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.plain)).clone(),
        }
    }
}

/// Writing to memory does not fail; a file that could not be compressed would come out empty, which
/// the tests would see.
fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(plain).and_then(|()| encoder.finish());
    written.unwrap_or_default().into()
}

fn brotli(plain: &[u8]) -> Bytes {
    let mut small = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut small, 4_096, BROTLI_LEVEL, 22);
    let written = encoder.write_all(plain);
    drop(encoder);
    written.map(|()| small).unwrap_or_default().into()
}

/// As small as is possible without anybody waiting for it.
const BROTLI_LEVEL: u32 = 9;
const CSS: &str = "text/css; charset=utf-8";

static KNOWN: LazyLock<BTreeMap<&str, File>> = LazyLock::new(|| {
    let look = ("peil.css", File::new(CSS, ADMIN_CSS.as_bytes()));
    let files = FILES.map(|(name, kind, content)| (name, File::new(kind, content)));
    files.into_iter().chain([look]).collect()
});

async fn get_asset(
    Path((fingerprint, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let is_ours = fingerprint == *FINGERPRINT;
    if let Some(file) = KNOWN.get(name.as_str()) {
        let coding = Coding::of(&headers);
        let mut response = kept(file.kind, file.coded(coding), is_ours);
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(name) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        return response;
    }
    let accent = name
        .strip_prefix("respondent-")
        .and_then(|rest| rest.strip_suffix(".css"))
        .and_then(|hex| format!("#{hex}").parse::<Accent>().ok());
    match accent {
        Some(accent) => kept(CSS, respondent_css(accent).into(), is_ours),
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

/// Kept for ever under the name of these very files. Under another name, of a page from before or
/// after an update that runs on another node, they are sent but not kept.
fn kept(kind: &'static str, content: Bytes, is_ours: bool) -> Response {
    let keep = if is_ours {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)];
    (headers, content).into_response()
}
