//! The page that asks for the password, and the way out.

use super::{encoded, frame};
use crate::error::Failed;
use crate::gate::{Tried, cookie};
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::net::SocketAddr;

/// Where to go when the password is right.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    to: String,
}

/// What the form says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    token: String,
    password: String,
    to: String,
}

#[derive(Template)]
#[template(path = "login.html")]
struct Page {
    to: String,
    problem: Option<String>,
}

/// The address of the form that leads back to `path`.
pub(crate) fn address(path: &str) -> String {
    format!("/login?to={}", encoded(path))
}

pub(crate) async fn page(Query(asked): Query<Asked>) -> Result<Response, Failed> {
    form(asked.to, None)
}

fn form(to: String, problem: Option<String>) -> Result<Response, Failed> {
    Ok(frame::set(&Page { to, problem })?.into_response())
}

/// Looks at the password.
pub(crate) async fn enter(
    State(shelf): State<Shelf>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Failed> {
    shelf.keys.check(&headers, &given.token)?;
    let Some(gate) = shelf.gate.clone() else { return Ok(Redirect::to("/").into_response()) };
    let Given { password, to, .. } = given;
    let tried = tokio::task::spawn_blocking(move || gate.tries(from.ip(), &password)).await;
    let (status, wait, words) = match tried {
        Ok(Tried::Admitted(word)) => return Ok(([cookie(&word)], Redirect::to(local(&to))).into_response()),
        Ok(Tried::Wrong) => (StatusCode::FORBIDDEN, None, "This is not the password of the library.".to_owned()),
        Ok(Tried::Wait(seconds)) => {
            let words = format!("Too many passwords were wrong. The next is looked at in {seconds} s.");
            (StatusCode::TOO_MANY_REQUESTS, Some((header::RETRY_AFTER, seconds.to_string())), words)
        }
        Ok(Tried::Fault) | Err(_) => return Err(Failed::Fault),
    };
    let mut answer = form(to, Some(words))?;
    *answer.status_mut() = status;
    if let Some((name, value)) = wait.and_then(|(n, v)| Some((n, v.parse().ok()?))) {
        answer.headers_mut().insert(name, value);
    }
    Ok(answer)
}

/// Forgets the browser.
pub(crate) async fn leave(
    State(shelf): State<Shelf>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Failed> {
    shelf.keys.check(&headers, &given.token)?;
    if let Some(gate) = &shelf.gate {
        gate.leaves(&headers);
    }
    Ok(([cookie("")], Redirect::to("/login")).into_response())
}

/// The address if it is one of ours.
fn local(to: &str) -> &str {
    let ours = to.starts_with('/') && !to.starts_with("//") && to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if ours { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_our_own_addresses_are_gone_to() {
        assert_eq!(local("/story/s1?since=2026"), "/story/s1?since=2026");
        for other in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nSet-Cookie: b", "", "story"] {
            assert_eq!(local(other), "/", "{other}");
        }
    }
}
