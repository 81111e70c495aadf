//! The circle from set-up to export on every database, and what happens when two people do the
//! same thing at the same moment.

use axum::http::StatusCode;
use futures::future::{join, join_all};
use peil_app::{
    AppError,
    access::{AccessError, NewUser, PersonChange, SetUp},
};
use peil_domain::{
    access::{Actor, Role, Scopes, User},
    shared::Language,
};
use serde_json::json;

use crate::{
    postgres::Database,
    site::{Browser, OWNER, PASSWORD, Site},
};

/// Runs `body` on an empty installation on every database.
async fn on_every_database<F>(body: F)
where
    F: AsyncFn(&Site),
{
    body(&Site::empty().await).await;
    if let Some(database) = Database::make() {
        let site = Site::empty_on(Some(database.url())).await;
        body(&site).await;
    }
}

fn first(email: &str) -> SetUp {
    SetUp {
        organisation: "Testwinkel".into(),
        language: Language::Nl,
        time_zone: "Europe/Amsterdam".into(),
        name: "Sanne de Boer".into(),
        email: email.parse().unwrap(),
        password: PASSWORD.into(),
    }
}

/// A program that calls the API with every scope.
async fn program(site: &Site) -> Browser<'_> {
    let owner = site.identity().await;
    let scopes: Scopes = "all".parse().unwrap();
    let made = site
        .app
        .add_api_token(&owner.actor, owner.user.id, "test", scopes)
        .await
        .unwrap();
    let mut browser = site.visitor();
    browser
        .headers
        .push(("authorization", format!("Bearer {}", made.token)));
    browser
}

async fn answer(site: &Site, score: &str) {
    let mut visitor = site.visitor();
    let page = visitor.get("/s/kto").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let fields = [
        ("nps", score),
        ("csat", "4"),
        ("waarom", "Snel, één keer bellen"),
    ];
    let sent = visitor.submit(&page, "/s/kto", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let thanks = visitor.get(&sent.location.unwrap()).await;
    assert!(thanks.text().contains("data-done"));
}

#[tokio::test]
async fn the_circle_turns_once_from_the_wizard_to_the_export() {
    on_every_database(async |site| {
        let mut owner = site.visitor();
        owner.get("/set-up").await;
        let wizard = owner.get("/set-up").await;
        let fields = [
            ("organisation", "Testwinkel"),
            ("language", "nl"),
            ("time_zone", "Europe/Amsterdam"),
            ("name", "Sanne de Boer"),
            ("email", OWNER),
            ("password", PASSWORD),
        ];
        let done = owner.submit(&wizard, "/set-up", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());

        let mut program = program(site).await;
        let body = json!({ "name": "KTO", "template": "kto-kort", "slug": "kto" });
        let made = program.call("POST", "/api/v1/surveys", &body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let path = format!("/api/v1/surveys/{}", made.json()["id"].as_str().unwrap());
        let published = program
            .call("POST", &format!("{path}/publish"), &json!({}))
            .await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text());

        for score in ["10", "9", "9", "8", "3", "0"] {
            answer(site, score).await;
        }
        let found = program.get("/api/v1/results?survey=kto").await.json();
        let figure = &found["scales"][0]["figure"];
        assert_eq!(figure["n"], 6, "{found}");
        assert!((figure["value"].as_f64().unwrap() - 100.0 / 6.0).abs() < 1e-9);
        let page = owner.get("/results?survey=kto&group=language").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let found = owner
            .get("/responses?survey=kto&search=%C3%A9%C3%A9n")
            .await;
        assert_eq!(found.text().matches("één keer bellen").count(), 6);

        for (format, lines) in [("csv", 7), ("json", 1)] {
            let wanted = json!({ "format": format });
            let file = program
                .call("POST", &format!("{path}/export"), &wanted)
                .await;
            assert_eq!(file.status, StatusCode::OK, "{}", file.text());
            assert!(
                file.text().trim_end().lines().count() >= lines,
                "{}",
                file.text()
            );
        }
    })
    .await;
}

#[tokio::test]
async fn of_first_visitors_at_the_same_moment_one_sets_up() {
    on_every_database(async |site| {
        let visitors =
            (0..4).map(|number| site.app.set_up(first(&format!("v{number}@example.nl"))));
        let outcomes = join_all(visitors).await;
        let made = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(made, 1, "{outcomes:?}");
        for refused in outcomes.into_iter().filter_map(Result::err) {
            assert!(
                matches!(refused, AppError::Access(AccessError::AlreadySetUp)),
                "{refused:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn two_owners_who_demote_each_other_leave_one() {
    on_every_database(async |site| {
        site.app.set_up(first(OWNER)).await.unwrap();
        let owner = site.identity().await;
        let new = NewUser {
            name: "Tweede".into(),
            email: "tweede@example.nl".parse().unwrap(),
            password: PASSWORD.into(),
            role: Role::Owner,
            language: Language::Nl,
        };
        let second = site.app.add_user(&owner.actor, new).await.unwrap();
        for _ in 0..10 {
            let by = |user: &User| Actor {
                user: Some(user.id),
                ..owner.actor.clone()
            };
            let change = |user: &User, role: Role| PersonChange {
                name: user.name.clone(),
                role,
                is_blocked: false,
            };
            let (a, b) = (by(&owner.user), by(&second));
            let (one, other) = join(
                site.app
                    .update_user(&a, second.id, change(&second, Role::Viewer)),
                site.app
                    .update_user(&b, owner.user.id, change(&owner.user, Role::Viewer)),
            )
            .await;
            assert_eq!(
                [one.is_ok(), other.is_ok()]
                    .iter()
                    .filter(|ok| **ok)
                    .count(),
                1,
                "{one:?} {other:?}"
            );
            let people = site.app.list_users(&owner.actor).await.unwrap();
            let is_owner = |user: &&User| user.role == Role::Owner;
            assert_eq!(people.iter().filter(is_owner).count(), 1);
            for person in &people {
                let back = change(person, Role::Owner);
                site.app
                    .update_user(&owner.actor, person.id, back)
                    .await
                    .unwrap();
            }
        }
    })
    .await;
}
