#!/usr/bin/env python3
"""How well numbered lists of real inspection reports are read.

    python3 scripts/measure-inspections.py INSPECTIONS_DIR LESSONS [--misses]

Expected: each item of `recommendation_lists` in labels.jsonl, with its printed number. Found: list
items with a whole number as label; bullets and paragraphs that follow one belong to it. An item is
right when number and words (token F1 of 0.8) agree. Found items count as wrong only between the
first and the last right one of a list: other numbered paragraphs are not labelled.
"""
import argparse, collections, json, pathlib, re, subprocess
from concurrent.futures import ThreadPoolExecutor


def tokens(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def overlap(a, b):
    both = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * both / (len(a) + len(b)) if a and b else 0.0


def numbered(document):
    """(number, tokens of the item alone, tokens with what follows it)."""
    found = []
    for page in document["pages"]:
        for block in page["blocks"]:
            kind = block["kind"]
            if kind in ("furniture", "footnote"): continue
            item = kind.get("list-item") if isinstance(kind, dict) else None
            if item and item["label"] and item["label"].isdigit():
                found.append([int(item["label"]), tokens(block["text"]), tokens(block["text"])])
            elif isinstance(kind, dict) and "heading" in kind:
                found.append([None, [], []])
            elif found:
                found[-1][2] += tokens(block["text"])
    return found


def measure(folder, read, gold):
    run = subprocess.run([read, "read", str(folder / gold["file"]), "--format", "json"], capture_output=True, text=True, timeout=300)
    try: found = numbered(json.loads(run.stdout))
    except json.JSONDecodeError: return gold["file"], 0, 0, sum(len(l["items"]) for l in gold.get("recommendation_lists", [])), [run.stdout[:200]]
    tp = fp = fn = 0
    notes = []
    for wanted in gold.get("recommendation_lists", []):
        right = []
        for n, text in enumerate(wanted["items"]):
            number, words = wanted["first_number"] + n, tokens(text)
            scores = [(max(overlap(words, own), overlap(words, more), overlap(words, more[:len(words)])), at) for at, (label, own, more) in enumerate(found) if label == number]
            best = max(scores, default=(0, None))
            if best[0] >= 0.8:
                tp += 1; right.append(best[1])
            else:
                fn += 1; notes.append(f"missed {number} ({best[0]:.2f}): {text[:90]}")
        between = [f for at, f in enumerate(found) if right and min(right) <= at <= max(right) and at not in right and f[0] is not None]
        fp += len(between)
        notes += [f"wrong {label}: {' '.join(own[:12])}" for label, own, _ in between]
    return gold["file"], tp, fp, fn, notes


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("folder", type=pathlib.Path); ap.add_argument("read"); ap.add_argument("--misses", action="store_true")
    args = ap.parse_args()
    golds = [json.loads(line) for line in open(args.folder / "labels.jsonl")]
    total = [0, 0, 0]
    with ThreadPoolExecutor(2) as pool:
        for name, tp, fp, fn, notes in pool.map(lambda g: measure(args.folder, args.read, g), golds):
            total = [total[0] + tp, total[1] + fp, total[2] + fn]
            if args.misses and notes:
                print(f"{name}: right {tp}, wrong {fp}, missed {fn}")
                for note in notes: print("    ", note)
    tp, fp, fn = total
    print(f"numbered items: F1 {2 * tp / max(1, 2 * tp + fp + fn):.4f} (right {tp}, wrong {fp}, missed {fn}) in {len(golds)} files")


main()
