//! In which tone something is said, by a lexicon with the reach of negations and of strengthening and weakening
//! words. Irony is left alone: it cannot be told from the words.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::lexicon::{self, Effect, Hit};
use crate::words::Word;

/// A negation reaches at most this many words ahead.
const REACH_AHEAD: usize = 4;
/// A negation after the word ("werkt niet") stands at most this many words further.
const REACH_BACK: usize = 2;
/// Strengthening and weakening words stand at most this many words ahead.
const REACH_OF_DEGREE: usize = 2;
/// What a negated good word is worth ("niet lekker") and a negated bad word ("niet slecht").
const TURNED: (f64, f64) = (-0.8, -0.5);
/// So many words with an effect around a toned word can reach it.
const HITS_AROUND: usize = 8;
/// What a negation weighs that has nothing to turn ("de bezorger belde niet aan"): people say what was not there when
/// they missed it. In clauses of fewer words it says nothing ("geen idee").
const BARE_NEGATION: f64 = 1.0 / 3.0;
const WORDS_AROUND_BARE_NEGATION: usize = 3;
const STRONGER: f64 = 1.4;
const WEAKER: f64 = 0.6;
/// How fast a difference of tone becomes certainty, and what speaks for no tone at all.
const STEEPNESS: f64 = 3.0;
const NEUTRAL: f64 = 0.6;
/// Below this probability the tone is uncertain.
const SURE_FROM: f64 = 0.5;
/// The weaker of two tones has at least this share of the stronger for an answer to be mixed.
const SHARE_OF_MIXED: f64 = 0.35;

/// The tone of a clause or answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sentiment {
    /// A complaint or bad experience.
    Negative,
    /// No tone.
    Neutral,
    /// Praise or a good experience.
    Positive,
    /// Good and bad in one answer.
    Mixed,
}

impl Sentiment {
    /// Its name in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::Mixed => "mixed",
        }
    }

    /// The sentiment of a name in files.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Negative, Self::Neutral, Self::Positive, Self::Mixed]
            .into_iter()
            .find(|found| found.code() == code)
    }
}

/// How much good and bad the words of a clause say, both at least 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tone {
    /// What the good words weigh together; 1 is one very good word.
    pub good: f64,
    /// What the bad words weigh together; 1 is one very bad word.
    pub bad: f64,
}

/// The probability of each sentiment of a clause; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probabilities {
    /// Of a complaint.
    pub negative: f64,
    /// Of no tone.
    pub neutral: f64,
    /// Of praise.
    pub positive: f64,
}

impl Tone {
    /// As probabilities: the softmax of both weights and a constant for no tone.
    #[must_use]
    pub fn probabilities(self) -> Probabilities {
        let weights = [STEEPNESS * self.bad, NEUTRAL, STEEPNESS * self.good]
            .map(|weight| weight.min(40.0).exp());
        let [negative, neutral, positive] = weights;
        let total = negative + neutral + positive;
        Probabilities {
            negative: negative / total,
            neutral: neutral / total,
            positive: positive / total,
        }
    }
}

impl Probabilities {
    /// The most probable sentiment with its probability.
    #[must_use]
    pub fn best(self) -> (Sentiment, f64) {
        let mut best = (Sentiment::Neutral, self.neutral);
        for candidate in [
            (Sentiment::Negative, self.negative),
            (Sentiment::Positive, self.positive),
        ] {
            if candidate.1 > best.1 {
                best = candidate;
            }
        }
        best
    }

    /// Says whether the most probable sentiment may be shown as a fact.
    #[must_use]
    pub fn is_sure(self) -> bool {
        self.best().1 >= SURE_FROM
    }
}

/// The tone of one clause: that of its words, and what denials say that have nothing to turn.
#[must_use]
pub fn tone(words: &[Word], language: Language) -> Tone {
    of_words(words, language).whole
}

/// What the words of a clause say of its tone.
pub(crate) struct ToneOfWords {
    /// With what denials say that have nothing to turn.
    pub(crate) whole: Tone,
    /// Of listed words only: what is learned finds out by itself what a denial says.
    pub(crate) listed: Tone,
    /// After which word each denial ends.
    pub(crate) denials: Vec<usize>,
}

/// Everything about the tone of a clause at once.
pub(crate) fn of_words(words: &[Word], language: Language) -> ToneOfWords {
    let hits = hits(words, language);
    let listed = sum(&weighed(&hits));
    let mut whole = listed;
    let denials = |(_, hit): &(usize, &Hit)| hit.effect == Effect::Negation;
    if words.len() >= WORDS_AROUND_BARE_NEGATION {
        let bare = hits
            .iter()
            .enumerate()
            .filter(denials)
            .filter(|(index, hit)| !has_tone_near(around(&hits, *index), hit));
        whole.bad += bare.map(|_| BARE_NEGATION).sum::<f64>();
    }
    let denials = hits.iter().enumerate().filter(denials);
    ToneOfWords {
        whole,
        listed,
        denials: denials.map(|(_, hit)| hit.end).collect(),
    }
}

/// The tone of listed words only: what is learned finds out by itself what a denial says.
pub(crate) fn tone_of_words(words: &[Word], language: Language) -> Tone {
    sum(&toned_words(words, language))
}

fn sum(toned: &[(usize, f64)]) -> Tone {
    let mut tone = Tone::default();
    for (_, value) in toned {
        if *value > 0.0 {
            tone.good += value;
        } else {
            tone.bad -= value;
        }
    }
    tone
}

fn hits(words: &[Word], language: Language) -> Vec<Hit> {
    lexicon::of(language)
        .map(|lexicon| lexicon.find(words))
        .unwrap_or_default()
}

/// The toned words of a clause: the index of the first word and the tone after negation and degree.
pub(crate) fn toned_words(words: &[Word], language: Language) -> Vec<(usize, f64)> {
    weighed(&hits(words, language))
}

fn weighed(hits: &[Hit]) -> Vec<(usize, f64)> {
    hits.iter()
        .enumerate()
        .filter_map(|(index, hit)| match hit.effect {
            Effect::Tone(value) => {
                let near = around(hits, index);
                let factor = degree(near, hit) * negation(near, hit, value);
                (!is_degree_of_next(near, hit)).then_some((hit.first, value * factor))
            }
            _ => None,
        })
        .collect()
}

/// The hits that can reach one, or be reached by it.
fn around(hits: &[Hit], index: usize) -> &[Hit] {
    let around = index.saturating_sub(HITS_AROUND)..(index + HITS_AROUND).min(hits.len());
    hits.get(around).unwrap_or_default()
}

/// Says whether there is anything that a negation could turn.
fn has_tone_near(hits: &[Hit], negation: &Hit) -> bool {
    hits.iter().any(|hit| {
        let ahead = hit.first >= negation.end && hit.first - negation.end < REACH_AHEAD;
        let behind = hit.end <= negation.first && negation.first - hit.end < REACH_BACK;
        matches!(hit.effect, Effect::Tone(_)) && (ahead || behind)
    })
}

/// "Verschrikkelijk lekker": a word that strengthens the toned word right after it has no tone of its own.
fn is_degree_of_next(hits: &[Hit], hit: &Hit) -> bool {
    let modifies = hits.iter().any(|other| {
        other.first == hit.first && matches!(other.effect, Effect::Stronger | Effect::Weaker)
    });
    modifies
        && hits
            .iter()
            .any(|next| next.first == hit.end && matches!(next.effect, Effect::Tone(_)))
}

fn degree(hits: &[Hit], toned: &Hit) -> f64 {
    let near = hits
        .iter()
        .filter(|hit| hit.end <= toned.first && toned.first - hit.end < REACH_OF_DEGREE);
    near.fold(1.0, |factor, hit| match hit.effect {
        Effect::Stronger => factor * STRONGER,
        Effect::Weaker => factor * WEAKER,
        _ => factor,
    })
    .clamp(WEAKER * WEAKER, STRONGER * STRONGER)
}

fn negation(hits: &[Hit], toned: &Hit, value: f64) -> f64 {
    let is_tone = |hit: &&Hit| matches!(hit.effect, Effect::Tone(_));
    let ahead = hits.iter().any(|hit| {
        hit.effect == Effect::Negation
            && hit.end <= toned.first
            && toned.first - hit.end < REACH_AHEAD
            && !hits
                .iter()
                .filter(is_tone)
                .any(|other| other.first >= hit.end && other.end <= toned.first)
    });
    let behind = hits.iter().any(|hit| {
        hit.effect == Effect::Negation
            && hit.first >= toned.end
            && hit.first - toned.end < REACH_BACK
            && value > 0.0
            && !hits
                .iter()
                .filter(is_tone)
                .any(|other| other.first >= hit.end && other.first < hit.end + REACH_AHEAD)
    });
    match (ahead || behind, value > 0.0) {
        (false, _) => 1.0,
        (true, true) => TURNED.0,
        (true, false) => TURNED.1,
    }
}

/// The sentiment of an answer from the tones of its clauses, with its probability.
#[must_use]
pub fn of_answer(clauses: &[Tone]) -> (Sentiment, f64) {
    let sum = |part: fn(&Tone) -> f64| clauses.iter().map(part).sum::<f64>();
    let total = Tone {
        good: sum(|tone| tone.good),
        bad: sum(|tone| tone.bad),
    };
    let net = |tone: &Tone| tone.good - tone.bad;
    let good: f64 = clauses.iter().map(net).filter(|net| *net > 0.0).sum();
    let bad: f64 = clauses
        .iter()
        .map(net)
        .filter(|net| *net < 0.0)
        .sum::<f64>()
        .abs();
    let (weaker, stronger) = if good < bad { (good, bad) } else { (bad, good) };
    if weaker > 0.0 && weaker >= SHARE_OF_MIXED * stronger {
        return (Sentiment::Mixed, (weaker / stronger).clamp(SURE_FROM, 1.0));
    }
    total.probabilities().best()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    fn best(text: &str, language: Language) -> Sentiment {
        tone(&Words::new(language).of(text), language)
            .probabilities()
            .best()
            .0
    }

    #[test]
    fn dutch_tone_follows_negation_and_degree() {
        for (text, expected) in [
            ("Heel vriendelijk personeel", Sentiment::Positive),
            ("De soep was niet lekker", Sentiment::Negative),
            ("Niet slecht", Sentiment::Positive),
            ("Het werkt niet", Sentiment::Negative),
            ("Ik kwam op dinsdag", Sentiment::Neutral),
            ("Verschrikkelijk lekker gegeten", Sentiment::Positive),
            ("Geen klachten", Sentiment::Positive),
            ("Geen enkel goed woord", Sentiment::Negative),
            ("Niet alleen lekker, ook mooi", Sentiment::Positive),
            ("De bezorger belde niet aan", Sentiment::Negative),
            ("Weet ik eigenlijk niet", Sentiment::Neutral),
            ("Geen idee", Sentiment::Neutral),
            ("Het was geen drama", Sentiment::Positive),
            ("Niemand neemt op", Sentiment::Negative),
        ] {
            assert_eq!(best(text, Language::Dutch), expected, "{text}");
        }
    }

    #[test]
    fn english_tone_follows_negation_and_degree() {
        for (text, expected) in [
            ("Very friendly staff", Sentiment::Positive),
            ("The soup wasn't good", Sentiment::Negative),
            ("not bad at all", Sentiment::Positive),
            ("awfully nice people", Sentiment::Positive),
            ("I came on Tuesday", Sentiment::Neutral),
        ] {
            assert_eq!(best(text, Language::English), expected, "{text}");
        }
    }

    #[test]
    fn an_answer_can_be_mixed() {
        let tone = |good, bad| Tone { good, bad };
        assert_eq!(
            of_answer(&[tone(0.7, 0.0), tone(0.0, 0.6)]).0,
            Sentiment::Mixed
        );
        assert_eq!(
            of_answer(&[tone(0.7, 0.0), tone(0.0, 0.0)]).0,
            Sentiment::Positive
        );
        assert_eq!(of_answer(&[]).0, Sentiment::Neutral);
    }
}
