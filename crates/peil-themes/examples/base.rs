//! Learns what Peil knows before anybody taught it, and measures how well: `base learn FOLDER OUT` writes it,
//! `base judge FOLDER` holds back one writer after the other and prints how their answers are read by what was learned
//! from the others, beside the word lists alone. FOLDER holds files of answers, `nl-1.tsv` by the first writer in Dutch.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use peil_themes::{Analysis, Answer, Base, Engine, Label, Taxonomy};

type Failure = Box<dyn std::error::Error>;

/// Themes that bring a wider one along, which is then neither asked for nor wrong.
const WITH_SERVICE: [&str; 3] = ["staff", "expertise", "waiting_time"];
const SERVICE: &str = "customer_service";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments {
        [what, folder, out] if what == "learn" => {
            let all: Vec<Label> = read(Path::new(folder))?.into_values().flatten().collect();
            let base = Base::learn(&all).ok_or("nothing was learned")?;
            std::fs::write(out, base.bytes())?;
            println!(
                "{} answers, {} bytes, {}",
                all.len(),
                base.bytes().len(),
                base.learned_from()
            );
            Ok(())
        }
        [what, folder, rest @ ..] if what == "judge" => {
            judge(&read(Path::new(folder))?, rest.first().map(String::as_str));
            Ok(())
        }
        _ => Err("base learn FOLDER OUT, or base judge FOLDER".into()),
    }
}

/// The answers by writer.
fn read(folder: &Path) -> Result<BTreeMap<String, Vec<Label>>, Failure> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.extension().is_some_and(|ending| ending == "tsv") {
            let lang = name.split('-').next().unwrap_or_default();
            let labels = Label::of_lines(&name, lang, &std::fs::read_to_string(&path)?);
            all.insert(name, labels);
        }
    }
    Ok(all)
}

fn judge(writers: &BTreeMap<String, Vec<Label>>, shown: Option<&str>) {
    let lists = Engine::of_lists(&Taxonomy::seed());
    let writers = &in_halves(writers);
    for (writer, held) in writers {
        let others: Vec<Label> = writers
            .iter()
            .filter(|(other, _)| *other != writer)
            .flat_map(|(_, labels)| labels.clone())
            .collect();
        let learned = Engine::of_lists(&Taxonomy::seed()).with_base(Base::learn(&others));
        for (name, engine) in [("lists", &lists), ("learned", &learned)] {
            let mut tally = Tally::default();
            let answers: Vec<Answer> = held.iter().map(answer).collect();
            for (label, read) in held.iter().zip(engine.analyse_all(&answers, None)) {
                tally.add(label, &read);
                if shown == Some(writer) && name == "learned" {
                    show(label, &read);
                }
            }
            tally.print(&format!("{writer} {name}"), name == "learned");
        }
    }
}

/// The answers by writer; who wrote alone in a language is two, of every other hundred answers.
fn in_halves(writers: &BTreeMap<String, Vec<Label>>) -> BTreeMap<String, Vec<Label>> {
    let language = |writer: &str| writer.split('-').next().map(str::to_owned);
    let is_alone = |writer: &String| {
        let same = writers
            .keys()
            .filter(|other| language(other) == language(writer));
        same.count() == 1
    };
    let mut parts: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for (writer, labels) in writers {
        for (number, label) in labels.iter().enumerate() {
            let part = match (is_alone(writer), number / 100 % 2) {
                (false, _) => "",
                (true, 0) => ", first half",
                (true, _) => ", second half",
            };
            let part = parts.entry(format!("{writer}{part}"));
            part.or_default().push(label.clone());
        }
    }
    parts
}

fn answer(label: &Label) -> Answer {
    Answer {
        id: label.id.clone(),
        text: label.text.clone(),
        lang: label.lang.clone(),
        ..Answer::default()
    }
}

fn show(label: &Label, read: &Analysis) {
    let wanted = label.categories.join(",");
    let given = read.themes.join(",");
    let tone = label.polarity.as_deref().unwrap_or_default();
    println!(
        "{wanted}\t{given}\t{tone}\t{}\t{:.2}\t{}",
        read.polarity, read.polarity_confidence, label.text
    );
}

/// Right, wrong and missed.
#[derive(Clone, Copy, Default)]
struct Count {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    fn told(self) -> String {
        let percent = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
        format!(
            "precision {:5.1} recall {:5.1} ({} wanted)",
            percent(self.right, self.right + self.wrong),
            percent(self.right, self.right + self.missed),
            self.right + self.missed
        )
    }
}

#[derive(Default)]
struct Tally {
    all: Count,
    themes: BTreeMap<String, Count>,
    /// By wanted and told tone.
    tones: BTreeMap<(String, String), u32>,
    /// By tenths of the probability of the tone: right ones and all.
    sure: BTreeMap<u8, (u32, u32)>,
}

impl Tally {
    fn add(&mut self, label: &Label, read: &Analysis) {
        let wanted: Vec<&str> = label
            .categories
            .iter()
            .map(String::as_str)
            .filter(|theme| *theme != "none")
            .collect();
        let is_open = wanted.iter().any(|theme| WITH_SERVICE.contains(theme));
        for theme in &wanted {
            let is_given = read.themes.iter().any(|given| given == theme);
            for count in [
                &mut self.all,
                self.themes.entry((*theme).to_owned()).or_default(),
            ] {
                count.right += u32::from(is_given);
                count.missed += u32::from(!is_given);
            }
        }
        for given in &read.themes {
            if !(wanted.contains(&given.as_str()) || is_open && given == SERVICE) {
                self.all.wrong += 1;
                self.themes.entry(given.clone()).or_default().wrong += 1;
            }
        }
        let tone = label.polarity.clone().unwrap_or_default();
        let is_right = tone == read.polarity;
        *self.tones.entry((tone, read.polarity.clone())).or_default() += 1;
        for tenth in (0_u8..10).rev() {
            if read.polarity_confidence >= f64::from(tenth) / 10.0 {
                let of = self.sure.entry(tenth).or_default();
                of.0 += u32::from(is_right);
                of.1 += 1;
                break;
            }
        }
    }

    fn print(&self, name: &str, in_full: bool) {
        let all: u32 = self.tones.values().sum();
        let right = |of: &dyn Fn(&str, &str) -> bool| -> f64 {
            let counted = self
                .tones
                .iter()
                .filter(|((wanted, told), _)| of(wanted, told));
            100.0 * f64::from(counted.map(|(_, count)| count).sum::<u32>()) / f64::from(all.max(1))
        };
        let turned = |wanted: &str, told: &str| {
            matches!(
                (wanted, told),
                ("positive", "negative") | ("negative", "positive")
            )
        };
        println!(
            "{name}: {} answers; themes {}; tone right {:.1} turned {:.1}",
            all,
            self.all.told(),
            right(&|wanted, told| wanted == told),
            right(&turned)
        );
        if in_full {
            for (theme, count) in &self.themes {
                println!("    {theme:20} {}", count.told());
            }
            println!("    tones {:?}", self.tones);
            println!("    sure {:?}", self.sure);
        }
    }
}
