//! What a person sees when something is not there or went wrong.

use crate::pages::frame;
use crate::shelf::Shelf;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use dateline_store::{ErrorKind, StoreError};

/// Why a page cannot be shown.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The library says why.
    Store(StoreError),
    /// A form that is not from a page of ours, or says nothing we know.
    Refused,
    /// A page of ours could not be set, or a thread was lost.
    Fault,
}

impl From<StoreError> for Failed {
    fn from(e: StoreError) -> Failed {
        Failed::Store(e)
    }
}

impl From<askama::Error> for Failed {
    fn from(_: askama::Error) -> Failed {
        Failed::Fault
    }
}

impl Failed {
    /// The status, and in words what happened.
    pub(crate) fn told(&self) -> (StatusCode, String) {
        let status = match self {
            Failed::Store(e) => match e.kind() {
                ErrorKind::NotFound { .. } => StatusCode::NOT_FOUND,
                ErrorKind::Query(_) | ErrorKind::Decision(_) | ErrorKind::Ambiguous { .. } => StatusCode::BAD_REQUEST,
                ErrorKind::Busy(_) => StatusCode::CONFLICT,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Failed::Refused => StatusCode::FORBIDDEN,
            Failed::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let words = match self {
            Failed::Store(e) => e.to_string(),
            Failed::Refused => {
                "This form is not from a page of this server as it runs now; load the page again.".to_owned()
            }
            Failed::Fault => "A fault in this program; please report it.".to_owned(),
        };
        (status, words)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let (status, words) = self.told();
        (status, frame::bare("Not shown", &words)).into_response()
    }
}

/// Any other address.
pub(crate) async fn not_found(State(_): State<Shelf>) -> Response {
    (StatusCode::NOT_FOUND, frame::bare("Not found", "There is no page at this address.")).into_response()
}
