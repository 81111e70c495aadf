//! Encrypted connections, against the test server behind a small TLS front.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]
#![expect(clippy::disallowed_methods, reason = "the front lives beside the test")]

mod letters;
mod support;

use std::{net::SocketAddr, sync::Arc};

use letters::{mail, mail_to, settings};
use peil_app::ports::{MailError, Mailer, SmtpSecurity, SmtpSettings};
use peil_outbound::SmtpMailer;
use support::SmtpServer;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// A self-signed certificate for this machine: the server's side and the PEM text to trust.
fn certificate_for(name: &str) -> (TlsAcceptor, String) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), made.cert.pem())
}

/// Puts TLS in front of a server. With `preface` the client has to ask for it by `STARTTLS`, and
/// the preface is said, unencrypted, right behind the consent.
async fn front(
    server: SocketAddr,
    acceptor: TlsAcceptor,
    preface: Option<&'static str>,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut inner = TcpStream::connect(server).await.unwrap();
            if let Some(preface) = preface {
                ask_for_tls(&mut socket, preface).await;
                let mut greeting = String::new();
                BufReader::new(&mut inner)
                    .read_line(&mut greeting)
                    .await
                    .unwrap();
            }
            // A client that refuses the certificate ends the handshake; that is its right.
            if let Ok(mut encrypted) = acceptor.accept(socket).await {
                tokio::spawn(async move { copy_bidirectional(&mut encrypted, &mut inner).await });
            }
        }
    });
    address
}

async fn ask_for_tls(socket: &mut TcpStream, preface: &str) {
    let mut lines = BufReader::new(socket);
    lines.write_all(b"220 front ready\r\n").await.unwrap();
    for (command, reply) in [
        ("EHLO", "250-front\r\n250 STARTTLS\r\n"),
        ("STARTTLS", "220 go\r\n"),
    ] {
        let mut line = String::new();
        lines.read_line(&mut line).await.unwrap();
        assert!(line.starts_with(command), "{line}");
        let preface = if command == "STARTTLS" { preface } else { "" };
        lines
            .write_all(format!("{reply}{preface}").as_bytes())
            .await
            .unwrap();
    }
}

fn encrypted(front: SocketAddr, security: SmtpSecurity) -> SmtpSettings {
    SmtpSettings {
        security,
        username: Some("kto".to_owned()),
        password: Some("geheim".to_owned()),
        ..settings(front)
    }
}

#[tokio::test]
async fn a_mail_goes_over_tls_from_the_first_byte_and_after_starttls() {
    for (security, preface) in [
        (SmtpSecurity::Tls, None),
        (SmtpSecurity::Starttls, Some("")),
    ] {
        let server = SmtpServer::start().await;
        server.offer("AUTH PLAIN");
        let (acceptor, pem) = certificate_for("127.0.0.1");
        let front = front(server.address(), acceptor, preface).await;
        let mailer = SmtpMailer::with_extra_roots(pem.as_bytes()).unwrap();
        let mut connection = mailer.connect(&encrypted(front, security)).await.unwrap();
        for mail in [mail("een@peil.example"), mail_to("piet@klant.example")] {
            connection.offer(&mail).await.unwrap();
            connection.hand_over().await.unwrap();
        }
        connection.close().await;
        assert_eq!(server.wait_for(2).await.len(), 2);
        assert!(
            server
                .commands()
                .iter()
                .any(|line| line.starts_with("AUTH PLAIN"))
        );
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_a_matter_of_settings() {
    let server = SmtpServer::start().await;
    let (acceptor, _) = certificate_for("127.0.0.1");
    let front = front(server.address(), acceptor, None).await;
    let mailer = SmtpMailer::new().unwrap();
    let refused = mailer
        .connect(&encrypted(front, SmtpSecurity::Tls))
        .await
        .err();
    assert!(
        matches!(refused, Some(MailError::Settings(_))),
        "{refused:?}"
    );
    assert_eq!(server.commands(), Vec::<String>::new());
}

#[tokio::test]
async fn a_certificate_for_another_host_is_a_matter_of_settings() {
    let server = SmtpServer::start().await;
    let (acceptor, pem) = certificate_for("mail.example");
    let front = front(server.address(), acceptor, Some("")).await;
    let mailer = SmtpMailer::with_extra_roots(pem.as_bytes()).unwrap();
    let refused = mailer
        .connect(&encrypted(front, SmtpSecurity::Starttls))
        .await
        .err();
    assert!(
        matches!(refused, Some(MailError::Settings(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn what_is_said_before_tls_is_not_believed_after_it() {
    let server = SmtpServer::start().await;
    let (acceptor, pem) = certificate_for("127.0.0.1");
    let injected = Some("250-false\r\n250 AUTH LOGIN\r\n");
    let front = front(server.address(), acceptor, injected).await;
    let mailer = SmtpMailer::with_extra_roots(pem.as_bytes()).unwrap();
    let refused = mailer
        .connect(&encrypted(front, SmtpSecurity::Starttls))
        .await
        .err();
    assert!(
        matches!(refused, Some(MailError::Unreachable(_))),
        "{refused:?}"
    );
}

#[test]
fn a_root_certificate_that_cannot_be_read_is_named() {
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for pem in [broken, "not a certificate"] {
        let error = SmtpMailer::with_extra_roots(pem.as_bytes()).unwrap_err();
        assert!(
            error.to_string().starts_with("root certificate: "),
            "{error}"
        );
    }
}
