//! Writes open answers from fragments, by the rules of `data/demo/README.md`.

use std::collections::{BTreeMap, BTreeSet};

use peil_domain::shared::Language;

use super::{
    chance::Chance,
    texts::{Audience, Block, Mood, Texts, Topic, Voice},
    typing,
};

/// Characters beyond which a complete answer is told by one customer only.
const LONG: usize = 80;
/// The topic that is about everything and nothing.
const GENERAL: &str = "general";

/// Who writes about what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion<'a> {
    pub(super) audience: Audience,
    pub(super) sector: Option<&'a str>,
    pub(super) is_electric: bool,
    pub(super) bike: Option<&'a str>,
    pub(super) town: Option<&'a str>,
    pub(super) language: Language,
    pub(super) touchpoint: Option<&'a str>,
    /// Keys of the episodes that are going on.
    pub(super) episodes: &'a [&'a str],
    pub(super) mood: Mood,
}

/// Writes answers and remembers which stories were told.
pub(super) struct Writer<'a> {
    texts: &'a Texts,
    chance: Chance,
    told: BTreeSet<&'a str>,
    /// How often each fragment was used.
    used: BTreeMap<&'a str, u32>,
    /// Fragments by language, topic, mood, audience and sector; looked up often.
    pools: BTreeMap<(Language, usize, Mood, Audience, Option<String>), Pool<'a>>,
}

#[derive(Debug, Clone, Default)]
struct Pool<'a> {
    full: Vec<&'a str>,
    tail: Vec<&'a str>,
    turn: Vec<&'a str>,
    wish: Vec<&'a str>,
    alone: Vec<&'a str>,
    /// Complete answers that are used once at most.
    once: Vec<&'a str>,
}

impl<'a> Pool<'a> {
    fn gather(voice: &'a Voice, topic: &Topic, on: &Occasion<'_>) -> Self {
        let mut pool = Self::default();
        for block in voice.blocks.iter().filter(|block| fits(block, topic, on)) {
            let all = |texts: &'a [String]| texts.iter().map(String::as_str);
            pool.full.extend(all(&block.full));
            pool.tail.extend(all(&block.tail));
            pool.turn.extend(all(&block.turn));
            pool.wish.extend(all(&block.wish));
            let is_rare = |text: &&str| block.is_personal || text.chars().count() > LONG;
            let (once, alone): (Vec<_>, Vec<_>) = all(&block.alone).partition(is_rare);
            pool.once.extend(once);
            pool.alone.extend(alone);
        }
        pool
    }
}

fn fits(block: &Block, topic: &Topic, on: &Occasion<'_>) -> bool {
    let is_audience = block
        .audiences
        .as_ref()
        .is_none_or(|list| list.contains(&on.audience));
    let is_sector = block.sectors.as_ref().is_none_or(|list| {
        on.sector
            .is_some_and(|sector| list.iter().any(|known| known == sector))
    });
    block.topic == topic.key && block.mood == on.mood && is_audience && is_sector
}

/// What kind of fragment is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Answer,
    Turn,
    Wish,
}

impl<'a> Writer<'a> {
    pub(super) fn new(texts: &'a Texts, seed: u64) -> Self {
        let chance = Chance::stream(seed, "words");
        Self {
            texts,
            chance,
            told: BTreeSet::new(),
            used: BTreeMap::new(),
            pools: BTreeMap::new(),
        }
    }

    /// An answer to "why", as typed.
    pub(super) fn comment(&mut self, on: &Occasion<'_>) -> Option<String> {
        let text = self.compose(on)?;
        Some(self.finish(text, on))
    }

    /// An answer to "what can we do better", as typed.
    pub(super) fn wish(&mut self, on: &Occasion<'_>) -> Option<String> {
        let (_, pool) = self.choose_topic(on, Wanted::Wish, None)?;
        let text = self.pick_rare(&pool.wish)?.to_owned();
        Some(self.finish(text, on))
    }

    fn compose(&mut self, on: &Occasion<'_>) -> Option<String> {
        let (topic, pool) = self.choose_topic(on, Wanted::Answer, None)?;
        // Few complete answers about a topic would be heard too often.
        let choice = u32::try_from(pool.alone.len() + pool.once.len()).unwrap_or(u32::MAX);
        let willing = 0.06 * f64::from(choice.min(5));
        if (self.chance.happens(willing) || pool.full.is_empty())
            && let Some(alone) = self.pick_alone(&pool)
        {
            return Some(alone.to_owned());
        }
        let full = self.pick_rare(&pool.full)?;
        let (first, is_mixed) = self.extend(full, topic, &pool, on);
        if !is_tidy(&first) {
            return Some(first);
        }
        Some(self.surround(first, topic, is_mixed, on))
    }

    /// A complete answer; a long or personal one only when nobody told it yet.
    fn pick_alone(&mut self, pool: &Pool<'a>) -> Option<&'a str> {
        let untold: Vec<&'a str> = pool
            .once
            .iter()
            .copied()
            .filter(|text| !self.told.contains(text))
            .collect();
        let place = self.chance.below(untold.len() + pool.alone.len());
        if let Some(text) = untold.get(place).copied() {
            self.told.insert(text);
            return Some(text);
        }
        self.pick_rare(&pool.alone)
    }

    /// The one of two that was used less.
    fn pick_rare(&mut self, from: &[&'a str]) -> Option<&'a str> {
        let one = self.chance.pick(from).copied()?;
        let other = self.chance.pick(from).copied()?;
        let count = |text: &str| self.used.get(text).copied().unwrap_or(0);
        let text = if count(other) < count(one) {
            other
        } else {
            one
        };
        *self.used.entry(text).or_default() += 1;
        Some(text)
    }

    /// Adds a clause of the same mood, or of the opposite one about something else; says whether
    /// the answer is mixed now.
    fn extend(
        &mut self,
        full: &str,
        topic: usize,
        pool: &Pool<'a>,
        on: &Occasion<'_>,
    ) -> (String, bool) {
        let plain = (full.to_owned(), false);
        if !full.ends_with(|last: char| last.is_alphanumeric() || last == '.') {
            return plain;
        }
        let roll = self.chance.share();
        if roll < 0.33 {
            let Some(tail) = self
                .chance
                .pick(&pool.tail)
                .filter(|tail| !is_second_but(full, tail))
            else {
                return plain;
            };
            return (joined(full, tail), false);
        }
        let Some(opposite) = on.mood.opposite().filter(|_| roll < 0.5) else {
            return plain;
        };
        let other = Occasion {
            mood: opposite,
            ..*on
        };
        let Some((_, pool)) = self.choose_topic(&other, Wanted::Turn, Some(topic)) else {
            return plain;
        };
        match self
            .chance
            .pick(&pool.turn)
            .filter(|turn| !is_second_but(full, turn))
        {
            Some(turn) => (joined(full, turn), true),
            None => plain,
        }
    }

    /// Puts more sentences around a tidy one.
    fn surround(
        &mut self,
        first: String,
        topic: usize,
        is_mixed: bool,
        on: &Occasion<'_>,
    ) -> String {
        let is_general = |place: usize| {
            self.texts
                .topics
                .get(place)
                .is_some_and(|topic| topic.key == GENERAL)
        };
        let may_open = !is_general(topic) && !is_mixed;
        let mut parts = vec![first];
        if !is_mixed
            && self.chance.happens(0.15)
            && let Some((second, pool)) = self.choose_topic(on, Wanted::Answer, Some(topic))
            && self
                .texts
                .topics
                .get(second)
                .is_some_and(|topic| topic.key != GENERAL)
            && let Some(full) = self.chance.pick(&pool.full).filter(|full| is_tidy(full))
        {
            parts.push((*full).to_owned());
        }
        if may_open
            && self.chance.happens(0.16)
            && let Some(opener) = self.line(on, on.mood, true)
        {
            parts.insert(0, opener);
        }
        let mood = if is_mixed { Mood::Neutral } else { on.mood };
        if self.chance.happens(0.16)
            && let Some(closer) = self.line(on, mood, false)
        {
            parts.push(closer);
        }
        parts.join(" ")
    }

    fn line(&mut self, on: &Occasion<'_>, mood: Mood, is_first: bool) -> Option<String> {
        let voice = self
            .texts
            .voices
            .iter()
            .find(|voice| voice.language == on.language)?;
        let lines = if is_first {
            &voice.openers
        } else {
            &voice.closers
        };
        let fitting: Vec<&str> = lines
            .iter()
            .filter(|line| line.moods.contains(&mood))
            .filter(|line| {
                line.audiences
                    .as_ref()
                    .is_none_or(|list| list.contains(&on.audience))
            })
            .flat_map(|line| line.texts.iter().map(String::as_str))
            .collect();
        self.chance.pick(&fitting).map(|text| (*text).to_owned())
    }

    /// Chooses a topic that the respondent can write about, apart from `except`.
    fn choose_topic(
        &mut self,
        on: &Occasion<'_>,
        wanted: Wanted,
        except: Option<usize>,
    ) -> Option<(usize, Pool<'a>)> {
        let weights = self.weights(on, wanted, except);
        let place = self.chance.weighted(weights.iter().copied());
        if place.is_none() && on.touchpoint.is_some() {
            // A lease rider does not order in the shop.
            return self.choose_topic(
                &Occasion {
                    touchpoint: None,
                    ..*on
                },
                wanted,
                except,
            );
        }
        let place = place?;
        Some((place, self.pool(place, on)?.clone()))
    }

    fn weights(&mut self, on: &Occasion<'_>, wanted: Wanted, except: Option<usize>) -> Vec<f64> {
        let texts = self.texts;
        let weight = |(place, topic): (usize, &Topic)| {
            // A mixed answer turns to any subject, not only to that of the questionnaire.
            let touchpoint = on.touchpoint.filter(|_| wanted != Wanted::Turn);
            let can = topic.audiences.contains(&on.audience)
                && (touchpoint.is_none()
                    || topic.touchpoint.is_none()
                    || topic.touchpoint.as_deref() == touchpoint)
                && topic
                    .episode
                    .as_deref()
                    .is_none_or(|episode| on.episodes.contains(&episode))
                && (on.is_electric || !topic.electric_only)
                && except != Some(place);
            if !can || !self.pool(place, on).is_some_and(|pool| has(pool, wanted)) {
                return 0.0;
            }
            let raise = |weight: f64, episode: &super::texts::Episode| {
                let is_raised = episode.mood == on.mood
                    && on.episodes.contains(&episode.key.as_str())
                    && episode.raises.contains(&topic.key);
                if is_raised {
                    weight * episode.factor
                } else {
                    weight
                }
            };
            texts.episodes.iter().fold(topic.weights.of(on.mood), raise)
        };
        texts.topics.iter().enumerate().map(weight).collect()
    }

    fn pool(&mut self, place: usize, on: &Occasion<'_>) -> Option<&Pool<'a>> {
        let texts = self.texts;
        let sector = on.sector.map(str::to_owned);
        let key = (on.language, place, on.mood, on.audience, sector);
        let topic = texts.topics.get(place)?;
        let voice = texts
            .voices
            .iter()
            .find(|voice| voice.language == on.language)?;
        Some(
            self.pools
                .entry(key)
                .or_insert_with(|| Pool::gather(voice, topic, on)),
        )
    }

    /// Fills the blanks and types it as people do.
    fn finish(&mut self, text: String, on: &Occasion<'_>) -> String {
        let Some(voice) = self
            .texts
            .voices
            .iter()
            .find(|voice| voice.language == on.language)
        else {
            return text;
        };
        let filled = typing::fill(&mut self.chance, voice, text, on);
        typing::type_out(&mut self.chance, voice, &self.texts.habits, filled)
    }
}

fn has(pool: &Pool<'_>, wanted: Wanted) -> bool {
    match wanted {
        Wanted::Answer => !(pool.full.is_empty() && pool.alone.is_empty()),
        Wanted::Turn => !pool.turn.is_empty(),
        Wanted::Wish => !pool.wish.is_empty(),
    }
}

/// A sentence with a clause behind it.
fn joined(full: &str, clause: &str) -> String {
    let (body, stop) = match full.strip_suffix('.') {
        Some(body) => (body, "."),
        None => (full, ""),
    };
    let first = clause.split_whitespace().next().unwrap_or_default();
    let glue = if ["en", "of", "and", "or"].contains(&first) {
        " "
    } else {
        ", "
    };
    format!("{body}{glue}{clause}{stop}")
}

/// Whether a clause would say "but" a second time.
fn is_second_but(full: &str, clause: &str) -> bool {
    let has_but = |text: &str| {
        text.to_lowercase()
            .split(|c: char| !c.is_alphabetic())
            .any(|word| ["maar", "alleen", "but"].contains(&word))
    };
    has_but(full) && has_but(clause)
}

/// Whether a sentence is written with care: more sentences can stand around it.
fn is_tidy(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.ends_with(['.', '!', '?'])
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
