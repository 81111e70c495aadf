//! How long counting takes. Not a part of every run: it measures the machine too.

use std::time::Duration;

use peil_domain::{
    audience::Filter,
    outreach::Channel,
    shared::{AccountId, ContactId, Period, SurveyId, WorkspaceId},
    survey::SurveyPurpose,
};
use peil_store::{
    Store,
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

/// The shortest of three times: the machine may have other things to do.
#[expect(clippy::disallowed_methods, reason = "measures real time")]
async fn timed<T>(name: &str, work: impl AsyncFn() -> T) -> Duration {
    let mut shortest = Duration::MAX;
    for _ in 0..3 {
        let start = std::time::Instant::now();
        drop(work().await);
        shortest = shortest.min(start.elapsed());
    }
    eprintln!("{name:<44} {:>6} ms", shortest.as_millis());
    shortest
}

/// Fills a database; gives the questionnaire that everyone answered.
async fn filled(store: &Store, workspace: WorkspaceId) -> SurveyId {
    let (survey, version) = sample::live_survey(store, workspace, SurveyPurpose::Relational).await;
    let mut chance = Chance(5);
    let people: Vec<ContactId> = (0..80_000).map(|_| ContactId(id())).collect();
    let mut tx = store.begin(workspace).await.unwrap();
    let mut owners = Vec::new();
    for number in 0..500 {
        let name = format!("Klant {number}");
        let account = accounts::find_or_add(&tx, AccountId(id()), &name, &name)
            .await
            .unwrap();
        owners.push(account.id);
    }
    for number in 0..ANSWERS {
        let sent = at(i64::try_from(number).unwrap() * 300);
        let mut new = sample::response(&version, workspace, sent);
        new.contact = chance.happens(80).then(|| chance.pick(&people));
        new.account = Some(chance.pick(&owners));
        new.channel = chance.pick(&Channel::ALL);
        let region = chance.pick(&["Noord", "Zuid", "Oost"]);
        new.segments.insert(key("regio"), region.into());
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
        if number % 1_000 == 0 {
            tx.commit().await.unwrap();
            tx = store.begin(workspace).await.unwrap();
        }
    }
    let customers: Vec<_> = (0..100_000)
        .map(|_| sample::contact(workspace, "Anna de Vries"))
        .collect();
    contacts::insert_many(&tx, &customers).await.unwrap();
    tx.commit().await.unwrap();
    survey.id
}

#[tokio::test]
#[ignore = "takes a minute; run it by hand with --ignored --nocapture"]
async fn two_hundred_thousand_answers_are_counted_before_one_notices() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let survey = filled(&place.store, workspace).await;
        eprintln!("on {}", place.store.engine());
        let read = place.store.read(workspace);
        let all = CountQuery::all(survey, key("nps"));
        let ungrouped = timed("ungrouped", async || results::counts(&read, &all).await).await;
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
                slowest =
                    slowest.max(timed(&name, async || results::counts(&read, &query).await).await);
            }
        }
        let channel = Dimension::Channel;
        timed("values of channel", async || {
            results::dimension_values(&read, survey, &channel).await
        })
        .await;
        timed("segment keys", async || {
            results::segment_keys(&read, survey).await
        })
        .await;
        timed("funnel", async || {
            results::response_funnel(&read, survey, None, None).await
        })
        .await;
        let comments = CommentQuery {
            survey,
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
        timed("comments", async || {
            results::comments(&read, &comments).await
        })
        .await;
        let filter = Filter::default();
        let query = ContactQuery {
            filter: &filter,
            attributes: &[],
            search: None,
            after: None,
            limit: 50,
        };
        timed("contacts", async || contacts::list(&read, &query).await).await;
        let query = ContactQuery {
            search: Some("nergens"),
            ..query
        };
        timed("contacts searched in vain", async || {
            contacts::list(&read, &query).await
        })
        .await;
        timed("contacts counted", async || {
            contacts::count(&read, &filter, &[], None).await
        })
        .await;
        assert!(ungrouped < Duration::from_secs(1), "{ungrouped:?}");
        assert!(slowest < Duration::from_secs(10), "{slowest:?}");
    })
    .await;
}
