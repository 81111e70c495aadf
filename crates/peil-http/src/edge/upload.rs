//! Files that a form sends, with the fields before them.

use axum::extract::{Multipart, multipart::Field};

use super::{
    fields::Fields,
    problem::PageError,
    signed::{CSRF_FIELD, Signed},
};

/// A file that was sent, with the fields before it.
pub(crate) struct Upload {
    pub(crate) fields: Fields,
    /// What is in it. Of one that is larger than may be, one byte more than may be: the use case
    /// says that it is too large.
    pub(crate) content: Vec<u8>,
}

impl Upload {
    /// Reads the field `file`, which stands last, of at most so many bytes. The token stands before it, so
    /// that nothing of a foreign form is kept, and the rest of one that is too large is not waited for.
    pub(crate) async fn read(
        signed: &Signed,
        mut form: Multipart,
        most: usize,
    ) -> Result<Self, PageError> {
        let mut pairs = Vec::new();
        let mut token = String::new();
        let mut content = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|_| PageError::TooLarge)? {
            match field.name().unwrap_or_default() {
                "file" if signed.confirms(&token) => {
                    content = bytes_of(field, most).await?;
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
        Ok(Self {
            fields: pairs.into_iter().collect(),
            content,
        })
    }
}

async fn bytes_of(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| PageError::TooLarge)? {
        let room = (most + 1).saturating_sub(bytes.len());
        bytes.extend_from_slice(piece.get(..room.min(piece.len())).unwrap_or_default());
        if bytes.len() > most {
            break;
        }
    }
    Ok(bytes)
}

/// Reads a field of a line.
pub(crate) async fn short(mut field: Field<'_>) -> Result<String, PageError> {
    const LONGEST: usize = 2_000;
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| PageError::TooLarge)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LONGEST {
            return Err(PageError::TooLarge);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}
