//! Sharing out what themes do to a score: against sums over single answers, against resampling, and how
//! often the interval holds the truth.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail loudly"
)]

use peil_measure::{Histogram, Level, Metric, SharedImpact, shared_impact};

/// Themes in the simulations.
const THEMES: usize = 3;

/// One answer: a score from 1 to 5 and which themes it mentions.
#[derive(Clone, Copy)]
struct Answer {
    score: i32,
    mentions: [bool; THEMES],
}

impl Answer {
    fn themes(self) -> usize {
        self.mentions.iter().filter(|is| **is).count()
    }
}

/// Chance with a seed.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) >> 32
    }

    fn even(&mut self) -> f64 {
        f64::from(u32::try_from(self.next()).unwrap()) / 4_294_967_296.0
    }

    fn one_of<'a>(&mut self, answers: &'a [Answer]) -> &'a Answer {
        let place = self.next() % u64::try_from(answers.len()).unwrap();
        &answers[usize::try_from(place).unwrap()]
    }

    /// Who mentions the first theme often mentions the second, and is less happy.
    fn answer(&mut self) -> Answer {
        let first = self.even() < 0.2;
        let second = self.even() < if first { 0.5 } else { 0.05 };
        let third = self.even() < 0.1;
        let mut happy = 0.8;
        for (is, less) in [(first, 0.35), (second, 0.15), (third, -0.1)] {
            happy -= if is { less } else { 0.0 };
        }
        let steps = (0..4).filter(|_| self.even() < happy).count();
        Answer {
            score: 1 + i32::try_from(steps).unwrap(),
            mentions: [first, second, third],
        }
    }

    fn answers(&mut self, n: usize) -> Vec<Answer> {
        (0..n).map(|_| self.answer()).collect()
    }
}

fn histogram<'a>(answers: impl Iterator<Item = &'a Answer>) -> Histogram {
    let mut found = Histogram::empty(1, 5).unwrap();
    for answer in answers {
        found.record(answer.score, 1).unwrap();
    }
    found
}

fn shared(answers: &[Answer], theme: usize) -> SharedImpact {
    let all = histogram(answers.iter());
    let none = histogram(answers.iter().filter(|answer| answer.themes() == 0));
    let parts: Vec<Histogram> = (1..=THEMES)
        .map(|number| {
            let about = |one: &&Answer| one.mentions[theme] && one.themes() == number;
            histogram(answers.iter().filter(about))
        })
        .collect();
    shared_impact(Metric::Mean, &all, &none, &parts, Level::default()).unwrap()
}

/// The same, answer by answer.
fn direct(answers: &[Answer], theme: usize) -> f64 {
    let real = |n: usize| f64::from(u32::try_from(n).unwrap());
    let silent: Vec<f64> = answers
        .iter()
        .filter(|answer| answer.themes() == 0)
        .map(|answer| f64::from(answer.score))
        .collect();
    let mean = silent.iter().sum::<f64>() / real(silent.len());
    let about = answers.iter().filter(|answer| answer.mentions[theme]);
    let shares = about.map(|answer| (f64::from(answer.score) - mean) / real(answer.themes()));
    shares.sum::<f64>() / real(answers.len())
}

#[test]
fn shares_are_those_of_single_answers_and_add_up() {
    let answers = Draws(3).answers(700);
    let mut sum = 0.0;
    for theme in 0..THEMES {
        let found = shared(&answers, theme);
        let impact = found.impact.unwrap();
        assert!((impact - direct(&answers, theme)).abs() < 1e-12);
        sum += impact;
    }
    let all = histogram(answers.iter());
    let none = shared(&answers, 0).none.unwrap();
    assert!((sum - (all.mean().unwrap() - none)).abs() < 1e-12);
}

#[test]
fn the_standard_error_is_that_of_resampling() {
    let answers = Draws(5).answers(900);
    let mut draws = Draws(6);
    for theme in 0..THEMES {
        let again: Vec<f64> = (0..1_500)
            .map(|_| {
                let drawn: Vec<Answer> = (0..900).map(|_| *draws.one_of(&answers)).collect();
                direct(&drawn, theme)
            })
            .collect();
        let mean = again.iter().sum::<f64>() / 1_500.0;
        let spread = again.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / 1_499.0;
        let found = shared(&answers, theme).se.unwrap();
        let ratio = found / spread.sqrt();
        assert!((0.93..1.07).contains(&ratio), "theme {theme}: {ratio}");
    }
}

#[test]
fn the_interval_holds_the_truth_in_95_of_100_samples() {
    let truth = Draws(11).answers(400_000);
    for (n, theme) in [(150, 0), (150, 1), (150, 2), (1_000, 0), (1_000, 2)] {
        let real = direct(&truth, theme);
        let mut draws = Draws(100 + u64::try_from(n + theme).unwrap());
        let mut holds = 0;
        for _ in 0..1_000 {
            let found = shared(&draws.answers(n), theme);
            holds += usize::from(found.ci.is_some_and(|interval| interval.contains(real)));
        }
        assert!(
            (938..=985).contains(&holds),
            "{n} answers, theme {theme}: {holds}"
        );
    }
}
