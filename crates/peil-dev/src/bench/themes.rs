//! `cargo dev bench themes FOLDER`: how well and how fast open answers are read, with and without sentence vectors,
//! beside scikit-learn on the same answers in the same parts.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::model;
use crate::problem::Problem;
use crate::workspace::Workspace;

use super::examples::{self, Figures, figures};
use super::peers;

/// Whether more or less is better.
#[derive(Clone, Copy)]
enum Wish {
    AtLeast(f64),
    AtMost(f64),
}

/// What must be reached, with or without sentence vectors.
const WISHES: [(&str, Wish); 21] = [
    ("absa_nl_restaurants category F1", Wish::AtLeast(66.5)),
    ("absa_nl_restaurants opinion polarity", Wish::AtLeast(83.0)),
    ("absa_nl_mobilephones category F1", Wish::AtLeast(54.0)),
    ("absa_nl_mobilephones opinion polarity", Wish::AtLeast(83.0)),
    ("absa_en_restaurants category F1", Wish::AtLeast(67.0)),
    ("absa_en_restaurants opinion polarity", Wish::AtLeast(82.0)),
    ("airline answer polarity", Wish::AtLeast(81.0)),
    ("absa_nl_restaurants seed F1", Wish::AtLeast(65.0)),
    ("absa_nl_mobilephones seed F1", Wish::AtLeast(57.0)),
    ("absa_en_laptops seed F1", Wish::AtLeast(64.0)),
    ("airline seed F1", Wish::AtLeast(57.0)),
    (
        "absa_nl_restaurants category F1 with 100 labels",
        Wish::AtLeast(51.0),
    ),
    (
        "absa_nl_restaurants category F1 with 400 labels",
        Wish::AtLeast(62.0),
    ),
    ("theming/xsid_nl.valid NMI, fine", Wish::AtLeast(78.0)),
    ("theming/banking77.train NMI, fine", Wish::AtLeast(72.0)),
    ("language, 4 to 7 words", Wish::AtLeast(97.0)),
    (
        "language, any length, asked in this language",
        Wish::AtLeast(99.0),
    ),
    ("seconds to learn from 5 000 labels", Wish::AtMost(5.0)),
    ("seconds to read 100 000 answers", Wish::AtMost(120.0)),
    ("seconds to group 100 000 answers", Wish::AtMost(120.0)),
    ("megabytes of memory at most", Wish::AtMost(1_000.0)),
];

/// Measures and prints; the answer says whether everything was reached.
pub(crate) fn run(workspace: &Workspace, folder: &Path) -> Result<bool, Problem> {
    let program = examples::build(workspace, "peil-themes", "measure")?;
    let mut plain = Figures::new();
    let mut with_vectors = Figures::new();
    let made = model::made(workspace);
    let vectors = made.is_file().then_some(made.as_path());
    if vectors.is_none() {
        println!("without sentence vectors; `cargo dev model` makes them");
    }
    for what in ["seed", "language"] {
        plain.extend(figures(Command::new(&program).arg(folder).arg(what))?);
    }
    for what in ["learned", "groups", "retrain", "many"] {
        println!("measuring {what} ...");
        plain.extend(figures(Command::new(&program).arg(folder).arg(what))?);
        if let Some(vectors) = vectors {
            let mut command = Command::new(&program);
            command.arg(folder).arg(what).arg(vectors);
            with_vectors.extend(figures(&mut command)?);
        }
    }
    let peers = ask_peers(workspace, folder);
    let is_reached = print(&plain, &with_vectors, &peers);
    let all = json!({ "plain": plain, "vectors": with_vectors, "scikit_learn": peers });
    super::write(&all, &workspace.target.join("bench-themes.json"))?;
    Ok(is_reached)
}

/// Nothing when scikit-learn cannot be had; a line says why.
fn ask_peers(workspace: &Workspace, folder: &Path) -> Figures {
    println!("measuring scikit-learn ...");
    let asked = peers::python(workspace, "themes").and_then(|python| {
        let mut command = Command::new(python);
        command
            .arg(workspace.file("crates/peil-dev/peers/themes.py"))
            .arg(folder);
        figures(&mut command)
    });
    asked.unwrap_or_else(|problem| {
        println!("scikit-learn is absent: {problem}");
        Figures::new()
    })
}

fn print(plain: &Figures, with_vectors: &Figures, peers: &Figures) -> bool {
    let shown = |figures: &Figures, what: &str| {
        figures
            .get(what)
            .map_or_else(|| "-".to_owned(), |figure| format!("{figure:.1}"))
    };
    println!(
        "{:<50} {:>8} {:>8} {:>12} {:>8}",
        "", "Peil", "vectors", "scikit-learn", "must"
    );
    let mut is_reached = true;
    for (what, wish) in WISHES {
        let found: Vec<f64> = [plain, with_vectors]
            .iter()
            .filter_map(|figures| figures.get(what).copied())
            .collect();
        let (must, is_met) = match wish {
            Wish::AtLeast(least) => (least, found.iter().any(|figure| *figure >= least)),
            Wish::AtMost(most) => (most, found.iter().all(|figure| *figure <= most)),
        };
        is_reached &= is_met;
        println!(
            "{what:<50} {:>8} {:>8} {:>12} {must:>8.1}{}",
            shown(plain, what),
            shown(with_vectors, what),
            shown(peers, what),
            if is_met { "" } else { "  not reached" }
        );
    }
    for (what, figure) in plain {
        if WISHES.iter().all(|(known, _)| known != what) {
            println!(
                "{what:<50} {figure:>8.1} {:>8} {:>12}",
                shown(with_vectors, what),
                shown(peers, what)
            );
        }
    }
    is_reached
}
