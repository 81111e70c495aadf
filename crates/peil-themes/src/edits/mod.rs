//! Changes that an organisation makes to the themes that Peil starts with. They are kept as changes, so that better
//! words of a later Peil still arrive; a change to something that is gone is passed over.

mod check;
mod edited;
mod make;
mod pattern;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::sector::Sector;
use crate::taxonomy::{Name, Taxonomy, ThemeWords};

pub use edited::Edited;
pub use pattern::{is_pattern, to_pattern};

/// Most changes that are kept.
const MOST_EDITS: usize = 2_000;
/// Longest name, in letters.
const LONGEST_NAME: usize = 60;

/// Which words of a sub-theme are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordList {
    /// One of these is enough.
    Strong,
    /// Two of these are needed.
    Weak,
    /// Where these stand, the others count for nothing.
    Exclusions,
}

impl WordList {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Strong, Self::Weak, Self::Exclusions];

    /// Its name in files and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Weak => "weak",
            Self::Exclusions => "exclusions",
        }
    }

    /// These words.
    #[must_use]
    pub const fn of(self, words: &ThemeWords) -> &Vec<String> {
        match self {
            Self::Strong => &words.strong,
            Self::Weak => &words.weak,
            Self::Exclusions => &words.exclusions,
        }
    }

    const fn of_mut(self, words: &mut ThemeWords) -> &mut Vec<String> {
        match self {
            Self::Strong => &mut words.strong,
            Self::Weak => &mut words.weak,
            Self::Exclusions => &mut words.exclusions,
        }
    }
}

/// One change. A code is that of a theme, or of a sub-theme behind that of its theme and a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// People call it otherwise.
    Rename {
        /// What.
        code: String,
        /// Its names.
        names: Vec<Name>,
    },
    /// Words come and go.
    Words {
        /// Of which sub-theme.
        code: String,
        /// In which language.
        language: Language,
        /// Which of its words.
        list: WordList,
        /// What comes.
        #[serde(default)]
        added: Vec<String>,
        /// What goes.
        #[serde(default)]
        removed: Vec<String>,
    },
    /// A new theme, with one sub-theme that is about it in general.
    AddTheme {
        /// Its code.
        code: String,
        /// Its names.
        names: Vec<Name>,
    },
    /// A new sub-theme.
    AddPart {
        /// Its code.
        code: String,
        /// Its names.
        names: Vec<Name>,
    },
    /// Becomes part of another of its kind, with everything that it has.
    Merge {
        /// What.
        code: String,
        /// Of what.
        into: String,
    },
    /// A sub-theme goes to another theme.
    Move {
        /// Which sub-theme.
        code: String,
        /// The theme.
        to: String,
    },
    /// No answer is sorted into it any more.
    SwitchOff {
        /// What.
        code: String,
    },
    /// Answers are sorted into it again.
    SwitchOn {
        /// What.
        code: String,
    },
}

/// Why a change is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// There is no such theme or sub-theme.
    #[error("there is no theme {0}")]
    Unknown(String),
    /// It belongs to the rules.
    #[error("the theme {0} cannot be changed")]
    Fixed(String),
    /// There is such a theme or sub-theme already.
    #[error("there is a theme {0} already")]
    Taken(String),
    /// The code is none.
    #[error("{0} is no code")]
    Code(String),
    /// It has no name, or one that is too long.
    #[error("a name has 1 to {LONGEST_NAME} letters")]
    Name,
    /// A word or phrase that nothing can be found by.
    #[error("{0} is no word or phrase")]
    Word(String),
    /// A theme cannot become part of itself, nor a theme of a sub-theme.
    #[error("that cannot become part of this")]
    Unfit,
    /// It is more than can be kept.
    #[error("too many changes or words")]
    TooMany,
    /// Nothing would be different.
    #[error("nothing changes")]
    Nothing,
}

/// What an organisation changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edits {
    /// The line of business whose themes come on top.
    pub sector: Option<Sector>,
    /// The changes in their order.
    pub list: Vec<Edit>,
}

impl Edits {
    /// The themes that come of these changes.
    #[must_use]
    pub fn apply(&self) -> Edited {
        let seed = Taxonomy::seed();
        let all = match self.sector {
            // A pack that does not fit is a fault of the program; its tests find it.
            Some(sector) => seed.clone().with_sector(sector).unwrap_or(seed),
            None => seed,
        };
        let mut edited = Edited {
            all,
            ..Edited::default()
        };
        for (place, edit) in self.list.iter().enumerate() {
            if edited.check(edit).is_ok() {
                edited.make(edit);
            } else if !edited.make_existing(edit) {
                edited.passed_over.push(place);
            }
        }
        edited
    }

    /// Adds a change.
    ///
    /// # Errors
    /// When it is refused; nothing is different then.
    pub fn add(&mut self, edit: Edit) -> Result<(), EditError> {
        if self.list.len() >= MOST_EDITS {
            return Err(EditError::TooMany);
        }
        self.apply().check(&edit)?;
        self.list.push(edit);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Engine};

    fn named(text: &str) -> Vec<Name> {
        vec![Name {
            language: Language::Dutch,
            text: text.to_owned(),
        }]
    }

    fn words(code: &str, added: &[&str], removed: &[&str]) -> Edit {
        let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Edit::Words {
            code: code.to_owned(),
            language: Language::Dutch,
            list: WordList::Strong,
            added: all(added),
            removed: all(removed),
        }
    }

    fn edits(list: Vec<Edit>) -> Edits {
        let mut edits = Edits::default();
        for edit in list {
            edits.add(edit).unwrap();
        }
        edits
    }

    fn themes(edited: &Edited, text: &str) -> Vec<String> {
        let answer = Answer {
            text: text.to_owned(),
            ..Answer::default()
        };
        let engine = Engine::new(&edited.taxonomy());
        let found = engine.analyse(&answer, Some(Language::Dutch));
        let parts = found.clauses.iter().flat_map(|clause| &clause.themes);
        parts
            .map(|found| format!("{}.{}", found.theme, found.part))
            .collect()
    }

    #[test]
    fn a_new_theme_is_found_by_its_words() {
        let add = Edit::AddTheme {
            code: "parking".to_owned(),
            names: named("Parkeren"),
        };
        let words = words("parking.general", &["laadpaal", "vol_~_terrein"], &[]);
        let edited = edits(vec![add, words]).apply();
        assert_eq!(
            themes(&edited, "de laadpalen stonden ver weg"),
            ["parking.general"]
        );
        assert_eq!(edited.new_code("Parking", None), "parking_2");
        assert_eq!(
            edited.new_code("Één plek?", Some("parking")),
            "parking.een_plek"
        );
    }

    #[test]
    fn words_come_and_go() {
        let edited = edits(vec![words("price.level", &[], &["duur"])]);
        assert!(
            Taxonomy::seed()
                .themes
                .iter()
                .any(|theme| theme.code == "price")
        );
        let before = Edits::default().apply();
        let has = |edited: &Edited| {
            let part = edited.part("price.level").unwrap();
            let words = part.words.iter().flat_map(|words| &words.strong);
            words.filter(|word| *word == "duur").count()
        };
        assert_eq!(has(&before), 1);
        assert_eq!(has(&edited.apply()), 0);
    }

    #[test]
    fn what_moves_or_merges_keeps_its_words_and_tells_its_new_code() {
        let seed = Edits::default().apply();
        let text = "te laat bezorgd";
        let found = themes(&seed, text).first().cloned().unwrap();
        assert!(found.starts_with("delivery."), "{found}");
        let moved = Edit::Move {
            code: found.clone(),
            to: "waiting_time".to_owned(),
        };
        let merged = Edit::Merge {
            code: "waiting_time".to_owned(),
            into: "staff".to_owned(),
        };
        let edited = edits(vec![moved, merged]).apply();
        let now = edited.resolve(&found).to_owned();
        assert!(now.starts_with("staff."), "{now}");
        assert!(themes(&edited, text).contains(&now));
        assert_eq!(edited.resolve("waiting_time"), "staff");
        assert_eq!(edited.resolve("price"), "price");
        let into = Edit::Merge {
            code: now.clone(),
            into: "price.level".to_owned(),
        };
        let edited = edits(
            [
                Edit::Move {
                    code: found.clone(),
                    to: "staff".to_owned(),
                },
                Edit::Merge {
                    code: format!("staff.{}", found.split_once('.').unwrap().1),
                    into: "price.level".to_owned(),
                },
            ]
            .into(),
        )
        .apply();
        assert_eq!(edited.resolve(&found), "price.level", "{into:?}");
        assert!(themes(&edited, text).contains(&"price.level".to_owned()));
    }

    #[test]
    fn what_is_switched_off_is_found_no_more_and_comes_back() {
        let off = |code: &str| Edit::SwitchOff {
            code: code.to_owned(),
        };
        let mut changed = edits(vec![off("customer_service")]);
        let edited = changed.apply();
        assert!(
            themes(&edited, "vriendelijk personeel")
                .iter()
                .all(|code| code.starts_with("staff."))
        );
        assert_eq!(
            changed.add(off("customer_service")),
            Err(EditError::Nothing)
        );
        let on = Edit::SwitchOn {
            code: "customer_service".to_owned(),
        };
        changed.add(on).unwrap();
        assert_eq!(changed.apply().taxonomy(), Taxonomy::seed());
    }

    #[test]
    fn what_cannot_be_is_refused_and_what_is_gone_is_passed_over() {
        let edited = Edits::default().apply();
        let merge = |code: &str, into: &str| Edit::Merge {
            code: code.to_owned(),
            into: into.to_owned(),
        };
        for (edit, error) in [
            (merge("price", "price"), EditError::Unfit),
            (
                merge("price", "delivery.gone"),
                EditError::Unknown("delivery.gone".to_owned()),
            ),
            (
                merge("no_content", "price"),
                EditError::Fixed("no_content".to_owned()),
            ),
            (
                words("price", &["duur"], &[]),
                EditError::Unknown("price".to_owned()),
            ),
            (
                words("price.level", &["*"], &[]),
                EditError::Word("*".to_owned()),
            ),
            (words("price.level", &[], &[]), EditError::Nothing),
            (
                Edit::Rename {
                    code: "price".to_owned(),
                    names: named(" "),
                },
                EditError::Name,
            ),
            (
                Edit::AddTheme {
                    code: "price".to_owned(),
                    names: named("Prijs"),
                },
                EditError::Taken("price".to_owned()),
            ),
            (
                Edit::AddPart {
                    code: "price.A B".to_owned(),
                    names: named("x"),
                },
                EditError::Code("A B".to_owned()),
            ),
        ] {
            assert_eq!(edited.check(&edit), Err(error), "{edit:?}");
        }
        let stale = Edits {
            sector: None,
            list: vec![merge("gone", "price"), merge("billing", "price")],
        };
        let edited = stale.apply();
        assert_eq!(edited.passed_over, [0]);
        assert!(!edited.has("billing") && edited.resolve("billing") == "price");
    }

    #[test]
    fn what_a_later_peil_brings_itself_keeps_the_name_of_the_organisation() {
        let edits = Edits {
            sector: Some(Sector::WebShop),
            list: vec![
                Edit::AddTheme {
                    code: "price".to_owned(),
                    names: named("Kosten"),
                },
                words("price.level", &["woekerprijs"], &[]),
            ],
        };
        let edited = edits.apply();
        assert!(edited.passed_over.is_empty());
        assert_eq!(edited.theme("price").unwrap().names, named("Kosten"));
        assert_eq!(themes(&edited, "een woekerprijs"), ["price.level"]);
        assert!(edited.has("delivery.tracking"));
    }

    #[test]
    fn words_are_typed_as_people_do() {
        for (typed, pattern, is_fine) in [
            ("Te  laat", "te_laat", true),
            ("bezorg*", "bezorg*", true),
            ("niet ~ bereikbaar", "niet_~_bereikbaar", true),
            ("=lek", "=lek", true),
            ("foto’s", "foto's", true),
            ("24/7", "24/7", true),
            ("*", "*", false),
            ("a", "a", false),
            ("a*", "a*", false),
            ("~ laat", "~_laat", false),
            ("be*zorg", "be*zorg", false),
            ("<b>", "<b>", false),
            ("", "", false),
        ] {
            assert_eq!(to_pattern(typed), pattern);
            assert_eq!(is_pattern(&to_pattern(typed)), is_fine, "{typed}");
        }
    }
}
