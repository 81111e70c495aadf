//! A small mail server on loopback for tests: speaks SMTP, keeps every mail, misbehaves on request.
//! Uses nothing but the standard library and tokio, so that other crates can include this file.
//!
//! It also tests itself, so that every part of it is used wherever it is included.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]
#![expect(
    clippy::disallowed_methods,
    reason = "the server lives beside the test"
)]

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

/// How long a test waits for something that should happen at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// One mail that was received up to and including its final dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReceivedMail {
    /// Number of the connection, from 0.
    pub(crate) connection: usize,
    /// What stood between the angle brackets of `MAIL FROM`.
    pub(crate) sender: String,
    /// What stood between the angle brackets of every accepted `RCPT TO`.
    pub(crate) recipients: Vec<String>,
    /// Headers and body, dots undone.
    pub(crate) text: String,
}

/// Replies that differ from the usual ones.
#[derive(Debug)]
struct Twist {
    /// A line (or, for the text of a mail, the word `TEXT`) that starts with this gets the reply.
    start: String,
    /// The reply; empty: the server closes the connection without a word.
    reply: String,
    /// How often; `None` is always.
    times_left: Option<usize>,
}

#[derive(Debug, Default)]
struct State {
    received: Vec<ReceivedMail>,
    commands: Vec<String>,
    twists: VecDeque<Twist>,
    capabilities: Vec<String>,
    freeze_after: Option<usize>,
    freeze_in_text_of: Option<usize>,
    connections: usize,
}

/// A mail server that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct SmtpServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// Number of mails received; changes wake up who waits.
    count: watch::Sender<usize>,
    is_frozen: watch::Sender<bool>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Waits as long as the server is frozen.
    async fn thawed(&self) {
        self.is_frozen
            .subscribe()
            .wait_for(|is_frozen| !is_frozen)
            .await
            .unwrap();
    }
}

impl SmtpServer {
    /// Starts a server that accepts everything, on a free port.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            state: Mutex::new(State::default()),
            count: watch::Sender::new(0),
            is_frozen: watch::Sender::new(false),
        });
        let listener = tokio::spawn(listen(listener, Arc::clone(&shared)));
        Self {
            address,
            shared,
            listener,
        }
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds a line to the answer to `EHLO`, such as `AUTH PLAIN LOGIN`.
    pub(crate) fn offer(&self, capability: &str) {
        self.shared.state().capabilities.push(capability.to_owned());
    }

    /// Answers the next line that starts like this with another reply, once.
    ///
    /// `GREETING` stands for the greeting and `TEXT` for the text of a mail; an empty reply closes
    /// the connection. Several replies to the same start are given in order.
    pub(crate) fn answer_once(&self, start: &str, reply: &str) {
        self.twist(start, reply, Some(1));
    }

    /// Answers every line that starts like this with another reply.
    pub(crate) fn answer_always(&self, start: &str, reply: &str) {
        self.twist(start, reply, None);
    }

    fn twist(&self, start: &str, reply: &str, times_left: Option<usize>) {
        let twist = Twist {
            start: start.to_owned(),
            reply: reply.to_owned(),
            times_left,
        };
        self.shared.state().twists.push_back(twist);
    }

    /// Goes silent for every client as soon as this many mails in all have been received
    /// completely: sockets stay open, nothing is answered, not even the last of those mails.
    pub(crate) fn freeze_after(&self, mails: usize) {
        self.shared.state().freeze_after = Some(mails);
    }

    /// Goes silent like [`Self::freeze_after`] when it has read the text of the mail with this number
    /// from 1, and loses that mail.
    pub(crate) fn freeze_in_text_of(&self, number: usize) {
        self.shared.state().freeze_in_text_of = Some(number);
    }

    /// Waits until the server is frozen.
    pub(crate) async fn wait_until_frozen(&self) {
        let mut is_frozen = self.shared.is_frozen.subscribe();
        timeout(PATIENCE, is_frozen.wait_for(|is_frozen| *is_frozen))
            .await
            .unwrap()
            .unwrap();
    }

    /// Ends a freeze: what was left unanswered is answered after all.
    pub(crate) fn go_on(&self) {
        {
            let mut state = self.shared.state();
            state.freeze_after = None;
            state.freeze_in_text_of = None;
        }
        self.shared.is_frozen.send_replace(false);
    }

    /// Waits until at least this many mails have been received and gives all of them.
    pub(crate) async fn wait_for(&self, mails: usize) -> Vec<ReceivedMail> {
        let mut count = self.shared.count.subscribe();
        timeout(PATIENCE, count.wait_for(|count| *count >= mails))
            .await
            .unwrap()
            .unwrap();
        self.received()
    }

    /// Every mail so far, in order of arrival.
    pub(crate) fn received(&self) -> Vec<ReceivedMail> {
        self.shared.state().received.clone()
    }

    /// Every command line so far of all clients.
    pub(crate) fn commands(&self) -> Vec<String> {
        self.shared.state().commands.clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        // Clients come and go; a client that leaves in the middle is no failure of the server.
        tokio::spawn(serve(socket, Arc::clone(&shared)));
    }
}

struct Client {
    socket: BufReader<TcpStream>,
    shared: Arc<Shared>,
    connection: usize,
    sender: Option<String>,
    recipients: Vec<String>,
}

async fn serve(socket: TcpStream, shared: Arc<Shared>) -> std::io::Result<()> {
    socket.set_nodelay(true)?;
    let connection = {
        let mut state = shared.state();
        state.connections += 1;
        state.connections - 1
    };
    let socket = BufReader::new(socket);
    let mut client = Client {
        socket,
        shared,
        connection,
        sender: None,
        recipients: Vec::new(),
    };
    if !client.answer("GREETING", "220 test.example ready").await? {
        return Ok(());
    }
    while let Some(line) = client.line().await? {
        client.shared.state().commands.push(line.clone());
        if !client.obey(&line).await? {
            break;
        }
    }
    Ok(())
}

impl Client {
    /// Reads one line without its ending.
    async fn line(&mut self) -> std::io::Result<Option<String>> {
        let mut line = String::new();
        let length = self.socket.read_line(&mut line).await?;
        Ok((length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Writes the usual reply, or the twisted one. `false` ends the connection.
    async fn answer(&mut self, line: &str, usual: &str) -> std::io::Result<bool> {
        self.shared.thawed().await;
        let reply = self.twisted(line).unwrap_or_else(|| usual.to_owned());
        if reply.is_empty() {
            return Ok(false);
        }
        self.socket
            .get_mut()
            .write_all(format!("{reply}\r\n").as_bytes())
            .await?;
        Ok(!reply.starts_with("221") && !reply.starts_with("421"))
    }

    /// The twisted reply for this line, if there is one.
    fn twisted(&self, line: &str) -> Option<String> {
        let mut state = self.shared.state();
        let twist = state
            .twists
            .iter_mut()
            .find(|twist| line.starts_with(&twist.start) && twist.times_left != Some(0))?;
        twist.times_left = twist.times_left.map(|times| times - 1);
        Some(twist.reply.clone())
    }

    /// Looks whether a twist is going to refuse this line.
    fn is_refused(&self, line: &str) -> bool {
        let state = self.shared.state();
        let twist = state
            .twists
            .iter()
            .find(|twist| line.starts_with(&twist.start) && twist.times_left != Some(0));
        twist.is_some_and(|twist| !twist.reply.starts_with(['2', '3']))
    }

    async fn obey(&mut self, line: &str) -> std::io::Result<bool> {
        let is_refused = self.is_refused(line);
        let usual = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => {
                let capabilities = self.shared.state().capabilities.clone();
                let mut lines = vec!["test.example".to_owned()];
                lines.extend(capabilities);
                let last = lines.pop().unwrap();
                for earlier in &mut lines {
                    earlier.insert_str(0, "250-");
                }
                lines.push(format!("250 {last}"));
                return self.answer(line, &lines.join("\r\n")).await;
            }
            "AUTH" => return self.authenticate(line).await,
            "MAIL" if !is_refused => {
                self.sender = Some(between_brackets(line));
                "250 sender noted"
            }
            "RCPT" if !is_refused && self.sender.is_some() => {
                self.recipients.push(between_brackets(line));
                "250 recipient noted"
            }
            "DATA" if is_refused => "554 refused",
            "DATA" if self.recipients.is_empty() => "503 no recipients",
            "DATA" => return self.take_text(line).await,
            "RSET" => {
                self.forget();
                "250 forgotten"
            }
            "NOOP" => "250 fine",
            "QUIT" => "221 bye",
            _ => "503 not now",
        };
        self.answer(line, usual).await
    }

    async fn authenticate(&mut self, line: &str) -> std::io::Result<bool> {
        // Base64 of `Username:` and `Password:`.
        for challenge in ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"] {
            if !line.starts_with("AUTH LOGIN") {
                break;
            }
            if !self.answer("CHALLENGE", challenge).await? {
                return Ok(false);
            }
            let Some(secret) = self.line().await? else {
                return Ok(false);
            };
            self.shared.state().commands.push(secret);
        }
        self.answer(line, "235 welcome").await
    }

    async fn take_text(&mut self, line: &str) -> std::io::Result<bool> {
        if !self.answer(line, "354 go ahead").await? {
            return Ok(false);
        }
        let mut text = String::new();
        loop {
            let Some(line) = self.line().await? else {
                return Ok(false);
            };
            if line == "." {
                break;
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
        }
        if self.is_lost() {
            self.shared.thawed().await;
            return Ok(false);
        }
        if !self.is_refused("TEXT") {
            self.keep(text);
        }
        self.forget();
        self.answer("TEXT", "250 taken").await
    }

    /// Looks whether the mail that was just read is the one to freeze in.
    fn is_lost(&self) -> bool {
        let state = self.shared.state();
        let is_lost = state.freeze_in_text_of == Some(state.received.len() + 1);
        if is_lost {
            self.shared.is_frozen.send_replace(true);
        }
        is_lost
    }

    /// Keeps a mail; the freeze starts before anybody hears of it.
    fn keep(&self, text: String) {
        let mail = ReceivedMail {
            connection: self.connection,
            sender: self.sender.clone().unwrap_or_default(),
            recipients: self.recipients.clone(),
            text,
        };
        let mut state = self.shared.state();
        state.received.push(mail);
        if state
            .freeze_after
            .is_some_and(|limit| state.received.len() >= limit)
        {
            self.shared.is_frozen.send_replace(true);
        }
        self.shared.count.send_replace(state.received.len());
    }

    fn forget(&mut self) {
        self.sender = None;
        self.recipients.clear();
    }
}

fn between_brackets(line: &str) -> String {
    let inside = line
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inside
        .map(|(address, _)| address.to_owned())
        .unwrap_or_default()
}

/// A client that says what it is told, line by line.
struct Talker(BufReader<TcpStream>);

impl Talker {
    async fn connect(server: &SmtpServer) -> Self {
        Self(BufReader::new(
            TcpStream::connect(server.address()).await.unwrap(),
        ))
    }

    /// Says lines (none: only listens) and gives the code of the next reply.
    async fn say(&mut self, lines: &str) -> String {
        self.0.get_mut().write_all(lines.as_bytes()).await.unwrap();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            if line.get(3..4) != Some("-") {
                return line.get(..3).unwrap_or("end").to_owned();
            }
        }
    }
}

#[tokio::test]
async fn the_test_server_keeps_a_mail_and_undoes_the_dots() {
    let server = SmtpServer::start().await;
    server.offer("SIZE 1000");
    let mut client = Talker::connect(&server).await;
    let talk = [
        ("", "220"),
        ("EHLO x\r\n", "250"),
        ("AUTH PLAIN AAAA\r\n", "235"),
        ("AUTH LOGIN\r\n", "334"),
        ("bmFtZQ==\r\n", "334"),
        ("d29yZA==\r\n", "235"),
        ("DATA\r\n", "503"),
        ("MAIL FROM:<a@x>\r\n", "250"),
        ("RCPT TO:<b@x>\r\n", "250"),
        ("RSET\r\n", "250"),
        ("MAIL FROM:<c@x>\r\n", "250"),
        ("RCPT TO:<d@x>\r\n", "250"),
        ("DATA\r\n", "354"),
        ("Subject: s\r\n\r\n..dot\r\n.\r\n", "250"),
        ("QUIT\r\n", "221"),
    ];
    for (lines, code) in talk {
        assert_eq!(client.say(lines).await, code, "{lines}");
    }
    let mail = ReceivedMail {
        connection: 0,
        sender: "c@x".to_owned(),
        recipients: vec!["d@x".to_owned()],
        text: "Subject: s\r\n\r\n.dot\r\n".to_owned(),
    };
    assert_eq!(server.wait_for(1).await, [mail]);
    assert!(server.commands().contains(&"EHLO x".to_owned()));
}

#[tokio::test]
async fn the_test_server_gives_other_replies_on_request() {
    let server = SmtpServer::start().await;
    server.answer_once("RCPT TO:<b", "450 later");
    server.answer_once("RCPT TO:<b", "550 never");
    server.answer_always("NOOP", "250 twisted");
    server.answer_once("QUIT", "");
    let mut client = Talker::connect(&server).await;
    let talk = [
        ("", "220"),
        ("MAIL FROM:<a@x>\r\n", "250"),
        ("RCPT TO:<b@x>\r\n", "450"),
        ("RCPT TO:<b@x>\r\n", "550"),
        ("DATA\r\n", "503"),
        ("NOOP\r\n", "250"),
        ("QUIT\r\n", "end"),
    ];
    for (lines, code) in talk {
        assert_eq!(client.say(lines).await, code, "{lines}");
    }
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn the_test_server_freezes_for_everyone_and_goes_on() {
    let server = SmtpServer::start().await;
    server.freeze_after(1);
    let mut first = Talker::connect(&server).await;
    for lines in ["", "MAIL FROM:<a@x>\r\n", "RCPT TO:<b@x>\r\n", "DATA\r\n"] {
        first.say(lines).await;
    }
    let mut second = Talker::connect(&server).await;
    second.say("").await;
    let unanswered = timeout(Duration::from_millis(100), first.say("x\r\n.\r\n")).await;
    assert!(unanswered.is_err());
    server.wait_until_frozen().await;
    assert_eq!(server.received().len(), 1);
    assert!(
        timeout(Duration::from_millis(50), second.say("NOOP\r\n"))
            .await
            .is_err()
    );
    server.go_on();
    assert_eq!(first.say("").await, "250");
    assert_eq!(second.say("").await, "250");
}

#[tokio::test]
async fn the_test_server_loses_a_mail_that_it_freezes_in() {
    let server = SmtpServer::start().await;
    server.freeze_in_text_of(1);
    let mut client = Talker::connect(&server).await;
    for lines in ["", "MAIL FROM:<a@x>\r\n", "RCPT TO:<b@x>\r\n", "DATA\r\n"] {
        client.say(lines).await;
    }
    let unanswered = timeout(Duration::from_millis(50), client.say("x\r\n.\r\n")).await;
    assert!(unanswered.is_err());
    server.wait_until_frozen().await;
    server.go_on();
    assert_eq!(client.say("").await, "end");
    assert_eq!(server.received(), []);
}
