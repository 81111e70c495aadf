//! Every text that is shown exists in every language, and no text is left over.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::fluent::{self, Message};
use super::rust_text::RustText;
use super::settings::Locales;
use super::source::SourceFile;

/// The texts of one language, with the file that each is in.
type Texts<'a> = BTreeMap<String, (&'a SourceFile, Message)>;

/// Compares the languages with each other and with the keys that are used.
pub(crate) fn check(files: &[SourceFile], locales: &Locales) -> Vec<Finding> {
    if !files.iter().any(|file| file.is_inside(&locales.folder)) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let languages: BTreeMap<&str, Texts<'_>> = locales
        .languages
        .iter()
        .map(|language| {
            (
                language.as_str(),
                read_language(files, locales, language, &mut findings),
            )
        })
        .collect();
    compare_languages(&languages, &mut findings);
    let used = used_keys(files, locales);
    for (language, texts) in &languages {
        for (key, place) in &used {
            if !texts.contains_key(key) {
                findings.push(Finding::about(
                    place,
                    format!("`{key}` has no text in {language}"),
                ));
            }
        }
    }
    let mentioned = mentioned_keys(files, locales);
    let patterns = key_patterns(files, locales);
    let is_plainly_needed = |key: &str| {
        let mut dynamic = locales.dynamic.iter();
        used.contains_key(key)
            || mentioned.contains(key)
            || dynamic.any(|dynamic| key.starts_with(&dynamic.name))
    };
    let is_needed = |key: &String| {
        is_plainly_needed(key)
            || patterns.iter().any(|(start, end)| match start.as_str() {
                "" => key.strip_suffix(end).is_some_and(is_plainly_needed),
                start => {
                    key.len() > start.len() + end.len()
                        && key.starts_with(start)
                        && key.ends_with(end)
                }
            })
    };
    find_left_over(&languages, is_needed, &mut findings);
    findings
}

fn read_language<'a>(
    files: &'a [SourceFile],
    locales: &Locales,
    language: &str,
    findings: &mut Vec<Finding>,
) -> Texts<'a> {
    let folder = format!("{}/{language}", locales.folder);
    let mut texts = Texts::new();
    for file in files
        .iter()
        .filter(|file| file.is_inside(&folder) && file.extension() == "ftl")
    {
        let messages = fluent::parse(&file.text);
        for (key, line) in messages.doubled {
            findings.push(Finding::at(
                file,
                line,
                format!("`{key}` stands here twice"),
            ));
        }
        for (key, message) in messages.by_key {
            let line = message.line;
            if let Some((other, _)) = texts.insert(key.clone(), (file, message)) {
                let message = format!("`{key}` stands in {} as well", other.path);
                findings.push(Finding::at(file, line, message));
            }
        }
    }
    texts
}

fn compare_languages(languages: &BTreeMap<&str, Texts<'_>>, findings: &mut Vec<Finding>) {
    for (language, texts) in languages {
        for (other, other_texts) in languages.iter().filter(|(other, _)| *other != language) {
            for (key, (file, message)) in texts {
                let Some((_, other_message)) = other_texts.get(key) else {
                    findings.push(Finding::at(
                        file,
                        message.line,
                        format!("`{key}` is missing in {other}"),
                    ));
                    continue;
                };
                for variable in message.variables.difference(&other_message.variables) {
                    let message_text = format!("`{key}` fills in ${variable}, but not in {other}");
                    findings.push(Finding::at(file, message.line, message_text));
                }
            }
        }
    }
}

/// Finds the texts that neither the code nor another text needs.
fn find_left_over(
    languages: &BTreeMap<&str, Texts<'_>>,
    is_needed: impl Fn(&String) -> bool,
    findings: &mut Vec<Finding>,
) {
    let texts = || languages.values().flatten();
    let referred: BTreeSet<&String> = texts()
        .flat_map(|(_, (_, message))| &message.references)
        .collect();
    let mut complained: BTreeSet<&String> = BTreeSet::new();
    for (key, (file, message)) in texts() {
        if !is_needed(key) && !referred.contains(key) && complained.insert(key) {
            findings.push(Finding::at(
                file,
                message.line,
                format!("`{key}` is used nowhere"),
            ));
        }
    }
}

/// Texts in code that could be keys on their way to a call elsewhere.
///
/// They prove that a key is needed, but not every one of them is a key.
fn mentioned_keys(files: &[SourceFile], locales: &Locales) -> BTreeSet<String> {
    let mut mentioned = BTreeSet::new();
    for file in files.iter().filter(|file| is_user(file, locales)) {
        if file.is_rust() {
            let rust = RustText::new(&file.text);
            let literals = rust
                .literals
                .iter()
                .filter(|literal| !rust.is_in_test(literal.start));
            mentioned.extend(
                literals
                    .map(|literal| literal.text.clone())
                    .filter(|text| is_key(text)),
            );
        } else {
            mentioned.extend(
                file.text
                    .split('"')
                    .filter(|text| is_key(text))
                    .map(str::to_owned),
            );
        }
    }
    mentioned
}

/// How keys begin and end that are put together in Rust: `format!("problem-{code}")` needs every
/// key that begins with `problem-`, `format!("{label}-help")` the key `title-help` when `title` is
/// needed itself.
fn key_patterns(files: &[SourceFile], locales: &Locales) -> BTreeSet<(String, String)> {
    let mut patterns = BTreeSet::new();
    let rust_files = files
        .iter()
        .filter(|file| is_user(file, locales) && file.is_rust());
    for file in rust_files {
        let rust = RustText::new(&file.text);
        for literal in rust
            .literals
            .iter()
            .filter(|literal| !rust.is_in_test(literal.start))
        {
            let (Some((start, _)), Some((_, end))) =
                (literal.text.split_once('{'), literal.text.rsplit_once('}'))
            else {
                continue;
            };
            let is_start = start.is_empty() || (start.ends_with('-') && is_key(start));
            let is_end = end.is_empty() || end.strip_prefix('-').is_some_and(is_key);
            if is_start && is_end && !(start.is_empty() && end.is_empty()) {
                patterns.insert((start.to_owned(), end.to_owned()));
            }
        }
    }
    patterns
}

fn is_user(file: &SourceFile, locales: &Locales) -> bool {
    !file.is_test() && locales.users.iter().any(|folder| file.is_inside(folder))
}

/// The keys in templates and Rust, each with the first place that uses it.
fn used_keys(files: &[SourceFile], locales: &Locales) -> BTreeMap<String, String> {
    let mut used = BTreeMap::new();
    for file in files.iter().filter(|file| is_user(file, locales)) {
        let keys = if file.is_rust() {
            keys_in_rust(file, locales)
        } else {
            keys_in_template(&file.text, locales)
        };
        for (key, at) in keys {
            used.entry(key)
                .or_insert_with(|| format!("{}:{}", file.path, file.line_of(at)));
        }
    }
    used
}

fn keys_in_rust(file: &SourceFile, locales: &Locales) -> Vec<(String, usize)> {
    let rust = RustText::new(&file.text);
    let is_argument = |at: usize| {
        let before = rust.code.get(..at).unwrap_or_default().trim_end();
        locales
            .calls
            .iter()
            .any(|call| before.ends_with(&format!(".{call}(")))
    };
    let literals = rust
        .literals
        .iter()
        .filter(|literal| !rust.is_in_test(literal.start));
    literals
        .filter(|literal| is_key(&literal.text) && is_argument(literal.start))
        .map(|literal| (literal.text.clone(), literal.start))
        .collect()
}

fn keys_in_template(text: &str, locales: &Locales) -> Vec<(String, usize)> {
    let mut keys = Vec::new();
    for call in &locales.calls {
        let opening = format!(".{call}(");
        for (at, _) in text.match_indices(&opening) {
            let argument = text
                .get(at + opening.len()..)
                .unwrap_or_default()
                .trim_start();
            let key = argument
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next());
            if let Some(key) = key.filter(|key| is_key(key)) {
                keys.push((key.to_owned(), at));
            }
        }
    }
    keys
}

fn is_key(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::settings::Exception;
    use crate::rules::source::sample;

    fn check_files(files: &[(&str, &str)]) -> Vec<String> {
        let locales = Locales {
            folder: "locales".to_owned(),
            languages: vec!["nl".to_owned(), "en".to_owned()],
            users: vec!["templates".to_owned(), "src".to_owned()],
            calls: vec!["s".to_owned(), "a".to_owned()],
            dynamic: vec![Exception {
                name: "status-".to_owned(),
                reason: "one per status".to_owned(),
            }],
        };
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| sample(path, text))
            .collect();
        check(&files, &locales)
            .into_iter()
            .map(|finding| finding.to_string())
            .collect()
    }

    #[test]
    fn complete_languages_with_every_text_in_use_are_fine() {
        let findings = check_files(&[
            (
                "locales/nl/a.ftl",
                "title = Titel van { brand }\nbrand = Peil\nmany = { $n } keer\nstatus-open = Open\n",
            ),
            (
                "locales/en/a.ftl",
                "title = Title of { brand }\nbrand = Peil\nmany = { $n } times\nstatus-open = Open\n",
            ),
            ("templates/a.html", "<h1>{{ t.s(\"title\") }}</h1>"),
            ("src/a.rs", "fn a() { t.a(\n  \"many\", n) }"),
        ]);
        assert_eq!(findings, Vec::<String>::new());
    }

    #[test]
    fn a_text_that_is_missing_in_one_language_is_found() {
        let findings = check_files(&[
            ("locales/nl/a.ftl", "title = Titel\n"),
            ("locales/en/a.ftl", ""),
            ("templates/a.html", "{{ t.s(\"title\") }}"),
        ]);
        assert_eq!(
            findings,
            [
                "locales/nl/a.ftl:1: `title` is missing in en",
                "templates/a.html:1: `title` has no text in en"
            ]
        );
    }

    #[test]
    fn a_text_that_nobody_uses_and_a_value_that_one_language_forgets_are_found() {
        let findings = check_files(&[
            ("locales/nl/a.ftl", "many = { $n } keer\n"),
            ("locales/en/a.ftl", "many = times\n"),
        ]);
        assert_eq!(findings.len(), 2, "{findings:?}");
    }

    #[test]
    fn a_key_that_is_chosen_first_and_looked_up_later_is_in_use() {
        let findings = check_files(&[
            ("locales/nl/a.ftl", "yes = Ja\nlabel = Naam\n"),
            ("locales/en/a.ftl", "yes = Yes\nlabel = Name\n"),
            ("src/a.rs", "fn key() -> &str { \"yes\" }"),
            ("templates/a.html", "{% call field(t, \"label\") %}"),
        ]);
        assert_eq!(findings, Vec::<String>::new());
    }

    #[test]
    fn keys_that_are_put_together_are_in_use() {
        let findings = check_files(&[
            (
                "locales/nl/a.ftl",
                "problem-x = X\nname = N\nname-help = H\nlost-help = L\n",
            ),
            (
                "locales/en/a.ftl",
                "problem-x = X\nname = N\nname-help = H\nlost-help = L\n",
            ),
            (
                "src/a.rs",
                "fn a() { t.s(\"name\"); t.s(&format!(\"problem-{c}\")); t.find(&format!(\"{l}-help\")) }",
            ),
        ]);
        assert_eq!(
            findings,
            ["locales/en/a.ftl:4: `lost-help` is used nowhere"]
        );
    }

    #[test]
    fn keys_in_tests_and_texts_that_are_no_keys_do_not_count() {
        let findings = check_files(&[
            ("locales/nl/a.ftl", ""),
            ("locales/en/a.ftl", ""),
            (
                "src/a.rs",
                "fn a() { b.s(\"No key\"); }\n#[cfg(test)]\nmod t { fn b() { t.s(\"nothing\") } }",
            ),
        ]);
        assert_eq!(findings, Vec::<String>::new());
    }

    #[test]
    fn a_repository_without_languages_is_left_alone() {
        assert!(check_files(&[("src/a.rs", "fn a() { t.s(\"title\") }")]).is_empty());
    }
}
