//! peil-http
