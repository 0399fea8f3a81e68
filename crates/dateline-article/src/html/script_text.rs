//! The article's text as a page gives it to machines alone: `articleBody` in JSON-LD, on pages whose running text is
//! put together by scripts and stands nowhere in the markup.

use super::entities;
use super::lines::Line;
use super::squeeze;
use crate::BlockKind;
use memchr::memmem;

const KEY: &[u8] = b"\"articleBody\"";

/// The paragraphs of the first `articleBody` in a source, each where it stands in the script.
pub(crate) fn lines(source: &str) -> Vec<Line> {
    let Some((start, end)) = memmem::find(source.as_bytes(), KEY).and_then(|at| string(source, at + KEY.len())) else {
        return Vec::new();
    };
    let raw = &source[start..end];
    let mut out = Vec::new();
    let mut at = start;
    for part in raw.split("\\n") {
        let from = at + (part.len() - part.trim_start().len());
        at += part.len() + 2;
        let Ok(text) = serde_json::from_str::<String>(&format!("\"{}\"", part.trim())) else { continue };
        let text = squeeze(&entities::decode(&without_tags(&text), false));
        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
        if chars == 0 {
            continue;
        }
        let to = from + part.trim().len();
        let kind = BlockKind::Paragraph;
        out.push(Line { text, from, to, kind, level: 0, node: 0, first: 0, chars, link_chars: 0 });
    }
    out
}

/// The JSON string that is the value after `at`: where its content begins and ends.
fn string(source: &str, at: usize) -> Option<(usize, usize)> {
    let rest = source.get(at..)?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let start = source.len() - value.len();
    let mut escaped = false;
    let length = value.bytes().position(|b| {
        let ends = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        ends
    })?;
    Some((start, start + length))
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_a_script_keep_their_places() {
        let source = r#"<script type="application/ld+json">{"articleBody" : "The ferry \"Dawn\" sailed.\nIt came <b>back<\/b> &amp; stayed.\n"}</script>"#;
        let lines = lines(source);
        let texts: Vec<&str> = lines.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, ["The ferry \"Dawn\" sailed.", "It came back & stayed."]);
        assert_eq!(&source[lines[0].from..lines[0].to], r#"The ferry \"Dawn\" sailed."#);
        assert!(super::lines(r#"{"articleBody": null}"#).is_empty());
        assert!(super::lines(r#"{"articleBody": "never closed"#).is_empty());
    }
}
