#!/usr/bin/env python3
"""Writes data/places/country_names.tsv: names of countries in the languages of pages that come with no data of their own.

usage: build_country_names.py FOLDER
FOLDER holds the unpacked package babel of: pip download --no-deps babel==2.18.0 (CLDR, Unicode License v3)
Columns: key, ISO 3166 code. Names that mean two countries in two languages are left out.
"""
import os
import pickle
import sys

from folding import key

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data", "places")
LANGUAGES = "bg be bs ca cs da de el es et fi fr ga hr hu is it lt lv mk nb nl pl pt ro ru sk sl sq sr sv tr uk".split()


def main(folder):
    sys.path.insert(0, folder)
    found = {}
    for language in LANGUAGES:
        with open(os.path.join(folder, "babel", "locale-data", language + ".dat"), "rb") as f:
            territories = pickle.load(f)["territories"]
        for code, name in territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"):
                found.setdefault(key(name), set()).add(code)
    with open(os.path.join(DATA, "country_names.tsv"), "wb") as f:
        for name in sorted(found, key=lambda s: s.encode()):
            if len(found[name]) == 1 and len(name) > 2 and "(" not in name:
                f.write(f"{name}\t{min(found[name])}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
