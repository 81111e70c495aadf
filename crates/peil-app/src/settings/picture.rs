//! Pictures in questionnaires.

use base64::{Engine, engine::general_purpose::STANDARD};
use peil_domain::{
    access::{Actor, InvalidLogo, Logo, LogoKind, Right},
    shared::WorkspaceId,
};
use peil_store::settings;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Picture, logo::refused};
use crate::{App, AppError, app::demand};

/// A picture as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    kind: LogoKind,
    /// In base 64.
    content: String,
}

/// A picture that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPicture {
    /// The name under which questions refer to it.
    pub file: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// The bytes of a picture that is written in base 64.
///
/// # Errors
/// [`AppError::Invalid`] when it is not.
pub fn picture_bytes(content: &str) -> Result<Vec<u8>, AppError> {
    let bytes = STANDARD.decode(content.trim());
    bytes.map_err(|_| refused(InvalidLogo::NotAPicture))
}

/// The first half of the fingerprint of a picture.
fn name_of(content: &[u8]) -> String {
    let half = Sha256::digest(content).into_iter().take(16);
    let number = half.fold(0_u128, |number, byte| (number << 8) | u128::from(byte));
    format!("{number:032x}")
}

impl App {
    /// Keeps a picture for questionnaires, and tells the name under which questions refer to it. The
    /// same picture has the same name.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is too large or no picture of a kind that is taken.
    pub async fn keep_picture(
        &self,
        actor: &Actor,
        content: &[u8],
    ) -> Result<KeptPicture, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let name = name_of(content);
        let picture = Logo::read(content, name.clone()).map_err(refused)?;
        let stored = Stored {
            kind: picture.kind,
            content: STANDARD.encode(content),
        };
        let tx = self.store.begin(actor.workspace).await?;
        settings::save(&tx, &place(&name), &stored).await?;
        let what = serde_json::json!({ "picture": name });
        self.record(&tx, actor, "survey.picture_added", actor.workspace, what)
            .await?;
        tx.commit().await?;
        Ok(KeptPicture {
            file: name,
            width: picture.width,
            height: picture.height,
        })
    }

    /// A picture in questionnaires, for everyone who sees them.
    pub async fn find_picture(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> Result<Option<Picture>, AppError> {
        let session = self.store.read(workspace);
        let stored: Option<Stored> = settings::find(&session, &place(name)).await?;
        Ok(stored.and_then(|stored| {
            Some(Picture {
                kind: stored.kind,
                content: STANDARD.decode(stored.content).ok()?,
            })
        }))
    }
}

fn place(name: &str) -> String {
    format!("picture {name}")
}

/// Where the pictures of an organisation are on this program, without its beginning.
#[must_use]
pub fn pictures_path(workspace: WorkspaceId) -> String {
    format!("/picture/{workspace}")
}
