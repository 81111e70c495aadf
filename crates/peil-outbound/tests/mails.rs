//! What a recipient gets: headers, text and HTML, with friendly and with hostile content.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

mod letters;

use std::{fs, path::Path};

use letters::{invitation, mail, mail_to, settings};
use peil_app::ports::{
    InvitationContent, Mail, MailContent, MailError, MailLogo, MailPreview, Mailer, SmtpSettings,
};
use peil_domain::shared::Language;
use peil_outbound::{Composer, FolderMailer};
use tempfile::TempDir;

fn loopback() -> SmtpSettings {
    settings("127.0.0.1:25".parse().unwrap())
}

fn render(content: InvitationContent, language: Language) -> Result<MailPreview, MailError> {
    Composer::new()
        .unwrap()
        .render(&MailContent::Invitation(Box::new(content)), language)
}

/// The mail as it would be sent.
async fn source(mail: &Mail, settings: &SmtpSettings) -> Result<String, MailError> {
    let folder = TempDir::new().unwrap();
    let mut connection = FolderMailer::new(folder.path())
        .unwrap()
        .connect(settings)
        .await
        .unwrap();
    connection.offer(mail).await?;
    connection.hand_over().await?;
    connection.close().await;
    let names = names_in(folder.path());
    assert_eq!(names.len(), 1, "{names:?}");
    Ok(fs::read_to_string(folder.path().join(&names[0])).unwrap())
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Header lines, folded lines joined.
fn headers(source: &str) -> Vec<String> {
    let (head, _) = source.split_once("\r\n\r\n").unwrap();
    head.replace("\r\n ", " ")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn an_invitation_has_these_headers() {
    let source = source(&mail("een@peil.example"), &loopback())
        .await
        .unwrap();
    assert!(source.is_ascii());
    assert!(source.split("\r\n").all(|line| line.len() <= 998));
    let headers = headers(&source);
    for expected in [
        "From: =?utf-8?b?QmFra2VyaWogWm/Dqw==?= <kto@bakkerij.example>",
        "To: =?utf-8?b?SmFuIE3DvGxsZXI=?= <jan@klant.example>",
        "Reply-To: info@bakkerij.example",
        "Subject: Hoe smaakt het? Vertel =?utf-8?b?4oCZdA==?= ons",
        "Message-ID: <een@peil.example>",
        "List-Unsubscribe: <https://peil.example/u/Zm9vYmFyYmF6cXV4MTIzNA>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "MIME-Version: 1.0",
    ] {
        assert!(
            headers.contains(&expected.to_owned()),
            "{expected}\n{headers:#?}"
        );
    }
    let names: Vec<&str> = headers
        .iter()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert!(names.contains(&"Date"));
    assert!(
        headers
            .iter()
            .any(|line| line.starts_with("Content-Type: multipart/alternative;"))
    );
    assert!(
        !names.contains(&"Auto-Submitted"),
        "an invitation is no automatic reply"
    );
    assert!(source.contains("Content-Type: text/plain; charset=utf-8\r\n"));
    assert!(source.contains("Content-Type: text/html; charset=utf-8\r\n"));
    assert_eq!(
        source
            .matches("Content-Transfer-Encoding: quoted-printable\r\n")
            .count(),
        2
    );
    assert!(source.len() < 60_000, "{}", source.len());
}

#[test]
fn the_dutch_text_says_everything_with_its_links() {
    let text = render(invitation(Language::Nl), Language::Nl).unwrap().text;
    let links = (0..=10)
        .map(|score| format!("{score}: https://peil.example/r/Zm9vYmFy?score={score}&bron=mail"))
        .collect::<Vec<_>>()
        .join("\n");
    let expected = format!(
        "Bakkerij Zoë & Zn.

Dag Jan,

Vorige week kocht je brood bij ons in de Dorpsstraat. We zijn benieuwd wat je ervan vond.

Groet,
Zoë de Vries

Hoe waarschijnlijk is het dat je ons aanbeveelt aan een vriend of collega?
0 = heel onwaarschijnlijk
10 = heel waarschijnlijk

Klik op je antwoord. Daarna kun je het nog toelichten of aanpassen.

{links}

Open de vragenlijst:
https://peil.example/r/Zm9vYmFyYmF6cXV4MTIzNA

----------------------------------------
Je krijgt deze mail omdat je contact hebt met Bakkerij Zoë & Zn. en wij graag willen weten wat je daarvan vindt. Meedoen is vrijwillig.
Dat kost je ongeveer 3 minuten. Meedoen kan tot en met 5 december 2030.

Wil je dit soort mails niet meer krijgen? Meld je af:
https://peil.example/afmelden/Zm9vYmFyYmF6cXV4MTIzNA
"
    );
    assert_eq!(text, expected);
}

#[test]
fn text_and_html_say_the_same_in_every_language() {
    for (language, words) in [
        (
            Language::Nl,
            [
                "Klik op je antwoord",
                "Open de vragenlijst",
                "vrijwillig",
                "Meld je af",
                "3 minuten",
            ],
        ),
        (
            Language::En,
            [
                "Click your answer",
                "Open the survey",
                "voluntary",
                "Unsubscribe",
                "3 minutes",
            ],
        ),
    ] {
        let MailPreview { text, html, .. } = render(invitation(language), language).unwrap();
        assert!(html.contains(&format!("<html lang=\"{}\"", language.code())));
        for part in [&text, &html] {
            for expected in words.into_iter().chain([
                "Zoë de Vries",
                "2030",
                "/r/Zm9vYmFyYmF6cXV4MTIzNA",
                "/afmelden/",
            ]) {
                assert!(part.contains(expected), "{expected} in {part}");
            }
            for score in 0..=10 {
                assert!(part.contains(&format!("?score={score}&")), "{score}");
            }
            assert!(
                !part.contains('{') || part.contains("<style>"),
                "an unfilled place"
            );
            assert!(
                !part.contains("/u/"),
                "the one-click link changes things and is no page"
            );
        }
    }
}

#[test]
fn a_scale_of_eleven_stands_in_two_rows() {
    let html = render(invitation(Language::Nl), Language::Nl).unwrap().html;
    let rows: Vec<usize> = html
        .split("<tr>")
        .map(|row| row.matches("class=\"cell\"").count())
        .filter(|cells| *cells > 0)
        .collect();
    assert_eq!(rows, [6, 5]);
    assert_eq!(html.matches("height:44px").count(), 11);
    assert!(html.contains("aria-label=\"Antwoord: 7\""));
}

#[test]
fn answers_in_words_stand_below_each_other() {
    let mut content = invitation(Language::Nl);
    let question = content.first_question.as_mut().unwrap();
    question.choices = [
        "Heel ontevreden",
        "Ontevreden",
        "Neutraal",
        "Tevreden",
        "Heel tevreden",
    ]
    .map(|label| (label.to_owned(), "https://peil.example/r/x".to_owned()))
    .to_vec();
    let MailPreview { html, text, .. } = render(content, Language::Nl).unwrap();
    assert_eq!(html.matches("class=\"cell\"").count(), 5);
    assert!(
        !html.contains("heel onwaarschijnlijk"),
        "the words speak for themselves"
    );
    assert!(text.contains("Neutraal: https://peil.example/r/x\n"));
}

#[test]
fn an_invitation_without_a_question_has_only_the_button() {
    let content = InvitationContent {
        first_question: None,
        ..invitation(Language::En)
    };
    let MailPreview { html, text, .. } = render(content, Language::En).unwrap();
    assert!(!html.contains("class=\"cell\"") && !html.contains("<h1"));
    assert!(!text.contains("Click your answer"));
    assert!(html.contains("Open the survey"));
}

#[test]
fn a_picture_of_the_organisation_says_its_name_and_must_be_a_web_address() {
    let with = |link: &str| InvitationContent {
        logo: Some(MailLogo {
            link: link.to_owned(),
            width: 160,
            height: 40,
        }),
        ..invitation(Language::Nl)
    };
    let html = render(with("https://peil.example/logo/w/f.png"), Language::Nl)
        .unwrap()
        .html;
    assert!(html.contains(r#"src="https://peil.example/logo/w/f.png" width="160" height="40""#));
    assert!(html.contains(r#"alt="Bakkerij Zoë &amp; Zn.""#), "{html}");
    assert!(render(with("javascript:alert(1)"), Language::Nl).is_err());
}

#[test]
fn the_button_has_the_accent_colour_with_readable_text() {
    for (accent, fill, ink) in [
        ("#8a3b12", "#8a3b12", "#ffffff"),
        ("#FFD700", "#ffd700", "#000000"),
        ("#fff;background:url(x)", "#1f4e79", "#ffffff"),
    ] {
        let content = InvitationContent {
            accent: accent.to_owned(),
            ..invitation(Language::Nl)
        };
        let html = render(content, Language::Nl).unwrap().html;
        assert!(html.contains(&format!("bgcolor=\"{fill}\"")), "{accent}");
        assert!(
            html.contains(&format!("font-weight:bold;color:{ink};")),
            "{accent}"
        );
        assert!(!html.contains("url(x)"));
    }
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let hostile = "<script>alert(1)</script>\"'><img src=x> {{ 7*7 }} {% raw %} {organisation}";
    let mut content = invitation(Language::Nl);
    content.organisation = hostile.to_owned();
    content.subject = hostile.to_owned();
    content.message = format!("{hostile}\n\n.\n\n{hostile}");
    content.valid_until = hostile.to_owned();
    let question = content.first_question.as_mut().unwrap();
    question.text = hostile.to_owned();
    question.low_label = hostile.to_owned();
    question.choices[0].0 = hostile.to_owned();
    let MailPreview {
        html,
        text,
        subject,
    } = render(content, Language::Nl).unwrap();
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    assert!(html.contains("&lt;script&gt;") && html.contains("{{ 7*7 }}"));
    assert!(
        !html.contains("49"),
        "nothing of a user is run as a template"
    );
    assert!(text.contains(hostile));
    assert_eq!(subject, hostile);
}

#[tokio::test]
async fn nobody_adds_a_header_of_their_own() {
    let hostile = "Hoi\r\nBcc: x@example.org\r\n\r\nBody\n\0\u{2028}é";
    let mut mail = mail("een@peil.example");
    let mut content = invitation(Language::Nl);
    content.subject = hostile.to_owned();
    content.organisation = hostile.to_owned();
    mail.content = MailContent::Invitation(Box::new(content));
    mail.to_name = Some(hostile.to_owned());
    let settings = SmtpSettings {
        from_name: hostile.to_owned(),
        ..loopback()
    };
    let attacked = source(&mail, &settings).await.unwrap();
    let plain = source(&self::mail("een@peil.example"), &loopback())
        .await
        .unwrap();
    let names = |source: &str| -> Vec<String> {
        headers(source)
            .iter()
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&attacked), names(&plain));
}

#[tokio::test]
async fn very_long_texts_keep_lines_within_their_limits() {
    let mut mail = mail("een@peil.example");
    let mut content = invitation(Language::Nl);
    content.subject = "a".repeat(5000);
    content.message = "é".repeat(5000);
    mail.content = MailContent::Invitation(Box::new(content));
    mail.to_name = Some("ü".repeat(5000));
    let source = source(&mail, &loopback()).await.unwrap();
    assert!(source.is_ascii());
    assert!(source.split("\r\n").all(|line| line.len() <= 998));
}

#[tokio::test]
async fn a_link_that_is_no_web_address_is_refused() {
    let spoil: [fn(&mut InvitationContent); 4] = [
        |content| content.survey_link = "javascript:alert(1)".to_owned(),
        |content| content.opt_out_link = "https://x.nl/\" onclick=\"".to_owned(),
        |content| content.one_click_link = "https://x.nl/>\r\nBcc: <x@y.nl".to_owned(),
        |content| content.first_question.as_mut().unwrap().choices[3].1 = String::new(),
    ];
    for spoil in spoil {
        let mut content = invitation(Language::Nl);
        spoil(&mut content);
        let mail = Mail {
            content: MailContent::Invitation(Box::new(content)),
            ..mail("een@peil.example")
        };
        let refused = source(&mail, &loopback()).await;
        assert!(
            matches!(refused, Err(MailError::Permanent(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn malformed_addresses_and_ids_are_refused() {
    let refused = source(&mail_to("jan@"), &loopback()).await;
    assert!(matches!(refused, Err(MailError::Permanent(_))));
    let refused = source(&mail("x>\r\nBcc: y@z"), &loopback()).await;
    assert!(matches!(refused, Err(MailError::Permanent(_))));
    for settings in [
        SmtpSettings {
            from_address: "kto".to_owned(),
            ..loopback()
        },
        SmtpSettings {
            reply_to: Some("info @x".to_owned()),
            ..loopback()
        },
    ] {
        let refused = source(&mail("een@peil.example"), &settings).await;
        assert!(matches!(refused, Err(MailError::Settings(_))));
    }
}

#[tokio::test]
async fn an_empty_reply_address_and_name_are_left_out() {
    let settings = SmtpSettings {
        reply_to: Some(" ".to_owned()),
        from_name: String::new(),
        ..loopback()
    };
    let headers = headers(&source(&mail("een@peil.example"), &settings).await.unwrap());
    assert!(headers.contains(&"From: kto@bakkerij.example".to_owned()));
    assert!(!headers.iter().any(|line| line.starts_with("Reply-To")));
}

#[tokio::test]
async fn a_test_mail_says_that_the_settings_work() {
    for (language, subject) in [
        (Language::Nl, "Subject: Testmail van Peil & Co"),
        (Language::En, "Subject: Test mail from Peil & Co"),
    ] {
        let content = MailContent::Test {
            organisation: "Peil & Co".to_owned(),
        };
        let rendered = Composer::new().unwrap().render(&content, language).unwrap();
        assert!(rendered.html.contains("Peil &amp; Co") && rendered.text.contains("Peil & Co"));
        let mail = Mail {
            language,
            content,
            ..mail("een@peil.example")
        };
        let headers = headers(&source(&mail, &loopback()).await.unwrap());
        assert!(headers.contains(&subject.to_owned()), "{headers:?}");
        assert!(
            !headers
                .iter()
                .any(|line| line.starts_with("List-Unsubscribe"))
        );
    }
}

#[tokio::test]
async fn a_folder_gets_one_whole_file_per_mail() {
    let folder = TempDir::new().unwrap();
    let inside = folder.path().join("nieuw/post");
    let mailer = FolderMailer::new(&inside).unwrap();
    let mut connection = mailer.connect(&loopback()).await.unwrap();
    assert!(connection.hand_over().await.is_err(), "nothing was offered");
    for id in ["een@peil.example", "twee@peil.example", "een@peil.example"] {
        connection.offer(&mail(id)).await.unwrap();
        connection.hand_over().await.unwrap();
    }
    connection.offer(&mail("drie@peil.example")).await.unwrap();
    connection.close().await;
    let mut names = names_in(&inside);
    names.sort();
    assert_eq!(names, ["een@peil.example.eml", "twee@peil.example.eml"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_unreachable() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("bestand");
    fs::write(&file, "x").unwrap();
    let failed = FolderMailer::new(&file)
        .unwrap()
        .connect(&loopback())
        .await
        .err();
    assert!(matches!(failed, Some(MailError::Unreachable(_))));
}
