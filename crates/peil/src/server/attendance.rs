//! One connection, from its first byte to its last.
//!
//! Whoever keeps a connection and asks nothing, sends a request or a body letter by letter, or does
//! not read the answer, holds a handle and little else, and is let go after a while.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{body::Body, extract::Request, response::Response};
use hyper::body::{Body as _, Incoming};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
    service::TowerToHyperService,
};
use tokio::{net::TcpStream, sync::watch, time::Instant};
use tokio_io_timeout::TimeoutStream;
use tower::{Service, ServiceExt, service_fn};
use tower_http::timeout::TimeoutBody;

/// How long a visitor may be silent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Until the first request is there, its head complete.
    pub(super) first: Duration,
    /// Between the end of an answer and the end of the head of the next request.
    pub(super) idle: Duration,
    /// Between two pieces of a body: a large file over a slow line takes as long as it needs, a
    /// visitor who sends nothing more is let go.
    pub(super) body: Duration,
    /// Without taking anything of the answer.
    pub(super) answer: Duration,
}

/// Time between two looks at whether a proxy on the other side of HTTP/2 is still there.
const PING: Duration = Duration::from_secs(20);
/// Requests that are answered at the same time on one connection; a proxy opens another for more.
const MOST_AT_ONCE: u32 = 100;

/// What a connection is doing.
#[derive(Debug)]
struct Attendance {
    since: Instant,
    running: AtomicUsize,
    /// Milliseconds from `since` to the last request that came or was answered; 0 before the first.
    last: AtomicU64,
}

impl Attendance {
    fn new() -> Self {
        Self {
            since: Instant::now(),
            running: AtomicUsize::new(0),
            last: AtomicU64::new(0),
        }
    }

    fn note(&self) {
        let passed = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(passed.max(1), Ordering::Relaxed);
    }

    fn has_asked(&self) -> bool {
        self.last.load(Ordering::Relaxed) > 0
    }

    /// When patience is at its end, as far as is known now: to be asked again then, since a request
    /// may have come or ended meanwhile. The first patience is the shorter one.
    fn until(&self, patience: Patience) -> Instant {
        if !self.has_asked() {
            return self.since + patience.first;
        }
        if self.running.load(Ordering::Relaxed) > 0 {
            return Instant::now() + patience.idle;
        }
        let last = Duration::from_millis(self.last.load(Ordering::Relaxed));
        self.since + last + patience.idle
    }
}

/// A request that is being answered; ends however that ends.
struct Running(Arc<Attendance>);

impl Running {
    fn new(attendance: &Arc<Attendance>) -> Self {
        attendance.running.fetch_add(1, Ordering::Relaxed);
        attendance.note();
        Self(Arc::clone(attendance))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
        self.0.note();
    }
}

/// Answers what comes over a connection, in HTTP/1.1 or, when it begins with the preface of that,
/// HTTP/2; ends when the visitor does, when patience does, or when `closing` says so.
pub(super) async fn attend<S>(
    patience: Patience,
    stream: TcpStream,
    service: S,
    mut closing: watch::Receiver<bool>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let attendance = Arc::new(Attendance::new());
    let noting = Arc::clone(&attendance);
    let service = service_fn(move |request: Request<Incoming>| {
        let running = Running::new(&noting);
        let answered = service
            .clone()
            .oneshot(request.map(|body| patient(body, patience)));
        async move {
            let answer = answered.await;
            drop(running);
            answer
        }
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience.answer));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.idle);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MOST_AT_ONCE)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING);
    let stream = TokioIo::new(Box::pin(stream));
    let connection = builder.serve_connection(stream, TowerToHyperService::new(service));
    tokio::pin!(connection);
    let mut is_leaving = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => return ended,
            _ = closing.changed(), if !is_leaving => {}
            () = tokio::time::sleep_until(attendance.until(patience)), if !is_leaving => {
                if !attendance.has_asked() {
                    return Ok(());
                }
                if attendance.until(patience) > Instant::now() {
                    continue;
                }
            }
        }
        // What is being answered is finished first.
        connection.as_mut().graceful_shutdown();
        is_leaving = true;
    }
}

fn patient(body: Incoming, patience: Patience) -> Body {
    if body.is_end_stream() {
        Body::empty()
    } else {
        Body::new(TimeoutBody::new(patience.body, body))
    }
}
