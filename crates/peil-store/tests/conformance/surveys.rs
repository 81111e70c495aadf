//! Questionnaires: nobody overwrites what another saved in between.

use peil_domain::survey::SurveyPurpose;
use peil_store::{StoreError, survey};

use crate::{databases::on_every_database, sample};

#[tokio::test]
async fn a_draft_saved_in_between_is_not_overwritten() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (mut mine, _) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let mut theirs = mine.clone();
        theirs.name = "Van hen".into();
        theirs.revision = 1;
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(survey::save(&tx, &theirs, 0).await.unwrap());
        tx.commit().await.unwrap();
        mine.name = "Van mij".into();
        mine.revision = 1;
        let tx = place.store.begin(workspace).await.unwrap();
        assert!(!survey::save(&tx, &mine, 0).await.unwrap());
        tx.commit().await.unwrap();
        let found = survey::find(&place.store.read(workspace), mine.id)
            .await
            .unwrap();
        assert_eq!(found, Some(theirs));
    })
    .await;
}

#[tokio::test]
async fn an_address_name_is_used_once_over_all_organisations() {
    on_every_database(async |place| {
        let here = sample::workspace(&place.store).await;
        let there = sample::workspace(&place.store).await;
        let (added, _) = sample::live_survey(&place.store, here, SurveyPurpose::Relational).await;
        let mut other = sample::survey(there, SurveyPurpose::Relational);
        other.slug = added.slug.clone();
        let tx = place.store.begin(there).await.unwrap();
        let refused = survey::add(&tx, &other).await.unwrap_err();
        drop(tx);
        assert!(matches!(refused, StoreError::Taken(_)), "{refused}");
        let found = place.store.find_survey_by_slug(&added.slug).await.unwrap();
        assert_eq!(found.map(|survey| survey.id), Some(added.id));
    })
    .await;
}

#[tokio::test]
async fn versions_are_listed_with_the_newest_first() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (added, first) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let second = sample::version(&added, 2);
        let tx = place.store.begin(workspace).await.unwrap();
        survey::add_version(&tx, &second).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let newest = survey::newest_version(&read, added.id).await.unwrap();
        assert_eq!(newest.as_ref(), Some(&second));
        assert_eq!(
            survey::list_versions(&read, added.id).await.unwrap(),
            [second, first]
        );
    })
    .await;
}
