//! Answers over HTTP/1.1 and HTTP/2 until it is told to stop, then lets what is being answered finish.

mod attendance;
#[cfg(test)]
mod tests;

use std::{
    future::{Future, pending},
    net::SocketAddr,
    time::Duration,
};

use axum::{Router, extract::connect_info::IntoMakeServiceWithConnectInfo};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};
use tower::Service;

use self::attendance::Patience;
use crate::Failure;

/// The patience of this program.
const PATIENCE: Patience = Patience {
    first: Duration::from_secs(15),
    // Longer than proxies keep an idle connection to us (a minute): it is they who end it, so that
    // no form is sent into a connection that we are just closing.
    idle: Duration::from_secs(75),
    body: Duration::from_secs(30),
    answer: Duration::from_mins(1),
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
    take_all_handles();
    serve_with(PATIENCE, listener, router, stop).await;
}

/// As many connections as the system grants this program, rather than the thousand that are
/// customary: some hundreds of visitors who say nothing must not keep everybody else out.
fn take_all_handles() {
    let granted = getrlimit(Resource::Nofile).maximum;
    let all = Rlimit {
        current: granted,
        maximum: granted,
    };
    if let Err(error) = setrlimit(Resource::Nofile, all) {
        tracing::debug!(%error, "the number of connections stays as it was");
    }
}

async fn serve_with(
    patience: Patience,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let mut visitors = router.into_make_service_with_connect_info::<SocketAddr>();
    let closing = watch::Sender::new(false);
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, place)) => {
                    let closing = closing.subscribe();
                    welcome(patience, stream, place, &mut visitors, closing).await;
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
    closing.send_replace(true);
    // Every connection listens until it ends.
    if tokio::time::timeout(DRAIN_LIMIT, closing.closed())
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
    closing: watch::Receiver<bool>,
) {
    // Pages are written in one go; waiting for more only makes them late.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection went away at once");
        return;
    }
    let Ok(service) = visitors.call(place).await;
    tokio::spawn(async move {
        if let Err(error) = attendance::attend(patience, stream, service, closing).await {
            // Visitors who leave half-way are not a fault of ours.
            tracing::debug!(%error, "a connection ended early");
        }
    });
}
