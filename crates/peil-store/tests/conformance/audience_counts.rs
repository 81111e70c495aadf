//! What filters on contacts are offered with: values, languages, accounts, and how many have them.

use peil_domain::{
    audience::{Attribute, AttributeKind, AttributeValue, Contact, Filter},
    shared::{AccountId, AttributeId, Language, WorkspaceId},
};
use peil_store::{
    StoreError,
    audience::{accounts, attributes, contacts, counts},
};

use crate::{
    databases::{Place, on_every_database},
    sample::{self, at, id, key},
};

fn attribute(workspace: WorkspaceId, name: &str, kind: AttributeKind) -> Attribute {
    Attribute {
        id: AttributeId(id()),
        workspace,
        key: key(name),
        label: name.to_uppercase(),
        kind,
    }
}

/// Six contacts: regions Zuid, Zuid, Zuid, Noord and twice none; two opted out.
async fn fill(place: &Place, workspace: WorkspaceId) -> Vec<Contact> {
    let regions = [
        Some("Zuid"),
        Some("Noord"),
        Some("Zuid"),
        None,
        Some("Zuid"),
        None,
    ];
    let mut new = Vec::new();
    for (number, region) in regions.into_iter().enumerate() {
        let mut contact = sample::contact(workspace, &format!("Naam {number}"));
        contact.attributes.clear();
        contact.language = Some(if number == 0 {
            Language::En
        } else {
            Language::Nl
        });
        contact.opted_out_at = (number >= 4).then(|| at(5));
        if let Some(region) = region {
            let value = AttributeValue::Text(region.into());
            contact.attributes.insert(key("regio"), value);
        }
        contact
            .attributes
            .insert(key("omzet"), AttributeValue::Number(1.5));
        new.push(contact);
    }
    let tx = place.store.begin(workspace).await.unwrap();
    contacts::insert_many(&tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    new
}

#[tokio::test]
async fn values_languages_and_attributes_are_counted_in_their_own_organisation_only() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let other = sample::workspace(&place.store).await;
        fill(place, workspace).await;
        fill(place, other).await;
        let read = place.store.read(workspace);
        let region = attribute(workspace, "regio", AttributeKind::Choice);
        let found = counts::values(&read, &region, 10).await.unwrap();
        assert_eq!(found, [("Zuid".to_owned(), 3), ("Noord".to_owned(), 1)]);
        let one = counts::values(&read, &region, 1).await.unwrap();
        assert_eq!(one.len(), 1);
        let revenue = attribute(workspace, "omzet", AttributeKind::Number);
        assert!(
            counts::values(&read, &revenue, 10)
                .await
                .unwrap()
                .is_empty()
        );
        let languages = counts::languages(&read).await.unwrap();
        assert_eq!(languages, [(Language::En, 1), (Language::Nl, 5)]);
        let known = counts::known(&read).await.unwrap();
        assert_eq!(known.get(&key("regio")), Some(&4));
        assert_eq!(known.get(&key("omzet")), Some(&6));
    })
    .await;
}

#[tokio::test]
async fn who_opted_out_or_has_no_address_cannot_be_reached() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let mut some = fill(place, workspace).await;
        some[0].email = None;
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::save(&tx, &some[0]).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let count =
            async |filter: Filter| contacts::count(&read, &filter, &[], None).await.unwrap();
        assert_eq!(count(Filter::opted_out()).await, 2);
        assert_eq!(count(Filter::reachable()).await, 3);
        assert_eq!(count(Filter::reachable().and(Filter::opted_out())).await, 0);
    })
    .await;
}

#[tokio::test]
async fn accounts_are_found_by_either_name_paged_and_counted() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let tx = place.store.begin(workspace).await.unwrap();
        let mut ids = Vec::new();
        for (number, name) in ["Bakkerij", "Apotheek", "Bakkerij"].into_iter().enumerate() {
            let new = AccountId(id());
            let external_id = format!("A{number}");
            ids.push(
                accounts::find_or_add(&tx, new, &external_id, name)
                    .await
                    .unwrap()
                    .id,
            );
        }
        let mut anna = sample::contact(workspace, "Anna");
        anna.account = Some(ids[1]);
        contacts::add(&tx, &anna).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let texts = [
            "A1".to_owned(),
            "Bakkerij".to_owned(),
            "onbekend".to_owned(),
        ];
        let found = accounts::lookup_many(&read, &texts).await.unwrap();
        assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), ids);
        let sizes = counts::accounts(&read, &ids).await.unwrap();
        assert_eq!(sizes.into_iter().collect::<Vec<_>>(), [(ids[1], 1)]);
        let mut seen = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = accounts::list_page(&read, None, after.as_deref(), 1)
                .await
                .unwrap();
            seen.extend(page.items.into_iter().map(|one| one.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, [ids[1], ids[0], ids[2]]);
        let searched = accounts::list_page(&read, Some("APO"), None, 10)
            .await
            .unwrap();
        assert_eq!(searched.items.len(), 1);
        let nonsense = accounts::list_page(&read, None, Some("x"), 10).await;
        assert!(matches!(nonsense, Err(StoreError::BadCursor)));
    })
    .await;
}

#[tokio::test]
async fn a_label_changes_and_the_key_stays() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let mut region = attribute(workspace, "regio", AttributeKind::Choice);
        let tx = place.store.begin(workspace).await.unwrap();
        attributes::add(&tx, &region).await.unwrap();
        region.label = "Streek".into();
        attributes::save_label(&tx, &region).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        assert_eq!(attributes::list(&read).await.unwrap(), [region]);
    })
    .await;
}
