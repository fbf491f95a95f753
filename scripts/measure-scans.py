#!/usr/bin/env python3
"""How well pictures of pages are read, against the same pages born digital.

    python3 scripts/measure-scans.py LESSONS PDF... [--pages 4] [--dpi 110]

Draws the first pages of each file in grey at so many dots per inch, a little turned and with noise, packs
them as a PDF without text, reads both with `lessons read` and compares the words page by page: F1 of the
words as counted, furniture and notes included. Needs pypdfium2 and Pillow (pip), and tesseract.
"""
import argparse, importlib.util, io, json, pathlib, random, subprocess, sys, tempfile

import pypdfium2
from PIL import Image

spec = importlib.util.spec_from_file_location("measure_text", pathlib.Path(__file__).with_name("measure-text.py"))
text = importlib.util.module_from_spec(spec)
spec.loader.exec_module(text)


def scan(path, pages, dpi, target):
    """The pages as a scanner would give them: grey, turned by a third of a degree, noisy, JPEG."""
    noise = random.Random(1)
    pictures = []
    for page in list(pypdfium2.PdfDocument(path))[:pages]:
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


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("lessons"); ap.add_argument("files", nargs="+")
    ap.add_argument("--pages", type=int, default=4); ap.add_argument("--dpi", type=int, default=110)
    args = ap.parse_args()
    right = of = 0
    for file in args.files:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as target:
            count = scan(file, args.pages, args.dpi, target.name)
            twin, scanned = read(args.lessons, file)[:count], read(args.lessons, target.name)
        unread = sum(page["text_from"] == "needs-ocr" for page in scanned)
        # A paragraph over a page break stands where it begins, so pages are compared together.
        words = lambda pages: text.words("\n".join(text.text_of({"pages": pages})))
        known, found = words(twin), words(scanned)
        same = sum((known & found).values())
        right, of = right + 2 * same, of + sum(known.values()) + sum(found.values())
        note = f", {unread} pages not read: is tesseract installed?" if unread else ""
        print(f"{pathlib.Path(file).name:40} {count} pages: words {text.agreement(known, found) or 0:.4f}{note}", flush=True)
    print(f"words of pictured pages at {args.dpi} dpi: {right / max(1, of):.4f}")
    sys.exit(right / max(1, of) < 0.97)


if __name__ == "__main__":
    main()
