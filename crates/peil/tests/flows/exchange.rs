//! Large files in and out: readers who pause, files that break off, imports that are stopped.

use std::fmt::Write;
use std::time::Duration;

use axum::http::StatusCode;
use futures::StreamExt;
use peil_app::{
    exports::ExportFormat,
    imports::{ImportKind, ImportState, NewImport},
};
use peil_domain::shared::Language;

use crate::{
    imports::{REMARKS, import_file, survey_id},
    site::Site,
};

const HEADER: &str = "id,said,carrier,mood,reason,words\n";

/// So many rows from a number on, a minute apart.
fn rows(numbers: std::ops::Range<i64>) -> String {
    let start: jiff::civil::DateTime = "2024-01-01T00:00".parse().unwrap();
    let mut text = String::new();
    for number in numbers {
        let at = start
            .checked_add(jiff::Span::new().minutes(number))
            .unwrap();
        writeln!(
            text,
            "r{number},{at},X,positive,late,\"Remark \"\"{number}\"\",\né\""
        )
        .unwrap();
    }
    text
}

async fn exported(site: &Site, format: ExportFormat) -> Vec<Vec<u8>> {
    let owner = site.identity().await.actor;
    let survey = survey_id(site, "remarks").await.parse().unwrap();
    let export = site
        .app
        .export_responses(&owner, survey, format, Language::En)
        .await
        .unwrap();
    export.content.map(Result::unwrap).collect().await
}

#[tokio::test]
async fn a_reader_who_pauses_holds_up_nobody_and_gets_everything() {
    const ROWS: i64 = 9_000;
    let site = Site::ready().await;
    let file = format!("{HEADER}{}", rows(0..ROWS));
    let (tally, _) = import_file(&site, "many.csv", &file, REMARKS).await;
    assert_eq!(tally.added, ROWS);
    let owner = site.identity().await.actor;
    let survey = survey_id(&site, "remarks").await.parse().unwrap();
    let export = site
        .app
        .export_responses(&owner, survey, ExportFormat::Csv, Language::En)
        .await
        .unwrap();
    let mut content = export.content;
    let mut text = content.next().await.unwrap().unwrap();
    // Half-way through the file the reader stops. Whoever writes meanwhile does not wait for it.
    let more = format!("{HEADER}{}", rows(ROWS..ROWS + 500));
    let write = import_file(&site, "more.csv", &more, REMARKS);
    let (tally, _) = tokio::time::timeout(Duration::from_mins(1), write)
        .await
        .expect("a paused reader holds the writer");
    assert_eq!(tally.added, 500);
    let mut largest = text.len();
    while let Some(piece) = content.next().await {
        let piece = piece.unwrap();
        largest = largest.max(piece.len());
        text.extend(piece);
    }
    assert!(largest < 2 << 20, "a piece of {largest} bytes");
    let text = String::from_utf8(text).unwrap();
    let moments: Vec<&str> = text
        .split("\r\n")
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    // What came in while it was being read, later than all the rest, is in it as well.
    assert_eq!(moments.len(), usize::try_from(ROWS + 500).unwrap());
    assert!(
        moments.is_sorted(),
        "rows stand in the order of their moments"
    );
    assert!(text.contains("\"Remark \"\"8999\"\",\né\""));
}

#[tokio::test]
async fn every_format_of_an_export_holds_every_answer() {
    let site = Site::ready().await;
    let file = format!("{HEADER}{}", rows(0..4_500));
    import_file(&site, "many.csv", &file, REMARKS).await;
    // Looking writes nothing; a download is noted in the audit log, so it is asked for by a form.
    let path = format!("/surveys/{}/export", survey_id(&site, "remarks").await);
    let looked = site.owner().await.get(&path).await;
    assert_ne!(looked.status, StatusCode::OK);
    assert_ne!(looked.kind, "text/csv; charset=utf-8");
    let json: Vec<serde_json::Value> =
        serde_json::from_slice(&exported(&site, ExportFormat::Json).await.concat()).unwrap();
    assert_eq!(json.len(), 4_500);
    assert_eq!(json[4_499]["answers"]["satisfied"]["score"], 3);
    assert_eq!(json[4_499]["segments"]["reason"], "late");
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in [
        (ExportFormat::Xlsx, "out.xlsx"),
        (ExportFormat::CsvExcel, "out.csv"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, exported(&site, format).await.concat()).unwrap();
        let table =
            peil_exchange::table::open(&path, &peil_exchange::table::OpenOptions::default());
        let rows = table.unwrap().map(|row| row.unwrap().cells);
        assert_eq!(rows.count(), 4_500);
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_says_where_and_goes_on_once_it_is_repaired() {
    let site = Site::ready().await;
    let whole = format!("{HEADER}{}", rows(0..9_000));
    // It was not sent to the end.
    let at = whole.find("r8500,").unwrap();
    let broken = whole[..at].to_owned() + "r8500,2024-01-06,X,positive,late,\"Rem";
    let (tally, refused) = import_file(&site, "b.csv", &broken, REMARKS).await;
    assert!(tally.is_broken);
    assert_eq!((tally.added, tally.refused), (8_500, 1));
    let last = refused.last().unwrap();
    assert_eq!(
        (last.code.as_str(), last.column.as_str()),
        ("row.unclosed_quote", "words")
    );
    assert_eq!(last.row, 8_502);
    let (tally, refused) = import_file(&site, "b.csv", &whole, REMARKS).await;
    assert!(!tally.is_broken);
    assert_eq!(
        (tally.added, tally.known, tally.refused),
        (500, 8_500, 0),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_row_that_never_ends_is_refused_without_being_held_in_memory() {
    let site = Site::ready().await;
    let huge = "x".repeat(20 << 20);
    let file = format!(
        "{HEADER}a,2024-01-01,X,positive,late,\"{huge}\"\nb,2024-01-02,X,positive,late,fine\n"
    );
    let (tally, refused) = import_file(&site, "huge.csv", &file, REMARKS).await;
    assert_eq!((tally.added, tally.refused), (1, 1));
    assert_eq!(refused[0].code, "row.cell_too_large");
    assert_eq!((refused[0].row, refused[0].column.as_str()), (2, "words"));
}

#[tokio::test]
async fn dates_that_are_read_in_another_way_do_not_make_new_answers_of_old_ones() {
    let site = Site::ready().await;
    let file = format!("{HEADER}{}", rows(0..300));
    let elsewhere = REMARKS.replace("America/Los_Angeles", "Asia/Tokyo");
    let without = |map: &str| map.replace("id = \"id\"\n", "");
    for (map, expected) in [
        (REMARKS.to_owned(), (300, 0)),
        (elsewhere.clone(), (0, 300)),
        (without(REMARKS), (300, 0)),
        (without(&elsewhere), (0, 300)),
    ] {
        let (tally, _) = import_file(&site, "again.csv", &file, &map).await;
        assert_eq!((tally.added, tally.known), expected);
    }
}

/// Uploads a file and starts importing it; gives the import.
async fn start(site: &Site, text: &str) -> peil_domain::shared::ImportId {
    let owner = site.identity().await.actor;
    let new = NewImport {
        kind: ImportKind::Answers,
        file_name: "a.csv".into(),
        most_bytes: 50_000_000,
    };
    let view = site.app.upload_import(&owner, new, text.as_bytes()).await;
    let id = view.unwrap().import.id;
    let map = toml::from_str(REMARKS).unwrap();
    site.app
        .start_answers_import(&owner, id, map)
        .await
        .unwrap();
    id
}

#[tokio::test]
async fn an_import_gives_others_a_turn_and_reads_its_file_once() {
    let site = Site::ready().await;
    let text = format!("{HEADER}{}", rows(0..45_000));
    let id = start(&site, &text).await;
    let turns = site.app.work_now().await.unwrap();
    assert!(turns >= 3, "{turns} turns");
    let owner = site.identity().await.actor;
    let (view, _) = site.app.get_import(&owner, id).await.unwrap();
    assert_eq!(view.import.state, ImportState::Done);
    assert_eq!((view.import.added, view.import.done), (45_000, 45_000));
}

#[tokio::test]
async fn an_import_that_is_stopped_goes_on_after_a_restart_without_doing_a_row_twice() {
    let site = Site::ready().await;
    let text = format!("{HEADER}{}", rows(0..30_000));
    let id = start(&site, &text).await;
    site.app.stop_work();
    site.app.work_now().await.unwrap();
    let owner = site.identity().await.actor;
    let (view, _) = site.app.get_import(&owner, id).await.unwrap();
    assert_eq!(view.import.state, ImportState::Running);
    let done = view.import.done;
    assert!(done > 0 && done < 30_000, "{done}");
    assert_eq!(view.import.added, done);
    // Another program on the same folder, which knows nothing of what this one had read.
    let settings = peil::settings::Settings::of_folder(site.folder());
    let again = peil::wiring::open_with(&settings, "http://peil.test")
        .await
        .unwrap();
    again.app.work_now().await.unwrap();
    let (view, _) = again.app.get_import(&owner, id).await.unwrap();
    assert_eq!(view.import.state, ImportState::Done);
    assert_eq!(
        (view.import.added, view.import.updated, view.import.failed),
        (30_000, 0, 0)
    );
    again.close().await.unwrap();
}
