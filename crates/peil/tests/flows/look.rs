//! The organisation's picture: taken in, shown to customers and in mails, replaced and removed.

use axum::http::{StatusCode, header};
use peil_domain::access::Role;
use serde_json::json;

use crate::site::{Answer, Browser, Site};

/// The smallest file that says of itself that it is a PNG of this size.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes
}

/// Sends a picture with the form of the page.
async fn upload(browser: &mut Browser<'_>, content: &[u8]) -> Answer {
    const PATH: &str = "/settings/look/logo";
    let page = browser.get("/settings/look").await;
    let hidden = page.hidden_fields(PATH);
    let (_, token) = hidden.iter().find(|(name, _)| name == "csrf").unwrap();
    send(browser, token, content).await
}

async fn send(browser: &mut Browser<'_>, token: &str, content: &[u8]) -> Answer {
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\n\
         Content-Disposition: form-data; name=\"logo\"; filename=\"logo.png\"\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--edge--\r\n"].concat();
    let kind = Some("multipart/form-data; boundary=edge");
    browser
        .send("POST", "/settings/look/logo", kind, body)
        .await
}

/// Address of the picture on a page for customers.
async fn shown(site: &Site) -> Option<String> {
    let page = site.visitor().get("/s/bestaat-niet").await.text();
    let address = page.split("<img class=\"logo\" src=\"").nth(1)?;
    Some(address.split('"').next()?.to_owned())
}

#[tokio::test]
async fn a_logo_is_shown_to_customers_until_it_is_replaced_or_removed() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    assert_eq!(shown(&site).await, None);
    let answer = upload(&mut owner, &png(400, 100)).await;
    assert_eq!(
        answer.location.as_deref(),
        Some("/settings/look?done=saved"),
        "{}",
        answer.text()
    );
    let first = shown(&site).await.unwrap();
    let page = site.visitor().get("/s/bestaat-niet").await.text();
    assert!(
        page.contains("width=\"160\" height=\"40\" alt=\"Testwinkel\""),
        "{page}"
    );
    let picture = site.visitor().get(&first).await;
    assert_eq!(picture.status, StatusCode::OK);
    assert_eq!(picture.kind, "image/png");
    assert_eq!(picture.body, png(400, 100));
    assert_eq!(
        picture.headers[header::CACHE_CONTROL],
        "public, max-age=31536000, immutable"
    );
    assert_eq!(picture.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");

    let colour = owner.get("/settings/look").await;
    let colour = owner
        .submit(&colour, "/settings/look", &[("accent", "#00534a")])
        .await;
    assert_eq!(colour.status, StatusCode::SEE_OTHER);
    assert_eq!(shown(&site).await.as_ref(), Some(&first), "the colour only");

    upload(&mut owner, &png(300, 100)).await;
    let second = shown(&site).await.unwrap();
    assert_ne!(first, second);
    let old = site.visitor().get(&first).await;
    assert_eq!(old.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(old.location.as_ref(), Some(&second));

    let page = owner.get("/settings/look").await;
    owner.submit(&page, "/settings/look/logo/remove", &[]).await;
    assert_eq!(shown(&site).await, None);
    let gone = site.visitor().get(&second).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let log = owner.get("/settings/audit").await.text();
    assert!(log.contains("Logo veranderd") && log.contains("Logo weggehaald"));
}

#[tokio::test]
async fn what_is_no_picture_too_heavy_or_foreign_is_refused() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    let mut heavy = png(400, 100);
    heavy.resize(300_000, 0);
    for (content, words) in [
        (b"<svg onload='alert(1)'/>".to_vec(), "beschadigd"),
        (Vec::new(), "beschadigd"),
        (png(8, 8), "te klein of te groot"),
        (heavy, "ten hoogste 200 kB"),
    ] {
        let answer = upload(&mut owner, &content).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    let foreign = send(&mut owner, "foreign", &png(400, 100)).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let mut viewer = site.person(Role::Viewer).await;
    let page = viewer.get("/account").await;
    let hidden = page.hidden_fields("/account/password");
    let (_, token) = hidden.iter().find(|(name, _)| name == "csrf").unwrap();
    let viewer = send(&mut viewer, token, &png(400, 100)).await;
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
    assert_eq!(shown(&site).await, None);
}

#[tokio::test]
async fn the_address_of_a_form_leads_to_its_page() {
    let site = Site::ready().await;
    let mut owner = site.owner().await;
    for (address, page) in [
        ("/settings/look/logo", "/settings/look"),
        ("/settings/mail/test", "/settings/mail"),
        ("/account/password", "/account"),
        ("/surveys/x/questions/y/place", "/surveys/x/questions/y"),
        ("/surveys/x/questions", "/surveys/x"),
    ] {
        let answer = owner.get(address).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
        assert_eq!(answer.location.as_deref(), Some(page), "{address}");
    }
    let answer = owner.send("POST", "/results", None, Vec::new()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_program_changes_and_removes_the_logo() {
    let site = Site::ready().await;
    let mut program = site.program().await;
    let path = "/api/v1/organisation/logo";
    let kind = Some("application/octet-stream");
    let answer = program.send("PUT", path, kind, png(400, 100)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["width"], json!(400));
    let link = answer.json()["link"].as_str().unwrap().to_owned();
    assert!(link.ends_with(&shown(&site).await.unwrap()), "{link}");
    let refused = program.send("PUT", path, kind, vec![0; 5_000_000]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["code"], "logo-too-large");
    let removed = program.send("DELETE", path, None, Vec::new()).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(shown(&site).await, None);
}
