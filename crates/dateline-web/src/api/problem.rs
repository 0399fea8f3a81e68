//! Errors as problem details (RFC 9457).

use crate::error::Failed;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dateline_store::ErrorKind;
use serde_json::json;

/// Why a question has no answer.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    /// In words, for the one who asked.
    detail: String,
    /// The character of a query at which it is wrong.
    position: Option<usize>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem { status, detail: detail.into(), position: None }
    }

    /// A question that cannot be understood.
    pub(crate) fn asked(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, detail)
    }
}

impl From<Failed> for Problem {
    fn from(failed: Failed) -> Problem {
        let position = match &failed {
            Failed::Store(e) => match e.kind() {
                ErrorKind::Query(wrong) => Some(wrong.position),
                _ => None,
            },
            _ => None,
        };
        let (status, detail) = failed.told();
        Problem { status, detail, position }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": "about:blank", "title": self.status.canonical_reason(), "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(position) = self.position {
            body["position"] = json!(position);
        }
        (self.status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

pub(crate) async fn nowhere() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no question at this address; /api lists them.")
}

pub(crate) async fn method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "Questions are asked with GET.")
}
