//! Answers over HTTP/1.1 until it is told to stop, then lets what is being answered finish.

use std::{
    future::{Future, pending},
    net::SocketAddr,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, connect_info::IntoMakeServiceWithConnectInfo},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{Signal, SignalKind, signal},
};
use tower::{Service, ServiceExt};
use tower_http::timeout::TimeoutBody;

use crate::Failure;

/// How long a visitor may be silent.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// To send the whole head of a request, and how long an idle connection is kept: whoever sends
    /// one letter a second holds nothing for long.
    head: Duration,
    /// Between two pieces of a body: a large file over a slow line takes as long as it needs, a
    /// visitor who sends nothing more is let go.
    body: Duration,
}

/// The patience of this program.
const PATIENCE: Patience = Patience {
    head: Duration::from_secs(15),
    body: Duration::from_secs(30),
};
/// How long requests that are being answered may take once the program is told to stop.
const DRAIN_LIMIT: Duration = Duration::from_secs(10);
/// Rest after the system refused a connection, for want of file handles for example.
const REST: Duration = Duration::from_millis(100);

type Visitors = IntoMakeServiceWithConnectInfo<Router, SocketAddr>;

/// Takes the address.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Failure::AddressTaken(address),
            _ => Failure::Address(address, error.to_string()),
        })
}

/// Completes when the program is asked to stop, by Ctrl-C or by the system. Listens from the call
/// on, not from the first wait: whoever reads that the program is ready may stop it at once.
pub(crate) fn asked_to_stop() -> impl Future<Output = ()> {
    let interrupted = signal(SignalKind::interrupt());
    let terminated = signal(SignalKind::terminate());
    async {
        tokio::select! {
            () = received(interrupted) => {}
            () = received(terminated) => {}
        }
    }
}

async fn received(listening: std::io::Result<Signal>) {
    match listening {
        Ok(mut asked) => {
            asked.recv().await;
        }
        // Without a handler the system's own reaction stays: the program ends at once.
        Err(_) => pending().await,
    }
}

/// Answers until `stop` completes and everything that was being answered is.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    serve_with(PATIENCE, listener, router, stop).await;
}

async fn serve_with(
    patience: Patience,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let mut visitors = router.into_make_service_with_connect_info::<SocketAddr>();
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, place)) => {
                    let watcher = connections.watcher();
                    welcome(patience, stream, place, &mut visitors, watcher).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(REST).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_LIMIT, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("stopped while some requests were still being answered");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a connection is the request, not work beyond it"
)]
async fn welcome(
    patience: Patience,
    stream: TcpStream,
    place: SocketAddr,
    visitors: &mut Visitors,
    watcher: Watcher,
) {
    // Pages are written in one go; waiting for more only makes them late.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection went away at once");
        return;
    }
    let Ok(service) = visitors.call(place).await;
    let service = service.map_request(move |request: Request<Incoming>| {
        request.map(|body| Body::new(TimeoutBody::new(patience.body, body)))
    });
    tokio::spawn(async move {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        if let Err(error) = watcher.watch(connection).await {
            // Visitors who leave half-way are not a fault of ours.
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

#[cfg(test)]
mod tests {
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// A server that counts what it is sent, with little patience.
    async fn counting() -> SocketAddr {
        let patience = Patience {
            head: Duration::from_secs(1),
            body: Duration::from_secs(1),
        };
        let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let count = |body: axum::body::Bytes| async move { body.len().to_string() };
        let router = Router::new().route("/", post(count));
        let running = serve_with(patience, listener, router, pending());
        #[expect(clippy::disallowed_methods, reason = "the test talks to it meanwhile")]
        tokio::spawn(running);
        address
    }

    async fn say(address: SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    /// Everything that comes back until the server hangs up.
    async fn heard(mut stream: TcpStream) -> String {
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        let ended = tokio::time::timeout(Duration::from_secs(20), read).await;
        ended.expect("the server lets go").unwrap();
        String::from_utf8(answer).unwrap()
    }

    const HEAD: &str =
        "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\n";

    #[tokio::test]
    async fn who_never_finishes_the_head_of_a_request_is_let_go() {
        let address = counting().await;
        let stream = say(address, "POST / HTTP/1.1\r\nHost: x\r\n").await;
        assert!(!heard(stream).await.contains("200 OK"));
    }

    #[tokio::test]
    async fn who_announces_a_body_and_sends_no_more_is_let_go() {
        let address = counting().await;
        let stream = say(address, &format!("{HEAD}ab")).await;
        assert!(!heard(stream).await.contains("200 OK"));
    }

    #[tokio::test]
    async fn a_body_that_comes_slowly_but_steadily_is_taken_however_long_it_takes() {
        let address = counting().await;
        let mut stream = say(address, HEAD).await;
        for piece in ["a", "b", "c", "d", "e", "f"] {
            tokio::time::sleep(Duration::from_millis(300)).await;
            stream.write_all(piece.as_bytes()).await.unwrap();
        }
        let answer = heard(stream).await;
        assert!(
            answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("\r\n6"),
            "{answer}"
        );
    }
}
