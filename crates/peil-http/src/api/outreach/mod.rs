//! Waves by mail.

mod plan;
mod sending;
mod wave;

use crate::api::operations::{Operations, routes};

pub(super) fn routes() -> Operations {
    Operations::new()
        .routes(routes!(wave::list_waves, wave::create_wave))
        .routes(routes!(wave::get_wave, wave::update_wave))
        .routes(routes!(plan::plan_wave))
        .routes(routes!(plan::preview_wave))
        .routes(routes!(sending::start_wave))
        .routes(routes!(sending::resend_wave))
        .routes(routes!(sending::stop_wave))
        .routes(routes!(sending::send_wave_test))
        .routes(routes!(sending::list_wave_invitations))
        .routes(routes!(sending::list_sends))
}
