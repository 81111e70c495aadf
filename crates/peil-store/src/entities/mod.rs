//! One file per table: its columns and types. Rules and sentences live elsewhere.

pub(crate) mod accounts;
pub(crate) mod answers;
pub(crate) mod api_tokens;
pub(crate) mod attributes;
pub(crate) mod audit_events;
pub(crate) mod contacts;
pub(crate) mod idempotency_keys;
pub(crate) mod imports;
pub(crate) mod invitations;
pub(crate) mod jobs;
pub(crate) mod quota_counts;
pub(crate) mod readers;
pub(crate) mod readings;
pub(crate) mod readings_due;
pub(crate) mod responses;
pub(crate) mod segments;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod survey_versions;
pub(crate) mod surveys;
pub(crate) mod taxonomies;
pub(crate) mod theme_labels;
pub(crate) mod touchpoints;
pub(crate) mod users;
pub(crate) mod waves;
pub(crate) mod workspaces;
