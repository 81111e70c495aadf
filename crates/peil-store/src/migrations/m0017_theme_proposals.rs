//! Migration 0017: groups of answers that no theme claims, as proposals for themes, and when they were
//! last looked for.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::table(
            "theme_proposals",
            &[
                "workspace_id uuid",
                "number bigint",
                "state text",
                "name text",
                "people bigint",
                "places json",
                "because text?",
                "handled_by uuid?",
                "found_at bigint",
                "handled_at bigint?",
            ],
            &["workspace_id", "number"],
        ),
        Step::table(
            "theme_discoveries",
            &[
                "workspace_id uuid",
                "granularity text",
                "asked_at bigint",
                "done_at bigint?",
                "looked_at bigint",
            ],
            &["workspace_id"],
        ),
    ]
}
