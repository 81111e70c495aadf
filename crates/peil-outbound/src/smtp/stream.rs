//! Opens the socket to a mail server, plain or encrypted. Speaks no SMTP.

use std::{fmt, sync::Arc, time::Duration};

use peil_app::ports::MailError;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        self, ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use super::conversation::within;
use crate::OutboundError;

/// A socket, encrypted or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin + fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin + fmt::Debug> Stream for T {}

/// Sets up TLS with the public roots and, where given, the roots in a PEM text.
pub(super) fn tls_client(extra_roots_pem: &[u8]) -> Result<Arc<ClientConfig>, OutboundError> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let public_roots = roots.len();
    for certificate in CertificateDer::pem_slice_iter(extra_roots_pem) {
        let certificate =
            certificate.map_err(|error| OutboundError::Certificate(error.to_string()))?;
        roots
            .add(certificate)
            .map_err(|error| OutboundError::Certificate(error.to_string()))?;
    }
    if roots.len() == public_roots && !extra_roots_pem.trim_ascii().is_empty() {
        return Err(OutboundError::Certificate(
            "no certificate in PEM format".to_owned(),
        ));
    }
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(client))
}

/// Opens a plain socket.
pub(super) async fn open(host: &str, port: u16, limit: Duration) -> Result<TcpStream, MailError> {
    let socket = within(limit, TcpStream::connect((host, port))).await?;
    // Without this every mail waits some 40 ms for an acknowledgement that the server postpones.
    socket
        .set_nodelay(true)
        .map_err(|error| MailError::Unreachable(error.to_string()))?;
    Ok(socket)
}

/// Encrypts a socket; the certificate has to be valid for the host.
pub(super) async fn encrypt(
    socket: TcpStream,
    host: &str,
    client: &Arc<ClientConfig>,
    limit: Duration,
) -> Result<TlsStream<TcpStream>, MailError> {
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| MailError::Settings("the host is no valid name for TLS".to_owned()))?;
    let connector = TlsConnector::from(Arc::clone(client));
    match timeout(limit, connector.connect(name, socket)).await {
        Ok(Ok(stream)) => Ok(stream),
        // A certificate or protocol that does not fit will not fit next time either.
        Ok(Err(error)) if is_tls_error(&error) => Err(MailError::Settings(format!("tls: {error}"))),
        Ok(Err(error)) => Err(MailError::Unreachable(format!("tls: {error}"))),
        Err(_) => Err(MailError::Unreachable(format!("no tls within {limit:?}"))),
    }
}

fn is_tls_error(error: &std::io::Error) -> bool {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
        .is_some()
}
