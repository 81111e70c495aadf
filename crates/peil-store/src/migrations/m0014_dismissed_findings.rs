//! Migration 0014: findings of the reviewer that people put aside, with the versions for which they do.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::table(
            "dismissed_findings",
            &[
                "workspace_id uuid",
                "id uuid",
                "survey_id uuid",
                "rule text",
                "place text",
                "language text",
                "text text",
                "words text",
                "reason text",
                "version integer",
                "last integer?",
                "dismissed_by uuid?",
                "dismissed_at bigint",
            ],
            &["workspace_id", "id"],
        ),
        Step::index("dismissed_findings", &["workspace_id", "survey_id"]),
    ]
}
