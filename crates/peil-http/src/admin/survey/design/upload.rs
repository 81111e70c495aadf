//! Pictures for a questionnaire: its logo, and those of its questions.

use axum::{
    extract::{Multipart, Path, State, multipart::Field},
    response::Response,
};
use peil_app::{AppError, survey::Edit};
use peil_domain::{
    access::Logo,
    shared::{Localized, QuestionKey, SurveyId},
    survey::{Picture, SurveyLogo, SurveyLook},
};

use super::{here, refuse};
use crate::{
    Web,
    admin::{done, imports::short},
    edge::{
        fields::Fields,
        problem::PageError,
        signed::{CSRF_FIELD, Signed},
    },
};

/// A picture that was sent, with the fields before it.
struct Upload {
    fields: Fields,
    content: Vec<u8>,
}

/// Reads an upload. The token stands before the file, so that nothing of a foreign form is kept.
async fn read_upload(signed: &Signed, mut form: Multipart) -> Result<Upload, PageError> {
    let mut pairs = Vec::new();
    let mut token = String::new();
    let mut content = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| PageError::TooLarge)? {
        match field.name().unwrap_or_default() {
            "file" if signed.confirms(&token) => {
                content = picture_bytes(field).await?;
                break;
            }
            "file" => return Err(PageError::ForeignForm),
            CSRF_FIELD => token = short(field).await?,
            name => {
                let name = name.to_owned();
                pairs.push((name, short(field).await?));
            }
        }
    }
    if !signed.confirms(&token) {
        return Err(PageError::ForeignForm);
    }
    Ok(Upload {
        fields: pairs.into_iter().collect(),
        content,
    })
}

/// The bytes of a picture; one more than is taken tells that it is too large.
async fn picture_bytes(mut field: Field<'_>) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| PageError::TooLarge)? {
        let room = (Logo::MOST_BYTES + 1).saturating_sub(bytes.len());
        bytes.extend(piece.into_iter().take(room));
        if bytes.len() > Logo::MOST_BYTES {
            break;
        }
    }
    Ok(bytes)
}

pub(super) async fn save_logo(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
    form: Multipart,
) -> Result<Response, PageError> {
    let id: SurveyId = id.parse().map_err(|_| AppError::NotFound)?;
    let upload = read_upload(&signed, form).await?;
    let actor = &signed.identity.actor;
    let look = web.app.get_survey(actor, id).await?.survey.draft.look;
    let revision = upload.fields.get("revision").parse().unwrap_or(0);
    let saved = match web.app.keep_picture(actor, &upload.content).await {
        Ok(kept) => {
            let logo = Some(SurveyLogo {
                file: kept.file,
                width: kept.width,
                height: kept.height,
            });
            let edit = Edit::Look(SurveyLook { logo, ..look });
            web.app.edit_survey(actor, id, revision, edit).await
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
    let upload = read_upload(&signed, form).await?;
    let (actor, fields) = (&signed.identity.actor, &upload.fields);
    let draft = web.app.get_survey(actor, id).await?.survey.draft;
    let mut description = Localized::default();
    for language in &draft.languages {
        description.set(*language, fields.get(&format!("description.{language}")));
    }
    let revision = fields.get("revision").parse().unwrap_or(0);
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
                web.app.edit_survey(actor, id, revision, edit).await
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
