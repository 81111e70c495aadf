//! The mail of a wave: made for a recipient, for a preview, or as a test for oneself.

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use peil_domain::{
    access::{Actor, Right, Workspace},
    audience::Contact,
    outreach::{Invitation, Wave},
    response::{Flow, Respondent},
    shared::{InvitationId, Language, ResponseId, WaveId},
    survey::{Definition, Filling, Question, Survey, filled},
};
use peil_store::{access, outreach::waves, survey};

use super::{
    Blocker, LINK_VALID_DAYS, OutreachError,
    life::asked_version,
    texts::{ScaleWords, long_date, scale_words, unknown_name, wording},
};
use crate::{
    App, AppError,
    access::Identity,
    app::{demand, zone_of},
    collect::{respondent_of, stranger},
    ports::{
        InvitationContent, Mail, MailContent, MailLogo, MailPreview, MailQuestion, SmtpSettings,
    },
    settings::{logo_path, message_id, pictures_path},
};

/// Most choices that fit beside each other in a mail.
const MOST_CHOICES: usize = 11;

/// What all mails of a wave have in common.
pub(super) struct Letter {
    pub(super) workspace: Workspace,
    pub(super) wave: Wave,
    pub(super) definition: Definition,
}

/// Where the links of one mail lead.
struct Links {
    survey: String,
    opt_out: String,
    one_click: String,
}

impl Letter {
    /// The language in which someone is written to: one in which the wave has texts.
    pub(super) fn language_for(&self, wanted: Option<Language>) -> Language {
        let languages = &self.definition.languages;
        let has_text = |language: &Language| {
            languages.contains(language) && self.wave.message.exact(*language).is_some()
        };
        let wishes = [wanted, Some(self.workspace.language)];
        let wish = wishes.into_iter().flatten().find(has_text);
        wish.or_else(|| languages.iter().copied().find(has_text))
            .unwrap_or_else(|| Survey::language_or_first(&self.definition, self.workspace.language))
    }

    /// The picture of the questionnaire, else that of the organisation.
    fn logo(&self, public_url: &str) -> Option<MailLogo> {
        let workspace = &self.workspace;
        let own = self.definition.look.logo.as_ref();
        let (path, (width, height)) = if let Some(own) = own {
            let folder = pictures_path(workspace.id);
            (format!("{folder}/{}", own.file), own.shown_size())
        } else {
            let theirs = workspace.brand.logo.as_ref()?;
            (logo_path(workspace.id, theirs), theirs.shown_size())
        };
        Some(MailLogo {
            link: format!("{public_url}{path}"),
            width,
            height,
        })
    }

    fn content(
        &self,
        language: Language,
        respondent: &Respondent,
        links: Links,
        public_url: &str,
        expires_at: Timestamp,
    ) -> InvitationContent {
        // Before anything is answered, as when the link is opened.
        let flow = Flow::of_answers(&self.definition, respondent, &[]);
        let fill = |text: &str| self.filled(text, language, &flow);
        let zone = zone_of(&self.workspace);
        let own_accent = self.definition.look.accent;
        InvitationContent {
            organisation: self.workspace.name.clone(),
            subject: fill(self.wave.subject.get(language)),
            message: fill(self.wave.message.get(language)),
            accent: own_accent
                .unwrap_or(self.workspace.brand.accent)
                .to_string(),
            logo: self.logo(public_url),
            first_question: first_question(&self.definition, language, &links.survey, &fill),
            survey_link: format!("{}?lang={language}", links.survey),
            opt_out_link: links.opt_out,
            one_click_link: links.one_click,
            valid_until: long_date(language, last_day(expires_at, &zone)),
            minutes: self.definition.estimated_minutes(),
        }
    }

    /// A text as one recipient reads it. Whose name is not known is addressed in a word.
    fn filled(&self, text: &str, language: Language, flow: &Flow<'_>) -> String {
        let words = wording(language, &self.workspace.name);
        filled(text, |filling, fallback| {
            let known = flow.known_words(filling, words);
            known.unwrap_or_else(|| match (filling, fallback) {
                (Filling::Name, "") => unknown_name(language).to_owned(),
                _ => fallback.to_owned(),
            })
        })
    }
}

/// The last whole day before a link stops working.
fn last_day(expires_at: Timestamp, zone: &TimeZone) -> jiff::civil::Date {
    let date = expires_at.to_zoned(zone.clone()).date();
    date.checked_sub(1.day()).unwrap_or(date)
}

/// The first question with its choices as links, when it is a short scale.
fn first_question(
    definition: &Definition,
    language: Language,
    survey_link: &str,
    fill: &dyn Fn(&str) -> String,
) -> Option<MailQuestion> {
    let question: &Question = definition
        .questions()
        .find(|question| question.kind.asks())
        .filter(|question| !question.kind.has_rows() && question.show_if.is_none())?;
    let scale = question.kind.scale()?;
    let scores: Vec<i32> = scale.scores().take(MOST_CHOICES + 1).collect();
    if scores.len() > MOST_CHOICES {
        return None;
    }
    let link = |score: i32| format!("{survey_link}?{}={score}&lang={language}", question.key);
    let (low_label, high_label, labels) = match scale_words(&question.kind, language) {
        ScaleWords::Each(words) if words.len() == scores.len() => {
            (String::new(), String::new(), words.to_vec())
        }
        ScaleWords::Each(_) => (String::new(), String::new(), plain(&scores)),
        ScaleWords::Ends(low, high) => (fill(&low), fill(&high), plain(&scores)),
    };
    Some(MailQuestion {
        text: fill(question.text.get(language)),
        low_label,
        high_label,
        choices: labels
            .into_iter()
            .zip(scores.iter().map(|score| link(*score)))
            .collect(),
    })
}

fn plain(scores: &[i32]) -> Vec<String> {
    scores.iter().map(ToString::to_string).collect()
}

impl App {
    /// Shows the mail of a wave as a recipient with this name would get it.
    pub async fn preview_wave(
        &self,
        actor: &Actor,
        id: WaveId,
        language: Option<Language>,
    ) -> Result<MailPreview, AppError> {
        demand(actor, Right::ReadOutreach)?;
        let letter = self.letter_of(actor, id).await?;
        let language = language
            .filter(|language| letter.definition.languages.contains(language))
            .unwrap_or_else(|| letter.language_for(None));
        let content = self.sample_content(&letter, language, None);
        let content = MailContent::Invitation(Box::new(content));
        let preview = self.mailer.preview(&content, language);
        Ok(preview.map_err(OutreachError::Mail)?)
    }

    /// Sends the mail of a wave to the person who asks for it. Its links lead to the preview of the
    /// questionnaire, where nothing is stored.
    ///
    /// # Errors
    /// [`Blocker::NoMailSettings`]; [`OutreachError::Mail`] with what the mail server says.
    pub async fn send_wave_test(
        &self,
        identity: &Identity,
        id: WaveId,
        language: Option<Language>,
    ) -> Result<(), AppError> {
        demand(&identity.actor, Right::WriteOutreach)?;
        let letter = self.letter_of(&identity.actor, id).await?;
        let settings = self
            .mail_settings(&identity.actor)
            .await?
            .ok_or(OutreachError::Blocked(Blocker::NoMailSettings))?;
        let language = language
            .filter(|language| letter.definition.languages.contains(language))
            .unwrap_or_else(|| letter.language_for(Some(identity.user.language)));
        let name = Some(identity.user.name.as_str());
        let content = self.sample_content(&letter, language, name);
        let mail = Mail {
            message_id: message_id(&settings, &crate::secret::encode(&self.random::<16>())),
            to_address: identity.user.email.to_string(),
            to_name: Some(identity.user.name.clone()),
            language,
            content: MailContent::Invitation(Box::new(content)),
        };
        Ok(self
            .send_one(&settings, &mail)
            .await
            .map_err(OutreachError::Mail)?)
    }

    /// The personal link of an invitation.
    #[must_use]
    pub fn invitation_link(&self, id: InvitationId) -> String {
        format!("{}/r/{}", self.public_url, self.invitation_token(id))
    }

    /// The token in the personal link of an invitation.
    pub(super) fn invitation_token(&self, id: InvitationId) -> String {
        self.secret.token("invitation", &[id.0.as_bytes()])
    }

    /// The mail of an invitation to the contact that it is for.
    pub(super) fn mail_for(
        &self,
        letter: &Letter,
        settings: &SmtpSettings,
        invitation: &Invitation,
        contact: &Contact,
    ) -> Option<Mail> {
        let address = contact.email.as_ref()?;
        let link = self.invitation_link(invitation.id);
        let links = Links {
            opt_out: format!("{link}/stop"),
            one_click: format!("{link}/unsubscribe"),
            survey: link,
        };
        let respondent = respondent_of(contact, ResponseId(invitation.id.0));
        let language = invitation.language;
        let content = letter.content(
            language,
            &respondent,
            links,
            &self.public_url,
            invitation.expires_at,
        );
        Some(Mail {
            message_id: message_id(settings, &invitation.id.to_string()),
            to_address: address.to_string(),
            to_name: contact.name.clone(),
            language,
            content: MailContent::Invitation(Box::new(content)),
        })
    }

    /// What a mail of this wave looks like; its links lead to the preview of the questionnaire.
    fn sample_content(
        &self,
        letter: &Letter,
        language: Language,
        name: Option<&str>,
    ) -> InvitationContent {
        let link = format!("{}/surveys/{}/preview", self.public_url, letter.wave.survey);
        let links = Links {
            opt_out: link.clone(),
            one_click: link.clone(),
            survey: link,
        };
        let expires_at = expiry(self.clock.now());
        let respondent = Respondent {
            name: name.map(str::to_owned),
            ..stranger(ResponseId(letter.wave.id.0))
        };
        letter.content(language, &respondent, links, &self.public_url, expires_at)
    }

    async fn letter_of(&self, actor: &Actor, id: WaveId) -> Result<Letter, AppError> {
        let session = self.store.read(actor.workspace);
        let wave = waves::find(&session, id).await?.ok_or(AppError::NotFound)?;
        let workspace = access::find_workspace(&session)
            .await?
            .ok_or(AppError::NotFound)?;
        let survey = survey::find(&session, wave.survey)
            .await?
            .ok_or(AppError::NotFound)?;
        let (version, _) = asked_version(&session, &survey, Some(&wave)).await?;
        let definition = version.map_or(survey.draft, |version| version.definition);
        Ok(Letter {
            workspace,
            wave,
            definition,
        })
    }
}

/// When the link of an invitation made at `now` stops working.
pub(super) fn expiry(now: Timestamp) -> Timestamp {
    let valid = jiff::SignedDuration::from_hours(24 * i64::from(LINK_VALID_DAYS));
    now.checked_add(valid).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use peil_domain::{
        shared::Localized,
        survey::{Page, QuestionKind},
    };

    use super::*;

    fn asking(kind: QuestionKind) -> Definition {
        let question = |key: &str, kind| {
            Question::new(key.parse().unwrap(), Localized::both("Hoe?", "How?"), kind)
        };
        let template = crate::survey::templates()
            .first()
            .unwrap()
            .definition
            .clone();
        let questions = vec![
            question("uitleg", QuestionKind::Statement),
            question("q", kind),
        ];
        let mut page: Page = template.pages.first().unwrap().clone();
        page.questions = questions;
        Definition {
            pages: vec![page],
            ..template
        }
    }

    #[test]
    fn the_first_question_becomes_links_when_its_scale_is_short() {
        let plain = |text: &str| text.to_owned();
        let found = first_question(
            &asking(QuestionKind::Nps),
            Language::En,
            "https://x/r/t",
            &plain,
        );
        let found = found.unwrap();
        assert_eq!(found.choices.len(), 11);
        assert_eq!(
            found.choices[9],
            ("9".into(), "https://x/r/t?q=9&lang=en".into())
        );
        assert_eq!(found.low_label, "not at all likely");
        let csat = asking(QuestionKind::Csat {
            look: peil_domain::survey::CsatLook::Stars,
        });
        let found = first_question(&csat, Language::Nl, "https://x/r/t", &plain).unwrap();
        assert_eq!(found.choices[4].0, "Zeer tevreden");
        let open = asking(QuestionKind::Text { is_long: true });
        assert!(first_question(&open, Language::Nl, "https://x/r/t", &plain).is_none());
        let long = asking(QuestionKind::Rating {
            min: 0,
            max: 100,
            top: 2,
            low_label: Localized::default(),
            high_label: Localized::default(),
        });
        assert!(first_question(&long, Language::Nl, "https://x/r/t", &plain).is_none());
    }
}
