//! What a browser, a load balancer and Prometheus may ask the daemon for.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::limits;
use crate::telemetry;

/// Says what keeps the daemon from working; nothing when all is well. May wait for the disk.
pub type Check = Arc<dyn Fn() -> Vec<String> + Send + Sync>;

/// What the pages show.
#[derive(Clone)]
pub struct Web {
    pub metrics: PrometheusHandle,
    pub check: Check,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "could not serve the web page at {address}: {source}; stop whatever has this port, or \
         choose another with web.address"
    )]
    Bind { address: SocketAddr, source: io::Error },
    #[error("the web page is no longer served: {0}; start the gateway again")]
    Serve(#[source] io::Error),
}

/// Takes the port, so that a port in use is known before anything else starts.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|source| Error::Bind { address, source })
}

/// Every page.
pub fn routes(web: Web) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/metrics", get(metrics))
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .with_state(web)
}

/// Serves until the token is cancelled and open requests are answered.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    token: CancellationToken,
) -> Result<(), Error> {
    telemetry::web_started(listener.local_addr().map_err(Error::Serve)?);
    let serving = axum::serve(listener, routes);
    serving.with_graceful_shutdown(token.cancelled_owned()).await.map_err(Error::Serve)
}

async fn home() -> Html<&'static str> {
    Html(HOME)
}

async fn metrics(State(web): State<Web>) -> Response {
    // Rendering many series takes longer than a task may keep others waiting.
    match tokio::task::spawn_blocking(move || web.metrics.render()).await {
        Ok(text) => ([(header::CONTENT_TYPE, METRICS_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn alive() -> &'static str {
    "ok\n"
}

async fn ready(State(web): State<Web>) -> Response {
    let patience = Duration::from_secs(limits::READINESS_SECONDS_MAX);
    let checked = timeout(patience, tokio::task::spawn_blocking(move || (web.check)())).await;
    let reasons = match checked {
        Ok(Ok(reasons)) => reasons,
        Ok(Err(_)) => vec!["the check itself failed; see the log".to_owned()],
        Err(_) => vec!["the store or a directory does not answer; see to its disk".to_owned()],
    };
    let is_ready = reasons.is_empty();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = format!("{}\n", json!({ "ready": is_ready, "reasons": reasons }));
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

impl fmt::Debug for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Web").finish_non_exhaustive()
    }
}

const METRICS_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

const HOME: &str = r#"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>claimgate</title></head>
<body>
<h1>claimgate</h1>
<ul>
<li><a href="/readyz">Is everything working?</a></li>
<li><a href="/healthz">Is it alive?</a></li>
<li><a href="/metrics">Metrics</a></li>
</ul>
</body>
</html>
"#;

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    fn any_port() -> SocketAddr {
        "127.0.0.1:0".parse().expect("an address")
    }

    /// Serves what a check that says `reasons` gives, and asks for a page.
    async fn ask(path: &str, reasons: &[&str]) -> String {
        let recorder = PrometheusBuilder::new().build_recorder();
        ::metrics::with_local_recorder(&recorder, || ::metrics::counter!("seen").increment(1));
        let reasons: Vec<String> = reasons.iter().map(|&reason| reason.to_owned()).collect();
        let check: Check = Arc::new(move || reasons.clone());
        let web = Web { metrics: recorder.handle(), check };
        let listener = bind(any_port()).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let token = CancellationToken::new();
        let serving = tokio::spawn(serve(listener, routes(web), token.clone()));
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("answered");
        token.cancel();
        serving.await.expect("no panic").expect("served");
        answer
    }

    #[tokio::test]
    async fn serves_its_pages() {
        assert!(ask("/", &[]).await.contains("href=\"/metrics\""));
        assert!(ask("/healthz", &[]).await.ends_with("ok\n"));
        let metrics = ask("/metrics", &[]).await;
        assert!(metrics.contains("version=0.0.4") && metrics.contains("seen 1"), "{metrics}");
        assert!(ask("/nothing", &[]).await.starts_with("HTTP/1.1 404"));
    }

    #[tokio::test]
    async fn says_why_it_is_not_ready() {
        let ready = ask("/readyz", &[]).await;
        assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
        assert!(ready.ends_with("{\"ready\":true,\"reasons\":[]}\n"), "{ready}");
        let broken = ask("/readyz", &["the disk is full"]).await;
        assert!(broken.starts_with("HTTP/1.1 503"), "{broken}");
        assert!(broken.contains("the disk is full"), "{broken}");
    }

    #[tokio::test]
    async fn says_that_its_port_is_taken() {
        let taken = bind(any_port()).await.expect("a free port");
        let address = taken.local_addr().expect("an address");
        let error = bind(address).await.expect_err("taken").to_string();
        assert!(error.contains(&address.to_string()) && error.contains("web.address"), "{error}");
    }
}
