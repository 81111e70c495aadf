//! What became of every part of a questionnaire that was read from another format.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::Format;

/// What came of reading a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The format of the file.
    pub format: Format,
    /// How many questions the file has; parts of a question count with it.
    pub questions_in: usize,
    /// How many of them are asked or calculated in the result.
    pub questions_kept: usize,
    /// Everything that is not as it was, in reading order.
    pub items: Vec<Item>,
    /// How many more there are than could be listed.
    #[serde(skip_serializing_if = "is_none")]
    pub items_left_out: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "called with a reference when written"
)]
const fn is_none(number: &usize) -> bool {
    *number == 0
}

/// One thing that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it stands in the file.
    pub path: String,
    /// What became of it.
    pub effect: Effect,
    /// Why.
    pub reason: Reason,
    /// What stands there, or what became of it; empty when the path says it all.
    pub detail: String,
}

/// What became of a part of a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A question is not there any more.
    Dropped,
    /// Something about a question or the questionnaire is not there any more.
    Lost,
    /// It is there in another form.
    Changed,
    /// It is there; whether it is meant so has to be looked at.
    Check,
}

macro_rules! reasons {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $words:literal;)*) => {
        /// Why something is not as it was.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason { $(#[doc = $words] $name,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The reason as a stable word.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The reason in a few English words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

reasons! {
    UnknownKind = "unknown_kind", "a kind of question that is not known";
    OtherKind = "other_kind", "asked as another kind of question";
    NoUpload = "no_upload", "files cannot be sent in; asked in words";
    NoPicking = "no_picking", "nothing can be pointed at or drawn; asked in words";
    SeveralQuestions = "several_questions", "asked as several questions";
    OneQuestion = "one_question", "too many parts to ask apart; asked in words as one question";
    ManyOptions = "many_options", "more options than a question can have; asked in words";
    ManyWords = "many_words", "more words than a scale can have; every row is a choice";
    ManyRows = "many_rows", "more rows than a question can have; asked as several questions";
    TooManyQuestions = "too_many_questions", "more than a questionnaire can hold";
    Hidden = "hidden", "never shown there";
    NotAsked = "not_asked", "filled in by the program, not by the respondent";
    Unnamed = "unnamed", "without a text; its name is shown";
    NameTwice = "name_twice", "a name that is used twice; both stay, under names of their own";
    Formatting = "formatting", "formatting, pictures, links or scripts of a text";
    TooLong = "too_long", "longer than a text can be; shortened";
    Divided = "divided", "longer than a text can be; divided over several";
    NoFilling = "no_filling", "a place in a text that cannot be filled in";
    Language = "language", "a language that is not spoken here";
    LanguageStandsFor = "language_stands_for", "a language that is not spoken here; its texts stand in for another";
    Untranslated = "untranslated", "without a translation; the text of another language is shown";
    Condition = "condition", "a condition that cannot be translated; it is left out";
    RowCondition = "row_condition", "rows cannot have a condition; it is left out";
    Calculation = "calculation", "a calculation that cannot be translated";
    Logic = "logic", "a condition or calculation that cannot work here; it is left out";
    Jump = "jump", "a jump that cannot be carried over";
    Validation = "validation", "a rule for answers that cannot be carried over";
    Required = "required", "whether it must be answered is not carried over";
    Default = "default", "answers that are filled in beforehand";
    Order = "order", "an order that differs from respondent to respondent";
    Repeat = "repeat", "questions that are asked several times; asked once";
    Quota = "quota", "a limit to the number of answers that cannot be carried over";
    Scores = "scores", "points for answers";
    Direction = "direction", "whether high is good is not told; high is taken to be good";
    Look = "look", "how it looks";
    Setting = "setting", "a setting of the questionnaire";
    Message = "message", "words of mails, buttons or messages";
    Entry = "entry", "a field to write in beside a choice or row";
    Source = "source", "a list or service outside the file";
    Script = "script", "a script";
    Pages = "pages", "divided into other pages";
    Personal = "personal", "data about the respondent that are known beforehand";
    UnknownPart = "unknown_part", "a part that is not known";
    Unfinished = "unfinished", "must be mended before it can be published";
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut item = serializer.serialize_struct("Item", 5)?;
        item.serialize_field("path", &self.path)?;
        item.serialize_field("effect", &self.effect)?;
        item.serialize_field("code", self.reason.code())?;
        item.serialize_field("reason", self.reason.words())?;
        item.serialize_field("detail", &self.detail)?;
        item.end()
    }
}

impl Report {
    /// Most things that are listed.
    pub const MOST_ITEMS: usize = 5_000;
    /// Longest path or detail in characters.
    pub(super) const LONGEST: usize = 500;

    /// A report in which nothing was counted yet.
    #[must_use]
    pub const fn new(format: Format) -> Self {
        Self {
            format,
            questions_in: 0,
            questions_kept: 0,
            items: Vec::new(),
            items_left_out: 0,
        }
    }

    /// Adds something that is not as it was; what was just told is not told again.
    pub fn note(
        &mut self,
        path: impl AsRef<str>,
        effect: Effect,
        reason: Reason,
        detail: impl AsRef<str>,
    ) {
        let item = Item {
            path: storable(path.as_ref()),
            effect,
            reason,
            detail: storable(detail.as_ref()),
        };
        // Parts of one question have the same to tell.
        if self.items.iter().rev().take(4).any(|known| *known == item) {
            return;
        }
        if self.items.len() >= Self::MOST_ITEMS {
            self.items_left_out += 1;
            return;
        }
        self.items.push(item);
    }
}

/// A text on one line that is not too long. Files may have characters that databases refuse.
fn storable(text: &str) -> String {
    let text = shortened(text, Report::LONGEST);
    text.replace(char::is_control, " ")
}

/// At most so many characters of a text, the last one being an ellipsis when something is left out.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
