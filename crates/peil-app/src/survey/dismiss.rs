//! Putting findings of the reviewer aside, with a reason that stays with the version.

use peil_domain::{
    access::{Actor, Right},
    shared::{DismissalId, Language, QuestionKey, SurveyId},
    survey::{
        Definition,
        review::{Channel, Dismissal, Remark, Rule, review_survey, text_of},
    },
};
use peil_store::{Session, access, survey, survey::dismissals};

use crate::{
    App, AppError,
    app::{demand, new_id},
};

/// What the reviewer says about a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftReview {
    /// What is to be looked at.
    pub open: Vec<Remark>,
    /// What was put aside, with why.
    pub dismissed: Vec<Dismissed>,
}

/// A finding that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed {
    /// What was found.
    pub remark: Remark,
    /// Why it was put aside.
    pub dismissal: Dismissal,
    /// Name of who put it aside.
    pub by: Option<String>,
}

/// Which finding of a draft is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingName {
    /// The rule that found it.
    pub rule: Rule,
    /// Where, as [`Remark::place_code`] writes it.
    pub place: String,
    /// The language of the text.
    pub language: Language,
    /// The words that were found.
    pub words: String,
}

impl FindingName {
    /// The name of a finding.
    #[must_use]
    pub fn of(remark: &Remark) -> Self {
        Self {
            rule: remark.finding.rule,
            place: remark.place_code(),
            language: remark.language,
            words: remark.finding.words.clone(),
        }
    }

    /// The question that it is about.
    #[must_use]
    pub fn question(&self) -> Option<QuestionKey> {
        self.place.split(' ').nth(1)?.parse().ok()
    }

    /// Whether it is the name of this one.
    #[must_use]
    pub fn names(&self, remark: &Remark) -> bool {
        self.rule == remark.finding.rule
            && self.language == remark.language
            && self.words == remark.finding.words
            && self.place == remark.place_code()
    }
}

impl App {
    /// Reviews the draft of a questionnaire: what is open, and what was put aside.
    pub async fn review_draft(
        &self,
        actor: &Actor,
        id: SurveyId,
        channel: Channel,
    ) -> Result<DraftReview, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.look(actor.workspace).await?;
        let found = survey::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let version = version_being_made(&session, id).await?;
        let known = dismissals::list(&session, id).await?;
        split(&session, &known, &found.draft, version, channel).await
    }

    /// What was put aside in each published version, the newest first.
    pub async fn list_dismissals(
        &self,
        actor: &Actor,
        id: SurveyId,
    ) -> Result<Vec<(i32, Vec<Dismissed>)>, AppError> {
        demand(actor, Right::ReadSurveys)?;
        let session = self.look(actor.workspace).await?;
        let known = dismissals::list(&session, id).await?;
        let mut listed = Vec::new();
        for version in survey::list_versions(&session, id).await? {
            let number = version.number;
            // Reviewing a version is only needed where something may have been put aside.
            let put_aside = if known.iter().any(|one| one.is_of(number)) {
                let review = split(&session, &known, &version.definition, number, Channel::Page);
                review.await?.dismissed
            } else {
                Vec::new()
            };
            listed.push((number, put_aside));
        }
        Ok(listed)
    }

    /// Puts a finding aside. It stays aside until its text changes.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason or with one that is too long; [`AppError::NotFound`]
    /// when the draft has no such finding.
    pub async fn dismiss_finding(
        &self,
        actor: &Actor,
        id: SurveyId,
        finding: FindingName,
        reason: &str,
    ) -> Result<Dismissal, AppError> {
        demand(actor, Right::WriteSurveys)?;
        let reason = check_reason(reason)?;
        let tx = self.store.begin(actor.workspace).await?;
        let found = survey::find(&tx, id).await?.ok_or(AppError::NotFound)?;
        let version = version_being_made(&tx, id).await?;
        let known = dismissals::list(&tx, id).await?;
        let review = split(&tx, &known, &found.draft, version, Channel::Page).await?;
        let remark = review.open.iter().find(|remark| finding.names(remark));
        let remark = remark.ok_or(AppError::NotFound)?;
        let dismissal = Dismissal {
            id: new_id!(self, DismissalId),
            survey: id,
            rule: finding.rule,
            place: finding.place,
            language: finding.language,
            text: text_of(&found.draft, remark),
            words: finding.words,
            reason,
            version,
            last: None,
            by: actor.user,
            at: self.clock.now(),
        };
        dismissals::add(&tx, &dismissal).await?;
        let details = serde_json::json!({ "rule": dismissal.rule, "place": dismissal.place });
        self.record(&tx, actor, "survey.finding_dismissed", id, details)
            .await?;
        tx.commit().await?;
        Ok(dismissal)
    }

    /// Takes back that a finding was put aside. Published versions keep it.
    pub async fn restore_finding(
        &self,
        actor: &Actor,
        id: SurveyId,
        dismissal: DismissalId,
    ) -> Result<(), AppError> {
        demand(actor, Right::WriteSurveys)?;
        let tx = self.store.begin(actor.workspace).await?;
        let version = version_being_made(&tx, id).await?;
        let known = dismissals::list(&tx, id).await?;
        let found = known
            .iter()
            .find(|one| one.id == dismissal && one.last.is_none())
            .ok_or(AppError::NotFound)?;
        if found.version >= version {
            dismissals::remove(&tx, dismissal).await?;
        } else {
            dismissals::end(&tx, dismissal, version - 1).await?;
        }
        let details = serde_json::json!({ "rule": found.rule, "place": found.place });
        self.record(&tx, actor, "survey.finding_restored", id, details)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Number of the version that the draft will become.
async fn version_being_made(session: &impl Session, id: SurveyId) -> Result<i32, AppError> {
    let newest = survey::newest_version(session, id).await?;
    Ok(newest.map_or(1, |version| version.number + 1))
}

/// What is open in a definition and what was put aside.
async fn split(
    session: &impl Session,
    known: &[Dismissal],
    definition: &Definition,
    version: i32,
    channel: Channel,
) -> Result<DraftReview, AppError> {
    let mut review = DraftReview {
        open: Vec::new(),
        dismissed: Vec::new(),
    };
    for remark in review_survey(definition, channel) {
        let cover = known
            .iter()
            .find(|one| one.covers(&remark, definition, version));
        let Some(dismissal) = cover else {
            review.open.push(remark);
            continue;
        };
        let by = match dismissal.by {
            Some(user) => access::find_user(session, user)
                .await?
                .map(|user| user.name),
            None => None,
        };
        review.dismissed.push(Dismissed {
            remark,
            dismissal: dismissal.clone(),
            by,
        });
    }
    Ok(review)
}

fn check_reason(reason: &str) -> Result<String, AppError> {
    let reason = reason.trim();
    let refused = |code| AppError::Invalid {
        field: "reason",
        code,
    };
    if reason.is_empty() {
        return Err(refused("missing"));
    }
    if reason.chars().count() > Dismissal::LONGEST_REASON {
        return Err(refused("too-long"));
    }
    if reason
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\r')
    {
        return Err(refused("bad-character"));
    }
    Ok(reason.to_owned())
}
