//! peil-app
