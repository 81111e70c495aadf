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

use crate::Failure;

/// How long a visitor may take to send the head of a request, and how long an idle connection is
/// kept: whoever sends one letter a second holds nothing for long.
const HEAD_LIMIT: Duration = Duration::from_secs(15);
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
    let mut visitors = router.into_make_service_with_connect_info::<SocketAddr>();
    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, place)) => {
                    welcome(stream, place, &mut visitors, connections.watcher()).await;
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
async fn welcome(stream: TcpStream, place: SocketAddr, visitors: &mut Visitors, watcher: Watcher) {
    // Pages are written in one go; waiting for more only makes them late.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection went away at once");
        return;
    }
    let Ok(service) = visitors.call(place).await;
    let service = service.map_request(|request: Request<Incoming>| request.map(Body::new));
    tokio::spawn(async move {
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_LIMIT)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        if let Err(error) = watcher.watch(connection).await {
            // Visitors who leave half-way are not a fault of ours.
            tracing::debug!(%error, "a connection ended early");
        }
    });
}
