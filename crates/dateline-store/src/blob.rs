//! Values as compressed JSON.

use crate::error::{ErrorKind, Result, StoreError};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::BufReader;

fn damaged(e: impl std::fmt::Display) -> StoreError {
    StoreError::new(ErrorKind::Index(format!("a stored reading is damaged: {e}")))
}

pub(crate) fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::new(4));
    serde_json::to_writer(&mut out, value).map_err(damaged)?;
    out.finish().map_err(damaged)
}

pub(crate) fn unpack<T: DeserializeOwned>(blob: &[u8]) -> Result<T> {
    serde_json::from_reader(BufReader::new(ZlibDecoder::new(blob))).map_err(damaged)
}

/// A value kept as plain JSON.
pub(crate) fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(damaged)
}

pub(crate) fn write<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(damaged)
}
