//! Where customers meet the organisation.

use peil_domain::{
    access::{Actor, Right},
    journey::Touchpoint,
};
use peil_store::journey;

use crate::{App, AppError, app::demand};

impl App {
    /// Lists all contact moments in the order of the journey.
    pub async fn list_touchpoints(&self, actor: &Actor) -> Result<Vec<Touchpoint>, AppError> {
        demand(actor, Right::ReadSurveys)?;
        Ok(journey::list_touchpoints(&self.store.read(actor.workspace)).await?)
    }
}
