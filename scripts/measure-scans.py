#!/usr/bin/env python3
"""How well pictures of pages are read, against the same pages born digital.

    python3 scripts/measure-scans.py LESSONS PDF... [--pages 4] [--dpi 110] [--gold GOLD_JSON]

Draws the first pages of each file in grey at so many dots per inch, a little turned and with noise, packs
them as a PDF without text, reads both with `lessons read` and compares the words: F1 of the
words as counted, furniture and notes included. With --gold (and --pages 99, since recommendations stand at the end) also
compares the recommendations that either gives with the known ones of that file: F1, where two agree whose words do by 0.8. Needs pypdfium2 and Pillow (pip), and tesseract.
"""
import argparse, importlib.util, io, json, pathlib, random, subprocess, sys, tempfile

import pypdfium2
from PIL import Image

spec = importlib.util.spec_from_file_location("measure_text", pathlib.Path(__file__).with_name("measure-text.py"))
text = importlib.util.module_from_spec(spec)
spec.loader.exec_module(text)


def cut(path, pages, target):
    """The first pages as a file of their own: a paragraph ends with the last of them."""
    whole, first = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    first.import_pages(whole, list(range(min(pages, len(whole)))))
    first.save(target)


def scan(path, dpi, target):
    """The pages as a scanner would give them: grey, turned by a third of a degree, noisy, JPEG."""
    noise = random.Random(1)
    pictures = []
    for page in pypdfium2.PdfDocument(path):
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(noise.uniform(-0.35, 0.35), fillcolor=255, resample=Image.BICUBIC)
        grain = Image.effect_noise(picture.size, 12)
        picture = Image.blend(picture, grain, 0.08)
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=70)
        pictures.append(Image.open(io.BytesIO(jpeg.getvalue())))
    pictures[0].save(target, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:])
    return len(pictures)


def read(lessons, path):
    run = subprocess.run([lessons, "read", path, "--format", "json"], capture_output=True, text=True)
    return json.loads(run.stdout)["pages"]


def recommendations(lessons, path):
    run = subprocess.run([lessons, "read", path, "--format", "analysis"], capture_output=True, text=True)
    return [item["text"] for item in json.loads(run.stdout)["findings"]["recommendations"]]


def paired(known, found):
    """How many agree, one to one, the best pairs first."""
    known, found = [text.words(k) for k in known], [text.words(f) for f in found]
    pairs = sorted(((text.agreement(k, f) or 0, i, j) for i, k in enumerate(known) for j, f in enumerate(found)), reverse=True)
    taken_k, taken_f = set(), set()
    for agreement, i, j in pairs:
        if agreement >= 0.8 and i not in taken_k and j not in taken_f:
            taken_k.add(i); taken_f.add(j)
    return len(taken_k)


class Score:
    """Recommendations right, given and known."""
    right = given = known = 0

    def add(self, known, found):
        self.right += paired(known, found); self.given += len(found); self.known += len(known)

    def __str__(self):
        return f"{2 * self.right / max(1, self.given + self.known):.4f} ({self.right} right of {self.given} given and {self.known} known)"


def known_recommendations(gold):
    documents = json.loads(pathlib.Path(gold).read_text())["documents"] if gold else []
    return {pathlib.Path(d["file"]).parts[-2:]: [item["text"] for item in d["recommendations"]] for d in documents}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("lessons"); ap.add_argument("files", nargs="+")
    ap.add_argument("--pages", type=int, default=4); ap.add_argument("--dpi", type=int, default=110)
    ap.add_argument("--gold")
    args = ap.parse_args()
    gold, of_born, of_pictured = known_recommendations(args.gold), Score(), Score()
    right = of = 0
    for file in args.files:
        with tempfile.TemporaryDirectory() as folder:
            born, pictured = f"{folder}/born.pdf", f"{folder}/pictured.pdf"
            cut(file, args.pages, born)
            count = scan(born, args.dpi, pictured)
            twin, scanned = read(args.lessons, born), read(args.lessons, pictured)
            if known := gold.get(pathlib.Path(file).parts[-2:]):
                of_born.add(known, recommendations(args.lessons, born))
                of_pictured.add(known, recommendations(args.lessons, pictured))
        unread = sum(page["text_from"] == "needs-ocr" for page in scanned)
        words = lambda pages: text.words("\n".join(text.text_of({"pages": pages})))
        known, found = words(twin), words(scanned)
        same = sum((known & found).values())
        right, of = right + 2 * same, of + sum(known.values()) + sum(found.values())
        note = f", {unread} pages not read: is tesseract installed?" if unread else ""
        print(f"{pathlib.Path(file).name:40} {count} pages: words {text.agreement(known, found) or 0:.4f}{note}", flush=True)
    print(f"words of pictured pages at {args.dpi} dpi: {right / max(1, of):.4f}")
    if gold:
        print(f"recommendations, born digital:  {of_born}\nrecommendations, on pictures:   {of_pictured}")
    sys.exit(right / max(1, of) < 0.97)


if __name__ == "__main__":
    main()
