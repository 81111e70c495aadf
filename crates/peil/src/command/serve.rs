//! `peil serve`: starts Peil on a data folder.

use std::{io::IsTerminal, net::SocketAddr, sync::Arc};

use clap::Args;
use peil_http::HttpConfig;
use serde_json::json;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{
    output::Output,
    place::{Place, Reach},
};
use crate::{
    Failure, server,
    settings::{Settings, SettingsProblem, reachable},
    wiring::{self, Opened},
};

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    reach: Reach,
}

impl Serve {
    pub(super) async fn run(self, output: &Output) -> Result<(), Failure> {
        let settings = self.place.load(&self.reach)?.settings;
        log_to_standard_error(&settings)?;
        let listener = server::listen(settings.listen).await?;
        let address = address_of(&listener)?;
        let taken = wiring::take_folder(&settings)?;
        let opened = wiring::open_with(&settings, &settings.public_url_at(address)).await?;
        let asked_to_stop = server::asked_to_stop();
        announce(output, address)?;
        serve_until_stopped(opened, listener, &settings, asked_to_stop).await?;
        drop(taken);
        Ok(())
    }
}

/// Says that requests are answered from now on; scripts wait for this line.
pub(super) fn announce(output: &Output, address: SocketAddr) -> Result<(), Failure> {
    let url = format!("http://{}", reachable(address));
    output.say(&format!("ready: {url}"), &json!({ "ready": url }))
}

/// Answers and works until the program is asked to stop.
pub(super) async fn serve_until_stopped(
    opened: Opened,
    listener: TcpListener,
    settings: &Settings,
    asked_to_stop: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let config = HttpConfig {
        is_behind_tls: opened.app.public_url().starts_with("https://"),
        trusts_proxy: settings.trusts_proxy,
        upload_limit_bytes: Some(u64::from(settings.uploads_limit_mb) * 1_000_000),
    };
    let router = peil_http::router(Arc::clone(&opened.app), config);
    wiring::keep_facts(&opened.app, settings);
    opened.app.start_work();
    let app = Arc::clone(&opened.app);
    let stop = async move {
        asked_to_stop.await;
        tracing::info!("stopping");
        app.stop_work();
    };
    server::serve(listener, router, stop).await;
    opened.close().await
}

pub(super) fn address_of(listener: &TcpListener) -> Result<SocketAddr, Failure> {
    listener
        .local_addr()
        .map_err(|error| Failure::Other(error.to_string()))
}

/// Never answers, addresses or tokens: those who write to the log see to that.
pub(super) fn log_to_standard_error(settings: &Settings) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|_| SettingsProblem::BadValue {
        key: "log",
        value: settings.log.clone(),
        from: "log".to_owned(),
        expected: "a filter such as info or peil_store=debug",
    })?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    Ok(())
}
