//! What the pages of figures count, asked of whatever keeps facts.

mod cells;
mod people;
mod scope;
mod submissions;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use cells::{
    Cell, CountQuery, ScoreRows, answers_by_question, choice_counts, counts, score_rows,
};
pub(crate) use people::{
    Answered, PeopleCell, PeopleQuery, count_automatic, count_people, people_by,
};
pub(crate) use scope::{Wanted, asked, scope};
pub(crate) use submissions::{
    Attempts, answered_questions, attempts, count_responses, days_with_words, dimension_values,
    responses_per_day, segment_keys,
};
pub(crate) use table::{TableCell, TableQuery, TableSubject, table, table_without_people};
