#!/usr/bin/env python3
"""What becomes of each file when it is read, beside poppler's `pdftotext`.

    python3 scripts/measure-text.py LESSONS FILE_OR_FOLDER...

One line a file: pages, agreement with `pdftotext` (F1 of the words, counted, whatever their order;
"-" where neither finds any), seconds, peak memory of the largest process, and how the reading ended:
`read`, with what its warnings say, or the reason why it was not. Ends with the mean agreement over the
files in which both find words. Exit status 1 when a reading crashed, hung or gave no reason.
"""
import collections, json, os, pathlib, re, shutil, subprocess, sys, tempfile, time
from concurrent.futures import ProcessPoolExecutor

LIMIT_SECONDS = 120


def words(text):
    # What is broken at a line's end is whole or in two by either program; letters alone decide.
    text = re.sub(r"[\u00ad\u2010-]\n", "", text)
    return collections.Counter(re.findall(r"\w+", text.lower().replace("ﬁ", "fi").replace("ﬂ", "fl")))


def agreement(ours, theirs):
    if not ours and not theirs:
        return None
    return 2 * sum((ours & theirs).values()) / (sum(ours.values()) + sum(theirs.values()))


def timed(command):
    """(exit status or None, standard output, standard error, seconds, peak MB)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=err)
        while True:
            done, status, usage = os.wait4(child.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - started > LIMIT_SECONDS:
                child.kill()
                _, status, usage = os.wait4(child.pid, 0)
                break
            time.sleep(0.005)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        read = lambda file: file.read().decode("utf-8", "replace")
        return child.returncode, read(out), read(err), time.monotonic() - started, usage.ru_maxrss / 1024


def text_of(document):
    """All that is printed, a cell that covers several rows once."""
    for page in document["pages"]:
        for block in page["blocks"]:
            kind = block["kind"]
            if isinstance(kind, dict) and "row" in kind:
                yield " ".join(cell["text"] for cell in kind["row"]["cells"] if not cell["is_merged"])
            else:
                label = kind["list-item"]["label"] if isinstance(kind, dict) and "list-item" in kind else None
                yield f"{label or ''} {block['text']}"


def poppler(path):
    run = subprocess.run(["timeout", "60", "pdftotext", path, "-"], capture_output=True)
    return words(run.stdout.decode("utf-8", "replace")) if run.returncode == 0 else None


def measure(lessons, path):
    status, out, err, seconds, peak = timed([lessons, "read", path, "--format", "json"])
    is_bad = status not in (0, 1, 2) or (status != 0 and not err.strip())
    try:
        document = json.loads(out)
        notes = collections.Counter(warning["what"] for warning in document["warnings"])
        unread = sum(page["text_from"] == "needs-ocr" for page in document["pages"])
        said = [f"{unread} pages need OCR"] if unread else []
        said += [f"{what}{f' (x {n})' if n > 1 else ''}" for what, n in notes.most_common(2)]
        pages, ended, ours = str(len(document["pages"])), "; ".join(["read", *said]), words("\n".join(text_of(document)))
    except json.JSONDecodeError:
        pages, ended, ours = "-", " ".join(err.split()) or f"status {status}", None
    theirs = poppler(path) if pathlib.Path(path).suffix == ".pdf" else None
    share = agreement(ours, theirs) if ours is not None and theirs is not None else None
    return path, pages, share, bool(ours and theirs), seconds, peak, ended[:150], is_bad


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if not shutil.which("pdftotext"):
        print("pdftotext is not installed (poppler-utils): no agreement is given")
    lessons, *places = sys.argv[1:]
    files = [str(file) for place in map(pathlib.Path, places) for file in (sorted(place.iterdir()) if place.is_dir() else [place])]
    files = [file for file in files if not file.endswith((".json", ".jsonl", ".txt", ".md", ".typ"))]
    shares, bad = [], 0
    # A fresh process for each file: what this one used would count as the reader's.
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        for path, pages, share, counts, seconds, peak, ended, is_bad in pool.map(measure, [lessons] * len(files), files):
            shown = "     -" if share is None else f"{share:.4f}"
            print(f"{pathlib.Path(path).name[:46]:46} {pages:>5} pages {shown} {seconds:6.2f} s {peak:5.0f} MB  {'BAD ' if is_bad else ''}{ended}", flush=True)
            shares += [share] if counts else []
            bad += is_bad
    print(f"{len(files)} files, {bad} of them crashed, hung or gave no reason; mean agreement with pdftotext {sum(shares) / max(1, len(shares)):.4f} over {len(shares)} files")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
