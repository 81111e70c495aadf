//! Filters of segments, against an evaluation in plain Rust.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::{
    audience::{
        Attribute, AttributeKind, AttributeValue, Condition, Contact, Field, Filter, Operator,
    },
    shared::{AccountId, AttributeId, ContactId, Language, WorkspaceId},
};
use peil_store::{
    Store,
    audience::{accounts, attributes, contacts},
};

use crate::{
    databases::on_every_database,
    sample::{self, Chance, id, key},
};

const NAMES: [&str; 6] = [
    "Één BV",
    "100% Zorg",
    "a_b",
    "Noord\\Zuid",
    "[klant] *?",
    "ONS Huis",
];

struct Audience {
    attributes: Vec<Attribute>,
    accounts: BTreeMap<AccountId, String>,
    contacts: Vec<Contact>,
}

async fn audience(store: &Store, workspace: WorkspaceId) -> Audience {
    let mut chance = Chance(7);
    let kinds = [
        ("plaats", AttributeKind::Text),
        ("omzet", AttributeKind::Number),
        ("sinds", AttributeKind::Date),
        ("actief", AttributeKind::Boolean),
        ("regio", AttributeKind::Choice),
    ];
    let attributes: Vec<Attribute> = kinds
        .into_iter()
        .map(|(name, kind)| Attribute {
            id: AttributeId(id()),
            workspace,
            key: key(name),
            label: name.into(),
            kind,
        })
        .collect();
    let tx = store.begin(workspace).await.unwrap();
    for attribute in &attributes {
        attributes::add(&tx, attribute).await.unwrap();
    }
    let mut accounts = BTreeMap::new();
    for name in NAMES {
        let account = accounts::find_or_add(&tx, AccountId(id()), name, name)
            .await
            .unwrap();
        accounts.insert(account.id, account.name);
    }
    let ids: Vec<AccountId> = accounts.keys().copied().collect();
    let contacts: Vec<Contact> = (0..300)
        .map(|_| random_contact(&mut chance, workspace, &ids))
        .collect();
    contacts::insert_many(&tx, &contacts).await.unwrap();
    tx.commit().await.unwrap();
    Audience {
        attributes,
        accounts,
        contacts,
    }
}

fn random_contact(chance: &mut Chance, workspace: WorkspaceId, accounts: &[AccountId]) -> Contact {
    let mut contact = sample::contact(workspace, chance.pick(&NAMES));
    contact.language = chance.pick(&[None, Some(Language::Nl), Some(Language::En)]);
    contact.account = chance.happens(70).then(|| chance.pick(accounts));
    if chance.happens(20) {
        contact.email = None;
    }
    contact.opted_out_at = chance.happens(20).then(|| sample::at(1));
    let mut put = |name: &str, kind: AttributeKind, values: &[&str]| {
        if chance.happens(75) {
            let value = AttributeValue::parse(kind, chance.pick(values)).unwrap();
            contact.attributes.insert(key(name), value);
        }
    };
    put("plaats", AttributeKind::Text, &NAMES);
    put(
        "omzet",
        AttributeKind::Number,
        &["-1", "0", "0.1", "9", "10", "1e6"],
    );
    put(
        "sinds",
        AttributeKind::Date,
        &["1999-12-31", "2024-02-29", "2026-01-01"],
    );
    put("actief", AttributeKind::Boolean, &["true", "false"]);
    put("regio", AttributeKind::Choice, &["Noord", "Zuid", "noord"]);
    contact
}

/// What the database is compared with.
fn holds(audience: &Audience, condition: &Condition, contact: &Contact) -> bool {
    let text = |text: String| Some(AttributeValue::Text(text));
    let value = match &condition.field {
        Field::Language => contact
            .language
            .and_then(|language| text(language.code().into())),
        Field::Email => contact
            .email
            .as_ref()
            .and_then(|email| text(email.to_string())),
        Field::Account => contact
            .account
            .and_then(|account| text(audience.accounts[&account].clone())),
        Field::OptOut => contact.opted_out_at.and_then(|at| text(at.to_string())),
        Field::Attribute(key) => contact.attributes.get(key).cloned(),
    };
    let kind = condition.kind(&audience.attributes).unwrap();
    let wanted = || {
        condition
            .values
            .iter()
            .map(|v| AttributeValue::parse(kind, v).unwrap())
    };
    let Some(value) = value else {
        return matches!(condition.operator, Operator::IsNot | Operator::Unknown);
    };
    let order = |other: &AttributeValue| match (&value, other) {
        (AttributeValue::Number(a), AttributeValue::Number(b)) => a.total_cmp(b),
        (AttributeValue::Text(a), AttributeValue::Text(b)) => a.cmp(b),
        _ => panic!("no order"),
    };
    match condition.operator {
        Operator::Is => wanted().any(|other| other == value),
        Operator::IsNot => wanted().all(|other| other != value),
        Operator::AtLeast => wanted().any(|other| order(&other).is_ge()),
        Operator::AtMost => wanted().any(|other| order(&other).is_le()),
        Operator::Contains => condition.values.iter().any(|part| {
            value
                .to_string()
                .to_lowercase()
                .contains(&part.to_lowercase())
        }),
        Operator::Known => true,
        Operator::Unknown => false,
    }
}

fn condition(field: &str, operator: Operator, values: &[&str]) -> Condition {
    let values = values.iter().map(ToString::to_string).collect();
    Condition {
        field: field.parse().unwrap(),
        operator,
        values,
    }
}

fn table() -> Vec<Condition> {
    use Operator::{AtLeast, AtMost, Contains, Is, IsNot, Known, Unknown};
    let mut table = Vec::new();
    for field in [
        "language",
        "account",
        "email",
        "opt_out",
        "attribute.plaats",
        "attribute.omzet",
        "attribute.sinds",
        "attribute.actief",
        "attribute.regio",
    ] {
        table.push(condition(field, Known, &[]));
        table.push(condition(field, Unknown, &[]));
    }
    for operator in [Is, IsNot] {
        table.push(condition("language", operator, &["nl"]));
        table.push(condition("account", operator, &["Één BV", "a_b"]));
        table.push(condition("email", operator, &["niemand@voorbeeld.nl"]));
        table.push(condition(
            "attribute.plaats",
            operator,
            &["100% Zorg", "' OR 1=1 --"],
        ));
        table.push(condition("attribute.omzet", operator, &["0.1", "1000000"]));
        table.push(condition("attribute.sinds", operator, &["2024-02-29"]));
        table.push(condition("attribute.actief", operator, &["true"]));
        table.push(condition("attribute.actief", operator, &["false", "true"]));
        table.push(condition("attribute.regio", operator, &["Noord"]));
    }
    for operator in [AtLeast, AtMost] {
        table.push(condition("attribute.omzet", operator, &["9"]));
        table.push(condition("attribute.omzet", operator, &["-0.5", "10"]));
        table.push(condition("attribute.sinds", operator, &["2024-02-29"]));
    }
    for part in [
        "één", "ÉÉN", "%", "0% z", "_", "\\", "*", "[KLANT]", "?", "huis", "niets", "'",
    ] {
        table.push(condition("account", Contains, &[part]));
        table.push(condition("attribute.plaats", Contains, &[part, "ons"]));
    }
    table.push(condition("language", Contains, &["L"]));
    table.push(condition("email", Contains, &["@VOORBEELD"]));
    table
}

#[tokio::test]
async fn every_condition_holds_for_whom_it_should() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let audience = audience(&place.store, workspace).await;
        let mut chance = Chance(11);
        let table = table();
        let mut filters: Vec<Vec<Condition>> = table.iter().map(|one| vec![one.clone()]).collect();
        filters.push(Vec::new());
        for _ in 0..60 {
            let several = 2 + chance.below(2);
            filters.push((0..several).map(|_| chance.pick(&table)).collect());
        }
        let read = place.store.read(workspace);
        for conditions in filters {
            let filter = Filter { conditions };
            filter.check(&audience.attributes).unwrap();
            let found = contacts::list_from(&read, &filter, &audience.attributes, None, 1_000);
            let found: BTreeSet<ContactId> = found
                .await
                .unwrap()
                .into_iter()
                .map(|contact| contact.id)
                .collect();
            let expected: BTreeSet<ContactId> = audience
                .contacts
                .iter()
                .filter(|contact| {
                    filter
                        .conditions
                        .iter()
                        .all(|one| holds(&audience, one, contact))
                })
                .map(|contact| contact.id)
                .collect();
            assert_eq!(found, expected, "{filter:?}");
            let counted = contacts::count(&read, &filter, &audience.attributes, None)
                .await
                .unwrap();
            assert_eq!(counted, u64::try_from(expected.len()).unwrap());
        }
    })
    .await;
}

#[tokio::test]
async fn a_value_of_another_type_is_no_value() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let audience = audience(&place.store, workspace).await;
        let mut odd = sample::contact(workspace, "Oud");
        odd.attributes
            .insert(key("omzet"), AttributeValue::Text("veel".into()));
        odd.attributes
            .insert(key("actief"), AttributeValue::Text("ja".into()));
        let tx = place.store.begin(workspace).await.unwrap();
        contacts::add(&tx, &odd).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        for (field, operator, value) in [
            ("attribute.omzet", Operator::AtLeast, "-9"),
            ("attribute.actief", Operator::Is, "true"),
        ] {
            let filter = Filter {
                conditions: vec![condition(field, operator, &[value])],
            };
            let found = contacts::list_from(&read, &filter, &audience.attributes, None, 1_000);
            assert!(
                found
                    .await
                    .unwrap()
                    .iter()
                    .all(|contact| contact.id != odd.id)
            );
        }
    })
    .await;
}
