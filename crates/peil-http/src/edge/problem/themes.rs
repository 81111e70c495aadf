//! Why a change to themes was refused, in words.

use peil_app::themes::EditError;

use super::Described;
use crate::edge::text::Text;

/// Longest part of what was typed that is repeated.
const LONGEST: usize = 60;

/// Says why a change to themes was refused.
pub(super) fn describe_themes(error: &EditError, t: Text) -> Described {
    let plain = |code: &str| Described {
        code: code.to_owned(),
        field: None,
        message: t.s(&format!("problem-{code}")),
    };
    match error {
        EditError::Unknown(_) => plain("not-found"),
        EditError::Fixed(_) => plain("theme-fixed"),
        EditError::Taken(_) => plain("theme-taken"),
        EditError::Code(_) => plain("theme-code"),
        EditError::Name => plain("theme-name"),
        EditError::Word(word) => {
            let shown: String = word.replace('_', " ").chars().take(LONGEST).collect();
            Described {
                message: t.a("problem-theme-word", &[("word", shown.into())]),
                ..plain("theme-word")
            }
        }
        EditError::Unfit => plain("theme-unfit"),
        EditError::TooMany => plain("theme-too-many"),
        _ => plain("theme-nothing"),
    }
}
