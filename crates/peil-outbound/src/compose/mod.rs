//! Makes a complete mail of structured content: sentences, layout, headers. Sends nothing.

mod colour;
mod parse;
mod sentences;
mod view;

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MessageId},
    },
};
use minijinja::{Environment, UndefinedBehavior, Value, syntax::SyntaxConfig, value::Serde};
use peil_app::ports::{Mail, MailContent, MailError, MailPreview, SmtpSettings};
use peil_domain::shared::Language;

use self::{
    parse::{address, is_message_id, is_web_link, one_line},
    sentences::Sentences,
    view::View,
};
use crate::OutboundError;

/// Turns structured content into a mail, in the language of the recipient.
#[derive(Debug)]
pub struct Composer {
    templates: Environment<'static>,
    locales: Vec<(Language, Sentences)>,
}

/// A mail as it goes over the wire.
#[derive(Debug)]
pub(crate) struct ComposedMail {
    /// Address for the envelope.
    pub(crate) sender: Address,
    /// Address for the envelope.
    pub(crate) recipient: Address,
    /// Headers and body; ASCII only, lines end in CRLF.
    pub(crate) message: Vec<u8>,
}

impl Composer {
    /// Reads the templates and the sentences of every language.
    ///
    /// # Errors
    /// A file that is built into the program is wrong; the tests of this crate exclude that.
    pub fn new() -> Result<Self, OutboundError> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()?,
        );
        templates.add_filter("link", escape_link);
        // The ending decides about escaping: `.html` is escaped, `.txt` is not.
        templates.add_template("mail.html", include_str!("../../templates/mail.html"))?;
        templates.add_template("mail.txt", include_str!("../../templates/mail.txt"))?;
        Ok(Self {
            templates,
            locales: sentences::read_all()?,
        })
    }

    /// Makes subject, text and HTML, for instance for a preview.
    ///
    /// # Errors
    /// `Permanent` when a link in the content is not a web address.
    pub fn render(
        &self,
        content: &MailContent,
        language: Language,
    ) -> Result<MailPreview, MailError> {
        let sentences = self
            .locales
            .iter()
            .find(|(known, _)| *known == language)
            .map(|(_, sentences)| sentences)
            .ok_or_else(|| MailError::Permanent(format!("no mails in {}", language.code())))?;
        let view = View::new(content, language.code(), sentences)?;
        let values = Value::from(Serde(&view));
        Ok(MailPreview {
            text: self.fill_template("mail.txt", &values)?,
            html: self.fill_template("mail.html", &values)?,
            subject: view.subject,
        })
    }

    /// Makes the whole message from one sender to one recipient.
    pub(crate) fn compose(
        &self,
        mail: &Mail,
        settings: &SmtpSettings,
    ) -> Result<ComposedMail, MailError> {
        let sender = sender_address(&settings.from_address)?;
        let recipient = address(&mail.to_address)
            .ok_or_else(|| MailError::Permanent("the recipient's address is malformed".into()))?;
        if !is_message_id(&mail.message_id) {
            return Err(MailError::Permanent("the message id is malformed".into()));
        }
        let rendered = self.render(&mail.content, mail.language)?;
        let mut message = Message::builder()
            .from(mailbox(Some(&settings.from_name), sender.clone()))
            .to(mailbox(mail.to_name.as_deref(), recipient.clone()))
            .subject(rendered.subject)
            .header(MessageId::from(format!("<{}>", mail.message_id)));
        if let Some(reply_to) = settings
            .reply_to
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            message = message.reply_to(mailbox(None, sender_address(reply_to)?));
        }
        if let MailContent::Invitation(invitation) = &mail.content {
            for header in unsubscribe_headers(&invitation.one_click_link)? {
                message = message.raw_header(header);
            }
        }
        let body = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, rendered.text))
            .singlepart(part(ContentType::TEXT_HTML, rendered.html));
        let message = message
            .multipart(body)
            .map_err(|error| MailError::Permanent(error.to_string()))?
            .formatted();
        Ok(ComposedMail {
            sender,
            recipient,
            message,
        })
    }

    fn fill_template(&self, name: &str, values: &Value) -> Result<String, MailError> {
        self.templates
            .get_template(name)
            .and_then(|template| template.render(values.clone()))
            .map_err(|error| MailError::Permanent(format!("mail template: {error}")))
    }
}

/// Escapes a checked link for HTML and nothing more: the usual escaping writes every slash as a
/// code, which filters on the way to the recipient take for an attempt to hide something.
fn escape_link(link: &str) -> Value {
    let escaped = link
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    Value::from_safe_string(escaped)
}

/// Makes the headers by which a mail program offers its own "unsubscribe" button (RFC 8058).
fn unsubscribe_headers(one_click_link: &str) -> Result<[HeaderValue; 2], MailError> {
    if !is_web_link(one_click_link) {
        return Err(MailError::Permanent(
            "the one-click link is not a web address".into(),
        ));
    }
    let target = format!("<{one_click_link}>");
    Ok([
        // Already one ASCII word without line breaks; folding it would only confuse readers.
        HeaderValue::dangerous_new_pre_encoded(
            HeaderName::new_from_ascii_str("List-Unsubscribe"),
            target.clone(),
            target,
        ),
        HeaderValue::new(
            HeaderName::new_from_ascii_str("List-Unsubscribe-Post"),
            "List-Unsubscribe=One-Click".to_owned(),
        ),
    ])
}

fn sender_address(text: &str) -> Result<Address, MailError> {
    address(text).ok_or_else(|| MailError::Settings("the sender's address is malformed".into()))
}

fn mailbox(name: Option<&str>, address: Address) -> Mailbox {
    Mailbox::new(name.map(one_line).filter(|name| !name.is_empty()), address)
}

/// Makes one part in quoted-printable: readable in the source and ASCII for every server.
fn part(content_type: ContentType, body: String) -> SinglePart {
    SinglePart::builder()
        .header(content_type)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body)
}
