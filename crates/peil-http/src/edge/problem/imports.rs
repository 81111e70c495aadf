//! Finds the words for refused files, maps and rows.

use axum::http::StatusCode;
use peil_app::imports::{ImportError, MapProblem, RefusedRow};

use super::{Described, FieldProblem};
use crate::edge::text::Text;

/// Bytes in the megabytes that limits are given in.
const MEGABYTE: u64 = 1_000_000;

/// The HTTP status of a refused import.
pub(super) fn status(error: &ImportError) -> StatusCode {
    match error {
        ImportError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        ImportError::NotWaiting => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Says why an import is refused.
pub(super) fn describe(error: &ImportError, t: Text) -> Described {
    let on_file = |code: String, message: String| Described {
        code,
        field: Some("file".to_owned()),
        message,
    };
    match error {
        ImportError::TooLarge { most_bytes } => {
            let most = most_bytes / MEGABYTE;
            on_file(
                "file-too-large".into(),
                t.a("problem-file-too-large", &[("n", most.into())]),
            )
        }
        ImportError::Unreadable { code, .. } => {
            let code = dashed(code);
            let words = t.find(&format!("problem-{code}"));
            on_file(code, words.unwrap_or_else(|| t.s("problem-table-io")))
        }
        ImportError::Map(problems) => Described {
            code: "map".into(),
            field: None,
            message: t.a("problem-map", &[("n", problems.len().into())]),
        },
        _ => Described {
            code: "import-not-waiting".into(),
            field: None,
            message: t.s("problem-import-not-waiting"),
        },
    }
}

/// The problems of a map, each at its place.
pub(super) fn map_problems(problems: &[MapProblem], t: Text) -> Vec<FieldProblem> {
    problems
        .iter()
        .map(|problem| FieldProblem {
            field: problem.place.clone(),
            code: problem.code.to_owned(),
            message: map_problem(problem, t),
        })
        .collect()
}

/// Says what is wrong with a map.
pub(crate) fn map_problem(problem: &MapProblem, t: Text) -> String {
    let missing_date = problem.code == "missing" && problem.place == "columns.date";
    let code = if missing_date {
        "missing-date".to_owned()
    } else {
        dashed(problem.code)
    };
    let args = [("word", problem.word.as_str().into())];
    t.a(&format!("problem-map-{code}"), &args)
}

/// Says why a row is refused.
pub(crate) fn refused_row(row: &RefusedRow, t: Text) -> String {
    let words = t.find(&format!("refused-{}", dashed(&row.code)));
    let words = words.unwrap_or_else(|| t.s("refused-row-broken"));
    if row.column.is_empty() {
        words
    } else {
        format!("{}: {words}", row.column)
    }
}

fn dashed(code: &str) -> String {
    code.replace(['.', '_'], "-")
}
