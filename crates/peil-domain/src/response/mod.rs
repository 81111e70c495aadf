//! What came back: submissions, checked against the version that was shown.

mod answer;
mod quality;
mod step;
mod submission;

pub use answer::{
    Answer, AnswerProblem, AnswerValue, LONGEST_LINE, LONGEST_TEXT, OTHER, RawAnswers, read_answers,
};
pub use quality::{Flag, Flags, flags};
pub use step::{Move, Step, step};
pub use submission::{Completion, Response};
