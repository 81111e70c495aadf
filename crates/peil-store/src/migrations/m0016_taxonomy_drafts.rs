//! Migration 0016: changes to the themes of an organisation that are not in use yet.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![Step::table(
        "taxonomy_drafts",
        &[
            "workspace_id uuid",
            "revision bigint",
            "themes json",
            "made_by uuid?",
            "made_at bigint",
        ],
        &["workspace_id"],
    )]
}
