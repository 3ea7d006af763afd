"""Extraction quality of Winnow and of other libraries, on labelled pages.

    python -m lab.benchmarks.extraction --data FOLDER [--folds FOLDS] [--limit N] [html rmain rplain inscr]

FOLDER holds the development split of WCXB as `wcxb-dev` and its plain-text renderings as `text-dev` (folders, or the
archives `wcxb-dev.tar.gz` and `text-dev.tar.xz`). Winnow runs as a user runs it: `scrapy crawl seeds`, results read
from the database. The shipped models have seen these pages; with `--folds` (what `make train FOLDS=…` wrote) each page
is read by models that have not seen its site, in one crawl per fold, and the figures are out of fold.
newspaper4k and resiliparse are measured where they are installed.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from lab.benchmarks.measured import PROJECT
from lab.benchmarks.scoring import Score, table

RENDERINGS = ("html", "rmain", "rplain", "inscr")
Extracted = dict[str, Any]


def unpack(data: Path, work: Path, names: Sequence[str] = ("wcxb-dev", "text-dev")) -> dict[str, Path]:
    """Return the folders of labelled pages, unpacked to `work` where only their archives are in `data`."""
    places = {}
    for name in names:
        places[name] = data / name
        if not places[name].is_dir():
            places[name] = work / name
            with tarfile.open(next(data.glob(f"{name}.tar.*"), data / f"{name}.tar.xz")) as archive:
                archive.extractall(work, filter="data")
    return places


def labelled(places: dict[str, Path], rendering: str, limit: int | None) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the label row and the bytes of each page of one rendering."""
    rows = [json.loads(line) for line in (places["text-dev"] / "labels.jsonl").read_text("utf-8").split("\n") if line]
    wanted = [row for row in rows if row["rendering"] == ("rmain" if rendering == "html" else rendering)]
    for row in wanted[:limit]:
        if rendering == "html":
            packed = (places["wcxb-dev"] / "html" / f"{row['id']}.html.gz").read_bytes()
            yield {**row, "file": f"{row['id']}.html"}, gzip.decompress(packed)
        else:
            yield row, (places["text-dev"] / row["file"]).read_bytes()


def winnow(pages: list[tuple[dict[str, Any], bytes]], folds: Path | None, work: Path) -> dict[str, Extracted]:
    """Return what a crawl of the pages extracts, by page; where fold models are given, a crawl for each fold."""
    fold_of: dict[str, int] = json.loads((folds / "html/folds.json").read_text("utf-8")) if folds else {}
    by_fold = defaultdict(list)
    for row, body in pages:
        by_fold[fold_of[row["domain"]] if folds else 0].append((row, body))
    found: dict[str, Extracted] = {}
    for fold, members in sorted(by_fold.items()):
        folder = Path(tempfile.mkdtemp(dir=work))
        for row, body in members:
            (folder / row["file"]).write_bytes(body)
        environment = dict(os.environ)
        if folds:
            environment["WINNOW_TEXT_MODEL"] = str(folds.resolve() / f"text/fold{fold}.npz")
            environment["WINNOW_HTML_MODEL"] = str(folds.resolve() / f"html/fold{fold}.npz")
        found |= _crawl(folder, folder.with_suffix(".db"), environment)
    return found


def _crawl(folder: Path, database: Path, environment: dict[str, str]) -> dict[str, Extracted]:
    command = [sys.executable, "-m", "scrapy.cmdline", "crawl", "seeds"]
    command += ["-a", f"path={folder.resolve()}", "-s", f"DATABASE={database.resolve()}"]
    done = subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 4):
        sys.exit(f"scrapy crawl ended with {done.returncode}")
    db = sqlite3.connect(database)
    names = ("text", "title", "author", "date")
    query = """SELECT p.path, a.text, a.title, a.author, a.date FROM pages p
        LEFT JOIN articles a ON a.id = p.article_id"""
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in db.execute(query)}
    db.close()
    return found


def by_trafilatura(body: bytes, rendering: str) -> Extracted:
    """Return what trafilatura extracts by default; lines of a text page are made HTML paragraphs first."""
    source = body if rendering == "html" else lxml.html.tostring(_as_paragraphs(body))
    found = bare_extraction(source, with_metadata=True)
    if not isinstance(found, Document):
        return {}
    return {"text": found.text, "title": found.title, "author": found.author, "date": found.date}


def by_justext(body: bytes, rendering: str) -> Extracted:
    """Return the text that jusText extracts, which is installed with trafilatura."""
    justext = importlib.import_module("justext")
    source = body if rendering == "html" else lxml.html.tostring(_as_paragraphs(body))
    blocks = justext.justext(source, justext.get_stoplist("English"))
    return {"text": "\n".join(block.text for block in blocks if not block.is_boilerplate)}


def by_newspaper(body: bytes, rendering: str) -> Extracted:
    """Return what newspaper4k extracts. Raises `ImportError` where newspaper4k is not installed."""
    newspaper = importlib.import_module("newspaper")
    if rendering != "html":
        raise ImportError
    article = newspaper.article("https://example.org/", input_html=body.decode("utf-8", "replace"))
    date = article.publish_date.date().isoformat() if article.publish_date else None
    return {"text": article.text, "title": article.title, "author": "; ".join(article.authors), "date": date}


def by_resiliparse(body: bytes, rendering: str) -> Extracted:
    """Return what resiliparse extracts. Raises `ImportError` where resiliparse is not installed."""
    extract = importlib.import_module("resiliparse.extract.html2text")
    if rendering != "html":
        raise ImportError
    return {"text": extract.extract_plain_text(body.decode("utf-8", "replace"), main_content=True)}


def _as_paragraphs(body: bytes) -> lxml.html.HtmlElement:
    lines = [line for line in body.decode("utf-8", "replace").splitlines() if line.strip()]
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return lxml.html.document_fromstring(f"<html><body>{paragraphs}</body></html>")


OTHERS: dict[str, Callable[[bytes, str], Extracted]] = {
    "trafilatura": by_trafilatura,
    "jusText": by_justext,
    "newspaper4k": by_newspaper,
    "resiliparse": by_resiliparse,
}


def others(pages: list[tuple[dict[str, Any], bytes]], rendering: str) -> dict[str, Score]:
    """Return the scores of the other tools that are installed and take such pages; a failure counts as empty."""
    scores = {}
    for name, extract in OTHERS.items():
        score = Score()
        try:
            for row, body in pages:
                try:
                    found = extract(body, rendering)
                except ImportError:
                    raise
                except Exception:
                    found = {}
                score.add(found, row)
        except ImportError:
            continue
        scores[name] = score
    return scores


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("renderings", nargs="*", default=RENDERINGS)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--only-winnow", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        work = Path(temporary)
        places = unpack(args.data, work)
        for rendering in args.renderings:
            pages = list(labelled(places, rendering, args.limit))
            found = winnow(pages, args.folds, work)
            score = Score()
            for row, _ in pages:
                score.add(found.get(row["file"], {}), row)
            label = "Winnow, out of fold" if args.folds else "Winnow, models that have seen the pages"
            scores = {label: score} | ({} if args.only_winnow else others(pages, rendering))
            print(f"{rendering}, {len(pages)} pages\n{table(scores)}\n", flush=True)


if __name__ == "__main__":
    main()
