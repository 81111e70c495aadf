//! Measures the engine on labelled answers: `measure FOLDER [what]`, where FOLDER holds files of JSON lines with `text`,
//! `categories`, `polarity` and `opinions`, and `taxonomy_map.json`, which maps their categories to seed themes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use peil_themes::{Answer, Engine, Granularity, Label, Language, Opinion, Taxonomy, discover};

type Failure = Box<dyn std::error::Error>;
type Map = BTreeMap<String, BTreeMap<String, String>>;

/// Parts of a cross-validation.
const FOLDS: usize = 5;

/// Right, given and wanted labels.
#[derive(Clone, Copy, Default)]
struct Score {
    right: u32,
    given: u32,
    wanted: u32,
}

impl Score {
    fn add(&mut self, given: &[String], wanted: &[String]) {
        let count = |n: usize| u32::try_from(n).unwrap_or(0);
        self.right += count(given.iter().filter(|label| wanted.contains(label)).count());
        self.given += count(given.len());
        self.wanted += count(wanted.len());
    }

    /// Twice the right ones over all given and wanted, in percent.
    fn f1(self) -> f64 {
        200.0 * f64::from(self.right) / f64::from((self.given + self.wanted).max(1))
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_default();
    let what = arguments.next().unwrap_or_default();
    match measure(Path::new(&folder), &what) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn measure(folder: &Path, what: &str) -> Result<(), Failure> {
    let map = read_map(folder)?;
    let sets = [
        (
            "absa_nl/restaurants.train",
            "absa_nl_restaurants",
            Language::Dutch,
        ),
        (
            "absa_nl/mobilephones.train",
            "absa_nl_mobilephones",
            Language::Dutch,
        ),
        (
            "absa_en/restaurants.train",
            "absa_en_restaurants",
            Language::English,
        ),
        (
            "absa_en/laptops.train",
            "absa_en_laptops",
            Language::English,
        ),
        ("airline_en/tweets.train", "airline", Language::English),
    ];
    for (file, name, language) in sets {
        let labels = read(folder, file, language)?;
        if what.is_empty() || what == "seed" {
            seed(name, &labels, &map);
        }
        if what.is_empty() || what == "learned" || what == name {
            learned(name, &labels);
        }
        if (what.is_empty() || what == "few") && name == "absa_nl_restaurants" {
            few(&labels);
        }
    }
    for (file, language, granularity) in [
        (
            "theming/xsid_nl.valid",
            Language::Dutch,
            Granularity::Normal,
        ),
        ("theming/xsid_nl.valid", Language::Dutch, Granularity::Fine),
        (
            "theming/banking77.train",
            Language::English,
            Granularity::Normal,
        ),
        (
            "theming/banking77.train",
            Language::English,
            Granularity::Fine,
        ),
    ] {
        if what.is_empty() || what == "discover" || what == file {
            discovered(file, &read(folder, file, language)?, language, granularity);
        }
    }
    Ok(())
}

/// How much the clusters and the labels tell about each other: normalised mutual information, arithmetic mean.
fn discovered(name: &str, labels: &[Label], language: Language, granularity: Granularity) {
    let answers: Vec<Answer> = labels.iter().map(answer).collect();
    let clusters = discover(&answers, granularity, Some(language), None);
    let mut both: BTreeMap<(usize, &str), f64> = BTreeMap::new();
    let mut of_label: BTreeMap<&str, f64> = BTreeMap::new();
    let mut of_cluster: BTreeMap<usize, f64> = BTreeMap::new();
    for cluster in &clusters {
        for label in cluster
            .members
            .iter()
            .filter_map(|member| labels.get(*member))
        {
            let category = label.categories.first().map_or("", String::as_str);
            *both.entry((cluster.id, category)).or_default() += 1.0;
            *of_label.entry(category).or_default() += 1.0;
            *of_cluster.entry(cluster.id).or_default() += 1.0;
        }
    }
    let total: f64 = of_label.values().sum();
    let entropy = |counts: &mut dyn Iterator<Item = f64>| {
        -counts
            .map(|count| count / total * (count / total).ln())
            .sum::<f64>()
    };
    let labels_apart = entropy(&mut of_label.values().copied());
    let clusters_apart = entropy(&mut of_cluster.values().copied());
    let shared = labels_apart + clusters_apart - entropy(&mut both.values().copied());
    println!(
        "{name} {granularity:?}: NMI {:.1}, {} clusters for {} labels",
        200.0 * shared / (labels_apart + clusters_apart),
        clusters.len(),
        of_label.len()
    );
    for cluster in clusters.iter().take(4) {
        println!("    {} texts: {}", cluster.members.len(), cluster.name);
    }
}

fn read_map(folder: &Path) -> Result<Map, Failure> {
    let file = std::fs::read_to_string(folder.join("taxonomy_map.json"))?;
    let all: BTreeMap<String, serde_json::Value> = serde_json::from_str(&file)?;
    Ok(all
        .into_iter()
        .filter_map(|(name, map)| Some((name, serde_json::from_value(map).ok()?)))
        .collect())
}

fn read(folder: &Path, file: &str, language: Language) -> Result<Vec<Label>, Failure> {
    let text = std::fs::read_to_string(folder.join(format!("{file}.jsonl")))?;
    let mut labels = Vec::new();
    for line in text.lines() {
        let mut label: Label = serde_json::from_str(line)?;
        label.lang = Some(language.code().to_owned());
        labels.push(label);
    }
    Ok(labels)
}

fn answer(label: &Label) -> Answer {
    let opinions = label.opinions.iter().map(|opinion| Opinion {
        category: opinion.category.clone(),
        target: opinion.target.clone(),
        polarity: None,
    });
    Answer {
        id: label.id.clone(),
        text: label.text.clone(),
        lang: label.lang.clone(),
        opinions: opinions.collect(),
    }
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

fn seed(name: &str, labels: &[Label], map: &Map) {
    let Some(map) = map.get(name) else {
        return;
    };
    let engine = Engine::new(&Taxonomy::seed());
    let answers: Vec<Answer> = labels.iter().map(answer).collect();
    let mut all = Score::default();
    let mut labelled = Score::default();
    let mut by_theme: BTreeMap<String, Score> = BTreeMap::new();
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
            labelled.add(&given, &wanted);
        }
        for theme in map.values().collect::<std::collections::BTreeSet<_>>() {
            let only = |themes: &[String]| {
                themes
                    .iter()
                    .filter(|found| *found == theme)
                    .cloned()
                    .collect::<Vec<_>>()
            };
            by_theme
                .entry(theme.clone())
                .or_default()
                .add(&only(&given), &only(&wanted));
        }
    }
    println!(
        "{name}: seed F1 {:.1} (answers with a mapped theme only {:.1})",
        all.f1(),
        labelled.f1()
    );
    for (theme, score) in by_theme {
        println!(
            "    {theme}: F1 {:.1}, right {} given {} wanted {}",
            score.f1(),
            score.right,
            score.given,
            score.wanted
        );
    }
}

fn fold_of(index: usize, total: usize) -> usize {
    index * 50 / total.max(1) % FOLDS
}

fn learned(name: &str, labels: &[Label]) {
    let engine = Engine::new(&Taxonomy::seed());
    let mut score = Score::default();
    let (mut opinions, mut polarities) = (Score::default(), Score::default());
    for fold in 0..FOLDS {
        let in_fold = |index: usize| fold_of(index, labels.len()) == fold;
        let train: Vec<Label> = labels
            .iter()
            .enumerate()
            .filter(|(index, _)| !in_fold(*index))
            .map(|(_, label)| label.clone())
            .collect();
        let test: Vec<Label> = labels
            .iter()
            .enumerate()
            .filter(|(index, _)| in_fold(*index))
            .map(|(_, label)| label.clone())
            .collect();
        let model = engine.train(&train);
        let Ok(trained) = Engine::new(&Taxonomy::seed()).with_model(model) else {
            return;
        };
        judge(&trained, &test, &mut score, &mut opinions, &mut polarities);
    }
    println!(
        "{name}: category F1 {:.1}, opinion accuracy {:.1}, answer polarity accuracy {:.1}",
        score.f1(),
        opinions.f1(),
        polarities.f1()
    );
}

fn judge(
    engine: &Engine,
    test: &[Label],
    score: &mut Score,
    opinions: &mut Score,
    polarities: &mut Score,
) {
    let answers: Vec<Answer> = test.iter().map(answer).collect();
    for (label, analysis) in test.iter().zip(engine.analyse_all(&answers, None)) {
        score.add(&analysis.categories, &label.categories);
        for (opinion, judged) in label.opinions.iter().zip(&analysis.opinions) {
            opinions.add(
                &judged.polarity.iter().cloned().collect::<Vec<_>>(),
                &opinion.polarity.iter().cloned().collect::<Vec<_>>(),
            );
        }
        if let Some(polarity) = &label.polarity {
            polarities.add(
                std::slice::from_ref(&analysis.polarity),
                std::slice::from_ref(polarity),
            );
        }
    }
}

/// Learning from 100 and from 400 answers, spread over the set, judged on all others.
fn few(labels: &[Label]) {
    for number in [100, 400] {
        let mut total = 0.0;
        for start in 0..5 {
            let step = labels.len() / number;
            let is_train = |index: usize| index % step == start % step && index / step < number;
            let (mut train, mut test) = (Vec::new(), Vec::new());
            for (index, label) in labels.iter().enumerate() {
                if is_train(index) {
                    train.push(label.clone());
                } else {
                    test.push(label.clone());
                }
            }
            let engine = Engine::new(&Taxonomy::seed());
            let model = engine.train(&train);
            let Ok(engine) = engine.with_model(model) else {
                return;
            };
            let (mut score, mut rest, mut other) =
                (Score::default(), Score::default(), Score::default());
            judge(&engine, &test, &mut score, &mut rest, &mut other);
            total += score.f1();
        }
        println!("{number} labels: category F1 {:.1}", total / 5.0);
    }
}
