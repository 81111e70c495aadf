//! Contacts, attributes and segments: added, changed, filtered, opted out.

use axum::http::StatusCode;
use peil_app::audience::{AudienceError, ContactQuery, Upserted};
use peil_domain::{
    access::Role,
    audience::{AttributeKind, ContactDraft},
};
use serde_json::json;

use crate::site::{Browser, Site};

/// Something to add: external identifier, address, name.
fn draft(external_id: &str, email: &str, name: &str) -> ContactDraft {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    ContactDraft {
        external_id: some(external_id),
        email: email.parse().ok(),
        name: some(name),
        ..ContactDraft::default()
    }
}

/// Whatever one can find in a customer file.
const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>",
    "O'Neill & \"Zonen\" <b>",
    "🚲 Jan de Wit 👩‍👩‍👧",
    "مرحبا بالعالم",
    "%_*?[a] '; DROP TABLE contacts; --",
];

async fn add_attribute(program: &mut Browser<'_>, label: &str, kind: &str) {
    let body = json!({ "label": label, "kind": kind });
    let answer = program.call("POST", "/api/v1/attributes", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
}

#[tokio::test]
async fn a_batch_finds_people_by_number_first_and_then_by_address() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let upsert = async |drafts| site.app.upsert_contacts(&actor, drafts).await.unwrap();
    let first = upsert(vec![
        draft("K1", "jan@example.nl", "Jan"),
        draft("", "els@example.nl", "Els"),
        draft("K3", "", "Ali"),
        draft("", "", "Niemand"),
    ])
    .await;
    let [
        Upserted::Added(jan),
        Upserted::Added(els),
        Upserted::Added(_),
        Upserted::Refused(_),
    ] = first[..]
    else {
        panic!("{first:?}");
    };
    let second = upsert(vec![
        draft("K1", "jan.nieuw@example.nl", ""),
        draft("K2", "els@example.nl", ""),
        draft("K3", "jan.nieuw@example.nl", ""),
        draft("K9", "els@example.nl", ""),
        draft("K1", "els@example.nl", ""),
    ])
    .await;
    assert_eq!(second[0], Upserted::Updated(jan));
    assert_eq!(second[1], Upserted::Updated(els));
    assert_eq!(second[2], Upserted::Refused(AudienceError::TwoContacts));
    assert_eq!(second[3], Upserted::Refused(AudienceError::EmailTaken));
    assert_eq!(second[4], Upserted::Refused(AudienceError::TwoContacts));
    let jan = site.app.get_contact(&actor, jan).await.unwrap().contact;
    assert_eq!(jan.email.unwrap().as_str(), "jan.nieuw@example.nl");
    assert_eq!(jan.name.as_deref(), Some("Jan"), "what is not said stays");
}

#[tokio::test]
async fn the_same_person_twice_in_a_batch_is_added_once() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let drafts = vec![
        draft("", "jan@example.nl", "Jan"),
        draft("K1", "JAN@example.nl", "Jan de Wit"),
        draft("K1", "", "Jan Wit"),
    ];
    let outcomes = site.app.upsert_contacts(&actor, drafts).await.unwrap();
    let Upserted::Added(id) = outcomes[0] else {
        panic!("{outcomes:?}")
    };
    assert_eq!(
        outcomes[1..],
        [Upserted::Updated(id), Upserted::Updated(id)]
    );
    let jan = site.app.get_contact(&actor, id).await.unwrap().contact;
    assert_eq!(jan.name.as_deref(), Some("Jan Wit"));
    assert_eq!(jan.external_id.as_deref(), Some("K1"));
}

#[tokio::test]
async fn addresses_may_change_owner_inside_one_batch() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let upsert = async |drafts| site.app.upsert_contacts(&actor, drafts).await.unwrap();
    upsert(vec![
        draft("A", "x@example.nl", ""),
        draft("B", "y@example.nl", ""),
    ])
    .await;
    let outcomes = upsert(vec![
        draft("A", "z@example.nl", ""),
        draft("B", "x@example.nl", ""),
        draft("A", "y@example.nl", ""),
        draft("C", "z@example.nl", ""),
    ])
    .await;
    assert!(matches!(
        outcomes[..],
        [
            Upserted::Updated(_),
            Upserted::Updated(_),
            Upserted::Updated(_),
            Upserted::Added(_)
        ]
    ));
    let counts = site.app.get_audience(&actor).await.unwrap();
    assert_eq!((counts.all, counts.reachable), (3, 3));
}

#[tokio::test]
async fn an_account_is_found_by_number_or_name_and_added_once() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let with_account = |id: &str, account: &str| ContactDraft {
        account: Some(account.into()),
        ..draft(id, "", "")
    };
    let drafts = ["Fietskoeriers", "Gemeente", " Fietskoeriers "];
    let drafts = drafts
        .iter()
        .enumerate()
        .map(|(n, name)| with_account(&format!("K{n}"), name));
    site.app
        .upsert_contacts(&actor, drafts.collect())
        .await
        .unwrap();
    let page = site
        .app
        .list_accounts(&actor, None, None, 50)
        .await
        .unwrap();
    let sizes: Vec<_> = page
        .items
        .iter()
        .map(|one| (one.account.name.as_str(), one.contacts))
        .collect();
    assert_eq!(sizes, [("Fietskoeriers", 2), ("Gemeente", 1)]);
}

#[tokio::test]
async fn an_import_can_opt_someone_out_but_never_in_again() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let out = ContactDraft {
        has_opted_out: true,
        ..draft("K1", "jan@example.nl", "")
    };
    site.app.upsert_contacts(&actor, vec![out]).await.unwrap();
    site.app
        .upsert_contacts(&actor, vec![draft("K1", "jan@example.nl", "")])
        .await
        .unwrap();
    let counts = site.app.get_audience(&actor).await.unwrap();
    assert_eq!((counts.all, counts.reachable, counts.opted_out), (1, 0, 1));
}

#[tokio::test]
async fn values_must_have_the_type_of_their_attribute() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    add_attribute(&mut program, "Omzet", "number").await;
    let contact = |attributes| json!({ "external_id": "K1", "attributes": attributes });
    for (attributes, code) in [
        (json!({ "omzet": "veel" }), "not-a-number"),
        (json!({ "regio": "Noord" }), "unknown-attribute"),
    ] {
        let answer = program
            .call("POST", "/api/v1/contacts", &contact(attributes))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json()["code"], code, "{}", answer.text());
    }
    let answer = program
        .call(
            "POST",
            "/api/v1/contacts",
            &contact(json!({ "omzet": 12.5 })),
        )
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert_eq!(answer.json()["attributes"]["omzet"], 12.5);
}

#[tokio::test]
async fn a_change_leaves_what_it_does_not_name_and_null_clears() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    add_attribute(&mut program, "Regio", "choice").await;
    let body = json!({
        "external_id": "K1", "email": "jan@example.nl", "name": "Jan", "phone": "06",
        "account": "Fietskoeriers", "language": "nl", "attributes": { "regio": "Noord" },
    });
    let made = program.call("POST", "/api/v1/contacts", &body).await.json();
    assert_eq!(made["account"], "Fietskoeriers");
    let path = format!("/api/v1/contacts/{}", made["id"].as_str().unwrap());
    let change = json!({ "phone": null, "name": "Jan de Wit", "account": null, "attributes": { "regio": null } });
    let changed = program.call("PATCH", &path, &change).await.json();
    assert_eq!(changed["name"], "Jan de Wit");
    assert_eq!(changed["email"], "jan@example.nl");
    assert!(changed["phone"].is_null() && changed["account_id"].is_null());
    assert_eq!(changed["attributes"], json!({}));
    let nobody = json!({ "external_id": null, "email": null });
    let refused = program.call("PATCH", &path, &nobody).await;
    assert_eq!(refused.json()["code"], "no-identity", "{}", refused.text());
    let unknown = program
        .call("PATCH", &path, &json!({ "surname": "x" }))
        .await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_opt_out_holds_until_it_is_undone_for_a_reason() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let body = json!({ "email": "jan@example.nl" });
    let made = program.call("POST", "/api/v1/contacts", &body).await.json();
    let path = format!("/api/v1/contacts/{}", made["id"].as_str().unwrap());
    let before = program.get(&path).await.json();
    assert!(before["may_be_asked"][0]["now"].as_bool().unwrap());
    let answer = program
        .call("POST", &format!("{path}/opt-out"), &json!({}))
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let after = program.get(&path).await.json();
    assert_eq!(after["may_be_asked"][0]["why_not"], "opted_out");
    assert_eq!(after["history"][0]["kind"], "opted_out");
    let opt_in = format!("{path}/opt-in");
    let answer = program
        .call("POST", &opt_in, &json!({ "reason": " " }))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = program
        .call("POST", &opt_in, &json!({ "reason": "Belde zelf" }))
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let again = program.get(&path).await.json();
    assert!(again["may_be_asked"][0]["now"].as_bool().unwrap());
}

#[tokio::test]
async fn the_size_of_a_segment_equals_counting_by_hand() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let mut program = site.program().await;
    site.app
        .create_attribute(&actor, "Regio", AttributeKind::Choice)
        .await
        .unwrap();
    site.app
        .create_attribute(&actor, "Omzet", AttributeKind::Number)
        .await
        .unwrap();
    let regions = ["Noord", "Zuid", "Oost"];
    let people: Vec<_> = (0..300_usize)
        .map(|n| {
            let mut one = json!({ "external_id": format!("K{n}"), "attributes": {} });
            if n % 4 != 0 {
                one["attributes"]["regio"] = json!(regions[n % 3]);
            }
            if n % 5 != 0 {
                one["attributes"]["omzet"] = json!(n);
            }
            if n % 2 == 0 {
                one["email"] = json!(format!("k{n}@example.nl"));
            }
            one["opted_out"] = json!(n % 7 == 0);
            one
        })
        .collect();
    let body = json!({ "contacts": people });
    let answer = program
        .call("POST", "/api/v1/contacts/upsert", &body)
        .await
        .json();
    let outcomes = answer["outcomes"].as_array().unwrap();
    assert!(
        outcomes.iter().all(|one| one["outcome"] == "added"),
        "{answer}"
    );

    let filter = json!({ "conditions": [
        { "field": "attribute.regio", "operator": "is", "values": ["Noord", "Oost"] },
        { "field": "attribute.omzet", "operator": "at_least", "values": ["100"] },
    ] });
    let is_in = |n: &usize| !n.is_multiple_of(4) && n % 3 != 1 && !n.is_multiple_of(5) && *n >= 100;
    let expected = (0..300).filter(is_in).count();
    let reachable = (0..300)
        .filter(is_in)
        .filter(|n| n % 2 == 0 && n % 7 != 0)
        .count();
    let counted = program
        .call("POST", "/api/v1/segments/count", &filter)
        .await
        .json();
    assert_eq!(counted["size"], expected);
    assert_eq!(counted["reachable"], reachable);
    assert_eq!(counted["sample"].as_array().unwrap().len(), 5);

    let segment = json!({ "name": "Noord en Oost", "filter": filter });
    let made = program
        .call("POST", "/api/v1/segments", &segment)
        .await
        .json();
    let id = made["id"].as_str().unwrap();
    let read = program.get(&format!("/api/v1/segments/{id}")).await.json();
    assert_eq!(read["size"], expected);
    let mut listed = 0;
    let mut after = String::new();
    loop {
        let path = format!("/api/v1/contacts?segment={id}&limit=7{after}");
        let page = program.get(&path).await.json();
        listed += page["items"].as_array().unwrap().len();
        let Some(next) = page["next"].as_str() else {
            break;
        };
        after = format!("&after={}", next.replace(' ', "%20"));
    }
    assert_eq!(listed, expected);
    let twice = program.call("POST", "/api/v1/segments", &segment).await;
    assert_eq!(twice.json()["code"], "segment-taken");
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_refused_with_the_reason() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    for (condition, code) in [
        (
            json!({ "field": "surname", "operator": "is", "values": ["x"] }),
            "condition-impossible",
        ),
        (
            json!({ "field": "email", "operator": "at_least", "values": ["x"] }),
            "condition-impossible",
        ),
        (
            json!({ "field": "email", "operator": "is" }),
            "condition-without-value",
        ),
        (
            json!({ "field": "email", "operator": "is", "values": ["a\u{0}"] }),
            "condition-bad-value",
        ),
        (
            json!({ "field": "attribute.x", "operator": "known" }),
            "unknown-attribute",
        ),
    ] {
        let filter = json!({ "conditions": [condition] });
        let answer = program
            .call("POST", "/api/v1/segments/count", &filter)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json()["code"], code, "{}", answer.text());
    }
    let answer = program.get("/api/v1/contacts?after=nonsense").await;
    assert_eq!(answer.json()["code"], "bad-cursor");
    let answer = program.get("/api/v1/contacts?search=%00").await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn who_may_not_see_persons_sees_none() {
    let site = Site::ready().await;
    let mut viewer = site.person(Role::Viewer).await;
    for path in [
        "/audience",
        "/audience/segments",
        "/audience/attributes",
        "/audience/accounts",
    ] {
        assert_eq!(
            viewer.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let token = site.token("results:read").await;
    let mut program = site.visitor();
    program
        .headers
        .push(("authorization", format!("Bearer {token}")));
    for path in ["audience", "contacts", "segments", "attributes", "accounts"] {
        let answer = program.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_customer_is_added_and_changed_on_screen() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let empty = owner.get("/audience").await.text();
    assert!(empty.contains("Hier komen je klanten"), "{empty}");
    let page = owner.get("/audience/new").await;
    let wrong = [("name", "Jan de Wit"), ("email", "jan@")];
    let answer = owner.submit(&page, "/audience/new", &wrong).await.text();
    assert!(answer.contains("Dit is geen e-mailadres") && answer.contains("value=\"Jan de Wit\""));
    let nobody = owner
        .submit(&page, "/audience/new", &[("name", "Jan")])
        .await
        .text();
    assert!(
        nobody.contains("Vul een e-mailadres of een klantnummer in"),
        "{nobody}"
    );
    let right = [
        ("name", "Jan de Wit"),
        ("email", "jan@example.nl"),
        ("account", "Fietskoeriers"),
    ];
    let answer = owner.submit(&page, "/audience/new", &right).await;
    let person = answer.location.unwrap().replace("?done=contact-added", "");
    let html = owner.get(&person).await.text();
    assert!(
        html.contains("Jan de Wit") && html.contains("Fietskoeriers"),
        "{html}"
    );
    let edit = format!("{person}/edit");
    let page = owner.get(&edit).await;
    let changed = [
        ("name", "Jan Wit"),
        ("external_id", "K1"),
        ("language", "en"),
    ];
    let answer = owner.submit(&page, &edit, &changed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let html = owner.get(&person).await.text();
    assert!(
        html.contains("Jan Wit") && html.contains("Engels"),
        "{html}"
    );
    assert!(!html.contains("jan@example.nl"), "what was emptied is gone");
}

#[tokio::test]
async fn opting_out_and_in_on_screen_says_why_one_may_not_ask() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let mut owner = site.owner().await;
    let made = site
        .app
        .create_contact(&actor, draft("", "jan@example.nl", "Jan"))
        .await
        .unwrap();
    let person = format!("/audience/{}", made.contact.id);
    let page = owner.get(&person).await;
    assert!(
        page.text()
            .contains("Er is niets wat vragen in de weg staat")
    );
    owner.submit(&page, &format!("{person}/opt-out"), &[]).await;
    let page = owner.get(&person).await;
    assert!(page.text().contains("Wil geen uitnodigingen"));
    let opt_in = format!("{person}/opt-in");
    let refused = owner
        .submit(&page, &opt_in, &[("reason", " ")])
        .await
        .text();
    assert!(refused.contains("Vul dit in"), "{refused}");
    owner
        .submit(&page, &opt_in, &[("reason", "Belde zelf")])
        .await;
    let page = owner.get(&person).await;
    assert!(
        page.text()
            .contains("Er is niets wat vragen in de weg staat")
    );
}

#[tokio::test]
async fn hostile_names_are_shown_as_they_are_and_harm_nothing() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let mut owner = site.owner().await;
    let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(5);
    let names: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    let drafts = names.iter().enumerate().map(|(n, name)| {
        let account = Some((*name).to_owned());
        ContactDraft {
            account,
            ..draft(&format!("K{n}"), "", name)
        }
    });
    let outcomes = site
        .app
        .upsert_contacts(&actor, drafts.collect())
        .await
        .unwrap();
    for (name, outcome) in names.iter().zip(outcomes) {
        let Upserted::Added(id) = outcome else {
            panic!("{outcome:?}")
        };
        for path in [format!("/audience/{id}"), format!("/audience/{id}/edit")] {
            let answer = owner.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK);
            let html = answer.text();
            assert!(
                !html.contains("<script>alert") && !html.contains("<b>"),
                "{path}"
            );
        }
        let query = ContactQuery {
            search: Some((*name).to_owned()),
            limit: 5,
            ..ContactQuery::default()
        };
        let found = site.app.list_contacts(&actor, &query).await.unwrap();
        assert_eq!(found.items.len(), 1, "{name}");
    }
    for path in [
        "/audience",
        "/audience/accounts",
        "/audience?q=%3Cscript%3E&account=%22%3E%3Cb%3E",
    ] {
        let html = owner.get(path).await.text();
        assert!(
            !html.contains("<script>alert") && !html.contains("<b>\""),
            "{path}"
        );
    }
    let too_long = site
        .app
        .upsert_contacts(&actor, vec![draft("K", "", &"a".repeat(201))])
        .await;
    assert!(matches!(too_long.unwrap()[..], [Upserted::Refused(_)]));
}

#[tokio::test]
async fn a_segment_is_built_row_by_row_without_script() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    site.app
        .create_attribute(&actor, "Regio", AttributeKind::Choice)
        .await
        .unwrap();
    let mut program = site.program().await;
    for (n, region) in ["Noord", "Noord", "Zuid"].iter().enumerate() {
        let body = json!({ "external_id": format!("K{n}"), "attributes": { "regio": region } });
        program.call("POST", "/api/v1/contacts", &body).await;
    }
    let mut owner = site.owner().await;
    let new = "/audience/segments/new";
    let page = owner.get(new).await;
    assert!(page.text().contains("iedereen zit erin"));
    let add = [
        ("name", "Noorderlingen"),
        ("new-field", "attribute.regio"),
        ("do", "add"),
    ];
    let page = owner.submit(&page, new, &add).await;
    let html = page.text();
    assert!(
        html.contains("value=\"Noord\"") && html.contains("value=\"Noorderlingen\""),
        "{html}"
    );
    let row = [
        ("name", "Noorderlingen"),
        ("operator-0", "is"),
        ("value-0", "Noord"),
    ];
    let counted = owner
        .submit(&page, new, &[&row[..], &[("do", "count")]].concat())
        .await;
    assert!(
        counted.text().contains("<p class=\"tile-value\">2 "),
        "{}",
        counted.text()
    );
    let dropped = owner
        .submit(&page, new, &[&row[..], &[("do", "drop-0")]].concat())
        .await;
    assert!(dropped.text().contains("iedereen zit erin"));
    let empty = [
        ("name", "Noorderlingen"),
        ("operator-0", "is"),
        ("do", "save"),
    ];
    let refused = owner.submit(&page, new, &empty).await;
    assert!(
        refused.text().contains("heeft nog geen waarde"),
        "{}",
        refused.text()
    );
    let saved = owner
        .submit(&page, new, &[&row[..], &[("do", "save")]].concat())
        .await;
    assert_eq!(
        saved.location.as_deref(),
        Some("/audience/segments?done=segment-saved")
    );
    let list = owner.get("/audience/segments").await.text();
    assert!(
        list.contains("Noorderlingen") && list.contains("Regio is Noord"),
        "{list}"
    );
    let segments = site.app.list_segments(&actor).await.unwrap();
    assert_eq!(segments[0].size, Some(2));
    let id = segments[0].segment.id;
    let people = owner.get(&format!("/audience?segment={id}")).await.text();
    assert!(people.contains("2 klanten"), "{people}");
    let page = owner.get(&format!("/audience/segments/{id}")).await;
    let gone = owner
        .submit(&page, &format!("/audience/segments/{id}/remove"), &[])
        .await;
    assert_eq!(
        gone.location.as_deref(),
        Some("/audience/segments?done=segment-removed")
    );
}

#[tokio::test]
async fn an_attribute_gets_a_key_of_its_own_and_can_be_renamed() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let path = "/audience/attributes";
    let page = owner.get(path).await;
    let fields = [("label", "Soort klant"), ("kind", "choice")];
    let made = owner.submit(&page, path, &fields).await;
    assert_eq!(
        made.location.as_deref(),
        Some("/audience/attributes?done=attribute-added")
    );
    let twice = owner.submit(&page, path, &fields).await.text();
    assert!(twice.contains("Een ander kenmerk heet al zo"), "{twice}");
    let page = owner.get(path).await;
    let rename = "/audience/attributes/soort_klant";
    owner
        .submit(&page, rename, &[("label", "Klantsoort")])
        .await;
    let html = owner.get(path).await.text();
    assert!(
        html.contains("Klantsoort") && html.contains("soort_klant"),
        "{html}"
    );
}

#[tokio::test]
async fn what_belongs_to_another_organisation_does_not_exist_here() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let mut program = site.program().await;
    let foreign = "01890a5d-ac96-774b-bcce-b302099a8057";
    for path in [
        format!("/audience/{foreign}"),
        format!("/audience/{foreign}/edit"),
        format!("/audience/segments/{foreign}"),
        "/audience/nonsense".to_owned(),
    ] {
        assert_eq!(
            owner.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    for path in [
        format!("contacts/{foreign}"),
        format!("segments/{foreign}"),
        "contacts/x".into(),
    ] {
        let answer = program.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.kind, "application/problem+json");
    }
}

#[tokio::test]
async fn an_agent_reads_but_changes_nothing() {
    let site = Site::ready().await;
    let actor = site.identity().await.actor;
    let made = site
        .app
        .create_contact(&actor, draft("K1", "", "Jan"))
        .await
        .unwrap();
    let mut agent = site.person(Role::Agent).await;
    let page = agent.get(&format!("/audience/{}", made.contact.id)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text().contains("opt-out\""),
        "no button that would be refused"
    );
    let csrf = agent.get("/audience/segments/new").await;
    for path in [
        "/audience/new",
        &format!("/audience/{}/opt-out", made.contact.id),
    ] {
        let fields: Vec<_> = csrf.hidden_fields("/audience/segments/new");
        assert_eq!(
            agent.post(path, &fields).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}
