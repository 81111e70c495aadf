//! Measures the engine on labelled answers and prints a line of JSON per figure: `measure FOLDER WHAT [VECTORS]`.
//!
//! FOLDER holds files of JSON lines with `text`, `categories`, `polarity` and `opinions`, and `taxonomy_map.json`, which
//! maps their categories to seed themes. WHAT is one of `seed`, `language`, `learned`, `groups`, `retrain`, `many`.
//! VECTORS is a file of sentence vectors, with which everything is measured instead.

mod groups;
mod language;
mod learned;
mod seed;
mod sets;
mod speed;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use peil_themes::{Engine, SentenceEncoder, SentenceVectors, Taxonomy};

pub(crate) type Failure = Box<dyn std::error::Error>;

/// One encoder for all engines.
#[derive(Clone)]
pub(crate) struct Vectors(Option<Arc<SentenceEncoder>>);

impl Vectors {
    pub(crate) fn engine(&self) -> Engine {
        let engine = Engine::new(&Taxonomy::seed());
        match &self.0 {
            Some(encoder) => engine.with_vectors(Box::new(Arc::clone(encoder))),
            None => engine,
        }
    }

    pub(crate) fn known(&self) -> Option<&dyn SentenceVectors> {
        self.0
            .as_deref()
            .map(|encoder| encoder as &dyn SentenceVectors)
    }
}

/// Prints a figure.
pub(crate) fn told(what: &str, figure: f64) {
    let figure = (figure * 10.0).round() / 10.0;
    println!("{}", serde_json::json!({ "what": what, "figure": figure }));
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match measure(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &[String]) -> Result<(), Failure> {
    let (folder, what, vectors) = match arguments {
        [folder, what] => (Path::new(folder), what.as_str(), None),
        [folder, what, vectors] => (Path::new(folder), what.as_str(), Some(vectors)),
        _ => return Err("measure FOLDER WHAT [VECTORS]".into()),
    };
    let vectors = Vectors(match vectors {
        Some(file) => Some(Arc::new(SentenceEncoder::read(std::fs::read(file)?)?)),
        None => None,
    });
    match what {
        "seed" => seed::measure(folder),
        "language" => language::measure(folder),
        "learned" => learned::measure(folder, &vectors),
        "groups" => groups::measure(folder, &vectors),
        "retrain" => speed::retrain(folder, &vectors),
        "many" => speed::many(folder, &vectors),
        _ => Err(format!("{what} is nothing to measure").into()),
    }
}
