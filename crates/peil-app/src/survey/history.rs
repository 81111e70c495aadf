//! What was done to a draft lately, by whom, and the drafts before it: to take changes back, to make
//! them again, and to bring together what two people did at the same time.
//!
//! Everyone takes back their own changes only. What a colleague did to the same thing afterwards
//! stays, and it is said that it did.

use jiff::{SignedDuration, Timestamp};
use peil_domain::{
    access::{Actor, Right},
    shared::{QuestionKey, SurveyId, UserId},
    survey::{Definition, Question, Survey, merge},
};
use peil_store::{Session, Tx, access, settings, survey};
use serde::{Deserialize, Serialize};

use super::{
    Deed, SurveyError,
    edit::{Upon, check_upon},
};
use crate::{App, AppError, app::demand};

/// Most changes that are remembered of one draft; the oldest is forgotten first.
pub const MOST_STEPS: usize = 120;

/// What is typed into the same place without so long a rest is one change to whoever takes it back.
const REST: SignedDuration = SignedDuration::from_secs(20);

/// One change of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The revision that it made.
    pub revision: i32,
    /// Who did it, unless the program itself.
    pub by: Option<UserId>,
    /// Whether a program of that person did it.
    pub is_program: bool,
    /// When.
    pub at: Timestamp,
    /// What.
    pub deed: Deed,
    /// The question that it was about.
    pub key: Option<QuestionKey>,
    state: StepState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StepState {
    /// Can be taken back.
    Done,
    /// Was taken back, and can be made again.
    Undone,
    /// Neither.
    Settled,
}

/// What was done to a draft lately, the oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct History {
    /// Drafts before this revision are not known any more.
    since: i32,
    steps: Vec<Step>,
}

/// What a draft was before a change, as small as it can be said.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept {
    Question(Box<Question>),
    Draft(Box<Definition>),
}

/// What someone can take back and make again, and what others did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyHistory {
    /// What would be taken back.
    pub undo: Option<Step>,
    /// What would be made again.
    pub redo: Option<Step>,
    /// What was done lately, the newest first.
    pub steps: Vec<Step>,
    /// Names of those who did it.
    pub names: Vec<(UserId, String)>,
}

/// What came of taking something back or making it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// The questionnaire now.
    pub survey: Survey,
    /// The change.
    pub step: Step,
    /// Whether something stayed because it was changed by someone else afterwards.
    pub has_rest: bool,
}

impl SurveyHistory {
    /// The name of whoever did it.
    #[must_use]
    pub fn name_of(&self, step: &Step) -> Option<&str> {
        let found = self.names.iter().find(|(id, _)| Some(*id) == step.by);
        found.map(|(_, name)| name.as_str())
    }
}

fn steps_name(id: SurveyId) -> String {
    format!("survey-steps:{id}")
}

fn step_name(id: SurveyId, revision: i32) -> String {
    format!("survey-step:{id}:{revision}")
}

impl History {
    pub(super) async fn load(
        session: &impl Session,
        id: SurveyId,
    ) -> Result<Option<Self>, AppError> {
        Ok(settings::find(session, &steps_name(id)).await?)
    }

    /// Forgets everything, with the questionnaire.
    pub(super) async fn remove(tx: &Tx, id: SurveyId) -> Result<(), AppError> {
        let known = Self::load(tx, id).await?.unwrap_or_default();
        for step in &known.steps {
            settings::remove(tx, &step_name(id, step.revision)).await?;
        }
        settings::remove(tx, &steps_name(id)).await?;
        Ok(())
    }

    /// Remembers that `before` became `after`.
    pub(super) async fn note(
        &mut self,
        tx: &Tx,
        before: &Survey,
        after: &Survey,
        step: Step,
    ) -> Result<(), AppError> {
        if self.steps.is_empty() {
            self.since = before.revision;
        }
        let kept = Kept::of(&before.draft, &after.draft, step.key.as_ref());
        settings::save(tx, &step_name(before.id, step.revision), &kept).await?;
        if step.state == StepState::Done {
            let is_own = |known: &Step| known.is_of_same_author(&step);
            // What was taken back before something new was done is not made again.
            for known in self.steps.iter_mut().filter(|known| is_own(known)) {
                if known.state == StepState::Undone {
                    known.state = StepState::Settled;
                }
            }
        }
        self.steps.push(step);
        while self.steps.len() > MOST_STEPS {
            let oldest = self.steps.remove(0);
            settings::remove(tx, &step_name(before.id, oldest.revision)).await?;
            self.since = oldest.revision;
        }
        settings::save(tx, &steps_name(before.id), self).await?;
        Ok(())
    }

    /// The draft at a revision; nothing when it is not known any more.
    pub(super) async fn draft_at(
        &self,
        session: &impl Session,
        survey: &Survey,
        revision: i32,
    ) -> Result<Option<Definition>, AppError> {
        if revision == survey.revision {
            return Ok(Some(survey.draft.clone()));
        }
        if revision < self.since || revision > survey.revision {
            return Ok(None);
        }
        let mut draft = survey.draft.clone();
        let later = self.steps.iter().rev();
        for step in later.take_while(|step| step.revision > revision) {
            let kept = settings::find(session, &step_name(survey.id, step.revision)).await?;
            let Some(kept) = kept else { return Ok(None) };
            Kept::restore(kept, &mut draft);
        }
        Ok(Some(draft))
    }

    /// The steps that someone would take back or make again as one, in that order.
    fn turn(&self, author: &Step, wanted: StepState) -> Vec<usize> {
        let own = self.steps.iter().enumerate();
        let own = own.filter(|(_, step)| step.is_of_same_author(author) && step.state == wanted);
        let mut own: Vec<(usize, &Step)> = own.collect();
        if wanted == StepState::Done {
            own.reverse();
        }
        let mut group: Vec<usize> = Vec::new();
        let mut last: Option<&Step> = None;
        for (index, step) in own {
            if last.is_some_and(|last| !last.continues(step)) {
                break;
            }
            group.push(index);
            last = Some(step);
        }
        group
    }
}

impl Step {
    pub(super) fn new(
        actor: &Actor,
        revision: i32,
        at: Timestamp,
        deed: Deed,
        key: Option<QuestionKey>,
    ) -> Self {
        let is_turn = matches!(deed, Deed::Undid | Deed::Redid);
        Self {
            revision,
            by: actor.user,
            is_program: actor.scopes.is_some(),
            at,
            deed,
            key,
            state: if is_turn {
                StepState::Settled
            } else {
                StepState::Done
            },
        }
    }

    fn is_of_same_author(&self, other: &Self) -> bool {
        (self.by, self.is_program) == (other.by, other.is_program)
    }

    /// Whether both are typing into the same place without a long rest.
    fn continues(&self, other: &Self) -> bool {
        let rest = self.at.duration_since(other.at).abs();
        self.deed.is_typing() && (self.deed, &self.key) == (other.deed, &other.key) && rest <= REST
    }
}

impl Kept {
    fn of(before: &Definition, after: &Definition, key: Option<&QuestionKey>) -> Self {
        let question = key.and_then(|key| before.question(key));
        if let Some(question) = question {
            let mut same = after.clone();
            Self::restore(Self::Question(Box::new(question.clone())), &mut same);
            if same == *before {
                return Self::Question(Box::new(question.clone()));
            }
        }
        Self::Draft(Box::new(before.clone()))
    }

    fn restore(self, draft: &mut Definition) {
        match self {
            Self::Draft(before) => *draft = *before,
            Self::Question(before) => {
                let place = draft.questions_mut().find(|known| known.key == before.key);
                if let Some(place) = place {
                    *place = *before;
                }
            }
        }
    }
}

impl App {
    /// Lists what was done to a draft lately, and what this person could take back or make again.
    pub async fn survey_history(
        &self,
        actor: &Actor,
        id: SurveyId,
    ) -> Result<SurveyHistory, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.look(actor.workspace).await?;
        survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let history = History::load(&session, id).await?.unwrap_or_default();
        let author = Step::new(actor, 0, self.clock.now(), Deed::Undid, None);
        let may = actor.has(Right::WriteSurveys);
        let next = |wanted| {
            let group = history.turn(&author, wanted);
            let step = group.first().and_then(|index| history.steps.get(*index));
            step.filter(|_| may).cloned()
        };
        let (undo, redo) = (next(StepState::Done), next(StepState::Undone));
        let names = access::list_users(&session).await?.into_iter();
        let names = names.map(|user| (user.id, user.name)).collect();
        let steps = history.steps.into_iter().rev().collect();
        Ok(SurveyHistory {
            undo,
            redo,
            steps,
            names,
        })
    }

    /// Takes back the last change of this person. What someone else did to the same thing since
    /// stays.
    ///
    /// # Errors
    /// [`SurveyError::NothingToUndo`] when this person changed nothing that is remembered;
    /// [`SurveyError::Conflict`] when the draft is no longer as named.
    pub async fn undo_survey_edit(
        &self,
        actor: &Actor,
        id: SurveyId,
        upon: impl Into<Upon>,
    ) -> Result<Turned, AppError> {
        self.turn_survey_edit(actor, id, upon.into(), Deed::Undid)
            .await
    }

    /// Makes again what this person took back last, as long as they did nothing new since.
    ///
    /// # Errors
    /// As [`App::undo_survey_edit`].
    pub async fn redo_survey_edit(
        &self,
        actor: &Actor,
        id: SurveyId,
        upon: impl Into<Upon>,
    ) -> Result<Turned, AppError> {
        self.turn_survey_edit(actor, id, upon.into(), Deed::Redid)
            .await
    }

    async fn turn_survey_edit(
        &self,
        actor: &Actor,
        id: SurveyId,
        upon: Upon,
        way: Deed,
    ) -> Result<Turned, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let before = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        check_upon(&before, upon)?;
        let mut history = History::load(&tx, id)
            .await?
            .ok_or(SurveyError::NothingToUndo)?;
        let new = Step::new(actor, before.revision + 1, self.clock.now(), way, None);
        let (wanted, becomes) = match way {
            Deed::Redid => (StepState::Undone, StepState::Done),
            _ => (StepState::Done, StepState::Undone),
        };
        let group = history.turn(&new, wanted);
        let first = group
            .first()
            .and_then(|index| history.steps.get(*index))
            .cloned();
        let first = first.ok_or(SurveyError::NothingToUndo)?;
        let (mut draft, mut has_rest) = (before.draft.clone(), false);
        for index in &group {
            let Some(step) = history.steps.get(*index) else {
                continue;
            };
            let after = history.draft_at(&tx, &before, step.revision).await?;
            let earlier = history.draft_at(&tx, &before, step.revision - 1).await?;
            let (Some(after), Some(earlier)) = (after, earlier) else {
                continue;
            };
            let merged = if wanted == StepState::Done {
                merge(&after, &earlier, &draft)
            } else {
                merge(&earlier, &after, &draft)
            };
            has_rest |= !merged.clashes.is_empty();
            draft = merged.definition;
        }
        for index in group {
            if let Some(step) = history.steps.get_mut(index) {
                step.state = becomes;
            }
        }
        let after = self.save_draft(&tx, &before, draft).await?;
        let step = Step {
            key: first.key.clone(),
            ..new
        };
        history.note(&tx, &before, &after, step).await?;
        tx.commit().await?;
        Ok(Turned {
            survey: after,
            step: first,
            has_rest,
        })
    }
}

#[cfg(test)]
mod tests {
    use peil_domain::{access::Role, shared::WorkspaceId};

    use super::*;

    fn actor(number: u8) -> Actor {
        Actor {
            workspace: WorkspaceId::new(0, [0; 10]),
            user: Some(UserId::new(u64::from(number), [number; 10])),
            role: Role::Owner,
            scopes: None,
        }
    }

    fn history(done: &[(u8, Deed, &str, i64)]) -> History {
        let steps = (2..).zip(done).map(|(revision, (who, deed, key, second))| {
            let at = Timestamp::from_second(*second).unwrap();
            Step::new(&actor(*who), revision, at, *deed, key.parse().ok())
        });
        History {
            since: 1,
            steps: steps.collect(),
        }
    }

    fn undone(history: &History, who: u8) -> Vec<usize> {
        let author = Step::new(&actor(who), 0, Timestamp::UNIX_EPOCH, Deed::Undid, None);
        history.turn(&author, StepState::Done)
    }

    #[test]
    fn typing_into_one_place_is_taken_back_at_once_and_only_that_of_oneself() {
        let history = history(&[
            (1, Deed::Added, "a", 0),
            (1, Deed::Changed, "a", 1),
            (2, Deed::Changed, "b", 2),
            (1, Deed::Changed, "a", 10),
            (1, Deed::Changed, "a", 25),
            (2, Deed::Moved, "a", 26),
        ]);
        assert_eq!(undone(&history, 1), [4, 3, 1]);
        assert_eq!(undone(&history, 2), [5]);
        assert_eq!(undone(&history, 3), Vec::<usize>::new());
    }

    #[test]
    fn what_is_typed_after_a_rest_or_elsewhere_is_another_change() {
        let after_rest = history(&[(1, Deed::Changed, "a", 0), (1, Deed::Changed, "a", 60)]);
        assert_eq!(undone(&after_rest, 1), [1]);
        let elsewhere = history(&[(1, Deed::Changed, "a", 0), (1, Deed::Changed, "b", 1)]);
        assert_eq!(undone(&elsewhere, 1), [1]);
        let moved_twice = history(&[(1, Deed::Moved, "a", 0), (1, Deed::Moved, "a", 1)]);
        assert_eq!(undone(&moved_twice, 1), [1]);
    }
}
