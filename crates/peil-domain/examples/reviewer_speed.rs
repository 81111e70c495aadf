//! How fast the reviewer of questionnaires is: one line per measurement, `name`, a tab and
//! milliseconds.
//!
//! `cargo dev bench survey` runs this and compares it with what is allowed.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement of speed is what a clock is for"
)]

use std::{error::Error, hint::black_box, time::Instant};

use peil_domain::{
    shared::{Language, Localized},
    survey::{
        CsatLook, Definition, Page, Question, QuestionKind,
        review::{Channel, Role, review_survey, review_text},
    },
};

fn main() -> Result<(), Box<dyn Error>> {
    let question = "Hoe tevreden bent u over de snelheid en vriendelijkheid van onze medewerkers?";
    let start = Instant::now();
    black_box(review_text(question, Language::Nl, Role::Question));
    println!(
        "first question, lists read\t{:.6}",
        start.elapsed().as_secs_f64() * 1_000.0
    );
    report("one question", 1_000, || {
        black_box(review_text(question, Language::Nl, Role::Question));
    });
    let survey = survey()?;
    report("questionnaire of 30 questions, nl and en", 100, || {
        black_box(review_survey(&survey, Channel::Page));
    });
    for (name, piece) in [
        ("1 MB of questions", question),
        ("1 MB of one word", "en "),
        ("1 MB of denials", "niet "),
        ("1 MB of signs", "?{{\u{202e}👍"),
        ("1 MB without a blank", "a.b-c'"),
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        report(name, 1, || {
            black_box(review_text(&text, Language::Nl, Role::Question));
        });
    }
    Ok(())
}

/// Runs some work that many times in a row and prints what one took, best of five repeats.
fn report(name: &str, times: u32, mut work: impl FnMut()) {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..times {
            work();
        }
        best = best.min(start.elapsed().as_secs_f64() * 1_000.0 / f64::from(times));
    }
    println!("{name}\t{best:.6}");
}

/// Thirty questions in two languages, half of them with something to remark.
fn survey() -> Result<Definition, Box<dyn Error>> {
    let texts = [
        (
            "Hoe tevreden bent u over de levering van uw bestelling?",
            "How satisfied are you with the delivery of your order?",
        ),
        (
            "Was de informatie duidelijk en volledig?",
            "Was the information clear and complete?",
        ),
        (
            "Hoe makkelijk was het om uw vraag opgelost te krijgen?",
            "How easy was it to get your question answered?",
        ),
        (
            "Bent u altijd tevreden over onze geweldige service?",
            "Are you always satisfied with our amazing service?",
        ),
    ];
    let question = |number: usize, (nl, en): &(&str, &str)| -> Result<Question, Box<dyn Error>> {
        Ok(Question::new(
            format!("vraag_{number}").parse()?,
            Localized::both(*nl, *en),
            QuestionKind::Csat {
                look: CsatLook::Words,
            },
        ))
    };
    let questions: Result<Vec<Question>, _> = texts
        .iter()
        .cycle()
        .take(30)
        .enumerate()
        .map(|(number, texts)| question(number, texts))
        .collect();
    Ok(Definition {
        languages: Language::ALL.to_vec(),
        title: Localized::both("Onderzoek", "Survey"),
        pages: vec![Page {
            questions: questions?,
            ..Page::default()
        }],
        ..Definition::default()
    })
}
