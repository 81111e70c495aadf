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
    shared::QuestionKey,
    survey::{Definition, Formula, Question, Reference, Source, Subject},
};

pub(super) use self::spot::address_of;
use self::{
    spot::Spot,
    subjects::{Subjects, Values, asked_before},
};
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

/// What can be filled in in the texts of a page, counted from 0, or of the end: the words for it,
/// and what it is.
pub(super) async fn blanks_of(
    web: &Web,
    signed: &Signed,
    draft: &Definition,
    page: Option<usize>,
) -> Result<Vec<(String, String)>, PageError> {
    let all = || draft.questions().count();
    let asked = page.map_or_else(all, |page| asked_before(draft, page, 0));
    let subjects = subjects_at(web, signed, draft, asked).await?;
    Ok(extra::blanks(signed.text, draft, &subjects))
}

/// What can be filled in in a mail that goes out before anything is answered.
pub(in crate::admin) async fn mail_blanks(
    web: &Web,
    signed: &Signed,
) -> Result<Vec<(String, String)>, PageError> {
    blanks_of(web, signed, &Definition::default(), None).await
}

/// The attributes that a draft looks at, each with the values that it can have.
pub(super) async fn attributes_of(
    web: &Web,
    signed: &Signed,
    draft: &Definition,
) -> Result<Vec<AttributeView>, PageError> {
    let subjects = subjects_at(web, signed, draft, 0).await?;
    let (yes, no) = (signed.text.s("logic-yes"), signed.text.s("logic-no"));
    let views = draft.attributes().into_iter().map(|key| {
        let reference = Reference {
            source: Source::Contact,
            name: key.clone(),
        };
        let known = subjects.find(&Subject::Value(reference));
        let is_known = known.name != known.subject.to_string();
        AttributeView {
            name: if is_known {
                known.name
            } else {
                key.to_string()
            },
            key,
            values: match known.values {
                Values::Pick(values) => values,
                Values::Truth => vec![("true".into(), yes.clone()), ("false".into(), no.clone())],
                _ => Vec::new(),
            },
        }
    });
    Ok(views.collect())
}

/// An attribute of customers that a draft looks at.
pub(super) struct AttributeView {
    /// Its key.
    pub(super) key: QuestionKey,
    /// Its name.
    pub(super) name: String,
    /// The values that it can have, each with its words; none when it can be anything.
    pub(super) values: Vec<(String, String)>,
}
