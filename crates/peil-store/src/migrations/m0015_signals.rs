//! Migration 0015: signals, and what is told to programs that listen.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::table(
            "signals",
            &[
                "workspace_id uuid",
                "id uuid",
                "kind text",
                "subject text",
                "state text",
                "dismissed_because text?",
                "handled_by uuid?",
                "found_at bigint",
                "changed_at bigint",
                "ended_at bigint?",
                "evidence json",
            ],
            &["workspace_id", "id"],
        ),
        Step::index("signals", &["workspace_id", "ended_at"]),
        Step::table(
            "events",
            &["workspace_id uuid", "id uuid", "at bigint", "body json"],
            &["workspace_id", "id"],
        ),
    ]
}
