//! Submissions as the text of one JSON array, put together by the database: a page is one value, and its
//! many parts are taken apart by whoever has time.

use sea_orm::{DbBackend, Statement, Value};
use uuid::Uuid;

/// Where a page begins: behind this moment and identifier.
pub(crate) type After = (i64, Uuid);

/// Which submissions a page holds, the columns of both databases alike: by moment, then by identifier.
const PAGE: &str = "SELECT id, version_id, contact_id, account_id, channel, language, touchpoint, \
    completion, submitted_at, local_day, seconds, segments, flags, workspace_id FROM responses \
    WHERE workspace_id = $1 AND survey_id = $2 \
    AND submitted_at >= $3 AND (submitted_at > $3 OR id > $4) \
    ORDER BY submitted_at, id LIMIT $5";

/// A page of submissions after `after`: its text, and where it ends.
pub(crate) fn page(
    backend: DbBackend,
    workspace: Uuid,
    survey: Uuid,
    after: Option<After>,
    most: u64,
) -> Statement {
    let (at, id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    if backend == DbBackend::Postgres {
        let sql = format!("{SERVER_START}{PAGE}{SERVER_END}");
        let values: [Value; 5] = [
            workspace.into(),
            survey.into(),
            at.into(),
            id.into(),
            most.into(),
        ];
        return Statement::from_sql_and_values(backend, sql, values);
    }
    // A file numbers its places one by one.
    let page = PAGE.replace("$3 OR", "? OR");
    let page = ["$1", "$2", "$3", "$4", "$5"]
        .iter()
        .fold(page, |sql, place| sql.replace(place, "?"));
    let sql = format!("{FILE_START}{page}{FILE_END}");
    let values: [Value; 6] = [
        workspace.into(),
        survey.into(),
        at.into(),
        at.into(),
        id.into(),
        most.into(),
    ];
    Statement::from_sql_and_values(backend, sql, values)
}

/// Makes moments before 1970 sort as text.
const SHIFT: i64 = 1 << 62;

/// Reads where a page ended.
pub(crate) fn end(text: &str) -> Option<After> {
    let (at, id) = text.split_at_checked(19)?;
    let at: i64 = at.parse().ok()?;
    Some((at.checked_sub(SHIFT)?, id.parse().ok()?))
}

const FILE_START: &str = "SELECT '[' || group_concat(\
    '[\"' || lower(hex(r.id)) || '\",\"' || lower(hex(r.version_id)) || '\",' || r.submitted_at || ',' \
    || r.local_day || ',' || json_array(r.channel, r.language, r.touchpoint, r.completion, \
    r.seconds, c.external_id, a.name) || ',' || r.segments || ',' || r.flags || ',' \
    || (SELECT json_group_array(json_array(g.question_key, g.score, json(g.codes), g.words, \
    json(g.details))) \
    FROM answers g WHERE g.workspace_id = r.workspace_id AND g.response_id = r.id) || ']') || ']' \
    AS lines, max(printf('%019d', r.submitted_at + 4611686018427387904) || lower(hex(r.id))) AS last \
    FROM (";

const FILE_END: &str = ") AS r \
    LEFT JOIN contacts c ON c.workspace_id = r.workspace_id AND c.id = r.contact_id \
    LEFT JOIN accounts a ON a.workspace_id = r.workspace_id AND a.id = r.account_id";

const SERVER_START: &str = "SELECT json_agg(json_build_array(\
    r.id, r.version_id, r.submitted_at, r.local_day, \
    json_build_array(r.channel, r.language, r.touchpoint, r.completion, r.seconds, \
    c.external_id, a.name), r.segments, r.flags, \
    COALESCE((SELECT json_agg(json_build_array(g.question_key, g.score, g.codes, g.words, \
    g.details)) \
    FROM answers g WHERE g.workspace_id = r.workspace_id AND g.response_id = r.id), '[]'::json)) \
    ORDER BY r.submitted_at, r.id)::text \
    AS lines, max(lpad((r.submitted_at + 4611686018427387904)::text, 19, '0') \
    || replace(r.id::text, '-', '') COLLATE \"C\") AS last FROM (";

const SERVER_END: &str = ") AS r \
    LEFT JOIN contacts c ON c.workspace_id = r.workspace_id AND c.id = r.contact_id \
    LEFT JOIN accounts a ON a.workspace_id = r.workspace_id AND a.id = r.account_id";
