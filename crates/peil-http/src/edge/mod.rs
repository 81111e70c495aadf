//! What pages and API share at the edge: words, numbers, errors, cookies, forms, static files.

pub(crate) mod assets;
pub(crate) mod attempts;
pub(crate) mod compression;
pub(crate) mod cookie;
pub(crate) mod fields;
pub(crate) mod headers;
pub(crate) mod parts;
pub(crate) mod problem;
pub(crate) mod review;
pub(crate) mod signed;
pub(crate) mod text;
pub(crate) mod upload;
pub(crate) mod visitor;
