//! What is written fits who writes it.

use super::*;

fn occasion(audience: Audience, mood: Mood) -> Occasion<'static> {
    Occasion {
        audience,
        sector: None,
        is_electric: true,
        bike: Some("bakfiets"),
        town: Some("Utrecht"),
        language: Language::Nl,
        touchpoint: None,
        episodes: &[],
        mood,
    }
}

#[test]
fn everyone_finds_words_about_everything_and_no_blank_is_left() {
    let texts = Texts::read().unwrap();
    let mut writer = Writer::new(&texts, 1);
    let keys: Vec<&str> = texts
        .touchpoints
        .iter()
        .map(|touchpoint| touchpoint.key.as_str())
        .collect();
    for audience in [Audience::Consumer, Audience::Lease, Audience::Business] {
        for mood in [Mood::Negative, Mood::Neutral, Mood::Positive] {
            for language in Language::ALL {
                for touchpoint in keys.iter().map(|key| Some(*key)).chain([None]) {
                    let on = Occasion {
                        language,
                        touchpoint,
                        ..occasion(audience, mood)
                    };
                    for _ in 0..20 {
                        let text = writer.comment(&on).unwrap();
                        assert!(
                            !text.contains(['{', '}']) && !text.trim().is_empty(),
                            "{text}"
                        );
                        assert!(!text.contains("  ") && !text.contains(".."), "{text}");
                    }
                    writer.wish(&on).unwrap();
                }
            }
        }
    }
}

#[test]
fn a_long_story_is_told_by_one_customer_only() {
    let texts = Texts::read().unwrap();
    let once: BTreeSet<&str> = texts
        .voices
        .iter()
        .flat_map(|voice| &voice.blocks)
        .flat_map(|block| {
            block
                .alone
                .iter()
                .filter(|text| block.is_personal || text.chars().count() > LONG)
        })
        .map(String::as_str)
        .collect();
    assert!(once.len() > 50, "{}", once.len());
    let mut writer = Writer::new(&texts, 2);
    let mut told: Vec<&str> = Vec::new();
    for _ in 0..6_000 {
        let on = occasion(Audience::Consumer, Mood::Negative);
        let text = writer.compose(&on).unwrap();
        told.extend(once.get(text.as_str()));
    }
    let distinct: BTreeSet<&str> = told.iter().copied().collect();
    assert!(distinct.len() > 10);
    assert_eq!(distinct.len(), told.len());
}

#[test]
fn an_episode_is_written_about_only_while_it_lasts() {
    let texts = Texts::read().unwrap();
    let mut writer = Writer::new(&texts, 3);
    let calm = Occasion {
        touchpoint: Some("delivery"),
        ..occasion(Audience::Consumer, Mood::Negative)
    };
    let bad = Occasion {
        episodes: &["courier_change"],
        ..calm
    };
    let place = texts
        .topics
        .iter()
        .position(|topic| topic.key == "delivery_change")
        .unwrap();
    assert!(writer.weights(&calm, Wanted::Answer, None)[place] <= 0.0);
    assert!(writer.weights(&bad, Wanted::Answer, None)[place] > 0.0);
    let time = texts
        .topics
        .iter()
        .position(|topic| topic.key == "delivery_time")
        .unwrap();
    let (calm, bad) = (
        writer.weights(&calm, Wanted::Answer, None)[time],
        writer.weights(&bad, Wanted::Answer, None)[time],
    );
    assert!(bad > 5.0 * calm);
}

#[test]
fn clauses_are_joined_as_one_writes() {
    assert_eq!(
        joined("Te laat.", "en dat is jammer"),
        "Te laat en dat is jammer."
    );
    assert_eq!(
        joined("te laat", "terwijl het haast had"),
        "te laat, terwijl het haast had"
    );
    assert!(is_second_but(
        "Mooi, maar duur.",
        "alleen de kleur viel tegen"
    ));
    assert!(!is_second_but("Mooi.", "maar duur"));
}
