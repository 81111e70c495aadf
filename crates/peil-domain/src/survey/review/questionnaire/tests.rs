//! What is said about whole questionnaires.

use super::*;
use crate::survey::{CesVersion, Choice, CsatLook, Page};

fn question(key: &str, text: &str, kind: QuestionKind) -> Question {
    Question::new(
        key.parse().unwrap(),
        Localized::one(Language::Nl, text),
        kind,
    )
}

fn choice(labels: &[&str]) -> QuestionKind {
    let option = |(number, label): (usize, &&str)| {
        Choice::new(
            format!("o{number}").parse().unwrap(),
            Localized::one(Language::Nl, *label),
        )
    };
    QuestionKind::Choice {
        options: labels.iter().enumerate().map(option).collect(),
        is_multiple: false,
        has_other: false,
        is_random: false,
    }
}

const CSAT: QuestionKind = QuestionKind::Csat {
    look: CsatLook::Words,
};
const TEXT: QuestionKind = QuestionKind::Text { is_long: true };
const NPS: &str = "Hoe waarschijnlijk is het dat u ons aanbeveelt aan een vriend of collega?";

fn rules(questions: Vec<Question>, channel: Channel) -> Vec<Rule> {
    let definition = Definition {
        languages: vec![Language::Nl],
        title: Localized::one(Language::Nl, "Onderzoek"),
        pages: vec![Page {
            title: Localized::default(),
            questions,
            ..Page::default()
        }],
        ..Definition::default()
    };
    let remarks = review_survey(&definition, channel);
    remarks
        .into_iter()
        .map(|remark| remark.finding.rule)
        .collect()
}

#[test]
fn a_sound_questionnaire_is_left_in_peace() {
    let questions = vec![
        question("nps", NPS, QuestionKind::Nps),
        question("waarom", "Waarom geeft u dit cijfer?", TEXT),
        question("csat", "Hoe tevreden bent u over de levering?", CSAT),
        question(
            "leeftijd",
            "Wat is uw leeftijd?",
            choice(&["18-34", "35-54", "55+"]),
        ),
    ];
    assert_eq!(rules(questions, Channel::Page), vec![]);
}

#[test]
fn a_kiosk_takes_one_question_and_a_text_message_two() {
    let two = || {
        vec![
            question("csat", "Hoe tevreden bent u over ons gebouw?", CSAT),
            question("waarom", "Waarom?", TEXT),
        ]
    };
    assert!(rules(two(), Channel::Kiosk).contains(&Rule::TooLong));
    assert!(!rules(two(), Channel::Sms).contains(&Rule::TooLong));
}

#[test]
fn length_open_questions_and_minutes_are_counted() {
    let many: Vec<Question> = (0..31)
        .map(|number| question(&format!("v{number}"), "Wat kan er beter?", TEXT))
        .collect();
    let found = rules(many, Channel::Page);
    for rule in [Rule::TooLong, Rule::TooManyOpen, Rule::EstimatedMinutes] {
        assert!(found.contains(&rule), "{rule}");
    }
}

#[test]
fn order_direction_and_published_wordings_are_looked_at() {
    let ces = QuestionKind::Ces {
        version: CesVersion::V1,
    };
    let found = rules(
        vec![
            question(
                "inkomen",
                "Wat is uw inkomen?",
                choice(&["Laag", "Midden", "Hoog"]),
            ),
            question("nps", "Vindt u ons goed?", QuestionKind::Nps),
            question("ces", "Hoe makkelijk was het?", ces),
        ],
        Channel::Page,
    );
    for rule in [
        Rule::SensitiveEarly,
        Rule::MixedDirection,
        Rule::MissingWhy,
        Rule::NpsWording,
        Rule::CesVersion,
    ] {
        assert!(found.contains(&rule), "{rule} {found:?}");
    }
}

#[test]
fn answers_leave_nobody_out_and_advertising_is_noticed() {
    let mut win = question(
        "kanaal",
        "Hoe kent u ons?",
        choice(&["Krant", "Radio", "Vrienden"]),
    );
    win.help = Localized::one(Language::Nl, "Maak kans op een cadeaubon!");
    let found = rules(vec![win], Channel::Page);
    assert!(found.contains(&Rule::MissingOption) && found.contains(&Rule::Promotional));
}
