//! Sends mail over SMTP. Makes one connection at a time and leaves retries to the caller.

mod conversation;
mod reply;
mod stream;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use peil_app::ports::{
    Mail, MailConnection, MailContent, MailError, MailPreview, Mailer, SmtpSecurity, SmtpSettings,
};
use peil_domain::shared::Language;
use tokio_rustls::rustls::ClientConfig;

use self::{
    conversation::{Capabilities, Conversation},
    reply::Stage,
    stream::Stream,
};
use crate::{Composer, OutboundError, compose::ComposedMail};

/// How long the mailer waits for a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmtpTimeouts {
    /// For the socket and for the TLS handshake.
    pub connect: Duration,
    /// For the answer to each command.
    pub step: Duration,
    /// For the answer to the text of a mail, which a server may inspect first.
    pub hand_over: Duration,
}

impl Default for SmtpTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            step: Duration::from_mins(1),
            hand_over: Duration::from_mins(5),
        }
    }
}

/// Sends mail over SMTP.
#[derive(Debug)]
pub struct SmtpMailer {
    composer: Arc<Composer>,
    tls: Arc<ClientConfig>,
    timeouts: SmtpTimeouts,
}

impl SmtpMailer {
    /// Makes a mailer that trusts the public certificate authorities.
    pub fn new() -> Result<Self, OutboundError> {
        Self::with_extra_roots(b"")
    }

    /// Makes a mailer that also trusts the certificates in a PEM text, for an organisation with
    /// its own certificate authority.
    ///
    /// # Errors
    /// The text holds a certificate that cannot be read.
    pub fn with_extra_roots(pem: &[u8]) -> Result<Self, OutboundError> {
        Ok(Self {
            composer: Arc::new(Composer::new()?),
            tls: stream::tls_client(pem)?,
            timeouts: SmtpTimeouts::default(),
        })
    }

    /// Waits shorter or longer than by default.
    #[must_use]
    pub fn with_timeouts(mut self, timeouts: SmtpTimeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Opens a conversation up to and including the answer to `EHLO`.
    async fn open(&self, settings: &SmtpSettings) -> Result<Opened, MailError> {
        let SmtpTimeouts { connect, step, .. } = self.timeouts;
        let host = settings
            .host
            .trim()
            .trim_start_matches('[')
            .trim_end_matches(']');
        let socket = stream::open(host, settings.port, connect).await?;
        let unreachable = |error: std::io::Error| MailError::Unreachable(error.to_string());
        let is_loopback = socket.peer_addr().map_err(unreachable)?.ip().is_loopback();
        let client = address_literal(socket.local_addr().map_err(unreachable)?);
        let stream: Box<dyn Stream> = match settings.security {
            SmtpSecurity::None => Box::new(socket),
            SmtpSecurity::Tls => Box::new(stream::encrypt(socket, host, &self.tls, connect).await?),
            SmtpSecurity::Starttls => {
                let mut plain = Conversation::new(socket, step);
                plain.greeting().await?;
                if !plain.hello(&client).await?.starttls {
                    return Err(MailError::Settings(
                        "the server offers no STARTTLS".to_owned(),
                    ));
                }
                plain.command("STARTTLS", &[220], Stage::Opening).await?;
                let socket = plain.into_stream()?;
                Box::new(stream::encrypt(socket, host, &self.tls, connect).await?)
            }
        };
        let mut conversation = Conversation::new(stream, step);
        // After STARTTLS the server keeps silent and the client introduces itself again.
        if settings.security != SmtpSecurity::Starttls {
            conversation.greeting().await?;
        }
        let capabilities = conversation.hello(&client).await?;
        let is_private = is_loopback || settings.security != SmtpSecurity::None;
        Ok(Opened {
            conversation,
            capabilities,
            is_private,
        })
    }
}

/// A conversation before signing in.
struct Opened {
    conversation: Conversation<Box<dyn Stream>>,
    capabilities: Capabilities,
    /// Nobody on the way can read along.
    is_private: bool,
}

impl Opened {
    async fn sign_in(&mut self, account: &str, password: &str) -> Result<(), MailError> {
        if !self.is_private {
            return Err(MailError::Settings(
                "a password is not sent over an unencrypted connection to another machine"
                    .to_owned(),
            ));
        }
        let conversation = &mut self.conversation;
        if self.capabilities.auth_plain {
            let secret = STANDARD.encode(format!("\0{account}\0{password}"));
            conversation
                .command(&format!("AUTH PLAIN {secret}"), &[235], Stage::SignIn)
                .await?;
        } else if self.capabilities.auth_login {
            conversation
                .command("AUTH LOGIN", &[334], Stage::SignIn)
                .await?;
            conversation
                .command(&STANDARD.encode(account), &[334], Stage::SignIn)
                .await?;
            conversation
                .command(&STANDARD.encode(password), &[235], Stage::SignIn)
                .await?;
        } else {
            return Err(MailError::Settings(
                "the server offers no way to sign in with a password".to_owned(),
            ));
        }
        Ok(())
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    fn preview(&self, content: &MailContent, language: Language) -> Result<MailPreview, MailError> {
        self.composer.render(content, language)
    }

    async fn connect(&self, settings: &SmtpSettings) -> Result<Box<dyn MailConnection>, MailError> {
        let account = settings.username.as_deref().filter(|name| !name.is_empty());
        let password = settings
            .password
            .as_deref()
            .filter(|password| !password.is_empty());
        if account.is_some() && password.is_none() {
            return Err(MailError::Settings(
                "the account has no password".to_owned(),
            ));
        }
        let mut opened = self.open(settings).await?;
        if let (Some(account), Some(password)) = (account, password) {
            opened.sign_in(account, password).await?;
        }
        tracing::debug!(
            host = settings.host,
            port = settings.port,
            security = ?settings.security,
            is_signed_in = account.is_some(),
            "mail connection opened"
        );
        Ok(Box::new(SmtpConnection {
            conversation: opened.conversation,
            composer: Arc::clone(&self.composer),
            settings: settings.clone(),
            hand_over_limit: self.timeouts.hand_over,
            offered: None,
        }))
    }
}

/// An open connection, signed in where needed.
struct SmtpConnection {
    conversation: Conversation<Box<dyn Stream>>,
    composer: Arc<Composer>,
    settings: SmtpSettings,
    hand_over_limit: Duration,
    /// The mail whose text the server waits for.
    offered: Option<ComposedMail>,
}

impl SmtpConnection {
    async fn envelope(&mut self, mail: &ComposedMail) -> Result<(), MailError> {
        let conversation = &mut self.conversation;
        let from = format!("MAIL FROM:<{}>", mail.sender);
        conversation.command(&from, &[250], Stage::Sender).await?;
        // 251 and 252 promise to pass the mail on, which is as good.
        let to = format!("RCPT TO:<{}>", mail.recipient);
        conversation
            .command(&to, &[250, 251, 252], Stage::Recipient)
            .await?;
        conversation.command("DATA", &[354], Stage::Text).await?;
        Ok(())
    }
}

#[async_trait]
impl MailConnection for SmtpConnection {
    async fn offer(&mut self, mail: &Mail) -> Result<(), MailError> {
        if self.offered.take().is_some() {
            // The server waits for a text; whatever is said now would become part of that mail.
            self.conversation.give_up();
            return Err(MailError::Unreachable(
                "the mail before this one was offered and never handed over".to_owned(),
            ));
        }
        let composed = self.composer.compose(mail, &self.settings)?;
        if let Err(refusal) = self.envelope(&composed).await {
            if self.conversation.is_usable()
                && self
                    .conversation
                    .command("RSET", &[250], Stage::Opening)
                    .await
                    .is_err()
            {
                self.conversation.give_up();
            }
            return Err(refusal);
        }
        self.offered = Some(composed);
        Ok(())
    }

    async fn hand_over(&mut self) -> Result<(), MailError> {
        let Some(composed) = self.offered.take() else {
            return Err(MailError::Unreachable("no mail was offered".to_owned()));
        };
        self.conversation
            .text(&composed.message, self.hand_over_limit)
            .await
    }

    async fn close(mut self: Box<Self>) {
        // In the middle of a mail, silence makes the server throw it away; words would add to it.
        if self.offered.is_none() && self.conversation.is_usable() {
            // Nothing depends on a polite goodbye.
            if let Err(error) = self
                .conversation
                .command("QUIT", &[221], Stage::Opening)
                .await
            {
                tracing::debug!(%error, "mail server did not say goodbye");
            }
        }
    }
}

/// Names the client by its address, because a machine behind a router has no name that others know.
fn address_literal(local: SocketAddr) -> String {
    match local {
        SocketAddr::V4(address) => format!("[{}]", address.ip()),
        SocketAddr::V6(address) => format!("[IPv6:{}]", address.ip()),
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    #[tokio::test]
    async fn a_password_is_never_sent_where_others_can_read_along() {
        let (ours, mut theirs) = tokio::io::duplex(1000);
        let stream: Box<dyn Stream> = Box::new(ours);
        let mut opened = Opened {
            conversation: Conversation::new(stream, Duration::from_secs(1)),
            capabilities: Capabilities {
                auth_plain: true,
                auth_login: true,
                starttls: false,
            },
            is_private: false,
        };
        let refused = opened.sign_in("kto", "geheim").await;
        assert!(
            matches!(refused, Err(MailError::Settings(_))),
            "{refused:?}"
        );
        drop(opened);
        let mut heard = Vec::new();
        assert_eq!(
            theirs.read_to_end(&mut heard).await.ok(),
            Some(0),
            "{heard:?}"
        );
    }

    #[test]
    fn the_client_is_named_by_its_address() {
        let version_four = SocketAddr::from(([192, 0, 2, 1], 25));
        let version_six = SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, 25));
        assert_eq!(address_literal(version_four), "[192.0.2.1]");
        assert_eq!(address_literal(version_six), "[IPv6:::1]");
    }
}
