//! Files and functions stay short enough to be read in one go.

use super::Finding;
use super::rust_text::{RustText, closing, is_name_letter};
use super::settings::Lengths;
use super::source::{SourceFile, line_of};

const LANGUAGES: [&str; 4] = ["rs", "js", "css", "html"];

/// Finds files that are too long, their tests not counted.
pub(crate) fn check_files(files: &[SourceFile], lengths: &Lengths) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        if file.is_test() || file.is_generated() || !LANGUAGES.contains(&file.extension()) {
            continue;
        }
        let lines = file
            .text
            .lines()
            .count()
            .saturating_sub(lines_of_tests(file));
        if lines > lengths.file_lines {
            let message = format!(
                "{lines} lines, at most {}: split by responsibility",
                lengths.file_lines
            );
            findings.push(Finding::about(&file.path, message));
        }
    }
    findings
}

/// Finds Rust functions that are too long; tests may take the room they need.
pub(crate) fn check_functions(files: &[SourceFile], lengths: &Lengths) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.is_rust() && !file.is_test())
    {
        for function in functions(&RustText::new(&file.text)) {
            if function.lines > lengths.function_lines {
                let most = lengths.function_lines;
                let message = format!(
                    "`{}` has {} lines, at most {most}",
                    function.name, function.lines
                );
                findings.push(Finding::at(file, function.line, message));
            }
        }
    }
    findings
}

fn lines_of_tests(file: &SourceFile) -> usize {
    if !file.is_rust() {
        return 0;
    }
    let rust = RustText::new(&file.text);
    rust.tests()
        .iter()
        .map(|range| file.line_of(range.end) - file.line_of(range.start) + 1)
        .sum()
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
}

fn functions(rust: &RustText) -> Vec<Function> {
    let mut functions = Vec::new();
    for at in rust.words("fn").filter(|at| !rust.is_in_test(*at)) {
        let after = rust
            .code
            .get(at + "fn".len()..)
            .unwrap_or_default()
            .trim_start();
        let name: String = after
            .chars()
            .take_while(|letter| is_name_letter(*letter))
            .collect();
        // Without a name it is the type of a function, not a function.
        if name.is_empty() {
            continue;
        }
        let Some(end) =
            body_start(&rust.code, at).and_then(|open| closing(&rust.code, open, ('{', '}')))
        else {
            continue;
        };
        let line = line_of(&rust.code, at);
        functions.push(Function {
            name,
            line,
            lines: line_of(&rust.code, end) - line + 1,
        });
    }
    functions
}

/// The bracket that opens the body; a function that is only declared has none.
fn body_start(code: &str, from: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, letter) in code.get(from..)?.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ';' if depth == 0 => return None,
            '{' if depth == 0 => return Some(from + at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::sample;

    const LENGTHS: Lengths = Lengths {
        file_lines: 5,
        function_lines: 3,
    };

    #[test]
    fn a_long_file_is_found_and_its_tests_are_not_counted() {
        let lines = "//! x\n".repeat(6);
        assert_eq!(check_files(&[sample("a.rs", &lines)], &LENGTHS).len(), 1);
        let tests = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{lines}}}\n");
        assert!(check_files(&[sample("a.rs", &tests)], &LENGTHS).is_empty());
    }

    #[test]
    fn tests_and_other_kinds_of_files_may_be_long() {
        let lines = "x\n".repeat(9);
        for path in [
            "a/tests/b.rs",
            "a/tests.rs",
            "a.md",
            "docs/reference/a.html",
        ] {
            assert!(
                check_files(&[sample(path, &lines)], &LENGTHS).is_empty(),
                "{path}"
            );
        }
        assert_eq!(check_files(&[sample("a.css", &lines)], &LENGTHS).len(), 1);
    }

    #[test]
    fn a_long_function_is_found_by_its_brackets_not_by_its_texts() {
        let text = "fn short() -> [u8; 2] {\n  \"}\"\n}\nfn long(a: fn(u8)) {\n  {}\n  '}';\n}\n";
        let findings = check_functions(&[sample("a.rs", text)], &LENGTHS);
        let expected = Finding::about("a.rs:4", "`long` has 4 lines, at most 3");
        assert_eq!(findings, [expected]);
    }

    #[test]
    fn declared_functions_and_tests_have_no_length() {
        let text = "trait A {\n fn a();\n}\n#[cfg(test)]\nmod t {\n fn b() {\n\n\n\n }\n}\n";
        assert!(check_functions(&[sample("a.rs", text)], &LENGTHS).is_empty());
    }
}
