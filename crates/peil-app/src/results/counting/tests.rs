//! Counts, against a count in plain Rust over random answers, whoever counts.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use peil_domain::{
    outreach::Channel,
    response::{Answer, AnswerValue, Completion, Flag, Response},
    shared::{
        AccountId, ContactId, Language, LocalDay, Period, QuestionKey, SurveyId, VersionId,
        WorkspaceId,
    },
    survey::SurveyPurpose,
};
use peil_store::{DatabaseUrl, Store, audience::accounts, response, results::Dimension, survey};
use uuid::Uuid;

use self::sample::{Chance, day, id, key, score, text, zone};
use super::{cells::ChoiceCell, *};
use crate::facts::Look;

#[path = "../../../../peil-store/tests/conformance/sample.rs"]
#[expect(
    dead_code,
    reason = "what the tests of the store put into a database is more than is counted here"
)]
mod sample;

/// A database, and a look at it through everything that counts.
struct Place {
    store: Store,
}

impl Place {
    async fn looks(&self, workspace: WorkspaceId) -> [Look; 2] {
        [
            Look::at_records(&self.store, workspace, Timestamp::UNIX_EPOCH),
            Look::at_facts(&self.store, workspace, Timestamp::UNIX_EPOCH).await,
        ]
    }
}

async fn on_a_database(body: impl AsyncFn(&Place)) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("peil.db"));
    let place = Place {
        store: Store::open(&url).await.unwrap(),
    };
    body(&place).await;
    place.store.close().await.unwrap();
}

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
            // Nothing was read in these answers.
            Dimension::Theme | Dimension::ThemePart | Dimension::Tone => None,
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

    fn choices(&self, query: &CountQuery) -> Option<ChoiceCell> {
        let (mut counts, mut answers, mut people) = (BTreeMap::new(), 0, BTreeSet::new());
        for response in self.meant(query) {
            for answer in &response.answers {
                let AnswerValue::Choices { codes, .. } = &answer.value else {
                    continue;
                };
                for code in codes {
                    *counts.entry(code.to_string()).or_default() += 1;
                }
                answers += 1;
                people.insert(response.contact.map_or(response.id.0, |contact| contact.0));
            }
        }
        (answers > 0).then(|| ChoiceCell {
            counts,
            answers,
            people: u64::try_from(people.len()).unwrap(),
        })
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
    on_a_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 700).await;
        let looks = place.looks(workspace).await;
        for (query, look) in sample
            .queries()
            .into_iter()
            .flat_map(|query| looks.each_ref().map(|look| (query.clone(), look)))
        {
            let found = counts(look, &query).await.unwrap();
            assert_eq!(found, sample.counts(&query), "{query:?}");
            let query = CountQuery {
                question: key("reden"),
                group: None,
                period: None,
                ..query
            };
            let found = choice_counts(look, &query).await.unwrap();
            assert_eq!(found, sample.choices(&query), "{query:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_questionnaire_without_answers_has_no_cells() {
    on_a_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let (survey, _) =
            sample::live_survey(&place.store, workspace, SurveyPurpose::Relational).await;
        let [read, _] = place.looks(workspace).await;
        for period in [None, Some(Period::Week), Some(Period::Month)] {
            let query = CountQuery {
                period,
                ..CountQuery::all(survey.id, key("nps"))
            };
            assert_eq!(counts(&read, &query).await.unwrap(), []);
        }
    })
    .await;
}

#[tokio::test]
async fn values_to_filter_by_are_those_that_occur() {
    on_a_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 200).await;
        for read in place.looks(workspace).await {
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
                let found = dimension_values(&read, sample.survey, &dimension)
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
            let keys = segment_keys(&read, sample.survey).await.unwrap();
            assert_eq!(keys, [key("regio")]);
            let mut per_day: BTreeMap<LocalDay, u64> = BTreeMap::new();
            let from = LocalDay::of(day(-20), &zone());
            for response in sample.responses.iter().filter(|one| one.local_day >= from) {
                *per_day.entry(response.local_day).or_default() += 1;
            }
            assert_eq!(responses_per_day(&read, from).await.unwrap(), per_day);
        }
    })
    .await;
}

#[tokio::test]
async fn people_behind_figures_are_counted_without_robots_unless_those_are_meant() {
    on_a_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 150).await;
        for read in place.looks(workspace).await {
            let person = |one: &Response| one.contact.map_or(one.id.0, |contact| contact.0);
            let mut complete = sample.responses.clone();
            complete.retain(|one| one.completion == Completion::Complete);
            for include_automatic in [false, true] {
                let meant = complete
                    .iter()
                    .filter(|one| include_automatic || !one.is_automatic());
                let expected: BTreeSet<Uuid> = meant.map(person).collect();
                let found = count_people(
                    &read,
                    sample.survey,
                    Wanted::default(),
                    None,
                    None,
                    include_automatic,
                )
                .await
                .unwrap();
                assert_eq!(found, u64::try_from(expected.len()).unwrap());
            }
            let robots = complete.iter().filter(|one| one.is_automatic()).count();
            let found = count_automatic(&read, sample.survey, Wanted::default(), None, None)
                .await
                .unwrap();
            assert!(robots > 0);
            assert_eq!(found, u64::try_from(robots).unwrap());
        }
    })
    .await;
}

#[tokio::test]
async fn every_cell_of_a_table_of_people_holds_as_many_as_a_count_in_plain_rust() {
    on_a_database(async |place| {
        let workspace = sample::workspace(&place.store).await;
        let sample = sample(&place.store, workspace, 300).await;
        for read in place.looks(workspace).await {
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
                    let found = people_by(&read, &query).await.unwrap();
                    let text = |value: Option<Arc<str>>| value.map(|value| value.to_string());
                    let found: BTreeMap<(Vec<_>, _), u64> = found
                        .into_iter()
                        .map(|cell| {
                            let values = cell.values.into_iter().map(text).collect();
                            ((values, cell.start), cell.people)
                        })
                        .collect();
                    assert_eq!(found, sample.people_by(&query), "{query:?}");
                }
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
