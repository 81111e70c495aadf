//! The public link of a questionnaire, and its QR code.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use fast_qr::{ECL, QRBuilder, QRCode};
use peil_app::{AppError, survey::SurveyOverview};

use super::{Head, find};
use crate::{
    Web,
    admin::{frame::Frame, page},
    edge::{problem::PageError, signed::Signed, text::Text},
};

#[derive(Template)]
#[template(path = "survey/share.html")]
struct SharePage {
    t: Text,
    frame: Frame,
    head: Head,
    link: String,
    qr_link: String,
    has_public_link: bool,
    allows_repeats: bool,
    has_languages: bool,
}

/// The link that everyone may use.
fn link_of(web: &Web, overview: &SurveyOverview) -> String {
    format!("{}/s/{}", web.app.public_url(), overview.survey.slug)
}

/// The same link for a QR code, so that answers say where they came from.
fn qr_link_of(web: &Web, overview: &SurveyOverview) -> String {
    format!("{}?via=qr", link_of(web, overview))
}

pub(super) async fn show(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    page(&SharePage {
        t: signed.text,
        frame: Frame::new(&signed, "survey", &overview.survey.name),
        head: Head::new(&signed, &overview, "share"),
        link: link_of(&web, &overview),
        qr_link: qr_link_of(&web, &overview),
        has_public_link: overview.survey.has_public_link,
        allows_repeats: overview.survey.allows_repeats,
        has_languages: overview.survey.draft.languages.len() > 1,
    })
}

pub(super) async fn get_svg(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let svg = draw_svg(&code(&qr_link_of(&web, &overview))?);
    Ok(file(
        &signed,
        &overview,
        "svg",
        "image/svg+xml",
        svg.into_bytes(),
    ))
}

pub(super) async fn get_png(
    State(web): State<Web>,
    Path(id): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    let overview = find(&web, &signed, &id).await?;
    let png = draw_png(&code(&qr_link_of(&web, &overview))?)
        .map_err(|error| AppError::Folder(error.to_string()))?;
    Ok(file(&signed, &overview, "png", "image/png", png))
}

fn file(
    signed: &Signed,
    overview: &SurveyOverview,
    ending: &str,
    kind: &'static str,
    content: Vec<u8>,
) -> Response {
    let how = if signed.query.is_on("download") {
        "attachment"
    } else {
        "inline"
    };
    let name = format!("{how}; filename=\"qr-{}.{ending}\"", overview.survey.slug);
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        content,
    )
        .into_response()
}

/// Medium error correction: still readable with a tenth of it dirty or torn.
fn code(link: &str) -> Result<QRCode, AppError> {
    QRBuilder::new(link)
        .ecl(ECL::M)
        .build()
        .map_err(|error| AppError::Folder(error.to_string()))
}

/// White modules around the code, as the standard asks.
const QUIET: usize = 4;
/// Pixels of a module in the PNG: a usual link gives about 1 000 pixels, 8 cm in print.
const PIXELS: usize = 24;

/// The rows of the code, true where it is dark.
fn rows(code: &QRCode) -> impl Iterator<Item = Vec<bool>> + '_ {
    code.data
        .chunks(code.size)
        .take(code.size)
        .map(|row| row.iter().map(|module| module.value()).collect())
}

fn draw_svg(code: &QRCode) -> String {
    use std::fmt::Write;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in rows(code).enumerate() {
        let dark = row.iter().enumerate().filter(|(_, is_dark)| **is_dark);
        for (x, _) in dark {
            // Writing to a string cannot fail.
            write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET).unwrap_or_default();
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##
    )
}

fn draw_png(code: &QRCode) -> Result<Vec<u8>, png::EncodingError> {
    let side = (code.size + 2 * QUIET) * PIXELS;
    let mut pixels = vec![255_u8; side * side];
    let dark = rows(code).enumerate().flat_map(|(y, row)| {
        row.into_iter()
            .enumerate()
            .filter(|(_, is_dark)| *is_dark)
            .map(move |(x, _)| (x, y))
    });
    for (x, y) in dark {
        let (left, top) = ((x + QUIET) * PIXELS, (y + QUIET) * PIXELS);
        for line in pixels.chunks_mut(side).skip(top).take(PIXELS) {
            if let Some(module) = line.get_mut(left..left + PIXELS) {
                module.fill(0);
            }
        }
    }
    let width = u32::try_from(side).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, width);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_drawings_show_the_same_code_with_white_around_it() {
        let code = code("https://peil.example/s/kto?via=qr").unwrap();
        let svg = draw_svg(&code);
        let dark = rows(&code).flatten().filter(|is_dark| *is_dark).count();
        assert_eq!(svg.matches("h1v1h-1z").count(), dark);
        let png = draw_png(&code).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let side = (code.size + 2 * QUIET) * PIXELS;
        assert_eq!(usize::try_from(info.width).unwrap(), side);
        assert_eq!(
            pixels.iter().filter(|pixel| **pixel < 255).count(),
            dark * PIXELS * PIXELS
        );
        assert!(
            pixels
                .iter()
                .take(side * QUIET * PIXELS)
                .all(|pixel| *pixel == 255)
        );
    }
}
