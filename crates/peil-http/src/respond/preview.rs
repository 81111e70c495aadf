//! Shows a questionnaire that may not be finished, exactly as customers will see it; its buttons
//! lead nowhere.

use axum::response::Response;
use peil_domain::{access::Workspace, response::RawAnswers, shared::Language, survey::Definition};

use super::{page, shell::Shell, show::FormPage};
use crate::edge::problem::PageError;

/// Renders a page of `definition`, counted from 0; a page that does not exist becomes the last one.
pub(crate) fn preview(
    definition: &Definition,
    workspace: &Workspace,
    language: Language,
    page_number: usize,
) -> Result<Response, PageError> {
    let last = definition.pages.len().saturating_sub(1);
    let page_number = page_number.min(last);
    let answers = RawAnswers::new();
    let shell = Shell::new(workspace, language).at(definition, page_number);
    let brief = shell
        .t
        .a("respond-preview", &[("brief", shell.brief.as_str().into())]);
    let shell = Shell { brief, ..shell };
    let template = FormPage::of(definition, page_number, &answers, &[], shell);
    page(&FormPage {
        is_preview: true,
        ..template
    })
}
