//! How well groups are found without labels: normalised mutual information (arithmetic mean) with the intents.

use std::collections::BTreeMap;
use std::path::Path;

use peil_themes::{Answer, Granularity, discover};

use crate::sets::{GROUPS, answer, read};
use crate::{Failure, Vectors, told};

pub(crate) fn measure(folder: &Path, vectors: &Vectors) -> Result<(), Failure> {
    for (file, language) in GROUPS {
        let labels = read(folder, file, language)?;
        let answers: Vec<Answer> = labels.iter().map(answer).collect();
        let intents: Vec<&str> = labels
            .iter()
            .map(|label| label.categories.first().map_or("", String::as_str))
            .collect();
        for (granularity, name) in [(Granularity::Normal, "normal"), (Granularity::Fine, "fine")] {
            let clusters = discover(&answers, granularity, Some(language), vectors.known());
            let mut groups = vec![0; answers.len()];
            for cluster in &clusters {
                for member in &cluster.members {
                    if let Some(group) = groups.get_mut(*member) {
                        *group = cluster.id;
                    }
                }
            }
            told(&format!("{file} NMI, {name}"), shared(&groups, &intents));
        }
    }
    Ok(())
}

/// How much two divisions of the same texts tell about each other, in percent.
fn shared(groups: &[usize], intents: &[&str]) -> f64 {
    let mut both: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    let mut of_group: BTreeMap<usize, f64> = BTreeMap::new();
    let mut of_intent: BTreeMap<&str, f64> = BTreeMap::new();
    for (group, intent) in groups.iter().zip(intents) {
        *both.entry((*group, intent)).or_default() += 1.0;
        *of_group.entry(*group).or_default() += 1.0;
        *of_intent.entry(intent).or_default() += 1.0;
    }
    let apart = entropy(of_group.values()) + entropy(of_intent.values());
    200.0 * (apart - entropy(both.values())) / apart.max(1e-12)
}

fn entropy<'a>(counts: impl Iterator<Item = &'a f64> + Clone) -> f64 {
    let total: f64 = counts.clone().sum();
    -counts
        .map(|count| count / total * (count / total).ln())
        .sum::<f64>()
}
