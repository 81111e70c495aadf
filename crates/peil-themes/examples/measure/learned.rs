//! How well categories and polarity are learned: five-fold cross-validation by blocks of neighbouring lines.

use std::path::Path;

use peil_themes::{Answer, Engine, Label};

use crate::sets::{SETS, Score, answer, read};
use crate::{Failure, Vectors, told};

/// Parts of a cross-validation.
const FOLDS: usize = 5;

pub(crate) fn measure(folder: &Path, vectors: &Vectors) -> Result<(), Failure> {
    for (file, name, language) in SETS {
        let labels = read(folder, file, language)?;
        learned(name, &labels, vectors)?;
        if name == "absa_nl_restaurants" {
            few(name, &labels, vectors)?;
        }
    }
    Ok(())
}

fn fold_of(index: usize, total: usize) -> usize {
    index * 50 / total.max(1) % FOLDS
}

/// The three things that are judged.
#[derive(Default)]
struct Scores {
    categories: Score,
    opinions: Score,
    polarities: Score,
}

fn learned(name: &str, labels: &[Label], vectors: &Vectors) -> Result<(), Failure> {
    let mut scores = Scores::default();
    for fold in 0..FOLDS {
        let is_test = |index: usize| fold_of(index, labels.len()) == fold;
        learn_and_judge(labels, is_test, vectors, &mut scores)?;
    }
    told(&format!("{name} category F1"), scores.categories.f1());
    if !scores.opinions.is_empty() {
        told(&format!("{name} opinion polarity"), scores.opinions.f1());
    }
    told(&format!("{name} answer polarity"), scores.polarities.f1());
    Ok(())
}

/// Learning from 100 and from 400 answers, spread over the set, judged on all others.
fn few(name: &str, labels: &[Label], vectors: &Vectors) -> Result<(), Failure> {
    for number in [100, 400] {
        let mut total = 0.0;
        for start in 0..5 {
            let step = labels.len() / number;
            let is_test = |index: usize| index % step != start % step || index / step >= number;
            let mut scores = Scores::default();
            learn_and_judge(labels, is_test, vectors, &mut scores)?;
            total += scores.categories.f1();
        }
        told(
            &format!("{name} category F1 with {number} labels"),
            total / 5.0,
        );
    }
    Ok(())
}

fn learn_and_judge(
    labels: &[Label],
    is_test: impl Fn(usize) -> bool,
    vectors: &Vectors,
    scores: &mut Scores,
) -> Result<(), Failure> {
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for (index, label) in labels.iter().enumerate() {
        if is_test(index) {
            test.push(label.clone());
        } else {
            train.push(label.clone());
        }
    }
    let engine = vectors.engine();
    let model = engine.train(&train);
    judge(&engine.with_model(model)?, &test, scores);
    Ok(())
}

fn judge(engine: &Engine, test: &[Label], scores: &mut Scores) {
    let answers: Vec<Answer> = test.iter().map(answer).collect();
    for (label, analysis) in test.iter().zip(engine.analyse_all(&answers, None)) {
        scores
            .categories
            .add(&analysis.categories, &label.categories);
        for (opinion, judged) in label.opinions.iter().zip(&analysis.opinions) {
            scores
                .opinions
                .add(judged.polarity.as_slice(), opinion.polarity.as_slice());
        }
        if label.polarity.is_some() {
            scores.polarities.add(
                std::slice::from_ref(&analysis.polarity),
                label.polarity.as_slice(),
            );
        }
    }
}
