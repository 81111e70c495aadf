//! Pages that are hard to reach over HTTP: a program that is too busy, and the editor's preview.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::to_bytes,
    http::{StatusCode, header},
    response::Response,
};
use jiff::Timestamp;
use peil_app::collect::{Form, OpenSurvey, Why};
use peil_domain::{
    access::{Brand, Workspace},
    outreach::Channel,
    response::{RawAnswers, Respondent},
    shared::{Language, ResponseId, SurveyId, VersionId, WorkspaceId},
    survey::{Definition, Survey, SurveyPurpose, SurveyState, Version},
};

use super::{
    link::Link,
    preview,
    show::{Shown, form_page},
};

fn definition() -> Definition {
    serde_json::from_value(serde_json::json!({
        "languages": ["nl", "en"],
        "title": { "nl": "Hoe ging het?", "en": "How did it go?" },
        "pages": [
            { "questions": [{ "key": "nps", "text": { "nl": "Beveel je ons aan?" }, "kind": "nps" }] },
            { "questions": [{ "key": "waarom", "text": { "nl": "Waarom?" }, "kind": "text" }] }
        ]
    }))
    .unwrap()
}

fn workspace() -> Workspace {
    Workspace {
        id: WorkspaceId::new(1, [1; 10]),
        name: "Test & Zoon".into(),
        language: Language::Nl,
        time_zone: "Europe/Amsterdam".into(),
        brand: Brand::default(),
        created_at: Timestamp::UNIX_EPOCH,
    }
}

fn form() -> Form {
    let survey = Survey {
        id: SurveyId::new(1, [2; 10]),
        workspace: workspace().id,
        slug: "kto".parse().unwrap(),
        name: "KTO".into(),
        purpose: SurveyPurpose::Relational,
        state: SurveyState::Live,
        has_public_link: true,
        allows_repeats: true,
        touchpoint: None,
        draft: definition(),
        revision: 1,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    };
    let version = Version {
        id: VersionId::new(1, [3; 10]),
        survey: survey.id,
        number: 1,
        definition: definition(),
        published_at: Timestamp::UNIX_EPOCH,
        published_by: None,
    };
    Form {
        open: Arc::new(OpenSurvey {
            survey,
            version: Arc::new(version),
            workspace: workspace().into(),
            touchpoint: None,
        }),
        language: Language::Nl,
        token: "token".into(),
        invitation: None,
        channel: Channel::Link,
        respondent: Respondent {
            response: ResponseId::new(1, [4; 10]),
            attributes: BTreeMap::new(),
            name: None,
        },
        resumed: None,
    }
}

async fn html(response: Response) -> String {
    String::from_utf8(
        to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec(),
    )
    .unwrap()
}

#[tokio::test]
async fn a_busy_moment_keeps_the_answers_and_says_when_to_send_them_again() {
    let answers: RawAnswers = [("waarom", "Druk!"), ("nps", "9")]
        .map(|(name, value)| (name.to_owned(), vec![value.to_owned()]))
        .into();
    let link = Link::public("kto");
    let form = form();
    let shown = Shown {
        link: &link,
        form: &form,
        page: 1,
        answers: &answers,
        why: &Why::Busy,
    };
    let response = form_page(&shown).unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key(header::RETRY_AFTER));
    let html = html(response).await;
    assert!(
        html.contains(r#"value="Druk!""#) && html.contains("te druk"),
        "{html}"
    );
    assert!(
        html.contains(r#"<input type="hidden" name="nps" value="9">"#),
        "{html}"
    );
    assert!(
        html.contains(r#"<input type="hidden" name="_form" value="token">"#),
        "{html}"
    );
}

#[tokio::test]
async fn a_preview_looks_like_the_real_page_and_leads_nowhere() {
    let response = preview(&definition(), &workspace(), Language::En, 99).unwrap();
    let policy = response
        .headers()
        .get(header::CONTENT_SECURITY_POLICY)
        .unwrap();
    assert!(policy.to_str().unwrap().contains("frame-ancestors 'self'"));
    let html = html(response).await;
    assert!(
        html.contains("Preview") && html.contains("Test &#38; Zoon"),
        "{html}"
    );
    assert!(
        html.contains("Waarom?"),
        "the last page, in the language that has the text: {html}"
    );
    assert!(
        !html.contains("_form") && !html.contains(r#"name="_go""#),
        "{html}"
    );
    assert_eq!(html.matches(r#"type="button""#).count(), 2, "{html}");
}

#[tokio::test]
async fn a_questionnaire_without_any_page_can_be_previewed() {
    let empty = Definition {
        pages: Vec::new(),
        ..definition()
    };
    assert_eq!(
        preview(&empty, &workspace(), Language::Nl, 0)
            .unwrap()
            .status(),
        StatusCode::OK
    );
}
