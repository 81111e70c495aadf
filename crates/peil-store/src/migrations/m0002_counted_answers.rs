//! Migration 0002: answers know whether figures count them, which what is marked as automatic is not.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::rename("answers", "is_complete", "is_counted"),
        // Which answers belong to a submission with the mark of a robot?
        Step::Fill(
            "UPDATE answers SET is_counted = FALSE WHERE EXISTS (SELECT 1 FROM responses \
             WHERE responses.workspace_id = answers.workspace_id \
             AND responses.id = answers.response_id \
             AND CAST(responses.flags AS text) LIKE '%\"robot\"%')",
        ),
    ]
}
