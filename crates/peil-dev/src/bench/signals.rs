//! `cargo dev bench signals`: how often watching raises a false alarm and how soon it finds what is there, on
//! simulated series, beside the R package surveillance on series of its own.

use std::process::Command;

use serde_json::json;

use crate::problem::Problem;
use crate::scratch::Scratch;
use crate::tools;
use crate::workspace::Workspace;

use super::examples::{self, Figures, figures};

/// The series that are reported come from this seed; what watches them was adjusted on others.
const SEED: &str = "20260701";
const REPEATS: &str = "1000";

/// How many false alarms a year a series may raise alone.
const MOST_A_YEAR: f64 = 0.6;
/// What must be reached besides.
const AT_LEAST: [(&str, f64); 2] = [
    ("found in 6 weeks, doubling at mean 10", 95.0),
    ("found in 2 weeks, x4 at mean 3", 95.0),
];
/// False alarms a month, of the themes in all answers and of the themes in groups.
const MOST_A_MONTH: [(&str, f64); 2] = [
    ("false alarms a month over 100 series", 1.0),
    ("false alarms a month over 300 series of groups", 1.0),
];

/// Measures and prints; the answer says whether everything was reached.
pub(crate) fn run(workspace: &Workspace) -> Result<bool, Problem> {
    let program = examples::build(workspace, "peil-measure", "signals")?;
    println!("simulating ...");
    let own = figures(Command::new(&program).args(["figures", SEED, REPEATS]))?;
    let folder = Scratch::new("bench-signals")?;
    let mut write = Command::new(&program);
    write.args(["series", SEED]).arg(folder.path());
    figures(&mut write)?;
    println!("asking R ...");
    let peers = ask_r(workspace, &folder.path().join("series.csv"));
    let is_reached = print(&own);
    for (what, figure) in &peers {
        println!("{what:<66} {figure:>8.2}");
    }
    let all = json!({ "peil": own, "beside_r": peers });
    super::write(&all, &workspace.target.join("bench-signals.json"))?;
    Ok(is_reached)
}

/// Nothing when R or its package is absent; a line says why.
fn ask_r(workspace: &Workspace, series: &std::path::Path) -> Figures {
    let Ok(program) = tools::program("Rscript") else {
        println!("R is absent: Rscript is not installed");
        return Figures::new();
    };
    let mut command = Command::new(program);
    command
        .arg(workspace.file("crates/peil-dev/peers/signals.R"))
        .arg(series);
    figures(&mut command).unwrap_or_else(|problem| {
        println!("R is absent: {problem}");
        Figures::new()
    })
}

/// What a figure must be, and whether it is.
fn wish(what: &str, figure: f64) -> Option<(String, bool)> {
    if what.starts_with("false alarms a year") {
        return Some((format!("<= {MOST_A_YEAR}"), figure <= MOST_A_YEAR));
    }
    if let Some((_, most)) = MOST_A_MONTH.iter().find(|(wished, _)| *wished == what) {
        return Some((format!("<= {most}"), figure <= *most));
    }
    let (_, least) = AT_LEAST.iter().find(|(wished, _)| *wished == what)?;
    Some((format!(">= {least}"), figure >= *least))
}

fn print(figures: &Figures) -> bool {
    let mut is_reached = true;
    println!("{:<66} {:>8} {:>8}", "", "Peil", "must");
    for (what, figure) in figures {
        let (must, is_met) = wish(what, *figure).unwrap_or((String::new(), true));
        is_reached &= is_met;
        let note = if is_met { "" } else { "  not reached" };
        println!("{what:<66} {figure:>8.2} {must:>8}{note}");
    }
    is_reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_held_against_its_own_wish() {
        let is_met = |what: &str, figure: f64| wish(what, figure).map(|(_, is_met)| is_met);
        assert_eq!(is_met("false alarms a year, mean 3", 0.7), Some(false));
        assert_eq!(
            is_met("false alarms a month over 100 series", 0.9),
            Some(true)
        );
        assert_eq!(is_met("found in 2 weeks, x4 at mean 3", 94.0), Some(false));
        assert_eq!(is_met("emerging a year, mean 3", 9.0), None);
    }
}
