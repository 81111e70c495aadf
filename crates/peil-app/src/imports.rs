//! Files that become contacts or answers.

/// Why a file is not imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {}

/// Kind of the job that runs an import.
pub(crate) const RUN_IMPORT: &str = "run_import";

impl crate::App {
    /// Runs an import.
    pub(crate) async fn run_import_job(
        &self,
        _job: &peil_store::jobs::Job,
    ) -> Result<crate::work::Done, crate::AppError> {
        Ok(crate::work::Done::Finished)
    }
}
