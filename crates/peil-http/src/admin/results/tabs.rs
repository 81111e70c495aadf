//! The pages about the results of one questionnaire, as a row of links that keeps the selection.

use peil_app::results::{CompareQuery, DriversQuery, GroupBy, ResultsQuery};
use peil_domain::shared::Slug;

use super::{
    compare::compare_href, drivers::drivers_href, links::results_href, turnout::turnout_href,
};
use crate::edge::{parts::Piece, text::Text};

/// A page about the results of one questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// How satisfied people are.
    Figures,
    /// Which groups differ.
    Compare,
    /// What goes with satisfaction.
    Drivers,
    /// Who answered.
    Turnout,
}

impl Tab {
    /// Every page, in the order of the row.
    const ALL: [Self; 4] = [Self::Figures, Self::Compare, Self::Drivers, Self::Turnout];

    /// Message key of its name.
    const fn key(self) -> &'static str {
        match self {
            Self::Figures => "results-tab-figures",
            Self::Compare => "results-tab-compare",
            Self::Drivers => "results-tab-drivers",
            Self::Turnout => "results-tab-turnout",
        }
    }

    /// The page about the same selection.
    fn href(self, slug: &Slug, query: &ResultsQuery) -> String {
        let results = query.figures_only();
        match self {
            Self::Figures => results_href(slug, &results),
            Self::Compare => {
                let by = results.group.clone().map(GroupBy::Property);
                let query = CompareQuery {
                    results,
                    by,
                    ..CompareQuery::default()
                };
                compare_href(slug, &query)
            }
            Self::Drivers => {
                let query = DriversQuery {
                    results,
                    ..DriversQuery::default()
                };
                drivers_href(slug, &query)
            }
            Self::Turnout => turnout_href(slug, &results),
        }
    }
}

/// The row of links; every page gets the selection along, also what it does not look at itself.
pub(super) fn result_tabs(t: Text, slug: &Slug, query: &ResultsQuery, current: Tab) -> Piece {
    let hrefs = Tab::ALL.map(|tab| tab.href(slug, query));
    let links: Vec<(&str, &str)> = hrefs
        .iter()
        .zip(Tab::ALL)
        .map(|(href, tab)| (href.as_str(), tab.key()))
        .collect();
    t.tabs("results-tabs", &links, &current.href(slug, query))
}
