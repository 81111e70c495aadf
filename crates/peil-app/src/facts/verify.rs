//! Whether facts and records say the same: the records are counted in another way, and compared.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use peil_domain::shared::{LocalDay, Period, QuestionKey, SurveyId, WorkspaceId};
use peil_facts::{CountQuery, Facts, Given, Scope, Step, Subject};
use peil_store::{
    Snapshot,
    results::{DayCount, MentionCount},
};

use super::{FactsState, keeper::Followed};
use crate::{App, AppError};

/// What was compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactsVerified {
    /// Complete submissions by people.
    pub submissions: u64,
    /// Answers in them.
    pub answers: u64,
    /// Where the two differ.
    pub differences: Vec<FactsDifference>,
}

/// A month of a questionnaire in which facts and records differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsDifference {
    /// Organisation.
    pub workspace: WorkspaceId,
    /// The questionnaire.
    pub survey: SurveyId,
    /// The question; absent when submissions differ.
    pub question: Option<QuestionKey>,
    /// A theme that is mentioned and the tone; absent when answers or submissions differ.
    pub mention: Option<(String, i8)>,
    /// First day of the month.
    pub month: LocalDay,
    /// Number by the records.
    pub records: u64,
    /// Number by the facts.
    pub facts: u64,
}

impl fmt::Display for FactsDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let question = self.question.as_ref().map_or("-", QuestionKey::as_str);
        let (survey, month) = (self.survey, self.month.date());
        let (records, facts) = (self.records, self.facts);
        write!(f, "{survey} {question}")?;
        if let Some((theme, tone)) = &self.mention {
            write!(f, " {theme}:{tone}")?;
        }
        write!(
            f,
            " {month}: {records} in the records, {facts} in the facts"
        )
    }
}

/// A month of a questionnaire and, of answers, their question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    workspace: WorkspaceId,
    survey: SurveyId,
    question: Option<QuestionKey>,
    /// What is mentioned in the answers, when that is counted.
    mention: Option<(String, i8)>,
    month: LocalDay,
}

/// How many there are by score, those without a score included.
type Counts = BTreeMap<Place, BTreeMap<Option<i32>, u64>>;

/// How often a moment is sought at which it is certain what the engine knows, and the rest between.
const MOST_TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

/// Submissions that the records are asked for in one question: enough to be quick, and few enough for
/// their answers to be put in order in some megabytes.
const COUNTED_AT_ONCE: u64 = 20_000;

impl App {
    /// Compares what facts and records count in every month at one moment, by question and score;
    /// nothing when there are no facts that could be asked.
    ///
    /// # Errors
    /// [`AppError::NoMoment`] when other transactions go on for so long that no moment is certain.
    pub async fn verify_facts(&self) -> Result<Option<FactsVerified>, AppError> {
        for _ in 0..MOST_TRIES {
            let Some(engine) = self.keeper.ready_engine() else {
                return Ok(None);
            };
            // Nobody else tells the engine anything while it is asked.
            let turn = self.keeper.turn.lock().await;
            let snapshot = self.store.snapshot().await?;
            match self
                .keeper
                .follow_to(&snapshot, engine.as_ref(), &self.store)
                .await?
            {
                Followed::To(position) => {
                    self.keeper.set_position(position);
                    let surveys = snapshot.surveys_with_answers().await?;
                    let facts = count_all_facts(engine.as_ref(), &surveys).await?;
                    drop(turn);
                    return Ok(Some(compared(&count_records(&snapshot).await?, &facts)));
                }
                Followed::Lost => {
                    self.keeper.set_state(FactsState::Broken);
                    return Ok(None);
                }
                Followed::NotYet => {
                    drop((snapshot, turn));
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        Err(AppError::NoMoment)
    }
}

/// Compares an engine that was told a snapshot, and nothing more, with that snapshot.
pub(super) async fn compare_with(
    snapshot: &Snapshot,
    engine: &dyn Facts,
) -> Result<FactsVerified, AppError> {
    let surveys = snapshot.surveys_with_answers().await?;
    let facts = count_all_facts(engine, &surveys).await?;
    Ok(compared(&count_records(snapshot).await?, &facts))
}

async fn count_records(snapshot: &Snapshot) -> Result<Counts, AppError> {
    let mut found = Counts::new();
    let add = |count: DayCount| {
        let place = Place {
            workspace: count.workspace,
            survey: count.survey,
            question: count.question,
            mention: None,
            month: Period::Month.start(count.day),
        };
        let scores = found.entry(place).or_default();
        *scores.entry(count.score).or_default() += count.n;
    };
    snapshot.count_by_day(COUNTED_AT_ONCE, add).await?;
    let add = |count: MentionCount| {
        let place = Place {
            workspace: count.workspace,
            survey: count.survey,
            question: Some(count.question),
            mention: Some((count.theme, count.tone)),
            month: Period::Month.start(count.day),
        };
        *found.entry(place).or_default().entry(None).or_default() += count.n;
    };
    snapshot.count_mentions(COUNTED_AT_ONCE, add).await?;
    Ok(found)
}

async fn count_all_facts(
    engine: &dyn Facts,
    surveys: &BTreeSet<(WorkspaceId, SurveyId)>,
) -> Result<Counts, AppError> {
    let mut found = Counts::new();
    for (workspace, survey) in surveys {
        count_facts(engine, *workspace, *survey, &mut found).await?;
    }
    Ok(found)
}

async fn count_facts(
    engine: &dyn Facts,
    workspace: WorkspaceId,
    survey: SurveyId,
    found: &mut Counts,
) -> Result<(), AppError> {
    let all_mentions = Subject::EachQuestion(Given::Mentions);
    let all_answers = Subject::EachQuestion(Given::Anything);
    for subject in [Subject::Submissions, all_answers, all_mentions] {
        let tells_mentions = subject.given() == Some(Given::Mentions);
        let scope = Scope::all(workspace, vec![survey]);
        let mut query = CountQuery::new(scope, subject);
        query.step = Some(Step::Month);
        query.with_people = false;
        for cell in engine.counts(&query).await?.found {
            let Some(month) = cell.start else { continue };
            let place = |mention| Place {
                workspace,
                survey,
                question: cell.question.clone(),
                mention,
                month,
            };
            for (mention, tally) in cell.mentions {
                let place = place(Some((mention.theme, mention.tone)));
                found.entry(place).or_default().insert(None, tally.n);
            }
            if tells_mentions {
                continue;
            }
            let scores = found.entry(place(None)).or_default();
            let mut others = cell.answers.n;
            for (score, tally) in cell.scores {
                scores.insert(Some(score), tally.n);
                others = others.saturating_sub(tally.n);
            }
            if others > 0 {
                scores.insert(None, others);
            }
        }
    }
    Ok(())
}

fn compared(records: &Counts, facts: &Counts) -> FactsVerified {
    let mut verified = FactsVerified::default();
    let nothing = BTreeMap::new();
    let places: BTreeSet<&Place> = records.keys().chain(facts.keys()).collect();
    for place in places {
        let by_records = records.get(place).unwrap_or(&nothing);
        let by_facts = facts.get(place).unwrap_or(&nothing);
        let number: u64 = by_records.values().sum();
        match (&place.question, &place.mention) {
            (Some(_), Some(_)) => {}
            (Some(_), None) => verified.answers += number,
            (None, _) => verified.submissions += number,
        }
        if by_records != by_facts {
            verified.differences.push(FactsDifference {
                workspace: place.workspace,
                survey: place.survey,
                question: place.question.clone(),
                mention: place.mention.clone(),
                month: place.month,
                records: number,
                facts: by_facts.values().sum(),
            });
        }
    }
    verified
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(score: i32, n: u64) -> Counts {
        let id = uuid::Uuid::nil();
        let place = Place {
            workspace: WorkspaceId(id),
            survey: SurveyId(id),
            question: "nps".parse().ok(),
            mention: None,
            month: LocalDay(0),
        };
        Counts::from([(place, BTreeMap::from([(Some(score), n)]))])
    }

    #[test]
    fn equal_numbers_of_other_scores_are_a_difference() {
        assert_eq!(compared(&counts(9, 3), &counts(9, 3)).differences, []);
        let found = compared(&counts(9, 3), &counts(8, 3));
        assert_eq!(found.answers, 3);
        assert_eq!(found.differences.len(), 1);
        assert_eq!(compared(&counts(9, 3), &Counts::new()).differences.len(), 1);
        assert_eq!(compared(&Counts::new(), &counts(9, 3)).differences.len(), 1);
    }
}
