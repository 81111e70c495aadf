//! `cargo dev bench assembly`: the machine code of the loops that count facts, to see that nothing is
//! left in them that checks bounds or depends on what is in a row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::process;
use crate::workspace::Workspace;

/// Where groups differ from part to part, the compiler does not see that every place is there.
const CHECKED: usize = 3;

/// The functions with the innermost loops, by a part of their names, what they do, and how many jumps
/// may be left in them.
const LOOPS: [(&str, &str, usize); 12] = [
    ("sift11narrow_down", "which rows pass a condition", 1),
    ("4sift7passing", "how many rows pass", 0),
    ("packed4join", "group and answers of a row as one number", 0),
    ("packed5tally", "how often each number occurs", 0),
    ("few10fill_pairs17", "two rows as one byte", 0),
    ("few18fill_pairs_passing", "the same, rows that pass", 0),
    ("few4fill17", "codes of one byte", 0),
    ("few12fill_passing", "the same, rows that pass", 0),
    ("loops7add_all17", "codes of any width", 0),
    (
        "loops10add_all_at",
        "the same, by the places of codes",
        CHECKED,
    ),
    (
        "loops10add_masked17",
        "codes of any width, rows that pass",
        0,
    ),
    (
        "loops13add_masked_at",
        "the same, by the places of codes",
        CHECKED,
    ),
];

/// An innermost loop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Innermost {
    instructions: usize,
    /// Jumps beside the one that goes on with the next rows.
    jumps: usize,
    calls: usize,
}

/// Prints what is in the loops; whether none of them calls, or jumps more than is known.
pub(crate) fn run(workspace: &Workspace) -> Result<bool, Problem> {
    let text = std::fs::read_to_string(emit(workspace)?);
    let text = text.map_err(|cause| Problem::new(cause.to_string()))?;
    let functions = functions(&text);
    println!(
        "{:<44} {:>6} {:>13} {:>6} {:>6}",
        "", "loops", "instructions", "jumps", "calls"
    );
    let mut is_free = true;
    for (name, what, most) in LOOPS {
        let mut is_found = false;
        for (_, lines) in functions.iter().filter(|(symbol, _)| symbol.contains(name)) {
            is_found = true;
            let loops = innermost(lines);
            let sum = |of: fn(&Innermost) -> usize| loops.iter().map(of).sum::<usize>();
            let (jumps, calls) = (sum(|one| one.jumps), sum(|one| one.calls));
            let instructions: Vec<String> = loops
                .iter()
                .map(|one| one.instructions.to_string())
                .collect();
            let (number, instructions) = (loops.len(), instructions.join(" "));
            println!("{what:<44} {number:>6} {instructions:>13} {jumps:>6} {calls:>6}");
            is_free &= jumps <= most && calls == 0;
        }
        if !is_found {
            println!("{what:<44} is not there by itself");
            is_free = false;
        }
    }
    Ok(is_free)
}

/// Compiles the engine to assembly, as it is compiled for a release.
fn emit(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let folder = workspace.target.join("assembly");
    let file = folder.join("peil_facts.s");
    std::fs::create_dir_all(&folder).map_err(|cause| Problem::at(&folder, &cause))?;
    let emit = format!("--emit=asm={}", file.display());
    let arguments = [
        "rustc",
        "--release",
        "-p",
        "peil-facts",
        "--lib",
        "--",
        &emit,
        "-Ccodegen-units=1",
        "-Cdebuginfo=0",
    ];
    let mut cargo = workspace.cargo(&arguments);
    // Else much is left to the linker, and not to be seen here.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
    let finished = process::captured(&mut cargo)?;
    if finished.is_success {
        Ok(Path::new(&file).to_owned())
    } else {
        let end = process::last_lines(&finished.errors, 20);
        Err(Problem::new(format!("the engine does not build:\n{end}")))
    }
}

/// The lines of every function, by its symbol.
fn functions(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut now: Option<&str> = None;
    for line in text.lines() {
        let code = line.split('#').next().unwrap_or_default().trim_end();
        match code.strip_suffix(':') {
            Some(symbol) if symbol.starts_with("_ZN") || symbol.starts_with("_R") => {
                now = Some(symbol);
            }
            _ if code.trim_start().starts_with(".cfi_endproc") => now = None,
            _ => {}
        }
        if let Some(symbol) = now {
            found.entry(symbol).or_default().push(code);
        }
    }
    found
}

/// The innermost loops of a function: from a label to a jump back to it, with no other such jump
/// between.
fn innermost(lines: &[&str]) -> Vec<Innermost> {
    let mut labels = BTreeMap::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if let Some(label) = line.strip_suffix(':') {
            labels.insert(label, place);
        }
        if let Some(start) = target(line).and_then(|label| labels.get(label)) {
            found.push((*start, place));
        }
    }
    let is_innermost = |(start, end): &(usize, usize)| {
        let mut others = found.iter();
        !others.any(|other| other != &(*start, *end) && other.0 >= *start && other.1 <= *end)
    };
    let loops = found.iter().filter(|one| is_innermost(one));
    loops
        .map(|(start, end)| {
            let body = lines.get(*start..*end).unwrap_or_default();
            let words = body.iter().filter(|line| line.starts_with('\t'));
            let words = words.filter_map(|line| line.split_whitespace().next());
            let words: Vec<&str> = words.filter(|word| !word.starts_with('.')).collect();
            Innermost {
                instructions: words.len() + 1,
                jumps: words.iter().filter(|word| word.starts_with('j')).count(),
                calls: words.iter().filter(|word| word.starts_with("call")).count(),
            }
        })
        .collect()
}

/// Where a line jumps to.
fn target(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let jump = words.next()?;
    words.next().filter(|_| jump.starts_with('j'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_innermost_loops_are_looked_into() {
        let text = "_ZN4sift:\n\txorl %eax, %eax\n.L1:\n\tmovl %eax, %ecx\n.L2:\n\tincl %eax\n\
                    \tcmpl %eax, %edx\n\tjae .L9\n\tcallq oops\n\tjne .L2\n\tjmp .L1\n.L9:\n\tretq\n\
                    \t.cfi_endproc\n_ZN4next:\n\tretq\n";
        let functions = functions(text);
        assert_eq!(functions.len(), 2);
        let expected = Innermost {
            instructions: 5,
            jumps: 1,
            calls: 1,
        };
        assert_eq!(innermost(&functions["_ZN4sift"]), [expected]);
        assert_eq!(innermost(&functions["_ZN4next"]), []);
    }
}
