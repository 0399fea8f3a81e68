//! A brief as a Word file (Office Open XML), with an endnote for each statement and the list of sources as a part of its
//! own, which Word keeps.
//!
//! The same brief gives the same bytes: files in the package carry no time.

mod body;
mod parts;
mod xml;

use crate::model::Brief;
use crate::verify;
use dateline_capture::digest;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What such a file is called on the web.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Sets the brief.
///
/// # Errors
/// Where the package cannot be written, as for want of memory.
pub fn document(brief: &Brief) -> std::io::Result<Vec<u8>> {
    let body::Set { document, endnotes } = body::set(brief);
    let list = brief.sources.as_ref().map(crate::sources::listed).unwrap_or_default();
    let seal = digest(verify::docx_words(&document, &endnotes).as_bytes());
    let title = brief.own.as_ref().map_or("Brief", |own| own.title.as_str());
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE.to_owned()),
        ("docProps/core.xml", parts::properties(title)),
        ("word/document.xml", document),
        ("word/endnotes.xml", endnotes),
        ("word/styles.xml", parts::STYLES.to_owned()),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/_rels/document.xml.rels", parts::DOCUMENT.to_owned()),
        (verify::DOCX_LIST, parts::list(&list, &seal)),
        ("customXml/itemProps1.xml", parts::LIST_PROPERTIES.to_owned()),
        ("customXml/_rels/item1.xml.rels", parts::LIST.to_owned()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, text) in files {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
