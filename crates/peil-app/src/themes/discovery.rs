//! Groups what customers say that no theme claims, for whoever asks: in the background, of the latest
//! answers, and only groups of enough people.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    access::Actor,
    response::Response,
    shared::{LocalDay, QuestionKey, ResponseId, WorkspaceId},
    themes::{Evidence, Sighting, SignalKind},
};
use peil_measure::MINIMUM_PEOPLE;
use peil_store::{
    Session,
    themes::{
        Discovery, LatestAsked, Proposal, ProposalState, Reading, SaidAt, finish_discovery,
        list_for, list_latest, list_proposals, next_discovery, remove_proposal, save_proposal,
    },
};
use peil_themes::{Answer, Cluster, Granularity, KnownCluster, discover, keep_ids};

use super::{
    books::{Pace, on_a_thread},
    growth::{Said, Spread, growth},
    read::{NO_CONTENT, own_words},
    spoken::without_personal_data,
};
use crate::{App, AppError, app::day_of};

/// Stretches of words that are grouped, the latest.
const MOST_CLAUSES: usize = 5_000;
/// Submissions that are looked at for them, at a time and in all.
const AT_A_TIME: u64 = 400;
const MOST_LOOKED_AT: usize = 40_000;
/// Shorter stretches, in words, are about nothing that can be told.
const FEWEST_WORDS: usize = 3;
/// Groups that are proposed, the largest.
const MOST_PROPOSALS: usize = 30;
/// Places that are kept of a group: enough to know it again.
const MOST_PLACES: usize = 400;

/// Something that is said and that no theme claims.
struct Unclaimed {
    place: SaidAt,
    /// When it was said.
    day: LocalDay,
    words: String,
    language: &'static str,
    /// Who said it; everyone who is not known is somebody else.
    by: String,
}

/// The stable word of how finely groups are told apart.
pub(crate) const fn granularity_code(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Coarse => "coarse",
        Granularity::Normal => "normal",
        Granularity::Fine => "fine",
    }
}

/// How finely, by its stable word.
pub(crate) fn granularity_of(code: &str) -> Option<Granularity> {
    let all = [Granularity::Coarse, Granularity::Normal, Granularity::Fine];
    all.into_iter().find(|one| granularity_code(*one) == code)
}

impl App {
    /// Does the search that waits longest; `false` when none waits.
    pub(crate) async fn discover_next(&self, pace: Pace) -> Result<bool, AppError> {
        let Some((workspace, asked)) = next_discovery(&self.store).await? else {
            return Ok(false);
        };
        self.discover(workspace, &asked, pace).await?;
        Ok(true)
    }

    async fn discover(
        &self,
        workspace: WorkspaceId,
        asked: &Discovery,
        pace: Pace,
    ) -> Result<(), AppError> {
        let session = self.store.read(workspace);
        let unclaimed = unclaimed(&session).await?;
        let looked_at = unclaimed.len();
        let granularity = granularity_of(&asked.granularity).unwrap_or_default();
        let house = self.workspace_of(&Actor::program(workspace)).await?;
        let today = day_of(&house, self.clock.now());
        let groups = on_a_thread(pace, move || groups(&unclaimed, granularity, today)).await??;
        let tx = self.store.begin(workspace).await?;
        let now = self.clock.now();
        let known = list_proposals(&tx).await?;
        let numbers = numbers(&known, &groups);
        let found: BTreeSet<i64> = numbers.iter().copied().collect();
        let mut grew = Vec::new();
        for (group, number) in groups.into_iter().zip(numbers) {
            let before = known.iter().find(|known| known.number == number);
            if before.is_some_and(|known| known.state != ProposalState::Open) {
                continue;
            }
            grew.extend(group.growth.map(|evidence| Sighting {
                kind: SignalKind::NewTheme,
                subject: number.to_string(),
                evidence,
            }));
            let proposal = Proposal {
                number,
                state: ProposalState::Open,
                name: group.name,
                people: group.people,
                places: group.places,
                because: None,
                handled_by: None,
                found_at: before.map_or(now, |known| known.found_at),
                handled_at: None,
            };
            save_proposal(&tx, &proposal).await?;
        }
        for gone in known.iter().filter(|known| !found.contains(&known.number)) {
            remove_proposal(&tx, gone.number).await?;
        }
        let looked_at = u64::try_from(looked_at).unwrap_or(u64::MAX);
        finish_discovery(&tx, asked, looked_at, now).await?;
        tx.commit().await?;
        let kinds = [SignalKind::NewTheme];
        self.raise_signals(workspace, &kinds, grew).await?;
        Ok(())
    }
}

/// A group of enough people.
struct Group {
    name: String,
    people: u64,
    places: Vec<SaidAt>,
    /// What shows that it grew fast.
    growth: Option<Evidence>,
}

/// What the latest answers say that no theme claims.
async fn unclaimed(session: &impl Session) -> Result<Vec<Unclaimed>, AppError> {
    let mut found = Vec::new();
    let (mut before, mut looked) = (None, 0);
    while found.len() < MOST_CLAUSES && looked < MOST_LOOKED_AT {
        let asked = LatestAsked {
            before,
            until: None,
            limit: AT_A_TIME,
        };
        let some = list_latest(session, asked).await?;
        let Some(last) = some.last() else { break };
        before = Some(last.id);
        looked += some.len();
        let ids: Vec<ResponseId> = some.iter().map(|response| response.id).collect();
        let readings = list_for(session, &ids).await?;
        let readings: BTreeMap<(ResponseId, QuestionKey), Reading> = readings
            .into_iter()
            .map(|one| ((one.response, one.question.clone()), one))
            .collect();
        for response in some.iter().filter(|response| !response.is_automatic()) {
            for (question, words) in own_words(response) {
                if let Some(reading) = readings.get(&(response.id, question.clone())) {
                    found.extend(unclaimed_in(response, reading, words));
                }
            }
        }
    }
    found.truncate(MOST_CLAUSES);
    Ok(found)
}

fn unclaimed_in<'a>(
    response: &'a Response,
    reading: &'a Reading,
    words: &'a str,
) -> impl Iterator<Item = Unclaimed> + 'a {
    // What a person said that an answer mentions is the whole of it.
    let is_closed = reading.is_corrected || reading.labels.contains(NO_CONTENT);
    let clauses = reading.clauses.iter().filter(move |_| !is_closed);
    clauses
        .filter(|clause| clause.themes.is_empty())
        .filter_map(move |clause| {
            let said = words.get(clause.start..clause.end)?;
            (said.split_whitespace().count() >= FEWEST_WORDS).then(|| Unclaimed {
                place: SaidAt {
                    response: response.id,
                    question: reading.question.clone(),
                    start: clause.start,
                    end: clause.end,
                },
                day: response.local_day,
                words: without_personal_data(said),
                language: response.language.code(),
                by: response
                    .contact
                    .map_or_else(|| response.id.to_string(), |contact| contact.to_string()),
            })
        })
}

/// The largest groups that enough people belong to.
fn groups(
    unclaimed: &[Unclaimed],
    granularity: Granularity,
    today: LocalDay,
) -> Result<Vec<Group>, AppError> {
    let answers: Vec<Answer> = unclaimed
        .iter()
        .map(|one| Answer {
            text: one.words.clone(),
            lang: Some(one.language.to_owned()),
            ..Answer::default()
        })
        .collect();
    let clusters = discover(&answers, granularity, None, None).into_iter();
    let of_group = |cluster: Cluster| {
        let members = cluster.members.clone();
        group(unclaimed, cluster).map(|group| (group, members))
    };
    let found: Vec<(Group, Vec<usize>)> =
        clusters.filter_map(of_group).take(MOST_PROPOSALS).collect();
    let all = Spread::of(unclaimed.iter().map(|one| one.day), today);
    let number = found.len();
    let grown = |(group, members): (Group, Vec<usize>)| {
        let members = members.iter().filter_map(|index| unclaimed.get(*index));
        let said: Vec<Said<'_>> = members.map(Unclaimed::said).collect();
        let growth = growth(&said, all, number, today)?.map(|evidence| Evidence {
            name: group.name.clone(),
            ..evidence
        });
        Ok(Group { growth, ..group })
    };
    found.into_iter().map(grown).collect()
}

impl Unclaimed {
    fn said(&self) -> Said<'_> {
        Said {
            day: self.day,
            response: self.place.response,
            by: &self.by,
        }
    }
}

fn group(unclaimed: &[Unclaimed], cluster: Cluster) -> Option<Group> {
    let members = cluster
        .members
        .iter()
        .filter_map(|index| unclaimed.get(*index));
    let people: BTreeSet<&str> = members.clone().map(|one| one.by.as_str()).collect();
    let people = u64::try_from(people.len()).unwrap_or(u64::MAX);
    if people < MINIMUM_PEOPLE || cluster.name.trim().is_empty() {
        return None;
    }
    // The most central ones first: they are shown.
    let central = cluster
        .quotes
        .iter()
        .filter_map(|index| unclaimed.get(*index));
    let mut places: Vec<SaidAt> = Vec::new();
    let mut seen = BTreeSet::new();
    for one in central.chain(members) {
        if places.len() < MOST_PLACES && seen.insert(&one.place) {
            places.push(one.place.clone());
        }
    }
    Some(Group {
        name: cluster.name,
        people,
        places,
        growth: None,
    })
}

/// The numbers of groups: those of the proposals that they resemble, new ones for the others.
fn numbers(known: &[Proposal], groups: &[Group]) -> Vec<i64> {
    let texts = |places: &[SaidAt]| -> BTreeSet<String> {
        let places = places.iter();
        places
            .map(|place| format!("{} {} {}", place.response, place.question, place.start))
            .collect()
    };
    let known: Vec<KnownCluster> = known
        .iter()
        .map(|proposal| KnownCluster {
            id: proposal.number.unsigned_abs(),
            texts: texts(&proposal.places),
        })
        .collect();
    let found: Vec<BTreeSet<String>> = groups.iter().map(|group| texts(&group.places)).collect();
    let ids = keep_ids(&known, &found).into_iter();
    ids.map(|id| i64::try_from(id).unwrap_or(i64::MAX))
        .collect()
}
