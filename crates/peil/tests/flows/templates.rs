//! What customers see of every template, in both languages, page by page, as words: a change of a
//! template or of the pages shows up here and is looked at.

use peil_app::survey::templates;
use peil_domain::shared::Language;

use crate::{
    site::{Browser, Site},
    survey::create,
};

/// A page as words: one line for every text, `( )` and `[ ]` for what is chosen, `____` for what is
/// typed.
fn words(html: &str) -> String {
    let main = html.split("<main>").nth(1).unwrap();
    let main = main.split("</main>").next().unwrap();
    let mut lines: Vec<String> = Vec::new();
    let mut mark = "";
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        if tag.starts_with("div class=\"trap\"") {
            lines.push("--".to_owned());
        }
        if tag.starts_with("input") {
            mark = match tag {
                _ if tag.contains("type=\"hidden\"") => "",
                _ if tag.contains("type=\"radio\"") => "( ) ",
                _ if tag.contains("type=\"checkbox\"") => "[ ] ",
                _ => "____ ",
            };
        } else if tag.starts_with("textarea") {
            lines.push("____".to_owned());
        }
        let text = text.trim();
        if !text.is_empty() {
            lines.push(format!("{mark}{text}"));
            mark = "";
        }
    }
    // The trap for robots is the same on every page.
    let trap = lines.iter().position(|line| line == "--").unwrap();
    lines.drain(trap..trap + 2);
    lines.join("\n")
}

async fn pages(
    browser: &mut Browser<'_>,
    survey: &str,
    language: Language,
    count: usize,
) -> String {
    let mut all = Vec::new();
    for number in 1..=count {
        let path = format!("{survey}/preview?language={language}&page={number}");
        let html = browser.get(&path).await.text();
        all.push(format!("# {language} {number}/{count}\n{}", words(&html)));
    }
    all.join("\n\n")
}

#[tokio::test]
async fn every_template_reads_as_it_did() {
    let site = Site::ready().await;
    let mut browser = site.owner().await;
    for template in templates() {
        let survey = create(&mut browser, &template.code, &template.code).await;
        let count = template.definition.pages.len();
        let mut both = Vec::new();
        for language in Language::ALL {
            both.push(pages(&mut browser, &survey, language, count).await);
        }
        insta::assert_snapshot!(template.code.clone(), both.join("\n\n"));
    }
}
