//! Segments: saved filters, counted live.

use peil_domain::{
    access::{Actor, Right},
    audience::{Contact, Filter, Segment},
    outreach::WaveState,
    shared::SegmentId,
};
use peil_store::{
    StoreError,
    audience::{attributes, contacts, segments},
    outreach::waves,
};

use super::AudienceError;
use crate::{
    App, AppError,
    access::check_name,
    app::{demand, new_id},
};

/// A segment with its size of this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizedSegment {
    /// The segment.
    pub segment: Segment,
    /// Contacts in it; nothing when its filter no longer fits the attributes that exist.
    pub size: Option<u64>,
}

/// How many a filter holds for, and a few of them.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentSample {
    /// Contacts for whom it holds.
    pub size: u64,
    /// Those of them who may be invited by mail.
    pub reachable: u64,
    /// All contacts, for comparison.
    pub all: u64,
    /// The first few.
    pub sample: Vec<Contact>,
}

/// Contacts in a sample.
const SAMPLE: u64 = 5;

impl App {
    /// Lists the segments by name with their sizes.
    pub async fn list_segments(&self, actor: &Actor) -> Result<Vec<SizedSegment>, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let known = attributes::list(&session).await?;
        let mut found = Vec::new();
        for segment in segments::list(&session).await? {
            let size = match segment.filter.check(&known) {
                Ok(()) => Some(contacts::count(&session, &segment.filter, &known, None).await?),
                Err(_) => None,
            };
            found.push(SizedSegment { segment, size });
        }
        Ok(found)
    }

    /// Reads a segment with its size.
    pub async fn get_segment(
        &self,
        actor: &Actor,
        id: SegmentId,
    ) -> Result<SizedSegment, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let segment = segments::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let known = attributes::list(&session).await?;
        let size = match segment.filter.check(&known) {
            Ok(()) => Some(contacts::count(&session, &segment.filter, &known, None).await?),
            Err(_) => None,
        };
        Ok(SizedSegment { segment, size })
    }

    /// Counts the contacts for whom a filter holds, and shows a few of them.
    pub async fn count_segment(
        &self,
        actor: &Actor,
        filter: &Filter,
    ) -> Result<SegmentSample, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let known = attributes::list(&session).await?;
        filter.check(&known).map_err(AudienceError::Filter)?;
        let everyone = Filter::default();
        let query = contacts::ContactQuery {
            filter,
            attributes: &known,
            search: None,
            after: None,
            limit: SAMPLE,
        };
        let reachable = filter.clone().and(Filter::reachable());
        Ok(SegmentSample {
            size: contacts::count(&session, filter, &known, None).await?,
            reachable: contacts::count(&session, &reachable, &known, None).await?,
            all: contacts::count(&session, &everyone, &known, None).await?,
            sample: contacts::list(&session, &query).await?.items,
        })
    }

    /// Saves a filter under a name.
    pub async fn create_segment(
        &self,
        actor: &Actor,
        name: &str,
        filter: Filter,
    ) -> Result<Segment, AppError> {
        demand(actor, Right::WriteAudience)?;
        check_segment_name(name)?;
        let segment = Segment {
            id: new_id!(self, SegmentId),
            workspace: actor.workspace,
            name: name.trim().to_owned(),
            filter,
        };
        let tx = self.store.begin(actor.workspace).await?;
        let known = attributes::list(&tx).await?;
        segment
            .filter
            .check(&known)
            .map_err(AudienceError::Filter)?;
        segments::add(&tx, &segment).await.map_err(name_taken)?;
        let details = serde_json::json!({ "name": segment.name });
        self.record(&tx, actor, "segment.created", segment.id, details)
            .await?;
        tx.commit().await?;
        Ok(segment)
    }

    /// Changes name and filter of a segment.
    pub async fn update_segment(
        &self,
        actor: &Actor,
        id: SegmentId,
        name: &str,
        filter: Filter,
    ) -> Result<Segment, AppError> {
        demand(actor, Right::WriteAudience)?;
        check_segment_name(name)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = segments::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        let known = attributes::list(&tx).await?;
        filter.check(&known).map_err(AudienceError::Filter)?;
        let after = Segment {
            name: name.trim().to_owned(),
            filter,
            ..before
        };
        segments::save(&tx, &after).await.map_err(name_taken)?;
        let details = serde_json::json!({ "name": after.name });
        self.record(&tx, actor, "segment.changed", id, details)
            .await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Removes a segment; the contacts in it stay.
    pub async fn remove_segment(&self, actor: &Actor, id: SegmentId) -> Result<(), AppError> {
        demand(actor, Right::WriteAudience)?;
        let tx = self.store.begin(actor.workspace).await?;
        let segment = segments::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        let is_open = |state: WaveState| state == WaveState::Draft || state.is_under_way();
        let waves = waves::list(&tx).await?;
        if waves
            .iter()
            .any(|wave| wave.segment == Some(id) && is_open(wave.state))
        {
            return Err(AudienceError::SegmentInUse.into());
        }
        segments::remove(&tx, id).await?;
        let details = serde_json::json!({ "name": segment.name });
        self.record(&tx, actor, "segment.removed", id, details)
            .await?;
        Ok(tx.commit().await?)
    }
}

fn check_segment_name(name: &str) -> Result<(), AppError> {
    check_name("name", name)?;
    if name.contains(char::is_control) {
        return Err(AppError::Invalid {
            field: "name",
            code: "control_character",
        });
    }
    Ok(())
}

fn name_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Taken(_) => AudienceError::SegmentTaken.into(),
        other => other.into(),
    }
}
