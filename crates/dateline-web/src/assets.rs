//! Style sheet and script, each one file for the browser and one file a family of pages here.
//!
//! Their addresses carry a word made from what they hold, so a browser may keep them for good.

use axum::extract::RawQuery;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// The look, in the order in which later rules win.
const STYLES: &[&str] = &[
    dateline_brief::html::STYLE,
    dateline_draw::STYLE,
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/shell.css"),
    include_str!("../assets/css/article.css"),
    include_str!("../assets/css/draw.css"),
    include_str!("../assets/css/desk.css"),
    include_str!("../assets/css/story.css"),
    include_str!("../assets/css/brief.css"),
    include_str!("../assets/css/add.css"),
];

/// What a script adds; each file is a whole of its own.
const SCRIPTS: &[&str] = &[
    include_str!("../assets/js/commands.js"),
    include_str!("../assets/js/keys.js"),
    include_str!("../assets/js/brief.js"),
    include_str!("../assets/js/search.js"),
    include_str!("../assets/js/add.js"),
];

static STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::new(STYLES, "/assets/site.css", "text/css; charset=utf-8"));
static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(SCRIPTS, "/assets/app.js", "text/javascript; charset=utf-8"));

struct Asset {
    text: String,
    word: String,
    address: String,
    kind: &'static str,
}

impl Asset {
    fn new(parts: &[&str], path: &str, kind: &'static str) -> Asset {
        let text = parts.join("\n");
        let word = word(text.as_bytes());
        Asset { address: format!("{path}?v={word}"), text, word, kind }
    }

    /// The file; for good where it was asked for by the address that names what it holds.
    fn answer(&self, query: Option<&str>, headers: &HeaderMap) -> Response {
        let tag = format!("\"{}\"", self.word);
        let named = query.and_then(|q| q.strip_prefix("v=")) == Some(self.word.as_str());
        let keep = if named { "max-age=31536000, immutable" } else { "no-cache" };
        let head = [
            (header::CONTENT_TYPE, self.kind.to_owned()),
            (header::CACHE_CONTROL, keep.to_owned()),
            (header::ETAG, tag.clone()),
        ];
        let known = headers.get(header::IF_NONE_MATCH).is_some_and(|t| t.as_bytes() == tag.as_bytes());
        if known { (StatusCode::NOT_MODIFIED, head).into_response() } else { (head, self.text.clone()).into_response() }
    }
}

/// FNV-1a, 64 bits: tells one build's file from another's, guards nothing.
fn word(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

pub(crate) async fn style(RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    STYLE.answer(query.as_deref(), &headers)
}

pub(crate) async fn script(RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    SCRIPT.answer(query.as_deref(), &headers)
}

/// Where the style sheet of this build is.
pub(crate) fn style_address() -> &'static str {
    &STYLE.address
}

/// Where the script of this build is.
pub(crate) fn script_address() -> &'static str {
    &SCRIPT.address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_keeps_what_the_address_names_and_asks_again_for_the_rest() {
        let asset = Asset::new(&["a", "b"], "/x", "text/css");
        let keep = |query: Option<&str>, headers: &HeaderMap| {
            let answer = asset.answer(query, headers);
            (answer.status(), answer.headers()[header::CACHE_CONTROL].to_str().unwrap_or("").to_owned())
        };
        let none = HeaderMap::new();
        let query = asset.address.split_once('?').map(|(_, q)| q);
        assert_eq!(keep(query, &none), (StatusCode::OK, "max-age=31536000, immutable".to_owned()));
        assert_eq!(keep(Some("v=other"), &none), (StatusCode::OK, "no-cache".to_owned()));
        let held = HeaderMap::from_iter([(header::IF_NONE_MATCH, format!("\"{}\"", asset.word).parse().unwrap())]);
        assert_eq!(keep(None, &held).0, StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn another_text_is_another_word() {
        assert_eq!(word(b""), "cbf29ce484222325");
        assert_ne!(word(b"a"), word(b"b"));
    }
}
