//! The pages about the results of one questionnaire, as a row of links that keeps the selection.

use peil_app::results::{
    AccountsQuery, CompareQuery, DriversQuery, ExploreQuery, GroupBy, ResultsQuery,
};
use peil_domain::{access::Right, shared::Slug};

use super::{
    accounts::accounts_href, compare::compare_href, drivers::drivers_href, explorer::explorer_href,
    links::results_href, representation::representation_href, turnout::turnout_href,
};
use crate::edge::{parts::Piece, signed::Signed};

/// A page about the results of one questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// How satisfied people are.
    Figures,
    /// Where, for whom and when satisfaction differs.
    Explorer,
    /// Which groups differ.
    Compare,
    /// What goes with satisfaction.
    Drivers,
    /// Who answered.
    Turnout,
    /// Whether they are like all who were invited.
    Representation,
    /// What accounts think.
    Accounts,
}

impl Tab {
    /// Every page, in the order of the row.
    const ALL: [Self; 7] = [
        Self::Figures,
        Self::Explorer,
        Self::Compare,
        Self::Drivers,
        Self::Turnout,
        Self::Representation,
        Self::Accounts,
    ];

    /// Whether a page may be seen.
    fn is_open(self, signed: &Signed) -> bool {
        self != Self::Accounts || signed.identity.actor.has(Right::ReadAudience)
    }

    /// Message key of its name.
    const fn key(self) -> &'static str {
        match self {
            Self::Figures => "results-tab-figures",
            Self::Explorer => "explorer-short",
            Self::Compare => "results-tab-compare",
            Self::Drivers => "results-tab-drivers",
            Self::Turnout => "results-tab-turnout",
            Self::Representation => "results-tab-representation",
            Self::Accounts => "accounts-short",
        }
    }

    /// The page about the same selection.
    fn href(self, slug: &Slug, query: &ResultsQuery) -> String {
        let results = query.figures_only();
        match self {
            Self::Figures => results_href(slug, &results),
            Self::Explorer => {
                let query = ExploreQuery {
                    results,
                    ..ExploreQuery::default()
                };
                explorer_href(slug, &query)
            }
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
            Self::Representation => representation_href(slug, &results),
            Self::Accounts => {
                let query = AccountsQuery {
                    results,
                    ..AccountsQuery::default()
                };
                accounts_href(slug, &query)
            }
        }
    }
}

/// The row of links; every page gets the selection along, also what it does not look at itself.
pub(super) fn result_tabs(
    signed: &Signed,
    slug: &Slug,
    query: &ResultsQuery,
    current: Tab,
) -> Piece {
    let open = Tab::ALL.into_iter().filter(|tab| tab.is_open(signed));
    let open: Vec<(Tab, String)> = open.map(|tab| (tab, tab.href(slug, query))).collect();
    let links: Vec<(&str, &str)> = open
        .iter()
        .map(|(tab, href)| (href.as_str(), tab.key()))
        .collect();
    signed
        .text
        .tabs("results-tabs", &links, &current.href(slug, query))
}
