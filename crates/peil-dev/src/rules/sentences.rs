//! Rules know no language: sentences for people are written at the edge.

use super::Finding;
use super::rust_text::RustText;
use super::settings::Sentences;
use super::source::SourceFile;

/// A text with at least so many words is taken for a sentence.
const WORDS_OF_A_SENTENCE: usize = 4;

/// Finds sentences in the code of rules; error texts, attributes and tests may have them.
pub(crate) fn check(files: &[SourceFile], sentences: &Sentences) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| is_asked(file, sentences)) {
        let rust = RustText::new(&file.text);
        for literal in &rust.literals {
            let is_excused = rust.is_in_attribute(literal.start) || rust.is_in_test(literal.start);
            if !is_excused && words(&literal.text) >= WORDS_OF_A_SENTENCE {
                let message = format!(
                    "a sentence belongs at the edge: \"{}\"",
                    shortened(&literal.text)
                );
                findings.push(Finding::at(file, file.line_of(literal.start), message));
            }
        }
    }
    findings
}

fn is_asked(file: &SourceFile, sentences: &Sentences) -> bool {
    file.is_rust()
        && !file.is_test()
        && sentences
            .folders
            .iter()
            .any(|folder| file.is_inside(folder))
        && !sentences
            .exceptions
            .iter()
            .any(|exception| exception.name == file.path)
}

fn words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count()
}

fn shortened(text: &str) -> String {
    text.split_whitespace()
        .take(8)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::settings::Exception;
    use crate::rules::source::sample;

    fn check_text(text: &str) -> usize {
        let sentences = Sentences {
            folders: vec!["domain".to_owned()],
            exceptions: vec![Exception {
                name: "domain/words.rs".to_owned(),
                reason: "a list of words".to_owned(),
            }],
        };
        let files = [
            sample("domain/a.rs", text),
            sample("domain/words.rs", text),
            sample("http/a.rs", text),
        ];
        check(&files, &sentences).len()
    }

    #[test]
    fn a_sentence_in_a_rule_is_found() {
        assert_eq!(
            check_text("fn a() -> &str { \"you have asked too often\" }"),
            1
        );
    }

    #[test]
    fn names_error_texts_comments_and_tests_are_no_sentences() {
        for text in [
            "const A: &str = \"case closed 1 2 3\";",
            "/// You have asked too often.\nfn a() {}",
            "#[error(\"asked {0} times but only once is allowed\")]\nTooOften(u8),",
            "#[cfg(test)]\nmod tests { const A: &str = \"you have asked too often\"; }",
        ] {
            assert_eq!(check_text(text), 0, "{text}");
        }
    }
}
