//! Reads the texts of the demonstration, which are data: see `data/demo/README.md`.

use std::collections::BTreeMap;

use peil_domain::shared::Language;
use serde::Deserialize;

use crate::Failure;

/// Whether an answer is content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mood {
    Negative,
    Neutral,
    Positive,
}

impl Mood {
    /// The other side; neutral has none.
    pub(super) fn opposite(self) -> Option<Self> {
        match self {
            Self::Negative => Some(Self::Positive),
            Self::Positive => Some(Self::Negative),
            Self::Neutral => None,
        }
    }
}

/// What a customer is to the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Audience {
    Consumer,
    Lease,
    Business,
}

/// A place in the customer journey.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Touchpoint {
    pub(super) key: String,
    pub(super) nl: String,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    negative: f64,
    neutral: f64,
    positive: f64,
}

impl Weights {
    pub(super) fn of(self, mood: Mood) -> f64 {
        match mood {
            Mood::Negative => self.negative,
            Mood::Neutral => self.neutral,
            Mood::Positive => self.positive,
        }
    }
}

/// Something that happens for part of the year.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Episode {
    pub(super) key: String,
    pub(super) mood: Mood,
    pub(super) factor: f64,
    pub(super) raises: Vec<String>,
}

/// A subject of answers.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Topic {
    #[serde(rename = "topic")]
    pub(super) key: String,
    pub(super) touchpoint: Option<String>,
    pub(super) audiences: Vec<Audience>,
    pub(super) episode: Option<String>,
    #[serde(default)]
    pub(super) electric_only: bool,
    pub(super) weights: Weights,
}

#[derive(Debug, Deserialize)]
struct Subjects {
    touchpoints: Vec<Touchpoint>,
    episodes: Vec<Episode>,
    topics: Vec<Topic>,
}

/// Fragments about one topic in one mood.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    pub(super) topic: String,
    pub(super) mood: Mood,
    pub(super) audiences: Option<Vec<Audience>>,
    pub(super) sectors: Option<Vec<String>>,
    #[serde(default)]
    pub(super) full: Vec<String>,
    #[serde(default)]
    pub(super) tail: Vec<String>,
    #[serde(default)]
    pub(super) turn: Vec<String>,
    #[serde(default)]
    pub(super) wish: Vec<String>,
    #[serde(default)]
    pub(super) alone: Vec<String>,
    /// Whether it holds personal data; each of its answers is used once at most.
    #[serde(skip)]
    pub(super) is_personal: bool,
}

/// First or last sentences that fit several moods.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) moods: Vec<Mood>,
    pub(super) audiences: Option<Vec<Audience>>,
    pub(super) texts: Vec<String>,
}

/// A slip of the keyboard.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Slip {
    pub(super) right: String,
    pub(super) wrong: Vec<String>,
}

/// A way of typing.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Habit {
    pub(super) name: String,
    pub(super) weight: f64,
}

#[derive(Debug, Deserialize)]
struct Typing {
    slips: Vec<Slip>,
    habits: Vec<Habit>,
}

#[derive(Debug, Deserialize)]
struct Blocks {
    topics: Vec<Block>,
}

#[derive(Debug, Deserialize)]
struct Lines {
    lines: Vec<Line>,
}

type Fill = BTreeMap<String, Vec<String>>;

#[derive(Debug, Deserialize)]
struct English {
    fill: Fill,
    openers: Vec<Line>,
    closers: Vec<Line>,
    topics: Vec<Block>,
}

/// Everything that is written in one language.
#[derive(Debug)]
pub(super) struct Voice {
    pub(super) language: Language,
    pub(super) blocks: Vec<Block>,
    pub(super) openers: Vec<Line>,
    pub(super) closers: Vec<Line>,
    pub(super) fill: Fill,
    pub(super) slips: Vec<Slip>,
}

/// All texts.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) touchpoints: Vec<Touchpoint>,
    pub(super) episodes: Vec<Episode>,
    pub(super) topics: Vec<Topic>,
    pub(super) habits: Vec<Habit>,
    pub(super) voices: Vec<Voice>,
}

const DUTCH: [&str; 12] = [
    include_str!("../../data/demo/delivery.nl.toml"),
    include_str!("../../data/demo/website.nl.toml"),
    include_str!("../../data/demo/billing.nl.toml"),
    include_str!("../../data/demo/price.nl.toml"),
    include_str!("../../data/demo/product.nl.toml"),
    include_str!("../../data/demo/service.nl.toml"),
    include_str!("../../data/demo/staff.nl.toml"),
    include_str!("../../data/demo/communication.nl.toml"),
    include_str!("../../data/demo/workshop.nl.toml"),
    include_str!("../../data/demo/lease.nl.toml"),
    include_str!("../../data/demo/business.nl.toml"),
    include_str!("../../data/demo/general.nl.toml"),
];

impl Texts {
    /// Reads what is built into the program.
    pub(super) fn read() -> Result<Self, Failure> {
        let subjects: Subjects = parse(include_str!("../../data/demo/topics.toml"))?;
        let typing: Typing = parse(include_str!("../../data/demo/typing.nl.toml"))?;
        let openers: Lines = parse(include_str!("../../data/demo/openers.nl.toml"))?;
        let closers: Lines = parse(include_str!("../../data/demo/closers.nl.toml"))?;
        let english: English = parse(include_str!("../../data/demo/english.toml"))?;
        let personal: Blocks = parse(include_str!("../../data/demo/personal.nl.toml"))?;
        let mut blocks = Vec::new();
        for text in DUTCH {
            let found: Blocks = parse(text)?;
            blocks.extend(found.topics);
        }
        let personal = personal.topics.into_iter();
        blocks.extend(personal.map(|block| Block {
            is_personal: true,
            ..block
        }));
        let dutch = Voice {
            language: Language::Nl,
            blocks,
            openers: openers.lines,
            closers: closers.lines,
            fill: parse(include_str!("../../data/demo/fill.nl.toml"))?,
            slips: typing.slips,
        };
        let english = Voice {
            language: Language::En,
            blocks: english.topics,
            openers: english.openers,
            closers: english.closers,
            fill: english.fill,
            slips: Vec::new(),
        };
        Ok(Self {
            touchpoints: subjects.touchpoints,
            episodes: subjects.episodes,
            topics: subjects.topics,
            habits: typing.habits,
            voices: vec![dutch, english],
        })
    }
}

/// A file of the demonstration that cannot be read is a fault of this program.
pub(super) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Failure> {
    toml::from_str(text).map_err(|error| Failure::Other(format!("texts of the demo: {error}")))
}
