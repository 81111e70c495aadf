//! Which single answers someone may read: the same decision for comments and for the stream.
//!
//! Following up needs to know who said what. Who may see customers therefore reads every answer of a
//! known customer. An answer of someone unknown stays unknown: it is not listed under a property that
//! few people share, nor shown with properties that together point at few.

use peil_domain::{
    access::{Actor, Right},
    response::Response,
    shared::SurveyId,
};
use peil_store::results::Dimension;

use super::{
    MINIMUM_PEOPLE_FOR_COMMENTS,
    counting::{Answered, PeopleQuery, Wanted, count_people},
    guard::{Filters, Guard},
    guard_counts::Detail,
};
use crate::{AppError, facts::Counting};

/// Which answers of a selection someone may read one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// All of them.
    All,
    /// Those of known customers: so few people share what is selected by that others could be
    /// recognised.
    OnlyKnown,
    /// None: so few people are in the selection that they could be recognised.
    Nothing,
}

/// Decides which answers with these values may be read. Days make no difference: each answer says
/// when it was given.
pub(crate) async fn readable(
    session: &impl Counting,
    actor: &Actor,
    survey: Option<SurveyId>,
    filters: &Filters,
) -> Result<Readable, AppError> {
    let may_know = actor.has(Right::ReadAudience);
    if filters.is_empty() && (may_know || survey.is_none()) {
        return Ok(Readable::All);
    }
    let opens = match survey {
        Some(survey) => {
            let asked = PeopleQuery {
                survey,
                answered: Answered::Anything,
                filters: Vec::new(),
                by: filters
                    .iter()
                    .map(|(dimension, _)| dimension.clone())
                    .collect(),
                period: None,
                include_automatic: false,
            };
            let minimum = MINIMUM_PEOPLE_FOR_COMMENTS;
            let guard = Guard::read(session, asked, Detail::Never, minimum).await?;
            guard.opens(filters, None, None)
        }
        // What few people share in one questionnaire would be among many in all of them.
        None => false,
    };
    Ok(match (opens, may_know) {
        (true, _) => Readable::All,
        (false, true) => Readable::OnlyKnown,
        (false, false) => Readable::Nothing,
    })
}

/// Whether the properties of one answer may be shown with it.
pub(crate) async fn may_show_properties(
    session: &impl Counting,
    actor: &Actor,
    response: &Response,
    account: Option<&str>,
) -> Result<bool, AppError> {
    if response.contact.is_some() && actor.has(Right::ReadAudience) {
        return Ok(true);
    }
    let segments = response.segments.iter();
    let mut shared: Vec<(Dimension, Vec<String>)> = segments
        .map(|(key, value)| (Dimension::Segment(key.clone()), vec![value.clone()]))
        .collect();
    if let Some(account) = account {
        shared.push((Dimension::Account, vec![account.to_owned()]));
    }
    if let Some(touchpoint) = &response.touchpoint {
        shared.push((Dimension::Touchpoint, vec![touchpoint.to_string()]));
    }
    let people = count_people(
        session,
        response.survey,
        Wanted::only(&shared),
        None,
        None,
        false,
    )
    .await?;
    Ok(people >= MINIMUM_PEOPLE_FOR_COMMENTS)
}
