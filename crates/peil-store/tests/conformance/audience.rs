//! Contacts, accounts and segments.

use peil_domain::{
    audience::{AttributeValue, Contact, Filter, Segment},
    shared::{AccountId, ContactId, SegmentId, WorkspaceId},
};
use peil_store::{
    Session, StoreError,
    audience::{
        accounts,
        contacts::{self, ContactQuery},
        segments,
    },
};

use crate::{
    databases::{Place, on_every_database},
    sample::{self, Chance, at, id, key},
};

async fn add(place: &Place, workspace: WorkspaceId, new: &[Contact]) {
    let tx = place.store.begin(workspace).await.unwrap();
    contacts::insert_many(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn search(session: &impl Session, text: &str) -> Vec<ContactId> {
    let query = ContactQuery {
        filter: &Filter::default(),
        attributes: &[],
        search: Some(text),
        after: None,
        limit: 100,
    };
    let page = contacts::list(session, &query).await.unwrap();
    page.items.into_iter().map(|contact| contact.id).collect()
}

#[tokio::test]
async fn a_contact_reads_back_as_it_was_added_and_as_it_was_saved() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let mut anna = sample::contact(workspace, "Anna Ünal");
        anna.attributes
            .insert(key("omzet"), AttributeValue::Number(0.1));
        anna.attributes
            .insert(key("actief"), AttributeValue::Boolean(true));
        anna.attributes.insert(
            key("plaats"),
            AttributeValue::Text("'s-Hertogenbosch".into()),
        );
        let mut bert = sample::contact(workspace, "Bert");
        add(place, workspace, &[anna.clone(), bert.clone()]).await;
        let read = place.store.read(workspace);
        assert_eq!(
            contacts::find(&read, anna.id).await.unwrap(),
            Some(anna.clone())
        );
        bert.email = None;
        bert.name = None;
        bert.updated_at = at(9);
        anna.account = Some(AccountId(id()));
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::save_many(&tx, &[anna.clone(), bert.clone()])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let external_id = anna.external_id.clone().unwrap();
        let email = anna.email.clone().unwrap();
        let found = contacts::find_by_external_id(&read, &external_id)
            .await
            .unwrap();
        assert_eq!(found.as_ref(), Some(&anna));
        assert_eq!(
            contacts::find_by_email(&read, &email)
                .await
                .unwrap()
                .as_ref(),
            Some(&anna)
        );
        assert_eq!(
            contacts::find(&read, bert.id).await.unwrap().as_ref(),
            Some(&bert)
        );
        let both = [
            external_id,
            bert.external_id.clone().unwrap(),
            "onbekend".into(),
        ];
        let mut found = contacts::lookup_many(&read, &both, &[email]).await.unwrap();
        found.sort_by_key(|contact| contact.id);
        assert_eq!(found, [anna, bert]);
    })
    .await;
}

#[tokio::test]
async fn an_address_belongs_to_one_contact() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let anna = sample::contact(workspace, "Anna");
        let mut double = sample::contact(workspace, "Anna");
        double.email = anna.email.clone();
        add(place, workspace, &[anna]).await;
        let tx = place.store.begin(workspace).await.unwrap();
        let refused = contacts::add(&tx, &double).await.unwrap_err();
        assert!(matches!(refused, StoreError::Taken(_)), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn pages_by_name_lose_nobody_and_show_nobody_twice() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let mut chance = Chance(3);
        let mut all: Vec<Contact> = (0..97)
            .map(|_| {
                let mut contact = sample::contact(
                    workspace,
                    chance.pick(&["anna", "Anna", "Bert B", "", "Zoë"]),
                );
                contact.name = contact.name.filter(|name| !name.is_empty());
                contact
            })
            .collect();
        add(place, workspace, &all).await;
        let read = place.store.read(workspace);
        let mut found = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let query = ContactQuery {
                filter: &Filter::default(),
                attributes: &[],
                search: None,
                after: after.as_deref(),
                limit: 10,
            };
            let page = contacts::list(&read, &query).await.unwrap();
            found.extend(page.items.into_iter().map(|contact| contact.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        all.sort_by_key(|one| (one.name.clone().unwrap_or_default().to_lowercase(), one.id));
        assert_eq!(
            found,
            all.iter().map(|contact| contact.id).collect::<Vec<_>>()
        );
        let wrong = ContactQuery {
            filter: &Filter::default(),
            attributes: &[],
            search: None,
            after: Some("geen cursor"),
            limit: 10,
        };
        assert!(matches!(
            contacts::list(&read, &wrong).await,
            Err(StoreError::BadCursor)
        ));
    })
    .await;
}

#[tokio::test]
async fn searching_looks_at_name_address_and_identifier_whatever_the_case() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let mut anna = sample::contact(workspace, "Anna Ünal");
        anna.external_id = Some("KL-0042".into());
        anna.email = Some("post@adres.nl".parse().unwrap());
        let mut odd = sample::contact(workspace, "50%_korting [x]");
        odd.external_id = Some("*".into());
        add(place, workspace, &[anna.clone(), odd.clone()]).await;
        let read = place.store.read(workspace);
        for text in ["ÜNAL", "ünal", " anna ", "kl-0042", "POST@ADRES"] {
            assert_eq!(search(&read, text).await, [anna.id], "{text}");
        }
        for text in ["50%", "%_", "[X]", "*"] {
            assert_eq!(search(&read, text).await, [odd.id], "{text}");
        }
        assert_eq!(search(&read, "a%l").await, []);
        assert_eq!(search(&read, "  ").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn walking_in_order_of_identifier_meets_everyone_once() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let all: Vec<Contact> = (0..25)
            .map(|_| sample::contact(workspace, "Anna"))
            .collect();
        add(place, workspace, &all).await;
        let read = place.store.read(workspace);
        let everyone = Filter::default();
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let some = contacts::list_from(&read, &everyone, &[], after, 10)
                .await
                .unwrap();
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            found.extend(some);
        }
        assert_eq!(found, all);
    })
    .await;
}

#[tokio::test]
async fn the_first_opt_out_counts_until_it_is_taken_back() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let anna = sample::contact(workspace, "Anna");
        add(place, workspace, std::slice::from_ref(&anna)).await;
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(contacts::opt_out(&tx, anna.id, at(5)).await.unwrap());
        assert!(!contacts::opt_out(&tx, anna.id, at(6)).await.unwrap());
        let found = contacts::find(&tx, anna.id).await.unwrap().unwrap();
        assert_eq!(found.opted_out_at, Some(at(5)));
        assert!(contacts::opt_in(&tx, anna.id).await.unwrap());
        assert!(!contacts::opt_in(&tx, anna.id).await.unwrap());
        assert_eq!(contacts::find(&tx, anna.id).await.unwrap(), Some(anna));
    })
    .await;
}

#[tokio::test]
async fn an_account_is_added_once() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let tx = place.store.begin(workspace).await.unwrap();
        let first = accounts::find_or_add(&tx, AccountId(id()), "A1", "Bakker")
            .await
            .unwrap();
        let again = accounts::find_or_add(&tx, AccountId(id()), "A1", "Bakkerij")
            .await
            .unwrap();
        assert_eq!(again, first);
        assert_eq!(
            accounts::list(&tx).await.unwrap(),
            std::slice::from_ref(&first)
        );
        let names = accounts::names(&tx, &[first.id, AccountId(id())])
            .await
            .unwrap();
        assert_eq!(
            names.into_iter().collect::<Vec<_>>(),
            [(first.id, "Bakker".to_owned())]
        );
    })
    .await;
}

#[tokio::test]
async fn a_segment_keeps_its_filter_and_its_name_is_used_once() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let filter = serde_json::json!({ "conditions": [
            { "field": "attribute.regio", "operator": "is_not", "values": ["Noord"] }
        ] });
        let mut segment = Segment {
            id: SegmentId(id()),
            workspace,
            name: "Niet Noord".into(),
            filter: serde_json::from_value(filter).unwrap(),
        };
        let tx = place.store.begin(workspace).await.unwrap();
        segments::add(&tx, &segment).await.unwrap();
        segment.name = "Elders".into();
        assert!(segments::save(&tx, &segment).await.unwrap());
        assert_eq!(
            segments::find(&tx, segment.id).await.unwrap(),
            Some(segment.clone())
        );
        tx.commit().await.unwrap();
        let tx = place.store.begin(workspace).await.unwrap();
        let double = Segment {
            id: SegmentId(id()),
            ..segment.clone()
        };
        assert!(matches!(
            segments::add(&tx, &double).await,
            Err(StoreError::Taken(_))
        ));
        drop(tx);
        let tx = place.store.begin(workspace).await.unwrap();
        segments::remove(&tx, segment.id).await.unwrap();
        assert_eq!(segments::list(&tx).await.unwrap(), []);
    })
    .await;
}
