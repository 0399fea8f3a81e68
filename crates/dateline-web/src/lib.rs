//! The library in a browser: routes, templates, the style sheet. No SQL, no analysis, no request to anywhere else.
//!
//! Pages are made on the server and need no script; where one runs it adds keys and a list of commands. Other machines
//! are answered where the library has a password.

mod adding;
mod api;
mod assets;
mod error;
mod gate;
mod guard;
mod hosts;
mod keys;
mod packed;
mod pages;
pub mod password;
mod sent;
pub mod shapes;
mod shelf;
pub mod telling;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use dateline_store::Library;
use shelf::Shelf;
use std::net::SocketAddr;

pub use adding::{Add, Became, Came, Hands, Upload};
pub use hosts::Listening;

/// Serves the library until the process is asked to stop; `ready` is told the address, and `hands` are what the program
/// does for its pages.
///
/// # Errors
/// Where the address cannot be had, or other machines reach it and the library has no password.
pub fn serve(
    library: Library,
    listening: Listening,
    hands: Hands,
    ready: impl FnOnce(SocketAddr),
) -> std::io::Result<()> {
    let shelf = Shelf::new(library, listening, hands)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(shelf.listening.at).await?;
        ready(listener.local_addr()?);
        let service = router(shelf).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stopped()).await
    })
}

async fn stopped() {
    // Without a handler the process simply ends, which loses nothing: a decision is one line, whole or not there.
    let _ = tokio::signal::ctrl_c().await;
}

fn router(shelf: Shelf) -> Router {
    Router::new()
        .route("/", get(pages::today::page))
        .route("/seen", post(pages::today::mark))
        .route("/story/{id}", get(pages::story::page))
        .route("/storyline/{id}", get(pages::storyline::page))
        .route("/storylines", get(pages::storylines::page))
        .route("/story/{id}/decide", post(pages::hand::decide))
        .route("/article/{id}", get(pages::article::page))
        .route("/capture/{id}", get(pages::capture::page))
        .route("/capture/{id}/page", get(pages::capture::whole))
        .route("/who", get(pages::person::page))
        .route("/figures", get(pages::figures::page))
        .route("/who/decide", post(pages::person::decide))
        .route("/place", get(pages::place::page))
        .route("/search", get(pages::search::page))
        .route("/login", get(pages::login::page).post(pages::login::enter))
        .route("/logout", post(pages::login::leave))
        .route("/brief", get(pages::briefs::page).post(pages::briefs::take))
        .route("/brief/{id}", get(pages::builder::page).post(pages::builder::change))
        .route("/brief/{id}/{form}", get(pages::brief_out::file))
        .route("/watch", get(pages::watches::page).post(pages::watches::take))
        // counted by hand, to be told in words
        .route("/add", get(pages::add::page).post(pages::add::take).layer(DefaultBodyLimit::disable()))
        .route("/add/{number}", get(pages::added::page))
        .route("/library", get(pages::library::page))
        .route("/library/undo", post(pages::library::undo))
        .route("/assets/site.css", get(assets::style))
        .route("/assets/app.js", get(assets::script))
        .merge(api::router())
        .fallback(error::not_found)
        .layer(axum::middleware::from_fn_with_state(shelf.clone(), guard::guard))
        .with_state(shelf)
}
