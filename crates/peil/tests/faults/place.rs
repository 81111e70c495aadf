//! A data folder with an organisation and a questionnaire, and a look at what became of it.

use std::{collections::BTreeMap, path::Path};

use peil_app::{
    access::SetUp,
    collect::ApiSubmission,
    survey::{NewSurvey, SurveyChange},
};
use peil_domain::{
    access::Actor,
    response::{AnswerValue, RawAnswers},
    shared::{Language, SurveyId, WorkspaceId},
    survey::SurveyPurpose,
};
use peil_store::response;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The folder; gone when it goes out of scope.
pub(crate) struct Place {
    folder: TempDir,
    runtime: Runtime,
    workspace: WorkspaceId,
    /// The questionnaire.
    pub(crate) survey: SurveyId,
    /// A key to the API.
    pub(crate) token: String,
    /// The cookie of somebody who is signed in.
    pub(crate) cookie: String,
}

impl Place {
    /// An organisation with the short questionnaire at `/s/kto`, open to anyone, any number of times.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        let (workspace, survey, cookie) = runtime.block_on(prepare(folder.path()));
        let token = ["token", "create", "--name", "test", "--scopes", "all"];
        let said = super::program::run(&token, folder.path());
        assert!(said.is_success, "{}", said.text);
        Self {
            token: said.text.lines().last().unwrap().to_owned(),
            cookie,
            folder,
            runtime,
            workspace,
            survey,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts so many answers in without anybody who keeps facts.
    pub(crate) fn fill(&self, number: u32) {
        self.runtime.block_on(async {
            let opened = open(self.folder()).await;
            let actor = Actor::program(self.workspace);
            for number in 0..number {
                let score = |top: u32, least: u32| (least + number % (top - least + 1)).to_string();
                let mut answers = RawAnswers::default();
                for (name, value) in [
                    ("nps", score(10, 0)),
                    ("csat", score(5, 1)),
                    ("ces", score(7, 1)),
                ] {
                    answers.insert(name.to_owned(), vec![value]);
                }
                let input = ApiSubmission {
                    id: None,
                    answers,
                    language: None,
                    contact: None,
                    submitted_at: None,
                };
                let submitted = opened.app.submit_response(&actor, self.survey, input);
                submitted.await.unwrap();
            }
            opened.close().await.unwrap();
        });
    }

    /// How often every open answer was stored.
    pub(crate) fn marks(&self) -> BTreeMap<String, u32> {
        self.runtime.block_on(self.read_marks())
    }

    async fn read_marks(&self) -> BTreeMap<String, u32> {
        let opened = open(self.folder()).await;
        let session = opened.store.read(self.workspace);
        let mut found = BTreeMap::new();
        let mut after = None;
        loop {
            let page = response::list_from(&session, self.survey, after, 500)
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for stored in page {
                for answer in stored.answers {
                    if let AnswerValue::Text(words) = answer.value {
                        *found.entry(words).or_insert(0) += 1;
                    }
                }
            }
        }
        opened.close().await.unwrap();
        found
    }
}

async fn prepare(folder: &Path) -> (WorkspaceId, SurveyId, String) {
    let opened = open(folder).await;
    let (workspace, survey) = set_up(&opened.app).await;
    let signed_in = opened.app.sign_in(EMAIL, PASSWORD.into()).await.unwrap();
    opened.close().await.unwrap();
    (workspace, survey, format!("peil={}", signed_in.token))
}

const EMAIL: &str = "sanne@example.nl";
const PASSWORD: &str = "vier rode fietsen in de regen";

/// Makes the organisation and its questionnaire.
pub(crate) async fn set_up(app: &peil_app::App) -> (WorkspaceId, SurveyId) {
    let set_up = SetUp {
        organisation: "Testwinkel".into(),
        language: Language::Nl,
        time_zone: "Europe/Amsterdam".into(),
        name: "Sanne".into(),
        email: EMAIL.parse().unwrap(),
        password: PASSWORD.into(),
    };
    let workspace = app.set_up(set_up).await.unwrap().id;
    let actor = Actor::program(workspace);
    let new = NewSurvey {
        template: "kto-kort".into(),
        name: "KTO".into(),
        slug: None,
    };
    let survey = app.create_survey(&actor, new).await.unwrap();
    let change = SurveyChange {
        name: "KTO".into(),
        slug: "kto".parse().unwrap(),
        purpose: SurveyPurpose::Relational,
        has_public_link: true,
        allows_repeats: true,
        touchpoint: None,
    };
    app.update_survey(&actor, survey.id, survey.revision, change)
        .await
        .unwrap();
    app.publish_survey(&actor, survey.id, None).await.unwrap();
    (workspace, survey.id)
}

pub(crate) async fn open(folder: &Path) -> peil::wiring::Opened {
    let settings = peil::settings::Settings::of_folder(folder);
    peil::wiring::open_with(&settings, "http://peil.test")
        .await
        .unwrap()
}
