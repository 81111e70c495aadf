//! Counts, against a count in plain Rust over random answers; comments and submissions by page.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use peil_domain::{
    outreach::{Channel, InvitationState},
    response::{Answer, AnswerValue, Completion, Flag, Response},
    shared::{
        AccountId, ContactId, Language, LocalDay, Period, QuestionKey, ResponseId, SurveyId,
        VersionId, WorkspaceId,
    },
    survey::SurveyPurpose,
};
use peil_store::{
    Store, StoreError,
    audience::accounts,
    outreach::{invitations, waves},
    response::{self, Given, ResponseQuery},
    results::{
        self, Answered, Cell, ChoiceCell, CommentQuery, CountQuery, Dimension, PeopleQuery,
        ResponseFunnel,
    },
    survey,
};
use uuid::Uuid;

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
    accounts: BTreeMap<AccountId, String>,
    responses: Vec<Response>,
}

async fn sample(store: &Store, workspace: WorkspaceId, size: usize) -> Sample {
    let mut chance = Chance(23);
    let (added, first) = sample::live_survey(store, workspace, SurveyPurpose::Relational).await;
    let second = sample::version(&added, 2);
    let tx = store.begin(workspace).await.unwrap();
    survey::add_version(&tx, &second).await.unwrap();
    let mut accounts = BTreeMap::new();
    for name in ["Bakker", "Slager", "Groenteboer"] {
        let account = accounts::find_or_add(&tx, AccountId(id()), name, name)
            .await
            .unwrap();
        accounts.insert(account.id, account.name);
    }
    let account_ids: Vec<AccountId> = accounts.keys().copied().collect();
    let people: Vec<ContactId> = (0..40).map(|_| ContactId(id())).collect();
    let mut responses = Vec::new();
    for _ in 0..size {
        let version = if chance.happens(50) { &first } else { &second };
        // Before 1970 too, and several at the same moment.
        let sent = day(i64::try_from(chance.below(500)).unwrap() - 300);
        let mut new = sample::response(version, workspace, sent);
        new.contact = chance.happens(70).then(|| chance.pick(&people));
        new.account = chance.happens(60).then(|| chance.pick(&account_ids));
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
        accounts,
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

impl Sample {
    fn value(&self, response: &Response, dimension: &Dimension) -> Option<String> {
        match dimension {
            Dimension::Channel => Some(response.channel.to_string()),
            Dimension::Language => Some(response.language.to_string()),
            Dimension::Version => Some(self.versions[&response.version].clone()),
            Dimension::Touchpoint => response.touchpoint.as_ref().map(ToString::to_string),
            Dimension::Account => response
                .account
                .map(|account| self.accounts[&account].clone()),
            Dimension::Segment(key) => response.segments.get(key).cloned(),
        }
    }

    fn meant<'a>(&'a self, query: &'a CountQuery) -> impl Iterator<Item = &'a Response> {
        self.responses.iter().filter(move |response| {
            let fits = |(dimension, wanted): &(Dimension, Vec<String>)| {
                wanted.contains(&self.value(response, dimension).unwrap_or_default())
            };
            query.filters.iter().all(fits)
                && query.from.is_none_or(|from| response.local_day >= from)
                && query.until.is_none_or(|until| response.local_day <= until)
                && (query.include_partial || response.completion == Completion::Complete)
                && (query.include_automatic || !response.is_automatic())
        })
    }

    fn cell(&self, query: &CountQuery, response: &Response) -> (Option<String>, Option<LocalDay>) {
        let group = query
            .group
            .as_ref()
            .and_then(|group| self.value(response, group));
        (
            group,
            query.period.map(|period| period.start(response.local_day)),
        )
    }

    fn counts(&self, query: &CountQuery) -> Vec<Cell> {
        let mut cells: BTreeMap<_, (BTreeMap<i32, u64>, BTreeSet<Uuid>)> = BTreeMap::new();
        for response in self.meant(query) {
            for answer in response
                .answers
                .iter()
                .filter(|answer| answer.key == query.question)
            {
                let AnswerValue::Score(score) = answer.value else {
                    continue;
                };
                let cell = cells.entry(self.cell(query, response)).or_default();
                *cell.0.entry(score).or_default() += 1;
                cell.1
                    .insert(response.contact.map_or(response.id.0, |contact| contact.0));
            }
        }
        let cell = |((group, start), (counts, people)): (_, (_, BTreeSet<Uuid>))| Cell {
            group,
            start,
            counts,
            people: u64::try_from(people.len()).unwrap(),
        };
        cells.into_iter().map(cell).collect()
    }

    fn choices(&self, query: &CountQuery) -> Vec<ChoiceCell> {
        let mut cells: BTreeMap<_, (BTreeMap<String, u64>, u64, BTreeSet<Uuid>)> = BTreeMap::new();
        for response in self.meant(query) {
            for answer in response
                .answers
                .iter()
                .filter(|answer| answer.key == query.question)
            {
                let AnswerValue::Choices { codes, .. } = &answer.value else {
                    continue;
                };
                let cell = cells.entry(self.cell(query, response)).or_default();
                for code in codes {
                    *cell.0.entry(code.to_string()).or_default() += 1;
                }
                cell.1 += 1;
                cell.2
                    .insert(response.contact.map_or(response.id.0, |contact| contact.0));
            }
        }
        let cell = |((group, start), (counts, answers, people)): (_, (_, _, BTreeSet<Uuid>))| {
            let people = u64::try_from(people.len()).unwrap();
            ChoiceCell {
                group,
                start,
                counts,
                answers,
                people,
            }
        };
        cells.into_iter().map(cell).collect()
    }

    fn queries(&self) -> Vec<CountQuery> {
        let groups = [
            None,
            Some(Dimension::Channel),
            Some(Dimension::Language),
            Some(Dimension::Version),
            Some(Dimension::Touchpoint),
            Some(Dimension::Account),
            Some(Dimension::Segment(key("regio"))),
            Some(Dimension::Segment(key("onbekend"))),
        ];
        let periods = [
            None,
            Some(Period::Day),
            Some(Period::Week),
            Some(Period::Month),
            Some(Period::Quarter),
            Some(Period::Year),
        ];
        let filters: [Vec<(Dimension, Vec<String>)>; 7] = [
            vec![],
            vec![(
                Dimension::Channel,
                vec!["email".into(), "qr".into(), "\0".into()],
            )],
            vec![(Dimension::Account, vec!["Bakker".into(), String::new()])],
            vec![(Dimension::Version, vec!["2".into(), "x\0".into()])],
            vec![(
                Dimension::Segment(key("regio")),
                vec!["'t Gooi \"x\"".into()],
            )],
            vec![
                (Dimension::Touchpoint, vec![String::new()]),
                (Dimension::Language, vec!["nl".into()]),
            ],
            vec![(Dimension::Language, vec![])],
        ];
        let mut queries = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            for period in periods {
                for (number, filters) in filters.iter().enumerate() {
                    let is_even = (index + number) % 2 == 0;
                    let middle = LocalDay::of(day(0), &zone());
                    queries.push(CountQuery {
                        filters: filters.clone(),
                        from: is_even.then_some(LocalDay(middle.0 - 200)),
                        until: (number % 3 == 0).then_some(LocalDay(middle.0 + 60)),
                        group: group.clone(),
                        period,
                        include_partial: number % 2 == 0,
                        include_automatic: (index + number) % 3 == 0,
                        ..CountQuery::all(self.survey, key("nps"))
                    });
                }
            }
        }
        queries
    }
}

#[tokio::test]
async fn counts_are_what_one_counts_by_hand() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 700).await;
        let read = place.store.read(workspace);
        for query in sample.queries() {
            let found = results::counts(&read, &query).await.unwrap();
            assert_eq!(found, sample.counts(&query), "{query:?}");
            let query = CountQuery {
                question: key("reden"),
                ..query
            };
            let found = results::choice_counts(&read, &query).await.unwrap();
            assert_eq!(found, sample.choices(&query), "{query:?}");
        }
        let query = CountQuery::all(sample.survey, key("waarom"));
        let written = sample.meant(&query).flat_map(|one| &one.answers);
        let written = written.filter(|answer| answer.key == key("waarom")).count();
        let found = results::text_count(&read, &query).await.unwrap();
        assert_eq!(found, u64::try_from(written).unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_questionnaire_without_answers_has_no_cells() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, _) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let read = place.store.read(workspace);
        for period in [None, Some(Period::Week), Some(Period::Month)] {
            let query = CountQuery {
                period,
                ..CountQuery::all(survey.id, key("nps"))
            };
            assert_eq!(results::counts(&read, &query).await.unwrap(), []);
        }
    })
    .await;
}

#[tokio::test]
async fn values_to_filter_by_are_those_that_occur() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 200).await;
        let read = place.store.read(workspace);
        for dimension in [
            Dimension::Channel,
            Dimension::Version,
            Dimension::Touchpoint,
            Dimension::Account,
            Dimension::Segment(key("regio")),
        ] {
            let mut expected: BTreeMap<String, u64> = BTreeMap::new();
            for value in sample
                .responses
                .iter()
                .filter_map(|one| sample.value(one, &dimension))
            {
                *expected.entry(value).or_default() += 1;
            }
            let found = results::dimension_values(&read, sample.survey, &dimension)
                .await
                .unwrap();
            assert!(
                found.is_sorted_by_key(|(_, n)| std::cmp::Reverse(*n)),
                "{found:?}"
            );
            assert_eq!(
                found.into_iter().collect::<BTreeMap<_, _>>(),
                expected,
                "{dimension:?}"
            );
        }
        let keys = results::segment_keys(&read, sample.survey).await.unwrap();
        assert_eq!(keys, [key("regio")]);
        let mut per_day: BTreeMap<LocalDay, u64> = BTreeMap::new();
        let from = LocalDay::of(day(-20), &zone());
        for response in sample.responses.iter().filter(|one| one.local_day >= from) {
            *per_day.entry(response.local_day).or_default() += 1;
        }
        assert_eq!(
            results::responses_per_day(&read, from).await.unwrap(),
            per_day
        );
    })
    .await;
}

fn comment_query(survey: SurveyId) -> CommentQuery {
    CommentQuery {
        survey,
        question: None,
        filters: Vec::new(),
        from: None,
        until: None,
        only_known: false,
        score: None,
        search: None,
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
        AnswerValue::Score(_) => None,
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
            from: None,
            until: None,
            only_known: false,
            given: None,
            search: None,
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
async fn the_funnel_counts_days_of_the_organisation() {
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
        let complete = sample::response(&version, workspace, midnight);
        let mut partial = sample::response(&version, workspace, midnight);
        partial.completion = Completion::Partial;
        response::add(&tx, &complete).await.unwrap();
        response::add(&tx, &partial).await.unwrap();
        tx.commit().await.unwrap();
        let read = place.store.read(workspace);
        let second = LocalDay::of(day(1), &zone());
        let first = LocalDay(second.0 - 1);
        let on = async |day| {
            results::response_funnel(&read, survey.id, Some(day), Some(day))
                .await
                .unwrap()
        };
        assert_eq!(on(first).await, ResponseFunnel::default());
        let expected = ResponseFunnel {
            invited: 4,
            sent: 2,
            failed: 1,
            answered: 1,
            responses_complete: 1,
            responses_partial: 1,
        };
        assert_eq!(on(second).await, expected);
        let ever = results::response_funnel(&read, survey.id, None, None)
            .await
            .unwrap();
        assert_eq!(ever, expected);
    })
    .await;
}

#[tokio::test]
async fn people_behind_figures_are_counted_without_robots_unless_those_are_meant() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 150).await;
        let read = place.store.read(workspace);
        let person = |one: &Response| one.contact.map_or(one.id.0, |contact| contact.0);
        let mut complete = sample.responses.clone();
        complete.retain(|one| one.completion == Completion::Complete);
        for include_automatic in [false, true] {
            let meant = complete
                .iter()
                .filter(|one| include_automatic || !one.is_automatic());
            let expected: BTreeSet<Uuid> = meant.map(person).collect();
            let found =
                results::count_people(&read, sample.survey, &[], None, None, include_automatic)
                    .await
                    .unwrap();
            assert_eq!(found, u64::try_from(expected.len()).unwrap());
        }
        let robots = complete.iter().filter(|one| one.is_automatic()).count();
        let found = results::count_automatic(&read, sample.survey, &[], None, None)
            .await
            .unwrap();
        assert!(robots > 0);
        assert_eq!(found, u64::try_from(robots).unwrap());
    })
    .await;
}

#[tokio::test]
async fn every_cell_of_a_table_of_people_holds_as_many_as_a_count_in_plain_rust() {
    on_every_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 300).await;
        let read = place.store.read(workspace);
        let region = Dimension::Segment(key("regio"));
        let sides = [
            vec![],
            vec![Dimension::Account],
            vec![region, Dimension::Version, Dimension::Channel],
        ];
        let kinds = [
            Answered::Anything,
            Answered::Score(key("nps")),
            Answered::Options(key("reden")),
        ];
        for (by, period) in sides.iter().flat_map(|by| {
            let periods = [None, Some(Period::Month), Some(Period::Week)];
            periods.map(|period| (by.clone(), period))
        }) {
            for answered in kinds.clone() {
                let query = PeopleQuery {
                    survey: sample.survey,
                    answered,
                    filters: Vec::new(),
                    by: by.clone(),
                    period,
                    include_automatic: false,
                };
                let found = results::people_by(&read, &query).await.unwrap();
                let found: BTreeMap<_, u64> = found
                    .into_iter()
                    .map(|cell| ((cell.values, cell.start), cell.people))
                    .collect();
                assert_eq!(found, sample.people_by(&query), "{query:?}");
            }
        }
    })
    .await;
}

impl Sample {
    fn people_by(
        &self,
        query: &PeopleQuery,
    ) -> BTreeMap<(Vec<Option<String>>, Option<LocalDay>), u64> {
        let mut cells: BTreeMap<_, BTreeSet<Uuid>> = BTreeMap::new();
        let complete = self
            .responses
            .iter()
            .filter(|one| one.completion == Completion::Complete && !one.is_automatic());
        for one in complete {
            let has =
                |question: &QuestionKey| one.answers.iter().any(|given| given.key == *question);
            let is_meant = match &query.answered {
                Answered::Anything => true,
                Answered::Score(question) | Answered::Options(question) => has(question),
            };
            if !is_meant {
                continue;
            }
            let values = query.by.iter().map(|side| self.value(one, side)).collect();
            let start = query.period.map(|period| {
                let month = Period::Month.start(one.local_day);
                period.start(one.local_day).max(month)
            });
            let person = one.contact.map_or(one.id.0, |contact| contact.0);
            let cell: &mut BTreeSet<Uuid> = cells.entry((values, start)).or_default();
            cell.insert(person);
        }
        let counted = cells.into_iter();
        counted
            .map(|(cell, people)| (cell, u64::try_from(people.len()).unwrap()))
            .collect()
    }
}
