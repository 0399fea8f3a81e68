#!/usr/bin/env python3
"""What other programs read of a brief: Word's form through python-docx, printed pages through their text.

usage: brief.py BRIEF.json BRIEF.docx [PRINTED.txt …]      (pip install python-docx)
PRINTED.txt is the text of a PDF (`pdftotext FILE.pdf`), printed from the HTML by a browser or from the DOCX by
LibreOffice. Told: how many of the notes and headlines of the brief's list of sources each form has.
"""
import json
import re
import sys
import zipfile

import docx


def letters(text):
    return re.sub(r"\W+", "", text)


def found(words, flat):
    """Whether the words stand there; beside a table's other column a line's end may part them once."""
    words = letters(words)
    step = max(8, len(words) // 12)
    runs = [words[i : i + step] for i in range(0, len(words), step)]
    return words in flat or len(runs) > 4 and sum(r in flat for r in runs) >= len(runs) - 2


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        brief = json.load(f)
    notes = [n for n in brief["sources"]["notes"] if "shown" in n]
    headlines = [s["headline"] for s in brief["stories"]]
    print(f"{len(notes)} notes whose words are shown, {len(headlines)} stories, {len(brief['sources']['pages'])} pages")
    word = docx.Document(sys.argv[2])
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    with zipfile.ZipFile(sys.argv[2]) as z:
        body, ends = (z.read(f"word/{part}.xml").decode() for part in ("document", "endnotes"))
    marks = re.findall(r'w:endnoteReference[^>]*w:id="(\d+)"', body)
    kept = set(re.findall(r'<w:endnote [^>]*w:id="(\d+)"', ends))
    print(
        f"python-docx: {len(marks)} notes, {len(set(marks) - kept)} of them without words; headlines"
        f" {sum(any(h in head for head in heads) for h in headlines)} of {len(headlines)}; tables"
        f" {len(word.tables)}, of them with rows that lack cells"
        f" {sum(len({len(r.cells) for r in t.rows}) != 1 for t in word.tables)}"
    )
    for path in sys.argv[3:]:
        with open(path, encoding="utf-8") as f:
            printed = f.read()
        # a page's end parts words from their notes: what is looked for is the words and the marks, each by itself
        flat, plain = letters(printed), re.sub(r"\s+", "", printed)
        own_marks = re.search(r"\[1:\d+\]", plain) is not None
        marked = sum(f"[{n['page']}:{n['span'][0]}]" in plain for n in notes) if own_marks else 0
        lost = [n for n in notes if not found(n["shown"], flat)]
        told = sum(letters(h) in flat for h in headlines)
        print(f"{path}: marks {marked}, words {len(notes) - len(lost)} of {len(notes)}; headlines {told}")
        for n in lost[:5]:
            print("   not found whole:", n["page"], n["span"], n["shown"][:100])


main()
