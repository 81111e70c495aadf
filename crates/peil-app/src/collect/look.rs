//! Whose page a link is, whatever its state, so that even a refusal looks like the organisation's
//! own page and speaks the reader's language. Nothing here writes or fails.

use std::sync::Arc;

use peil_domain::{
    access::Workspace,
    outreach::Invitation,
    shared::{Language, Slug},
    survey::{Survey, Version},
};
use peil_store::{access, survey};

use crate::{App, secret::hash_token};

/// Whose page a link is.
#[derive(Debug, Clone)]
pub struct Look {
    /// The organisation.
    pub workspace: Arc<Workspace>,
    /// Its newest version, when it was ever published.
    pub version: Option<Arc<Version>>,
    /// The invitation, for a personal link.
    pub invitation: Option<Invitation>,
}

impl Look {
    /// The first wish that the questionnaire can fulfil, then the invitation's language, then the
    /// organisation's own. Without a questionnaire every language will do.
    #[must_use]
    pub fn language(&self, wishes: [Option<Language>; 2]) -> Language {
        let of_mail = self
            .invitation
            .as_ref()
            .map(|invitation| invitation.language);
        let [wanted, browser] = wishes;
        let mut wishes = [wanted, of_mail, browser].into_iter().flatten();
        let Some(version) = &self.version else {
            return wishes.next().unwrap_or(self.workspace.language);
        };
        let definition = &version.definition;
        let wish = wishes.find(|wish| definition.languages.contains(wish));
        wish.unwrap_or_else(|| Survey::language_or_first(definition, self.workspace.language))
    }
}

impl App {
    /// The look of a public link; that of the only organisation when the link leads nowhere.
    pub async fn look_of_public_link(&self, slug: Option<&Slug>) -> Option<Look> {
        let Some(slug) = slug else {
            return self.look_of_nothing().await;
        };
        if let Ok(open) = self.public_survey(slug).await {
            return Some(Look {
                workspace: Arc::clone(&open.workspace),
                version: Some(Arc::clone(&open.version)),
                invitation: None,
            });
        }
        match self.store.find_survey_by_slug(slug).await.ok()? {
            Some(survey) => self.look_of_survey(survey, None).await,
            None => self.look_of_nothing().await,
        }
    }

    /// The look of a personal link; that of the only organisation when the link leads nowhere.
    pub async fn look_of_personal_link(&self, token: &str) -> Option<Look> {
        let found = self
            .store
            .find_invitation_by_token(&hash_token(token))
            .await
            .ok()?;
        let Some(invitation) = found else {
            return self.look_of_nothing().await;
        };
        let open = self
            .survey_of(invitation.workspace, invitation.survey)
            .await;
        if let Ok(open) = open {
            return Some(Look {
                workspace: Arc::clone(&open.workspace),
                version: Some(Arc::clone(&open.version)),
                invitation: Some(invitation),
            });
        }
        let session = self.store.read(invitation.workspace);
        let survey = survey::find(&session, invitation.survey).await.ok()??;
        self.look_of_survey(survey, Some(invitation)).await
    }

    async fn look_of_survey(&self, survey: Survey, invitation: Option<Invitation>) -> Option<Look> {
        let session = self.store.read(survey.workspace);
        let workspace = access::find_workspace(&session).await.ok()??;
        let version = survey::newest_version(&session, survey.id)
            .await
            .ok()?
            .map(Arc::new);
        Some(Look {
            workspace: Arc::new(workspace),
            version,
            invitation,
        })
    }

    async fn look_of_nothing(&self) -> Option<Look> {
        let mut found = self.store.list_workspaces().await.ok()?;
        let workspace = found.pop().filter(|_| found.is_empty())?;
        Some(Look {
            workspace: Arc::new(workspace),
            version: None,
            invitation: None,
        })
    }
}
