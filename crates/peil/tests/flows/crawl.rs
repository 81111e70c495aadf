//! Follows every link of a filled organisation, in both languages and for every role: no page is
//! broken, unfinished or half translated, and none leads to an address that does not exist.

use std::collections::{BTreeMap, VecDeque};

use axum::http::StatusCode;
use peil_domain::{access::Role, shared::Language};

use crate::site::{Answer, Site};

/// Pages of the same kind that are looked at.
const PER_KIND: usize = 2;
/// Kinds of pages that a full menu leads to at least.
const LEAST_KINDS: usize = 25;

#[tokio::test]
async fn every_page_is_whole_in_both_languages_for_the_owner() {
    let site = Site::demo().await;
    for language in Language::ALL {
        let kinds = crawl(&site, peil::demo::OWNER, peil::demo::PASSWORD, language).await;
        assert!(
            kinds >= LEAST_KINDS,
            "only {kinds} kinds of pages in {language}"
        );
    }
}

#[tokio::test]
async fn no_role_is_shown_a_link_that_it_may_not_follow() {
    let site = Site::demo().await;
    for role in [Role::Admin, Role::Analyst, Role::Agent, Role::Viewer] {
        let email = site.add_person_to_demo(role).await;
        crawl(&site, &email, crate::site::PASSWORD, Language::Nl).await;
    }
}

/// Follows links from the overview on; gives the number of kinds of pages that were seen.
async fn crawl(site: &Site, email: &str, password: &str, language: Language) -> usize {
    let mut browser = site.signed_in_with(email, password).await;
    let page = browser.get("/account").await;
    browser
        .submit(&page, "/account/language", &[("language", language.code())])
        .await;
    let mut queue = VecDeque::from([("/".to_owned(), String::new())]);
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while let Some((path, from)) = queue.pop_front() {
        let known = seen.entry(kind_of(&path)).or_default();
        if known.len() >= PER_KIND || known.contains(&path) {
            continue;
        }
        known.push(path.clone());
        let answer = browser.get(&path).await;
        if answer.status == StatusCode::SEE_OTHER {
            let target = answer.location.clone().unwrap();
            assert!(
                !target.starts_with("/sign-in"),
                "{path} (from {from}) asks to sign in"
            );
            queue.push_back((target, path));
            continue;
        }
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{path} (from {from}) for {email}"
        );
        // A mail is no page of ours: it carries its own look, since mail programs load none.
        let is_mail = path.split('?').next().unwrap().ends_with("/mail");
        if answer.kind.starts_with("text/html") && !is_mail {
            check(&path, &answer, language);
            queue.extend(links(&answer).into_iter().map(|link| (link, path.clone())));
        }
    }
    seen.len()
}

fn check(path: &str, answer: &Answer, language: Language) {
    let html = answer.text();
    assert!(
        !html.contains("Unknown localization"),
        "{path}: a sentence is missing in {language}"
    );
    for inline in ["<style", " style=\"", " onclick=", "javascript:"] {
        assert!(!html.contains(inline), "{path}: {inline}");
    }
    assert!(
        html.contains("<title>") && html.contains("<h1"),
        "{path}: no title or heading"
    );
    let is_admin = html.contains("class=\"rail\"");
    if is_admin {
        assert!(
            html.contains(&format!("<html lang=\"{language}\"")),
            "{path}"
        );
    }
}

/// Addresses of our own that a page links to or shows inside.
fn links(answer: &Answer) -> Vec<String> {
    let html = answer.text();
    let values = ["href=\"", "src=\""].into_iter().flat_map(|attribute| {
        html.split(attribute)
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
    });
    values
        .map(|link| {
            link.replace("&amp;", "&")
                .replace("&#38;", "&")
                .replace("&#x26;", "&")
        })
        .map(|link| link.split('#').next().unwrap().to_owned())
        .filter(|link| link.starts_with('/') && !link.starts_with("//"))
        .filter(|link| !link.starts_with("/static/"))
        .collect()
}

/// An address without what only tells one page from another of its kind.
fn kind_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| {
            if part.len() >= 32 && part.contains('-') {
                "{id}"
            } else {
                part
            }
        })
        .collect();
    let mut names: Vec<&str> = query
        .split('&')
        .map(|pair| pair.split('=').next().unwrap())
        .collect();
    names.sort_unstable();
    names.dedup();
    // A page with many filters is of the kind of the page with one of them.
    names.truncate(2);
    format!("{}?{}", parts.join("/"), names.join("&"))
}
