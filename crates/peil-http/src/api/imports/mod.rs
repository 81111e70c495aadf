//! Files that become contacts or answers.

mod shapes;

use axum::{Json, body::Body as RawBody, extract::State, http::StatusCode, response::Response};
use futures::TryStreamExt;
use peil_app::{
    AppError,
    exports::ExportFormat,
    imports::{AnswersMap, ContactsMap, ImportKind, NewImport, RefusedRow},
};
use peil_domain::shared::{ImportId, values::ColumnKind};
use tokio_util::io::StreamReader;
use uuid::Uuid;

use shapes::{Column, ContactsMapping, Import, Kind, Preview, Upload, column_of, import_of};

use super::{
    body::{Asked, At, Body, ListOf, Outcome},
    caller::Caller,
    refusals::{Reading, Writing},
};
use crate::{
    api::operations::{Operations, routes},
    {Web, admin::imports::download, edge::problem::refused_row},
};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(list_imports))
        // The use case counts the bytes of an upload itself.
        .merge(
            Operations::new()
                .routes(routes!(create_import))
                .without_body_limit(),
        )
        .routes(routes!(get_import, remove_import))
        .routes(routes!(preview_import))
        .routes(routes!(start_contacts_import))
        .routes(routes!(start_answers_import))
        .routes(routes!(export_refused_rows))
}

/// Lists the newest imports.
#[utoipa::path(get, path = "/imports", operation_id = "list_imports", tag = "imports",
    responses((status = 200, body = ListOf<Import>), Reading))]
async fn list_imports(State(web): State<Web>, caller: Caller) -> Outcome<Json<ListOf<Import>>> {
    let found = web.app.list_imports(&caller.identity.actor).await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let items = found
        .into_iter()
        .map(|view| import_of(view, &[], &caller))
        .collect();
    Ok(Json(ListOf { items, next: None }))
}

/// Takes a CSV or XLSX file in; nothing is done with it until it is started.
#[utoipa::path(post, path = "/imports", operation_id = "create_import", tag = "imports",
    params(Upload), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = Import), Writing))]
async fn create_import(
    State(web): State<Web>,
    caller: Caller,
    Asked(upload): Asked<Upload>,
    body: RawBody,
) -> Outcome<(StatusCode, Json<Import>)> {
    let new = NewImport {
        kind: match upload.kind {
            Kind::Contacts => ImportKind::Contacts,
            Kind::Answers => ImportKind::Answers,
        },
        file_name: upload.file_name.unwrap_or_default(),
        most_bytes: web.config.upload_limit(),
    };
    let content = StreamReader::new(body.into_data_stream().map_err(std::io::Error::other));
    let view = web
        .app
        .upload_import(&caller.identity.actor, new, content)
        .await;
    let view = view.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::CREATED, Json(import_of(view, &[], &caller))))
}

/// Reads how far an import is.
#[utoipa::path(get, path = "/imports/{id}", operation_id = "get_import", tag = "imports",
    params(("id" = Uuid, Path, description = "The import")),
    responses((status = 200, body = Import), Reading))]
async fn get_import(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
) -> Outcome<Json<Import>> {
    let found = web
        .app
        .get_import(&caller.identity.actor, ImportId(id))
        .await;
    let (view, refused) = found.map_err(|error| caller.problem(&error))?;
    Ok(Json(import_of(view, &refused, &caller)))
}

/// Removes an import that does not run; what it brought in stays.
#[utoipa::path(delete, path = "/imports/{id}", operation_id = "remove_import", tag = "imports",
    params(("id" = Uuid, Path, description = "The import")),
    responses((status = 204), Writing))]
async fn remove_import(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
) -> Outcome<StatusCode> {
    let removed = web
        .app
        .remove_import(&caller.identity.actor, ImportId(id))
        .await;
    removed.map_err(|error| caller.problem(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows the first rows of a file that waits to be started.
#[utoipa::path(get, path = "/imports/{id}/preview", operation_id = "preview_import",
    tag = "imports", params(("id" = Uuid, Path, description = "The import")),
    responses((status = 200, body = Preview), Reading))]
async fn preview_import(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
) -> Outcome<Json<Preview>> {
    let found = web
        .app
        .preview_import(&caller.identity.actor, ImportId(id))
        .await;
    let found = found.map_err(|error| caller.problem(&error))?;
    let kind = |kind| match kind {
        ColumnKind::Text => "text",
        ColumnKind::Integer => "integer",
        ColumnKind::Decimal => "decimal",
        ColumnKind::Date => "date",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Email => "email",
    };
    let table = found.table;
    let columns = table
        .header
        .into_iter()
        .zip(table.columns)
        .zip(found.values);
    let columns = columns.map(|((name, guess), values)| Column {
        name,
        kind: kind(guess.kind).to_owned(),
        is_ambiguous: guess.is_ambiguous,
        values,
    });
    let rows = table.rows.into_iter().map(|row| row.cells).collect();
    Ok(Json(Preview {
        format: table.format,
        columns: columns.collect(),
        rows,
    }))
}

/// Starts importing customers.
#[utoipa::path(post, path = "/imports/{id}/contacts", operation_id = "start_contacts_import",
    tag = "imports", params(("id" = Uuid, Path, description = "The import")),
    request_body = ContactsMapping,
    responses((status = 202, body = Import), Writing))]
async fn start_contacts_import(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
    Body(body): Body<ContactsMapping>,
) -> Outcome<(StatusCode, Json<Import>)> {
    let columns: Result<Vec<_>, AppError> = body.columns.into_iter().map(column_of).collect();
    let map = ContactsMap {
        columns: columns.map_err(|error| caller.problem(&error))?,
    };
    let view = web
        .app
        .start_contacts_import(&caller.identity.actor, ImportId(id), map)
        .await;
    let view = view.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::ACCEPTED, Json(import_of(view, &[], &caller))))
}

/// Starts importing answers. The body has the shape of a map file, as the guide on importing
/// answers describes it: `survey`, `columns`, `segments` and `answers`.
#[utoipa::path(post, path = "/imports/{id}/answers", operation_id = "start_answers_import",
    tag = "imports", params(("id" = Uuid, Path, description = "The import")),
    request_body(content = serde_json::Value, content_type = "application/json"),
    responses((status = 202, body = Import), Writing))]
async fn start_answers_import(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
    Body(map): Body<AnswersMap>,
) -> Outcome<(StatusCode, Json<Import>)> {
    let view = web
        .app
        .start_answers_import(&caller.identity.actor, ImportId(id), map)
        .await;
    let view = view.map_err(|error| caller.problem(&error))?;
    Ok((StatusCode::ACCEPTED, Json(import_of(view, &[], &caller))))
}

/// Writes the refused rows of an import to a CSV file, each with its reason.
#[utoipa::path(get, path = "/imports/{id}/refused", operation_id = "export_refused_rows",
    tag = "imports", params(("id" = Uuid, Path, description = "The import")),
    responses((status = 200, body = String, content_type = "text/csv; charset=utf-8"), Reading))]
async fn export_refused_rows(
    State(web): State<Web>,
    caller: Caller,
    At(id): At<Uuid>,
) -> Outcome<Response> {
    let t = caller.text;
    let names = [t.s("imports-row"), t.s("imports-reason")];
    let say = move |row: &RefusedRow| refused_row(row, t);
    let made = web
        .app
        .export_refused_rows(&caller.identity.actor, ImportId(id), names, say)
        .await;
    let content = made.map_err(|error| caller.problem(&error))?;
    Ok(download(ExportFormat::CsvExcel, "refused.csv", content))
}
