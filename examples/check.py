#!/usr/bin/env python3
"""Holds expected.toml against the saved pages.

usage: python3 check.py            (Python 3.11 or later, nothing else)

Every `text`, `words`, `title`, `first` and `last` must stand in what a reader of the page sees, the pages
must be the ones in pages/, the archive must hold what warc-src/ holds, and the small world must have all the
traps that it was built for.
"""
import gzip
import os
import sys
import tomllib
from html.parser import HTMLParser

HERE = os.path.dirname(os.path.abspath(__file__))
VERDICTS = {"agree", "compatible", "updated", "differ"}
failures = []


def fail(words):
    failures.append(words)


class Visible(HTMLParser):
    """The text of a page without scripts, styles and the head; one space between elements."""

    HIDDEN = {"script", "style"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in self.HIDDEN
        if tag in ("p", "div", "br", "li", "td", "h1", "h2", "h3"):
            self.out.append(" ")

    def handle_endtag(self, tag):
        if tag in self.HIDDEN and self.hidden:
            self.hidden -= 1

    def handle_data(self, data):
        if not self.hidden:
            self.out.append(data)


def squeeze(text):
    return " ".join(text.split())


def decode(body):
    return body.decode("windows-1252" if b"windows-1252" in body[:400] else "utf-8-sig")


def visible(body, html):
    text = decode(body)
    if html:
        v = Visible()
        v.feed(text)
        v.close()
        text = "".join(v.out)
    return squeeze(text)


def unchunk(body):
    out = b""
    while True:
        size, body = body.split(b"\r\n", 1)
        n = int(size, 16)
        if n == 0:
            return out
        out, body = out + body[:n], body[n + 2:]


def archive(path):
    """address → page of the responses in a .warc.gz"""
    data, pages = gzip.open(path).read(), {}
    while data:
        head, data = data.split(b"\r\n\r\n", 1)
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        length = int(fields["Content-Length"])
        block, data = data[:length], data[length + 4:]
        if fields["WARC-Type"] != "response":
            continue
        http, body = block.split(b"\r\n\r\n", 1)
        if b"chunked" in http:
            body = unchunk(body)
        if b"Content-Encoding: gzip" in http:
            body = gzip.decompress(body)
        pages[fields["WARC-Target-URI"]] = body
    return pages


def main():
    with open(os.path.join(HERE, "expected.toml"), "rb") as f:
        expected = tomllib.load(f)
    pages, seen, files = {}, {}, set()
    for p in expected["page"]:
        path = os.path.join(HERE, p["file"])
        files.add(p["file"])
        if "uri" in p:
            body = archive(path)[p["uri"]]
        else:
            with open(path, "rb") as f:
                body = f.read()
        pages[p["key"]] = p
        seen[p["key"]] = visible(body, not p["file"].endswith(".txt"))

    def stands(key, words, what):
        if squeeze(words) not in seen[key]:
            fail(f"{key}: {what} does not stand in the page: {words!r}")

    for p in expected["page"]:
        for what in ("title", "first", "last"):
            stands(p["key"], p[what], what)
        for b in p.get("bylines", []):
            if squeeze(b).lower() not in seen[p["key"]].lower():
                fail(f"{p['key']}: byline {b!r} is not shown")
    for f in expected["figure"]:
        if not set(f["verdict"]) <= VERDICTS:
            fail(f"unknown verdict {f['verdict']}")
        for i in f["items"]:
            stands(i["page"], i["text"], "figure")
            if pages[i["page"]]["story"] != f["story"]:
                fail(f"{i['page']} is not of story {f['story']}")
        one = len({i["value"] for i in f["items"]}) == 1
        if f["verdict"] == ["agree"] and not one or f["verdict"][0] in ("differ", "updated") and one:
            fail(f"{f['counted']}: values do not fit {f['verdict']}")
    for u in expected["utterance"]:
        for v in u["variants"]:
            stands(v["page"], v["text"], "variant")
    for s in expected["said"]:
        stands(s["page"], s["words"], "words")
    everything = " ".join(seen.values())
    for w in expected["never"]["words"]:
        if squeeze(w) not in everything:
            fail(f"never: {w!r} stands in no page")

    # the folder and the list are the same
    on_disk = set()
    for folder, _, names in os.walk(os.path.join(HERE, "pages")):
        on_disk |= {os.path.relpath(os.path.join(folder, n), HERE) for n in names}
    if on_disk != files:
        fail(f"listed and present differ: {sorted(on_disk ^ files)}")
    source = set()
    for n in os.listdir(os.path.join(HERE, "warc-src")):
        with open(os.path.join(HERE, "warc-src", n), "rb") as f:
            source.add(f.read())
    if set(archive(os.path.join(HERE, "pages/desk-crawl-2026-06.warc.gz")).values()) != source:
        fail("the archive is not made from warc-src/: run make_warc.py")

    # what the world was built to hold
    def need(ok, what):
        if not ok:
            fail("missing: " + what)

    stories, origins = {}, {}
    for p in expected["page"]:
        stories.setdefault(p["story"], set()).add(p["key"])
        origins.setdefault(p["origin"], []).append(p)
    verdicts = {v for f in expected["figure"] for v in f["verdict"]}
    need(len(pages) >= 24, "24 pages")
    need(len({k.split("-")[0] for k in pages}) == 6, "6 outlets")
    need(len(stories) == 7, "7 events")
    wire = [o for o in origins.values() if len(o) >= 3]
    need(wire and any(not p["wire"] for p in wire[0]) and any(p["wire"] for p in wire[0]),
         "a wire text in three outlets, the credit dropped in one")
    need(verdicts == VERDICTS, "all four verdicts")
    need(any(len(u["variants"]) >= 3 for u in expected["utterance"]), "an utterance in three wordings")
    need(any(not p["published"] for p in expected["page"]), "a page without a date")
    need(any("uri" in p for p in expected["page"]) and any(p["file"].endswith(".txt") for p in expected["page"]),
         "HTML, text and WARC")
    need(any("News Feed" in s for s in seen.values()), "a news feed box")
    need(any(s["required"] for s in expected["storyline"]), "a claim repeated two months later")

    for f in failures:
        print(f)
    n = sum(len(f["items"]) for f in expected["figure"])
    print(f"{len(pages)} pages, {len(stories)} stories, {len(origins)} origins, {len(expected['figure'])} figures "
          f"({n} items), {len(expected['utterance'])} utterances, {len(expected['said'])} statements; "
          f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
