//! Lets a colleague answer a draft from its first page to its thanks, as a customer who does not
//! exist. Answers travel in the form from page to page and are kept nowhere, so that they can never
//! come into a figure.

use std::collections::BTreeMap;

use axum::{http::StatusCode, response::Response};
use peil_app::collect::is_low;
use peil_domain::{
    access::Workspace,
    response::{Flow, RawAnswers, Refused, Respondent, Step, step},
    shared::{Language, QuestionKey, ResponseId},
    survey::{Definition, Survey},
};

use super::{
    fields::{LANGUAGE, PAGE, read_sheet, travelling},
    page,
    question::{Around, Marking},
    shell::{Shell, Switch},
    show::{FormPage, ThanksPage},
    words::Words,
};
use crate::edge::{fields::Fields, problem::PageError, signed::CSRF_FIELD, text::Text};

/// A draft that is tried.
pub(crate) struct Trial<'a> {
    /// The draft.
    pub(crate) definition: &'a Definition,
    /// The organisation whose look it has.
    pub(crate) workspace: &'a Workspace,
    /// Where its pages are sent to.
    pub(crate) address: &'a str,
    /// What shows that a form is ours.
    pub(crate) token: &'a str,
    /// What is known of the customer.
    pub(crate) known: BTreeMap<QuestionKey, String>,
}

/// What the names of the fields begin with that say what is known of the customer.
pub(crate) const ATTRIBUTE: &str = "_known.";

impl Trial<'_> {
    /// The first page.
    pub(crate) fn first(&self, language: Language) -> Result<Response, PageError> {
        let language = Survey::language_or_first(self.definition, language);
        let respondent = self.respondent(language);
        let flow = Flow::of_form(self.definition, &respondent, &RawAnswers::new());
        self.show(
            language,
            &flow,
            flow.nearest(0),
            &RawAnswers::new(),
            &Refused::new(),
        )
    }

    /// What comes after a page that was sent.
    pub(crate) fn turn(&self, fields: &Fields, reader: Language) -> Result<Response, PageError> {
        let mut sheet = read_sheet(fields);
        sheet.answers.remove(CSRF_FIELD);
        let wanted = sheet.language.unwrap_or(reader);
        let language = Survey::language_or_first(self.definition, wanted);
        let respondent = self.respondent(language);
        let flow = Flow::of_form(self.definition, &respondent, &sheet.answers);
        let here = flow.nearest(sheet.page);
        match step(&flow, here, sheet.chosen, &sheet.answers) {
            Step::Show { page, refused } => {
                self.show(language, &flow, page, &sheet.answers, &refused)
            }
            Step::Submit => self.thank(language, &flow),
        }
    }

    /// A customer who does not exist.
    fn respondent(&self, language: Language) -> Respondent {
        Respondent {
            response: ResponseId::new(0, [0; 10]),
            attributes: self.known.clone(),
            name: Some(Text::new(language).s("respond-trial-name")),
        }
    }

    fn show(
        &self,
        language: Language,
        flow: &Flow<'_>,
        number: usize,
        answers: &RawAnswers,
        refused: &Refused,
    ) -> Result<Response, PageError> {
        let shell = Shell::new(self.workspace, language)
            .dressed(self.workspace, &self.definition.look)
            .at(self.definition, flow, number)
            .switching(&self.definition.languages, &Switch::Button);
        let t = shell.t;
        let shell = Shell {
            brief: t.a("respond-trial", &[("brief", shell.brief.as_str().into())]),
            ..shell
        };
        let words = Words::new(self.workspace, t);
        let around = Around {
            flow,
            page: number,
            answers,
            refused,
            marking: Marking::for_questions(self.definition.questions()),
            words: words.wording(),
            t,
            pictures: &words.pictures,
            is_live: flow.is_live(number),
        };
        let shown = number.to_string();
        let mut template = FormPage::of(self.definition, &around, shell);
        self.address.clone_into(&mut template.action);
        let known = self.known.iter();
        let known: Vec<(String, &str)> = known
            .map(|(key, value)| (format!("{ATTRIBUTE}{key}"), value.as_str()))
            .collect();
        template.hidden = vec![
            (CSRF_FIELD, self.token),
            (PAGE, shown.as_str()),
            (LANGUAGE, language.code()),
        ];
        template
            .hidden
            .extend(known.iter().map(|(name, value)| (name.as_str(), *value)));
        template
            .hidden
            .extend(travelling(self.definition, flow, number, answers));
        let mut response = template.render_page()?;
        if !refused.is_empty() {
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Ok(response)
    }

    fn thank(&self, language: Language, flow: &Flow<'_>) -> Result<Response, PageError> {
        let shell =
            Shell::new(self.workspace, language).dressed(self.workspace, &self.definition.look);
        let t = shell.t;
        let words = Words::new(self.workspace, t);
        let ending = flow.ending().unwrap_or(&self.definition.thanks);
        let mut texts = vec![flow.fill(ending.get(language), words.wording())];
        if is_low(self.definition, &flow.answers()) {
            let low = self.definition.thanks_low.get(language);
            texts.push(flow.fill(low, words.wording()));
        }
        texts.retain(|text| !text.trim().is_empty());
        page(&ThanksPage {
            counts: true,
            texts,
            shell: Shell {
                brief: t.s("respond-trial-done"),
                progress: Some((1, 1)),
                ..shell
            },
        })
    }
}
