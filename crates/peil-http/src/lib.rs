//! Everything that Peil says over HTTP: pages for colleagues (`admin`), pages for respondents
//! (`respond`), the JSON API (`api`) and static files.
//!
//! A handler takes, calls one use case and shows; it holds no rules and no storage. Sentences live
//! in `locales`, pages in `templates`, drawings in [`charts`].

mod admin;
mod api;
pub mod charts;
mod edge;
pub mod methods;
mod respond;

use std::sync::Arc;

use axum::{Router, middleware};
use peil_app::App;

use edge::{attempts::SignInAttempts, compression, headers, problem};

pub use api::openapi_json;
pub use edge::review::review_sentence;

/// How the server is reached.
#[derive(Debug, Clone, Default)]
pub struct HttpConfig {
    /// Whether customers and colleagues come through TLS, which makes cookies stricter.
    pub is_behind_tls: bool,
    /// Whether a proxy in front names the visitor's address in `X-Forwarded-For`.
    pub trusts_proxy: bool,
    /// Largest file that may be uploaded, in bytes; 512 million when nothing is said.
    pub upload_limit_bytes: Option<u64>,
}

impl HttpConfig {
    /// Largest file that may be uploaded, in bytes.
    pub(crate) fn upload_limit(&self) -> u64 {
        self.upload_limit_bytes.unwrap_or(512_000_000)
    }
}

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct Web {
    /// The use cases.
    pub(crate) app: Arc<App>,
    /// How the server is reached.
    pub(crate) config: Arc<HttpConfig>,
    /// Counts attempts to sign in.
    pub(crate) attempts: Arc<SignInAttempts>,
}

/// The whole site.
pub fn router(app: Arc<App>, config: HttpConfig) -> Router {
    let web = Web {
        app,
        config: Arc::new(config),
        attempts: Arc::default(),
    };
    Router::new()
        .merge(admin::routes())
        .merge(respond::routes())
        .merge(edge::assets::routes())
        .nest("/api/v1", api::routes(&web))
        .fallback(edge::problem::unknown_page)
        .layer(middleware::from_fn_with_state(
            web.clone(),
            problem::render_errors,
        ))
        .layer(middleware::from_fn(headers::protect))
        .layer(compression::layer())
        .layer(compression::keep_secrets(Arc::clone(&web.config)))
        .with_state(web)
}
