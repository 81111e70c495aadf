//! The themes of an organisation: changing them in a draft that colleagues share, taking that into use as
//! a version of its own, and going back to an earlier one. Old answers are read again by what is in use.

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    shared::UserId,
};
use peil_store::{
    Session, StoreError, access,
    themes::{
        self, StoredTaxonomy, TaxonomyDraft, add_taxonomy, begin_again, find_due, find_taxonomy,
        list_taxonomies, remove_draft, save_draft,
    },
};
use peil_themes::{Edit, EditError, Edited, Edits, Sector};
use serde_json::json;

use serde::{Deserialize, Serialize};

use super::{
    books::{SEED_VERSION, edits_in_use, edits_of},
    change::TaxonomyChange,
    names::ThemeNames,
};
use crate::{App, AppError, app::demand};

/// Versions that are listed.
const MOST_VERSIONS: u64 = 100;
/// How often a change is tried anew when colleagues make theirs at the same moment.
const ATTEMPTS: usize = 5;

/// The themes of an organisation, with what is not in use yet.
#[derive(Debug, Clone)]
pub struct TaxonomyFound {
    /// The version that is in use; 1 is what Peil starts with.
    pub version: i32,
    /// The line of business whose themes come on top, in the draft.
    pub sector: Option<Sector>,
    /// The themes of the draft; those in use when there is none.
    pub edited: Edited,
    /// What they are called.
    pub names: ThemeNames,
    /// What those in use are called.
    pub names_in_use: ThemeNames,
    /// The changes that are not in use yet, in their order.
    pub pending: Vec<Edit>,
    /// Whether the line of business is another one than in use.
    pub is_sector_pending: bool,
    /// Name of who changed the draft last, and when; absent without a draft.
    pub draft: Option<(Option<String>, Timestamp)>,
    /// Old answers that are being read again: how many are done, of how many.
    pub reading: Option<(u64, u64)>,
    /// Whether the reader may change them.
    pub may_change: bool,
}

/// A version of the themes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxonomyVersion {
    /// Its number.
    pub version: i32,
    /// Changes in it, compared with what Peil starts with.
    pub changes: usize,
    /// The line of business whose themes are in it.
    pub sector: Option<Sector>,
    /// Name of who made it.
    pub made_by: Option<String>,
    /// When; absent for what Peil starts with.
    pub made_at: Option<Timestamp>,
    /// Whether it is in use.
    pub is_in_use: bool,
}

/// What is in use, and what is not yet.
pub(crate) struct Drafted {
    pub(crate) version: i32,
    pub(crate) in_use: Edits,
    pub(crate) draft: Option<TaxonomyDraft>,
    pub(crate) edits: Edits,
    steps: Vec<Step>,
}

/// How things were before someone changed something, which may be several changes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    changes: usize,
    sector: Option<Sector>,
}

/// A draft as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    edits: Edits,
    steps: Vec<Step>,
}

impl Drafted {
    pub(crate) async fn read(session: &impl Session) -> Result<Self, AppError> {
        let (in_use, version) = edits_in_use(session).await?;
        let draft = themes::find_draft(session).await?;
        let (edits, steps) = match &draft {
            Some(draft) => {
                let stored: Stored = serde_json::from_value(draft.themes.clone())
                    .map_err(|error| AppError::Folder(format!("draft of themes: {error}")))?;
                (stored.edits, stored.steps)
            }
            None => (in_use.clone(), Vec::new()),
        };
        Ok(Self {
            version,
            in_use,
            draft,
            edits,
            steps,
        })
    }

    fn pending(&self) -> &[Edit] {
        self.edits
            .list
            .get(self.in_use.list.len()..)
            .unwrap_or_default()
    }

    fn revision(&self) -> i64 {
        self.draft.as_ref().map_or(0, |draft| draft.revision)
    }
}

impl App {
    /// Reads the themes of the organisation, with what is not in use yet.
    pub async fn get_taxonomy(&self, actor: &Actor) -> Result<TaxonomyFound, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.store.read(actor.workspace);
        let drafted = Drafted::read(&session).await?;
        let due = find_due(&session).await?;
        let edited = drafted.edits.apply();
        let draft = match &drafted.draft {
            Some(draft) => Some((name_of(&session, draft.made_by).await?, draft.made_at)),
            None => None,
        };
        Ok(TaxonomyFound {
            version: drafted.version,
            sector: drafted.edits.sector,
            names: ThemeNames::of(&edited),
            names_in_use: ThemeNames::of(&drafted.in_use.apply()),
            edited,
            pending: drafted.pending().to_vec(),
            is_sector_pending: drafted.edits.sector != drafted.in_use.sector,
            draft,
            reading: due.map(|due| (due.done, due.total)),
            may_change: actor.has(Right::WriteSurveys),
        })
    }

    /// Changes the draft of the themes; answers are read as before until it is taken into use.
    ///
    /// # Errors
    /// [`AppError::Themes`] when the change cannot be made.
    pub async fn change_taxonomy(
        &self,
        actor: &Actor,
        change: TaxonomyChange,
    ) -> Result<(), AppError> {
        self.redraft(actor, |drafted| {
            let mut edits = drafted.edits.clone();
            if let TaxonomyChange::Sector(sector) = change {
                if edits.sector == sector {
                    return Err(EditError::Nothing);
                }
                edits.sector = sector;
            }
            for edit in change.clone().edits(&drafted.edits.apply())? {
                edits.add(edit)?;
            }
            let mut steps = drafted.steps.clone();
            steps.push(Step {
                changes: drafted.edits.list.len(),
                sector: drafted.edits.sector,
            });
            Ok((edits, steps))
        })
        .await
    }

    /// Takes what was last done to the draft back.
    ///
    /// # Errors
    /// [`AppError::Themes`] when no change is left that is not in use.
    pub async fn undo_taxonomy_change(&self, actor: &Actor) -> Result<(), AppError> {
        self.redraft(actor, |drafted| {
            let mut steps = drafted.steps.clone();
            let step = steps.pop().ok_or(EditError::Nothing)?;
            let mut edits = drafted.edits.clone();
            edits.list.truncate(step.changes);
            edits.sector = step.sector;
            Ok((edits, steps))
        })
        .await
    }

    /// Forgets the draft.
    pub async fn discard_taxonomy(&self, actor: &Actor) -> Result<(), AppError> {
        self.redraft(actor, |drafted| Ok((drafted.in_use.clone(), Vec::new())))
            .await
    }

    /// Writes a draft, which is none when it is what is in use.
    async fn redraft(
        &self,
        actor: &Actor,
        change: impl Fn(&Drafted) -> Result<(Edits, Vec<Step>), EditError>,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        for _ in 0..ATTEMPTS {
            let tx = self.store.begin(actor.workspace).await?;
            let drafted = Drafted::read(&tx).await?;
            let (edits, steps) = change(&drafted)?;
            let is_done = if edits == drafted.in_use {
                drafted.draft.is_none() || remove_draft(&tx, drafted.revision()).await?
            } else {
                let draft = TaxonomyDraft {
                    revision: drafted.revision() + 1,
                    themes: stored(&Stored { edits, steps })?,
                    made_by: actor.user,
                    made_at: self.clock.now(),
                };
                save_draft(&tx, &draft).await?
            };
            if is_done {
                return Ok(tx.commit().await?);
            }
        }
        Err(StoreError::Busy.into())
    }

    /// Takes the draft into use as a new version, by which all answers are read again. Gives its number.
    ///
    /// # Errors
    /// [`AppError::Themes`] when there is no draft.
    pub async fn save_taxonomy(&self, actor: &Actor) -> Result<i32, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let drafted = Drafted::read(&tx).await?;
        if drafted.draft.is_none() {
            return Err(EditError::Nothing.into());
        }
        if !remove_draft(&tx, drafted.revision()).await? {
            return Err(StoreError::Busy.into());
        }
        let details = json!({ "changes": drafted.pending(), "sector": drafted.edits.sector });
        let version = self
            .put_to_use(&tx, actor, &drafted, &drafted.edits)
            .await?;
        self.record(&tx, actor, "taxonomy.changed", version, details)
            .await?;
        tx.commit().await?;
        Ok(version)
    }

    /// Takes an earlier version into use again, as a new one; 1 is what Peil starts with. A draft is
    /// forgotten. Gives the number of the new version.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such version, [`AppError::Themes`] when it is in use.
    pub async fn restore_taxonomy(&self, actor: &Actor, version: i32) -> Result<i32, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let drafted = Drafted::read(&tx).await?;
        let edits = match find_taxonomy(&tx, version).await? {
            Some(found) => edits_of(found.themes)?,
            None if version == SEED_VERSION => Edits::default(),
            None => return Err(AppError::NotFound),
        };
        if version == drafted.version {
            return Err(EditError::Nothing.into());
        }
        if drafted.draft.is_some() && !remove_draft(&tx, drafted.revision()).await? {
            return Err(StoreError::Busy.into());
        }
        let new = self.put_to_use(&tx, actor, &drafted, &edits).await?;
        self.record(
            &tx,
            actor,
            "taxonomy.restored",
            new,
            json!({ "of": version }),
        )
        .await?;
        tx.commit().await?;
        Ok(new)
    }

    async fn put_to_use(
        &self,
        tx: &peil_store::Tx,
        actor: &Actor,
        drafted: &Drafted,
        edits: &Edits,
    ) -> Result<i32, AppError> {
        let now = self.clock.now();
        let version = drafted.version.max(SEED_VERSION).saturating_add(1);
        let new = StoredTaxonomy {
            version,
            themes: stored(edits)?,
            made_by: actor.user,
            made_at: now,
        };
        match add_taxonomy(tx, &new).await {
            Err(StoreError::Taken(_)) => return Err(StoreError::Busy.into()),
            done => done?,
        }
        begin_again(tx, now).await?;
        Ok(version)
    }

    /// Lists the versions of the themes, the newest first; the last one is what Peil starts with.
    pub async fn list_taxonomy_versions(
        &self,
        actor: &Actor,
    ) -> Result<Vec<TaxonomyVersion>, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.store.read(actor.workspace);
        let mut versions = Vec::new();
        for stored in list_taxonomies(&session, MOST_VERSIONS).await? {
            let edits = edits_of(stored.themes)?;
            versions.push(TaxonomyVersion {
                version: stored.version,
                changes: edits.list.len(),
                sector: edits.sector,
                made_by: name_of(&session, stored.made_by).await?,
                made_at: Some(stored.made_at),
                is_in_use: versions.is_empty(),
            });
        }
        versions.push(TaxonomyVersion {
            version: SEED_VERSION,
            changes: 0,
            sector: None,
            made_by: None,
            made_at: None,
            is_in_use: versions.is_empty(),
        });
        Ok(versions)
    }
}

fn stored(edits: &impl Serialize) -> Result<serde_json::Value, AppError> {
    serde_json::to_value(edits).map_err(|error| AppError::Folder(error.to_string()))
}

async fn name_of(session: &impl Session, user: Option<UserId>) -> Result<Option<String>, AppError> {
    let Some(user) = user else { return Ok(None) };
    let found = access::find_user(session, user).await?;
    Ok(found.map(|user| user.name))
}
