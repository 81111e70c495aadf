//! Migration 0013: what people said that answers mention, where reading them was wrong.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![Step::table(
        "theme_labels",
        &[
            "workspace_id uuid",
            "response_id uuid",
            "question_key text",
            "given_at bigint",
            "mentions text",
            "given_by uuid?",
        ],
        &["workspace_id", "response_id", "question_key", "given_at"],
    )]
}
