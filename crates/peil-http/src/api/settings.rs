//! Settings of the organisation.

use axum::{Json, extract::State, http::StatusCode};
use peil_app::{
    AppError,
    ports::{MailError, SmtpSecurity, SmtpSettings},
};
use peil_domain::{access::Brand, outreach::AskPolicy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

mod look;

use super::{
    body::{Body, Outcome},
    caller::Caller,
    refusals::{Reading, Writing},
};
use crate::{
    Web,
    api::operations::{Operations, routes},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(get_organisation, update_organisation))
        .routes(routes!(update_look))
        .merge(look::routes())
        .routes(routes!(get_mail_settings, update_mail_settings))
        .routes(routes!(send_test_mail))
        .routes(routes!(get_asking, update_asking))
}

/// The organisation.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Organisation {
    /// Name shown to customers.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// `nl` or `en`.
    language: String,
    /// IANA name of the time zone.
    time_zone: String,
}

/// Reads the organisation.
#[utoipa::path(get, path = "/organisation", operation_id = "get_organisation", tag = "settings",
    responses((status = 200, body = Organisation), Reading))]
async fn get_organisation(State(web): State<Web>, caller: Caller) -> Outcome<Json<Organisation>> {
    let found = web.app.get_workspace(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(Organisation {
        name: found.name,
        language: found.language.to_string(),
        time_zone: found.time_zone,
    }))
}

/// Changes name, language and time zone.
#[utoipa::path(put, path = "/organisation", operation_id = "update_organisation", tag = "settings",
    request_body = Organisation,
    responses((status = 204), Writing))]
async fn update_organisation(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<Organisation>,
) -> Outcome<StatusCode> {
    let unknown = || {
        caller.problem(&AppError::Invalid {
            field: "language",
            code: "unknown",
        })
    };
    let language = body.language.parse().map_err(|_| unknown())?;
    let actor = &caller.identity.actor;
    let done = web
        .app
        .update_workspace(actor, &body.name, language, &body.time_zone)
        .await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look of questionnaires and mails.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Look {
    /// `#rrggbb`, at least 4.5 to 1 with white.
    accent: String,
    /// Link to the privacy statement.
    privacy_link: Option<String>,
}

/// Changes the look of questionnaires and mails.
#[utoipa::path(put, path = "/organisation/look", operation_id = "update_look", tag = "settings",
    request_body = Look,
    responses((status = 204), Writing))]
async fn update_look(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<Look>,
) -> Outcome<StatusCode> {
    let invalid = || {
        caller.problem(&AppError::Invalid {
            field: "accent",
            code: "not_a_colour",
        })
    };
    let accent = body.accent.parse().map_err(|_| invalid())?;
    let brand = Brand {
        accent,
        privacy_link: body.privacy_link,
        logo: None,
    };
    let done = web.app.update_brand(&caller.identity.actor, brand).await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// How mail leaves the building.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MailSettings {
    /// Name of the mail server.
    #[schema(min_length = 1, max_length = 120)]
    host: String,
    /// TCP port.
    #[schema(minimum = 1, maximum = 65535)]
    port: u16,
    /// `starttls`, `tls` or `none`.
    security: String,
    /// Account name.
    username: Option<String>,
    /// Password; never sent back. Absent keeps the stored one.
    #[serde(skip_serializing)]
    password: Option<String>,
    /// Name of the sender.
    #[schema(min_length = 1, max_length = 120)]
    from_name: String,
    /// Address of the sender.
    from_address: String,
    /// Address that replies go to.
    reply_to: Option<String>,
}

/// Reads how mail leaves the building; 404 when that was never set.
#[utoipa::path(get, path = "/organisation/mail", operation_id = "get_mail_settings", tag = "settings",
    responses((status = 200, body = MailSettings), Reading))]
async fn get_mail_settings(State(web): State<Web>, caller: Caller) -> Outcome<Json<MailSettings>> {
    let found = web.app.get_mail_settings(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let found = found.ok_or_else(|| caller.problem(&AppError::NotFound))?;
    Ok(Json(MailSettings {
        host: found.host,
        port: found.port,
        security: match found.security {
            SmtpSecurity::Starttls => "starttls",
            SmtpSecurity::Tls => "tls",
            SmtpSecurity::None => "none",
        }
        .to_owned(),
        username: found.username,
        password: None,
        from_name: found.from_name,
        from_address: found.from_address,
        reply_to: found.reply_to,
    }))
}

/// Changes how mail leaves the building.
#[utoipa::path(put, path = "/organisation/mail", operation_id = "update_mail_settings", tag = "settings",
    request_body = MailSettings,
    responses((status = 204), Writing))]
async fn update_mail_settings(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<MailSettings>,
) -> Outcome<StatusCode> {
    let unknown = || {
        caller.problem(&AppError::Invalid {
            field: "security",
            code: "unknown",
        })
    };
    let security = match body.security.as_str() {
        "starttls" => SmtpSecurity::Starttls,
        "tls" => SmtpSecurity::Tls,
        "none" => SmtpSecurity::None,
        _ => return Err(unknown()),
    };
    let settings = SmtpSettings {
        host: body.host,
        port: body.port,
        security,
        username: body.username,
        password: body.password,
        from_name: body.from_name,
        from_address: body.from_address,
        reply_to: body.reply_to,
    };
    let done = web
        .app
        .update_mail_settings(&caller.identity.actor, settings)
        .await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the mail server thought of a test mail.
#[derive(Serialize, ToSchema)]
struct TestMailView {
    /// Whether the server took it.
    is_accepted: bool,
    /// Why not.
    problem: Option<String>,
}

/// Sends a test mail to the person in whose name the token acts.
#[utoipa::path(post, path = "/organisation/mail/test", operation_id = "send_test_mail", tag = "settings",
    responses((status = 200, body = TestMailView), Writing))]
async fn send_test_mail(State(web): State<Web>, caller: Caller) -> Outcome<Json<TestMailView>> {
    let outcome = web.app.send_test_mail(&caller.identity).await;
    let outcome = outcome.map_err(|error| caller.problem(&error))?;
    let problem = outcome.err().map(|error: MailError| error.to_string());
    Ok(Json(TestMailView {
        is_accepted: problem.is_none(),
        problem,
    }))
}

/// How often one may be asked, in days.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Asking {
    /// Between any two invitations.
    #[schema(maximum = 730)]
    days_between_invitations: u16,
    /// After an answer, before the relationship is asked about again.
    #[schema(maximum = 730)]
    relational_days_after_answer: u16,
    /// After an unanswered invitation, before the relationship is asked about again.
    #[schema(maximum = 730)]
    relational_days_after_silence: u16,
    /// Between two questions about a contact moment.
    #[schema(maximum = 730)]
    transactional_days: u16,
}

/// Reads how often one may be asked.
#[utoipa::path(get, path = "/organisation/asking", operation_id = "get_asking", tag = "settings",
    responses((status = 200, body = Asking), Reading))]
async fn get_asking(State(web): State<Web>, caller: Caller) -> Outcome<Json<Asking>> {
    let policy = web.app.get_ask_policy(&caller.identity.actor).await;
    let policy = policy.map_err(|error| caller.problem(&error))?;
    Ok(Json(Asking {
        days_between_invitations: policy.days_between_invitations,
        relational_days_after_answer: policy.relational_days_after_answer,
        relational_days_after_silence: policy.relational_days_after_silence,
        transactional_days: policy.transactional_days,
    }))
}

/// Changes how often one may be asked.
#[utoipa::path(put, path = "/organisation/asking", operation_id = "update_asking", tag = "settings",
    request_body = Asking,
    responses((status = 204), Writing))]
async fn update_asking(
    State(web): State<Web>,
    caller: Caller,
    Body(body): Body<Asking>,
) -> Outcome<StatusCode> {
    let policy = AskPolicy {
        days_between_invitations: body.days_between_invitations,
        relational_days_after_answer: body.relational_days_after_answer,
        relational_days_after_silence: body.relational_days_after_silence,
        transactional_days: body.transactional_days,
    };
    let done = web
        .app
        .update_ask_policy(&caller.identity.actor, policy)
        .await;
    done.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}
