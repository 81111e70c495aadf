//! What stands in an invitation: places in its texts filled in for everyone who gets it, and the look
//! of the questionnaire.

use axum::http::StatusCode;
use peil_app::{outreach::WaveChange, survey::Edit};
use peil_domain::{
    audience::{AttributeKind, AttributeValue, ContactDraft},
    shared::{Language, Localized, WaveId},
    survey::{Definition, SurveyLogo},
};

use crate::outreach::{Stage, contact, readable};

/// Someone who lives somewhere.
fn living_in(name: &str, town: &str) -> ContactDraft {
    let mut draft = contact(name, Language::Nl);
    let value = AttributeValue::Text(town.to_owned());
    draft.attributes.insert("plaats".parse().unwrap(), value);
    draft
}

/// Anna lives in a strange place, Bram nowhere that is known.
async fn stage() -> Stage {
    let stage = Stage::with(Vec::new()).await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    app.create_attribute(actor, "Plaats", AttributeKind::Text)
        .await
        .unwrap();
    let people = vec![
        living_in("Anna", "Bergen <b> & {{naam}}"),
        contact("Bram", Language::Nl),
    ];
    app.upsert_contacts(actor, people).await.unwrap();
    stage
}

/// Changes what is asked, and publishes it.
async fn ask(stage: &Stage, change: impl FnOnce(&mut Definition)) {
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let survey = app.list_surveys(actor).await.unwrap().remove(0).survey;
    let mut draft = survey.draft;
    change(&mut draft);
    let edit = Edit::Replace(Box::new(draft));
    app.edit_survey(actor, survey.id, survey.revision, edit)
        .await
        .unwrap();
    app.publish_survey(actor, survey.id, None).await.unwrap();
}

async fn write(stage: &Stage, wave: WaveId, subject: &str, message: &str) {
    let change = WaveChange {
        name: "Meting".into(),
        segment: None,
        subject: Localized::both(subject, subject),
        message: Localized::both(message, message),
    };
    let actor = &stage.owner.actor;
    stage
        .site
        .app
        .update_wave(actor, wave, change)
        .await
        .unwrap();
}

/// The mail to somebody, as it can be read.
fn mail_to(stage: &Stage, address: &str) -> String {
    let received = stage.server.received();
    let mut mails = received.iter();
    let mail = mails.find(|mail| mail.recipients == [address]).unwrap();
    readable(mail)
}

#[tokio::test]
async fn what_is_known_of_a_customer_is_filled_in_and_otherwise_the_words_behind_the_bar() {
    let stage = stage().await;
    ask(&stage, |draft| {
        let question = draft.questions_mut().next().unwrap();
        let text = "Hoe was het in {{klant.plaats|de winkel}}?";
        question.text = Localized::both(text, text);
    })
    .await;
    let wave = stage.wave(None).await;
    let message = "Dag {{naam|klant}} uit {{plaats|je woonplaats}}, groet, {{organisatie}}";
    write(
        &stage,
        wave,
        "Nieuws uit {{klant.plaats|de buurt}}",
        message,
    )
    .await;
    stage.start(wave).await;
    let anna = mail_to(&stage, "anna@klant.example");
    let (plain, html) = anna.split_once("<!doctype html>").unwrap();
    assert!(
        plain.contains("Subject: Nieuws uit Bergen <b> & {{naam}}"),
        "{plain}"
    );
    assert!(
        plain.contains("Dag Anna uit Bergen <b> & {{naam}}, groet, Testwinkel"),
        "{plain}"
    );
    assert!(
        plain.contains("Hoe was het in Bergen <b> & {{naam}}?"),
        "{plain}"
    );
    assert!(
        html.contains("Dag Anna uit Bergen &lt;b&gt; &amp; {{naam}}, groet"),
        "{html}"
    );
    assert!(!html.contains("Bergen <b>"), "{html}");
    let bram = mail_to(&stage, "bram@klant.example");
    assert!(bram.contains("Subject: Nieuws uit de buurt"), "{bram}");
    assert!(bram.contains("Dag Bram uit je woonplaats, groet"), "{bram}");
    assert!(bram.contains("Hoe was het in de winkel?"), "{bram}");
}

#[tokio::test]
async fn what_can_be_filled_in_is_offered_and_what_was_not_answered_yet_is_refused() {
    let stage = stage().await;
    let wave = stage.wave(None).await;
    let mut owner = stage.site.owner().await;
    let path = format!("/outreach/{wave}");
    let page = owner.get(&path).await;
    for blank in ["{{naam}}", "{{organisatie}}", "{{klant.plaats|"] {
        let offered = format!("data-blank=\"{blank}");
        assert!(page.text().contains(&offered), "{}", page.text());
    }
    assert!(!page.text().contains("data-blank=\"{{antwoord."));
    let typed = [
        ("name", "Meting"),
        ("message_nl", "Je gaf een {{ antwoord.nps|cijfer }}."),
    ];
    let refused = owner.submit(&page, &format!("{path}/texts"), &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(
        text.contains("{{antwoord.nps}}"),
        "named as written: {text}"
    );
    assert!(text.contains("id=\"message_nl-error\""), "{text}");
    assert!(text.contains("Je gaf een"), "what was typed is kept");
}

#[tokio::test]
async fn a_mail_has_the_look_of_its_questionnaire() {
    let stage = stage().await;
    let (app, actor) = (&stage.site.app, &stage.owner.actor);
    let wave = stage.wave(None).await;
    let mail = || async { app.preview_wave(actor, wave, None).await.unwrap().html };
    assert!(!mail().await.contains("#7a1b4d"));
    ask(&stage, |draft| {
        draft.look.accent = "#7a1b4d".parse().ok();
        draft.look.logo = Some(SurveyLogo {
            file: "abc123".into(),
            width: 300,
            height: 100,
        });
    })
    .await;
    let html = mail().await;
    assert!(html.contains("background-color:#7a1b4d"), "{html}");
    let logo = format!("/picture/{}/abc123", actor.workspace);
    assert!(html.contains(&logo), "{html}");
}
