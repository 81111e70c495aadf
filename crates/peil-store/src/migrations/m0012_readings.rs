//! Migration 0012: what was read in answers, how far reading is, and the themes that an organisation
//! sorts them into.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::table(
            "readings",
            &[
                "workspace_id uuid",
                "response_id uuid",
                "question_key text",
                "survey_id uuid",
                "local_day integer",
                "rules integer",
                "taxonomy integer",
                "language text",
                "polarity text",
                "labels text",
                "mentions text",
                "clauses json",
                "personal json",
                "is_corrected boolean",
            ],
            &["workspace_id", "response_id", "question_key"],
        ),
        // One row for each kind of reader of the outbox, whatever the organisation.
        Step::table(
            "readers",
            &[
                "name text",
                "place text?",
                "rules integer",
                "holder uuid?",
                "held_until bigint",
            ],
            &["name"],
        ),
        Step::table(
            "readings_due",
            &[
                "workspace_id uuid",
                "since bigint",
                "after uuid?",
                "done bigint",
                "total bigint",
            ],
            &["workspace_id"],
        ),
        Step::table(
            "taxonomies",
            &[
                "workspace_id uuid",
                "version integer",
                "themes json",
                "made_by uuid?",
                "made_at bigint",
            ],
            &["workspace_id", "version"],
        ),
    ]
}
