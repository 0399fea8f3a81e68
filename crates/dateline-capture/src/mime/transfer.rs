//! Content-Transfer-Encoding (RFC 2045, 6): what mail does to bytes so that they pass.

use std::borrow::Cow;

/// The bytes of a part, out of their transfer encoding.
pub(super) fn decode<'a>(raw: &'a [u8], encoding: &str) -> Cow<'a, [u8]> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => Cow::Owned(quoted_printable(raw)),
        "base64" => Cow::Owned(base64(raw)),
        _ => Cow::Borrowed(raw),
    }
}

/// Quoted-printable. What breaks its rules stands for itself.
pub(super) fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'=', &raw[at..]) {
        out.extend_from_slice(&raw[at..at + found]);
        at += found;
        let hex = |i: usize| raw.get(at + i).and_then(|b| char::from(*b).to_digit(16));
        if let (Some(high), Some(low)) = (hex(1), hex(2)) {
            out.push((high * 16 + low) as u8);
            at += 3;
            continue;
        }
        // A line that goes on: "=" and only blanks before its end.
        let blank = raw[at + 1..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        match raw.get(at + 1 + blank) {
            Some(b'\n') => at += blank + 2,
            None => at = raw.len(),
            _ => {
                out.push(b'=');
                at += 1;
            }
        }
    }
    out.extend_from_slice(&raw[at..]);
    out
}

/// Base64, of either alphabet. Whatever is no letter of it is passed over; it ends at its padding.
pub(super) fn base64(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() / 4 * 3);
    let (mut bits, mut have) = (0u32, 0);
    for b in raw {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' if have > 0 => {
                // Padding: a joined second text may follow and starts anew.
                (bits, have) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0x00ff_ffff;
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_with_its_breaks() {
        let cases: &[(&str, &str)] = &[
            ("caf=C3=A9 =\r\nam Hafen", "café am Hafen"),
            ("a=3D\"b\" =  \nc", "a=\"b\" c"),
            ("50 = 50, =zz and =", "50 = 50, =zz and "),
            ("", ""),
        ];
        for (raw, want) in cases {
            assert_eq!(quoted_printable(raw.as_bytes()), want.as_bytes(), "{raw}");
        }
    }

    #[test]
    fn base64_with_its_breaks() {
        let cases: &[(&str, &str)] = &[
            ("UmFpbiBmZWxsLg==", "Rain fell."),
            ("UmFp\r\nbiBm ZWxs\tLg", "Rain fell."),
            ("UmFpbg==IGZlbGw=", "Rain fell"),
            ("!!", ""),
        ];
        for (raw, want) in cases {
            assert_eq!(base64(raw.as_bytes()), want.as_bytes(), "{raw}");
        }
    }
}
