//! A visitor of the served library: asks, reads the answer to its end, takes the time.

use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// One answer.
pub struct Answer {
    /// The page.
    pub body: String,
    /// From the question to the last byte.
    pub took: Duration,
}

/// Asks for a path of a server on this machine.
///
/// # Errors
/// Where there is no answer, or not the page.
pub fn get(port: u16, path: &str) -> Result<Answer> {
    let start = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw)?;
    let took = start.elapsed();
    let answer = String::from_utf8_lossy(&raw);
    let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    if !head.starts_with("HTTP/1.1 200") {
        bail!("{path}: {}", head.lines().next().unwrap_or_default());
    }
    Ok(Answer { body: body.to_owned(), took })
}

/// Addresses in a page that begin with `start`, once each, as they stand.
pub fn links(page: &str, start: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for piece in page.split("href=\"").skip(1) {
        let Some((address, _)) = piece.split_once('"') else { continue };
        let address = address.replace("&amp;", "&").replace("&#38;", "&");
        let address = address.split('#').next().unwrap_or_default().to_owned();
        if address.starts_with(start) && !out.contains(&address) {
            out.push(address);
        }
    }
    out
}
