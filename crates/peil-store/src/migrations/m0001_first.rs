//! Migration 0001: the first tables.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    [
        access(),
        records(),
        survey(),
        audience(),
        outreach(),
        response(),
        work(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn access() -> Vec<Step> {
    vec![
        Step::table(
            "workspaces",
            &[
                "id uuid",
                "name text",
                "language text",
                "time_zone text",
                "brand json",
                "created_at bigint",
            ],
            &["id"],
        ),
        Step::table(
            "users",
            &[
                "workspace_id uuid",
                "id uuid",
                "email text",
                "name text",
                "password_hash text",
                "role text",
                "language text",
                "is_blocked boolean",
                "created_at bigint",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("users", &["email"]),
        Step::table(
            "sessions",
            &[
                "workspace_id uuid",
                "id uuid",
                "user_id uuid",
                "token_hash text",
                "created_at bigint",
                "seen_at bigint",
                "expires_at bigint",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("sessions", &["token_hash"]),
        Step::index("sessions", &["workspace_id", "user_id"]),
        Step::table(
            "api_tokens",
            &[
                "workspace_id uuid",
                "id uuid",
                "user_id uuid",
                "name text",
                "token_hash text",
                "scopes text",
                "created_at bigint",
                "revoked_at bigint?",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("api_tokens", &["token_hash"]),
    ]
}

fn records() -> Vec<Step> {
    vec![
        Step::table(
            "audit_events",
            &[
                "workspace_id uuid",
                "id uuid",
                "at bigint",
                "user_id uuid?",
                "event text",
                "subject text",
                "details json",
            ],
            &["workspace_id", "id"],
        ),
        Step::index("audit_events", &["workspace_id", "at"]),
        Step::table(
            "settings",
            &["workspace_id uuid", "name text", "value json"],
            &["workspace_id", "name"],
        ),
    ]
}

fn survey() -> Vec<Step> {
    vec![
        Step::table(
            "surveys",
            &[
                "workspace_id uuid",
                "id uuid",
                "slug text",
                "name text",
                "purpose text",
                "state text",
                "has_public_link boolean",
                "allows_repeats boolean",
                "touchpoint_id uuid?",
                "draft json",
                "revision integer",
                "created_at bigint",
                "updated_at bigint",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("surveys", &["slug"]),
        Step::table(
            "survey_versions",
            &[
                "workspace_id uuid",
                "id uuid",
                "survey_id uuid",
                "number integer",
                "definition json",
                "published_at bigint",
                "published_by uuid?",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("survey_versions", &["workspace_id", "survey_id", "number"]),
    ]
}

fn audience() -> Vec<Step> {
    vec![
        Step::table(
            "attributes",
            &[
                "workspace_id uuid",
                "id uuid",
                "key text",
                "label text",
                "kind text",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("attributes", &["workspace_id", "key"]),
        Step::table(
            "accounts",
            &[
                "workspace_id uuid",
                "id uuid",
                "external_id text",
                "name text",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("accounts", &["workspace_id", "external_id"]),
        Step::table(
            "contacts",
            &[
                "workspace_id uuid",
                "id uuid",
                "external_id text?",
                "email text?",
                "phone text?",
                "name text?",
                "sort_name text",
                "language text?",
                "account_id uuid?",
                "attributes json",
                "opted_out_at bigint?",
                "created_at bigint",
                "updated_at bigint",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("contacts", &["workspace_id", "external_id"]),
        Step::unique("contacts", &["workspace_id", "email"]),
        Step::index("contacts", &["workspace_id", "account_id"]),
        Step::index("contacts", &["workspace_id", "sort_name", "id"]),
        Step::table(
            "segments",
            &["workspace_id uuid", "id uuid", "name text", "filter json"],
            &["workspace_id", "id"],
        ),
        Step::unique("segments", &["workspace_id", "name"]),
        Step::table(
            "touchpoints",
            &[
                "workspace_id uuid",
                "id uuid",
                "key text",
                "name text",
                "position integer",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("touchpoints", &["workspace_id", "key"]),
    ]
}

fn outreach() -> Vec<Step> {
    vec![
        Step::table(
            "waves",
            &[
                "workspace_id uuid",
                "id uuid",
                "survey_id uuid",
                "segment_id uuid?",
                "name text",
                "subject json",
                "message json",
                "state text",
                "created_at bigint",
                "started_at bigint?",
                "finished_at bigint?",
            ],
            &["workspace_id", "id"],
        ),
        Step::index("waves", &["workspace_id", "created_at"]),
        Step::table(
            "invitations",
            &[
                "workspace_id uuid",
                "id uuid",
                "wave_id uuid",
                "survey_id uuid",
                "version_id uuid",
                "contact_id uuid",
                "account_id uuid?",
                "language text",
                "token_hash text",
                "state text",
                "attempts integer",
                "created_at bigint",
                "due_at bigint",
                "sent_at bigint?",
                "answered_at bigint?",
                "expires_at bigint",
                "last_error text?",
            ],
            &["workspace_id", "id"],
        ),
        Step::unique("invitations", &["token_hash"]),
        Step::unique("invitations", &["workspace_id", "wave_id", "contact_id"]),
        Step::index(
            "invitations",
            &["workspace_id", "wave_id", "state", "due_at"],
        ),
        Step::index("invitations", &["workspace_id", "contact_id", "created_at"]),
        Step::index("invitations", &["workspace_id", "survey_id", "state"]),
        Step::index("invitations", &["workspace_id", "sent_at"]),
    ]
}

fn response() -> Vec<Step> {
    vec![
        Step::table(
            "responses",
            &[
                "workspace_id uuid",
                "id uuid",
                "survey_id uuid",
                "version_id uuid",
                "contact_id uuid?",
                "account_id uuid?",
                "invitation_id uuid?",
                "channel text",
                "language text",
                "touchpoint text?",
                "completion text",
                "submitted_at bigint",
                "local_day integer",
                "seconds integer?",
                "segments json",
                "flags json",
            ],
            &["workspace_id", "id"],
        ),
        Step::index("responses", &["workspace_id", "survey_id", "local_day"]),
        Step::index(
            "responses",
            &["workspace_id", "survey_id", "submitted_at", "id"],
        ),
        Step::index("responses", &["workspace_id", "submitted_at"]),
        Step::index("responses", &["workspace_id", "contact_id"]),
        Step::table(
            "answers",
            &[
                "workspace_id uuid",
                "response_id uuid",
                "question_key text",
                "survey_id uuid",
                "position integer",
                "score integer?",
                "codes json?",
                "words text?",
                "person uuid",
                "local_day integer",
                "is_complete boolean",
            ],
            &["workspace_id", "response_id", "question_key"],
        ),
        Step::index(
            "answers",
            &[
                "workspace_id",
                "survey_id",
                "question_key",
                "is_complete",
                "score",
                "local_day",
                "person",
            ],
        ),
    ]
}

fn work() -> Vec<Step> {
    vec![
        Step::table(
            "imports",
            &[
                "workspace_id uuid",
                "id uuid",
                "user_id uuid?",
                "survey_id uuid?",
                "kind text",
                "state text",
                "file_name text",
                "mapping json",
                "done bigint",
                "total bigint",
                "added bigint",
                "updated bigint",
                "failed bigint",
                "created_at bigint",
                "finished_at bigint?",
                "last_error text?",
            ],
            &["workspace_id", "id"],
        ),
        Step::index("imports", &["workspace_id", "created_at"]),
        Step::table(
            "jobs",
            &[
                "workspace_id uuid",
                "id uuid",
                "kind text",
                "payload json",
                "run_at bigint",
                "attempts integer",
                "locked_until bigint?",
                "last_error text?",
                "created_at bigint",
            ],
            &["workspace_id", "id"],
        ),
        Step::index("jobs", &["run_at", "locked_until"]),
        Step::table(
            "idempotency_keys",
            &[
                "workspace_id uuid",
                "key text",
                "fingerprint text",
                "status integer",
                "body text",
                "created_at bigint",
            ],
            &["workspace_id", "key"],
        ),
        Step::index("idempotency_keys", &["created_at"]),
    ]
}
