//! What Peil knows before anybody taught it was learned from the answers that are here, and damage to it is noticed.

use peil_themes::{Answer, Base, Engine, Label, Taxonomy};

const ANSWERS: [(&str, &str, &str); 8] = [
    ("en-1", "en", include_str!("../data/answers/en-1.tsv")),
    ("en-2", "en", include_str!("../data/answers/en-2.tsv")),
    ("en-3", "en", include_str!("../data/answers/en-3.tsv")),
    ("en-4", "en", include_str!("../data/answers/en-4.tsv")),
    ("nl-1", "nl", include_str!("../data/answers/nl-1.tsv")),
    ("nl-2", "nl", include_str!("../data/answers/nl-2.tsv")),
    ("nl-3", "nl", include_str!("../data/answers/nl-3.tsv")),
    ("nl-4", "nl", include_str!("../data/answers/nl-4.tsv")),
];

fn labels() -> Vec<Label> {
    let files = ANSWERS.into_iter();
    files
        .flat_map(|(writer, lang, lines)| Label::of_lines(writer, lang, lines))
        .collect()
}

#[test]
fn the_base_was_learned_from_these_answers_and_lists() {
    let shipped = Base::shipped().unwrap();
    assert_eq!(
        shipped.learned_from(),
        Base::fingerprint(&labels()),
        "answers, word lists or what is looked at changed: run `cargo dev base`"
    );
}

#[test]
fn every_line_of_the_answers_counts() {
    let themes = Taxonomy::seed().themes;
    for (writer, lang, lines) in ANSWERS {
        let read = Label::of_lines(writer, lang, lines);
        let written = lines.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(read.len(), written.count(), "{writer}");
        let mut codes = read.iter().flat_map(|label| &label.categories);
        assert!(codes.all(|code| code == "none" || themes.iter().any(|theme| theme.code == *code)));
    }
}

#[test]
fn a_damaged_base_is_no_base() {
    let whole = Base::shipped().unwrap().bytes();
    assert!(Base::read(whole).is_ok());
    for length in [0, 8, 11, 12, 100, whole.len() / 2, whole.len() - 1] {
        assert!(
            Base::read(whole.get(..length).unwrap()).is_err(),
            "{length}"
        );
    }
    let mut odd = whole.to_vec();
    odd.extend([0; 4]);
    assert!(Base::read(odd).is_err());
}

#[test]
fn what_few_answers_teach_is_the_same_every_time() {
    let labels = Label::of_lines(
        "a",
        "nl",
        "delivery\t-\tHet pakje kwam een dag later\ndelivery\t+\tMorgen al in huis\nstaff\t+\tLachende mensen\n\
         staff\t-\tGesnauw aan de balie\nnone\t0\tWij hebben een hond\nno line",
    );
    assert_eq!(labels.len(), 5);
    let base = Base::learn(&labels).unwrap();
    assert_eq!(base.bytes(), Base::learn(&labels).unwrap().bytes());
    let engine = Engine::new(&Taxonomy::seed()).with_base(Some(base));
    let read = engine.analyse(&Answer::default(), None);
    assert!(read.themes.is_empty() || read.themes == ["no_content"]);
    assert!(Base::learn(&[]).is_none_or(|base| base.learned_from() != ""));
}
