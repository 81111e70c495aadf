//! The organisation's picture above questionnaires and mails.

use base64::{Engine, engine::general_purpose::STANDARD};
use peil_domain::{
    access::{Actor, Brand, InvalidLogo, Logo, LogoKind, Right, Workspace},
    shared::WorkspaceId,
};
use peil_store::{access, settings};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{App, AppError, app::demand, secret::encode};

const LOGO: &str = "logo";

/// The bytes of the picture, as they are stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// In base 64.
    content: String,
}

/// A picture to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Kind of picture.
    pub kind: LogoKind,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What an address of a picture leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundLogo {
    /// The picture that the address names.
    This(Picture),
    /// That picture was replaced by this one.
    Replaced(Logo),
}

impl App {
    /// Makes `content` the picture above questionnaires and mails.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is too large or no picture of a kind that is taken.
    pub async fn update_logo(&self, actor: &Actor, content: &[u8]) -> Result<Logo, AppError> {
        demand(actor, Right::WriteSettings)?;
        let logo = Logo::read(content, fingerprint(content)).map_err(refused)?;
        let stored = Stored {
            content: STANDARD.encode(content),
        };
        self.change_logo(actor, Some((&logo, stored))).await?;
        Ok(logo)
    }

    /// Shows the organisation's name instead of a picture from now on.
    pub async fn remove_logo(&self, actor: &Actor) -> Result<(), AppError> {
        demand(actor, Right::WriteSettings)?;
        self.change_logo(actor, None).await
    }

    /// The picture called `name` of an organisation, for everyone who sees its questionnaires.
    pub async fn find_logo(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> Result<Option<FoundLogo>, AppError> {
        let session = self.store.read(workspace);
        let found = access::find_workspace(&session).await?;
        let Some(logo) = found.and_then(|found| found.brand.logo) else {
            return Ok(None);
        };
        if logo.file_name() != name {
            return Ok(Some(FoundLogo::Replaced(logo)));
        }
        let stored: Option<Stored> = settings::find(&session, LOGO).await?;
        let content = stored.and_then(|stored| STANDARD.decode(stored.content).ok());
        Ok(content.map(|content| {
            FoundLogo::This(Picture {
                kind: logo.kind,
                content,
            })
        }))
    }

    async fn change_logo(
        &self,
        actor: &Actor,
        new: Option<(&Logo, Stored)>,
    ) -> Result<(), AppError> {
        let tx = self.store.begin(actor.workspace).await?;
        let before = access::find_workspace(&tx).await?;
        let before = before.ok_or(AppError::NotFound)?;
        let event = if let Some((_, stored)) = &new {
            settings::save(&tx, LOGO, stored).await?;
            "workspace.logo_changed"
        } else {
            settings::remove(&tx, LOGO).await?;
            "workspace.logo_removed"
        };
        let after = Workspace {
            brand: Brand {
                logo: new.map(|(logo, _)| logo.clone()),
                ..before.brand
            },
            ..before
        };
        access::save_workspace(&tx, &after).await?;
        self.record(&tx, actor, event, after.id, serde_json::Value::Null)
            .await?;
        tx.commit().await?;
        self.open_surveys.forget();
        Ok(())
    }
}

/// Address of a picture on this program, without its beginning.
#[must_use]
pub fn logo_path(workspace: WorkspaceId, logo: &Logo) -> String {
    format!("/logo/{workspace}/{}", logo.file_name())
}

fn fingerprint(content: &[u8]) -> String {
    let whole = Sha256::digest(content);
    encode(whole.get(..12).unwrap_or_default())
}

pub(super) fn refused(problem: InvalidLogo) -> AppError {
    let code = match problem {
        InvalidLogo::TooLarge => "logo_too_large",
        InvalidLogo::NotAPicture => "not_a_picture",
        InvalidLogo::Pixels => "picture_size",
    };
    AppError::Invalid {
        field: "logo",
        code,
    }
}
