//! What came back: submissions, checked against the version that was shown.

mod answer;
mod flow;
mod quality;
mod step;
mod submission;

pub use answer::{
    Answer, AnswerProblem, AnswerValue, LONGEST_LINE, LONGEST_TEXT, NOT_APPLICABLE, OTHER,
    RawAnswers, Reading, Refused, field_names, raw_answers, read_answers, read_question,
};
pub use flow::{Flow, Respondent, Shown, Wording};
pub use quality::{Flag, Flags, flags};
pub use step::{Move, Step, step};
pub use submission::{Completion, Response};
