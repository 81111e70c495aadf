//! Finds the words for every way in which a use case can refuse.

use axum::http::StatusCode;
use peil_app::StoreError;
use peil_app::{
    AppError, access::AccessError, audience::AudienceError, collect::CollectError,
    imports::ImportError, ports::SurveyFileError, survey::SurveyError, themes::EditError,
};
use peil_domain::{
    access::PasswordProblem,
    audience::{AttributeKind, ContactProblem, FilterProblem},
};

use super::{FieldProblem, Problem, answer_problem};
use crate::edge::text::{Arg, Text};

/// A refusal in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Described {
    /// Stable name.
    pub(crate) code: String,
    /// Field that it is about, when it is about one.
    pub(crate) field: Option<String>,
    /// The words.
    pub(crate) message: String,
}

/// The HTTP status of a refusal.
pub(crate) fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::NotFound
        | AppError::Collect(CollectError::UnknownLink)
        | AppError::Themes(EditError::Unknown(_)) => StatusCode::NOT_FOUND,
        AppError::Forbidden(_) => StatusCode::FORBIDDEN,
        AppError::Access(AccessError::NotSignedIn | AccessError::WrongCredentials) => {
            StatusCode::UNAUTHORIZED
        }
        AppError::Survey(SurveyError::Conflict { .. } | SurveyError::Clash(_)) => {
            StatusCode::CONFLICT
        }
        AppError::Survey(SurveyError::File(error)) if error.code == "too_large" => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        AppError::Collect(CollectError::Expired | CollectError::Closed) => StatusCode::GONE,
        AppError::Collect(CollectError::AlreadyAnswered) => StatusCode::CONFLICT,
        AppError::Import(error) => super::imports::status(error),
        AppError::FiguresNotReady { .. } | AppError::Store(StoreError::Busy) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        AppError::Store(error) if error.is_refusal() => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Store(StoreError::BadCursor) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::Measure(_)
        | AppError::Facts(_)
        | AppError::FactsDiffer { .. }
        | AppError::NoMoment
        | AppError::Store(_)
        | AppError::Folder(_) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The error page for what the disk does not take.
pub(super) const DISK_PAGE: &str = "disk";

/// Which error page shows a refusal.
pub(crate) fn page_code(error: &AppError) -> &'static str {
    match error {
        AppError::FiguresNotReady { .. } => return "figures",
        AppError::Store(error) if error.is_refusal() => return DISK_PAGE,
        _ => {}
    }
    match status(error) {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::CONFLICT => "conflict",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        status if status.is_server_error() => "failed",
        _ => "refused",
    }
}

/// Says a refusal in words.
pub(crate) fn describe(error: &AppError, t: Text) -> Described {
    let plain = |code: &str| Described {
        code: code.to_owned(),
        field: None,
        message: t.s(&format!("problem-{code}")),
    };
    let on = |field: &str, code: &str| Described {
        code: code.to_owned(),
        field: Some(field.to_owned()),
        message: t.s(&format!("problem-{code}")),
    };
    match error {
        AppError::NotFound => plain("not-found"),
        AppError::Forbidden(_) => plain("forbidden"),
        AppError::Invalid { field, code } => on(field, &code.replace('_', "-")),
        AppError::Access(error) => describe_access(error, t),
        AppError::Audience(error) => describe_audience(error, t),
        AppError::Outreach(error) => super::outreach::describe_outreach(error, t),
        AppError::Themes(error) => super::themes::describe_themes(error, t),
        AppError::Survey(SurveyError::SlugTaken) => on("slug", "slug-taken"),
        AppError::Survey(SurveyError::Slug(_)) => on("slug", "slug-invalid"),
        AppError::Survey(SurveyError::Conflict { .. } | SurveyError::Clash(_)) => plain("conflict"),
        AppError::Survey(SurveyError::NotReady(found)) => Described {
            message: t.a("problem-not-ready", &[("n", found.len().into())]),
            ..plain("not-ready")
        },
        AppError::Survey(SurveyError::TooMuch(found)) => Described {
            message: t.a("problem-survey-too-much", &[("n", found.len().into())]),
            ..plain("survey-too-much")
        },
        AppError::Survey(SurveyError::NothingToUndo) => plain("nothing-to-undo"),
        AppError::Survey(SurveyError::HasWaves) => plain("has-waves"),
        AppError::Survey(SurveyError::HasAnswers) => plain("has-answers"),
        AppError::Survey(SurveyError::NotPublished) => plain("not-published"),
        AppError::Survey(SurveyError::File(error)) => survey_file(error, t),
        AppError::Survey(SurveyError::UnknownTemplate(_)) => on("template", "unknown"),
        AppError::Survey(SurveyError::UnknownQuestion(_)) => plain("unknown-question"),
        AppError::Survey(SurveyError::FindingGone) => plain("finding-gone"),
        AppError::Survey(_) => plain("refused"),
        AppError::Collect(CollectError::Refused(found)) => Described {
            message: t.a("problem-answers-refused", &[("n", found.len().into())]),
            ..plain("answers-refused")
        },
        AppError::Collect(CollectError::Closed) => plain("closed"),
        AppError::Collect(CollectError::Expired) => plain("expired"),
        AppError::Collect(CollectError::AlreadyAnswered) => plain("already-answered"),
        AppError::Collect(_) => plain("not-found"),
        AppError::Import(error) => super::imports::describe(error, t),
        AppError::FiguresNotReady { percent } => Described {
            message: t.a(
                "problem-figures",
                &[("percent", i64::from(*percent).into())],
            ),
            ..plain("figures")
        },
        AppError::Store(StoreError::Busy) => plain("busy"),
        AppError::Store(error) if error.is_refusal() => plain("disk"),
        AppError::Store(StoreError::BadCursor) => on("after", "bad-cursor"),
        AppError::Measure(_)
        | AppError::Facts(_)
        | AppError::FactsDiffer { .. }
        | AppError::NoMoment
        | AppError::Store(_)
        | AppError::Folder(_) => plain("failed"),
        _ => plain("refused"),
    }
}

/// Why a file cannot be read as a questionnaire. Where it goes wrong is for whoever made the file,
/// and stays in English.
fn survey_file(error: &SurveyFileError, t: Text) -> Described {
    let code = format!("survey-file-{}", error.code.replace('_', "-"));
    let words = t.s(&format!("problem-{code}"));
    let detail: String = error.detail.chars().take(200).collect();
    let detail = detail.replace(char::is_control, " ");
    Described {
        message: format!("{words} ({detail})"),
        field: Some("file".to_owned()),
        code,
    }
}

fn describe_access(error: &AccessError, t: Text) -> Described {
    let on = |field: &str, code: &str| Described {
        code: code.to_owned(),
        field: Some(field.to_owned()),
        message: t.s(&format!("problem-{code}")),
    };
    match error {
        AccessError::WrongCredentials => on("password", "wrong-credentials"),
        AccessError::EmailTaken => on("email", "email-taken"),
        AccessError::LastOwner => on("role", "last-owner"),
        AccessError::OwnerOnly => on("role", "owner-only"),
        AccessError::AlreadySetUp => on("organisation", "already-set-up"),
        AccessError::Password(PasswordProblem::TooShort { needed }) => Described {
            message: t.a("problem-password-too-short", &[("n", (*needed).into())]),
            ..on("password", "password-too-short")
        },
        AccessError::Password(PasswordProblem::TooLong { most }) => Described {
            message: t.a("problem-password-too-long", &[("n", (*most).into())]),
            ..on("password", "password-too-long")
        },
        AccessError::Password(PasswordProblem::KnownBad) => on("password", "password-known"),
        AccessError::Password(PasswordProblem::ContainsOwner) => on("password", "password-owner"),
        AccessError::Password(_) => on("password", "password-regular"),
        _ => Described {
            field: None,
            ..on("", "not-signed-in")
        },
    }
}

fn describe_audience(error: &AudienceError, t: Text) -> Described {
    let with = |field: &str, code: &str, args: &[(&'static str, Arg)]| Described {
        code: code.to_owned(),
        field: Some(field.to_owned()),
        message: t.a(&format!("problem-{code}"), args),
    };
    let on = |field: &str, code: &str| with(field, code, &[]);
    match error {
        AudienceError::Contact(ContactProblem::TooLong) => on("name", "too-long"),
        AudienceError::Contact(ContactProblem::ControlCharacter) => on("name", "control-character"),
        AudienceError::Contact(_) => on("email", "no-identity"),
        AudienceError::ExternalIdTaken => on("external_id", "external-id-taken"),
        AudienceError::EmailTaken => on("email", "contact-email-taken"),
        AudienceError::TwoContacts => on("external_id", "two-contacts"),
        AudienceError::UnknownAttribute(key)
        | AudienceError::Filter(FilterProblem::UnknownAttribute(key)) => with(
            "attributes",
            "unknown-attribute",
            &[("key", key.as_str().into())],
        ),
        AudienceError::WrongType { key, kind } => with(
            &format!("attribute.{key}"),
            wrong_type_code(*kind),
            &[("key", key.as_str().into())],
        ),
        AudienceError::TooManyAttributes(most) => {
            with("label", "too-many-attributes", &[("n", (*most).into())])
        }
        AudienceError::LabelTaken => on("label", "label-taken"),
        AudienceError::SegmentTaken => on("name", "segment-taken"),
        AudienceError::SegmentInUse => Described {
            field: None,
            ..on("", "segment-in-use")
        },
        AudienceError::Filter(FilterProblem::TooMany(most)) => {
            with("filter", "too-many-conditions", &[("n", (*most).into())])
        }
        AudienceError::Filter(FilterProblem::BadValue { value, .. }) if value.is_empty() => {
            on("filter", "condition-without-value")
        }
        AudienceError::Filter(FilterProblem::BadValue { value, .. }) => {
            let shown: String = value.chars().take(60).collect();
            with("filter", "condition-bad-value", &[("value", shown.into())])
        }
        _ => on("filter", "condition-impossible"),
    }
}

/// Code of the problem that a value is not of this type.
const fn wrong_type_code(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Number => "not-a-number",
        AttributeKind::Date => "not-a-date",
        AttributeKind::Boolean => "not-yes-or-no",
        AttributeKind::Text | AttributeKind::Choice => "not-a-text",
    }
}

impl Problem {
    /// A refusal for a program.
    pub(crate) fn of(error: &AppError, t: Text) -> Self {
        let said = describe(error, t);
        let errors = match (error, &said.field) {
            (AppError::Collect(CollectError::Refused(found)), _) => found
                .iter()
                .map(|(key, problem)| {
                    let (code, message) = answer_problem(problem, t);
                    FieldProblem {
                        field: key.to_string(),
                        code: code.to_owned(),
                        message,
                    }
                })
                .collect(),
            (AppError::Survey(SurveyError::NotReady(found) | SurveyError::TooMuch(found)), _) => {
                super::survey_field_problems(found, t)
            }
            (AppError::Import(ImportError::Map(found)), _) => {
                super::imports::map_problems(found, t)
            }
            (_, Some(field)) => vec![FieldProblem {
                field: field.clone(),
                code: said.code.clone(),
                message: said.message.clone(),
            }],
            _ => Vec::new(),
        };
        Self {
            kind: "about:blank",
            title: said.message,
            status: status(error).as_u16(),
            code: said.code,
            errors,
        }
    }
}
