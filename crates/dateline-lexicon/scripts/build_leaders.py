#!/usr/bin/env python3
"""Writes data/names/leaders.tsv: heads of state and government with their terms.

usage: build_leaders.py leaders_terms.json   (CIA World Factbook's history 2014-2026, CC0)
Columns: surname, given names (both folded), country (ISO 3166), office, first and last day known in office.
"""
import datetime
import json
import os
import re
import sys

from folding import key

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
OFFICES = {
    "president": "president", "acting president": "president", "interim president": "president",
    "president of the": "president", "prime minister": "prime minister", "acting prime minister": "prime minister",
    "interim prime minister": "prime minister", "caretaker prime minister": "prime minister", "chancellor": "chancellor",
    "premier": "premier", "vice president": "vice president", "king": "king", "queen": "queen", "amir": "emir",
    "governor": "governor", "first vice president": "vice president", "taoiseach": "prime minister",
}


def countries():
    out = {}
    with open(os.path.join(DATA, "places", "countries.tsv"), encoding="utf-8") as f:
        for line in f:
            name, code = line.rstrip("\n").split("\t")
            out[key(name)] = code
    kinds = {}
    with open(os.path.join(DATA, "places", "places.tsv"), encoding="utf-8") as f:
        for line in f:
            ident, kind, _, _, code, *_ = line.split("\t")
            if kind == "country":
                kinds[ident] = code
    with open(os.path.join(DATA, "places", "names.tsv"), encoding="utf-8") as f:
        for line in f:
            name, ids = line.rstrip("\n").split("\t")
            for ident in ids.split(","):
                if ident in kinds:
                    out.setdefault(name, kinds[ident])
    return out


def day(text):
    try:
        return datetime.datetime.strptime(text, "%d %B %Y").date().isoformat()
    except (ValueError, TypeError):
        return ""


def main(path):
    names = countries()
    terms = {}
    with open(path, encoding="utf-8") as f:
        for row in json.load(f):
            office, code = OFFICES.get(row["title"].lower().strip()), names.get(key(row["country"]))
            parts = [p for p in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", row["name"]) if p not in ("Jr", "Sr")]
            family = [p for p in parts if p.isupper() and len(p) > 1]
            given = [p for p in parts if p not in family and len(p) > 1]
            if not office or not code or not family or not given or len(parts) > 5:
                continue
            who = (key(" ".join(family)), key(" ".join(given)), code, office)
            first, last = day(row["since"]) or row["first"], row["last"]
            old = terms.get(who)
            terms[who] = (min(first, old[0]), max(last, old[1])) if old else (first, last)
    with open(os.path.join(DATA, "names", "leaders.tsv"), "wb") as f:
        for who in sorted(terms, key=lambda w: [x.encode() for x in w]):
            f.write(("\t".join(who + terms[who]) + "\n").encode())
    print(len(terms), "terms")


if __name__ == "__main__":
    main(sys.argv[1])
