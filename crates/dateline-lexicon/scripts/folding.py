"""The folding of `dateline_text::fold`, so that keys written here are found by keys made there."""
import unicodedata

PLAIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i",
    "ŋ": "n", "ŧ": "t", "ĸ": "k", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
}


def is_mark(c):
    o = ord(c)
    return 0x300 <= o <= 0x36F or 0x1AB0 <= o <= 0x1AFF or 0x20D0 <= o <= 0x20FF or 0xFE20 <= o <= 0xFE2F


def is_invisible(c):
    o = ord(c)
    return (
        o in (0xAD, 0xFEFF)
        or 0x200B <= o <= 0x200F
        or 0x202A <= o <= 0x202E
        or 0x2060 <= o <= 0x2064
        or 0x2066 <= o <= 0x2069
    )


def fold(text):
    out = []
    for c in unicodedata.normalize("NFKD", text):
        if is_mark(c) or is_invisible(c):
            continue
        for low in c.lower():
            if low in PLAIN:
                out.append(PLAIN[low])
            elif not is_mark(low):
                out.append(low)
    return "".join(out)


def key(name):
    """The form under which a name stands in the tables: folded, no full stops or commas, single spaces."""
    folded = fold(name).replace(".", "").replace(",", " ").replace(" - ", "-")
    return " ".join(folded.split())
