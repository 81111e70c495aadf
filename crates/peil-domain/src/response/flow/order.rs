//! Orders that differ from respondent to respondent and stay the same for one of them.

use crate::shared::{QuestionKey, ResponseId};

/// Puts `things` in the order of this respondent. It follows from the submission and the keys
/// alone, so that reloading, going back or hiding one of them changes nothing.
pub(super) fn shuffle<T>(
    things: &mut [T],
    response: ResponseId,
    place: &str,
    key: impl Fn(&T) -> &QuestionKey,
) {
    things.sort_by_cached_key(|thing| {
        let key = key(thing).as_str();
        draw(response, place, key)
    });
}

/// A number that looks drawn by lot (FNV-1a with the last step of `SplitMix64`).
fn draw(response: ResponseId, place: &str, key: &str) -> u64 {
    let bytes = response.0.as_bytes().iter().copied();
    let bytes = bytes.chain(place.bytes()).chain([0]).chain(key.bytes());
    let mut mixed = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_order_of_three_comes_about_as_often() {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for number in 0..6_000_u32 {
            let mut random = [0; 10];
            random[6..].copy_from_slice(&number.to_be_bytes());
            let response = ResponseId::new(1_000, random);
            let mut keys: Vec<QuestionKey> = ["a", "b", "c"].map(|k| k.parse().unwrap()).to_vec();
            shuffle(&mut keys, response, "vraag", |key| key);
            let order: String = keys.iter().map(QuestionKey::as_str).collect();
            *seen.entry(order).or_default() += 1;
        }
        assert_eq!(seen.len(), 6);
        // A thousand each; four standard deviations are 115.
        assert!(
            seen.values().all(|times| times.abs_diff(1_000) < 115),
            "{seen:?}"
        );
    }
}
