//! Asking customers: waves and mail.

/// Why nothing is sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutreachError {}

/// Kind of the job that sends a wave.
pub(crate) const SEND_WAVE: &str = "send_wave";

impl crate::App {
    /// Sends what is due of a wave.
    pub(crate) async fn send_wave(&self, _job: &peil_store::jobs::Job) -> Result<crate::work::Done, crate::AppError> {
        Ok(crate::work::Done::Finished)
    }
}
