//! Shows a questionnaire that may not be finished, exactly as customers will see it; its buttons
//! lead nowhere.

use std::collections::BTreeMap;

use axum::response::Response;
use peil_domain::{
    access::Workspace,
    response::{Flow, RawAnswers, Refused, Respondent},
    shared::{Language, ResponseId},
    survey::{Definition, QuestionKind},
};

use super::{
    question::{Around, Marking},
    shell::Shell,
    show::FormPage,
    words::Words,
};
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
    let (answers, refused) = (RawAnswers::new(), Refused::new());
    let respondent = Respondent {
        response: ResponseId::new(0, [0; 10]),
        attributes: BTreeMap::new(),
        name: None,
    };
    let definition = &without_conditions(definition);
    let flow = Flow::of_form(definition, &respondent, &answers);
    let shell = Shell::new(workspace, language)
        .dressed(workspace, &definition.look)
        .at(definition, &flow, page_number);
    let t = shell.t;
    let brief = t.a("respond-preview", &[("brief", shell.brief.as_str().into())]);
    let shell = Shell { brief, ..shell };
    let words = Words::new(workspace, t);
    let around = Around {
        flow: &flow,
        page: page_number,
        answers: &answers,
        refused: &refused,
        marking: Marking::for_questions(definition.questions()),
        words: words.wording(),
        t,
        pictures: &words.pictures,
        is_live: flow.is_live(page_number),
    };
    let template = FormPage::of(definition, &around, shell);
    let template = FormPage {
        is_preview: true,
        ..template
    };
    template.render_page()
}

/// Everything that can be asked: nobody answers an example, so no condition would ever hold.
pub(super) fn without_conditions(definition: &Definition) -> Definition {
    let mut all = definition.clone();
    for page in &mut all.pages {
        page.show_if = None;
        page.jumps.clear();
        for question in &mut page.questions {
            question.show_if = None;
            if let QuestionKind::Choice { options, .. } = &mut question.kind {
                for option in options {
                    option.show_if = None;
                }
            }
        }
    }
    all
}
