//! From which sums on a theme is given, how sharp probabilities of tones are, and when an answer is mixed: what did
//! best on answers of writers that were not learned from.

use super::{Head, TONES};

/// A wrong theme costs as much as so many right ones bring: where no word list found it; where one did, for lists know
/// words of trades that nobody wrote about here; and where another theme is given as well.
const PRICE_OF_GIVEN: f32 = 2.0;
const PRICE_OF_KEPT: f32 = 0.15;
const PRICE_OF_KEPT_BESIDE: f32 = 0.8;
/// So many wanted answers weigh a threshold of their own as heavily as that of all themes together.
const FOR_OWN: f32 = 40.0;
/// Sharpness that is tried, in twentieths.
const SHARPNESS: std::ops::Range<u16> = 8..80;

/// What was seen in an answer that was not learned from.
pub(super) struct Tried {
    pub(super) themes: Vec<Theme>,
    /// `positive`, `negative`, `neutral` or `mixed`.
    pub(super) tone: String,
    pub(super) of_tones: [f32; 4],
}

/// What was seen of a theme.
#[derive(Clone, Copy)]
pub(super) struct Theme {
    pub(super) class: usize,
    pub(super) sum: f32,
    pub(super) is_listed: bool,
    pub(super) is_wanted: Option<bool>,
}

/// The head with what did best.
pub(super) fn decide(mut head: Head, tried: &[Tried]) -> Head {
    let all: Vec<Theme> = tried
        .iter()
        .flat_map(|tried| &tried.themes)
        .copied()
        .collect();
    let judged = |class: Option<usize>, is_listed: bool| -> Vec<(f32, bool)> {
        all.iter()
            .filter(|theme| theme.is_listed == is_listed)
            .filter(|theme| class.is_none_or(|class| class == theme.class))
            .filter_map(|theme| Some((theme.sum, theme.is_wanted?)))
            .collect()
    };
    let of_all = (
        best(&judged(None, false), PRICE_OF_GIVEN),
        best(&judged(None, true), PRICE_OF_KEPT),
        best(&judged(None, true), PRICE_OF_KEPT_BESIDE),
    );
    for (index, class) in head.classes.iter_mut().enumerate() {
        if TONES.contains(&class.name.as_str()) {
            continue;
        }
        let given = judged(Some(index), false);
        let kept = judged(Some(index), true);
        class.give_from = drawn(&given, PRICE_OF_GIVEN, of_all.0);
        class.keep_from = drawn(&kept, PRICE_OF_KEPT, of_all.1);
        class.keep_beside_from = drawn(&kept, PRICE_OF_KEPT_BESIDE, of_all.2);
    }
    head.sharpness = sharpness(tried);
    let mixed: Vec<(f32, bool)> = tried
        .iter()
        .filter_map(|tried| Some((*tried.of_tones.last()?, tried.tone == "mixed")))
        .collect();
    if let Some(class) = head.classes.iter_mut().find(|class| class.name == TONES[3]) {
        class.give_from = best(&mixed, 1.0);
    }
    head
}

/// The best threshold of a theme, drawn towards that of all the more, the fewer answers want it.
fn drawn(judged: &[(f32, bool)], price: f32, of_all: f32) -> f32 {
    let wanted = judged.iter().filter(|(_, is_wanted)| *is_wanted).count();
    let wanted = f32::from(u16::try_from(wanted).unwrap_or(u16::MAX));
    let own = best(judged, price).clamp(of_all - 1.0, of_all + 1.0);
    (own * wanted + of_all * FOR_OWN) / (wanted + FOR_OWN)
}

/// From which sum on right ones less the price of wrong ones are most.
fn best(judged: &[(f32, bool)], price: f32) -> f32 {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut gain, mut best) = (0.0, (0.0, 3.0));
    for (place, (sum, is_wanted)) in sorted.iter().enumerate() {
        gain += if *is_wanted { 1.0 } else { -price };
        let next = sorted.get(place + 1).map_or(sum - 0.2, |next| next.0);
        if gain > best.0 {
            best = (gain, f32::midpoint(*sum, next));
        }
    }
    best.1
}

/// The sharpness with which probabilities of tones say what comes true most.
fn sharpness(tried: &[Tried]) -> f32 {
    let loss = |sharpness: f32| -> f64 {
        let losses = tried.iter().filter_map(|tried| {
            let polarities = ["negative", "neutral", "positive"];
            let place = polarities.iter().position(|tone| *tone == tried.tone)?;
            let powers: Vec<f64> = tried
                .of_tones
                .iter()
                .take(polarities.len())
                .map(|sum| f64::from(sum * sharpness).exp())
                .collect();
            Some(-(powers.get(place)? / powers.iter().sum::<f64>()).ln())
        });
        losses.sum()
    };
    SHARPNESS
        .map(|twentieths| f32::from(twentieths) / 20.0)
        .min_by(|one, other| loss(*one).total_cmp(&loss(*other)))
        .unwrap_or(1.0)
}
