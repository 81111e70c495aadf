//! Migration 0004: waves keep what was fixed at their start, and jobs know who took them last.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::column("waves", "version_id uuid?"),
        Step::column("waves", "recipients json?"),
        Step::column("jobs", "lease bigint=0"),
        // Which version was asked stood with the invitations only.
        Step::Fill(
            "UPDATE waves SET version_id = (SELECT i.version_id FROM invitations i \
             WHERE i.workspace_id = waves.workspace_id AND i.wave_id = waves.id LIMIT 1) \
             WHERE state <> 'draft'",
        ),
        // Left behind by a start that a crash ended half-way: nobody got these, and the wave makes
        // new ones when it is started.
        Step::Fill(
            "DELETE FROM invitations WHERE EXISTS (SELECT 1 FROM waves w \
             WHERE w.workspace_id = invitations.workspace_id AND w.id = invitations.wave_id \
             AND w.state = 'draft')",
        ),
    ]
}
