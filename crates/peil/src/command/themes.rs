//! `peil themes`: reads open answers as JSON lines and writes what they are about as JSON lines, on this machine.
//!
//! It needs no data folder, so that it starts at once and runs anywhere; sentence vectors in one are used when they are
//! there.

use std::io::{BufRead, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use peil_themes::{
    Analysis, Answer, Corrections, Engine, Granularity, KnownAnswers, Label, Language, Model,
    ModelError, Sector, SentenceEncoder, SentenceVectors, Taxonomy, discover,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{output::Output, place::Place};
use crate::{Failure, sentence_vectors};

/// Words and labelled answers that explain a category.
const MOST_REASONS: usize = 3;
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

/// Where sentence vectors may be, and how hard to work.
#[derive(Debug, Args)]
struct Means {
    #[command(flatten)]
    place: Place,
    /// How many threads work; results never depend on it [default: as many as the machine has].
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
}

/// Themes besides those that everyone has.
#[derive(Debug, Args)]
struct Packs {
    /// Adds the themes of a line of business; may be given more than once.
    #[arg(long = "sector", value_name = "SECTOR", value_parser = sector())]
    sectors: Vec<Sector>,
}

/// Takes the codes of sectors.
fn sector() -> impl TypedValueParser<Value = Sector> {
    PossibleValuesParser::new(Sector::all().map(Sector::code))
        .try_map(|code| Sector::from_code(&code).ok_or(code))
}

impl Packs {
    /// An engine that knows these themes, and sentence vectors where there are any.
    fn engine(&self, encoder: Option<SentenceEncoder>) -> Result<Engine, Failure> {
        let mut sectors = self.sectors.clone();
        sectors.sort();
        sectors.dedup();
        let taxonomy = sectors
            .into_iter()
            .try_fold(Taxonomy::seed(), Taxonomy::with_sector)
            .map_err(|error| Failure::Input(error.to_string()))?;
        let engine = Engine::new(&taxonomy);
        Ok(match encoder {
            Some(encoder) => engine.with_vectors(Box::new(encoder)),
            None => engine,
        })
    }
}

impl Means {
    /// Sets the number of threads and takes the sentence vectors of the data folder, when it has them.
    fn prepare(&self) -> Result<Option<SentenceEncoder>, Failure> {
        if let Some(threads) = self.threads {
            peil_themes::use_threads(threads);
        }
        sentence_vectors::find(&self.place.settings()?.data)
    }
}

#[derive(Debug, Args)]
pub(super) struct Analyse {
    /// The language of all answers; `auto` tells it per answer.
    #[arg(long, default_value = "auto")]
    lang: Languages,
    /// What `peil themes train` has learned.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Adds per learned category the words that speak most for it and, with --labels, the labelled answers most like it.
    #[arg(long, requires = "model")]
    explain: bool,
    /// The labels that the model was learned from.
    #[arg(long, value_name = "FILE", requires = "explain")]
    labels: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
    #[command(flatten)]
    means: Means,
}

#[derive(Debug, Args)]
pub(super) struct Train {
    /// Labelled answers as JSON lines: text, categories, polarity, opinions. A line with an id and `"undo": true` takes back
    /// the last label of that id.
    #[arg(long, value_name = "FILE")]
    labels: PathBuf,
    /// Where to write what was learned.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    packs: Packs,
    #[command(flatten)]
    means: Means,
}

#[derive(Debug, Args)]
pub(super) struct Discover {
    /// How finely to divide.
    #[arg(long, default_value = "normal")]
    granularity: Grain,
    /// The language of all answers; `auto` tells it per answer.
    #[arg(long, default_value = "auto")]
    lang: Languages,
    #[command(flatten)]
    means: Means,
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
        let mut engine = self.packs.engine(self.means.prepare()?)?;
        if let Some(path) = &self.model {
            let saved = std::fs::read_to_string(path).map_err(|error| about(path, &error))?;
            let model = Model::load(&saved).map_err(|error| about(path, &error))?;
            engine = engine.with_model(model).map_err(|error| match error {
                ModelError::Vectors { needed } => Failure::OtherVectors {
                    path: path.clone(),
                    needed,
                },
                error => about(path, &error),
            })?;
        }
        let labels = match &self.labels {
            Some(path) => read_labels(path)?,
            None => Vec::new(),
        };
        let known = engine.know(&labels);
        let mut out = BufWriter::new(std::io::stdout().lock());
        let mut lines = std::io::stdin().lock();
        let mut read = 0;
        loop {
            let answers: Vec<Answer> = take_lines(&mut lines, AT_ONCE, read, "standard input")?;
            if answers.is_empty() {
                return out.flush().map_err(|error| unwritten(&error));
            }
            read += answers.len();
            let read = engine.analyse_all(&answers, self.lang.fixed());
            if !self.explain {
                write_lines(&mut out, &read)?;
                continue;
            }
            let explained: Vec<Explained> = answers
                .iter()
                .zip(&read)
                .map(|(answer, analysis)| Explained {
                    analysis,
                    explanations: explanations(&engine, answer, analysis, &labels, &known),
                })
                .collect();
            write_lines(&mut out, &explained)?;
        }
    }
}

/// What was read in an answer, with the reasons.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    analysis: &'a Analysis,
    explanations: Vec<Value>,
}

fn explanations(
    engine: &Engine,
    answer: &Answer,
    analysis: &Analysis,
    labels: &[Label],
    known: &KnownAnswers,
) -> Vec<Value> {
    let of = |category: &String| {
        let nearest: Vec<Value> = engine
            .nearest(answer, category, known, MOST_REASONS)
            .into_iter()
            .filter_map(|near| {
                let label = labels.get(near.index)?;
                Some(json!({ "id": label.id, "text": label.text, "alike": near.alike }))
            })
            .collect();
        json!({
            "category": category,
            "words": engine.reasons(answer, category, MOST_REASONS),
            "nearest": nearest,
        })
    };
    analysis.categories.iter().map(of).collect()
}

impl Train {
    fn run(self, output: &Output) -> Result<(), Failure> {
        let labels = read_labels(&self.labels)?;
        let model = self.packs.engine(self.means.prepare()?)?.train(&labels);
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
        let encoder = self.means.prepare()?;
        let vectors = encoder
            .as_ref()
            .map(|encoder| encoder as &dyn SentenceVectors);
        let answers: Vec<Answer> = take_lines(
            &mut std::io::stdin().lock(),
            usize::MAX,
            0,
            "standard input",
        )?;
        let clusters = discover(
            &answers,
            self.granularity.into(),
            self.lang.fixed(),
            vectors,
        );
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

/// A line of a file of labels that takes back a label.
#[derive(Deserialize)]
struct Undo {
    #[serde(default)]
    undo: bool,
    #[serde(default)]
    id: String,
}

/// The labels of a file that were not taken back further on.
fn read_labels(path: &Path) -> Result<Vec<Label>, Failure> {
    let file = std::fs::File::open(path).map_err(|error| about(path, &error))?;
    let name = path.display().to_string();
    let lines: Vec<Value> = take_lines(&mut std::io::BufReader::new(file), usize::MAX, 0, &name)?;
    let mut corrections = Corrections::default();
    for (index, line) in lines.into_iter().enumerate() {
        let wrong = |reason: &dyn std::fmt::Display| {
            Failure::Input(format!("{name}, answer {}: {reason}", index + 1))
        };
        match Undo::deserialize(&line) {
            Ok(undone) if undone.undo => {
                corrections
                    .undo(&undone.id)
                    .ok_or_else(|| wrong(&format!("there is no label of {} to undo", undone.id)))?;
            }
            _ => corrections.give(serde_json::from_value(line).map_err(|error| wrong(&error))?),
        }
    }
    Ok(corrections.given())
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
