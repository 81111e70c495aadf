//! Where signals come from.

use peil_domain::themes::Origin;
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
