//! The pages of `docs/methods`. They are part of the program, so that they are always those of the
//! figures that it computes.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// One page of `docs/methods`.
#[derive(Debug, Clone, Copy)]
pub struct MethodPage {
    /// Its name: that of its file, without the extension.
    pub name: &'static str,
    /// Its text.
    pub markdown: &'static str,
}

macro_rules! pages {
    ($($name:literal),+ $(,)?) => {
        &[$(MethodPage {
            name: $name,
            markdown: include_str!(concat!("../../../docs/methods/", $name, ".md")),
        }),+]
    };
}

/// Every page, the index first.
const PAGES: &[MethodPage] = pages![
    "README",
    "nps",
    "csat",
    "mean",
    "response-rate",
    "finite-population",
    "small-cells",
    "differences",
    "comparing-groups",
    "multiple-comparisons",
    "verdicts",
    "anytime",
    "difference-in-differences",
    "decomposition",
    "impact",
    "trend",
    "goal-course",
    "control-charts",
    "outbreaks",
    "signals",
    "rate-ratio",
    "sample-size",
    "goodness-of-fit",
    "r-indicator",
    "weighting",
    "drivers",
    "accounts",
    "reliability",
    "response-quality",
    "reviewer",
    "themes",
    "coverage",
];

/// The page with this name.
#[must_use]
pub fn method_page(name: &str) -> Option<&'static MethodPage> {
    PAGES.iter().find(|page| page.name == name)
}

/// The address of a page inside Peil.
pub(crate) fn method_path(name: &str) -> String {
    match name {
        "README" => "/methods/full".to_owned(),
        name => format!("/methods/full/{name}"),
    }
}

impl MethodPage {
    /// Its heading.
    pub(crate) fn title(&self) -> &'static str {
        let first = self.markdown.lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }

    /// Its text below the heading as HTML. Links between pages lead to pages of Peil; links to other
    /// files of the repository are left out, since those are not part of the program.
    pub(crate) fn html(&self) -> String {
        let mut is_title = false;
        let mut is_dead = Vec::new();
        let events = Parser::new_ext(self.markdown, Options::ENABLE_TABLES);
        let events = events.filter_map(|event| match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => {
                is_title = true;
                None
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                is_title = false;
                None
            }
            _ if is_title => None,
            Event::Html(_) | Event::InlineHtml(_) => None,
            // How columns are aligned is written as a style, which pages may not have.
            Event::Start(Tag::Table(columns)) => {
                let columns = columns.iter().map(|_| pulldown_cmark::Alignment::None);
                Some(Event::Start(Tag::Table(columns.collect())))
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let address = address(&dest_url);
                is_dead.push(address.is_none());
                address.map(|dest_url| {
                    Event::Start(Tag::Link {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })
                })
            }
            Event::End(TagEnd::Link) if is_dead.pop() == Some(true) => None,
            event => Some(event),
        });
        let mut html = String::new();
        push_html(&mut html, events);
        // What is wider than a phone scrolls by keyboard too; a head without words is no head.
        html.replace(
            "<table>",
            r#"<div class="table-wrap" tabindex="0"><table class="table">"#,
        )
        .replace("</table>", "</table></div>")
        .replace("<pre>", r#"<pre tabindex="0">"#)
        .replace("<th></th>", "<td></td>")
    }
}

/// Where a link leads inside Peil, or outside of it.
fn address(link: &str) -> Option<CowStr<'static>> {
    if link.starts_with("https://") {
        return Some(link.to_owned().into());
    }
    let file = link.split('#').next().unwrap_or_default();
    let page = method_page(file.strip_suffix(".md")?)?;
    Some(method_path(page.name).into())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn every_page_of_the_folder_is_part_of_the_program() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods");
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(method_page(name).is_some(), "{name} is not in the program");
        }
    }

    #[test]
    fn pages_become_html_without_their_title_styles_and_dead_links() {
        for page in PAGES {
            let html = page.html();
            assert!(
                !page.title().is_empty() && !html.contains("<h1"),
                "{}",
                page.name
            );
            assert!(
                !html.contains("style=") && !html.contains("<!--"),
                "{}",
                page.name
            );
            assert!(!html.contains(".md\""), "{}", page.name);
        }
        let nps = method_page("nps").unwrap().html();
        assert!(nps.contains(r#"<a href="/methods/full/differences">"#));
        assert!(nps.contains(r#"<a href="/methods/full">Methods</a>"#));
        assert!(nps.contains(r#"<pre tabindex="0"><code>"#));
    }

    #[test]
    fn links_out_of_the_folder_keep_their_words() {
        let page = MethodPage {
            name: "example",
            markdown: "# Example\n\nSee [decision 6](../decisions/0006.md) and [R](https://r.example).\n",
        };
        assert_eq!(
            page.html(),
            "<p>See decision 6 and <a href=\"https://r.example\">R</a>.</p>\n"
        );
    }
}
