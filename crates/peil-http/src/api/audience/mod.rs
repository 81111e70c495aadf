//! Operations on contacts, accounts, attributes and segments.

mod attributes;
mod contacts;
mod segments;
mod shapes;

use crate::api::operations::{Operations, routes};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(contacts::get_audience))
        .routes(routes!(contacts::list_contacts, contacts::create_contact))
        .routes(routes!(contacts::get_contact, contacts::update_contact))
        .routes(routes!(contacts::upsert_contacts))
        .routes(routes!(contacts::opt_out_contact))
        .routes(routes!(contacts::opt_in_contact))
        .routes(routes!(
            attributes::list_attributes,
            attributes::create_attribute
        ))
        .routes(routes!(attributes::update_attribute))
        .routes(routes!(attributes::list_accounts))
        .routes(routes!(segments::list_segments, segments::create_segment))
        .routes(routes!(segments::count_segment))
        .routes(routes!(
            segments::get_segment,
            segments::update_segment,
            segments::remove_segment
        ))
}
