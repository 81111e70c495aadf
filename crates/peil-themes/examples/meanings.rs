//! Makes the table of what words mean: `meanings MODEL WORDS OUT MOST`. WORDS has lines of language, word and the
//! logarithm of how often it is used, the most used first; MOST words are kept.

use std::collections::HashMap;
use std::process::ExitCode;

use peil_themes::{Language, SentenceEncoder, SentenceVectors, WordMeaning, Words, pack_meanings};

type Failure = Box<dyn std::error::Error>;

/// Forms of a word that are looked at.
const FORMS: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match make(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// A word with its forms, the most used first.
struct Listed {
    language: Language,
    stem: String,
    used: f64,
    forms: Vec<String>,
}

fn make(arguments: &[String]) -> Result<(), Failure> {
    let [model, words, out, most] = arguments else {
        return Err("meanings MODEL WORDS OUT MOST".into());
    };
    let encoder = SentenceEncoder::read(std::fs::read(model)?)?;
    let words = forms(&std::fs::read_to_string(words)?, most.parse()?)?;
    let meanings: Vec<WordMeaning> = words
        .into_iter()
        .map(|word| WordMeaning {
            vector: mean(&encoder, &word.forms),
            weight: weight(word.used),
            language: word.language,
            stem: word.stem,
        })
        .collect();
    std::fs::write(out, pack_meanings(&meanings))?;
    Ok(())
}

fn forms(list: &str, most: usize) -> Result<Vec<Listed>, Failure> {
    let stemmers = [Language::Dutch, Language::English].map(|of| (of, Words::new(of)));
    let mut places: HashMap<(Language, String), usize> = HashMap::new();
    let mut all: Vec<Listed> = Vec::new();
    for line in list.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [language, form, used] = columns.as_slice() else {
            return Err(format!("{line} is no word").into());
        };
        let language = Language::from_code(language).ok_or("a language is not known")?;
        let Some((_, words)) = stemmers.iter().find(|(of, _)| *of == language) else {
            continue;
        };
        let stem = words.stem(form);
        match places.get(&(language, stem.clone())) {
            Some(place) => {
                if let Some(known) = all
                    .get_mut(*place)
                    .filter(|known| known.forms.len() < FORMS)
                {
                    known.forms.push((*form).to_owned());
                }
            }
            None if all.len() < most => {
                places.insert((language, stem.clone()), all.len());
                all.push(Listed {
                    language,
                    stem,
                    used: used.parse()?,
                    forms: vec![(*form).to_owned()],
                });
            }
            None => {}
        }
    }
    Ok(all)
}

fn mean(encoder: &SentenceEncoder, forms: &[String]) -> Vec<f32> {
    let mut mean: Vec<f32> = Vec::new();
    for vector in forms.iter().filter_map(|form| encoder.vector(form)) {
        mean.resize(vector.len(), 0.0);
        for (sum, value) in mean.iter_mut().zip(vector) {
            *sum += value;
        }
    }
    let length = mean.iter().map(|value| value * value).sum::<f32>().sqrt();
    mean.iter().map(|value| value / length.max(1e-9)).collect()
}

/// From 4 for words that are everywhere to 255 for words that are hardly used.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is brought into the range first"
)]
fn weight(used: f64) -> u8 {
    ((-used - 5.0) * 32.0).clamp(4.0, 255.0) as u8
}
