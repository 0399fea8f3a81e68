//! Takes captures out of a file of ours as they lie there, byte for byte.

use super::own;
use super::reader::Records;
use super::writer::compress;
use crate::{CaptureError, ErrorKind, Source};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;

/// Where a capture lies in a file that [`super::Writer`] wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The capture's id.
    pub id: String,
    /// The file.
    pub file: PathBuf,
    /// One past the end of the capture before it, or 0: the file that the capture was taken out of lies from here on.
    pub from: u64,
    /// Where the capture's own gzip member starts.
    pub offset: u64,
    /// One past its end.
    pub end: u64,
}

/// The bytes of a capture's gzip member, after those of the file that it was taken out of, where one was kept.
///
/// # Errors
/// Where the file cannot be read, or the capture is not there as it was written.
pub fn copy(place: &Place) -> Result<Vec<u8>, CaptureError> {
    let source = Source {
        path: Some(place.file.to_string_lossy().into_owned()),
        offset: Some(place.offset),
        ..Source::default()
    };
    let damaged = |why: &str| CaptureError::new(source.clone(), ErrorKind::BadRecord(why.to_owned()));
    let record = Records::open(&place.file, place.offset)?.next();
    let record = record.unwrap_or_else(|| Err(damaged("the file ends before it")))?;
    let capture = record.own().ok_or_else(|| damaged("it is not as it was written"))?;
    if capture.id != place.id || record.end != place.end {
        return Err(damaged("another record lies in its place"));
    }
    let from = original(place)?.unwrap_or(place.offset);
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(&place.file)?;
        file.seek(SeekFrom::Start(from))?;
        let length = place.end.saturating_sub(from);
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    };
    read().map_err(|e| CaptureError::io(source.clone(), &e))
}

/// Where the record starts that keeps the file which the capture was taken out of: it is the one before it.
fn original(place: &Place) -> Result<Option<u64>, CaptureError> {
    if place.from >= place.offset {
        return Ok(None);
    }
    let before = Records::open(&place.file, place.from)?;
    let before = before.map_while(Result::ok).take_while(|r| r.offset < place.offset);
    let kept = before.filter(|r| r.end == place.offset && r.original().is_some_and(|(of, _)| of == place.id));
    Ok(kept.last().map(|r| r.offset))
}

/// The gzip member with which a file of such captures starts: what wrote it, and when (`YYYY-MM-DDThh:mm:ssZ`).
///
/// # Errors
/// Where it cannot be compressed.
pub fn about_member(now: &str) -> io::Result<Vec<u8>> {
    compress(&own::about(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warc::Writer;
    use crate::{Capture, Limits, Original, Payload, read};

    #[test]
    fn copied_captures_are_read_as_those_they_were_copied_from() {
        let dir = tempfile::tempdir().unwrap();
        let plain = Capture::new(b"<p>one".to_vec(), Payload::Html, Source::default());
        let original = Original { media_type: "application/pdf".into(), bytes: b"%PDF-1.7".to_vec() };
        let taken = Capture::new(b"two".to_vec(), Payload::Text, Source::default());
        let taken = Capture { original: Some(original), ..taken };
        let now = "2026-11-21T10:00:00Z";
        let mut writer = Writer::open(dir.path(), now, |_| 0).unwrap();
        let pages = [plain, taken];
        let mut from = 0;
        let mut places = Vec::new();
        for page in &pages {
            let w = writer.append(page).unwrap();
            let file = dir.path().join(&w.file);
            places.push(Place { id: page.id.clone(), file, from, offset: w.offset, end: w.offset + w.length });
            from = w.offset + w.length;
        }
        writer.sync().unwrap();
        let mut whole = about_member(now).unwrap();
        whole.extend(places.iter().flat_map(|p| copy(p).unwrap()));
        assert_eq!(whole, std::fs::read(&places[0].file).unwrap(), "all of a file is that file");
        let one = dir.path().join("one.warc.gz");
        std::fs::write(&one, [about_member(now).unwrap(), copy(&places[1]).unwrap()].concat()).unwrap();
        let read: Vec<Capture> = read(&one, &Limits::default()).map(Result::unwrap).collect();
        assert_eq!(read, pages[1..]);

        let wrong = Place { id: places[0].id.clone(), ..places[1].clone() };
        assert!(copy(&wrong).unwrap_err().to_string().contains("another record"));
        let mut bytes = std::fs::read(&places[0].file).unwrap();
        bytes[places[0].offset as usize + 60] ^= 0x55;
        std::fs::write(&places[0].file, bytes).unwrap();
        assert!(copy(&places[0]).is_err(), "a damaged capture is told, not passed on");
    }
}
