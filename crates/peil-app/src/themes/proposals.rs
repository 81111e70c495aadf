//! Proposals for themes: what customers talk about that no theme claims. A proposal is nothing until a
//! person makes a theme of it, in the draft that all changes to themes are made in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    response::Response,
    shared::ResponseId,
};
use peil_store::{
    Session,
    themes::{
        Proposal, ProposalState, SaidAt, ask_discovery, find_discovery, find_proposal,
        list_proposals, list_submissions, save_proposal,
    },
};
use peil_themes::{Granularity, Name};
use serde_json::json;

use super::{
    change::{TaxonomyChange, WordsOf},
    discovery::{granularity_code, granularity_of},
    names::ThemeNames,
    read::own_words,
    spoken::without_personal_data,
};
use crate::{
    App, AppError,
    app::{demand, given_reason},
};

/// Quotes of a proposal.
const QUOTES: usize = 3;

/// What customers talk about that no theme claims.
#[derive(Debug, Clone)]
pub struct ProposalsFound {
    /// Proposals on which nobody decided, those of most people first.
    pub open: Vec<ProposalFound>,
    /// Proposals that were decided, the latest first.
    pub decided: Vec<ProposalFound>,
    /// The last search.
    pub discovery: Option<DiscoveryFound>,
    /// Codes of the themes that a proposal can become a part of.
    pub themes: Vec<String>,
    /// What they are called.
    pub names: ThemeNames,
    /// Whether the reader may decide.
    pub may_change: bool,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalFound {
    /// Its lasting number.
    pub number: i64,
    /// `open`, `accepted` or `dismissed`.
    pub state: &'static str,
    /// The words that set it apart.
    pub name: String,
    /// Different people; everyone who is not known counts as one.
    pub people: u64,
    /// Times that it is said.
    pub said: usize,
    /// What is most typical of it, without personal data; empty for who may not read answers.
    pub quotes: Vec<String>,
    /// Why it is no theme.
    pub because: Option<String>,
    /// When it was first found.
    pub found_at: Timestamp,
}

/// The last search for proposals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscoveryFound {
    /// How finely.
    pub granularity: Granularity,
    /// When it was done; absent while it goes on.
    pub done_at: Option<Timestamp>,
    /// Stretches of words that it looked at.
    pub looked_at: u64,
}

/// What a proposal becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The theme that it becomes a part of; a theme of its own when absent.
    pub theme: Option<String>,
    /// Its names.
    pub names: Vec<Name>,
    /// Words that show it.
    pub words: Vec<WordsOf>,
}

impl App {
    /// Lists what customers talk about that no theme claims.
    pub async fn list_theme_proposals(&self, actor: &Actor) -> Result<ProposalsFound, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.store.read(actor.workspace);
        let book = self.book(&session).await?;
        let discovery = find_discovery(&session).await?;
        let all = list_proposals(&session).await?;
        let said = if actor.has(Right::ReadResponses) {
            said(&session, &all).await?
        } else {
            BTreeMap::new()
        };
        let view = |proposal: &Proposal| ProposalFound {
            number: proposal.number,
            state: proposal.state.code(),
            name: proposal.name.clone(),
            people: proposal.people,
            said: proposal.places.len(),
            quotes: quotes(&said, &proposal.places),
            because: proposal.because.clone(),
            found_at: proposal.found_at,
        };
        let (mut open, mut decided): (Vec<&Proposal>, Vec<&Proposal>) = all
            .iter()
            .partition(|proposal| proposal.state == ProposalState::Open);
        open.sort_by_key(|proposal| (u64::MAX - proposal.people, proposal.number));
        decided.sort_by_key(|proposal| std::cmp::Reverse(proposal.handled_at));
        let themes = book.taxonomy.themes.iter().map(|theme| theme.code.clone());
        Ok(ProposalsFound {
            open: open.into_iter().map(view).collect(),
            decided: decided.into_iter().map(view).collect(),
            discovery: discovery.map(|found| DiscoveryFound {
                granularity: granularity_of(&found.granularity).unwrap_or_default(),
                done_at: found.done_at,
                looked_at: found.looked_at,
            }),
            themes: themes
                .filter(|code| code != super::read::NO_CONTENT)
                .collect(),
            names: book.names.clone(),
            may_change: actor.has(Right::WriteSurveys),
        })
    }

    /// Lets the latest answers be searched for what no theme claims, in the background.
    pub async fn discover_themes(
        &self,
        actor: &Actor,
        granularity: Granularity,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let code = granularity_code(granularity);
        ask_discovery(&tx, code, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Makes a theme, or a part of one, of a proposal: in the draft of the themes.
    ///
    /// # Errors
    /// [`AppError::Themes`] when such a theme cannot be made.
    pub async fn accept_theme_proposal(
        &self,
        actor: &Actor,
        number: i64,
        wanted: Acceptance,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        self.open_proposal(actor, number).await?;
        let change = match wanted.theme {
            Some(theme) => TaxonomyChange::NewPart {
                theme,
                names: wanted.names,
                words: wanted.words,
            },
            None => TaxonomyChange::NewTheme {
                names: wanted.names,
                words: wanted.words,
            },
        };
        self.change_taxonomy(actor, change).await?;
        self.decide(actor, number, ProposalState::Accepted, None)
            .await
    }

    /// Says why a proposal is no theme; it is not proposed again.
    pub async fn dismiss_theme_proposal(
        &self,
        actor: &Actor,
        number: i64,
        because: &str,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        let because = given_reason(because)?;
        self.decide(actor, number, ProposalState::Dismissed, Some(because))
            .await
    }

    /// A proposal on which nobody decided.
    async fn open_proposal(&self, actor: &Actor, number: i64) -> Result<Proposal, AppError> {
        let session = self.store.read(actor.workspace);
        let found = find_proposal(&session, number).await?;
        found
            .filter(|proposal| proposal.state == ProposalState::Open)
            .ok_or(AppError::NotFound)
    }

    async fn decide(
        &self,
        actor: &Actor,
        number: i64,
        state: ProposalState,
        because: Option<&str>,
    ) -> Result<(), AppError> {
        let proposal = self.open_proposal(actor, number).await?;
        let tx = self.store.begin(actor.workspace).await?;
        let decided = Proposal {
            state,
            because: because.map(str::to_owned),
            handled_by: actor.user,
            handled_at: Some(self.clock.now()),
            ..proposal
        };
        save_proposal(&tx, &decided).await?;
        let event = match state {
            ProposalState::Dismissed => "proposal.dismissed",
            _ => "proposal.accepted",
        };
        let details = json!({ "name": decided.name, "because": because });
        self.record(&tx, actor, event, number, details).await?;
        tx.commit().await?;
        self.end_new_theme(actor.workspace, number).await
    }
}

/// The submissions that quotes come from.
async fn said(
    session: &impl Session,
    proposals: &[Proposal],
) -> Result<BTreeMap<ResponseId, Response>, AppError> {
    let mut ids: Vec<ResponseId> = proposals
        .iter()
        .flat_map(|proposal| proposal.places.iter().take(QUOTES))
        .map(|place| place.response)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = BTreeMap::new();
    for some in ids.chunks(200) {
        for response in list_submissions(session, some).await?.responses {
            found.insert(response.id, response);
        }
    }
    Ok(found)
}

/// The words of the first places, as far as they are still there.
fn quotes(said: &BTreeMap<ResponseId, Response>, places: &[SaidAt]) -> Vec<String> {
    let quote = |place: &SaidAt| {
        let response = said.get(&place.response)?;
        let (_, words) = own_words(response).find(|(key, _)| **key == place.question)?;
        let words = words.get(place.start..place.end)?;
        Some(without_personal_data(words).trim().to_owned())
    };
    places.iter().take(QUOTES).filter_map(quote).collect()
}
