//! Things to put into a database, made from a seed so that a failure can be repeated.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use peil_domain::{
    access::{Brand, Workspace},
    audience::{Attributes, Contact},
    outreach::{Channel, Invitation, InvitationState, Wave, WaveState},
    response::{Answer, AnswerValue, Completion, Flags, Response},
    shared::{
        ContactId, InvitationId, Language, LocalDay, Localized, QuestionKey, ResponseId, Slug,
        SurveyId, VersionId, WaveId, WorkspaceId,
    },
    survey::{Definition, Survey, SurveyPurpose, SurveyState, Version},
};
use peil_store::{Store, access, survey};
use uuid::Uuid;

/// A stream of numbers that depends on its seed only (`SplitMix64`).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `most` - 1.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most).unwrap()).unwrap()
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A new identifier.
pub(crate) fn id() -> Uuid {
    Uuid::now_v7()
}

pub(crate) fn key(text: &str) -> QuestionKey {
    text.parse().unwrap()
}

/// A moment, in seconds since the first of January 2026.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + seconds).unwrap()
}

/// A moment, in days since the first of January 2026.
pub(crate) fn day(days: i64) -> Timestamp {
    at(days * 86_400)
}

/// The zone of every sample organisation.
pub(crate) fn zone() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap()
}

/// Adds an organisation.
pub(crate) async fn workspace(store: &Store) -> WorkspaceId {
    let workspace = Workspace {
        id: WorkspaceId(id()),
        name: "Voorbeeld".into(),
        language: Language::Nl,
        time_zone: "Europe/Amsterdam".into(),
        brand: Brand::default(),
        created_at: at(0),
    };
    let tx = store.begin(workspace.id).await.unwrap();
    access::add_workspace(&tx, &workspace).await.unwrap();
    tx.commit().await.unwrap();
    workspace.id
}

pub(crate) fn survey(workspace: WorkspaceId, purpose: SurveyPurpose) -> Survey {
    let id = SurveyId(id());
    Survey {
        id,
        workspace,
        slug: Slug::from_text(&format!("s-{id}"), "survey"),
        name: "Tevredenheid".into(),
        purpose,
        state: SurveyState::Live,
        has_public_link: true,
        allows_repeats: false,
        touchpoint: None,
        draft: definition(),
        revision: 0,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn definition() -> Definition {
    Definition {
        languages: vec![Language::Nl],
        title: Localized::one(Language::Nl, "Tevredenheid"),
        ..Definition::default()
    }
}

pub(crate) fn version(survey: &Survey, number: i32) -> Version {
    Version {
        id: VersionId(id()),
        survey: survey.id,
        number,
        definition: survey.draft.clone(),
        published_at: at(0),
        published_by: None,
    }
}

/// Adds a questionnaire with its first version.
pub(crate) async fn live_survey(
    store: &Store,
    workspace: WorkspaceId,
    purpose: SurveyPurpose,
) -> (Survey, Version) {
    let new = survey(workspace, purpose);
    let first = version(&new, 1);
    let tx = store.begin(workspace).await.unwrap();
    survey::add(&tx, &new).await.unwrap();
    survey::add_version(&tx, &first).await.unwrap();
    tx.commit().await.unwrap();
    (new, first)
}

/// A submission of someone who is not known.
pub(crate) fn response(version: &Version, workspace: WorkspaceId, sent: Timestamp) -> Response {
    Response {
        id: ResponseId(id()),
        workspace,
        survey: version.survey,
        version: version.id,
        contact: None,
        account: None,
        invitation: None,
        channel: Channel::Link,
        language: Language::Nl,
        touchpoint: None,
        completion: Completion::Complete,
        pages_done: None,
        submitted_at: sent,
        local_day: LocalDay::of(sent, &zone()),
        seconds: Some(30),
        segments: BTreeMap::new(),
        flags: Flags::new(),
        answers: Vec::new(),
    }
}

pub(crate) fn score(question: &str, score: i32) -> Answer {
    Answer {
        key: key(question),
        value: AnswerValue::Score(score),
    }
}

pub(crate) fn text(question: &str, words: &str) -> Answer {
    Answer {
        key: key(question),
        value: AnswerValue::Text(words.into()),
    }
}

pub(crate) fn contact(workspace: WorkspaceId, name: &str) -> Contact {
    let id = ContactId(id());
    Contact {
        id,
        workspace,
        external_id: Some(format!("K{}", id.0.simple())),
        email: Some(format!("{}@voorbeeld.nl", id.0.simple()).parse().unwrap()),
        phone: None,
        name: Some(name.into()),
        language: Some(Language::Nl),
        account: None,
        attributes: Attributes::new(),
        opted_out_at: None,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn wave(workspace: WorkspaceId, survey: SurveyId) -> Wave {
    Wave {
        id: WaveId(id()),
        workspace,
        survey,
        version: None,
        segment: None,
        recipients: None,
        name: "Voorjaar".into(),
        subject: Localized::one(Language::Nl, "Uw mening"),
        message: Localized::one(Language::Nl, "Beste klant"),
        state: WaveState::Draft,
        created_at: at(0),
        started_at: None,
        finished_at: None,
    }
}

pub(crate) fn invitation(wave: &Wave, version: VersionId, contact: ContactId) -> Invitation {
    Invitation {
        id: InvitationId(id()),
        workspace: wave.workspace,
        wave: wave.id,
        survey: wave.survey,
        version,
        contact,
        account: None,
        language: Language::Nl,
        state: InvitationState::Queued,
        created_at: wave.created_at,
        sent_at: None,
        answered_at: None,
        expires_at: day(60),
        last_error: None,
    }
}
