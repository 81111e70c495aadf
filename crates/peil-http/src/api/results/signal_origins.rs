//! Where signals come from.

use peil_domain::themes::{Origin, SignalPart};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a signal comes from more than chance explains.
#[derive(Serialize, ToSchema)]
pub(super) struct OriginView {
    /// The group; of two, those who are in both.
    groups: Vec<OriginGroupView>,
    /// How many times as often as elsewhere; absent when nobody said it elsewhere.
    ratio: Option<f64>,
    /// The chance of as much where there is no difference.
    p: f64,
}

/// A group by one property.
#[derive(Serialize, ToSchema)]
pub(super) struct OriginGroupView {
    /// `touchpoint`, or the name of a segment.
    property: String,
    /// What people call the value.
    name: String,
}

/// A part of all answers.
#[derive(Serialize, ToSchema)]
pub(super) struct PartView {
    /// `survey`, `touchpoint`, `account`, or `segment.` with the key of a property.
    dimension: String,
    /// The value, as it is asked for.
    value: String,
    /// What people call the value.
    name: String,
}

impl From<SignalPart> for PartView {
    fn from(part: SignalPart) -> Self {
        Self {
            dimension: part.dimension,
            value: part.value,
            name: part.name,
        }
    }
}

impl From<Origin> for OriginView {
    fn from(origin: Origin) -> Self {
        let groups = origin.groups.into_iter().map(|group| OriginGroupView {
            property: group.property,
            name: group.name,
        });
        Self {
            groups: groups.collect(),
            ratio: origin.ratio,
            p: origin.p,
        }
    }
}
