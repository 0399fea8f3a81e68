#!/usr/bin/env python3
"""Writes pages/desk-crawl-2026-06.warc.gz from the saved pages in warc-src/.

usage: python3 make_warc.py

One gzip member a record, as web-archive tools write them. The output depends on the input alone
(no clock, no random identifiers), so that running it again changes nothing. Two of the four
responses use a transfer form that crawlers keep as they met it: one is chunked, one is gzipped.
"""
import gzip
import hashlib
import os
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "pages", "desk-crawl-2026-06.warc.gz")

# file in warc-src, address, when it was fetched, content type, transfer form
PAGES = [
    ("harbour-post-ferry-toll.html",
     "https://www.harbourpost.example/news/coast/mombasa-ferry-death-toll-rises-to-23-40268",
     "2026-02-22T05:14:09Z", "text/html; charset=UTF-8", "plain"),
    ("northern-courier-cable-patrols.htm",
     "https://www.northerncourier.example/world/2026/apr/14/latvia-estonia-seabed-cable-patrols",
     "2026-04-15T06:02:31Z", "text/html; charset=windows-1252", "chunked"),
    ("europe-desk-cable.html",
     "https://www.europedesk.example/a/89202/data-cable-what-we-know",
     "2026-04-11T04:40:55Z", "text/html", "gzip"),
    ("baltic-ledger-moldova-grid.html",
     "https://www.balticledger.example/2026/06/25/donors-pledge-moldova-grid",
     "2026-06-26T07:21:00Z", "text/html; charset=utf-8", "plain"),
]


def record(kind, uri, date, content_type, block):
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {date} {uri}")
    head = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{name}>", f"WARC-Date: {date}"]
    if uri:
        head.append(f"WARC-Target-URI: {uri}")
    head.append(f"WARC-Block-Digest: sha1:{hashlib.sha1(block).hexdigest()}")
    head += [f"Content-Type: {content_type}", f"Content-Length: {len(block)}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(body, content_type, form):
    head = ["HTTP/1.1 200 OK", "Server: nginx", f"Content-Type: {content_type}"]
    if form == "gzip":
        body = gzip.compress(body, 9, mtime=0)
        head.append("Content-Encoding: gzip")
    if form == "chunked":
        head.append("Transfer-Encoding: chunked")
        parts = [body[i:i + 1500] for i in range(0, len(body), 1500)]
        body = b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in parts) + b"0\r\n\r\n"
    else:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def main():
    info = b"software: examples/make_warc.py\r\nformat: WARC File Format 1.0\r\n"
    records = [record("warcinfo", "", PAGES[0][2], "application/warc-fields", info)]
    for file, uri, date, content_type, form in PAGES:
        path = uri.split("/", 3)
        request = f"GET /{path[3]} HTTP/1.1\r\nHost: {path[2]}\r\nAccept: text/html\r\n\r\n".encode()
        records.append(record("request", uri, date, "application/http; msgtype=request", request))
        with open(os.path.join(HERE, "warc-src", file), "rb") as f:
            body = f.read()
        records.append(record("response", uri, date, "application/http; msgtype=response",
                              response(body, content_type, form)))
    with open(OUT, "wb") as out:
        for r in records:
            out.write(gzip.compress(r, 9, mtime=0))


if __name__ == "__main__":
    main()
