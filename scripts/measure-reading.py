#!/usr/bin/env python3
"""How faithfully documents are read, against a corpus's gold.

    python3 scripts/measure-reading.py CORPUS_DIST LESSONS [--misses] [--only TEXT]

For every gold item of every document: are its words contiguous in the blocks, in one block or several
that follow each other (furniture and footnotes left out); does it begin where a block or a line of a
cell begins; is it on its page? LESSONS is the program (`target/debug/lessons`).
"""
import argparse, json, pathlib, re, subprocess, sys
from concurrent.futures import ThreadPoolExecutor


def tokens(text):
    return re.findall(r"[a-z0-9]+", (text or "").lower().replace("ﬁ", "fi").replace("ﬂ", "fl").replace("’", "").replace("'", ""))


def units(document):
    """(page, kind, label tokens, text tokens) of each block, of each line of each cell for rows."""
    for page in document["pages"]:
        for block in page["blocks"]:
            kind = block["kind"]
            if kind in ("furniture", "footnote"):
                continue
            if isinstance(kind, dict) and "row" in kind:
                for cell in kind["row"]["cells"]:
                    if cell["is_merged"]:
                        continue
                    for n, line in enumerate(cell["text"].split("\n")):
                        label = re.match(r"\(?(\d{1,2}(\.\d+)*|[a-z]|[ivx]+)[.)]\s", line)
                        label = label.group() if label else ""
                        yield page["number"], "cell" if n == 0 else "cell-line", tokens(label), tokens(line[len(label):])
            else:
                label = kind["list-item"]["label"] if isinstance(kind, dict) and "list-item" in kind else None
                yield page["number"], "block", tokens(label), tokens(block["text"])


def stream(document, with_labels):
    """Token list; per token (page, is first of its unit, is last of its unit)."""
    words, info = [], []
    for page, kind, label, text in units(document):
        unit = (label if with_labels else []) + text
        for n, word in enumerate(unit):
            words.append(word)
            # A few words before it may be its label ("Learning point 3", "Status:").
            info.append((page, n <= 6 + len(label) * with_labels, n == len(unit) - 1, kind))
    return words, info


def find(words, info, wanted, page):
    """Best occurrence: one that starts and ends with its units if there is one."""
    best, first = None, wanted[0]
    for at in range(len(words) - len(wanted) + 1):
        if words[at] == first and words[at:at + len(wanted)] == wanted:
            rank = info[at][1] + info[at + len(wanted) - 1][2] + 3 * (info[at][0] == page)
            if best is None or rank > best[0]:
                best = (rank, at)
    return None if best is None else best[1]


def in_pieces(words, info, wanted, depth=5):
    """Whether an answer given in several rows is there, each piece a whole run of lines of cells."""
    if not wanted: return True
    if depth == 0: return False
    for at in range(len(words)):
        if words[at] != wanted[0] or not info[at][1]: continue
        n = 0
        while n < len(wanted) and at + n < len(words) and words[at + n] == wanted[n]: n += 1
        while n:
            if info[at + n - 1][2] and in_pieces(words, info, wanted[n:], depth - 1): return True
            n -= 1
    return False


def longest(words, wanted):
    best = (0, 0)
    for at in range(len(words)):
        n = 0
        while n < len(wanted) and at + n < len(words) and words[at + n] == wanted[n]:
            n += 1
        best = max(best, (n, at))
    return best


def items(gold):
    for group in ("recommendations", "lessons", "good_practice"):
        for item in gold.get(group) or []:
            yield group, item["id"], item["text"], item.get("page")
    for answer in gold.get("responses") or []:
        for part, text in answer["parts"].items():
            yield "response", f"{answer['recommendation']}.{part}", text, None


def measure(args, gold):
    run = subprocess.run([args.read, "read", str(args.dist / gold["file"]), "--format", "json"], capture_output=True, text=True, timeout=600)
    try:
        document = json.loads(run.stdout)
    except json.JSONDecodeError:
        return gold, None, [], run.stdout[:200] + run.stderr[-300:]
    streams = [stream(document, False), stream(document, True)]
    count = dict(items=0, found=0, starts=0, ends=0, paged=0, right=0)
    misses = []
    for group, name, text, page in items(gold):
        wanted = tokens(text)
        if not wanted: continue
        count["items"] += 1
        count["paged"] += page is not None
        hits = [(at, info) for words, info in streams for at in [find(words, info, wanted, page)] if at is not None]
        if not hits and group == "response" and any(in_pieces(words, info, wanted) for words, info in streams):
            for key in ("found", "starts", "ends"): count[key] += 1
            continue
        if not hits:
            n, at = longest(streams[1][0], wanted)
            misses.append(f"{group} {name}: lost after {n} of {len(wanted)}: {' '.join(wanted[max(0, n-4):n])} [{' '.join(wanted[n:n+5])}] but [{' '.join(streams[1][0][at+n:at+n+5])}]")
            continue
        at, info = max(hits, key=lambda hit: hit[1][hit[0]][1] + hit[1][hit[0] + len(wanted) - 1][2])
        count["found"] += 1
        if info[at][1]: count["starts"] += 1
        else: misses.append(f"{group} {name}: does not begin a block: {' '.join(wanted[:8])}")
        if info[at + len(wanted) - 1][2]: count["ends"] += 1
        else: misses.append(f"{group} {name}: does not end a block: {' '.join(wanted[-6:])}")
        if page is not None:
            if info[at][0] == page: count["right"] += 1
            else: misses.append(f"{group} {name}: on page {info[at][0]}, gold says {page}")
    return gold, count, misses, ""


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("dist", type=pathlib.Path); ap.add_argument("read")
    ap.add_argument("--misses", action="store_true"); ap.add_argument("--only", default="")
    args = ap.parse_args()
    golds = [g for g in json.loads((args.dist / "gold.json").read_text())["documents"] if args.only in g["file"] + g["render"]]
    total = {}
    with ThreadPoolExecutor(2) as pool:
        for gold, count, misses, error in pool.map(lambda g: measure(args, g), golds):
            if count is None:
                print(f"{gold['file']:55} {gold['render']:9} UNREAD {error}"); continue
            group = "scan" if gold["render"] == "scan" else "html/docx" if gold["render"] in ("html", "docx") else gold["render"]
            for key in (group, "all but scans" if group != "scan" else "scans"):
                for name, value in count.items():
                    total.setdefault(key, dict.fromkeys(count, 0))[name] += value
            if args.misses or args.only:
                print(f"{gold['file']:55} {gold['render']:9} " + " ".join(f"{k}={v}" for k, v in count.items()))
                for miss in misses: print("      ", miss)
    for key, count in sorted(total.items()):
        share = lambda a, b: f"{100 * count[a] / max(1, count[b]):.2f} %"
        print(f"{key:14} {count['items']:5} items: contiguous {share('found', 'items')}, begin a block {share('starts', 'items')}, end one {share('ends', 'items')}, right page {share('right', 'paged')} of {count['paged']}")


if __name__ == "__main__":
    sys.exit(main())
