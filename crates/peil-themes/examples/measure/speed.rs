//! How long it takes to learn from 5 000 labels, and to read and group 100 000 answers; and the memory that takes.

use std::path::Path;
use std::time::Instant;

use peil_themes::{Answer, Granularity, Label, discover};

use crate::sets::{GROUPS, SETS, read};
use crate::{Failure, Vectors, told};

const LABELS: usize = 5_000;
const MANY: usize = 100_000;

struct Stopwatch(Instant);

impl Stopwatch {
    fn start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this program measures real time")]
        let now = Instant::now();
        Self(now)
    }

    fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Tweets with their reasons and tone.
pub(crate) fn retrain(folder: &Path, vectors: &Vectors) -> Result<(), Failure> {
    for (file, name, language) in SETS {
        if name == "airline" {
            let mut labels = read(folder, file, language)?;
            labels.truncate(LABELS);
            let engine = vectors.engine();
            let watch = Stopwatch::start();
            let model = engine.train(&labels);
            told("seconds to learn from 5 000 labels", watch.seconds());
            let length = f64::from(u32::try_from(model.save()?.len())?);
            told("megabytes of what was learned", length / 1e6);
        }
    }
    Ok(())
}

/// Every text of all sets, then every text with another one behind it, until there are enough.
pub(crate) fn many(folder: &Path, vectors: &Vectors) -> Result<(), Failure> {
    let mut labels: Vec<Label> = Vec::new();
    for (file, language) in SETS
        .iter()
        .map(|(file, _, language)| (*file, *language))
        .chain(GROUPS)
    {
        labels.extend(read(folder, file, language)?);
    }
    let count = labels.len();
    let answers: Vec<Answer> = (0..MANY)
        .filter_map(|index| {
            let label = labels.get(index % count)?;
            let more = match index / count {
                0 => "",
                round => &labels.get((index * 7 + round * 13) % count)?.text,
            };
            Some(Answer {
                id: index.to_string(),
                text: format!("{} {more}", label.text),
                lang: label.lang.clone(),
                ..Answer::default()
            })
        })
        .collect();
    let engine = vectors.engine();
    let watch = Stopwatch::start();
    let read = engine.analyse_all(&answers, None).len();
    told("seconds to read 100 000 answers", watch.seconds());
    let watch = Stopwatch::start();
    let clusters = discover(&answers, Granularity::Normal, None, vectors.known()).len();
    told("seconds to group 100 000 answers", watch.seconds());
    told(
        "groups among 100 000 answers",
        f64::from(u32::try_from(clusters)?),
    );
    told("megabytes of memory at most", megabytes_at_most());
    if read == MANY {
        Ok(())
    } else {
        Err(format!("{read} of {MANY} answers were read").into())
    }
}

/// What the system says; 0 where it does not.
fn megabytes_at_most() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1_000.0
}
