//! What the base looks at in a stretch of an answer: words and pairs of words, words after a denial, pieces of words,
//! what the word lists say, and what the words mean.

use crate::features::hash;
use crate::language::Language;
use crate::matcher::Match;
use crate::meanings::{Meaning, length};
use crate::reading::ReadClause;
use crate::sentiment::{ToneOfWords, of_words};
use crate::words::Word;

/// Numbers of features by group: those of words come first, then those of pieces, lists and meaning.
pub(super) const PIECES: u32 = 1 << 26;
pub(super) const LISTS: u32 = 2 << 26;
pub(super) const MEANING: u32 = 3 << 26;
/// No feature has this number or a higher one.
pub(super) const END: u32 = 4 << 26;
/// So many groups there are.
pub(super) const GROUPS: usize = 4;

/// Pieces of words have from three to five letters, the spaces around the word included.
const PIECE: std::ops::RangeInclusive<usize> = 3..=5;
/// Longer words are cut into pieces up to here.
const LONGEST_WORD: usize = 32;
/// A denial is about so many words behind it.
const DENIED: usize = 3;
/// What pieces and meaning weigh against words.
const SHARES: [f32; GROUPS] = [1.0, 0.8, 1.0, 1.2];

/// The group of a feature.
pub(super) const fn group_of(feature: u32) -> usize {
    (feature >> 26) as usize
}

/// The features of a stretch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looks {
    words: Vec<u32>,
    pieces: Vec<u32>,
    /// How sure the lists are of a theme or a part of it.
    themes: Vec<(u32, f32)>,
    good: f64,
    bad: f64,
    /// Denials without anything to turn.
    bare: f64,
    /// The difference of good and bad in the last clause.
    last: f64,
    marks: [bool; 2],
    count: usize,
    meaning: Meaning,
}

impl Looks {
    /// Looks at a clause, of which the lists say this.
    pub(crate) fn of(text: &str, clause: &ReadClause, language: Language, found: &[Match]) -> Self {
        let mut looks = Self {
            count: clause.words.len(),
            ..Self::default()
        };
        let tone = of_words(&clause.words, language);
        looks.add_words(&clause.words, language, &tone);
        looks.good = tone.listed.good;
        looks.bad = tone.listed.bad;
        looks.bare = tone.whole.bad - tone.listed.bad;
        looks.last = looks.good - looks.bad;
        for found in found {
            let sure = narrow(found.confidence);
            looks.themes.push((listed(&["t", &found.theme]), sure));
            let part = listed(&["s", &found.theme, &found.part]);
            looks.themes.push((part, 0.6 * sure));
        }
        let own = clause.span.of(text);
        looks.marks = [own.contains('?'), own.contains('!')];
        looks.tidy();
        looks
    }

    /// Looks at several clauses as one stretch.
    pub(crate) fn together(all: &[Self]) -> Self {
        let mut looks = Self::default();
        for one in all {
            looks.words.extend(&one.words);
            looks.pieces.extend(&one.pieces);
            looks.themes.extend(&one.themes);
            looks.good += one.good;
            looks.bad += one.bad;
            looks.bare += one.bare;
            looks.last = one.last;
            looks.count += one.count;
            looks.meaning.add_all(&one.meaning);
            for (mark, other) in looks.marks.iter_mut().zip(one.marks) {
                *mark |= other;
            }
        }
        looks.tidy();
        looks
    }

    fn add_words(&mut self, words: &[Word], language: Language, tone: &ToneOfWords) {
        let code = language.code();
        let mut before = "^";
        for (index, word) in words.iter().enumerate() {
            self.words.push(of_word(&word.stem, code));
            self.words.push(hash(&[code, "2", before, &word.stem]));
            self.words
                .extend(word.parts.iter().map(|part| of_word(part, code)));
            if word
                .form
                .starts_with(|letter: char| letter.is_ascii_digit())
            {
                self.words.push(of_word("#", code));
            }
            let is_denied = |end: &usize| index >= *end && index < *end + DENIED;
            if tone.denials.iter().any(is_denied) {
                self.words.push(hash(&[code, "not", &word.stem]));
            }
            each_piece(&word.form, |piece| self.pieces.push(piece));
            self.meaning.add(word, language);
            before = &word.stem;
        }
        self.words.push(hash(&[code, "2", before, "$"]));
    }

    /// Every feature once, in order.
    fn tidy(&mut self) {
        for features in [&mut self.words, &mut self.pieces] {
            features.sort_unstable();
            features.dedup();
        }
        let surer = |one: &(u32, f32), other: &(u32, f32)| {
            one.0.cmp(&other.0).then(other.1.total_cmp(&one.1))
        };
        self.themes.sort_unstable_by(surer);
        self.themes.dedup_by_key(|(feature, _)| *feature);
    }

    /// What the lists say, in numbers, in order.
    fn lists(&self) -> Vec<(u32, f32)> {
        let bounded = |value: f64| narrow(value / (1.0 + value.abs()));
        let flag = |is_so: bool| if is_so { 0.5 } else { 0.0 };
        let told = [
            ("good", narrow(self.good.min(3.0) * 0.5)),
            ("bad", narrow(self.bad.min(3.0) * 0.5)),
            ("net", 1.5 * bounded(self.good - self.bad)),
            ("bare", narrow(self.bare.min(1.0))),
            ("last", bounded(self.last)),
            ("both", flag(self.good > 0.2 && self.bad > 0.2)),
            ("silent", flag(self.good + self.bad < 0.1)),
            ("?", flag(self.marks.first() == Some(&true))),
            ("!", flag(self.marks.last() == Some(&true))),
            ("short", flag(self.count <= 2)),
            ("rather short", flag(self.count <= 5)),
            ("long", flag(self.count > 15)),
        ];
        let mut lists: Vec<(u32, f32)> = told
            .into_iter()
            .filter(|(_, value)| *value != 0.0)
            .map(|(name, value)| (listed(&["l", name]), value))
            .chain(self.themes.iter().copied())
            .collect();
        lists.sort_unstable_by_key(|(feature, _)| *feature);
        lists
    }

    /// Every feature, in order.
    pub(super) fn all(&self) -> Vec<u32> {
        let mut all = self.words.clone();
        all.extend(self.pieces.iter().map(|piece| PIECES + piece));
        all.extend(self.lists().into_iter().map(|(feature, _)| feature));
        if let Some(numbers) = self.meaning.numbers() {
            all.extend((MEANING..).zip(numbers).map(|(feature, _)| feature));
        }
        all
    }

    /// The value of every known feature, in order; `known` tells its column and rarity.
    pub(super) fn values(&self, known: impl Fn(u32) -> Option<(u32, f32)>) -> Values {
        let mut values = Values::default();
        for (group, first, features) in [(0, 0, &self.words), (1, PIECES, &self.pieces)] {
            let found: Vec<(u32, f32)> = features
                .iter()
                .filter_map(|feature| known(first + feature))
                .collect();
            let length = found
                .iter()
                .map(|(_, rarity)| rarity * rarity)
                .sum::<f32>()
                .sqrt()
                .max(1e-6);
            let factor = SHARES.get(group).copied().unwrap_or(1.0) / length;
            values.add(group, factor, found);
        }
        let lists = self.lists().into_iter();
        let lists = lists.filter_map(|(feature, value)| Some((known(feature)?.0, value)));
        values.add(2, SHARES[2], lists);
        if let Some(numbers) = self.meaning.numbers() {
            let factor = SHARES[3] / length(&numbers);
            let numbers = (MEANING..).zip(numbers);
            let numbers = numbers.filter_map(|(feature, value)| Some((known(feature)?.0, value)));
            values.add(3, factor, numbers);
        }
        values
    }
}

/// Values by column, in order, and by what the values of each group were multiplied.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    pub(super) columns: Vec<(u32, f32)>,
    pub(super) factors: [f32; GROUPS],
}

impl Values {
    fn add(&mut self, group: usize, factor: f32, found: impl IntoIterator<Item = (u32, f32)>) {
        if let Some(known) = self.factors.get_mut(group) {
            *known = factor;
        }
        let found = found.into_iter();
        self.columns
            .extend(found.map(|(column, value)| (column, value * factor)));
    }
}

/// The features of one word by itself, each with what it is before its rarity counts: those of its stem and parts,
/// those of its pieces, and what it means.
pub(super) fn of_one_word(word: &Word, language: Language) -> Vec<(u32, f32)> {
    let mut all = vec![(of_word(&word.stem, language.code()), 1.0)];
    let parts = word.parts.iter();
    all.extend(parts.map(|part| (of_word(part, language.code()), 1.0)));
    each_piece(&word.form, |piece| all.push((PIECES + piece, 1.0)));
    let mut meaning = Meaning::default();
    meaning.add(word, language);
    if let Some(numbers) = meaning.numbers() {
        all.extend((MEANING..).zip(numbers));
    }
    all
}

fn of_word(stem: &str, code: &str) -> u32 {
    hash(&[code, "1", stem])
}

fn listed(name: &[&str]) -> u32 {
    LISTS + hash(name)
}

fn each_piece(form: &str, mut found: impl FnMut(u32)) {
    let mut spaced = String::with_capacity(form.len() + 2);
    spaced.push(' ');
    spaced.extend(form.chars().take(LONGEST_WORD));
    spaced.push(' ');
    let ends: Vec<usize> = spaced
        .char_indices()
        .map(|(at, _)| at)
        .chain([spaced.len()])
        .collect();
    for length in PIECE {
        for window in ends.windows(length + 1) {
            if let [start, .., end] = window
                && let Some(piece) = spaced.get(*start..*end)
            {
                found(hash(&["c", piece]));
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "values are kept in single precision"
)]
fn narrow(value: f64) -> f32 {
    value as f32
}
