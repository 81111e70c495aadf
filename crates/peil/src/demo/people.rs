//! The customers of the demonstration: consumers, people at business accounts and riders of lease
//! bikes, each with attributes and a nature of their own.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use peil_domain::{
    audience::{Account, AttributeValue, Attributes, Contact},
    shared::{AccountId, ContactId, EmailAddress, Language, Slug, WorkspaceId},
};
use serde::Deserialize;

use super::{
    calendar::Calendar,
    chance::Chance,
    story::Story,
    texts::{Audience, parse},
};
use crate::Failure;

/// Kinds of bikes: name, weight, whether it is electric.
const BIKES: [(&str, f64, bool); 8] = [
    ("E-bike", 30.0, true),
    ("Stadsfiets", 24.0, false),
    ("Kinderfiets", 11.0, false),
    ("Bakfiets", 8.0, true),
    ("Hybride", 9.0, false),
    ("Racefiets", 7.0, false),
    ("Vouwfiets", 6.0, false),
    ("Mountainbike", 5.0, false),
];
/// The place of sale of those who do not go to a workshop.
const WEB_SHOP: &str = "Webshop";

#[derive(Debug, Deserialize)]
struct Town {
    name: String,
    province: String,
    weight: f64,
}

#[derive(Debug, Deserialize)]
struct Workshop {
    name: String,
    town: String,
}

#[derive(Debug, Deserialize)]
struct Business {
    name: String,
    sector: String,
    town: String,
    arrangement: String,
    bikes: f64,
}

#[derive(Debug, Deserialize)]
struct Sector {
    key: String,
    nl: String,
}

#[derive(Debug, Deserialize)]
struct Register {
    first_names: Vec<String>,
    surnames: Vec<String>,
    towns: Vec<Town>,
    workshops: Vec<Workshop>,
    accounts: Vec<Business>,
    sectors: Vec<Sector>,
}

/// A customer, with what never reaches the database.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) contact: Contact,
    pub(super) audience: Audience,
    pub(super) sector: Option<String>,
    pub(super) is_electric: bool,
    /// Kind of bike in lower case.
    pub(super) bike: String,
    /// Town of the workshop, for those who go there.
    pub(super) town: Option<String>,
    /// How content this customer is by nature, in standard deviations.
    pub(super) nature: f64,
    /// Whether mails to this customer are refused.
    pub(super) is_unreachable: bool,
}

/// Everyone.
pub(super) struct People {
    pub(super) accounts: Vec<Account>,
    pub(super) persons: Vec<Person>,
}

/// Makes `count` customers.
pub(super) fn make(
    workspace: WorkspaceId,
    seed: u64,
    count: usize,
    story: &Story,
    calendar: &Calendar,
) -> Result<People, Failure> {
    let names: Register = parse(include_str!("../../data/demo/people.nl.toml"))?;
    let mut maker = Maker {
        chance: Chance::stream(seed, "people"),
        names: &names,
        workspace,
        story,
        calendar,
    };
    let accounts: Vec<(Account, f64)> = names
        .accounts
        .iter()
        .map(|business| maker.account(business))
        .collect();
    let persons = (0..count)
        .map(|number| maker.person(number, &accounts))
        .collect();
    let accounts = accounts.into_iter().map(|(account, _)| account).collect();
    Ok(People { accounts, persons })
}

struct Maker<'a> {
    chance: Chance,
    names: &'a Register,
    workspace: WorkspaceId,
    story: &'a Story,
    calendar: &'a Calendar,
}

impl Maker<'_> {
    /// An account and how content it is.
    fn account(&mut self, business: &Business) -> (Account, f64) {
        let millis = self
            .calendar
            .millis(self.story.first.saturating_sub(2.years()));
        let account = Account {
            id: AccountId::new(millis, self.chance.bytes()),
            workspace: self.workspace,
            external_id: business.name.clone(),
            name: business.name.clone(),
        };
        (account, 0.35 * self.chance.normal())
    }

    fn person(&mut self, number: usize, accounts: &[(Account, f64)]) -> Person {
        let audience = match self.chance.share() {
            share if share < 0.79 => Audience::Consumer,
            share if share < 0.94 => Audience::Lease,
            _ => Audience::Business,
        };
        let business = self.business(audience);
        let account = business.and_then(|place| accounts.get(place));
        let business = business.and_then(|place| self.names.accounts.get(place));
        let (bike, is_electric) = self.bike(audience);
        // Two in five fetch the bike at a workshop; the others only use the web shop.
        let fetches = self.chance.happens(0.42);
        let names = self.names;
        let workshop = self.chance.pick(&names.workshops).filter(|_| fetches);
        let since = self.since(audience);
        let name = self.name();
        let created = self
            .calendar
            .millis(since.max(self.story.first.saturating_sub(2.years())));
        let created_at = Calendar::at_millis(created);
        let email = self.email(&name, number);
        let sector = business.map(|business| business.sector.clone());
        let attributes = self.attributes(audience, bike, workshop, since, business);
        Person {
            contact: Contact {
                id: ContactId::new(created, self.chance.bytes()),
                workspace: self.workspace,
                external_id: Some(format!("K{}", 10_001 + number)),
                email,
                phone: None,
                name: Some(name),
                language: Some(if self.chance.happens(0.06) {
                    Language::En
                } else {
                    Language::Nl
                }),
                account: account.map(|(account, _)| account.id),
                attributes,
                opted_out_at: None,
                created_at,
                updated_at: created_at,
            },
            audience,
            sector,
            is_electric,
            bike: bike.to_lowercase(),
            town: workshop.map(|workshop| workshop.town.clone()),
            nature: 0.6 * self.chance.normal() + account.map_or(0.0, |(_, nature)| *nature),
            is_unreachable: self.chance.happens(0.008),
        }
    }

    /// An account that fits: lease accounts have riders, the others people who look after bikes.
    fn business(&mut self, audience: Audience) -> Option<usize> {
        let arrangement = match audience {
            Audience::Consumer => return None,
            Audience::Lease => "lease",
            Audience::Business => "fleet",
        };
        let weight = |business: &Business| {
            if business.arrangement == arrangement {
                business.bikes
            } else {
                0.0
            }
        };
        self.chance.weighted(self.names.accounts.iter().map(weight))
    }

    fn bike(&mut self, audience: Audience) -> (&'static str, bool) {
        let weight = |(name, weight, is_electric): &(&str, f64, bool)| match (audience, *name) {
            (Audience::Lease | Audience::Business, "Kinderfiets") => 0.0,
            (Audience::Lease, _) if *is_electric => weight * 3.0,
            _ => *weight,
        };
        let place = self.chance.weighted(BIKES.iter().map(weight)).unwrap_or(0);
        BIKES
            .get(place)
            .map_or(("Stadsfiets", false), |(name, _, is_electric)| {
                (*name, *is_electric)
            })
    }

    fn name(&mut self) -> String {
        let first = self
            .chance
            .pick(&self.names.first_names)
            .cloned()
            .unwrap_or_default();
        let last = self
            .chance
            .pick(&self.names.surnames)
            .cloned()
            .unwrap_or_default();
        format!("{first} {last}")
    }

    /// An address that reaches nobody; a few customers gave none.
    fn email(&mut self, name: &str, number: usize) -> Option<EmailAddress> {
        let has_none = self.chance.happens(0.015);
        let domain = if self.chance.happens(0.7) {
            "example.nl"
        } else {
            "example.org"
        };
        let local = Slug::from_text(name, "klant").to_string().replace('-', ".");
        format!("{local}.{}@{domain}", 101 + number)
            .parse()
            .ok()
            .filter(|_| !has_none)
    }

    /// Since when someone is a customer: up to nine years, the recent ones most; for lease riders
    /// only a few.
    fn since(&mut self, audience: Audience) -> Date {
        let longest = if audience == Audience::Lease {
            900
        } else {
            3_300
        };
        let days = self
            .chance
            .between(0, longest)
            .min(self.chance.between(0, longest));
        // Nobody is asked before being a customer.
        self.story.first.saturating_sub((days + 10).days())
    }

    fn attributes(
        &mut self,
        audience: Audience,
        bike: &str,
        workshop: Option<&Workshop>,
        since: Date,
        business: Option<&Business>,
    ) -> Attributes {
        let town = business.map(|business| business.town.clone());
        let place = self
            .chance
            .weighted(self.names.towns.iter().map(|town| town.weight));
        let own = place
            .and_then(|place| self.names.towns.get(place))
            .map(|town| town.name.clone());
        let town = town.or(own);
        let known = self
            .names
            .towns
            .iter()
            .find(|known| Some(&known.name) == town.as_ref());
        let orders = 1 + self.chance.between(0, 11).min(self.chance.between(0, 11));
        let group = match audience {
            Audience::Consumer => "Particulier",
            Audience::Lease => "Lease",
            Audience::Business => "Zakelijk",
        };
        let sector = business.and_then(|business| {
            self.names
                .sectors
                .iter()
                .find(|sector| sector.key == business.sector)
        });
        let has_plan = audience != Audience::Consumer || self.chance.happens(0.28);
        let text = |text: &str| AttributeValue::Text(text.to_owned());
        let number = f64::from(i32::try_from(orders).unwrap_or(1));
        let values = [
            ("klantgroep", Some(text(group))),
            ("type_fiets", Some(text(bike))),
            ("regio", known.map(|town| text(&town.province))),
            (
                "kanaal",
                Some(text(workshop.map_or(WEB_SHOP, |workshop| &workshop.name))),
            ),
            ("klant_sinds", Some(AttributeValue::Text(since.to_string()))),
            ("bestellingen", Some(AttributeValue::Number(number))),
            ("abonnement", Some(AttributeValue::Boolean(has_plan))),
            ("sector", sector.map(|sector| text(&sector.nl))),
        ];
        values
            .into_iter()
            .filter_map(|(key, value)| Some((key.parse().ok()?, value?)))
            .collect::<BTreeMap<_, _>>()
    }
}
