//! Migration 0011: how often every quota was taken, and in which order a respondent saw what has an
//! order of its own for everyone.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::table(
            "quota_counts",
            &[
                "workspace_id uuid",
                "survey_id uuid",
                "quota text",
                "counted bigint",
            ],
            &["workspace_id", "survey_id", "quota"],
        ),
        Step::column("responses", "orders json?"),
    ]
}
