//! How well the seed themes are found, without any label.

use std::collections::BTreeMap;
use std::path::Path;

use peil_themes::{Answer, Engine, Label, Taxonomy};

use crate::sets::{SETS, Score, answer, read};
use crate::{Failure, told};

type Map = BTreeMap<String, BTreeMap<String, String>>;

pub(crate) fn measure(folder: &Path) -> Result<(), Failure> {
    let map = read_map(folder)?;
    for (file, name, language) in SETS {
        if let Some(map) = map.get(name) {
            seed(name, &read(folder, file, language)?, map);
        }
    }
    Ok(())
}

fn read_map(folder: &Path) -> Result<Map, Failure> {
    let file = std::fs::read_to_string(folder.join("taxonomy_map.json"))?;
    let all: BTreeMap<String, serde_json::Value> = serde_json::from_str(&file)?;
    Ok(all
        .into_iter()
        .filter_map(|(name, map)| Some((name, serde_json::from_value(map).ok()?)))
        .collect())
}

/// The seed theme of a category, where `*` stands for anything before or after the number sign.
fn mapped(map: &BTreeMap<String, String>, category: &str) -> Option<String> {
    let fits = |pattern: &str| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => category.ends_with(end),
        (_, Some(start)) => category.starts_with(start),
        _ => pattern == category,
    };
    let (open, named): (Vec<_>, Vec<_>) = map
        .iter()
        .partition(|(pattern, _)| pattern.starts_with('*'));
    named
        .into_iter()
        .chain(open)
        .find(|(pattern, _)| fits(pattern))
        .map(|(_, theme)| theme.clone())
}

fn seed(name: &str, labels: &[Label], map: &BTreeMap<String, String>) {
    let engine = Engine::new(&Taxonomy::seed());
    let answers: Vec<Answer> = labels.iter().map(answer).collect();
    let (mut all, mut with_theme, mut complaints) =
        (Score::default(), Score::default(), Score::default());
    for (label, analysis) in labels.iter().zip(engine.analyse_all(&answers, None)) {
        let mut wanted: Vec<String> = label
            .categories
            .iter()
            .filter_map(|category| mapped(map, category))
            .collect();
        wanted.sort();
        wanted.dedup();
        let given: Vec<String> = analysis
            .themes
            .into_iter()
            .filter(|theme| map.values().any(|mapped| mapped == theme))
            .collect();
        all.add(&given, &wanted);
        if !wanted.is_empty() {
            with_theme.add(&given, &wanted);
        }
        if label.polarity.as_deref() == Some("negative") {
            complaints.add(&given, &wanted);
        }
    }
    told(&format!("{name} seed F1"), all.f1());
    told(
        &format!("{name} seed F1, lines with a theme"),
        with_theme.f1(),
    );
    told(&format!("{name} seed F1, negative lines"), complaints.f1());
}
