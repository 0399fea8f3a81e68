//! What holds for every answer: only loopback names are answered; a page may load and run nothing but our own style
//! sheet and script, and no script of ours may make markup from text.

use crate::error::Failed;
use crate::keys;
use crate::pages::frame;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

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

/// Refuses foreign host names (a page elsewhere could point its own name at this machine), and sets the headers.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let Ok(nonce) = keys::word() else { return Failed::Fault.into_response() };
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    let path = request.uri().path().to_owned();
    let mut response = if is_loopback(host) {
        frame::answering(path, nonce.clone(), next.run(request)).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "This server answers to 127.0.0.1 and localhost only.").into_response()
    };
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&format!("script-src 'nonce-{nonce}'; {POLICY}"))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in HEADERS {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_loopback_names_are_answered() {
        assert!(is_loopback("127.0.0.1:8470") && is_loopback("localhost") && is_loopback("[::1]:80"));
        assert!(!is_loopback("evil.example:8470") && !is_loopback("127.0.0.1.evil.example") && !is_loopback(""));
    }
}
