//! Someone who asks many small questions and subtracts, and everything that may not come out.

use std::{collections::BTreeSet, ops::RangeInclusive};

use axum::http::StatusCode;
use jiff::civil::{Date, date};
use peil_domain::access::Role;

use crate::{
    imports::{REMARKS, import_file, survey_id},
    site::{Browser, Site},
};

/// Days over which people answered.
const DAYS: i8 = 56;
const REASONS: [&str; 5] = ["noord", "oost", "zuid", "midden", "west"];

/// Who answered why on which day; everyone is a person, nobody is known.
fn everyone() -> Vec<(Date, &'static str)> {
    let first = date(2025, 3, 3);
    let mut people = Vec::new();
    for number in 0..DAYS {
        let day = first.checked_add(jiff::Span::new().days(number)).unwrap();
        people.extend([(day, "noord"), (day, "noord"), (day, "oost")]);
        if number % 3 == 0 {
            people.push((day, "zuid"));
        }
        if number % 9 == 4 {
            people.push((day, "midden"));
        }
        if number % 25 == 2 {
            people.push((day, "west"));
        }
    }
    people
}

async fn filled() -> Site {
    let site = Site::ready().await;
    let mut file = String::from("id,said,carrier,mood,reason,words\n");
    for (number, (day, reason)) in everyone().into_iter().enumerate() {
        let mood = ["positive", "negative"][number % 2];
        file += &format!("{number},{day},Bureau {reason},{mood},{reason},woorden van {reason}\n");
    }
    let (tally, refused) = import_file(&site, "remarks.csv", &file, REMARKS).await;
    assert_eq!(tally.refused, 0, "{refused:?}");
    site
}

async fn caller<'a>(site: &'a Site, scopes: &str) -> Browser<'a> {
    let token = site.token(scopes).await;
    let mut program = site.visitor();
    let header = ("authorization", format!("Bearer {token}"));
    program.headers.push(header);
    program
}

/// What was told: who is in it (their places among everyone), and the answers counted.
type Told = (BTreeSet<usize>, u64);

fn members(reasons: &[&str], days: RangeInclusive<Date>) -> BTreeSet<usize> {
    let people = everyone().into_iter().enumerate();
    people
        .filter(|(_, (day, reason))| {
            days.contains(day) && (reasons.is_empty() || reasons.contains(reason))
        })
        .map(|(place, _)| place)
        .collect()
}

/// Asks for figures and notes what is told: the total, the trend and the groups.
async fn ask(
    program: &mut Browser<'_>,
    reasons: &[&str],
    extra: &str,
    told: &mut Vec<Told>,
) -> serde_json::Value {
    let mut path = format!("/api/v1/results?survey=remarks&group=segment.reason{extra}");
    for reason in reasons {
        path += &format!("&segment.reason={reason}");
    }
    let answer = program.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let found = answer.json();
    let day = |value: &serde_json::Value, open: Date| {
        value.as_str().map_or(open, |text| text.parse().unwrap())
    };
    let from = day(&found["from"], date(2025, 1, 1));
    let until = day(&found["until"], date(2025, 12, 31));
    let mut note = |figure: &serde_json::Value, who: BTreeSet<usize>| {
        if let Some(n) = figure["n"].as_u64() {
            assert_eq!(n, u64::try_from(who.len()).unwrap(), "{path}");
            told.push((who, n));
        }
    };
    note(
        &found["scales"][0]["figure"],
        members(reasons, from..=until),
    );
    for group in found["groups"].as_array().unwrap() {
        let name = group["name"].as_str().unwrap();
        note(&group["figure"], members(&[name], from..=until));
    }
    let steps = found["trend"].as_array().unwrap();
    for (place, step) in steps.iter().enumerate() {
        let start = day(&step["name"], from);
        let next = steps.get(place + 1).map(|next| day(&next["name"], until));
        let end = next.map_or(until, |next| next.yesterday().unwrap().min(until));
        note(&step["figure"], members(reasons, start..=end));
    }
    found
}

/// Whatever was told, no two of them differ by a few people.
fn assert_nothing_leaks(told: &[Told]) {
    for (who, n) in told {
        assert!(*n >= 5, "{n} people are told");
        for (others, _) in told {
            if who.is_superset(others) {
                let rest = who.difference(others).count();
                assert!(
                    rest == 0 || rest >= 5,
                    "{} less {} is {rest}",
                    who.len(),
                    others.len()
                );
            }
        }
    }
}

#[tokio::test]
async fn unions_less_groups_and_complements_never_leave_a_few_people() {
    let site = filled().await;
    let mut viewer = caller(&site, "results:read").await;
    let mut told = Vec::new();
    for union in 0_u32..32 {
        let chosen = REASONS.iter().enumerate();
        let reasons: Vec<&str> = chosen
            .filter(|(place, _)| union & (1 << place) != 0)
            .map(|(_, reason)| *reason)
            .collect();
        let found = ask(&mut viewer, &reasons, "", &mut told).await;
        if reasons.contains(&"west") {
            assert_eq!(found["is_hidden"], true, "{reasons:?}");
        }
    }
    // What is told of groups can be cut up into pieces, of which none is a few people.
    let mut pieces: Vec<BTreeSet<usize>> =
        vec![members(&[], date(2025, 1, 1)..=date(2025, 12, 31))];
    let all = pieces[0].len();
    let of_all_time = told.iter().filter(|(who, _)| {
        REASONS.iter().all(|reason| {
            let group = members(&[reason], date(2025, 1, 1)..=date(2025, 12, 31));
            group.is_subset(who) || group.is_disjoint(who)
        })
    });
    for (who, _) in of_all_time {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| [&piece & who, &piece - who])
            .filter(|piece| !piece.is_empty())
            .collect();
    }
    assert!(pieces.len() >= 3 && pieces.iter().map(BTreeSet::len).sum::<usize>() == all);
    assert!(pieces.iter().all(|piece| piece.len() >= 5), "{pieces:?}");
    assert_nothing_leaks(&told);
}

#[tokio::test]
async fn days_chosen_one_by_one_never_leave_a_few_people() {
    let site = filled().await;
    let mut viewer = caller(&site, "results:read").await;
    let mut told = Vec::new();
    for bucket in ["week", "month", "quarter"] {
        ask(&mut viewer, &[], &format!("&bucket={bucket}"), &mut told).await;
    }
    let first = date(2025, 3, 24);
    let day = |number: i8| first.checked_add(jiff::Span::new().days(number)).unwrap();
    for number in 0..12 {
        for period in [
            format!("&until={}", day(number)),
            format!("&from={}", day(number)),
            format!("&from={}&until={}", day(number), day(number)),
        ] {
            let found = ask(&mut viewer, &[], &period, &mut told).await;
            assert_eq!(found["is_hidden"], false, "{period}");
            for reason in ["oost", "zuid", "west"] {
                ask(&mut viewer, &[reason], &period, &mut told).await;
            }
        }
    }
    assert_nothing_leaks(&told);
}

#[tokio::test]
async fn single_answers_of_unknown_people_are_not_listed_under_what_few_share() {
    let site = filled().await;
    for (scopes, owner_like) in [("responses:read", false), ("all", true)] {
        let mut program = caller(&site, scopes).await;
        for list in ["comments", "responses"] {
            let path = format!("/api/v1/{list}?survey=remarks&limit=200");
            let of = |reason: &str| format!("{path}&segment.reason={reason}");
            let few = program.get(&of("west")).await.json();
            assert_eq!(few["items"], serde_json::json!([]), "{list}");
            let rest = program
                .get(&format!(
                    "{}&segment.reason=oost&segment.reason=west",
                    of("noord")
                ))
                .await
                .json();
            assert_eq!(rest["items"], serde_json::json!([]), "{list}");
            let many = program.get(&of("oost")).await.json();
            assert_eq!(many["items"].as_array().unwrap().len(), 56, "{list}");
        }
        let all = program.get("/api/v1/responses?limit=200").await.json();
        for (reason, is_shown) in [("west", false), ("oost", true)] {
            let words = format!("woorden van {reason}");
            let lines = all["items"].as_array().unwrap();
            let line = lines.iter().find(|line| line["words"] == words).unwrap();
            let path = format!("/api/v1/responses/{}", line["id"].as_str().unwrap());
            let one = program.get(&path).await.json();
            assert_eq!(one["segments"]["reason"].is_string(), is_shown, "{one}");
        }
        if owner_like {
            let mut owner = site.owner().await;
            for path in ["/responses", "/results"] {
                let page = owner
                    .get(&format!("{path}?survey=remarks&segment.reason=west"))
                    .await;
                assert!(
                    page.text()
                        .contains("Minder dan 8 mensen delen deze selectie"),
                    "{path}"
                );
                assert!(!page.text().contains("woorden van west"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn names_of_accounts_are_for_those_who_may_see_customers() {
    let site = filled().await;
    let mut viewer = caller(&site, "results:read").await;
    let known = viewer
        .get("/api/v1/results/dimensions?survey=remarks")
        .await;
    assert!(!known.text().contains("account"), "{}", known.text());
    for path in [
        "/api/v1/results?survey=remarks&group=account",
        "/api/v1/results?survey=remarks&account=Bureau+oost",
        "/api/v1/results/compare?survey=remarks&by=account",
        "/api/v1/results/compare?survey=remarks&account=Bureau+oost",
    ] {
        assert_eq!(
            viewer.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let mut lesser = caller(&site, "responses:read").await;
    for list in ["comments", "responses"] {
        let path = format!("/api/v1/{list}?survey=remarks&account=Bureau+oost");
        assert_eq!(lesser.get(&path).await.status, StatusCode::FORBIDDEN);
    }
    let id = survey_id(&site, "remarks").await;
    let export = format!("/api/v1/surveys/{id}/export");
    for format in ["csv", "json"] {
        let body = serde_json::json!({ "format": format });
        let file = lesser.call("POST", &export, &body).await.text();
        assert!(file.contains("woorden van oost"), "{file}");
        assert!(
            !file.contains("Bureau oost") && !file.contains("segment"),
            "{format}"
        );
    }
    let mut person = site.person(Role::Viewer).await;
    let page = person.get("/results?survey=remarks").await.text();
    assert!(
        !page.contains("Klantorganisatie") && !page.contains("Bureau"),
        "{page}"
    );
    let page = site
        .owner()
        .await
        .get("/results?survey=remarks&group=account")
        .await;
    assert!(page.text().contains("Bureau oost"));
}

#[tokio::test]
async fn what_is_hidden_or_widened_is_explained_in_words() {
    let site = filled().await;
    let mut person = site.person(Role::Viewer).await;
    let page = person
        .get("/results?survey=remarks&segment.reason=west")
        .await
        .text();
    assert!(
        page.contains("Verborgen: deze selectie, of wat erbuiten valt"),
        "{page}"
    );
    let day = "/results?survey=remarks&from=2025-03-12&until=2025-03-12";
    let page = person.get(day).await.text();
    assert!(page.contains("Peil telt hele weken"), "{page}");
    assert!(page.contains("10 mrt 2025 t/m 16 mrt 2025"), "{page}");
}

#[tokio::test]
async fn a_download_is_a_form_that_leaves_a_line_in_the_audit_log() {
    let site = filled().await;
    let mut owner = site.owner().await;
    let id = survey_id(&site, "remarks").await;
    let action = format!("/surveys/{id}/export");
    // Whoever follows the address of the form is led to its page; no file, nothing written.
    assert_eq!(owner.get(&action).await.status, StatusCode::SEE_OTHER);
    let forged = owner
        .post(&action, &[("format".into(), "csv".into())])
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    for path in [
        "/imports",
        "/results?survey=remarks",
        &format!("/surveys/{id}"),
    ] {
        let page = owner.get(path).await;
        let file = owner.submit(&page, &action, &[("format", "csv")]).await;
        assert_eq!(file.kind, "text/csv; charset=utf-8", "{path}");
        assert!(file.text().contains("woorden van oost"), "{path}");
    }
    let mut program = site.program().await;
    let log = program.get("/api/v1/audit-events").await.text();
    assert_eq!(log.matches("responses.exported").count(), 3, "{log}");
    let mut viewer = site.person(Role::Viewer).await;
    let page = viewer.get("/results?survey=remarks").await.text();
    assert!(!page.contains("/export"));
}
