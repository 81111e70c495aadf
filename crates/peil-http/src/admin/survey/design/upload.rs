//! Pictures for a questionnaire: its logo, and those of its questions.

use axum::{
    extract::{Multipart, Path, State},
    response::Response,
};
use peil_app::{
    AppError,
    survey::{Edit, Upon},
};
use peil_domain::{
    access::Logo,
    shared::{Localized, QuestionKey, SurveyId},
    survey::{Picture, SurveyLogo, SurveyLook},
};

use super::{here, refuse};
use crate::{
    Web,
    admin::done,
    edge::{fields::Fields, problem::PageError, signed::Signed, upload::Upload},
};

pub(super) async fn save_logo(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
    form: Multipart,
) -> Result<Response, PageError> {
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let upload = Upload::read(&signed, form, Logo::MOST_BYTES).await?;
    let actor = &signed.identity.actor;
    let look = web.app.get_survey(actor, id).await?.survey.draft.look;
    let upon = Upon::Since(upload.fields.get("revision").parse().unwrap_or(0));
    let saved = match web.app.keep_picture(actor, &upload.content).await {
        Ok(kept) => {
            let logo = Some(SurveyLogo {
                file: kept.file,
                width: kept.width,
                height: kept.height,
            });
            let edit = Edit::Look(SurveyLook { logo, ..look });
            web.app.edit_survey(actor, id, upon, edit).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(done(&here(id), "survey-look-saved")),
        Err(error) => refuse(&web, &signed, id, &Fields::default(), error, "logo").await,
    }
}

pub(super) async fn save_picture(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
    form: Multipart,
) -> Result<Response, PageError> {
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let upload = Upload::read(&signed, form, Logo::MOST_BYTES).await?;
    let (actor, fields) = (&signed.identity.actor, &upload.fields);
    let draft = web.app.get_survey(actor, id).await?.survey.draft;
    let mut description = Localized::default();
    for language in &draft.languages {
        description.set(*language, fields.get(&format!("description.{language}")));
    }
    let upon = Upon::Since(fields.get("revision").parse().unwrap_or(0));
    let saved = match fields.get("question").parse::<QuestionKey>() {
        Err(_) => Err(AppError::Invalid {
            field: "question",
            code: "unknown",
        }),
        // Who cannot see it has nothing else to go by.
        Ok(_) if description.is_blank() => Err(AppError::Invalid {
            field: "description",
            code: "missing",
        }),
        Ok(key) => match web.app.keep_picture(actor, &upload.content).await {
            Ok(kept) => {
                let picture = Some(Picture {
                    file: kept.file,
                    description,
                });
                let edit = Edit::Picture { key, picture };
                web.app.edit_survey(actor, id, upon, edit).await
            }
            Err(error) => Err(error),
        },
    };
    match saved {
        Ok(_) => Ok(done(&here(id), "survey-look-saved")),
        Err(error) => {
            let field = match &error {
                AppError::Invalid {
                    field: field @ ("question" | "description"),
                    ..
                } => *field,
                _ => "picture",
            };
            refuse(&web, &signed, id, &Fields::default(), error, field).await
        }
    }
}
