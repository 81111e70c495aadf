//! Settings of the organisation: name, look, mail, how often one is asked.

mod logo;
mod picture;

use peil_domain::{
    access::{Accent, Actor, Brand, Right, Workspace},
    outreach::AskPolicy,
    shared::{EmailAddress, Language},
};
use peil_store::{access, audit, settings};

use crate::{
    App, AppError,
    access::{Identity, check_name},
    app::demand,
    ports::{Mail, MailContent, MailError, SmtpSettings},
};

pub use logo::{FoundLogo, Picture, logo_path};
pub use picture::{KeptPicture, picture_bytes, pictures_path};

const MAIL: &str = "mail";
const ASKING: &str = "asking";
/// Longest time between two questions that can be set.
const LONGEST_WAIT_DAYS: u16 = 730;
/// How many events of the audit log are shown.
const AUDIT_SHOWN: u64 = 200;

impl App {
    /// Reads the organisation.
    pub async fn get_workspace(&self, actor: &Actor) -> Result<Workspace, AppError> {
        demand(actor, Right::ReadSettings)?;
        self.workspace_of(actor).await
    }

    /// The organisation in which someone acts, for use cases that need its name or time zone.
    pub(crate) async fn workspace_of(&self, actor: &Actor) -> Result<Workspace, AppError> {
        let session = self.store.read(actor.workspace);
        access::find_workspace(&session)
            .await?
            .ok_or(AppError::NotFound)
    }

    /// Changes name, language and time zone.
    pub async fn update_workspace(
        &self,
        actor: &Actor,
        name: &str,
        language: Language,
        time_zone: &str,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSettings)?;
        check_name("name", name)?;
        if jiff::tz::TimeZone::get(time_zone).is_err() {
            return Err(AppError::Invalid {
                field: "time_zone",
                code: "unknown",
            });
        }
        let change = |before: Workspace| Workspace {
            name: name.trim().to_owned(),
            language,
            time_zone: time_zone.to_owned(),
            ..before
        };
        self.change_workspace(actor, change, "workspace.changed")
            .await
    }

    /// Changes colour and privacy line of questionnaires and mails; the picture stays.
    pub async fn update_brand(&self, actor: &Actor, brand: Brand) -> Result<(), AppError> {
        demand(actor, Right::WriteSettings)?;
        if brand.accent.contrast_with_white() < Accent::LEAST_CONTRAST {
            return Err(AppError::Invalid {
                field: "accent",
                code: "low_contrast",
            });
        }
        let is_web = |link: &String| link.starts_with("https://") || link.starts_with("http://");
        if brand
            .privacy_link
            .as_ref()
            .is_some_and(|link| !is_web(link) || link.len() > 500)
        {
            return Err(AppError::Invalid {
                field: "privacy_link",
                code: "not_a_link",
            });
        }
        let change = |before: Workspace| Workspace {
            brand: Brand {
                logo: before.brand.logo,
                ..brand
            },
            ..before
        };
        self.change_workspace(actor, change, "workspace.brand_changed")
            .await
    }

    /// Reads the mail settings, without the password.
    pub async fn get_mail_settings(&self, actor: &Actor) -> Result<Option<SmtpSettings>, AppError> {
        demand(actor, Right::ReadSettings)?;
        let found = self.mail_settings(actor).await?;
        Ok(found.map(|settings| SmtpSettings {
            password: None,
            ..settings
        }))
    }

    /// Changes the mail settings. A missing password leaves the stored one as it is, as long as
    /// host and account name stay the same.
    pub async fn update_mail_settings(
        &self,
        actor: &Actor,
        input: SmtpSettings,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSettings)?;
        check_name("host", &input.host)?;
        check_name("from_name", &input.from_name)?;
        if input.port == 0 {
            return Err(AppError::Invalid {
                field: "port",
                code: "out_of_range",
            });
        }
        let is_address = |text: &str| text.parse::<EmailAddress>().is_ok();
        if !is_address(&input.from_address) {
            return Err(AppError::Invalid {
                field: "from_address",
                code: "not_an_address",
            });
        }
        if input
            .reply_to
            .as_deref()
            .is_some_and(|text| !is_address(text))
        {
            return Err(AppError::Invalid {
                field: "reply_to",
                code: "not_an_address",
            });
        }
        let before = self.mail_settings(actor).await?;
        let kept = before
            .filter(|before| before.host == input.host && before.username == input.username)
            .and_then(|before| before.password);
        let after = SmtpSettings {
            password: input.password.clone().or(kept),
            ..input
        };
        let tx = self.store.begin(actor.workspace).await?;
        settings::save(&tx, MAIL, &after).await?;
        let details = serde_json::json!({ "host": after.host, "port": after.port });
        self.record(
            &tx,
            actor,
            "settings.mail_changed",
            actor.workspace,
            details,
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// Sends a test mail to the person who asks for it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when there are no mail settings yet. The inner result says what the
    /// mail server thought of it.
    pub async fn send_test_mail(
        &self,
        identity: &Identity,
    ) -> Result<Result<(), MailError>, AppError> {
        demand(&identity.actor, Right::WriteSettings)?;
        let settings = self
            .mail_settings(&identity.actor)
            .await?
            .ok_or(AppError::Invalid {
                field: "host",
                code: "missing",
            })?;
        let mail = Mail {
            message_id: message_id(&settings, &crate::secret::encode(&self.random::<16>())),
            to_address: identity.user.email.to_string(),
            to_name: Some(identity.user.name.clone()),
            language: identity.user.language,
            content: MailContent::Test {
                organisation: identity.workspace.name.clone(),
            },
        };
        Ok(self.send_one(&settings, &mail).await)
    }

    /// Reads how often one may be asked.
    pub async fn get_ask_policy(&self, actor: &Actor) -> Result<AskPolicy, AppError> {
        demand(actor, Right::ReadOutreach)?;
        let session = self.store.read(actor.workspace);
        Ok(settings::find(&session, ASKING).await?.unwrap_or_default())
    }

    /// Changes how often one may be asked.
    pub async fn update_ask_policy(
        &self,
        actor: &Actor,
        policy: AskPolicy,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSettings)?;
        let days = [
            ("days_between_invitations", policy.days_between_invitations),
            (
                "relational_days_after_answer",
                policy.relational_days_after_answer,
            ),
            (
                "relational_days_after_silence",
                policy.relational_days_after_silence,
            ),
            ("transactional_days", policy.transactional_days),
        ];
        if let Some((field, _)) = days.into_iter().find(|(_, days)| *days > LONGEST_WAIT_DAYS) {
            return Err(AppError::Invalid {
                field,
                code: "days",
            });
        }
        let tx = self.store.begin(actor.workspace).await?;
        settings::save(&tx, ASKING, &policy).await?;
        let details = serde_json::json!(policy);
        self.record(
            &tx,
            actor,
            "settings.asking_changed",
            actor.workspace,
            details,
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// Lists what was done lately, the newest first.
    pub async fn list_audit_events(&self, actor: &Actor) -> Result<Vec<audit::Event>, AppError> {
        demand(actor, Right::ReadSettings)?;
        Ok(audit::list(&self.store.read(actor.workspace), AUDIT_SHOWN).await?)
    }

    /// The mail settings with password, for sending.
    pub(crate) async fn mail_settings(
        &self,
        actor: &Actor,
    ) -> Result<Option<SmtpSettings>, AppError> {
        Ok(settings::find(&self.store.read(actor.workspace), MAIL).await?)
    }

    /// Sends one mail over a connection of its own.
    pub(crate) async fn send_one(
        &self,
        settings: &SmtpSettings,
        mail: &Mail,
    ) -> Result<(), MailError> {
        let mut connection = self.mailer.connect(settings).await?;
        connection.offer(mail).await?;
        connection.hand_over().await?;
        connection.close().await;
        Ok(())
    }

    /// Changes the organisation as it is inside the transaction, so that nobody's change is lost.
    async fn change_workspace(
        &self,
        actor: &Actor,
        change: impl FnOnce(Workspace) -> Workspace + Send,
        event: &str,
    ) -> Result<(), AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        let before = access::find_workspace(&tx).await?;
        let after = change(before.ok_or(AppError::NotFound)?);
        access::save_workspace(&tx, &after).await?;
        self.record(&tx, actor, event, after.id, serde_json::Value::Null)
            .await?;
        tx.commit().await?;
        self.open_surveys.forget();
        Ok(())
    }
}

/// The `Message-ID` of the mail called `name`.
pub(crate) fn message_id(settings: &SmtpSettings, name: &str) -> String {
    let domain = settings
        .from_address
        .rsplit('@')
        .next()
        .unwrap_or("localhost");
    format!("{name}@{domain}")
}
