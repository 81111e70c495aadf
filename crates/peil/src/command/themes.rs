//! `peil themes`: reads open answers as JSON lines and writes what they are about as JSON lines, on this machine.
//!
//! It needs no data folder and no settings, so that it starts at once and runs anywhere.

use std::io::{BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use peil_themes::{Answer, Engine, Granularity, Label, Language, Model, Taxonomy, discover};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::output::Output;
use crate::Failure;

/// So many answers are read before results are written.
const AT_ONCE: usize = 4_000;

#[derive(Debug, Subcommand)]
pub(super) enum Themes {
    /// Says per answer its language, clauses, themes and tone; with a model also its categories.
    Analyse(Analyse),
    /// Learns categories and tone from labelled answers.
    Train(Train),
    /// Groups answers that are about the same, without themes known beforehand.
    Discover(Discover),
}

#[derive(Debug, Args)]
pub(super) struct Analyse {
    /// The language of all answers; `auto` tells it per answer.
    #[arg(long, default_value = "auto")]
    lang: Languages,
    /// What `peil themes train` has learned.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Train {
    /// Labelled answers as JSON lines: text, categories, polarity, opinions.
    #[arg(long, value_name = "FILE")]
    labels: PathBuf,
    /// Where to write what was learned.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Discover {
    /// How finely to divide.
    #[arg(long, default_value = "normal")]
    granularity: Grain,
    /// The language of all answers; `auto` tells it per answer.
    #[arg(long, default_value = "auto")]
    lang: Languages,
}

/// How finely to divide.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Grain {
    Coarse,
    Normal,
    Fine,
}

impl From<Grain> for Granularity {
    fn from(grain: Grain) -> Self {
        match grain {
            Grain::Coarse => Self::Coarse,
            Grain::Normal => Self::Normal,
            Grain::Fine => Self::Fine,
        }
    }
}

/// A language of answers, or the wish to have it told.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Languages {
    Nl,
    En,
    Auto,
}

impl Languages {
    const fn fixed(self) -> Option<Language> {
        match self {
            Self::Nl => Some(Language::Dutch),
            Self::En => Some(Language::English),
            Self::Auto => None,
        }
    }
}

impl Themes {
    pub(super) fn run(self, output: &Output) -> Result<(), Failure> {
        match self {
            Self::Analyse(analyse) => analyse.run(),
            Self::Train(train) => train.run(output),
            Self::Discover(discover) => discover.run(),
        }
    }
}

impl Analyse {
    fn run(self) -> Result<(), Failure> {
        let mut engine = Engine::new(&Taxonomy::seed());
        if let Some(path) = &self.model {
            let saved = std::fs::read_to_string(path).map_err(|error| about(path, &error))?;
            let model = Model::load(&saved).map_err(|error| about(path, &error))?;
            engine = engine
                .with_model(model)
                .map_err(|error| about(path, &error))?;
        }
        let mut out = BufWriter::new(std::io::stdout().lock());
        let mut lines = std::io::stdin().lock();
        let mut read = 0;
        loop {
            let answers: Vec<Answer> = take_lines(&mut lines, AT_ONCE, read, "standard input")?;
            if answers.is_empty() {
                return out.flush().map_err(|error| unwritten(&error));
            }
            read += answers.len();
            write_lines(&mut out, &engine.analyse_all(&answers, self.lang.fixed()))?;
        }
    }
}

impl Train {
    fn run(self, output: &Output) -> Result<(), Failure> {
        let file =
            std::fs::File::open(&self.labels).map_err(|error| about(&self.labels, &error))?;
        let name = self.labels.display().to_string();
        let labels: Vec<Label> =
            take_lines(&mut std::io::BufReader::new(file), usize::MAX, 0, &name)?;
        let model = Engine::new(&Taxonomy::seed()).train(&labels);
        let saved = model.save().map_err(|error| about(&self.out, &error))?;
        std::fs::write(&self.out, saved).map_err(|error| about(&self.out, &error))?;
        let text = format!(
            "{} {}: {}",
            labels.len(),
            output.words("antwoorden geleerd", "answers learned"),
            self.out.display()
        );
        output.say(&text, &json!({ "labels": labels.len(), "model": self.out }))
    }
}

impl Discover {
    fn run(self) -> Result<(), Failure> {
        let answers: Vec<Answer> = take_lines(
            &mut std::io::stdin().lock(),
            usize::MAX,
            0,
            "standard input",
        )?;
        let clusters = discover(&answers, self.granularity.into(), self.lang.fixed(), None);
        let mut of_answer: Vec<(usize, &str)> = vec![(0, ""); answers.len()];
        for cluster in &clusters {
            for member in &cluster.members {
                if let Some(place) = of_answer.get_mut(*member) {
                    *place = (cluster.id, &cluster.name);
                }
            }
        }
        let results: Vec<_> = answers
            .iter()
            .zip(of_answer)
            .map(|(answer, (cluster, name))| json!({ "id": answer.id, "cluster": cluster, "name": name }))
            .collect();
        let mut out = BufWriter::new(std::io::stdout().lock());
        write_lines(&mut out, &results)?;
        out.flush().map_err(|error| unwritten(&error))
    }
}

/// Reads up to `most` JSON lines; empty lines are skipped.
fn take_lines<T: DeserializeOwned>(
    from: &mut impl BufRead,
    most: usize,
    before: usize,
    name: &str,
) -> Result<Vec<T>, Failure> {
    let mut taken = Vec::new();
    let mut line = String::new();
    while taken.len() < most {
        line.clear();
        let length = from
            .read_line(&mut line)
            .map_err(|error| Failure::Input(format!("{name}: {error}")))?;
        if length == 0 {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        let number = before + taken.len() + 1;
        taken.push(
            serde_json::from_str(&line)
                .map_err(|error| Failure::Input(format!("{name}, answer {number}: {error}")))?,
        );
    }
    Ok(taken)
}

fn write_lines<T: Serialize>(out: &mut impl Write, results: &[T]) -> Result<(), Failure> {
    for result in results {
        let line =
            serde_json::to_string(result).map_err(|error| Failure::Other(error.to_string()))?;
        writeln!(out, "{line}").map_err(|error| unwritten(&error))?;
    }
    Ok(())
}

fn about(path: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::Input(format!("{}: {reason}", path.display()))
}

fn unwritten(error: &std::io::Error) -> Failure {
    Failure::Other(format!("standard output: {error}"))
}
