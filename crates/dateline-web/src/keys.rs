//! Who may change the library through a browser: a page of ours, in a browser that holds our cookie.
//!
//! Another site can make a browser send a form here. It cannot read our pages, so it does not know the word that each of
//! our forms carries; the browser does not send it our cookie (`SameSite=Strict`), and says where the form came from.

use crate::error::Failed;
use axum::http::{HeaderMap, HeaderName, header};
use std::hint::black_box;

const COOKIE: &str = "dateline-hand";

/// Two words that no one can guess, made when the server starts. The cookie's is another than the form's because
/// servers on other ports of this machine are sent our cookies.
#[derive(Debug)]
pub(crate) struct Keys {
    form: String,
    cookie: String,
}

impl Keys {
    /// New words.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub(crate) fn new() -> std::io::Result<Keys> {
        Ok(Keys { form: word()?, cookie: word()? })
    }

    /// What each form carries.
    pub(crate) fn form(&self) -> &str {
        &self.form
    }

    /// The header that gives a browser our cookie.
    pub(crate) fn set_cookie(&self) -> (HeaderName, String) {
        (header::SET_COOKIE, format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie))
    }

    /// Refuses a form that is not from a page of ours.
    pub(crate) fn check(&self, headers: &HeaderMap, form: &str) -> Result<(), Failed> {
        let text = |name: HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
        let host = text(header::HOST).unwrap_or_default();
        // behind a proxy that speaks TLS the browser says https
        let mine = |o: &str| o.strip_prefix("http://").or_else(|| o.strip_prefix("https://")) == Some(host);
        let origin = text(header::ORIGIN).is_none_or(mine);
        let site = text(HeaderName::from_static("sec-fetch-site")).is_none_or(|s| s == "same-origin");
        let cookies = text(header::COOKIE).unwrap_or_default().split("; ");
        let held = cookies.filter_map(|c| c.split_once('=')).find(|(name, _)| *name == COOKIE);
        let known = same(held.map_or("", |(_, value)| value), &self.cookie) & same(form, &self.form);
        if origin && site && known { Ok(()) } else { Err(Failed::Refused) }
    }
}

/// 32 random bytes in hexadecimal digits.
pub(crate) fn word() -> std::io::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| std::io::Error::other(e.to_string()))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Whether two words are the same; takes as long for a near miss as for a far one.
pub(crate) fn same(given: &str, right: &str) -> bool {
    let differing = given.bytes().zip(right.bytes()).fold(0u8, |d, (a, b)| black_box(d | (a ^ b)));
    black_box(differing) == 0 && given.len() == right.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.clone(), HeaderValue::from_str(v).unwrap())).collect()
    }

    #[test]
    fn only_our_own_forms_are_taken() {
        let keys = Keys::new().unwrap();
        let cookie = format!("other=1; {COOKIE}={}", keys.cookie);
        let ours = [(header::HOST, "127.0.0.1:8470"), (header::COOKIE, cookie.as_str())];
        assert!(keys.check(&headers(&ours), keys.form()).is_ok());
        assert!(keys.check(&headers(&ours), "").is_err());
        assert!(keys.check(&headers(&ours), &keys.cookie).is_err());
        assert!(keys.check(&headers(&ours[..1]), keys.form()).is_err());
        let site = HeaderName::from_static("sec-fetch-site");
        for (name, value, right) in [
            (header::ORIGIN, "http://127.0.0.1:8470", true),
            (header::ORIGIN, "http://127.0.0.1:9000", false),
            (header::ORIGIN, "https://evil.example", false),
            (header::ORIGIN, "null", false),
            (site.clone(), "same-origin", true),
            (site, "cross-site", false),
        ] {
            let mut all = ours.to_vec();
            all.push((name, value));
            assert_eq!(keys.check(&headers(&all), keys.form()).is_ok(), right, "{value}");
        }
    }

    #[test]
    fn words_are_compared_whole() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("ab", "abc") && !same("abcd", "abc") && !same("", "a"));
    }
}
