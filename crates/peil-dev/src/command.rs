//! Reads the command line of `cargo dev`.

use std::path::PathBuf;

use crate::model::ModelOptions;
use crate::problem::Problem;

/// What `cargo dev` prints when it is asked for help or does not understand.
pub(crate) const USAGE: &str = "\
cargo dev demo [--data DIR] [--listen ADDRESS]
    build Peil and start it with a demonstration organisation
cargo dev test [FILTER] [--fast]
    set up and run everything; FILTER is one of check, rust, browser, api,
    or a part of a test's name; --fast leaves out the browser and the API fuzzing
cargo dev check [--rules]
    format, lints, documentation, generated files, house rules; or only the
    house rules, which takes a second
cargo dev generate [--check]
    write the generated files anew, or only say which are out of date
cargo dev bench collect [PROFILE]
    measure how fast answers are collected, with nothing stored and among ten
    million answers, in a release build unless another profile is named
cargo dev bench exchange [NUMBER]
    measure how fast so many earlier answers are imported and exported, a
    million unless said otherwise
cargo dev bench facts [NUMBER] [FOLDER] [make]
    measure how fast so many facts are counted, ten million unless said
    otherwise, beside other engines where installable; facts made in FOLDER
    stay there for the next time; `make` only makes them
cargo dev bench assembly
    look into the machine code of the loops that count facts
cargo dev bench measure
    measure how fast the statistics are, beside R and Python where installed
cargo dev bench screen [PROFILE] [FOLDER]
    measure how long choices in the explorer take in a browser, on the store of
    `bench collect`; one that it made in FOLDER is used as it is
cargo dev bench survey [FOLDER] [PROFILE]
    measure how fast questionnaires are reviewed, written and shown, and those
    in FOLDER read, in a release build unless another profile is named
cargo dev soak [--minutes NUMBER] [--folder DIR]
    take answers in at 80 % of the peak, ten minutes unless said otherwise,
    and see whether memory stays as it is
cargo dev bench themes FOLDER
    measure how well and how fast open answers are read, on the labelled
    answers in FOLDER, beside scikit-learn where installable
cargo dev bench signals
    measure how often signals are false and how soon they find what is there,
    on simulated series, beside R's surveillance where installed
cargo dev base
    learn anew what Peil knows of open answers before anybody taught it, from
    the labelled answers in the repository
cargo dev model [--out FILE] [--cut all|latin] [--compare]
    make the file of sentence vectors from the published package; --compare
    holds its vectors of 1 000 sentences against those of that package
cargo dev doctor
    show what this machine has and lacks for development";

/// What to measure facts with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FactsOptions {
    /// How many.
    pub(crate) facts: u32,
    /// Where they stay for the next time.
    pub(crate) folder: Option<PathBuf>,
    /// Whether they are only made.
    pub(crate) only_make: bool,
}

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Demo(DemoOptions),
    Test(TestOptions),
    Check {
        only_rules: bool,
    },
    Generate {
        only_compare: bool,
    },
    BenchCollect {
        profile: String,
    },
    BenchExchange {
        rows: u64,
    },
    BenchFacts(FactsOptions),
    BenchAssembly,
    BenchMeasure,
    BenchScreen {
        folder: Option<PathBuf>,
        profile: String,
    },
    BenchSurvey {
        folder: Option<PathBuf>,
        profile: String,
    },
    Soak(SoakOptions),
    BenchThemes {
        folder: PathBuf,
    },
    BenchSignals,
    Base,
    Model(ModelOptions),
    Doctor,
}

/// Where the demonstration keeps its data and listens.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DemoOptions {
    /// Data folder; absent means `demo-data` in the target folder.
    pub(crate) data: Option<PathBuf>,
    pub(crate) listen: String,
}

/// How long answers are taken in, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SoakOptions {
    pub(crate) minutes: u32,
    /// Folder for the data; absent means a temporary one.
    pub(crate) folder: Option<PathBuf>,
}

/// Which tests to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TestOptions {
    pub(crate) filter: Option<String>,
    pub(crate) is_fast: bool,
}

/// Turns arguments into a command.
pub(crate) fn parse(arguments: &[String]) -> Result<Command, Problem> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => Ok(Command::Help),
        ["demo", rest @ ..] => parse_demo(rest).map(Command::Demo),
        ["test", rest @ ..] => parse_test(rest).map(Command::Test),
        ["check"] => Ok(Command::Check { only_rules: false }),
        ["check", "--rules"] => Ok(Command::Check { only_rules: true }),
        ["generate"] => Ok(Command::Generate {
            only_compare: false,
        }),
        ["generate", "--check"] => Ok(Command::Generate { only_compare: true }),
        ["bench", "collect"] => Ok(bench_collect("release")),
        ["bench", "collect", profile] => Ok(bench_collect(profile)),
        ["bench", "exchange"] => Ok(Command::BenchExchange { rows: 1_000_000 }),
        ["bench", "exchange", rows] => match rows.parse() {
            Ok(rows) => Ok(Command::BenchExchange { rows }),
            Err(_) => Err(Problem::new(format!("`{rows}` is no number of rows"))),
        },
        ["bench", "facts", rest @ ..] => parse_facts(rest).map(Command::BenchFacts),
        ["bench", "assembly"] => Ok(Command::BenchAssembly),
        ["bench", "measure"] => Ok(Command::BenchMeasure),
        ["bench", "screen"] => Ok(bench_screen("release", None)),
        ["bench", "screen", profile] => Ok(bench_screen(profile, None)),
        ["bench", "screen", profile, folder] => Ok(bench_screen(profile, Some(folder))),
        ["bench", "survey"] => Ok(bench_survey(None, "release")),
        ["bench", "survey", folder] => Ok(bench_survey(Some(folder), "release")),
        ["bench", "survey", folder, profile] => Ok(bench_survey(Some(folder), profile)),
        ["soak", rest @ ..] => parse_soak(rest).map(Command::Soak),
        ["bench", "themes", folder] => Ok(Command::BenchThemes {
            folder: PathBuf::from(folder),
        }),
        ["bench", "signals"] => Ok(Command::BenchSignals),
        ["base"] => Ok(Command::Base),
        ["model", rest @ ..] => parse_model(rest).map(Command::Model),
        ["doctor"] => Ok(Command::Doctor),
        other => Err(Problem::new(format!("not understood: {}", other.join(" ")))),
    }
}

fn parse_facts(words: &[&str]) -> Result<FactsOptions, Problem> {
    let (facts, rest) = words.split_first().unwrap_or((&"10000000", &[]));
    let number = facts.parse();
    let facts = number.map_err(|_| Problem::new(format!("`{facts}` is no number of facts")))?;
    let (folder, only_make) = match rest {
        [] => (None, false),
        [folder] => (Some(folder.into()), false),
        [folder, "make"] => (Some(folder.into()), true),
        other => return Err(Problem::new(format!("not understood: {}", other.join(" ")))),
    };
    Ok(FactsOptions {
        facts,
        folder,
        only_make,
    })
}

fn bench_screen(profile: &str, folder: Option<&str>) -> Command {
    Command::BenchScreen {
        folder: folder.map(PathBuf::from),
        profile: profile.to_owned(),
    }
}

fn bench_survey(folder: Option<&str>, profile: &str) -> Command {
    Command::BenchSurvey {
        folder: folder.map(PathBuf::from),
        profile: profile.to_owned(),
    }
}

fn bench_collect(profile: &str) -> Command {
    Command::BenchCollect {
        profile: profile.to_owned(),
    }
}

fn parse_demo(words: &[&str]) -> Result<DemoOptions, Problem> {
    let mut options = DemoOptions {
        data: None,
        listen: "127.0.0.1:7345".to_owned(),
    };
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let value = rest
            .next()
            .ok_or_else(|| Problem::new(format!("{word} needs a value")))?;
        match *word {
            "--data" => options.data = Some(PathBuf::from(value)),
            "--listen" => (*value).clone_into(&mut options.listen),
            other => return Err(Problem::new(format!("not an option of demo: {other}"))),
        }
    }
    Ok(options)
}

fn parse_soak(words: &[&str]) -> Result<SoakOptions, Problem> {
    let mut options = SoakOptions {
        minutes: 10,
        folder: None,
    };
    for pair in words.chunks(2) {
        match pair {
            ["--folder", folder] => options.folder = Some(PathBuf::from(folder)),
            ["--minutes", text] => {
                let minutes = text.parse().ok().filter(|minutes| *minutes > 0);
                options.minutes =
                    minutes.ok_or_else(|| Problem::new(format!("`{text}` is no time")))?;
            }
            other => {
                let words = other.join(" ");
                return Err(Problem::new(format!("not an option of soak: {words}")));
            }
        }
    }
    Ok(options)
}

fn parse_model(words: &[&str]) -> Result<ModelOptions, Problem> {
    let mut options = ModelOptions {
        out: None,
        cut: "latin".to_owned(),
        is_compared: false,
    };
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if *word == "--compare" {
            options.is_compared = true;
            continue;
        }
        let value = rest
            .next()
            .ok_or_else(|| Problem::new(format!("{word} needs a value")))?;
        match (*word, *value) {
            ("--out", _) => options.out = Some(PathBuf::from(value)),
            ("--cut", "all" | "latin") => (*value).clone_into(&mut options.cut),
            _ => {
                return Err(Problem::new(format!(
                    "not an option of model: {word} {value}"
                )));
            }
        }
    }
    Ok(options)
}

fn parse_test(words: &[&str]) -> Result<TestOptions, Problem> {
    let mut options = TestOptions::default();
    for word in words {
        if *word == "--fast" {
            options.is_fast = true;
        } else if word.starts_with('-') {
            return Err(Problem::new(format!("not an option of test: {word}")));
        } else if options.filter.is_some() {
            return Err(Problem::new("test takes one filter"));
        } else {
            options.filter = Some((*word).to_owned());
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Command, Problem> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn the_demo_listens_on_its_own_port_unless_told_otherwise() {
        let Command::Demo(options) = parse_line("demo --data here").unwrap() else {
            unreachable!("demo is demo")
        };
        assert_eq!(options.listen, "127.0.0.1:7345");
        assert_eq!(options.data, Some(PathBuf::from("here")));
    }

    #[test]
    fn a_test_filter_and_fast_may_stand_in_any_order() {
        let expected = Command::Test(TestOptions {
            filter: Some("cases".to_owned()),
            is_fast: true,
        });
        assert_eq!(parse_line("test --fast cases").unwrap(), expected);
        assert_eq!(parse_line("test cases --fast").unwrap(), expected);
    }

    #[test]
    fn unknown_words_and_missing_values_are_refused() {
        for line in [
            "tset",
            "test a b",
            "test --slow",
            "demo --data",
            "demo --port 1",
            "bench",
            "bench exchange many",
            "bench facts many",
            "soak --minutes 0",
            "soak --folder",
            "bench themes",
            "model --cut greek",
            "model --out",
        ] {
            assert!(parse_line(line).is_err(), "{line} should be refused");
        }
    }
}
