//! Migration 0009: answers of one submission stand together in a file, and nobody keeps the index that
//! figures were once counted by, nor the column that was only there for it. Together they were more than
//! half of what an answer cost on its way to disk.

use super::Step;

/// The steps of this migration, in order.
pub(super) fn steps() -> Vec<Step> {
    let mut steps = vec![
        Step::Fill(
            "DROP INDEX IF EXISTS \"ix_answers_survey_id_question_key_is_complete_score_local_day_person\"",
        ),
        // Of a public link nobody knows who answered; whoever asks for a contact names one.
        Step::Fill("DROP INDEX IF EXISTS ix_responses_contact_id"),
        Step::Fill(
            "CREATE INDEX ix_responses_contact_id ON responses (workspace_id, contact_id) \
             WHERE contact_id IS NOT NULL",
        ),
    ];
    steps.extend(IN_FILE.map(|file| Step::Apart { file, server: "" }));
    steps.push(Step::Apart {
        file: "",
        server: "ALTER TABLE answers DROP COLUMN IF EXISTS person",
    });
    steps
}

/// What a file does to change the way in which a table is stored.
const IN_FILE: [&str; 4] = [
    "CREATE TABLE answers_together (\
     workspace_id uuid_text NOT NULL, response_id uuid_text NOT NULL, \
     question_key text NOT NULL, survey_id uuid_text NOT NULL, position integer NOT NULL, \
     score integer, codes jsonb_text, words text, \
     local_day integer NOT NULL, is_counted boolean NOT NULL, \
     PRIMARY KEY (workspace_id, response_id, question_key)) WITHOUT ROWID",
    "INSERT INTO answers_together SELECT workspace_id, response_id, question_key, survey_id, \
     position, score, codes, words, local_day, is_counted FROM answers \
     ORDER BY workspace_id, response_id, question_key",
    "DROP TABLE answers",
    "ALTER TABLE answers_together RENAME TO answers",
];
