//! The characters of a feed.

use crate::encoding::{Label, Twice, judge, twice};
use std::borrow::Cow;

/// How far into a feed its declaration stands.
const REACH: usize = 200;

/// The text of a feed: its encoding judged by header, declaration and bytes, and what was encoded twice read as it was
/// meant. With a note where either was needed.
pub(super) fn decode<'a>(bytes: &'a [u8], header: Option<&str>) -> (Cow<'a, str>, Option<String>) {
    let declared = declared(bytes);
    let labels = [("the header", header), ("the feed", declared.as_deref())];
    let labels = labels.iter().filter_map(|(by, name)| Some(Label { by, name: (*name)? }));
    let judged = judge(bytes, &labels.collect::<Vec<_>>());
    let body = bytes.get(judged.skip..).unwrap_or_default();
    let (text, _) = judged.encoding.decode_without_bom_handling(body);
    match twice(&text) {
        Twice::No => (text, judged.note),
        Twice::Parts => (text, Some("parts of the feed were encoded twice and are left as they stand".to_owned())),
        Twice::All(found) => {
            let mut out = String::with_capacity(text.len());
            let mut at = 0;
            for (start, end, meant) in found {
                out.push_str(text.get(at..start).unwrap_or_default());
                out.push(meant);
                at = end;
            }
            out.push_str(text.get(at..).unwrap_or_default());
            (Cow::Owned(out), Some("the feed was encoded twice, and was read as it was meant".to_owned()))
        }
    }
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..REACH).unwrap_or(bytes)).into_owned();
    let declaration = start.split("?>").next().filter(|d| d.contains("<?xml"))?;
    let (_, value) = declaration.split_once("encoding")?.1.split_once('=')?;
    let value = value.trim_start().strip_prefix(['"', '\''])?;
    value.split(['"', '\'']).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_right_whatever_the_feed_says() {
        let russian = "<rss><item><title>Мэр города открыл новый мост через реку</title></item></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        let says =
            |name: &str, bytes: &[u8]| [format!("<?xml version='1.0' encoding='{name}'?>").as_bytes(), bytes].concat();
        for (feed, header, noted) in [
            (says("windows-1251", &bytes), None, false),
            (says("utf-8", &bytes), None, true),
            (bytes.to_vec(), None, false),
            (bytes.to_vec(), Some("utf-8"), true),
            (says("windows-1251", russian.as_bytes()), None, true),
            (russian.as_bytes().to_vec(), None, false),
        ] {
            let (text, note) = decode(&feed, header);
            assert!(text.contains("Мэр города открыл новый мост через реку"), "{text}");
            assert_eq!(note.is_some(), noted, "{note:?}");
        }
        let (twisted, _) = encoding_rs::WINDOWS_1251.decode_without_bom_handling(russian.as_bytes());
        let (text, note) = decode(twisted.as_bytes(), None);
        assert_eq!(text, russian);
        assert!(note.unwrap().contains("twice"));
    }
}
