//! One answer to one question in words.

use peil_app::{response::ResponseDetail, results::zone_of};
use peil_domain::{
    response::{AnswerValue, OTHER},
    shared::LocalDay,
    survey::{ContactField, Question, QuestionKind},
};

use super::score_badge;
use crate::{
    admin::themes::{
        correct::correct_href,
        spoken::{SpokenView, spoken_view},
    },
    edge::text::Text,
};

/// One question with what was answered.
pub(super) struct AnswerView {
    /// What was asked about several rows, of which this is one.
    pub(super) about: String,
    pub(super) question: String,
    pub(super) score: Option<(&'static str, String)>,
    pub(super) scale: String,
    pub(super) chosen: Vec<String>,
    pub(super) spoken: Option<SpokenView>,
    /// Where what was read in it is put right, for who may.
    pub(super) correct_href: Option<String>,
    pub(super) is_blank: bool,
}

/// An answer in words.
fn answer_view(
    t: Text,
    question: &Question,
    given: Option<&AnswerValue>,
    spoken: Option<SpokenView>,
) -> AnswerView {
    let mut view = AnswerView {
        about: if question.kind.has_rows() {
            question.help.get(t.language).to_owned()
        } else {
            String::new()
        },
        question: question.text.get(t.language).to_owned(),
        score: None,
        scale: String::new(),
        chosen: Vec::new(),
        spoken,
        correct_href: None,
        is_blank: given.is_none(),
    };
    match (given, question.kind.scale()) {
        (Some(AnswerValue::Score(score)), _) if question.kind == QuestionKind::YesNo => {
            view.chosen = vec![if *score > 0 {
                t.s("results-yes")
            } else {
                t.s("results-no")
            }];
        }
        (Some(AnswerValue::Score(place)), Some(scale))
            if matches!(question.kind, QuestionKind::Ranking { .. }) =>
        {
            let numbers = [("place", (*place).into()), ("n", scale.max.into())];
            view.chosen = vec![t.a("response-place", &numbers)];
        }
        (Some(AnswerValue::Score(score)), Some(scale)) => {
            view.score = Some(score_badge(
                t,
                *score,
                scale.metric,
                zone_of(&scale, *score),
            ));
            view.scale = t.a(
                "response-scale",
                &[("min", scale.min.into()), ("max", scale.max.into())],
            );
        }
        (Some(AnswerValue::Score(score)), None) => {
            view.chosen = vec![score_words(t, question, *score)];
        }
        (Some(AnswerValue::Details(details)), _) => {
            view.chosen = details
                .iter()
                .map(|(field, words)| format!("{}: {words}", t.s(detail_name(*field))))
                .collect();
            if details.is_empty() {
                view.chosen = vec![t.s("response-details-hidden")];
            }
        }
        (Some(AnswerValue::NotApplicable), _) => {
            view.chosen = vec![t.s("respond-not-applicable")];
        }
        (Some(AnswerValue::Choices { codes, .. }), _) => {
            view.chosen = codes
                .iter()
                .map(|code| option_name(t, question, code.as_str()))
                .collect();
        }
        (Some(AnswerValue::Text(_)) | None, _) => {}
    }
    view
}

/// Answers in words, in their order; what was asked about several rows is said once.
pub(super) fn answer_views(t: Text, found: &ResponseDetail, may_correct: bool) -> Vec<AnswerView> {
    let views = found.answers.iter().map(|(question, given)| {
        let spoken = found.spoken.get(&question.key);
        let spoken = spoken.map(|spoken| spoken_view(t, &found.themes, spoken));
        let may_correct = may_correct && spoken.is_some();
        let mut view = answer_view(t, question, given.as_ref(), spoken);
        view.correct_href = may_correct.then(|| correct_href(found.response.id, &question.key));
        view
    });
    let mut said = String::new();
    views
        .map(|mut view| {
            if view.about == said {
                view.about.clear();
            } else {
                said.clone_from(&view.about);
            }
            view
        })
        .collect()
}

/// An answer that is kept as a score and is none.
fn score_words(t: Text, question: &Question, kept: i32) -> String {
    match &question.kind {
        QuestionKind::Date { .. } => t.date(LocalDay(kept).date()),
        QuestionKind::Consent if kept > 0 => t.s("results-yes"),
        QuestionKind::Consent => t.s("results-no"),
        kind => match kind.number_range() {
            Some(range) => t.number(range.number(kept), range.decimals.into()),
            None => kept.to_string(),
        },
    }
}

/// Message key of the name of something asked about who the respondent is.
pub(crate) const fn detail_name(field: ContactField) -> &'static str {
    match field {
        ContactField::Name => "respond-detail-name",
        ContactField::Email => "respond-detail-email",
        ContactField::Phone => "respond-detail-phone",
        ContactField::Organisation => "respond-detail-organisation",
        ContactField::Remark => "respond-detail-remark",
    }
}

fn option_name(t: Text, question: &Question, code: &str) -> String {
    let QuestionKind::Choice { options, .. } = &question.kind else {
        return code.to_owned();
    };
    let known = options.iter().find(|option| option.code.as_str() == code);
    match known {
        Some(option) => option.label.get(t.language).to_owned(),
        None if code == OTHER => t.s("results-other"),
        None => code.to_owned(),
    }
}
