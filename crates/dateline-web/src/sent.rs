//! What a browser sends to be added: files and pasted text, streamed to the disk, counted, never held whole.

use crate::adding::{Order, Upload, Without};
use axum::body::{Body, HttpBody};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use std::fs::File;
use std::future::poll_fn;
use std::io::{Seek, Write};
use std::path::Path;
use std::pin::Pin;

/// Bytes of one file.
pub(crate) const FILE: u64 = 256 << 20;
/// Bytes of all that is sent at once.
pub(crate) const REQUEST: u64 = 1 << 30;
/// Files sent at once: each is open until it was read, and a process may have about a thousand open.
pub(crate) const FILES: usize = 300;
/// Bytes of pasted text: what one page may hold.
pub(crate) const TEXT: usize = 20 << 20;
/// Bytes of a field that is one line.
const LINE: usize = 4 << 10;
/// Characters of a file's name.
const NAME: usize = 200;

/// Why nothing of what was sent is added: a status, and words for people.
pub(crate) type Refusal = (StatusCode, String);

/// Takes a form apart. `may` is asked first, with the word that our forms carry in front of all else; what it refuses is
/// not kept anywhere. Files lie in the library's folder `dir` until they are closed, without a name, so that nothing
/// stays behind whatever happens.
pub(crate) async fn received(
    mut form: Multipart,
    dir: &Path,
    may: impl AsyncFnOnce(&str) -> Result<(), Refusal>,
) -> Result<Order, Refusal> {
    let word = match form.next_field().await.map_err(broken)? {
        Some(field) if field.name() == Some("token") => line(field).await?,
        _ => String::new(),
    };
    if let Err(refusal) = may(&word).await {
        // who sends and is not listened to never sees the answer
        while let Ok(Some(_)) = form.next_field().await {}
        return Err(refusal);
    }
    let mut order = Order { uploads: Vec::new(), address: None, refused: Vec::new() };
    let mut left = REQUEST;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("pages") => {
                let name = name(field.file_name().unwrap_or_default());
                match kept(field, dir, &mut left).await? {
                    // what browsers send where no file was chosen
                    Kept::File(_, 0) if name.is_empty() => {}
                    Kept::File(..) if order.uploads.len() >= FILES => {
                        let why = format!("more than {FILES} files at once; it was left out");
                        order.refused.push(Without { place: name, why });
                    }
                    Kept::File(file, _) => order.uploads.push(Upload { name, file }),
                    Kept::TooLarge => {
                        let why = format!("larger than {}; it was left out", size(FILE));
                        order.refused.push(Without { place: name, why });
                    }
                }
            }
            Some("text") if order.uploads.len() >= FILES => {}
            Some("text") => order.uploads.extend(pasted(field, dir, &mut left).await?),
            Some("url") => order.address = address(&line(field).await?)?,
            _ => {}
        }
    }
    Ok(order)
}

enum Kept {
    File(File, u64),
    TooLarge,
}

/// A field's bytes in a file without a name; `left` is what all fields together may still have.
async fn kept(mut field: Field<'_>, dir: &Path, left: &mut u64) -> Result<Kept, Refusal> {
    let mut file = Some(tempfile::tempfile_in(dir).map_err(|e| unkept(&e))?);
    let mut length = 0;
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        *left = left.checked_sub(chunk.len() as u64).ok_or_else(too_much)?;
        length += chunk.len() as u64;
        if length > FILE {
            // the rest of it is passed over
            file = None;
        }
        if let Some(file) = &mut file {
            tokio::task::block_in_place(|| file.write_all(&chunk)).map_err(|e| unkept(&e))?;
        }
    }
    let Some(mut file) = file else { return Ok(Kept::TooLarge) };
    file.rewind().map_err(|e| unkept(&e))?;
    Ok(Kept::File(file, length))
}

/// Pasted text as a file, its lines ended as in files; `None` where there is none. `left` as for [`kept`].
async fn pasted(mut field: Field<'_>, dir: &Path, left: &mut u64) -> Result<Option<Upload>, Refusal> {
    let mut text = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        *left = left.checked_sub(chunk.len() as u64).ok_or_else(too_much)?;
        if text.len() + chunk.len() > TEXT {
            let why = format!("The pasted text is larger than {}; save it as a file.", size(TEXT as u64));
            return Err((StatusCode::PAYLOAD_TOO_LARGE, why));
        }
        text.extend_from_slice(&chunk);
    }
    let mut after = text.iter().skip(1).copied().chain([0]).collect::<Vec<u8>>().into_iter();
    text.retain(|b| after.next() != Some(b'\n') || *b != b'\r');
    if text.trim_ascii().is_empty() {
        return Ok(None);
    }
    let mut file = tempfile::tempfile_in(dir).map_err(|e| unkept(&e))?;
    file.write_all(&text).and_then(|()| file.rewind()).map_err(|e| unkept(&e))?;
    Ok(Some(Upload { name: "pasted text".to_owned(), file }))
}

async fn line(mut field: Field<'_>) -> Result<String, Refusal> {
    let mut text = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if text.len() + chunk.len() > LINE {
            return Err((StatusCode::BAD_REQUEST, format!("A line of the form is longer than {LINE} bytes.")));
        }
        text.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&text).trim().to_owned())
}

/// The name alone, whatever path stands before it.
fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(NAME).collect()
}

fn address(given: &str) -> Result<Option<String>, Refusal> {
    let lower = given.to_ascii_lowercase();
    let web = (lower.starts_with("http://") || lower.starts_with("https://")) && given.len() > "https://".len();
    match given {
        "" => Ok(None),
        _ if web && !given.contains(|c: char| c.is_whitespace() || c.is_control()) => Ok(Some(given.to_owned())),
        _ => {
            let why = "The address of a page begins with http:// or https:// and has no spaces; nothing was added.";
            Err((StatusCode::BAD_REQUEST, why.to_owned()))
        }
    }
}

fn too_much() -> Refusal {
    let why = format!(
        "More than {} were sent at once; nothing was added. Send fewer files, or use `dateline add`, which has no such \
         limit.",
        size(REQUEST)
    );
    (StatusCode::PAYLOAD_TOO_LARGE, why)
}

fn broken(e: MultipartError) -> Refusal {
    (StatusCode::BAD_REQUEST, format!("What was sent did not arrive whole, and nothing was added ({}).", e.body_text()))
}

fn unkept(e: &std::io::Error) -> Refusal {
    let why = format!("What was sent could not be kept in the library's folder, and nothing was added ({e}).");
    (StatusCode::INSUFFICIENT_STORAGE, why)
}

/// "256 MB": in units of 1,024, as the limits are.
pub(crate) fn size(bytes: u64) -> String {
    if bytes >= 1 << 30 { format!("{} GB", bytes >> 30) } else { format!("{} MB", bytes >> 20) }
}

/// The refusal of a request that says that it is larger than all may be; its body is passed over, since a browser that
/// is still sending does not read an answer.
pub(crate) async fn too_large(mut body: Body) -> Refusal {
    let mut left = 2 * REQUEST;
    while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        match left.checked_sub(frame.data_ref().map_or(0, |d| d.len() as u64)) {
            Some(rest) => left = rest,
            None => break,
        }
    }
    too_much()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_path_the_name_stays() {
        assert_eq!(name("C:\\desk\\page.html"), "page.html");
        assert_eq!(name("../../etc/passwd"), "passwd");
        assert_eq!(name("a\r\nb\u{0}.html"), "ab.html");
        assert_eq!(name(&"ä".repeat(1000)).chars().count(), NAME);
    }

    #[test]
    fn addresses_are_of_the_web() {
        assert_eq!(address(""), Ok(None));
        assert_eq!(address("https://ledger.example/sea"), Ok(Some("https://ledger.example/sea".to_owned())));
        for other in ["javascript:alert(1)", "ledger.example", "https://a b", "file:///etc/passwd", "https://", "é"] {
            assert!(address(other).is_err(), "{other}");
        }
    }

    #[tokio::test]
    async fn a_request_that_is_too_large_is_passed_over_and_told() {
        let (status, why) = too_large(Body::from("part of it")).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(why.starts_with("More than 1 GB were sent at once; nothing was added."), "{why}");
    }

    #[test]
    fn limits_are_told_in_the_units_they_are_in() {
        assert_eq!([size(FILE), size(REQUEST), size(TEXT as u64)], ["256 MB", "1 GB", "20 MB"]);
    }
}
