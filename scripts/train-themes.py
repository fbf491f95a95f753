#!/usr/bin/env python3
"""Learn how much words, phrases and the rest of a document say about a theme.

    python3 scripts/train-themes.py CORPUS [--write]

CORPUS holds dist/gold.json and sites/*/docs/*.html. Needs numpy and scikit-learn. Prints how well
the model does on items and documents of sites that it was not trained on, then on those it was; with
--write it trains on everything and writes index/theme-weights.tsv and tests/fixtures/theme-probes.tsv.
docs/theme-model.md says what the model is, what it was trained on and where it is weak.
"""
import argparse, collections, html.parser, json, math, pathlib, re, tomllib, unicodedata
import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOUBT = 10                            # items that a phrase has to stand in before it is believed as much as its list
BACKGROUND_HINT = 0.5                 # a hint in running text, against one in an item
SMOOTH = 0.002                        # added to a share before its ratio is taken
STEM = 7                              # letters of a word that count
RIDGE = 1.0
KEEP = 0.02                           # smallest weight of a word that is written
TRUST = 16.0                          # how freely meanings are fitted: the inverse of the penalty
PROBES = ["Nobody spoke to the baby's father on his own, and what he told his GP about his drinking reached no one.",
          "The Board should revise its guidance on bruises in babies who are not yet crawling, and test that staff know it.",
          "Mae angen i’r Bwrdd sicrhau bod pob ymarferydd yn rhannu gwybodaeth am esgeulustod – bob tro."]  # read by the program's test as well
UNSEEN = -20.0                        # what meanings say for a theme without any text
MUTATIONS = [("ll", ["l"]), ("rh", ["r"]), ("dd", []), ("ph", []), ("p", ["b", "mh", "ph"]), ("t", ["d", "nh", "th"]),
             ("c", ["g", "ngh", "ch"]), ("b", ["f", "m"]), ("d", ["dd", "n"]), ("g", ["", "ng"]), ("m", ["f"])]


# --- the lexicon, as src/vocabulary/lexicon.rs reads it ---------------------------------------------
def fold(text):
    text = "".join({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'}.get(c, " " if c in "-–—‑\xad" or c.isspace() else c) for c in text)
    return re.sub(" +", " ", text).strip()


def mutations(phrase):
    forms = [phrase]
    for initial, changed in MUTATIONS:
        if phrase.startswith(initial):
            forms += [to + phrase[len(initial):] for to in changed]
            break
    return forms + (["h" + phrase] if phrase[0] in "aeiouwy" else [])


class Lexicon:
    def __init__(self, themes):
        self.trie = {}
        for index, theme in enumerate(themes):
            lists = [("terms", "T"), ("hints", "H"), ("not_terms", "N")]
            phrases = [(p, force) for key, force in lists for p in theme.get(key, [])]
            phrases += [(m, "T") for p in theme.get("welsh", []) for m in mutations(p)]
            for phrase, force in phrases:
                is_open, phrase = phrase.endswith("*"), phrase.rstrip("*")
                exact = fold(phrase[1:]) if phrase.startswith("=") else None
                node = self.trie
                for c in (exact or fold(phrase)).lower():
                    node = node.setdefault(c, {})
                node.setdefault("", []).append((index, force, is_open, exact))

    def hits(self, text):
        """How often each phrase of each theme stands in the text, the longest of overlapping ones counting."""
        cased = fold(text); lower = cased.lower()
        found = collections.defaultdict(list)
        for start in range(len(lower)):
            if start and lower[start - 1].isalnum():
                continue
            node, at = self.trie, start
            while at < len(lower) and lower[at] in node:
                node = node[lower[at]]; at += 1
                for index, force, is_open, exact in node.get("", []):
                    ending = re.match(r"[^\W_']*(?:'[^\W_']*)*", lower[at:at + 30]).group().rstrip("'")
                    whole = is_open or not ending[:1].isalnum() or ending in ("s", "es", "s's", "es's")
                    if whole and (exact is None or cased[start:].startswith(exact)):
                        found[index].append((start, -(at + len(ending)), force))
        counts = collections.Counter()
        for index, hits in found.items():
            end = 0
            for start, stop, force in sorted(hits, key=lambda hit: hit[:2]):
                if start >= end:
                    end = -stop; counts[(index, lower[start:end], force)] += force != "N"
        return +counts


def stems(text):
    return [w[:STEM] for w in re.findall(r"[^\W\d_]+", re.sub("['’]s\\b", "", text.lower()).replace("'", "").replace("’", "")) if len(w) > 2]


def no_names(text):
    """The stems of words that are no names: written small, or wholly in capitals."""
    return stems(" ".join(w for w in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text) if w[0].islower() or w.isupper()))


# --- the corpus -------------------------------------------------------------------------------------
class Text(html.parser.HTMLParser):
    BLOCK = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div", "tr", "br", "dt", "dd"}

    def __init__(self):
        super().__init__(); self.out, self.skip = [], False

    def handle_starttag(self, tag, attrs):
        self.skip |= tag in ("script", "style")
        self.out.append("\n" if tag in self.BLOCK else "")

    def handle_endtag(self, tag):
        if tag in ("script", "style"): self.skip = False
        self.out.append("\n" if tag in self.BLOCK else "")

    def handle_data(self, data):
        if not self.skip: self.out.append(" ".join(data.split()) + " " if data.strip() else " ")


def sentences(text):
    return [s for s in re.split(r"(?<=[.?!])\s+|\n", text) if s.strip()]


def read(corpus, known):
    items, documents = [], []
    for gold in json.loads((corpus / "dist/gold.json").read_text())["documents"]:
        if gold["kind"] not in ("review", "summary"):
            continue
        text = Text(); text.feed((corpus / "sites" / gold["site"] / "docs" / (gold["id"].split("/")[-1] + ".html")).read_text())
        document = {"site": gold["site"], "title": gold["title"], "themes": [known[t] for t in gold["themes"] if t in known], "text": "".join(text.out), "items": []}
        for part in ("recommendations", "lessons"):
            for item in gold[part]:
                document["items"].append(len(items))
                items.append({"site": gold["site"], "document": len(documents), "part": part, "text": item["text"], "themes": [known[t] for t in item["themes"] if t in known]})
        documents.append(document)
    return items, documents


def examples(known):
    rows = [line.rstrip("\n").split("\t") for line in (ROOT / "scripts/theme-examples.tsv").open() if not line.startswith("#")]
    return [{"site": "", "text": text, "themes": [known[t] for t in themes.split(",") if t in known]} for themes, text in rows]


class Hits:
    """The phrases of many texts, ready to be weighed again and again."""
    def __init__(self, lexicon, keys, texts):
        """`texts` holds for each text its parts: the root of a phrase's number is taken within a part."""
        self.rows = []
        for parts in texts:
            sums = collections.Counter()
            for part in parts:
                for key, n in lexicon.hits(part).items(): sums[keys.setdefault(key, len(keys))] += math.sqrt(n)
            self.rows.append((np.array(list(sums), dtype=int), np.array(list(sums.values()))))

    def scores(self, weights, themes, n):
        return np.array([np.bincount(themes[ids], weights[ids] * counts, n) if len(ids) else np.zeros(n) for ids, counts in self.rows])


class Phrases:
    """What each phrase says: how often the items it stands in are about its theme, against terms on average."""
    def __init__(self, data, train):
        rows = [(data.hits.rows[i][0], data.y[i]) for i, item in enumerate(data.items) if train(item["site"])]
        rows += [(ids, data.y[len(data.items) + i]) for i, (ids, _) in enumerate(data.example_hits.rows)]
        n, right = np.zeros(len(data.key_theme)), np.zeros(len(data.key_theme))
        for ids, y in rows:
            n[ids] += 1; right[ids] += y[data.key_theme[ids]]
        term = data.key_is_term
        of_terms, of_hints = right[term].sum() / n[term].sum(), right[~term].sum() / n[~term].sum()
        believed = np.where(term, of_terms, of_hints)
        self.hint = of_hints / of_terms
        self.weights = (right + DOUBT * believed) / (n + DOUBT) / of_terms
        self.known = n > 0


# --- the model --------------------------------------------------------------------------------------
class Bag:
    """The words of every text as vectors of unit length."""
    def __init__(self, texts):
        counts = collections.Counter(w for text in texts for w in set(stems(text)))
        plain = {w for text in texts for w in no_names(text)}
        vocab = sorted(w for w, c in counts.items() if c >= 2 and w in plain)
        self.index = {w: i for i, w in enumerate(vocab)}
        self.idf = np.array([math.log((1 + len(texts)) / (1 + counts[w])) + 1 for w in vocab])
        self.x = np.array([self.vector(text) for text in texts]); self.kernel = self.x @ self.x.T

    def vector(self, text):
        x = np.zeros(len(self.index))
        for w, c in collections.Counter(stems(text)).items():
            if w in self.index: x[self.index[w]] = (1 + math.log(c)) * self.idf[self.index[w]]
        return x / max(np.linalg.norm(x), 1e-9)


class Words:
    """Ridge regression over the words of a text, one output per theme, learnt from these rows."""
    def __init__(self, bag, y, rows):
        self.bag, self.rows = bag, rows
        self.mean = y[rows].mean(0); scale = 1 / np.sqrt(self.mean + 0.01)
        self.dual = np.linalg.solve(bag.kernel[np.ix_(rows, rows)] + RIDGE * np.eye(len(rows)), (y[rows] - self.mean) * scale) / scale

    def score(self, row):
        return self.bag.kernel[row, self.rows] @ self.dual + self.mean

    def weights(self):
        weights = self.bag.x[self.rows].T @ self.dual
        return np.where(np.abs(weights) < KEEP, 0, weights)


class Table:
    """What word pieces mean, as src/meaning.rs reads it."""
    def __init__(self):
        with (ROOT / "index/meaning/table.bin").open("rb") as file:
            head = json.loads(file.readline())
            self.row = {file.readline().decode().rstrip("\n"): row for row in range(head["pieces"])}
            scales = np.frombuffer(file.read(4 * head["pieces"]), "<f4")
            self.vectors = np.frombuffer(file.read(), np.int8).reshape(head["pieces"], -1) * scales[:, None]

    def pieces(self, word):
        rows, start = [], 0
        while start < len(word):
            ends = (end for end in range(len(word), start, -1) if "##" * (start > 0) + word[start:end] in self.row)
            if (end := next(ends, None)) is None: return []
            rows.append(self.row["##" * (start > 0) + word[start:end]]); start = end
        return rows

    def meaning(self, text):
        folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
        rows = [row for word in re.findall("[a-z0-9]+", folded) if len(word) <= 64 for row in self.pieces(word)]
        total = self.vectors[rows].sum(0, dtype=float)
        return np.clip(np.round(total / max(np.linalg.norm(total), 1e-9) * 127), -127, 127) / 127


class Meanings:
    """How likely each theme is by what a text means: one softmax over all themes; a text of two themes is half of each."""
    def __init__(self, meanings, y, rows):
        pairs = [(row, theme, 1 / y[row].sum()) for row in rows for theme in np.flatnonzero(y[row])]
        texts, themes, shares = (np.array(part) for part in zip(*pairs))
        model = LogisticRegression(C=TRUST, tol=1e-3, max_iter=300).fit(meanings[texts], themes, sample_weight=shares)
        self.bias, self.weights = np.full(y.shape[1], UNSEEN), np.zeros((y.shape[1], meanings.shape[1]))
        self.bias[model.classes_], self.weights[model.classes_] = model.intercept_, model.coef_

    def score(self, meaning):
        """The logarithm of each theme's share."""
        z = self.weights @ meaning + self.bias
        return z - z.max() - np.log(np.exp(z - z.max()).sum())


def targets(items, n):
    y = np.zeros((len(items), n))
    for i, item in enumerate(items): y[i, item["themes"]] = 1
    return y


ITEM = ["one", "practice", "phrases", "of_best", "of_all", "leaning_practice", "leaning_other", "words", "words_to_best", "meaning"]
DOCUMENT = ["one", "practice", "items_mean", "items_best", "leaning", "share", "title"]


def item_features(s, z, meant, lift, practice):
    best, total = max(s.max(), 1e-9), max(s.sum(), 1e-9)
    one = np.ones_like(s)
    return np.stack([one, practice, np.log1p(s), s / best, s / total, lift * practice, lift * (1 - practice), z, z - z.max(), meant], -1)


def document_features(p, lift, share, title, practice):
    one = np.ones_like(lift)
    mean, best = (p.mean(0), p.max(0)) if len(p) else (0 * one, 0 * one)
    return np.stack([one, practice, np.sqrt(mean), best, lift, np.sqrt(share), title], -1)


def fit(x, y):
    """Logistic regression with the weights in the units of the features."""
    mean, sd = x.mean(0), x.std(0) + 1e-9
    mean[0], sd[0] = 0, 1
    model = LogisticRegression(C=1.0, max_iter=2000, fit_intercept=False).fit((x - mean) / sd, y)
    coef = model.coef_[0] / sd
    coef[0] -= (coef[1:] * mean[1:]).sum()
    return coef


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Model:
    def __init__(self, data, train):
        """`train(site)` says whether a site may be learnt from."""
        self.d, d, n = data, data, len(data.themes)
        self.phrases = Phrases(data, train)
        self.s = d.weigh(d.hits, self.phrases)
        self.title = np.minimum(d.weigh(d.title_hits, self.phrases), 1)
        share = d.weigh(d.text_hits, self.phrases, BACKGROUND_HINT)
        self.share = share / share.sum(1, keepdims=True)
        learn = [i for i, item in enumerate(d.items) if train(item["site"])]
        added = [len(d.items) + i for i in range(len(d.examples))]
        self.words = Words(d.bag, d.y, learn + added)
        self.meanings = d.meanings_of(learn + added)
        self.average = self.share[[train(doc["site"]) for doc in d.documents]].mean(0)
        # Words, meanings and phrases are scored for training by models that did not see the item's site.
        z, meant = np.zeros((2, len(d.items), n))
        for site in {d.items[i]["site"] for i in learn}:
            rows = [i for i in learn if d.items[i]["site"] != site] + added
            other, other_meanings = Words(d.bag, d.y, rows), d.meanings_of(rows)
            s = d.weigh(d.hits, Phrases(data, lambda s: s != site and train(s)))
            for i in learn:
                if d.items[i]["site"] == site: z[i], meant[i], self.s[i] = other.score(i), other_meanings.score(d.meanings[i]), s[i]
        scored, y = np.flatnonzero(d.scored), d.y
        x = np.concatenate([self.features(i, z[i], meant[i])[scored] for i in learn]); t = np.concatenate([y[i, scored] for i in learn])
        self.item = fit(x, t)
        docs = [k for k, doc in enumerate(d.documents) if train(doc["site"])]
        x = np.concatenate([self.of_document(k, (z, meant))[scored] for k in docs])
        t = np.concatenate([[float(j in d.documents[k]["themes"]) for j in scored] for k in docs])
        self.document = fit(x, t)

    def lift(self, k):
        return self.lift_of(self.share[k])

    def lift_of(self, share):
        return np.log((share + SMOOTH) / (self.average + SMOOTH))

    def probe(self, k):
        """The log odds of each theme of an item that is its whole document."""
        d, text = self.d, PROBES[k]
        s, share = (d.weigh(d.probe_hits, self.phrases, hint)[k] for hint in (1.0, BACKGROUND_HINT))
        z = d.bag.vector(text) @ self.words.weights() + self.words.mean
        return item_features(s, z, self.meanings.score(d.table.meaning(text)), self.lift_of(share / share.sum()), d.practice) @ self.item

    def features(self, i, z, meant):
        return item_features(self.s[i], z, meant, self.lift(self.d.items[i]["document"]), self.d.practice)

    def logit(self, i, learnt=None):
        z, meant = (self.words.score(i), self.meanings.score(self.d.meanings[i])) if learnt is None else (learnt[0][i], learnt[1][i])
        return self.features(i, z, meant) @ self.item

    def of_document(self, k, learnt=None):
        d = self.d
        p = np.array([sigmoid(self.logit(i, learnt)) for i in d.documents[k]["items"]])
        return document_features(p, self.lift(k), self.share[k], self.title[k], d.practice)

    def document_logit(self, k):
        return self.of_document(k) @ self.document


class Data:
    def __init__(self, corpus):
        self.themes = tomllib.loads((ROOT / "index/themes.toml").read_text())["theme"]
        known = {t["id"]: i for i, t in enumerate(self.themes)}
        self.scored = np.array([t.get("scored", True) for t in self.themes])
        self.practice = np.array([float(t["family"] == "practice") for t in self.themes])
        self.items, self.documents = read(corpus, known)
        self.examples = examples(known)
        lexicon, n = Lexicon(self.themes), len(self.themes)
        rows = self.items + self.examples
        self.bag, self.y = Bag([row["text"] for row in rows]), targets(rows, n)
        self.table = Table()
        self.meanings = np.array([self.table.meaning(row["text"]) for row in rows])
        self.fitted = {}
        self.keys = {}
        self.hits = Hits(lexicon, self.keys, [[item["text"]] for item in self.items])
        self.example_hits = Hits(lexicon, self.keys, [[row["text"]] for row in self.examples])
        self.title_hits = Hits(lexicon, self.keys, [[doc["title"]] for doc in self.documents])
        self.text_hits = Hits(lexicon, self.keys, [sentences(doc["text"]) for doc in self.documents])
        self.probe_hits = Hits(lexicon, self.keys, [[text] for text in PROBES])
        self.key_theme = np.array([theme for theme, _, _ in self.keys])
        self.key_is_term = np.array([force == "T" for _, _, force in self.keys])

    def meanings_of(self, rows):
        key = tuple(rows)
        if key not in self.fitted: self.fitted[key] = Meanings(self.meanings, self.y, rows)
        return self.fitted[key]

    def weigh(self, hits, phrases, of_hint=1.0):
        weights = phrases.weights * np.where(self.key_is_term, 1, of_hint)
        return hits.scores(weights, self.key_theme, len(self.themes))


# --- how well it does -------------------------------------------------------------------------------
def chosen(logits, scored, least, fewest, most):
    logits = np.where(scored, logits, -99); order = np.argsort(-logits)[:most]
    return {int(j) for rank, j in enumerate(order) if rank < fewest or logits[j] >= least}


def f1(pairs):
    right = sum(len(g & f) for g, f in pairs); total = sum(len(g) + len(f) for g, f in pairs)
    return 2 * right / max(total, 1)


def best(gold, logits, scored, fewest, most, grid):
    results = [(f1([(g, chosen(z, scored, t, fewest, most)) for g, z in zip(gold, logits)]), t) for t in grid]
    return max(results)


def main():
    parser = argparse.ArgumentParser(); parser.add_argument("corpus", type=pathlib.Path); parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    data = Data(arguments.corpus); sites = sorted({doc["site"] for doc in data.documents})
    gold = [set(item["themes"]) for item in data.items]; gold_docs = [set(doc["themes"]) for doc in data.documents]
    logits, doc_logits = [None] * len(data.items), [None] * len(data.documents)
    for site in sites:
        model = Model(data, lambda s: s != site)
        for i, item in enumerate(data.items):
            if item["site"] == site: logits[i] = model.logit(i)
        for k, doc in enumerate(data.documents):
            if doc["site"] == site: doc_logits[k] = model.document_logit(k)
    kept = [i for i, g in enumerate(gold) if g]; docs = [k for k, g in enumerate(gold_docs) if g]
    grid = [g / 10 for g in range(-30, 5)]
    score, least = best([gold[i] for i in kept], [logits[i] for i in kept], data.scored, 1, 3, grid)
    doc_score, doc_least = best([gold_docs[k] for k in docs], [doc_logits[k] for k in docs], data.scored, 3, 9, grid)
    print(f"left-out sites: items F1 {score:.3f} (least {least}), documents F1 {doc_score:.3f} (least {doc_least})")
    for site in sites:
        a = f1([(gold[i], chosen(logits[i], data.scored, least, 1, 3)) for i in kept if data.items[i]["site"] == site])
        b = f1([(gold_docs[k], chosen(doc_logits[k], data.scored, doc_least, 3, 9)) for k in docs if data.documents[k]["site"] == site])
        print(f"  {site:16} items {a:.3f}  documents {b:.3f}")
    full = Model(data, lambda s: True)
    a = f1([(gold[i], chosen(full.logit(i), data.scored, least, 1, 3)) for i in kept])
    b = f1([(gold_docs[k], chosen(full.document_logit(k), data.scored, doc_least, 3, 9)) for k in docs])
    print(f"trained on all:  items F1 {a:.3f}, documents F1 {b:.3f}")
    print(dict(zip(ITEM, full.item.round(2)))); print(dict(zip(DOCUMENT, full.document.round(2))))
    if arguments.write: write(full, least, doc_least)


def write(model, least, doc_least):
    rows = ["# Learnt by scripts/train-themes.py; docs/theme-model.md says from what and how well it does. Do not edit."]
    rows += [f"item\t{name}\t{value:.4f}" for name, value in zip(ITEM, model.item)] + [f"item\tleast\t{least}"]
    rows += [f"document\t{name}\t{value:.4f}" for name, value in zip(DOCUMENT, model.document)] + [f"document\tleast\t{doc_least}"]
    themes = [t["id"] for t in model.d.themes]
    rows.append(f"item\thint\t{model.phrases.hint:.4f}")
    rows += sorted(f"phrase\t{themes[theme]}\t{text}\t{model.phrases.weights[key]:.3f}" for (theme, text, _), key in model.d.keys.items() if model.phrases.known[key])
    rows += [f"theme\t{theme}\t{model.average[j]:.5f}\t{model.words.mean[j]:.5f}" for j, theme in enumerate(themes)]
    for theme, bias, weights in zip(themes, model.meanings.bias, model.meanings.weights):
        rows.append(f"meaning\t{theme}\t{bias:.2f}\t{' '.join(f'{weight:.2f}' for weight in weights)}")
    words = model.words.weights()
    for word, i in model.d.bag.index.items():
        weights = [f"{themes[j]}:{words[i, j]:.2f}" for j in np.flatnonzero(words[i])]
        rows.append(f"word\t{word}\t{model.d.bag.idf[i]:.2f}\t{' '.join(weights)}")
    (ROOT / "index/theme-weights.tsv").write_text("\n".join(rows) + "\n")
    probes = ["# Log odds by scripts/train-themes.py, for the test that the program comes to the same. Do not edit."]
    for k, text in enumerate(PROBES):
        logits = model.probe(k)
        probes += [f"{themes[j]}\t{logits[j]:.2f}\t{text}" for j in np.argsort(-logits)[:4]]
    (ROOT / "tests/fixtures/theme-probes.tsv").write_text("\n".join(probes) + "\n")


if __name__ == "__main__":
    main()
