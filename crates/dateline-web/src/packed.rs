//! Answers packed on the way, where the browser can unpack them: a page is mostly markup, and takes a fifth of its room.

use axum::body::{Body, HttpBody, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Bytes below which packing gains nothing, and above which it takes too long.
const LEAST: u64 = 1_500;
const MOST: u64 = 4 << 20;

/// Whether the one who asks can unpack gzip and wants a body.
pub(crate) fn wanted(method: &Method, headers: &HeaderMap) -> bool {
    let named = |h: &HeaderValue| {
        let codings = h.to_str().unwrap_or("").split(',').map(|c| c.split_once(';').unwrap_or((c, "")));
        codings.into_iter().any(|(coding, weight)| {
            coding.trim().eq_ignore_ascii_case("gzip")
                && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
        })
    };
    *method == Method::GET && headers.get_all(header::ACCEPT_ENCODING).iter().any(named)
}

/// The same answer, packed where it is text of a fit size.
pub(crate) async fn packed(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or("");
    let text = ["text/", "application/json", "application/problem+json", "application/vnd.oai.openapi+json"];
    let fit = response.body().size_hint().exact().is_some_and(|n| (LEAST..=MOST).contains(&n));
    if !fit || !text.iter().any(|t| kind.starts_with(t)) || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    // a body of known size lies in memory, and cannot fail
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Response::from_parts(head, Body::empty()) };
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    let Ok(small) = encoder.write_all(&bytes).and_then(|()| encoder.finish()) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    head.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Response::from_parts(head, Body::from(small))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(value: &str) -> bool {
        wanted(&Method::GET, &HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().unwrap())]))
    }

    #[test]
    fn who_can_unpack_says_so() {
        assert!(accepts("gzip, deflate, br") && accepts("br;q=1.0, GZIP;q=0.5"));
        assert!(!accepts("br") && !accepts("gzip;q=0, br") && !accepts(""));
        assert!(!wanted(&Method::GET, &HeaderMap::new()));
        let gzip = HeaderMap::from_iter([(header::ACCEPT_ENCODING, "gzip".parse().unwrap())]);
        assert!(!wanted(&Method::HEAD, &gzip));
    }

    #[test]
    fn text_comes_back_as_it_was_and_pictures_are_left_alone() {
        let answer = |kind: &'static str, body: String| {
            let response = Response::builder().header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(async {
                let (head, body) = packed(response).await.into_parts();
                (head.headers.contains_key(header::CONTENT_ENCODING), to_bytes(body, usize::MAX).await.unwrap())
            })
        };
        let text = "the harbour board voted ".repeat(200);
        let (packed, bytes) = answer("text/html; charset=utf-8", text.clone());
        let mut back = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut back).unwrap();
        assert!(packed && back == text && bytes.len() < text.len() / 10);
        assert!(!answer("image/png", text.clone()).0 && !answer("text/html", "short".to_owned()).0);
    }
}
