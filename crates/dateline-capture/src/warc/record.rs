//! The header block of one record.

/// Named fields of a record, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Header {
    fields: Vec<(String, String)>,
}

impl Header {
    /// Reads a header block, from its `WARC/1.x` line to before its empty line.
    ///
    /// # Errors
    /// Says what is wrong, in words.
    pub(crate) fn parse(block: &[u8]) -> Result<Header, String> {
        let block = String::from_utf8_lossy(block);
        let mut lines = block.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l));
        let version = lines.next().unwrap_or_default();
        if !version.starts_with("WARC/1.") && !version.starts_with("WARC/0.") {
            return Err("it does not start with WARC/1.0 or WARC/1.1".to_owned());
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Ok(Header { fields })
    }

    /// The first field of that name, whatever its case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        field.map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }

    /// Length of the record's content in bytes.
    ///
    /// # Errors
    /// Says what is wrong, in words.
    pub(crate) fn length(&self) -> Result<u64, String> {
        let written = self.get("Content-Length").ok_or("Content-Length is missing")?;
        let digits = written.bytes().all(|b| b.is_ascii_digit());
        let length = if digits { written.parse().ok() } else { None };
        length.ok_or_else(|| format!("Content-Length is {:?}", written.chars().take(40).collect::<String>()))
    }

    /// The page's address, without the angle brackets that some writers put around it.
    pub(crate) fn url(&self) -> Option<String> {
        let uri = self.get("WARC-Target-URI")?.trim_start_matches('<').trim_end_matches('>');
        crate::limits::field(uri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_whatever_their_case() {
        let h = Header::parse(
            b"WARC/1.1\r\nwarc-type: response\r\nWARC-Target-URI: <http://a.test/>\r\nX: a\r\n b\r\ncontent-length: 7",
        )
        .unwrap();
        assert_eq!((h.get("WARC-Type"), h.get("x")), (Some("response"), Some("a b")));
        assert_eq!((h.url().as_deref(), h.length()), (Some("http://a.test/"), Ok(7)));
    }

    #[test]
    fn lengths_that_are_none_are_refused() {
        for bad in ["-5", "", "1e3", "+5", "99999999999999999999999"] {
            let h = Header::parse(format!("WARC/1.0\r\nContent-Length: {bad}").as_bytes()).unwrap();
            assert!(h.length().is_err(), "{bad}");
        }
        assert!(Header::parse(b"HTTP/1.1 200 OK").is_err());
    }
}
