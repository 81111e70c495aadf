//! Sign-ins and keys of programs: found by the hash of their token, gone when they end.

use peil_domain::{
    access::{Role, Scopes, User},
    shared::{ApiTokenId, Language, SessionId, UserId, WorkspaceId},
};
use peil_store::{
    Store, StoreError,
    access::{self, ApiToken, SignIn},
};

use crate::{
    databases::on_every_database,
    sample::{self, at, id},
};

fn user(workspace: WorkspaceId, email: &str) -> User {
    User {
        id: UserId(id()),
        workspace,
        email: email.parse().unwrap(),
        name: "Anna".into(),
        role: Role::Analyst,
        language: Language::Nl,
        is_blocked: false,
        created_at: at(0),
    }
}

fn sign_in(user: &User, token_hash: &str, expires_at: i64) -> SignIn {
    SignIn {
        id: SessionId(id()),
        workspace: user.workspace,
        user: user.id,
        token_hash: token_hash.into(),
        created_at: at(0),
        seen_at: at(0),
        expires_at: at(expires_at),
    }
}

async fn add_user(store: &Store, new: &User) {
    let tx = store.begin(new.workspace).await.unwrap();
    access::add_user(&tx, new, "hash").await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_sign_in_is_found_by_its_token_until_it_ends() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let anna = user(workspace, "anna@voorbeeld.nl");
        add_user(&place.store, &anna).await;
        let (phone, laptop) = (sign_in(&anna, "een", 100), sign_in(&anna, "twee", 900));
        let tx = place.store.begin(workspace).await.unwrap();
        access::add_sign_in(&tx, &phone).await.unwrap();
        access::add_sign_in(&tx, &laptop).await.unwrap();
        access::save_seen(&tx, laptop.id, at(60)).await.unwrap();
        tx.commit().await.unwrap();
        let found = place.store.find_sign_in("twee").await.unwrap();
        assert_eq!(
            found,
            Some(SignIn {
                seen_at: at(60),
                ..laptop
            })
        );

        let tx = place.store.begin(workspace).await.unwrap();
        access::remove_expired_sign_ins(&tx, at(500)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(place.store.find_sign_in("een").await.unwrap(), None);
        assert!(place.store.find_sign_in("twee").await.unwrap().is_some());

        let tx = place.store.begin(workspace).await.unwrap();
        access::remove_sign_ins_of(&tx, anna.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(place.store.find_sign_in("twee").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_person_is_found_by_address_and_the_address_is_used_once() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let anna = user(workspace, "anna@voorbeeld.nl");
        add_user(&place.store, &anna).await;
        let found = place.store.find_user_by_email(&anna.email).await.unwrap();
        assert_eq!(found, Some((anna.clone(), "hash".to_owned())));
        let tx = place.store.begin(workspace).await.unwrap();
        let double = access::add_user(&tx, &user(workspace, "anna@voorbeeld.nl"), "x").await;
        assert!(matches!(double, Err(StoreError::Taken(_))));
    })
    .await;
}

#[tokio::test]
async fn a_revoked_key_says_so() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let anna = user(workspace, "anna@voorbeeld.nl");
        add_user(&place.store, &anna).await;
        let token = ApiToken {
            id: ApiTokenId(id()),
            workspace,
            user: anna.id,
            name: "koppeling".into(),
            token_hash: "sleutel".into(),
            scopes: "results:read".parse::<Scopes>().unwrap(),
            created_at: at(0),
            revoked_at: None,
        };
        let tx = place.store.begin(workspace).await.unwrap();
        access::add_api_token(&tx, &token).await.unwrap();
        assert!(
            access::revoke_api_token(&tx, token.id, at(9))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        let found = place.store.find_api_token("sleutel").await.unwrap();
        assert_eq!(
            found,
            Some(ApiToken {
                revoked_at: Some(at(9)),
                ..token
            })
        );
    })
    .await;
}
