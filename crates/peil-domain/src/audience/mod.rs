//! Who is asked: contacts, their organisations, attributes and segments.

mod attribute;
mod contact;
mod segment;

pub use attribute::{Attribute, AttributeKind, AttributeValue, Attributes, InvalidValue};
pub use contact::{Account, Contact, ContactDraft, ContactProblem};
pub use segment::{Condition, Field, Filter, FilterProblem, Operator, Segment};
