//! Keeps captures: one gzip member a record, one file a month, appended to and never changed.

use super::own;
use super::reader::Records;
use crate::{Capture, CaptureError, ErrorKind, Source};
use flate2::{Compression, GzBuilder};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Where a capture was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// Name of the file within the folder ("2026-11.warc.gz").
    pub file: String,
    /// Byte offset of its gzip member.
    pub offset: u64,
    /// Length of the member in bytes.
    pub length: u64,
}

/// A half-written end that was cut off when a file was opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The file's name within the folder.
    pub file: String,
    /// Where it was cut.
    pub offset: u64,
    /// How many bytes were cut off.
    pub bytes: u64,
}

/// The records of a capture as they will stand in a file.
#[derive(Debug)]
pub struct Sealed {
    /// The file that it was taken out of.
    original: Option<Vec<u8>>,
    record: Vec<u8>,
}

/// Appends captures to the month's file of a folder. There must be one writer a folder; the caller sees to that.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use dateline_capture::{Capture, Payload, Source, warc};
/// let folder = tempfile::tempdir()?;
/// let page = Capture::new(b"<p>Rain fell in Testburg.</p>".to_vec(), Payload::Html, Source::default());
/// let mut writer = warc::Writer::open(folder.path(), "2026-11-21T10:00:00Z", |_| 0)?;
/// let place = writer.append(&page)?;
/// writer.sync()?; // only now it is kept
/// assert_eq!(warc::read_at(&folder.path().join(&place.file), place.offset)?, page);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    name: String,
    added: String,
    file: File,
    end: u64,
    repaired: Option<Repaired>,
}

impl Writer {
    /// Opens (or starts) the file of the month of `now`, a time as `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// `known` gives, for a file's name, the offset up to which its records are known to be whole (0 where nothing
    /// is known); what follows is checked, and a half-written last record, left by a crash, is cut off.
    ///
    /// # Errors
    /// Where the folder or file cannot be used, or `now` is no such time.
    pub fn open(folder: &Path, now: &str, known: impl Fn(&str) -> u64) -> Result<Writer, CaptureError> {
        let month = now.get(..7).filter(|m| m.len() == 7 && m.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
        let Some(month) = month else {
            return Err(failed(folder, &io::Error::new(io::ErrorKind::InvalidInput, format!("{now:?} is no time"))));
        };
        let name = format!("{month}.warc.gz");
        let path = folder.join(&name);
        let fail = |e: io::Error| failed(&path, &e);
        fs::create_dir_all(folder).map_err(fail)?;
        let repaired = if path.exists() { repair(&path, known(&name))? } else { None };
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&path).map_err(fail)?;
        let end = file.seek(SeekFrom::End(0)).map_err(fail)?;
        let mut writer = Writer { path: path.clone(), name, added: now.to_owned(), file, end, repaired };
        if end == 0 {
            let about = compress(&own::about(now)).map_err(fail)?;
            writer.write(&about)?;
            writer.sync()?;
            // The folder's entry for the new file must survive a crash too; Windows has no such thing to wait for.
            #[cfg(unix)]
            File::open(folder).and_then(|f| f.sync_all()).map_err(fail)?;
        }
        Ok(writer)
    }

    /// What was cut off when the file was opened.
    pub fn repaired(&self) -> Option<&Repaired> {
        self.repaired.as_ref()
    }

    /// Name of the file within the folder.
    pub fn file(&self) -> &str {
        &self.name
    }

    /// Appends a capture. It is kept for certain only after [`Writer::sync`].
    ///
    /// # Errors
    /// Where it cannot be written; the file is then as it was before.
    pub fn append(&mut self, capture: &Capture) -> Result<Written, CaptureError> {
        self.put(&self.seal(capture)?)
    }

    /// Makes the bytes of a capture for [`Writer::put`]; several threads may do so at once.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn seal(&self, capture: &Capture) -> Result<Sealed, CaptureError> {
        let record = own::record(capture, &self.added)
            .map_err(|why| CaptureError::new(capture.source.clone(), ErrorKind::Write(why)))?;
        let compress = |record: &[u8]| compress(record).map_err(|e| failed(&self.path, &e));
        let original = capture.original.as_ref().map(|o| compress(&own::original_record(capture, o, &self.added)));
        Ok(Sealed { original: original.transpose()?, record: compress(&record)? })
    }

    /// Appends a capture as [`Writer::append`] does.
    ///
    /// # Errors
    /// As there.
    pub fn put(&mut self, sealed: &Sealed) -> Result<Written, CaptureError> {
        // the file as it came lies before what was taken out of it: after a crash it may stand alone, never be missing
        let before = self.end;
        if let Some(original) = &sealed.original {
            self.write(original)?;
        }
        let written = self.write(&sealed.record);
        if written.is_err() {
            self.cut(before);
        }
        written
    }

    /// Takes back what was written since the file ended there.
    fn cut(&mut self, end: u64) {
        let _ = self.file.set_len(end);
        self.end = end;
    }

    fn write(&mut self, member: &[u8]) -> Result<Written, CaptureError> {
        if let Err(e) = self.file.write_all(member) {
            self.cut(self.end);
            return Err(failed(&self.path, &e));
        }
        let place = Written { file: self.name.clone(), offset: self.end, length: member.len() as u64 };
        self.end += place.length;
        Ok(place)
    }

    /// Waits until all that was appended lies on the disk.
    ///
    /// # Errors
    /// Where the disk says no; what was appended since the last call may then be lost.
    pub fn sync(&mut self) -> Result<(), CaptureError> {
        self.file.sync_data().map_err(|e| failed(&self.path, &e))
    }
}

fn failed(path: &Path, e: &io::Error) -> CaptureError {
    let source = Source { path: Some(path.to_string_lossy().into_owned()), ..Source::default() };
    let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];
    let kind = if full.contains(&e.kind()) { ErrorKind::NoSpace } else { ErrorKind::Write };
    CaptureError::new(source, kind(e.to_string()))
}

/// One gzip member; without a time or system in its header, so that the same record gives the same bytes.
pub(super) fn compress(record: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::default());
    out.write_all(record)?;
    out.finish()
}

/// Cuts off what a crash left after the last whole record of a file that [`Writer`] wrote; `known` is an offset up to
/// which its records are known to be whole. Damage with whole records after it is left alone: that was no crash.
///
/// # Errors
/// Where the file cannot be read or cut.
pub fn repair(path: &Path, known: u64) -> Result<Option<Repaired>, CaptureError> {
    let size = fs::metadata(path).map_err(|e| failed(path, &e))?.len();
    if known >= size {
        return Ok(None);
    }
    // Where what is not finished begins: damage, or a file that the capture taken out of it does not follow.
    let (mut damage, mut wounds) = (None, 0);
    for record in Records::open(path, known)? {
        match record {
            Ok(r) => (damage, wounds) = (own::original_of(&r.header).is_some().then_some(r.offset), 0),
            // Where nothing is known of the file, records before the last are damaged, not unfinished: they may have
            // been acknowledged, and somebody may mend them.
            Err(e) if known == 0 && wounds > 0 => damage = e.input().offset,
            Err(e) => (damage, wounds) = (damage.or(e.input().offset), 1),
        }
    }
    let Some(offset) = damage.filter(|o| *o < size) else { return Ok(None) };
    let file = OpenOptions::new().write(true).open(path).map_err(|e| failed(path, &e))?;
    file.set_len(offset).and_then(|()| file.sync_all()).map_err(|e| failed(path, &e))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Some(Repaired { file, offset, bytes: size - offset }))
}

#[cfg(test)]
mod tests {
    use super::super::read_at;
    use super::*;
    use crate::{Given, Limits, Original, Payload, read};

    const NOW: &str = "2026-11-21T10:00:00Z";

    fn pages() -> Vec<Capture> {
        let source = Source {
            path: Some("a b/ż.html".into()),
            url: Some("https://post.test/1".into()),
            captured: Some("2024-01-26T10:06:00+02:00".into()),
            offset: Some(7),
            ..Source::default()
        };
        let given = Given { title: Some("Two\nlines: \"x\"".into()), bylines: vec!["Jo".into()], ..Given::default() };
        let page = Capture { given, ..Capture::new(b"<p>one".to_vec(), Payload::Html, source) };
        let named = Capture { id: "mine".into(), ..Capture::new(b"two".to_vec(), Payload::Article, Source::default()) };
        vec![page, named, Capture::new(Vec::new(), Payload::FeedItem, Source::default())]
    }

    fn write(folder: &Path) -> Vec<Written> {
        let mut writer = Writer::open(folder, NOW, |_| 0).unwrap();
        let places = pages().iter().map(|p| writer.append(p).unwrap()).collect();
        writer.sync().unwrap();
        places
    }

    #[test]
    fn captures_come_back_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        let places = write(dir.path());
        for (place, page) in places.iter().zip(pages()) {
            assert_eq!(read_at(&dir.path().join(&place.file), place.offset).unwrap(), page);
        }
        let all: Vec<Capture> = read(dir.path(), &Limits::default()).map(Result::unwrap).collect();
        assert_eq!(all, pages());
        assert!(read_at(&dir.path().join("2026-11.warc.gz"), 3).is_err());
    }

    #[test]
    fn the_file_that_a_capture_was_taken_out_of_is_kept_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let original = Original { media_type: "application/pdf".into(), bytes: b"%PDF-1.7 \x00\xff".to_vec() };
        let page = Capture { original: Some(original.clone()), ..pages().remove(0) };
        let mut writer = Writer::open(dir.path(), NOW, |_| 0).unwrap();
        let place = writer.append(&page).unwrap();
        writer.sync().unwrap();
        let path = dir.path().join(&place.file);
        assert_eq!(read_at(&path, place.offset).unwrap(), Capture { original: None, ..page.clone() });
        let records: Vec<_> = Records::open(&path, 0).unwrap().map(Result::unwrap).collect();
        let kept: Vec<_> = records.iter().filter_map(|r| r.original()).collect();
        assert_eq!(kept, [(page.id.as_str(), original)]);
        let read: Vec<Capture> = read(dir.path(), &Limits::default()).map(Result::unwrap).collect();
        assert_eq!(read, [page], "the file comes back with what was taken out of it");
    }

    #[test]
    fn the_same_captures_give_the_same_file() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(a.path());
        write(b.path());
        let file = |d: &Path| fs::read(d.join("2026-11.warc.gz")).unwrap();
        assert_eq!(file(a.path()), file(b.path()));
    }

    #[test]
    fn a_half_written_end_is_cut_off_wherever_the_crash_came() {
        let dir = tempfile::tempdir().unwrap();
        let places = write(dir.path());
        let path = dir.path().join("2026-11.warc.gz");
        let whole = fs::read(&path).unwrap();
        let last = places.last().unwrap();
        for cut in last.offset + 1..whole.len() as u64 {
            fs::write(&path, &whole[..cut as usize]).unwrap();
            let mut writer = Writer::open(dir.path(), NOW, |_| places[1].offset).unwrap();
            let repaired = writer.repaired().cloned().unwrap();
            assert_eq!((repaired.offset, repaired.bytes), (last.offset, cut - last.offset));
            writer.append(pages().last().unwrap()).unwrap();
            assert_eq!(fs::read(&path).unwrap(), whole);
        }
        // Some file systems leave zeros where data was to come.
        fs::write(&path, [whole.as_slice(), &[0; 100]].concat()).unwrap();
        assert_eq!(Writer::open(dir.path(), NOW, |_| 0).unwrap().repaired().unwrap().bytes, 100);
    }

    #[test]
    fn a_record_that_was_altered_says_so_though_its_member_is_whole() {
        use super::super::Seal;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("2026-11.warc.gz");
        let record = own::record(&pages()[0], NOW).unwrap();
        let seal = |bytes: &[u8]| {
            fs::write(&path, compress(bytes).unwrap()).unwrap();
            Records::open(&path, 0).unwrap().next().unwrap().unwrap().seal()
        };
        assert_eq!(seal(&record), Seal::Capture(pages()[0].id.clone()));
        let text = String::from_utf8(record).unwrap();
        for (was, is) in [("<p>one", "<p>two"), ("post.test/1\"", "post.test/2\""), ("sha256:", "sha256:0")] {
            assert!(matches!(seal(text.replace(was, is).as_bytes()), Seal::Broken(_)), "{was}");
        }
        assert_eq!(seal(&own::about(NOW)), Seal::About);
        let foreign = "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n";
        assert_eq!(seal(foreign.as_bytes()), Seal::Foreign);
    }

    #[test]
    fn a_file_whose_capture_did_not_come_to_be_written_is_cut_off_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let original = Original { media_type: "application/pdf".into(), bytes: b"%PDF-1.7 \x00\xff".to_vec() };
        let page = Capture { original: Some(original), ..pages().remove(0) };
        let mut writer = Writer::open(dir.path(), NOW, |_| 0).unwrap();
        writer.append(&pages()[1]).unwrap();
        let before = writer.end;
        let place = writer.append(&page).unwrap();
        let path = dir.path().join(&place.file);
        let whole = fs::read(&path).unwrap();
        for (known, cut) in
            [(0, place.offset), (0, place.offset + 20), (before, place.offset), (before, place.offset - 7)]
        {
            fs::write(&path, &whole[..cut as usize]).unwrap();
            let mut writer = Writer::open(dir.path(), NOW, |_| known).unwrap();
            assert_eq!(writer.repaired().map(|r| r.offset), Some(before));
            writer.append(&page).unwrap();
            assert_eq!(fs::read(&path).unwrap(), whole);
        }
    }

    #[test]
    fn where_nothing_is_known_damage_before_the_last_record_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let places = write(dir.path());
        let path = dir.path().join("2026-11.warc.gz");
        let mut bytes = fs::read(&path).unwrap();
        bytes[places[1].offset as usize + 30] ^= 0xff;
        bytes.pop();
        let cut = |known: u64| {
            fs::write(&path, &bytes).unwrap();
            repair(&path, known).unwrap().map(|r| r.offset)
        };
        assert_eq!(cut(0), Some(places[2].offset));
        assert_eq!(cut(places[1].offset), Some(places[1].offset), "what is past the known end was never acknowledged");
    }

    #[test]
    fn damage_in_the_middle_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let places = write(dir.path());
        let path = dir.path().join("2026-11.warc.gz");
        let mut bytes = fs::read(&path).unwrap();
        bytes[places[0].offset as usize + 30] ^= 0xff;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(Writer::open(dir.path(), NOW, |_| 0).unwrap().repaired(), None);
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}
