//! Operations at their addresses, with or without their description.
//!
//! A description says of every field of every body what it means: together some ten megabytes of memory,
//! which a program that serves has no use for until somebody asks.

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::Web;

/// Operations, to be put at their addresses.
pub(super) struct Operations(Box<dyn Fn(bool) -> OpenApiRouter<Web>>);

impl Operations {
    /// None.
    pub(super) fn new() -> Self {
        Self(Box::new(|_| OpenApiRouter::new()))
    }

    /// Adds what [`routes!`] makes of handlers at one address.
    pub(super) fn routes(self, more: fn(bool) -> UtoipaMethodRouter<Web>) -> Self {
        Self(Box::new(move |describes| {
            (self.0)(describes).routes(more(describes))
        }))
    }

    /// Adds others.
    pub(super) fn merge(self, others: Self) -> Self {
        Self(Box::new(move |describes| {
            (self.0)(describes).merge((others.0)(describes))
        }))
    }

    /// Lets all of them take bodies of any size: those of files have limits of their own.
    pub(super) fn without_body_limit(self) -> Self {
        Self(Box::new(move |describes| {
            (self.0)(describes).layer(DefaultBodyLimit::disable())
        }))
    }

    /// All of them with their description.
    pub(super) fn described(&self) -> OpenApiRouter<Web> {
        (self.0)(true)
    }

    /// All of them, for a program that serves.
    pub(super) fn served(&self) -> axum::Router<Web> {
        (self.0)(false).into()
    }
}

/// Handlers at one address, each for its method: what [`utoipa_axum::routes!`] makes of them, or the
/// same without descriptions.
macro_rules! routes {
    ($($head:ident $(:: $tail:ident)?),+ $(,)?) => {
        |describes| {
            if describes {
                return utoipa_axum::routes!($($head $(:: $tail)?),+);
            }
            let mut paths = utoipa::openapi::path::Paths::new();
            let mut handlers = axum::routing::MethodRouter::new();
            $($crate::api::operations::put!(paths, handlers, $head $(:: $tail)?);)+
            (Vec::new(), paths, handlers)
        }
    };
}

/// Puts a handler at its address.
macro_rules! put {
    ($paths:ident, $handlers:ident, $handler:ident) => {
        utoipa_axum::paste! {
            $crate::api::operations::put!(@ $paths, $handlers, $handler, [<__path_ $handler>]);
        }
    };
    ($paths:ident, $handlers:ident, $module:ident :: $handler:ident) => {
        utoipa_axum::paste! {
            $crate::api::operations::put!(
                @ $paths, $handlers, $module::$handler, $module::[<__path_ $handler>]
            );
        }
    };
    (@ $paths:ident, $handlers:ident, $handler:path, $described:path) => {
        let methods = <$described as utoipa::Path>::methods();
        for method in &methods {
            let method = utoipa_axum::PathItemExt::to_method_filter(method);
            $handlers = $handlers.on(method, $handler);
        }
        let path = <$described as utoipa::Path>::path();
        let bare = utoipa::openapi::path::Operation::new();
        $paths.add_path_operation(path, methods, bare);
    };
}

pub(super) use put;
pub(super) use routes;
