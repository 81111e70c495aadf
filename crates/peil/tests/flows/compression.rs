//! What is compressed on its way, what is not, and for how long it is kept.

use std::io::Read;

use axum::http::header;

use crate::{
    respond::Asking,
    site::{Answer, Browser, Site},
};

async fn get(browser: &mut Browser<'_>, path: &str, encoding: &str) -> Answer {
    browser
        .headers
        .retain(|(name, _)| *name != "accept-encoding");
    if !encoding.is_empty() {
        browser
            .headers
            .push(("accept-encoding", encoding.to_owned()));
    }
    browser.get(path).await
}

fn coding(answer: &Answer) -> &str {
    answer
        .headers
        .get(header::CONTENT_ENCODING)
        .map_or("", |coding| coding.to_str().unwrap())
}

/// What the reader makes of it.
fn unpacked(answer: &Answer) -> String {
    let mut plain = String::new();
    match coding(answer) {
        "gzip" => flate2::read::GzDecoder::new(answer.body.as_slice())
            .read_to_string(&mut plain)
            .unwrap(),
        "br" => brotli::Decompressor::new(answer.body.as_slice(), 4_096)
            .read_to_string(&mut plain)
            .unwrap(),
        _ => {
            plain = answer.text();
            plain.len()
        }
    };
    plain
}

/// Addresses of files that a page loads.
fn files(page: &Answer) -> Vec<String> {
    let html = page.text();
    let address = |piece: &str| {
        let address = piece.split('"').next().unwrap();
        Some(address.to_owned())
    };
    html.split("=\"")
        .skip(1)
        .filter(|piece| piece.starts_with("/static/"))
        .filter_map(address)
        .map(|address| address.split('#').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn pages_files_and_calls_come_in_the_way_that_the_reader_prefers() {
    let asking = Asking::kto(true).await;
    let mut owner = asking.site.owner().await;
    let page = owner.get("/surveys").await;
    let mut paths = vec![
        "/surveys".to_owned(),
        "/s/kto".into(),
        "/api/v1/openapi.json".into(),
    ];
    paths.extend(
        files(&page)
            .into_iter()
            .filter(|path| path.contains(".css") || path.contains(".js")),
    );
    assert!(paths.len() > 4, "{paths:?}");
    for path in &paths {
        let plain = get(&mut owner, path, "").await;
        assert!(plain.status.is_success(), "{path} {}", plain.status);
        assert_eq!(coding(&plain), "", "{path}");
        for wanted in ["gzip", "br"] {
            let packed = get(&mut owner, path, wanted).await;
            assert_eq!(coding(&packed), wanted, "{path}");
            assert!(packed.body.len() * 2 < plain.body.len(), "{path} {wanted}");
            let vary = packed.headers.get(header::VARY).unwrap().to_str().unwrap();
            assert!(vary.eq_ignore_ascii_case("accept-encoding"), "{path}");
            let (start, text) = (plain.text(), unpacked(&packed));
            let is_same = text[..200] == start[..200];
            assert!(
                is_same && text.len().abs_diff(start.len()) < 200,
                "{path} {wanted}"
            );
        }
        let browser = get(&mut owner, path, "gzip, deflate, br, zstd").await;
        assert_eq!(coding(&browser), "br", "{path}");
    }
}

#[tokio::test]
async fn short_answers_and_what_is_compressed_already_come_as_they_are() {
    let asking = Asking::kto(true).await;
    let mut owner = asking.site.owner().await;
    let code = format!("/surveys/{}/qr.png", asking.survey.id);
    for path in [code.as_str(), "/s/kto/done", "/api/v1/surveys"] {
        let found = get(&mut owner, path, "gzip, br").await;
        let is_small = found.body.len() < 1_024;
        assert!(is_small || !found.kind.starts_with("text"), "{path}");
        assert_eq!(
            coding(&found),
            "",
            "{path} {} {}",
            found.kind,
            found.body.len()
        );
    }
}

#[tokio::test]
async fn what_a_foreign_page_asks_for_in_somebodys_name_is_not_compressed() {
    let asking = Asking::kto(true).await;
    for (site, is_foreign) in [
        ("same-origin", false),
        ("none", false),
        ("same-site", true),
        ("cross-site", true),
    ] {
        let mut owner = asking.site.owner().await;
        owner.headers.push(("sec-fetch-site", site.into()));
        let page = get(&mut owner, "/surveys", "gzip, br").await;
        assert_eq!(coding(&page).is_empty(), is_foreign, "{site}");
        // A customer comes from a mail that is read on another site.
        let mut customer = asking.site.visitor();
        customer.headers.push(("sec-fetch-site", site.into()));
        let page = get(&mut customer, "/s/kto", "gzip, br").await;
        assert_eq!(coding(&page), "br", "{site}");
    }
}

#[tokio::test]
async fn files_are_kept_for_ever_under_their_own_name_only() {
    let site = Site::ready().await;
    let mut visitor = site.visitor();
    let page = visitor.get("/sign-in").await;
    let path = files(&page).into_iter().find(|path| path.contains(".css"));
    let path = path.unwrap();
    let kept = visitor.get(&path).await;
    assert_eq!(
        kept.headers.get(header::CACHE_CONTROL).unwrap(),
        "public, max-age=31536000, immutable"
    );
    // A page of the next release asks for its own files; another node may not have them yet.
    let fingerprint = path.split('/').nth(2).unwrap();
    let other = visitor
        .get(&path.replace(fingerprint, "0123456789ab"))
        .await;
    assert_eq!(other.body, kept.body);
    assert_eq!(
        other.headers.get(header::CACHE_CONTROL).unwrap(),
        "no-cache"
    );
}
