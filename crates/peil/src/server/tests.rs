//! Visitors of every kind, through real sockets.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::Request,
    routing::{get, post},
};
use futures::{StreamExt, stream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::{Notify, Semaphore, oneshot},
    time::timeout,
};

use super::*;

/// However busy the machine is: longer than this nothing takes that works.
const LIMIT: Duration = Duration::from_mins(1);
const LITTLE: Duration = Duration::from_secs(1);
const MUCH: Duration = Duration::from_hours(1);

/// Patience that is long but for what a test is about.
const PATIENT: Patience = Patience {
    first: MUCH,
    idle: MUCH,
    body: MUCH,
    answer: MUCH,
};

/// A running server; stops when it is told so, or let go.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    stopped: oneshot::Receiver<()>,
}

#[expect(clippy::disallowed_methods, reason = "the test talks to it meanwhile")]
async fn run(patience: Patience, router: Router) -> Running {
    let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, asked) = oneshot::channel();
    let (done, stopped) = oneshot::channel();
    tokio::spawn(async move {
        let stop = async { asked.await.unwrap_or_default() };
        serve_with(patience, listener, router, stop).await;
        done.send(()).unwrap_or_default();
    });
    Running {
        address,
        stop,
        stopped,
    }
}

/// Says how many bytes it was sent.
fn counting() -> Router {
    let count = |body: Bytes| async move { body.len().to_string() };
    Router::new().route("/", post(count))
}

async fn say(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Everything that comes back until the server hangs up.
async fn heard(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let ended = timeout(LIMIT, stream.read_to_end(&mut answer)).await;
    ended.expect("the server lets go").unwrap_or_default();
    String::from_utf8(answer).unwrap()
}

/// Reads until the answer ends like this.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut answer = Vec::new();
    while !answer.ends_with(end.as_bytes()) {
        let byte = timeout(LIMIT, stream.read_u8()).await.unwrap().unwrap();
        answer.push(byte);
    }
    String::from_utf8(answer).unwrap()
}

const CLOSING: &str =
    "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\n";
const STAYING: &str = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabcdef";

#[tokio::test]
async fn who_says_nothing_at_all_is_let_go() {
    let patience = Patience {
        first: LITTLE,
        ..PATIENT
    };
    let server = run(patience, counting()).await;
    let mut stream = say(server.address, "").await;
    assert_eq!(heard(&mut stream).await, "");
}

#[tokio::test]
async fn who_never_finishes_the_head_of_a_request_is_let_go() {
    let patience = Patience {
        first: LITTLE,
        ..PATIENT
    };
    for beginning in [
        "P",
        "POST / HTTP/1.1\r\nHost: x\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let server = run(patience, counting()).await;
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let ended = timeout(LIMIT, stream.read_to_end(&mut answer)).await;
        assert!(ended.is_ok(), "{beginning}");
        assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
    }
}

#[tokio::test]
async fn who_announces_a_body_and_sends_no_more_is_let_go() {
    let patience = Patience {
        body: LITTLE,
        ..PATIENT
    };
    let server = run(patience, counting()).await;
    let mut stream = say(server.address, &format!("{CLOSING}ab")).await;
    assert!(!heard(&mut stream).await.contains("200 OK"));
}

#[tokio::test]
async fn a_body_that_comes_slowly_but_steadily_is_taken_however_long_it_takes() {
    let patience = Patience {
        body: LITTLE,
        ..PATIENT
    };
    let server = run(patience, counting()).await;
    let mut stream = say(server.address, CLOSING).await;
    for piece in ["a", "b", "c", "d", "e", "f"] {
        tokio::time::sleep(Duration::from_millis(300)).await;
        stream.write_all(piece.as_bytes()).await.unwrap();
    }
    let answer = heard(&mut stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("\r\n6"),
        "{answer}"
    );
}

/// Tells that it was dropped.
struct Tell(Arc<Notify>);

impl Drop for Tell {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[tokio::test]
async fn who_does_not_read_the_answer_is_let_go() {
    let patience = Patience {
        answer: LITTLE,
        ..PATIENT
    };
    let gone = Arc::new(Notify::new());
    let telling = Arc::clone(&gone);
    let endless = move || {
        let tell = Tell(Arc::clone(&telling));
        let pieces = stream::repeat(Bytes::from(vec![b'x'; 65_536]));
        let pieces = pieces.map(move |piece| {
            let _held = &tell;
            Ok::<_, Infallible>(piece)
        });
        async { Body::from_stream(pieces) }
    };
    let server = run(patience, Router::new().route("/", get(endless))).await;
    let stream = say(server.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    timeout(LIMIT, gone.notified()).await.unwrap();
    drop(stream);
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request_and_let_go_when_none_comes() {
    let patience = Patience {
        idle: LITTLE,
        ..PATIENT
    };
    let server = run(patience, counting()).await;
    let mut stream = say(server.address, STAYING).await;
    for _ in 0..3 {
        let answer = read_until(&mut stream, "\r\n\r\n6").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        stream.write_all(STAYING.as_bytes()).await.unwrap();
    }
    let rest = heard(&mut stream).await;
    assert_eq!(rest.matches("200 OK").count(), 1, "{rest}");
}

#[tokio::test]
async fn requests_that_were_sent_together_are_answered_one_after_another() {
    let server = run(PATIENT, counting()).await;
    let mut stream = say(
        server.address,
        &format!("{STAYING}{STAYING}{CLOSING}abcdef"),
    )
    .await;
    assert_eq!(heard(&mut stream).await.matches("200 OK").count(), 3);
}

#[tokio::test]
async fn who_closes_after_one_answer_gets_all_of_it_and_then_the_end() {
    let large = "x".repeat(3_000_000);
    let page = large.clone();
    let server = run(PATIENT, Router::new().route("/", get(|| async { page }))).await;
    for head in [
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
    ] {
        let answer = heard(&mut say(server.address, head).await).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(" 200 OK"), "{head}");
        assert!(body == large, "{} bytes of {}", body.len(), large.len());
    }
}

/// Speaks HTTP/2 from the first byte on; the other half ends when the connection does.
async fn speak_http2(
    address: SocketAddr,
) -> (h2::client::SendRequest<Bytes>, impl Future<Output = bool>) {
    let stream = TcpStream::connect(address).await.unwrap();
    let (send, connection) = h2::client::handshake(stream).await.unwrap();
    #[expect(
        clippy::disallowed_methods,
        reason = "the connection works beside the test"
    )]
    let connection = tokio::spawn(connection);
    let ended = async move { timeout(LIMIT, connection).await.is_ok() };
    (send.ready().await.unwrap(), ended)
}

async fn count_over_http2(send: &mut h2::client::SendRequest<Bytes>, text: &'static str) -> Bytes {
    let request = Request::post("http://x/").body(()).unwrap();
    let (answer, mut body) = send.send_request(request, false).unwrap();
    body.send_data(Bytes::from_static(text.as_bytes()), true)
        .unwrap();
    let answer = timeout(LIMIT, answer).await.unwrap().unwrap();
    assert_eq!(answer.status(), 200);
    let mut body = answer.into_body();
    let piece = body.data().await.unwrap().unwrap();
    body.flow_control().release_capacity(piece.len()).unwrap();
    piece
}

#[tokio::test]
async fn http2_is_spoken_with_whoever_begins_with_it_and_many_share_a_connection() {
    let server = run(PATIENT, counting()).await;
    let (send, _) = speak_http2(server.address).await;
    let mut asked = Vec::new();
    for text in ["a", "bb", "ccc", "dddd"] {
        let mut send = send.clone().ready().await.unwrap();
        asked.push(async move { (text.len(), count_over_http2(&mut send, text).await) });
    }
    for (length, answer) in futures::future::join_all(asked).await {
        assert_eq!(answer, length.to_string());
    }
}

#[tokio::test]
async fn http2_without_requests_is_ended_after_a_while() {
    let patience = Patience {
        first: 5 * LITTLE,
        idle: LITTLE,
        ..PATIENT
    };
    let server = run(patience, counting()).await;
    let (mut send, ended) = speak_http2(server.address).await;
    assert_eq!(count_over_http2(&mut send, "abc").await, "3");
    assert!(ended.await);
}

#[tokio::test]
async fn what_is_being_answered_is_finished_when_the_server_stops() {
    let (asked, go_on) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
    let (telling, waiting) = (Arc::clone(&asked), Arc::clone(&go_on));
    let slow = move || {
        telling.notify_one();
        let waiting = Arc::clone(&waiting);
        async move {
            waiting.acquire().await.unwrap().forget();
            "done"
        }
    };
    let server = run(PATIENT, Router::new().route("/", get(slow))).await;
    let mut first = say(server.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    asked.notified().await;
    let (mut send, _ended) = speak_http2(server.address).await;
    let request = Request::get("http://x/").body(()).unwrap();
    let (second, _) = send.send_request(request, true).unwrap();
    asked.notified().await;
    server.stop.send(()).unwrap();
    go_on.add_permits(2);
    let answer = heard(&mut first).await;
    assert!(answer.ends_with("\r\n\r\ndone"), "{answer}");
    let mut second = timeout(LIMIT, second).await.unwrap().unwrap().into_body();
    let done = second.data().await.unwrap().unwrap();
    assert_eq!(done, "done");
    timeout(LIMIT, server.stopped).await.unwrap().unwrap();
}
