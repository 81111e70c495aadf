//! What is shown when, on screen: conditions as rows and sentences, jumps, quotas, calculated values,
//! endings and time.

mod choices;
mod condition;
mod extra;
pub(super) mod overview;
pub(super) mod place;
mod row;
mod say;
mod spot;
mod subjects;

use peil_domain::{
    access::Right,
    survey::{Definition, Formula, Question},
};

pub(super) use self::spot::address_of;
use self::{spot::Spot, subjects::Subjects};
use crate::{
    Web,
    edge::{problem::PageError, signed::Signed},
};

/// What a condition can be about that sees the first `asked` questions. Attributes of customers are
/// named for those who may see customers.
async fn subjects_at(
    web: &Web,
    signed: &Signed,
    draft: &Definition,
    asked: usize,
) -> Result<Subjects, PageError> {
    let actor = &signed.identity.actor;
    let attributes = if actor.has(Right::ReadAudience) {
        web.app.list_attributes(actor).await?
    } else {
        Vec::new()
    };
    Ok(Subjects::new(signed.text, draft, &attributes, asked))
}

/// Says conditions of one questionnaire as clauses: "the NPS is 6 or lower".
pub(super) struct Clauses(Subjects);

impl Clauses {
    /// For all conditions of `definition`, in the language of `signed`.
    pub(super) async fn of(
        web: &Web,
        signed: &Signed,
        definition: &Definition,
    ) -> Result<Self, PageError> {
        let every = definition.questions().count();
        Ok(Self(subjects_at(web, signed, definition, every).await?))
    }

    /// A condition as a clause.
    pub(super) fn say(&self, condition: &Formula) -> String {
        say::clause(&self.0, condition.expression())
    }
}

/// When the question or page that is open is shown, in one sentence; nothing when none is open.
pub(super) async fn said_of(
    web: &Web,
    signed: &Signed,
    draft: &Definition,
    question: Option<&Question>,
    page: Option<usize>,
) -> Result<String, PageError> {
    let spot = match (question, page) {
        (Some(question), _) => Spot::Question(question.key.clone()),
        (None, Some(page)) => Spot::Page(page),
        (None, None) => return Ok(String::new()),
    };
    let Some(condition) = spot.condition(draft) else {
        return Ok(signed.text.s(choices::always_of(&spot)));
    };
    let subjects = subjects_at(web, signed, draft, spot.asked(draft)).await?;
    let frame = choices::frame_of(&spot);
    Ok(say::sentence(&subjects, frame, condition, &[]))
}
