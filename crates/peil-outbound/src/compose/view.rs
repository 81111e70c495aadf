//! What a template gets to see: finished sentences and checked links, no rules.

use peil_app::ports::{InvitationContent, MailContent, MailError, MailQuestion, SignalLine};
use serde::Serialize;

use super::{
    colour::Accent,
    parse::{is_web_link, one_line, paragraphs},
    sentences::{InvitationSentences, Sentences, SignalSentences, TestSentences, fill},
};

/// Labels up to this many characters are numbers in a grid; longer ones get a row of their own.
const LONGEST_GRID_LABEL: usize = 3;
/// So many cells of 40 pixels fit beside each other on a narrow phone.
const WIDEST_ROW: usize = 7;

/// One mail, ready for a template.
#[derive(Debug, Serialize)]
pub(super) struct View {
    pub(super) language: &'static str,
    pub(super) subject: String,
    organisation: String,
    logo: Option<LogoView>,
    preheader: String,
    paragraphs: Vec<Vec<String>>,
    question: Option<QuestionView>,
    button: Option<ButtonView>,
    footer: Vec<String>,
    opt_out: Option<OptOutView>,
}

#[derive(Debug, Serialize)]
struct LogoView {
    link: String,
    width: u32,
    height: u32,
}

#[derive(Debug, Serialize)]
struct QuestionView {
    text: String,
    choose: String,
    /// Meaning of the two ends, such as `0 = not at all`.
    ends: Vec<String>,
    is_grid: bool,
    columns: usize,
    rows: Vec<Vec<ChoiceView>>,
}

#[derive(Debug, Clone, Serialize)]
struct ChoiceView {
    label: String,
    /// The label as a sentence that makes sense on its own, for who hears the mail.
    spoken: String,
    link: String,
}

#[derive(Debug, Serialize)]
struct ButtonView {
    label: String,
    link: String,
    fallback: String,
    fill: String,
    ink: &'static str,
}

#[derive(Debug, Serialize)]
struct OptOutView {
    lead: String,
    label: String,
    link: String,
}

impl View {
    /// Makes the view of a mail in the language of the sentences.
    pub(super) fn new(
        content: &MailContent,
        language: &'static str,
        sentences: &Sentences,
    ) -> Result<Self, MailError> {
        match content {
            MailContent::Invitation(invitation) => {
                Self::of_invitation(invitation, language, &sentences.invitation)
            }
            MailContent::Test { organisation } => {
                Ok(Self::of_test(organisation, language, &sentences.test))
            }
            MailContent::Signals {
                organisation,
                signals,
                page_link,
            } => {
                let told = (organisation.as_str(), signals.as_slice());
                Self::of_signals(told, page_link, language, &sentences.signals)
            }
        }
    }

    fn of_invitation(
        content: &InvitationContent,
        language: &'static str,
        say: &InvitationSentences,
    ) -> Result<Self, MailError> {
        let organisation = one_line(&content.organisation);
        let duration = say.duration(content.minutes);
        let accent = Accent::parse(&content.accent);
        let question = match &content.first_question {
            Some(question) => Some(QuestionView::new(question, say)?),
            None => None,
        };
        let logo = match &content.logo {
            Some(logo) => Some(LogoView {
                link: web_link(&logo.link)?,
                width: logo.width,
                height: logo.height,
            }),
            None => None,
        };
        Ok(Self {
            language,
            logo,
            subject: one_line(&content.subject),
            preheader: fill(
                &say.preheader,
                &[("organisation", &organisation), ("duration", &duration)],
            ),
            paragraphs: paragraphs(&content.message),
            question,
            button: Some(ButtonView {
                label: say.button.clone(),
                link: web_link(&content.survey_link)?,
                fallback: say.fallback.clone(),
                fill: accent.fill,
                ink: accent.ink,
            }),
            footer: vec![
                fill(&say.why, &[("organisation", &organisation)]),
                format!(
                    "{duration} {}",
                    fill(
                        &say.valid,
                        &[("valid_until", &one_line(&content.valid_until))]
                    )
                ),
            ],
            opt_out: Some(OptOutView {
                lead: say.opt_out_lead.clone(),
                label: say.opt_out.clone(),
                link: web_link(&content.opt_out_link)?,
            }),
            organisation,
        })
    }

    fn of_test(organisation: &str, language: &'static str, say: &TestSentences) -> Self {
        let organisation = one_line(organisation);
        let named = |sentence: &String| fill(sentence, &[("organisation", &organisation)]);
        Self {
            language,
            subject: named(&say.subject),
            logo: None,
            preheader: named(&say.preheader),
            paragraphs: say
                .paragraphs
                .iter()
                .map(|sentence| vec![named(sentence)])
                .collect(),
            question: None,
            button: None,
            footer: vec![named(&say.why)],
            opt_out: None,
            organisation,
        }
    }
}

impl View {
    fn of_signals(
        (organisation, signals): (&str, &[SignalLine]),
        page_link: &str,
        language: &'static str,
        say: &SignalSentences,
    ) -> Result<Self, MailError> {
        let organisation = one_line(organisation);
        let number = signals.len().to_string();
        let subject = if signals.len() == 1 {
            &say.subject_one
        } else {
            &say.subject_other
        };
        let values = [
            ("organisation", organisation.as_str()),
            ("number", number.as_str()),
        ];
        let line = |signal: &SignalLine| {
            let name = one_line(&signal.name);
            let sentence = say.kinds.get(signal.kind.code());
            let sentence =
                sentence.map_or_else(|| name.clone(), |text| fill(text, &[("name", &name)]));
            Ok(vec![sentence, web_link(&signal.link)?])
        };
        let mut paragraphs = vec![vec![fill(&say.lead, &values)]];
        for signal in signals {
            paragraphs.push(line(signal)?);
        }
        let accent = Accent::parse("");
        Ok(Self {
            language,
            subject: fill(subject, &values),
            logo: None,
            preheader: fill(&say.preheader, &values),
            paragraphs,
            question: None,
            button: Some(ButtonView {
                label: say.button.clone(),
                link: web_link(page_link)?,
                fallback: say.fallback.clone(),
                fill: accent.fill,
                ink: accent.ink,
            }),
            footer: vec![fill(&say.why, &values)],
            opt_out: None,
            organisation,
        })
    }
}

impl QuestionView {
    fn new(question: &MailQuestion, say: &InvitationSentences) -> Result<Self, MailError> {
        let choices = question
            .choices
            .iter()
            .map(|(label, link)| {
                let label = one_line(label);
                let spoken = fill(&say.answer, &[("label", &label)]);
                Ok(ChoiceView {
                    label,
                    spoken,
                    link: web_link(link)?,
                })
            })
            .collect::<Result<Vec<_>, MailError>>()?;
        let is_grid = choices
            .iter()
            .all(|choice| choice.label.chars().count() <= LONGEST_GRID_LABEL);
        let columns = match choices.len() {
            _ if !is_grid => 1,
            count @ ..=WIDEST_ROW => count.max(1),
            // Two rows that differ by one at most, and more rows when two would be too wide.
            count => count.div_ceil(count.div_ceil(WIDEST_ROW)),
        };
        Ok(Self {
            text: one_line(&question.text),
            choose: say.choose.clone(),
            ends: ends(question, &choices, is_grid),
            is_grid,
            columns,
            rows: choices
                .chunks(columns)
                .map(<[ChoiceView]>::to_vec)
                .collect(),
        })
    }
}

/// Says in words what the first and the last choice of a grid mean.
fn ends(question: &MailQuestion, choices: &[ChoiceView], is_grid: bool) -> Vec<String> {
    let (Some(low), Some(high)) = (choices.first(), choices.last()) else {
        return Vec::new();
    };
    if !is_grid {
        return Vec::new();
    }
    [(low, &question.low_label), (high, &question.high_label)]
        .into_iter()
        .map(|(choice, meaning)| (choice, one_line(meaning)))
        .filter(|(_, meaning)| !meaning.is_empty())
        .map(|(choice, meaning)| format!("{} = {meaning}", choice.label))
        .collect()
}

fn web_link(link: &str) -> Result<String, MailError> {
    if is_web_link(link) {
        Ok(link.to_owned())
    } else {
        // The link itself may carry a token and stays out of the message.
        Err(MailError::Permanent(
            "a link in the mail is not a web address".to_owned(),
        ))
    }
}
