//! access

use utoipa_axum::router::OpenApiRouter;

use crate::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
}
