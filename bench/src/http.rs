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
    let (head, body) = ask(port, &format!("GET {path} HTTP/1.1"), "", "")?;
    let took = start.elapsed();
    if !head.starts_with("HTTP/1.1 200") {
        bail!("{path}: {}", head.lines().next().unwrap_or_default());
    }
    Ok(Answer { body, took })
}

/// Sends a form of a page back to where the page says: `fields` are names and encoded values, the page's own word and
/// cookie go with them. Gives where the answer leads.
///
/// # Errors
/// Where there is no such page, or the form is not taken.
pub fn send(port: u16, page: &str, action: &str, fields: &[(&str, &str)]) -> Result<String> {
    let (head, body) = ask(port, &format!("GET {page} HTTP/1.1"), "", "")?;
    let cookie = line(&head, "set-cookie:").and_then(|c| c.split(';').next()).context("no cookie")?.to_owned();
    let token = body.split("name=\"token\" value=\"").nth(1).and_then(|t| t.split('"').next()).context("no form")?;
    let fields: Vec<String> =
        [("token", token)].iter().chain(fields).map(|(name, value)| format!("{name}={value}")).collect();
    let form = fields.join("&");
    let headers = format!(
        "Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        form.len()
    );
    let (head, _) = ask(port, &format!("POST {action} HTTP/1.1"), &headers, &form)?;
    Ok(line(&head, "location:").with_context(|| format!("{action}: {head}"))?.to_owned())
}

/// Head and body of an answer.
fn ask(port: u16, first: &str, headers: &str, body: &str) -> Result<(String, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "{first}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n{body}")?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw)?;
    let answer = String::from_utf8_lossy(&raw).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    Ok((head.to_owned(), body.to_owned()))
}

/// A header's value.
fn line<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let of = |l: &'h str| l.get(..name.len()).filter(|n| n.eq_ignore_ascii_case(name)).and(l.get(name.len()..));
    head.lines().find_map(of).map(str::trim)
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
