//! What can be wrong when a way out is set up; failures of one mail are `MailError` of the port.

/// Why a mailer could not be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutboundError {
    /// A template that is built in cannot be read.
    #[error("mail template: {0}")]
    Template(#[from] minijinja::Error),
    /// The fixed sentences of a language cannot be read.
    #[error("sentences of language {language}: {source}")]
    Sentences {
        /// Code of the language.
        language: &'static str,
        /// What is wrong with the file.
        source: toml::de::Error,
    },
    /// A certificate is not in PEM format or cannot be trusted as a root.
    #[error("root certificate: {0}")]
    Certificate(String),
    /// The TLS library refuses its own defaults.
    #[error("tls: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
}
