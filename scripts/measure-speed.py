#!/usr/bin/env python3
"""Pages per second and peak memory beside `pdftotext` and pypdfium2, on the same files in one run.

    python3 scripts/measure-speed.py LESSONS FILE_OR_FOLDER... [--rounds 3]

Each reader reads all files one after the other on one core; the best of the rounds counts. `lessons` is
measured twice: one process a file, as `lessons read` does it, and through one reading process for many
files, as a crawl is processed. CPU seconds of all processes; the memory of the largest. LESSONS should be
an optimised build (cargo build --release). Word accuracy: mean F1 with the words in which at least two of
the three readers agree, file by file.
"""
import argparse, collections, importlib.util, json, os, pathlib, shutil, subprocess, sys, tempfile, time

spec = importlib.util.spec_from_file_location("measure_text", pathlib.Path(__file__).with_name("measure-text.py"))
text = importlib.util.module_from_spec(spec)
spec.loader.exec_module(text)

PDFIUM = """
import sys, json, pypdfium2
out = []
for name in sys.argv[1:]:
    pdf = pypdfium2.PdfDocument(name)
    pages = []
    for page in pdf:
        textpage = page.get_textpage()
        pages.append(textpage.get_text_bounded())
        textpage.close(); page.close()
    pdf.close()
    out.append("\\n".join(pages))
json.dump(out, sys.stdout)
"""


def one_core():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def usage(command):
    """(CPU seconds, wall seconds, peak MB, standard output) of one process and its children."""
    with tempfile.TemporaryFile() as out:
        started = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, preexec_fn=one_core)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, out.read()


def each(commands):
    cpu = wall = peak = 0
    outputs = []
    for command in commands:
        one = usage(command)
        cpu, wall, peak = cpu + one[0], wall + one[1], max(peak, one[2])
        outputs.append(one[3].decode("utf-8", "replace"))
    return cpu, wall, peak, outputs


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("lessons"); ap.add_argument("places", nargs="+", type=pathlib.Path)
    ap.add_argument("--rounds", type=int, default=3)
    args = ap.parse_args()
    files = [str(f) for p in args.places for f in (sorted(p.glob("*.pdf")) if p.is_dir() else [p])]
    readers = {"lessons, one process a file": lambda: each([[args.lessons, "read", f, "--format", "json"] for f in files])}
    readers["lessons, one process for all"] = lambda: usage([args.lessons, "read", *files, "--format", "json"])
    if shutil.which("pdftotext"):
        readers["pdftotext"] = lambda: each([["pdftotext", f, "-"] for f in files])
    if importlib.util.find_spec("pypdfium2"):
        readers["pypdfium2, one process for all"] = lambda: usage([sys.executable, "-c", PDFIUM, *files])
    best, words = {}, {}
    for _ in range(args.rounds):
        for name, run in readers.items():
            result = run()
            if name not in best or result[0] < best[name][0]:
                best[name] = result
    outputs = best["lessons, one process a file"][3]
    documents = [json.loads(output) for output in outputs]
    pages = sum(len(document["pages"]) for document in documents)
    words["lessons, one process a file"] = [text.words("\n".join(text.text_of(document))) for document in documents]
    if "pdftotext" in best:
        words["pdftotext"] = [text.words(output) for output in best["pdftotext"][3]]
    if "pypdfium2, one process for all" in best:
        words["pypdfium2, one process for all"] = [text.words(output) for output in json.loads(best["pypdfium2, one process for all"][3])]
    agreed = []
    for counts in zip(*words.values()):
        every = set().union(*counts)
        agreed.append(collections.Counter({word: sorted(count[word] for count in counts)[len(counts) // 2] for word in every}))
    base = best.get("pdftotext", best["lessons, one process a file"])[0]
    print(f"{len(files)} files, {pages} pages, best of {args.rounds} rounds, one core")
    for name, (cpu, wall, peak, _) in best.items():
        shares = [text.agreement(own, all) for own, all in zip(words.get(name, []), agreed)]
        accuracy = f"{sum(shares) / len(shares):.4f}" if shares else "     -"
        print(f"{name:32} {pages / cpu:8.0f} pages/CPU s ({base / cpu:4.1f} x pdftotext) {pages / wall:7.0f} pages/s {peak:5.0f} MB  words {accuracy}")


if __name__ == "__main__":
    main()
