//! A form while it is read.

use peil_domain::shared::Localized;

use super::sheets::{Line, Sheets};
use crate::survey::{
    foreign::Dialect,
    weave::{Condition, Weave},
};

/// A form while it is read.
pub(super) struct Form<'a> {
    pub(super) weave: Weave<'a>,
    pub(super) sheets: &'a Sheets,
}

impl Form<'_> {
    /// A text of a row in all languages that are read: `label::English (en)`, else `label`.
    pub(super) fn text(&mut self, line: &Line, column: &str, path: &str) -> Localized {
        let tongues = self.weave.tongues;
        tongues.text(
            |code, _| line.text(column, code).map(str::to_owned),
            path,
            &mut self.weave.draft.report,
        )
    }

    /// A condition of a row.
    pub(super) fn condition(line: &Line, column: &str) -> Option<Condition> {
        let text = line.get(column);
        let path = format!("{}/{column}", line.path());
        (!text.is_empty()).then(|| Condition::of_text(path, text, Dialect::XPath))
    }
}
