//! Files in and out: customers and earlier answers from tables, answers to tables.

use std::{collections::BTreeMap, fmt::Write};

use axum::http::StatusCode;
use peil_app::audience::ContactQuery;
use peil_app::imports::{AnswersFile, ImportKind, ImportState, NewImport, RefusedRow, Tally};
use peil_domain::access::Role;

use crate::site::{Answer, Browser, Site};

const BOUNDARY: &str = "peil-test-boundary";

/// Uploads a file as a browser does.
async fn upload(
    browser: &mut Browser<'_>,
    kind: &str,
    fields: &[(&str, &str)],
    name: &str,
    content: &[u8],
) -> Answer {
    let page = browser.get(&format!("/imports/new?kind={kind}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let hidden = page.hidden_fields("/imports");
    let mut body = Vec::new();
    let hidden = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in hidden.chain(fields.iter().copied()) {
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .as_bytes(),
        );
    }
    body.extend_from_slice(
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        )
        .as_bytes(),
    );
    body.extend_from_slice(content);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    browser.send("POST", "/imports", Some(&kind), body).await
}

/// The values that the selects of a form show.
fn chosen(page: &Answer) -> Vec<(String, String)> {
    let html = page.text();
    let mut found = Vec::new();
    for select in html.split("<select").skip(1) {
        let select = select.split("</select>").next().unwrap();
        let name = select
            .split("name=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let options: Vec<&str> = select.split("<option ").skip(1).collect();
        let is_selected = |option: &&&str| option.split('>').next().unwrap().contains(" selected");
        let option = options.iter().find(is_selected).unwrap_or(&options[0]);
        let value = option
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        found.push((name.to_owned(), value.to_owned()));
    }
    found
}

/// Follows the link to the mapping page and starts with everything as it was guessed.
async fn start_as_guessed(browser: &mut Browser<'_>, uploaded: &Answer) -> (String, Answer) {
    let path = uploaded
        .location
        .clone()
        .unwrap_or_else(|| panic!("{}", uploaded.text()));
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let path = path.split('?').next().unwrap().to_owned();
    let action = format!("{path}/start");
    let mut fields = chosen(&page);
    for input in page.text().split("<input").skip(1) {
        let tag = input.split('>').next().unwrap();
        let part = |name: &str| tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next();
        if let (Some(name), Some(value)) = (part("name"), part("value"))
            && !tag.contains("type=\"hidden\"")
            && name != "theme"
        {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let started = browser.submit(&page, &action, &fields).await;
    (path, started)
}

pub(crate) async fn import_file(
    site: &Site,
    name: &str,
    content: &str,
    map: &str,
) -> (Tally, Vec<RefusedRow>) {
    let path = site.folder().join(name);
    std::fs::write(&path, content).unwrap();
    let owner = site.identity().await.actor;
    let mut refused = Vec::new();
    let file = AnswersFile {
        path,
        map: toml::from_str(map).unwrap(),
        is_trial: false,
    };
    let tally = site
        .app
        .import_answers_file(&owner, file, &mut |_| {}, &mut |row| {
            refused.push(row.clone());
            Ok(())
        })
        .await
        .unwrap();
    (tally, refused)
}

pub(crate) async fn survey_id(site: &Site, slug: &str) -> String {
    let owner = site.identity().await.actor;
    let all = site.app.list_surveys(&owner).await.unwrap();
    let found = all.iter().find(|found| found.survey.slug.as_str() == slug);
    found.unwrap().survey.id.to_string()
}

pub(crate) const REMARKS: &str = r#"
[survey]
slug = "remarks"
name = "Remarks"
languages = ["en"]
[[survey.questions]]
key = "satisfied"
kind = "rating"
text = { en = "How satisfied?" }
min = 1
max = 3
top = 1
[[survey.questions]]
key = "remark"
kind = "text"
text = { en = "What was said?" }
is_long = true
[columns]
id = "id"
account = "carrier"
date = { column = "said", zone = "America/Los_Angeles" }
[segments]
reason = "reason"
[answers]
satisfied = { column = "mood", values = { negative = 1, neutral = 2, positive = 3 } }
remark = "words"
"#;

#[tokio::test]
async fn a_dutch_excel_file_becomes_customers_and_bad_rows_come_back_with_their_reason() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let mut text = String::from("Klantnr;E-mailadres;Naam;Afgemeld;Omzet;Klant sinds;Regio\r\n");
    text.push_str("00123;jose@example.nl;Jos\u{e9} de Vri\u{eb}s;nee;1.234,50;3-4-2020;Noord\r\n");
    text.push_str("00124;geen adres;Piet;nee;10,00;4-5-2021;Zuid\r\n");
    text.push_str("00125;anna@example.nl;Anna;ja;2,50;31-12-2022;Noord\r\n");
    text.push_str("00126;bert@example.nl;Bert;nee;veel;1-1-2023;Oost\r\n");
    for number in 0..12 {
        write!(
            text,
            "002{number:02};k{number}@example.nl;K;nee;{number},50;1-2-2023;West\r\n"
        )
        .unwrap();
    }
    let windows_1252: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let uploaded = upload(&mut owner, "contacts", &[], "klanten.csv", &windows_1252).await;
    let (path, started) = start_as_guessed(&mut owner, &uploaded).await;
    assert_eq!(
        started.location.as_deref(),
        Some(path.as_str()),
        "{}",
        started.text()
    );

    let running = owner.get(&path).await.text();
    assert!(
        running.contains("data-refresh") && running.contains("<progress"),
        "{running}"
    );
    site.app.work_now().await.unwrap();
    let done = owner.get(&path).await.text();
    assert!(done.contains("dit is geen e-mailadres"), "{done}");
    assert!(!done.contains("data-refresh"));

    let refused = owner.get(&format!("{path}/refused")).await;
    assert_eq!(refused.kind, "text/csv; charset=utf-8");
    let refused = refused.text();
    assert!(refused.contains("Klantnr;E-mailadres"), "{refused}");
    assert!(
        refused.contains("00124;geen adres") && refused.contains(";3;"),
        "{refused}"
    );
    assert!(refused.contains("Omzet: dit is geen getal"), "{refused}");

    let actor = site.identity().await.actor;
    let query = ContactQuery {
        limit: 100,
        ..ContactQuery::default()
    };
    let found = site.app.list_contacts(&actor, &query).await.unwrap();
    let found = format!("{:?}", found.items);
    assert!(
        found.contains("José de Vriës") && found.contains("1234.5"),
        "{found}"
    );
    assert!(
        found.contains("00123") && found.contains("2020-04-03"),
        "{found}"
    );
    let leftovers: Vec<_> = std::fs::read_dir(site.folder().join("uploads"))
        .unwrap()
        .collect();
    assert_eq!(leftovers.len(), 1, "only the refused rows are kept");
}

#[tokio::test]
async fn columns_that_cannot_be_are_refused_beside_the_column_and_nothing_is_lost() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let uploaded = upload(
        &mut owner,
        "contacts",
        &[],
        "k.csv",
        b"naam;stad\nJan;Zwolle\n",
    )
    .await;
    let (_, refused) = start_as_guessed(&mut owner, &uploaded).await;
    assert_eq!(refused.status, StatusCode::OK);
    let html = refused.text();
    assert!(
        html.contains("error-summary") && html.contains("klantnummer"),
        "{html}"
    );
    assert!(html.contains("Zwolle"));
}

#[tokio::test]
async fn a_file_that_is_no_table_and_a_form_from_elsewhere_leave_nothing_behind() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let refused = upload(
        &mut owner,
        "contacts",
        &[],
        "x.csv",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    )
    .await;
    assert_eq!(refused.status, StatusCode::OK);
    assert!(refused.text().contains("geen tabel"), "{}", refused.text());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let foreign = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n\
         id;naam\n1;Jan\n\r\n--{BOUNDARY}--\r\n"
    );
    let foreign = owner
        .send("POST", "/imports", Some(&kind), foreign.into_bytes())
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let kept = std::fs::read_dir(site.folder().join("uploads"))
        .unwrap()
        .count();
    assert_eq!(kept, 0);
    let mut agent = site.person(Role::Agent).await;
    assert_eq!(agent.get("/imports").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn many_customers_come_in_turn_by_turn_and_a_second_time_nobody_is_doubled() {
    const PEOPLE: i64 = 20_600;
    let site = Site::ready().await;
    let owner = site.identity().await.actor;
    let mut text = String::from("customer id,email,region\n");
    for number in 0..PEOPLE {
        writeln!(text, "C{number},c{number}@example.nl,R{}", number % 7).unwrap();
    }
    for (added, updated) in [(PEOPLE, 0), (0, PEOPLE)] {
        let new = NewImport {
            kind: ImportKind::Contacts,
            file_name: "c.csv".into(),
            most_bytes: 10_000_000,
        };
        let view = site
            .app
            .upload_import(&owner, new, text.as_bytes())
            .await
            .unwrap();
        let map = serde_json::from_value(serde_json::json!({ "columns": [
            { "column": "customer id", "target": "external_id" },
            { "column": "email", "target": "email" },
            { "column": "region", "target": { "new_attribute": { "label": "Region", "kind": "choice" } } },
        ]}))
        .unwrap();
        let id = view.import.id;
        site.app
            .start_contacts_import(&owner, id, map)
            .await
            .unwrap();
        site.app.work_now().await.unwrap();
        let (view, _) = site.app.get_import(&owner, id).await.unwrap();
        let import = view.import;
        assert_eq!(import.state, ImportState::Done, "{:?}", import.last_error);
        assert_eq!((import.done, import.total), (PEOPLE, PEOPLE));
        assert_eq!(
            (import.added, import.updated, import.failed),
            (added, updated, 0)
        );
    }
}

#[tokio::test]
async fn figures_of_imported_remarks_equal_counts_made_by_hand_and_a_second_run_adds_nothing() {
    let site = Site::ready().await;
    let mut file = String::from("id,said,carrier,mood,reason,words\n");
    let mut by_hand: BTreeMap<(String, i64, String), u64> = BTreeMap::new();
    let start = jiff::civil::date(2025, 1, 1);
    for number in 0..1_500_i64 {
        let carrier = ["Noordlijn", "Zuidlijn", "Oostlijn"][usize::try_from(number % 3).unwrap()];
        let score = (number * 7 + number / 11) % 3 + 1;
        let mood = ["negative", "Neutral", "positive"][usize::try_from(score - 1).unwrap()];
        let day = start
            .checked_add(jiff::Span::new().days(number % 60))
            .unwrap();
        // Half past four in the afternoon on the west coast is half past one the next day here.
        writeln!(
            file,
            "r{number},{day} 16:30:00,{carrier},{mood},late,\"Remark, {number}\""
        )
        .unwrap();
        let here = day.tomorrow().unwrap();
        *by_hand
            .entry((carrier.into(), score, here.to_string()))
            .or_default() += 1;
    }
    let (tally, refused) = import_file(&site, "remarks.csv", &file, REMARKS).await;
    assert_eq!(
        (tally.added, tally.known, tally.refused),
        (1_500, 0, 0),
        "{refused:?}"
    );
    let (tally, _) = import_file(&site, "remarks.csv", &file, REMARKS).await;
    assert_eq!((tally.added, tally.known), (0, 1_500));

    let mut program = site.program().await;
    let id = survey_id(&site, "remarks").await;
    let rows = program
        .call(
            "POST",
            &format!("/api/v1/surveys/{id}/export"),
            &serde_json::json!({}),
        )
        .await
        .json();
    let mut counted: BTreeMap<(String, i64, String), u64> = BTreeMap::new();
    for row in rows.as_array().unwrap() {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let score = row["answers"]["satisfied"]["score"].as_i64().unwrap();
        assert_eq!(row["segments"]["reason"], "late");
        *counted
            .entry((text("account"), score, text("date")))
            .or_default() += 1;
    }
    assert_eq!(counted, by_hand);
}

#[tokio::test]
async fn rows_that_cannot_be_answers_are_refused_one_by_one_with_their_reason() {
    let site = Site::ready().await;
    let file = "id,said,carrier,mood,reason,words\n\
        a,2025-01-01,X,positive,,fine\n\
        a,2025-01-02,X,positive,,again\n\
        b,gisteren,X,positive,,when\n\
        c,2999-01-01,X,positive,,later\n\
        d,2025-01-01,X,furious,,no score\n\
        e,2025-01-01,X,,,\n\
        f,2025-01-01,X,7,,off the scale\n\
        g,2025-01-01,X,positive,,ok,too,many\n";
    let (tally, refused) = import_file(&site, "bad.csv", file, REMARKS).await;
    assert_eq!((tally.added, tally.refused), (1, 7));
    let reasons: Vec<(u64, &str)> = refused
        .iter()
        .map(|row| (row.row, row.code.as_str()))
        .collect();
    assert_eq!(
        reasons,
        [
            (3, "row.same_id"),
            (4, "date.unreadable"),
            (5, "date.in_future"),
            (6, "answer.not_a_score"),
            (7, "row.no_answers"),
            (8, "answer.not_on_scale"),
            (9, "row.too_many_cells"),
        ]
    );
}

#[tokio::test]
async fn without_an_id_equal_rows_all_count_and_still_only_once() {
    let site = Site::ready().await;
    let map = REMARKS.replace("id = \"id\"\n", "");
    let file = "id,said,carrier,mood,reason,words\n\
        1,2025-01-01,X,positive,,fine\n1,2025-01-01,X,positive,,fine\n";
    for expected in [(2, 0), (0, 2)] {
        let (tally, _) = import_file(&site, "twins.csv", file, &map).await;
        assert_eq!((tally.added, tally.known), expected);
    }
}

#[tokio::test]
async fn a_map_that_does_not_fit_is_refused_as_a_whole_and_makes_no_questionnaire() {
    let site = Site::ready().await;
    let owner = site.identity().await.actor;
    let path = site.folder().join("a.csv");
    std::fs::write(&path, "id,said\n1,2025-01-01\n").unwrap();
    let map = toml::from_str(REMARKS).unwrap();
    let file = AnswersFile {
        path,
        map,
        is_trial: false,
    };
    let refused = site
        .app
        .import_answers_file(&owner, file, &mut |_| {}, &mut |_| Ok(()))
        .await;
    let said = refused.unwrap_err().to_string();
    assert!(
        said.contains("columns.account: unknown column `carrier`"),
        "{said}"
    );
    assert_eq!(site.app.list_surveys(&owner).await.unwrap().len(), 0);
}

#[tokio::test]
async fn on_screen_a_file_with_words_of_judgement_becomes_a_questionnaire_with_answers() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let file = "Datum;Bedrijf;Oordeel;Toelichting\n\
        3-2-2025;Bakker BV;positief;Snel geholpen, dank\n\
        4-2-2025;Slager BV;negatief;\"Lang gewacht;\nniemand wist iets\"\n\
        5-2-2025;Bakker BV;neutraal;Ging wel\n";
    let fields = [("survey", "new"), ("name", "Oude enquête")];
    let uploaded = upload(&mut owner, "answers", &fields, "oud.csv", file.as_bytes()).await;
    let (path, started) = start_as_guessed(&mut owner, &uploaded).await;
    assert_eq!(
        started.location.as_deref(),
        Some(path.as_str()),
        "{}",
        started.text()
    );
    site.app.work_now().await.unwrap();
    let done = owner.get(&path).await.text();
    assert!(done.contains("survey=oude-enquete"), "{done}");

    let id = survey_id(&site, "oude-enquete").await;
    let page = owner.get("/imports").await;
    let csv = owner
        .submit(
            &page,
            &format!("/surveys/{id}/export"),
            &[("format", "csv")],
        )
        .await;
    assert_eq!(csv.kind, "text/csv; charset=utf-8");
    let text = csv.text();
    let header = text.lines().next().unwrap();
    assert!(header.ends_with("oordeel,toelichting"), "{header}");
    assert!(
        text.contains("2025-02-04") && text.contains("Slager BV"),
        "{text}"
    );
    assert!(text.contains(",3,\"Snel geholpen, dank\""), "{text}");
}

#[tokio::test]
async fn exports_are_safe_complete_and_tell_who_answered_only_to_those_who_may_see_customers() {
    let site = Site::ready().await;
    let owner = site.identity().await.actor;
    let contact = peil_domain::audience::ContactDraft {
        external_id: Some("K-1".into()),
        ..Default::default()
    };
    site.app
        .upsert_contacts(&owner, vec![contact])
        .await
        .unwrap();
    let map = REMARKS.replace("account = \"carrier\"", "contact = \"carrier\"");
    let file = "id,said,carrier,mood,reason,words\n\
        1,2025-01-01,K-1,positive,,=1+1\n2,2025-01-01,K-2,positive,,@SUM(A1)\n";
    let (tally, _) = import_file(&site, "x.csv", file, &map).await;
    assert_eq!((tally.added, tally.unlinked), (2, 1));
    let mut program = site.program().await;
    let id = survey_id(&site, "remarks").await;
    let path = format!("/api/v1/surveys/{id}/export");
    let wanted = |format: &str| serde_json::json!({ "format": format });
    let csv = program.call("POST", &path, &wanted("csv")).await.text();
    assert!(
        csv.contains(",'=1+1") && csv.contains(",'@SUM(A1)"),
        "{csv}"
    );
    assert!(csv.contains(",contact,") && csv.contains("K-1"));
    let xlsx = program.call("POST", &path, &wanted("xlsx")).await;
    assert!(xlsx.body.starts_with(b"PK"));
    assert_eq!(
        program.call("POST", &path, &wanted("pdf")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let spooled = std::fs::read_dir(site.folder().join("uploads"))
        .unwrap()
        .count();
    assert_eq!(spooled, 0, "a workbook leaves nothing behind");

    let token = site.token("responses:read").await;
    let mut lesser = site.visitor();
    lesser
        .headers
        .push(("authorization", format!("Bearer {token}")));
    let csv = lesser.call("POST", &path, &wanted("csv")).await.text();
    assert!(!csv.contains("contact,") && !csv.contains("K-1"), "{csv}");
}

#[tokio::test]
async fn programs_upload_preview_start_and_remove_imports() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let body = b"nr\tmail\n1\ta@example.nl\n2\tfout\n".to_vec();
    let kind = Some("application/octet-stream");
    let made = program
        .send(
            "POST",
            "/api/v1/imports?kind=contacts&file_name=a.tsv",
            kind,
            body,
        )
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let preview = program
        .get(&format!("/api/v1/imports/{id}/preview"))
        .await
        .json();
    assert_eq!(preview["columns"][0]["kind"], "integer");
    let map = serde_json::json!({ "columns": [
        { "column": "nr", "target": "external_id" }, { "column": "mail", "target": "email" }] });
    let started = program
        .call("POST", &format!("/api/v1/imports/{id}/contacts"), &map)
        .await;
    assert_eq!(started.status, StatusCode::ACCEPTED, "{}", started.text());
    let again = program
        .call("POST", &format!("/api/v1/imports/{id}/contacts"), &map)
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    site.app.work_now().await.unwrap();
    let done = program.get(&format!("/api/v1/imports/{id}")).await.json();
    assert_eq!(
        (&done["state"], &done["added"]),
        (&"done".into(), &1.into()),
        "{done}"
    );
    assert_eq!(done["refused_rows"][0]["code"], "email.invalid");
    let removed = program
        .send("DELETE", &format!("/api/v1/imports/{id}"), None, Vec::new())
        .await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    let gone = program.get(&format!("/api/v1/imports/{id}")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
