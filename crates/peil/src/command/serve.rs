//! `peil serve`: starts Peil on a data folder.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use peil_http::HttpConfig;

use crate::wiring;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Folder in which everything is kept.
    #[arg(long, default_value = "peil-data")]
    data: PathBuf,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:7345")]
    listen: SocketAddr,
}

impl Serve {
    pub(super) async fn run(self) -> Result<(), String> {
        let listener = tokio::net::TcpListener::bind(self.listen)
            .await
            .map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let app = wiring::open(&self.data, &format!("http://{address}")).await?;
        app.start_work();
        let router = peil_http::router(app, HttpConfig::default())
            .into_make_service_with_connect_info::<SocketAddr>();
        println!("ready: http://{address}");
        axum::serve(listener, router)
            .await
            .map_err(|error| error.to_string())
    }
}
