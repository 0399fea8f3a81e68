//! The library in a browser: routes, templates, the style sheet. No SQL, no analysis, no request to anywhere else.
//!
//! Pages are made on the server and need no script; where one runs it adds keys and a list of commands. Only loopback is served.

mod assets;
mod error;
mod guard;
mod keys;
mod pages;
mod shelf;

use axum::Router;
use axum::routing::{get, post};
use dateline_store::Library;
use shelf::Shelf;
use std::net::{Ipv4Addr, SocketAddr};

/// Serves the library on 127.0.0.1 until the process is asked to stop; `ready` is told the address, and
/// `clock` the time, ISO 8601, at which something is decided.
///
/// # Errors
/// Where the port cannot be had.
pub fn serve(
    library: Library,
    port: u16,
    clock: fn() -> String,
    ready: impl FnOnce(SocketAddr),
) -> std::io::Result<()> {
    let shelf = Shelf::new(library, clock)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        ready(listener.local_addr()?);
        axum::serve(listener, router(shelf)).with_graceful_shutdown(stopped()).await
    })
}

async fn stopped() {
    // Without a handler the process simply ends, which loses nothing: a decision is one line, whole or not there.
    let _ = tokio::signal::ctrl_c().await;
}

fn router(shelf: Shelf) -> Router {
    Router::new()
        .route("/", get(pages::stories::page))
        .route("/story/{id}", get(pages::story::page))
        .route("/story/{id}/decide", post(pages::hand::decide))
        .route("/article/{id}", get(pages::article::page))
        .route("/capture/{id}", get(pages::capture::page))
        .route("/who", get(pages::person::page))
        .route("/search", get(pages::search::page))
        .route("/assets/site.css", get(assets::style))
        .route("/assets/app.js", get(assets::script))
        .fallback(error::not_found)
        .layer(axum::middleware::from_fn(guard::guard))
        .with_state(shelf)
}
