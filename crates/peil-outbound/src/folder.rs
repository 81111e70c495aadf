//! Writes mails as files instead of sending them, for demonstrations and machines without a network.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use peil_app::ports::{
    Mail, MailConnection, MailContent, MailError, MailPreview, Mailer, SmtpSettings,
};
use peil_domain::shared::Language;
use tokio::{fs, io::AsyncWriteExt};

use crate::{Composer, OutboundError, compose::ComposedMail};

/// Writes every mail as `<message id>.eml` into one folder.
///
/// The same mail gets the same file name, so a retry replaces the file and adds none.
#[derive(Debug)]
pub struct FolderMailer {
    composer: Arc<Composer>,
    folder: PathBuf,
}

impl FolderMailer {
    /// Makes a mailer for a folder, which is created when the first connection opens.
    pub fn new(folder: impl Into<PathBuf>) -> Result<Self, OutboundError> {
        Ok(Self {
            composer: Arc::new(Composer::new()?),
            folder: folder.into(),
        })
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    fn preview(&self, content: &MailContent, language: Language) -> Result<MailPreview, MailError> {
        self.composer.render(content, language)
    }

    async fn connect(&self, settings: &SmtpSettings) -> Result<Box<dyn MailConnection>, MailError> {
        fs::create_dir_all(&self.folder)
            .await
            .map_err(unreachable)?;
        Ok(Box::new(OpenFolder {
            composer: Arc::clone(&self.composer),
            folder: self.folder.clone(),
            settings: settings.clone(),
            offered: None,
        }))
    }
}

struct OpenFolder {
    composer: Arc<Composer>,
    folder: PathBuf,
    settings: SmtpSettings,
    /// File name and text of the mail that was offered last.
    offered: Option<(String, ComposedMail)>,
}

#[async_trait]
impl MailConnection for OpenFolder {
    async fn offer(&mut self, mail: &Mail) -> Result<(), MailError> {
        let composed = self.composer.compose(mail, &self.settings)?;
        self.offered = Some((file_name(&mail.message_id), composed));
        Ok(())
    }

    async fn hand_over(&mut self) -> Result<(), MailError> {
        let (name, composed) = self
            .offered
            .take()
            .ok_or_else(|| MailError::Unreachable("no mail was offered".to_owned()))?;
        write_whole(&self.folder, &name, &composed.message)
            .await
            .map_err(unreachable)
    }

    async fn close(self: Box<Self>) {}
}

/// Writes beside the final name first, so that nobody sees half a mail.
async fn write_whole(folder: &Path, name: &str, text: &[u8]) -> std::io::Result<()> {
    let unfinished = folder.join(format!(".{name}.part"));
    let mut file = fs::File::create(&unfinished).await?;
    file.write_all(text).await?;
    file.sync_all().await?;
    fs::rename(&unfinished, folder.join(name)).await
}

/// Keeps only letters that are harmless in a file name on every system.
fn file_name(message_id: &str) -> String {
    let harmless: String = message_id
        .chars()
        .map(|letter| {
            let is_harmless = letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '@');
            if is_harmless || letter == '.' {
                letter
            } else {
                '_'
            }
        })
        .take(150)
        .collect();
    format!("{}.eml", harmless.trim_start_matches('.'))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "used as a function for `map_err`"
)]
fn unreachable(error: std::io::Error) -> MailError {
    MailError::Unreachable(format!("mail folder: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_leave_the_folder() {
        assert_eq!(file_name("../../etc/passwd@x"), "_.._etc_passwd@x.eml");
        assert_eq!(file_name("..@x:y\\z\0"), "@x_y_z_.eml");
    }
}
