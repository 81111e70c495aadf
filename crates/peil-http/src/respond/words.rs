//! What texts of a questionnaire are filled in with, and where its pictures are.

use peil_app::settings::pictures_path;
use peil_domain::{access::Workspace, response::Wording};

use crate::edge::text::Text;

/// The words of one organisation in one language.
pub(super) struct Words<'a> {
    workspace: &'a Workspace,
    t: Text,
    yes: String,
    no: String,
    and: String,
    /// Where pictures are found.
    pub(super) pictures: String,
}

impl<'a> Words<'a> {
    pub(super) fn new(workspace: &'a Workspace, t: Text) -> Self {
        Self {
            workspace,
            t,
            yes: t.s("respond-word-yes"),
            no: t.s("respond-word-no"),
            and: t.s("respond-word-and"),
            pictures: pictures_path(workspace.id),
        }
    }

    pub(super) fn wording(&self) -> Wording<'_> {
        Wording {
            language: self.t.language,
            organisation: &self.workspace.name,
            yes: &self.yes,
            no: &self.no,
            and: &self.and,
        }
    }
}
