//! Values as compressed JSON.

use crate::error::{ErrorKind, Result, StoreError};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::io::{Read, Write};

fn damaged(e: impl std::fmt::Display) -> StoreError {
    StoreError::new(ErrorKind::Index(format!("a stored reading is damaged: {e}")))
}

thread_local! {
    // Making an encoder clears a third of a megabyte, which took longer than packing a reading.
    static ENCODER: RefCell<ZlibEncoder<Vec<u8>>> = RefCell::new(ZlibEncoder::new(Vec::new(), Compression::new(6)));
}

pub(crate) fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(value).map_err(damaged)?;
    ENCODER.with_borrow_mut(|encoder| {
        // also forgets what a call that failed left
        encoder.reset(Vec::with_capacity(json.len() / 3)).map_err(damaged)?;
        encoder.write_all(&json).map_err(damaged)?;
        encoder.reset(Vec::new()).map_err(damaged)
    })
}

pub(crate) fn unpack<T: DeserializeOwned>(blob: &[u8]) -> Result<T> {
    read(&open(blob)?)
}

/// The JSON of a compressed value, to [`read`] parts of it.
pub(crate) fn open(blob: &[u8]) -> Result<Vec<u8>> {
    let mut json = Vec::with_capacity(blob.len() * 4);
    ZlibDecoder::new(blob).read_to_end(&mut json).map_err(damaged)?;
    Ok(json)
}

pub(crate) fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T> {
    serde_json::from_slice(json).map_err(damaged)
}

/// A value kept as plain JSON.
pub(crate) fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(damaged)
}

pub(crate) fn write<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(damaged)
}
