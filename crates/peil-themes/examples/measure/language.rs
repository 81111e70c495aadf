//! How often the language of a text is told right, by its number of words, with and without the language asked in.

use std::path::Path;

use peil_themes::{Language, detect_language};

use crate::sets::{GROUPS, SETS, read};
use crate::{Failure, told};

pub(crate) fn measure(folder: &Path) -> Result<(), Failure> {
    let files = SETS
        .iter()
        .map(|(file, _, language)| (*file, *language))
        .chain(GROUPS);
    let (mut short, mut with_prior, mut against) =
        (Share::default(), Share::default(), Share::default());
    for (file, language) in files {
        for label in read(folder, file, language)? {
            let words = label.text.split_whitespace().count();
            if (4..=7).contains(&words) {
                short.add(detect_language(&label.text, None) == language);
            }
            if words > 0 {
                with_prior.add(detect_language(&label.text, Some(language)) == language);
            }
            if words >= 8 {
                let other = if language == Language::Dutch {
                    Language::English
                } else {
                    Language::Dutch
                };
                against.add(detect_language(&label.text, Some(other)) == language);
            }
        }
    }
    told("language, 4 to 7 words", short.percent());
    told(
        "language, any length, asked in this language",
        with_prior.percent(),
    );
    told(
        "language, 8 words and more, asked in the other",
        against.percent(),
    );
    Ok(())
}

#[derive(Default)]
struct Share {
    right: f64,
    all: f64,
}

impl Share {
    fn add(&mut self, is_right: bool) {
        self.right += f64::from(u8::from(is_right));
        self.all += 1.0;
    }

    fn percent(&self) -> f64 {
        100.0 * self.right / self.all.max(1.0)
    }
}
