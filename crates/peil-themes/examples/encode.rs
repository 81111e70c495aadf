//! Encodes lines: `encode MODEL TEXTS OUT` writes per line of TEXTS its piece numbers and its vector as a line of JSON.

use std::io::Write;
use std::process::ExitCode;

use peil_themes::SentenceEncoder;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match encode(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn encode(arguments: &[String]) -> Result<(), Failure> {
    let [model, texts, out] = arguments else {
        return Err("encode MODEL TEXTS OUT".into());
    };
    let encoder = SentenceEncoder::read(std::fs::read(model)?)?;
    let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
    for line in std::fs::read_to_string(texts)?.lines() {
        let text: String = serde_json::from_str(line)?;
        let found = (encoder.pieces(&text), encoder.encode(&text));
        serde_json::to_writer(&mut out, &found)?;
        writeln!(out)?;
    }
    Ok(())
}
