//! The page as it was saved, kept apart from ours: sandboxed, no script, nothing loaded.

use crate::error::Failed;
use crate::shelf::Shelf;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dateline_capture::Payload;

const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

pub(crate) async fn page(State(shelf): State<Shelf>, Path(id): Path<String>) -> Result<Response, Failed> {
    let capture = shelf.ask(move |library| Ok(library.capture(&id)?)).await?;
    let named = capture.source.charset.filter(|c| c.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let (kind, charset) = match capture.payload {
        Payload::Html => ("text/html", named),
        Payload::Text | Payload::Article | Payload::FeedItem => ("text/plain", named.or(Some("utf-8".to_owned()))),
    };
    let content_type = charset.map_or_else(|| kind.to_owned(), |c| format!("{kind}; charset={c}"));
    let headers = [(header::CONTENT_TYPE, content_type), (header::CONTENT_SECURITY_POLICY, POLICY.to_owned())];
    Ok((headers, capture.bytes).into_response())
}
