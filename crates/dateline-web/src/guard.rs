//! What holds for every answer: only our own names are answered, and only those who may look; a page may load and run
//! nothing but our own style sheet and script, and no script of ours may make markup from text.

use crate::api::Problem;
use crate::error::Failed;
use crate::keys;
use crate::packed;
use crate::pages::frame::{self, Asked};
use crate::pages::login;
use crate::shelf::Shelf;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// Of the pages' policy, what comes after the scripts: `nonce` names ours, another in each answer.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

/// Headers of every answer that says nothing else itself.
const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // nothing is told to other sites; our own forms must be able to say where they come from
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    // a library changes under the reader, and is for no proxy to keep
    ("cache-control", "private, no-cache"),
];

/// Refuses foreign names and who gave no password where one is wanted, and sets the headers.
pub(crate) async fn guard(State(shelf): State<Shelf>, request: Request, next: Next) -> Response {
    let Ok(nonce) = keys::word() else { return Failed::Fault.into_response() };
    let pack = packed::wanted(request.method(), request.headers());
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    let mut response = if shelf.listening.answers(host) {
        let admitted = shelf.gate.as_ref().map(|g| g.knows(request.headers()));
        let asked = Asked {
            path: request.uri().path().to_owned(),
            nonce: nonce.clone(),
            token: shelf.keys.form().to_owned(),
            library: (admitted != Some(false)).then(|| shelf.folder.clone()),
            locks: admitted == Some(true),
        };
        frame::answering(asked, async {
            match turned_away(&request, admitted) {
                Some(answer) => answer,
                None => next.run(request).await,
            }
        })
        .await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "This server does not answer to this name; `serve --name` gives it one.")
            .into_response()
    };
    let html = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        if let Ok(policy) = HeaderValue::from_str(&format!("script-src 'nonce-{nonce}'; {POLICY}")) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        let (name, cookie) = shelf.keys.set_cookie();
        if let Some(cookie) = HeaderValue::from_str(&cookie).ok().filter(|_| html && !headers.contains_key(&name)) {
            headers.insert(name, cookie);
        }
    }
    for (name, value) in HEADERS {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    if pack { packed::packed(response).await } else { response }
}

/// The answer to who may not look: `admitted` is `None` where no password is wanted.
fn turned_away(request: &Request, admitted: Option<bool>) -> Option<Response> {
    let path = request.uri().path();
    if admitted != Some(false) || path == "/login" || path.starts_with("/assets/") {
        return None;
    }
    if path.starts_with("/api/") {
        let why = "This library has a password; /login takes it and gives a cookie.";
        return Some(Problem::new(StatusCode::UNAUTHORIZED, why).into_response());
    }
    let to = request.uri().path_and_query().map_or("/", |p| p.as_str());
    Some(Redirect::to(&login::address(if request.method() == Method::GET { to } else { "/" })).into_response())
}
