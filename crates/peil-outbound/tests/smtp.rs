//! Sends mails through the real mailer to a real socket and looks at what arrives.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod letters;
mod support;

use std::time::Duration;

use letters::{invitation, mail, mail_to, settings};
use peil_app::ports::{MailConnection, MailError, Mailer, SmtpSecurity, SmtpSettings};
use peil_domain::shared::Language;
use peil_outbound::{SmtpMailer, SmtpTimeouts};
use support::SmtpServer;
use tokio::time::Instant;

async fn connect(server: &SmtpServer) -> Box<dyn MailConnection> {
    SmtpMailer::new()
        .unwrap()
        .connect(&settings(server.address()))
        .await
        .unwrap()
}

async fn connection_error(settings: &SmtpSettings) -> MailError {
    match SmtpMailer::new().unwrap().connect(settings).await {
        Ok(_) => unreachable!("the connection should have failed"),
        Err(error) => error,
    }
}

fn with_account(server: &SmtpServer) -> SmtpSettings {
    SmtpSettings {
        username: Some("kto".to_owned()),
        password: Some("geheim".to_owned()),
        ..settings(server.address())
    }
}

#[tokio::test]
async fn a_mail_arrives_after_it_is_handed_over_and_not_before() {
    let server = SmtpServer::start().await;
    let mut connection = connect(&server).await;
    connection.offer(&mail("een@peil.example")).await.unwrap();
    assert_eq!(server.commands().last().unwrap(), "DATA");
    assert_eq!(server.received(), []);
    connection.hand_over().await.unwrap();
    connection.close().await;
    let received = server.wait_for(1).await;
    assert_eq!(received[0].sender, "kto@bakkerij.example");
    assert_eq!(received[0].recipients, ["jan@klant.example"]);
    assert!(
        received[0]
            .text
            .contains("Message-ID: <een@peil.example>\r\n")
    );
    assert_eq!(server.commands().first().unwrap(), "EHLO [127.0.0.1]");
    assert_eq!(server.commands().last().unwrap(), "QUIT");
}

#[tokio::test]
async fn a_refused_mail_leaves_the_connection_usable() {
    for (start, reply, expected) in [
        (
            "MAIL",
            "451 later",
            MailError::Transient("451 later".to_owned()),
        ),
        (
            "RCPT",
            "450 4.2.1 <jan@klant.example>: later",
            MailError::Transient("450 4.2.1 <address> later".to_owned()),
        ),
        (
            "RCPT",
            "550 5.1.1 unknown",
            MailError::Permanent("550 5.1.1 unknown".to_owned()),
        ),
        (
            "DATA",
            "452 full",
            MailError::Transient("452 full".to_owned()),
        ),
        (
            "DATA",
            "554-no\r\n554 thanks",
            MailError::Permanent("554 no thanks".to_owned()),
        ),
    ] {
        let server = SmtpServer::start().await;
        server.answer_once(start, reply);
        let mut connection = connect(&server).await;
        let refused = connection.offer(&mail("een@peil.example")).await;
        assert_eq!(refused, Err(expected), "{start} {reply}");
        assert_eq!(server.commands().last().unwrap(), "RSET");
        connection
            .offer(&mail_to("piet@klant.example"))
            .await
            .unwrap();
        connection.hand_over().await.unwrap();
        let received = server.wait_for(1).await;
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].recipients, ["piet@klant.example"]);
    }
}

#[tokio::test]
async fn a_text_that_is_refused_leaves_the_connection_usable() {
    let server = SmtpServer::start().await;
    server.answer_once("TEXT", "451 busy");
    server.answer_once("TEXT", "554 spam");
    let mut connection = connect(&server).await;
    for expected in [
        Err(MailError::Transient("451 busy".to_owned())),
        Err(MailError::Permanent("554 spam".to_owned())),
        Ok(()),
    ] {
        connection.offer(&mail("een@peil.example")).await.unwrap();
        assert_eq!(connection.hand_over().await, expected);
    }
    assert_eq!(server.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn a_server_that_hangs_up_is_unreachable_and_stays_so() {
    for (start, reply) in [
        ("RCPT", "421 closing"),
        ("RCPT", ""),
        ("MAIL", "nonsense"),
        ("DATA", "250 odd"),
    ] {
        let server = SmtpServer::start().await;
        server.answer_once(start, reply);
        let mut connection = connect(&server).await;
        for _ in 0..2 {
            let failed = connection.offer(&mail("een@peil.example")).await;
            assert!(
                matches!(failed, Err(MailError::Unreachable(_))),
                "{start} {reply} {failed:?}"
            );
        }
        assert_eq!(server.received(), []);
    }
}

#[tokio::test]
async fn a_refused_sender_is_a_matter_of_settings() {
    for (start, reply) in [
        ("MAIL", "553 not yours"),
        ("MAIL", "530 sign in"),
        ("RCPT", "550 5.1.8 bad sender"),
    ] {
        let server = SmtpServer::start().await;
        server.answer_once(start, reply);
        let mut connection = connect(&server).await;
        let refused = connection.offer(&mail("een@peil.example")).await;
        assert!(
            matches!(refused, Err(MailError::Settings(_))),
            "{reply} {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_forwards_the_mail_has_accepted_it() {
    let server = SmtpServer::start().await;
    server.answer_once("RCPT", "251 will forward");
    connect(&server)
        .await
        .offer(&mail("een@peil.example"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_malformed_address_costs_no_conversation() {
    let server = SmtpServer::start().await;
    let mut connection = connect(&server).await;
    for hostile in ["jan", "jan@klant.example>\r\nRCPT TO:<x@y.nl", ""] {
        let refused = connection.offer(&mail_to(hostile)).await;
        assert!(matches!(refused, Err(MailError::Permanent(_))), "{hostile}");
    }
    assert_eq!(server.commands().len(), 1, "only EHLO");
    connection
        .offer(&mail_to("piet@klant.example"))
        .await
        .unwrap();
    connection.hand_over().await.unwrap();
}

#[tokio::test]
async fn a_mail_that_was_not_handed_over_never_mixes_with_the_next() {
    let server = SmtpServer::start().await;
    let mut connection = connect(&server).await;
    connection.offer(&mail("een@peil.example")).await.unwrap();
    let second = connection.offer(&mail("twee@peil.example")).await;
    assert!(matches!(second, Err(MailError::Unreachable(_))));
    assert!(connection.hand_over().await.is_err());
    connection.close().await;
    assert_eq!(server.commands().last().unwrap(), "DATA");
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn a_silent_server_is_given_up_after_the_time_limit() {
    let server = SmtpServer::start().await;
    server.freeze_after(1);
    let timeouts = SmtpTimeouts {
        hand_over: Duration::from_millis(100),
        ..SmtpTimeouts::default()
    };
    let mailer = SmtpMailer::new().unwrap().with_timeouts(timeouts);
    let mut connection = mailer.connect(&settings(server.address())).await.unwrap();
    connection.offer(&mail("een@peil.example")).await.unwrap();
    let unknown = connection.hand_over().await;
    assert!(
        matches!(unknown, Err(MailError::Unreachable(_))),
        "{unknown:?}"
    );
    // The late answer is not taken for the answer to the next mail.
    server.go_on();
    assert!(connection.offer(&mail("twee@peil.example")).await.is_err());
    assert_eq!(server.wait_for(1).await.len(), 1);
}

#[tokio::test]
async fn signing_in_uses_what_the_server_offers() {
    for (offer, expected) in [
        ("AUTH LOGIN PLAIN", vec!["AUTH PLAIN AGt0bwBnZWhlaW0="]),
        ("AUTH LOGIN", vec!["AUTH LOGIN", "a3Rv", "Z2VoZWlt"]),
    ] {
        let server = SmtpServer::start().await;
        server.offer(offer);
        SmtpMailer::new()
            .unwrap()
            .connect(&with_account(&server))
            .await
            .unwrap();
        assert_eq!(server.commands()[1..], expected);
    }
}

#[tokio::test]
async fn a_refused_account_is_a_matter_of_settings() {
    let server = SmtpServer::start().await;
    let without_offer = connection_error(&with_account(&server)).await;
    assert!(
        matches!(without_offer, MailError::Settings(_)),
        "{without_offer:?}"
    );
    server.offer("AUTH PLAIN");
    server.answer_once("AUTH", "535 5.7.8 wrong password");
    let wrong = connection_error(&with_account(&server)).await;
    assert_eq!(
        wrong,
        MailError::Settings("535 5.7.8 wrong password".to_owned())
    );
    server.answer_once("AUTH", "454 try later");
    let later = connection_error(&with_account(&server)).await;
    assert_eq!(later, MailError::Unreachable("454 try later".to_owned()));
    let without_password = SmtpSettings {
        password: None,
        ..with_account(&server)
    };
    assert!(matches!(
        connection_error(&without_password).await,
        MailError::Settings(_)
    ));
}

#[tokio::test]
async fn a_greeting_that_refuses_says_why() {
    let server = SmtpServer::start().await;
    server.answer_once("GREETING", "421 too busy");
    server.answer_once("GREETING", "554 go away");
    let settings = settings(server.address());
    let busy = connection_error(&settings).await;
    assert_eq!(busy, MailError::Unreachable("421 too busy".to_owned()));
    let blocked = connection_error(&settings).await;
    assert_eq!(blocked, MailError::Settings("554 go away".to_owned()));
}

#[tokio::test]
async fn starttls_is_required_once_it_is_asked_for() {
    let server = SmtpServer::start().await;
    let strict = SmtpSettings {
        security: SmtpSecurity::Starttls,
        ..settings(server.address())
    };
    assert!(matches!(
        connection_error(&strict).await,
        MailError::Settings(_)
    ));
    assert_eq!(server.commands(), ["EHLO [127.0.0.1]"]);
}

#[tokio::test]
async fn nobody_at_home_is_unreachable() {
    let server = SmtpServer::start().await;
    let settings = settings(server.address());
    drop(server);
    // The listener is gone once its task has ended.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(matches!(
        connection_error(&settings).await,
        MailError::Unreachable(_)
    ));
}

#[tokio::test]
async fn a_dot_alone_on_a_line_does_not_end_the_mail() {
    let server = SmtpServer::start().await;
    let mut connection = connect(&server).await;
    let mut dotted = mail("een@peil.example");
    let mut content = invitation(Language::Nl);
    content.message = "Eerste\n.\nMAIL FROM:<x@y>\n..twee\n.drie".to_owned();
    dotted.content = peil_app::ports::MailContent::Invitation(Box::new(content));
    connection.offer(&dotted).await.unwrap();
    connection.hand_over().await.unwrap();
    let received = server.wait_for(1).await;
    assert!(
        received[0]
            .text
            .contains("\r\nEerste\r\n.\r\nMAIL FROM:<x@y>\r\n..twee\r\n.drie\r\n")
    );
}

#[tokio::test]
async fn two_hundred_mails_go_over_one_connection() {
    let server = SmtpServer::start().await;
    let mut connection = connect(&server).await;
    let start = Instant::now();
    for number in 0..200 {
        connection
            .offer(&mail(&format!("{number}@peil.example")))
            .await
            .unwrap();
        connection.hand_over().await.unwrap();
    }
    println!("{:?} a mail", start.elapsed() / 200);
    let received = server.wait_for(200).await;
    assert_eq!(received.len(), 200);
    assert!(received.iter().all(|mail| mail.connection == 0));
}
