//! Example mails for the tests of this crate.

use std::net::SocketAddr;

use peil_app::ports::{
    InvitationContent, Mail, MailContent, MailQuestion, SmtpSecurity, SmtpSettings,
};
use peil_domain::shared::Language;

/// Settings for a plain server on this machine.
pub(crate) fn settings(server: SocketAddr) -> SmtpSettings {
    SmtpSettings {
        host: server.ip().to_string(),
        port: server.port(),
        security: SmtpSecurity::None,
        username: None,
        password: None,
        from_name: "Bakkerij Zoë".to_owned(),
        from_address: "kto@bakkerij.example".to_owned(),
        reply_to: Some("info@bakkerij.example".to_owned()),
    }
}

/// A Dutch invitation to Jan.
pub(crate) fn mail(message_id: &str) -> Mail {
    Mail {
        message_id: message_id.to_owned(),
        to_address: "jan@klant.example".to_owned(),
        to_name: Some("Jan Müller".to_owned()),
        language: Language::Nl,
        content: MailContent::Invitation(Box::new(invitation(Language::Nl))),
    }
}

/// A Dutch invitation to anybody.
pub(crate) fn mail_to(address: &str) -> Mail {
    Mail {
        to_address: address.to_owned(),
        ..mail("twee@peil.example")
    }
}

/// An invitation with a recommendation question from 0 to 10.
pub(crate) fn invitation(language: Language) -> InvitationContent {
    let is_dutch = language == Language::Nl;
    let say = |dutch: &str, english: &str| if is_dutch { dutch } else { english }.to_owned();
    InvitationContent {
        organisation: "Bakkerij Zoë & Zn.".to_owned(),
        subject: say(
            "Hoe smaakt het? Vertel ’t ons",
            "How does it taste? Tell us",
        ),
        message: say(
            "Dag Jan,\n\nVorige week kocht je brood bij ons in de Dorpsstraat. We zijn benieuwd wat je ervan vond.\n\nGroet,\nZoë de Vries",
            "Hello Jan,\n\nLast week you bought bread at our shop. We wonder what you thought of it.\n\nRegards,\nZoë de Vries",
        ),
        accent: "#8a3b12".to_owned(),
        logo: None,
        first_question: Some(MailQuestion {
            text: say(
                "Hoe waarschijnlijk is het dat je ons aanbeveelt aan een vriend of collega?",
                "How likely are you to recommend us to a friend or colleague?",
            ),
            low_label: say("heel onwaarschijnlijk", "not at all likely"),
            high_label: say("heel waarschijnlijk", "extremely likely"),
            choices: (0..=10)
                .map(|score| {
                    (
                        score.to_string(),
                        format!("https://peil.example/r/Zm9vYmFy?score={score}&bron=mail"),
                    )
                })
                .collect(),
        }),
        survey_link: "https://peil.example/r/Zm9vYmFyYmF6cXV4MTIzNA".to_owned(),
        opt_out_link: "https://peil.example/afmelden/Zm9vYmFyYmF6cXV4MTIzNA".to_owned(),
        one_click_link: "https://peil.example/u/Zm9vYmFyYmF6cXV4MTIzNA".to_owned(),
        valid_until: say("5 december 2030", "5 December 2030"),
        minutes: 3,
    }
}
