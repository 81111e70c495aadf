//! Counts of answers: histograms come out, never rows. What is made of them is decided elsewhere.

mod cells;
mod comments;
mod counts;
mod frame;
mod funnel;
mod people;
mod rows;
mod scope;
mod values;

pub use comments::{Comment, CommentQuery, comments};
pub use counts::{Cell, ChoiceCell, CountQuery, choice_counts, counts, text_count};
pub use frame::{
    FrameProperty, FrameQuery, InvitedCell, ScoredCell, contacts_by, count_uninvited, invited_by,
    invited_values, scores_by,
};
pub use funnel::{
    Attempts, ResponseFunnel, UnansweredInvitations, answered_questions, attempts, response_funnel,
    responses_per_day, unanswered_invitations,
};
pub use people::{Answered, PeopleCell, PeopleQuery, count_automatic, count_people, people_by};
pub use rows::{ScoreRows, answers_by_question, score_rows};
pub use scope::Dimension;
pub(crate) use scope::{Scope, chosen, marked, score_between, words_contain};
pub use values::{dimension_values, segment_keys};
