"""Search in scripts written without spaces: the words of labelled texts, cut by an independent program, are looked for.

    python -m lab.benchmarks.search_words --data FOLDER

FOLDER holds `web-dev`, the unpacked labelled pages with language and text. Each distinct word of a text is typed into
the search; printed is how often the text is found, by language, with `articles_search` (`found`) and, as other programs
may, with `articles_fts` (`plain`; in scripts without spaces as the beginning of a phrase); and how many of the texts
found have the word by the same program (`right`).

Chinese is cut by jieba, Japanese by janome, Thai by PyThaiNLP, Korean by Kiwi (nouns only: `pip install jieba janome
pythainlp kiwipiepy`). A language whose program is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from winnow.archive.sqlite import Database
from winnow.archive.store import Store
from winnow.search.query import Query, parse
from winnow.text import ONE_UNSPACED

Cut = Callable[[str], set[str]]


def _chinese() -> Cut:
    jieba: Any = import_module("jieba")
    return lambda text: set(jieba.cut(text))


def _japanese() -> Cut:
    tokenizer: Any = import_module("janome.tokenizer").Tokenizer()
    return lambda text: set(tokenizer.tokenize(text, wakati=True))


def _thai() -> Cut:
    pythainlp: Any = import_module("pythainlp.tokenize")
    return lambda text: set(pythainlp.word_tokenize(text))


def _korean() -> Cut:
    kiwi: Any = import_module("kiwipiepy").Kiwi()
    return lambda text: {token.form for token in kiwi.tokenize(text) if token.tag in ("NNG", "NNP")}


CUTS: dict[str, Callable[[], Cut]] = {"zh": _chinese, "ja": _japanese, "th": _thai, "ko": _korean}


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield language and text of the labelled pages in these languages."""
    for row in map(json.loads, (data / "web-dev" / "labels.jsonl").open(encoding="utf-8")):
        if row.get("language") in CUTS and row["text"]:
            yield row["language"], row["text"]


def fill(store: Store, labelled: list[tuple[str, str]]) -> None:
    """Write the texts as articles with the ids 1, 2, …"""
    for key, (language, text) in enumerate(labelled, 1):
        row = {"id": key, "language": language, "text": text, "word_count": 1, "first_seen": "", "last_seen": ""}
        store.db.table("articles").insert(row)
    store.commit()


def found(db: Database, index: str, match: str) -> set[int]:
    """Return the ids of the articles that match in an index."""
    return {row[0] for row in db.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ?", [match])}


def as_others_ask(query: Query) -> str:
    """Return the FTS5 expression for an index that takes phrases of scripts without spaces for words."""
    return " AND ".join(f'"{term.typed}"' + ("*" if ONE_UNSPACED.search(term.typed) else "") for term in query.terms)


def measure(db: Database, labelled: list[tuple[str, str]], language: str, cut: Cut) -> str:
    """Return a row of the table."""
    words = {key: cut(text) for key, (of, text) in enumerate(labelled, 1) if of == language}
    hits = plain = matches = right = total = 0
    for key, own in words.items():
        for word in sorted(own):
            query = parse(word, [language])
            if query is None or not word.strip() or word in ("OR", "AND"):
                continue
            total += 1
            ids = found(db, "articles_search", query.match) & words.keys()
            hits, matches = hits + (key in ids), matches + len(ids)
            right += sum(word in words[other] for other in ids)
            plain += key in found(db, "articles_fts", as_others_ask(query))
    return f"{language}  {len(words):5d} {total:6d}  {hits / total:.3f}  {plain / total:.3f}  {right / matches:.3f}"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        labelled = list(texts(args.data))
        store = Store(Path(temporary) / "words.db")
        fill(store, labelled)
        print("    texts  words  found  plain  right")
        for language, program in CUTS.items():
            try:
                print(measure(store.db, labelled, language, program()))
            except ImportError:
                print(f"{language}  its program is not installed")
        store.close()


if __name__ == "__main__":
    main()
