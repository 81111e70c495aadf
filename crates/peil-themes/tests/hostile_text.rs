//! Whatever people paste into an answer: no step may panic, cut a letter in two or take more than linear time.

use peil_themes::{
    Answer, Engine, Language, Span, Taxonomy, Words, clauses, detect_language, find_personal,
    masked, normalise, signals, tone,
};
use proptest::prelude::*;

const LANGUAGES: [Language; 3] = [Language::Dutch, Language::English, Language::Other];

/// Takes every step on a text and checks that all spans fit it.
fn read(text: &str) {
    let normalised = normalise(text);
    let plain = normalised.text();
    let whole = normalised.original(Span::new(0, plain.len()));
    assert!(text.get(whole.start..whole.end).is_some());
    let personal = find_personal(&normalised);
    for found in &personal {
        assert!(
            text.get(found.span.start..found.span.end).is_some(),
            "{found:?} in {text:?}"
        );
    }
    for pair in personal.windows(2) {
        let ends_before = matches!(pair, [first, second] if first.span.end <= second.span.start);
        assert!(ends_before, "{pair:?}");
    }
    let _ = masked(text, &personal);
    let _ = detect_language(plain, None);
    for language in LANGUAGES {
        let words = Words::new(language);
        let mut end = 0;
        for clause in clauses(plain, language) {
            assert!(clause.start >= end && clause.start < clause.end);
            end = clause.end;
            let original = normalised.original(clause);
            assert!(text.get(original.start..original.end).is_some());
            for word in words.of(clause.of(plain)) {
                let place = Span::new(clause.start + word.span.start, clause.start + word.span.end);
                let original = normalised.original(place);
                assert!(
                    text.get(original.start..original.end)
                        .is_some_and(|found| !found.is_empty())
                );
            }
        }
        let all = words.of(plain);
        let _ = (tone(&all, language), signals(&all, language));
    }
}

fn odd_letters() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("\u{1f468}\u{200d}\u{1f469}"),
        Just("\u{301}\u{301}\u{301}"),
        Just("\u{5e9}\u{5dc}\u{5d5}\u{5dd}"),
        Just("\u{202e}"),
        Just("\u{fdfa}"),
        Just("&#x1F600;"),
        Just("&amp"),
        Just("\u{130}I\u{131}"),
        Just("\u{1f1f3}\u{1f1f1}\u{1f1f3}"),
        Just("heeeel"),
        Just(":-)"),
        Just("0612345678"),
        Just("@"),
        Just("."),
        Just(" maar "),
        Just("NL91 ABNA 0417 1643 00"),
        Just("1234 AB 12"),
        Just("dhr. de "),
        Just("'t"),
        Just("\n"),
        Just("\u{0}"),
        Just("groet, "),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        read(&text);
    }

    #[test]
    fn any_mix_of_odd_pieces_is_read(text in odd_letters()) {
        read(&text);
    }

    #[test]
    fn reading_ordinary_letters_keeps_them(text in "[a-z]{1,9}( [a-z]{1,9}){0,9}") {
        let normalised = normalise(&text);
        let whole = normalised.original(Span::new(0, normalised.text().len()));
        prop_assert_eq!(whole, Span::new(0, text.len()));
    }
}

#[test]
fn a_million_letters_are_read_in_linear_time() {
    let million = 1_000_000;
    read(&"Goed, maar niet lekker! Bel 0612345678, groet Jan ".repeat(million / 50));
    let quarter = million / 4;
    for piece in [
        "a",
        "a ",
        "ab",
        "1",
        "1 ",
        "0612345678 ",
        "@",
        "a@b.nl",
        ".",
        "&",
        "<",
        "-",
        "NL91",
        "maar ",
        "goed maar slecht ",
        "dhr. ",
        "de ",
        "Jan van ",
        "\u{301}",
        "\u{1f600}",
        "\u{200d}",
        "A.",
        "bestelnummer ",
        "groet, ",
        "niet lekker ",
        "niet ",
        "niet dringend ",
        "not urgent ",
        "geen drama ",
        "1234 AB ",
        "klantenservice",
        "\u{5d0}",
        "(",
        "te ",
        "Kerkstraat ",
    ] {
        let text = piece.repeat(quarter / piece.len());
        read(&text);
    }
}

#[test]
fn a_huge_answer_is_analysed_and_gives_the_same_every_time() {
    let engine = Engine::new(&Taxonomy::seed());
    for piece in [
        "niet lekker en te duur ",
        "bezorging ",
        "The staff was rude but helpful, ",
        "a",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let answer = Answer {
            text,
            ..Answer::default()
        };
        let first = engine.analyse(&answer, None);
        assert_eq!(
            engine.analyse_all(&[answer.clone(), answer], None),
            [first.clone(), first]
        );
    }
}
