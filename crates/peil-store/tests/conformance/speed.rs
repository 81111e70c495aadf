//! How long counting takes. Not a part of every run: it measures the machine too.

use std::{future::Future, time::Duration};

use peil_domain::{
    audience::Filter,
    outreach::Channel,
    shared::{AccountId, ContactId, Period},
    survey::SurveyPurpose,
};
use peil_store::{
    audience::{
        accounts,
        contacts::{self, ContactQuery},
    },
    response,
    results::{self, CommentQuery, CountQuery, Dimension},
};

use crate::{
    databases::on_every_database,
    sample::{self, Chance, at, id, key},
};

const ANSWERS: usize = 200_000;

#[expect(clippy::disallowed_methods, reason = "measures real time")]
async fn timed<T>(name: &str, work: impl Future<Output = T>) -> Duration {
    let start = std::time::Instant::now();
    drop(work.await);
    let taken = start.elapsed();
    eprintln!("{name:<32} {:>6} ms", taken.as_millis());
    taken
}

#[tokio::test]
#[ignore = "takes a minute; run it by hand with --ignored --nocapture"]
async fn two_hundred_thousand_answers_are_counted_before_one_notices() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let mut chance = Chance(5);
        let people: Vec<ContactId> = (0..80_000).map(|_| ContactId(id())).collect();
        let tx = place.store.begin(workspace).await.unwrap();
        let mut owners = Vec::new();
        for number in 0..500 {
            let name = format!("Klant {number}");
            owners.push(
                accounts::find_or_add(&tx, AccountId(id()), &name, &name)
                    .await
                    .unwrap()
                    .id,
            );
        }
        for number in 0..ANSWERS {
            let sent = at(i64::try_from(number).unwrap() * 300);
            let mut new = sample::response(&version, workspace, sent);
            new.contact = chance.happens(80).then(|| chance.pick(&people));
            new.account = Some(chance.pick(&owners));
            new.channel = chance.pick(&Channel::ALL);
            new.segments
                .insert(key("regio"), chance.pick(&["Noord", "Zuid", "Oost"]).into());
            new.segments
                .insert(key("product"), chance.pick(&["Basis", "Plus"]).into());
            new.answers = vec![sample::score(
                "nps",
                i32::try_from(chance.below(11)).unwrap(),
            )];
            if chance.happens(20) {
                new.answers
                    .push(sample::text("waarom", "Prima geholpen, dank u wel."));
            }
            response::add(&tx, &new).await.unwrap();
        }
        let customers: Vec<_> = (0..100_000)
            .map(|_| sample::contact(workspace, "Anna de Vries"))
            .collect();
        contacts::insert_many(&tx, &customers).await.unwrap();
        tx.commit().await.unwrap();

        eprintln!("on {}", place.store.engine());
        let read = place.store.read(workspace);
        let all = CountQuery::all(survey.id, key("nps"));
        let ungrouped = timed("ungrouped", results::counts(&read, &all)).await;
        let mut slowest = Duration::ZERO;
        for group in [
            None,
            Some(Dimension::Channel),
            Some(Dimension::Account),
            Some(Dimension::Version),
            Some(Dimension::Segment(key("regio"))),
        ] {
            for period in [None, Some(Period::Week), Some(Period::Month)] {
                let name = format!("{group:?} {period:?}");
                let query = CountQuery {
                    group: group.clone(),
                    period,
                    ..all.clone()
                };
                slowest = slowest.max(timed(&name, results::counts(&read, &query)).await);
            }
        }
        let by_channel = results::dimension_values(&read, survey.id, &Dimension::Channel);
        timed("values of channel", by_channel).await;
        timed("segment keys", results::segment_keys(&read, survey.id)).await;
        timed(
            "funnel",
            results::response_funnel(&read, survey.id, None, None),
        )
        .await;
        let comments = CommentQuery {
            survey: survey.id,
            question: None,
            filters: Vec::new(),
            from: None,
            until: None,
            score: Some((key("nps"), 0..=6)),
            search: None,
            headline: Some(key("nps")),
            include_partial: false,
            after: None,
            limit: 50,
        };
        timed("comments", results::comments(&read, &comments)).await;
        let filter = Filter::default();
        let query = ContactQuery {
            filter: &filter,
            attributes: &[],
            search: None,
            after: None,
            limit: 50,
        };
        timed("contacts", contacts::list(&read, &query)).await;
        let query = ContactQuery {
            search: Some("nergens"),
            ..query
        };
        timed("contacts searched in vain", contacts::list(&read, &query)).await;
        timed(
            "contacts counted",
            contacts::count(&read, &filter, &[], None),
        )
        .await;
        assert!(ungrouped < Duration::from_millis(1_500), "{ungrouped:?}");
        assert!(slowest < Duration::from_secs(4), "{slowest:?}");
    })
    .await;
}
