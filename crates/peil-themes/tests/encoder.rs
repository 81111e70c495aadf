//! The encoder on a tiny made-up model: pieces, vectors, and files that are broken or hostile.

use peil_themes::{EncoderError, Engine, SentenceEncoder, SentenceVectors, Taxonomy};
use proptest::prelude::*;

mod tiny_model;

use tiny_model::{body, parts, sealed, section};

/// Magic, version and checksum.
const HEAD: usize = 44;

fn refusal(file: Vec<u8>) -> String {
    SentenceEncoder::read(file)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

#[test]
fn a_text_is_cut_into_the_pieces_with_the_highest_sum() {
    let encoder = SentenceEncoder::read(sealed(&body())).unwrap();
    assert_eq!(encoder.pieces("goed"), [10, 40, 20]);
    assert_eq!(encoder.pieces("  goed  goeder "), [10, 40, 40, 100, 20]);
    assert_eq!(encoder.pieces("x"), [10, 30, 0, 20]);
    assert_eq!(encoder.pieces("A\ta"), [10, 30, 110, 30, 110, 20]);
    assert_eq!(encoder.pieces(""), [10, 0, 20]);
    assert_eq!(encoder.pieces(" \t\u{2581}"), [10, 0, 20]);
}

#[test]
fn vectors_have_length_one_and_differ_between_texts() {
    let encoder = SentenceEncoder::read(sealed(&body())).unwrap();
    assert!(encoder.name().starts_with("tiny "));
    let long = "goed slecht ".repeat(100_000);
    for text in [
        "goed",
        "slecht",
        "goed slechter e d",
        "\u{1f600}",
        "",
        &long,
    ] {
        let vector = encoder.encode(text);
        assert_eq!(vector.len(), 7);
        let length: f32 = vector.iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-4, "{text:.20}: {length}");
        assert_eq!(vector, encoder.encode(text));
    }
    assert_ne!(encoder.encode("goed"), encoder.encode("slecht"));
    assert_eq!(encoder.vector(" ?! "), None);
}

#[test]
fn an_engine_learns_with_the_encoder_and_says_so() {
    let encoder = SentenceEncoder::read(sealed(&body())).unwrap();
    let name = encoder.name().to_owned();
    let engine = Engine::new(&Taxonomy::seed()).with_vectors(Box::new(encoder));
    let model = engine.train(&[]);
    assert_eq!(model.vectors(), Some(name.as_str()));
    assert!(Engine::new(&Taxonomy::seed()).with_model(model).is_err());
}

#[test]
fn files_that_are_something_else_damaged_or_cut_off_are_refused() {
    let file = sealed(&body());
    assert_eq!(
        SentenceEncoder::read(b"{}".to_vec()).err(),
        Some(EncoderError::OtherFile)
    );
    let mut newer = file.clone();
    newer[8] = 2;
    assert_eq!(
        SentenceEncoder::read(newer).err(),
        Some(EncoderError::Version(2))
    );
    for place in (12..file.len()).step_by(17) {
        let mut damaged = file.clone();
        damaged[place] ^= 4;
        assert_eq!(
            SentenceEncoder::read(damaged).err(),
            Some(EncoderError::Checksum)
        );
    }
    for length in (0..file.len()).step_by(29) {
        assert!(SentenceEncoder::read(file[..length].to_vec()).is_err());
        if length > HEAD {
            assert!(!refusal(sealed(&file[HEAD..length])).is_empty(), "{length}");
        }
    }
}

#[test]
fn a_file_that_lacks_or_repeats_a_section_is_refused() {
    for missing in 0..parts().len() {
        let rest: Vec<u8> = parts()
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != missing)
            .flat_map(|(_, (tag, content))| section(*tag, content))
            .collect();
        let refused = refusal(sealed(&rest));
        assert!(refused.contains("lacks"), "{refused}");
    }
    let twice = [body(), body()].concat();
    assert!(refusal(sealed(&twice)).contains("twice"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_hostile_file_with_a_right_checksum_gives_an_error_or_an_encoder_that_works(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        text in "\\PC{0,30}",
    ) {
        let mut body = body();
        for (index, byte) in changes {
            let place = index.index(body.len());
            body[place] = byte;
        }
        if let Ok(encoder) = SentenceEncoder::read(sealed(&body)) {
            prop_assert!(encoder.pieces(&text).len() >= 3);
            let _ = encoder.encode(&text);
            if let Some(vector) = encoder.vector("goed") {
                prop_assert!(vector.iter().all(|value| value.is_finite()));
            }
        }
    }
}
