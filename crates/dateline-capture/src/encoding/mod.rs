//! Which characters bytes are: what labels say, checked against the bytes.
//!
//! A label is believed only as far as the bytes bear it out. Where it is not, [`Judged::note`] says what was said, what
//! was used, and why: text must never turn into other letters in silence.

mod twice;

pub use twice::{Twice, twice};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, IBM866, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, KOI8_R, KOI8_U, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_874, WINDOWS_1251, WINDOWS_1253, WINDOWS_1255, WINDOWS_1256, X_MAC_CYRILLIC,
};

/// How much of the bytes is looked at to judge a label.
const SAMPLE: usize = 1 << 20;
/// Bytes outside of ASCII from which they say something about their encoding.
const LEAST: usize = 16;
/// The same to tell encodings of one script apart.
const LEAST_OF_SCRIPT: usize = 100;
/// Bytes outside of ASCII that follow each other from which they are a word of a script other than Latin.
const RUN: usize = 4;

/// The encoding to read with.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Length of the byte order mark, in bytes.
    pub skip: usize,
    /// What a reader should know: that a label was wrong, and how that shows.
    pub note: Option<String>,
}

/// A label: who says it, and what.
#[derive(Debug, Clone, Copy)]
pub struct Label<'a> {
    /// Who says so, for the note ("the header").
    pub by: &'static str,
    /// The name of the character set, as written.
    pub name: &'a str,
}

/// Judges bytes and the labels that came with them, the one that counts most first; labels that name no encoding are
/// passed over. A byte order mark counts more than any label.
///
/// ```
/// use dateline_capture::encoding::{Label, judge};
/// let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Мэр города открыл новый мост через реку.");
/// let judged = judge(&bytes, &[Label { by: "the page", name: "utf-8" }]);
/// assert_eq!(judged.encoding, encoding_rs::WINDOWS_1251);
/// assert!(judged.note.unwrap().contains("the page says UTF-8"));
/// ```
pub fn judge(bytes: &[u8], labels: &[Label<'_>]) -> Judged {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return Judged { encoding, skip, note: None };
    }
    let said: Vec<Said> = labels.iter().filter_map(Said::of).collect();
    let (good, bad) = utf8_evidence(bytes);
    let plain = |encoding: &'static Encoding| Judged { encoding, skip: 0, note: None };
    if let Some(encoding) = wide(bytes) {
        return match said.first() {
            Some(s) if s.encoding != encoding => s.wrong(encoding, "every second byte is zero"),
            _ => plain(encoding),
        };
    }
    let said = said.iter().copied().filter(|s| !is_utf16(s.encoding)).collect::<Vec<_>>();
    let escapes = memchr::memmem::find(bytes, b"\x1b$").is_some();
    let Some(first) = said.first().copied() else {
        let detected = bad > 0 && good <= bad * 8 || escapes;
        return plain(if detected { guess(bytes) } else { UTF_8 });
    };
    if bad == 0 && good > 0 {
        return if first.encoding == UTF_8 { plain(UTF_8) } else { first.wrong(UTF_8, "its bytes are valid UTF-8") };
    }
    if first.encoding == UTF_8 {
        // A few broken sequences in much good UTF-8 are damage, not another encoding.
        if bad == 0 && !escapes || good > bad * 8 {
            return plain(UTF_8);
        }
        let found = guess(bytes);
        return if found == UTF_8 { plain(UTF_8) } else { first.wrong(found, "its bytes are not UTF-8") };
    }
    if let Some((found, why)) = contradiction(bytes, first.encoding) {
        return first.wrong(found, why);
    }
    match said.iter().find(|s| s.encoding != first.encoding && s.encoding != UTF_8) {
        Some(other) if guess(bytes) == other.encoding => {
            first.wrong(other.encoding, &format!("{} says so, and its bytes bear it out", other.by))
        }
        _ => plain(first.encoding),
    }
}

/// A label that names an encoding.
#[derive(Debug, Clone, Copy)]
struct Said {
    by: &'static str,
    encoding: &'static Encoding,
}

impl Said {
    fn of(label: &Label<'_>) -> Option<Said> {
        Encoding::for_label(label.name.trim().as_bytes()).map(|encoding| Said { by: label.by, encoding })
    }

    fn wrong(self, found: &'static Encoding, why: &str) -> Judged {
        let (by, said, is) = (self.by, self.encoding.name(), found.name());
        let note = format!("character set mislabelled: {by} says {said}, read as {is}: {why}");
        Judged { encoding: found, skip: 0, note: Some(note) }
    }
}

/// What the bytes look like.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16 without a mark: two bytes of five or more are zero, and all on one side.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..4096).unwrap_or(bytes);
    memchr::memchr(0, start)?;
    let zeros = |side: usize| start.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (high, low) if low * 5 >= start.len() * 2 && high * 20 < low => Some(UTF_16LE),
        (high, low) if high * 5 >= start.len() * 2 && low * 20 < high => Some(UTF_16BE),
        _ => None,
    }
}

/// How many sequences of more than one byte are valid UTF-8, and how many are broken.
fn utf8_evidence(bytes: &[u8]) -> (usize, usize) {
    if std::str::from_utf8(bytes).is_ok() {
        return (usize::from(!bytes.is_ascii()), 0);
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// The script that an encoding of one byte a character was made for.
#[derive(PartialEq)]
enum Script {
    Latin,
    Cyrillic,
    Other,
}

fn script(encoding: &'static Encoding) -> Option<Script> {
    if !encoding.is_single_byte() {
        return None;
    }
    let cyrillic = [WINDOWS_1251, KOI8_R, KOI8_U, IBM866, ISO_8859_5, X_MAC_CYRILLIC];
    let other = [WINDOWS_1253, WINDOWS_1255, WINDOWS_1256, WINDOWS_874, ISO_8859_6, ISO_8859_7, ISO_8859_8];
    Some(match encoding {
        e if cyrillic.contains(&e) => Script::Cyrillic,
        e if other.contains(&e) => Script::Other,
        _ => Script::Latin,
    })
}

/// Where bytes speak against a label other than UTF-8: what they look like, and how that shows.
fn contradiction(bytes: &[u8], label: &'static Encoding) -> Option<(&'static Encoding, &'static str)> {
    let bytes = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut high, mut in_runs) = (0, 0);
    for run in bytes.chunk_by(|a, b| (*a >= 0x80) == (*b >= 0x80)).filter(|run| run[0] >= 0x80) {
        high += run.len();
        in_runs += if run.len() >= RUN { run.len() } else { 0 };
    }
    if high < LEAST {
        return None;
    }
    let found = guess(bytes);
    let koi8 = [KOI8_R, KOI8_U];
    // The two KOI8 have the same letters of Russian.
    if found == label || found == UTF_8 || koi8.contains(&found) && koi8.contains(&label) {
        return None;
    }
    let unreadable = broken(bytes, label);
    if unreadable * 50 > high && unreadable > 4 && broken(bytes, found) * 10 < unreadable {
        return Some((found, "its bytes cannot be what is said"));
    }
    let why = "read as said, its letters would be of the wrong script";
    match (script(label)?, script(found)) {
        (Script::Latin, Some(Script::Latin)) => None,
        (Script::Latin, _) => (in_runs * 2 > high).then_some((found, why)),
        (_, Some(Script::Latin)) => (in_runs * 5 < high).then_some((found, why)),
        (Script::Cyrillic, Some(Script::Cyrillic)) => {
            (high >= LEAST_OF_SCRIPT).then_some((found, "read as said, its letters would make no words"))
        }
        _ => None,
    }
}

/// Characters that cannot be read in an encoding.
fn broken(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    if errors { memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}").count() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252};

    const RUSSIAN: &str = "Мэр города открыл новый мост через реку, и первые машины прошли по нему в пятницу утром. ";
    const FRENCH: &str =
        "Le maire a été réélu à l’unanimité après un débat très animé où l’opposition s’était divisée. ";
    const POLISH: &str =
        "Źródło podało, że łódź dopłynęła do portu późną nocą, a załoga jest już bezpieczna i zdrowa. ";

    fn judged(text: &str, encoding: &'static Encoding, labels: &[&str]) -> Judged {
        let page = format!("<p>{}</p>", text.repeat(4));
        let (bytes, used, _) = encoding.encode(&page);
        assert_eq!(used, encoding);
        let by = ["the header", "the page"];
        let labels: Vec<Label> = labels.iter().zip(by).map(|(name, by)| Label { by, name }).collect();
        judge(&bytes, &labels)
    }

    #[test]
    fn right_labels_are_believed_without_a_word() {
        for (text, encoding, label) in [
            (RUSSIAN, WINDOWS_1251, "windows-1251"),
            (RUSSIAN, KOI8_R, "koi8-r"),
            (RUSSIAN, UTF_8, "utf8"),
            (FRENCH, WINDOWS_1252, "iso-8859-1"),
            (POLISH, WINDOWS_1250, "cp1250"),
            ("記者会見は午前十時に始まり、市長が説明した。", SHIFT_JIS, "shift_jis"),
            ("The mayor opened the bridge.", UTF_8, "windows-1251"),
        ] {
            let judged = judged(text, encoding, &[label]);
            let same = judged.encoding == encoding || text.is_ascii();
            assert!(same && judged.note.is_none(), "{label}: {judged:?}");
        }
    }

    #[test]
    fn wrong_labels_are_found_out_and_told() {
        for (text, encoding, labels) in [
            (RUSSIAN, WINDOWS_1251, &["utf-8"][..]),
            (RUSSIAN, WINDOWS_1251, &["iso-8859-1"]),
            (RUSSIAN, WINDOWS_1251, &["iso-8859-1", "windows-1251"]),
            (RUSSIAN, KOI8_U, &["windows-1251"]),
            (RUSSIAN, UTF_8, &["windows-1251"]),
            (FRENCH, WINDOWS_1252, &["utf-8"]),
            (FRENCH, WINDOWS_1252, &["windows-1251"]),
            (FRENCH, UTF_8, &["iso-8859-15", "utf-8"]),
            ("시장은 금요일에 새 다리를 열었다고 시청이 밝혔다. 첫 차들이 지나갔다.", EUC_KR, &["utf-8"]),
            ("市長在星期五宣布新橋通車,第一批車輛已經通過,市民表示歡迎。", BIG5, &["utf-8"]),
        ] {
            let judged = judged(text, encoding, labels);
            assert_eq!(judged.encoding, encoding, "{labels:?}");
            let note = judged.note.unwrap();
            assert!(
                note.contains(encoding.name()) && note.starts_with("character set mislabelled: the header says"),
                "{note}"
            );
        }
    }

    #[test]
    fn no_label_or_a_strange_one_leaves_it_to_the_bytes() {
        for labels in [&[][..], &["latin-something"]] {
            for (text, encoding) in [(RUSSIAN, WINDOWS_1251), (FRENCH, WINDOWS_1252), (RUSSIAN, UTF_8)] {
                let judged = judged(text, encoding, labels);
                assert_eq!((judged.encoding, judged.note), (encoding, None));
            }
        }
        let japanese = encoding_rs::ISO_2022_JP.encode("記者会見は午前十時に始まった。").0;
        assert_eq!(judge(&japanese, &[]).encoding, encoding_rs::ISO_2022_JP);
    }

    #[test]
    fn utf16_is_told_by_its_mark_or_its_zeros() {
        let page = "<html><p>Žemė dreba, the earth shakes in many places</p></html>";
        let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(judge(&little, &[]).encoding, UTF_16LE);
        assert_eq!(judge(&big, &[]).encoding, UTF_16BE);
        assert!(judge(&little, &[Label { by: "the page", name: "utf-8" }]).note.is_some());
        assert_eq!(judge(&[&[0xff, 0xfe], &little[..]].concat(), &[]).skip, 2);
        assert_eq!(judge(b"plain bytes with a \0 in them", &[Label { by: "x", name: "utf-16" }]).encoding, UTF_8);
    }
}
