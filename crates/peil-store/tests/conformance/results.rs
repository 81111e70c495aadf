//! Plain counts, comments and submissions by page, against random answers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use peil_domain::{
    outreach::{Channel, InvitationState},
    response::{Answer, AnswerValue, Completion, Flag, Response},
    shared::{
        AccountId, ContactId, Language, LocalDay, QuestionKey, ResponseId, SurveyId, VersionId,
        WorkspaceId,
    },
    survey::SurveyPurpose,
};
use peil_store::{
    Store, StoreError, Wanted,
    audience::accounts,
    outreach::{invitations, waves},
    response::{self, Given, ResponseQuery},
    results::{self, CommentQuery, DayCount, Dimension, InvitationFunnel, ReadAs},
    survey,
};

use crate::{
    databases::on_every_database,
    sample::{self, Chance, day, id, key, score, text, zone},
};

const WORDS: [&str; 5] = [
    "Prima geholpen",
    "Té lang gewacht!",
    "100% tevreden",
    "ok",
    "Duur_",
];
const CODES: [&str; 4] = ["prijs", "service", "snelheid", "other"];

/// Random answers to one questionnaire.
struct Sample {
    survey: SurveyId,
    versions: BTreeMap<VersionId, String>,
    responses: Vec<Response>,
}

async fn sample(store: &Store, workspace: WorkspaceId, size: usize) -> Sample {
    let mut chance = Chance(23);
    let (added, first) = sample::live_survey(store, workspace, SurveyPurpose::Relational).await;
    let second = sample::version(&added, 2);
    let tx = store.begin(workspace).await.unwrap();
    survey::add_version(&tx, &second).await.unwrap();
    let mut accounts = Vec::new();
    for name in ["Bakker", "Slager", "Groenteboer"] {
        let account = accounts::find_or_add(&tx, AccountId(id()), name, name)
            .await
            .unwrap();
        accounts.push(account.id);
    }
    let people: Vec<ContactId> = (0..40).map(|_| ContactId(id())).collect();
    let mut responses = Vec::new();
    for _ in 0..size {
        let version = if chance.happens(50) { &first } else { &second };
        // Before 1970 too, and several at the same moment.
        let sent = day(i64::try_from(chance.below(500)).unwrap() - 300);
        let mut new = sample::response(version, workspace, sent);
        new.contact = chance.happens(70).then(|| chance.pick(&people));
        new.account = chance.happens(60).then(|| chance.pick(&accounts));
        new.channel = chance.pick(&[Channel::Email, Channel::Link, Channel::Qr]);
        new.language = chance.pick(&Language::ALL);
        new.touchpoint = chance
            .happens(50)
            .then(|| key(chance.pick(&["balie", "levering"])));
        if chance.happens(15) {
            new.completion = Completion::Partial;
        }
        for (flag, percent) in [(Flag::Robot, 10), (Flag::TooFast, 20)] {
            if chance.happens(percent) {
                new.flags.insert(flag);
            }
        }
        if chance.happens(70) {
            let region = chance.pick(&["Noord", "Zuid", "'t Gooi \"x\""]);
            new.segments.insert(key("regio"), region.to_owned());
        }
        new.answers = answers(&mut chance);
        response::add(&tx, &new).await.unwrap();
        responses.push(new);
    }
    tx.commit().await.unwrap();
    let versions = [(first.id, "1".to_owned()), (second.id, "2".to_owned())].into();
    Sample {
        survey: added.id,
        versions,
        responses,
    }
}

fn answers(chance: &mut Chance) -> Vec<Answer> {
    let mut answers = Vec::new();
    if chance.happens(90) {
        answers.push(score("nps", i32::try_from(chance.below(11)).unwrap()));
    }
    if chance.happens(80) {
        let mut codes: Vec<QuestionKey> = CODES
            .iter()
            .filter(|_| chance.happens(40))
            .map(|code| key(code))
            .collect();
        if codes.is_empty() {
            codes.push(key("prijs"));
        }
        let other = codes
            .contains(&key("other"))
            .then(|| "namelijk dit".to_owned());
        answers.push(Answer {
            key: key("reden"),
            value: AnswerValue::Choices { codes, other },
        });
    }
    if chance.happens(50) {
        answers.push(text("waarom", chance.pick(&WORDS)));
    }
    answers
}

#[tokio::test]
async fn a_plain_count_and_a_snapshot_hold_what_was_stored() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 300).await;
        let counted =
            |one: &&Response| one.completion == Completion::Complete && !one.is_automatic();
        let mut expected: BTreeMap<(Option<QuestionKey>, LocalDay, Option<i32>), u64> =
            BTreeMap::new();
        for one in sample.responses.iter().filter(counted) {
            *expected.entry((None, one.local_day, None)).or_default() += 1;
            for answer in &one.answers {
                let score = match answer.value {
                    AnswerValue::Score(score) => Some(score),
                    _ => None,
                };
                let place = (Some(answer.key.clone()), one.local_day, score);
                *expected.entry(place).or_default() += 1;
            }
        }
        let snapshot = place.store.snapshot().await.unwrap();
        for at_once in [1, 7, 1_000] {
            let mut found = BTreeMap::new();
            let add = |count: DayCount| {
                assert!(count.n <= at_once, "{at_once} at a time gave {}", count.n);
                let place = (count.question, count.day, count.score);
                *found.entry(place).or_default() += count.n;
            };
            snapshot.count_by_day(at_once, add).await.unwrap();
            assert_eq!(found, expected, "{at_once} at a time");
        }
        let surveys = snapshot.surveys_with_answers().await.unwrap();
        assert_eq!(surveys, BTreeSet::from([(workspace, sample.survey)]));
        drop(snapshot);
        let read = place.store.read(workspace);
        let keys = results::segment_keys(&read, sample.survey).await.unwrap();
        assert_eq!(keys, [key("regio")]);

        let day = sample.responses[0].local_day;
        let wanted = Wanted {
            from: Some(day),
            until: Some(day),
            questions: Some(vec![key("nps")]),
            ..Wanted::all(workspace, vec![sample.survey])
        };
        let mut snapshot = place.store.snapshot_of(wanted).await.unwrap();
        let part = snapshot.read_part().await.unwrap();
        let of_day = sample.responses.iter().filter(|one| one.local_day == day);
        assert_eq!(part.len(), of_day.count());
        for found in part {
            assert!(found.answers.keys().all(|question| *question == key("nps")));
        }
        let elsewhere = Wanted::all(workspace, vec![SurveyId(id())]);
        let mut snapshot = place.store.snapshot_of(elsewhere).await.unwrap();
        assert_eq!(snapshot.read_part().await.unwrap(), []);
    })
    .await;
}

fn comment_query(survey: SurveyId) -> CommentQuery {
    CommentQuery {
        survey: Some(survey),
        question: None,
        filters: Vec::new(),
        excluded: Vec::new(),
        from: None,
        until: None,
        only_known: false,
        score: None,
        search: None,
        read_as: ReadAs::default(),
        headline: Some(key("nps")),
        include_partial: true,
        include_automatic: true,
        after: None,
        limit: 7,
    }
}

fn score_of(response: &Response) -> Option<i32> {
    response
        .answers
        .iter()
        .find_map(|answer| match answer.value {
            AnswerValue::Score(score) => Some(score),
            _ => None,
        })
}

fn words_of(response: &Response) -> Vec<(QuestionKey, String)> {
    let words = |answer: &Answer| match &answer.value {
        AnswerValue::Text(words) => Some((answer.key.clone(), words.clone())),
        AnswerValue::Choices { other, .. } => other
            .as_ref()
            .map(|words| (answer.key.clone(), words.clone())),
        AnswerValue::Score(_) | AnswerValue::Details(_) | AnswerValue::NotApplicable => None,
    };
    response.answers.iter().filter_map(words).collect()
}

#[tokio::test]
async fn pages_of_comments_lose_none_and_show_none_twice() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 150).await;
        let read = place.store.read(workspace);
        let all = comment_query(sample.survey);
        let searching = |text: &str| CommentQuery {
            search: Some(text.into()),
            ..all.clone()
        };
        let low = Some((key("nps"), 0..=6));
        for query in [
            all.clone(),
            CommentQuery {
                question: Some(key("waarom")),
                ..all.clone()
            },
            CommentQuery {
                score: low,
                include_partial: false,
                include_automatic: false,
                ..all.clone()
            },
            CommentQuery {
                from: Some(LocalDay::of(day(-100), &zone())),
                ..all.clone()
            },
            searching("TÉ LANG"),
            searching("0%"),
            searching("_"),
        ] {
            let mut expected: Vec<(Timestamp, ResponseId, QuestionKey, String, Option<i32>)> =
                Vec::new();
            for response in &sample.responses {
                let score = score_of(response);
                let is_meant =
                    (query.include_partial || response.completion == Completion::Complete)
                        && (query.include_automatic || !response.is_automatic())
                        && query.from.is_none_or(|from| response.local_day >= from)
                        && query.score.as_ref().is_none_or(|(_, range)| {
                            score.is_some_and(|score| range.contains(&score))
                        });
                let fits = |question: &QuestionKey, words: &str| {
                    query
                        .question
                        .as_ref()
                        .is_none_or(|wanted| wanted == question)
                        && query
                            .search
                            .as_ref()
                            .is_none_or(|part| words.to_lowercase().contains(&part.to_lowercase()))
                };
                for (question, words) in words_of(response) {
                    if is_meant && fits(&question, &words) {
                        expected.push((response.submitted_at, response.id, question, words, score));
                    }
                }
            }
            expected.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(&b.2)));
            let mut found = Vec::new();
            let mut next = query.clone();
            loop {
                let page = results::comments(&read, &next).await.unwrap();
                found.extend(page.items);
                if page.next.is_none() {
                    break;
                }
                next.after = page.next;
            }
            let found: Vec<_> = found
                .into_iter()
                .map(|one| {
                    (
                        one.submitted_at,
                        one.response,
                        one.question,
                        one.words,
                        one.score,
                    )
                })
                .collect();
            assert!(!expected.is_empty());
            assert_eq!(found, expected, "{query:?}");
        }
        let wrong = CommentQuery {
            after: Some("1 2".into()),
            ..all
        };
        assert!(matches!(
            results::comments(&read, &wrong).await,
            Err(StoreError::BadCursor)
        ));
    })
    .await;
}

/// Whether a submission holds the answer that must have been given.
fn gave(one: &Response, given: &Given) -> bool {
    one.answers
        .iter()
        .any(|answer| match (given, &answer.value) {
            (Given::Score(key, range), AnswerValue::Score(score)) => {
                answer.key == *key && range.contains(score)
            }
            (Given::Choice(key, option), AnswerValue::Choices { codes, .. }) => {
                answer.key == *key && codes.contains(option)
            }
            _ => false,
        })
}

#[tokio::test]
async fn pages_of_submissions_lose_none_and_show_none_twice() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 150).await;
        let read = place.store.read(workspace);
        let all = ResponseQuery {
            survey: Some(sample.survey),
            filters: Vec::new(),
            excluded: Vec::new(),
            from: None,
            until: None,
            only_known: false,
            given: None,
            search: None,
            read_as: ReadAs::default(),
            flag: None,
            after: None,
            limit: 11,
        };
        let version = (Dimension::Version, vec!["1".to_owned()]);
        for query in [
            all.clone(),
            ResponseQuery {
                survey: None,
                ..all.clone()
            },
            ResponseQuery {
                survey: None,
                filters: vec![version],
                ..all.clone()
            },
            ResponseQuery {
                search: Some("prima".into()),
                ..all.clone()
            },
            ResponseQuery {
                flag: Some(Flag::Robot),
                ..all.clone()
            },
            ResponseQuery {
                only_known: true,
                ..all.clone()
            },
            ResponseQuery {
                given: Some(Given::Score("nps".parse().unwrap(), 3..=7)),
                ..all.clone()
            },
            ResponseQuery {
                given: Some(Given::Choice(
                    "reden".parse().unwrap(),
                    "prijs".parse().unwrap(),
                )),
                ..all.clone()
            },
        ] {
            let mut expected: Vec<(Timestamp, ResponseId)> = sample
                .responses
                .iter()
                .filter(|one| query.filters.is_empty() || sample.versions[&one.version] == "1")
                .filter(|one| {
                    query.search.is_none()
                        || words_of(one)
                            .iter()
                            .any(|(_, words)| words.starts_with("Prima"))
                })
                .filter(|one| query.flag.is_none_or(|flag| one.flags.contains(&flag)))
                .filter(|one| !query.only_known || one.contact.is_some())
                .filter(|one| query.given.as_ref().is_none_or(|given| gave(one, given)))
                .map(|one| (one.submitted_at, one.id))
                .collect();
            expected.sort_by(|a, b| b.cmp(a));
            let mut found = Vec::new();
            let mut next = query.clone();
            loop {
                let page = response::list(&read, &next).await.unwrap();
                found.extend(page.items.into_iter().map(|one| (one.submitted_at, one.id)));
                if page.next.is_none() {
                    break;
                }
                next.after = page.next;
            }
            assert_eq!(found, expected, "{query:?}");
        }
        let person = sample.responses.iter().find_map(|one| one.contact).unwrap();
        let theirs = response::list_by_contact(&read, person, 100).await.unwrap();
        let expected = sample
            .responses
            .iter()
            .filter(|one| one.contact == Some(person))
            .count();
        assert_eq!(theirs.len(), expected);
    })
    .await;
}

#[tokio::test]
async fn the_funnel_of_invitations_counts_days_of_the_organisation() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, version) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        // 23:30 UTC is half past twelve at night, the next day, in Amsterdam.
        let midnight = sample::at(86_400 - 1_800);
        let mut wave = sample::wave(workspace, survey.id);
        wave.created_at = midnight;
        let states = [
            InvitationState::Queued,
            InvitationState::Sent,
            InvitationState::Unconfirmed,
            InvitationState::Failed,
            InvitationState::Cancelled,
        ];
        let new: Vec<_> = states
            .into_iter()
            .map(|state| {
                let mut invitation = sample::invitation(&wave, version.id, ContactId(id()));
                invitation.state = state;
                if state == InvitationState::Sent {
                    invitation.answered_at = Some(day(9));
                }
                (invitation.clone(), invitation.id.to_string())
            })
            .collect();
        let tx = place.store.begin(workspace).await.unwrap();
        waves::add(&tx, &wave).await.unwrap();
        invitations::add_many(&tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let second = LocalDay::of(day(1), &zone());
        let first = LocalDay(second.0 - 1);
        let on = async |day| {
            results::invitation_funnel(&read, survey.id, Some(day), Some(day))
                .await
                .unwrap()
        };
        assert_eq!(on(first).await, InvitationFunnel::default());
        let expected = InvitationFunnel {
            invited: 4,
            sent: 2,
            failed: 1,
            answered: 1,
        };
        assert_eq!(on(second).await, expected);
        let ever = results::invitation_funnel(&read, survey.id, None, None)
            .await
            .unwrap();
        assert_eq!(ever, expected);
    })
    .await;
}
