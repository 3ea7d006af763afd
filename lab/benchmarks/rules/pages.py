"""The labelled pages on which rules are judged: articles, the web in many languages, pages of other kinds."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab.benchmarks.extraction import RENDERINGS, unpack
from lab.benchmarks.fields import VERDICTS
from winnow.items import HTML, TEXT

SETS = ("wcxb", "text", "web", "types")
UNSPACED = frozenset(("zh", "ja", "th", "lo", "km", "my"))


@dataclass(frozen=True)
class Label:
    """What is known of a page. None: not labelled; an empty string or tuple: the page has none."""

    text: str | None = field(repr=False)
    kept: tuple[str, ...]  # passages that must be in the text
    left: tuple[str, ...]  # passages that must not
    title: str | None
    date: str | None
    authors: tuple[str, ...] | None
    verdicts: dict[str, str]  # of fields, see `lab.benchmarks.fields`


@dataclass(frozen=True)
class LabelledPage:
    """A page, its label, and its site where models may have been trained on it."""

    name: str
    media_type: str
    language: str
    domain: str | None
    file: Path = field(repr=False)
    label: Label = field(repr=False)

    def read(self) -> bytes:
        """Read the page's bytes."""
        body = self.file.read_bytes()
        return gzip.decompress(body) if self.file.suffix == ".gz" else body


def labelled_pages(data: Path, work: Path, sets: tuple[str, ...] = SETS) -> list[LabelledPage]:
    """Return the pages of the sets in the folder `data`; archives are unpacked to `work`."""
    readers: dict[str, Callable[[dict[str, Path]], Iterator[LabelledPage]]]
    readers = {"wcxb": _articles, "text": _articles, "web": _web, "types": _types}
    places = unpack(data, work, sorted({f"{name}-dev" for name in sets} | ({"text-dev"} if "wcxb" in sets else set())))
    pages = [page for reader in dict.fromkeys(readers[name] for name in sets) for page in reader(places)]
    return [page for page in pages if page.name.partition("/")[0] in sets]


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (folder / "labels.jsonl").read_text("utf-8").split("\n") if row]


def _articles(places: dict[str, Path]) -> Iterator[LabelledPage]:
    """Yield WCXB's articles, as HTML where that is there, and in three renderings as text."""
    verdicts = json.loads(VERDICTS.read_text("utf-8"))["verdicts"]
    for row in _rows(places["text-dev"]):
        name, file, domain = row["id"], row["file"], row["domain"]
        if row["rendering"] == RENDERINGS[1] and "wcxb-dev" in places:
            label = _label(row, row["main_content"], row["publish_date"], verdicts["html"].get(name, {}))
            page = places["wcxb-dev"] / "html" / f"{name}.html.gz"
            yield LabelledPage(f"wcxb/{name}", HTML, "en", domain, page, label)
        verdict = verdicts["text"].get(file.removesuffix(".txt"), {})
        label = _label(row, row["main_content"], row["publish_date"], verdict)
        yield LabelledPage(f"text/{file}", TEXT, "en", domain, places["text-dev"] / file, label)


def _types(places: dict[str, Path]) -> Iterator[LabelledPage]:
    """Yield WCXB's pages of other kinds."""
    for row in _rows(places["types-dev"]):
        file = places["types-dev"] / row["file"]
        yield LabelledPage(f"types/{file.stem}", HTML, "en", None, file, _label(row, row["text"], row["date"], {}))


def _label(row: dict[str, Any], text: str, date: str | None, verdicts: dict[str, str]) -> Label:
    """Return the label of WCXB, where null means that the page has no such thing."""
    author = row["author"]
    passages = tuple(row.get("with") or ()), tuple(row.get("without") or ())
    return Label(text or "", *passages, row["title"] or None, date or "", (author,) if author else (), verdicts)


def _web(places: dict[str, Path]) -> Iterator[LabelledPage]:
    """Yield pages of the web, as HTML and where there are any in two renderings as text."""
    for row in _rows(places["web-dev"]):
        passages = tuple(row.get("with") or ()), tuple(row.get("without") or ())
        date = (row["date"] or "") if "date" in row else None
        authors = tuple(row["authors"]) if row.get("authors") else None
        label = Label(row.get("text") or None, *passages, row.get("title") or None, date, authors, {})
        stem = Path(row["html"]).stem
        for path in (row["html"], f"rplain/{stem}.txt", f"inscr/{stem}.txt"):
            file = places["web-dev"] / path
            if file.is_file():
                kind = HTML if file.suffix == ".html" else TEXT
                yield LabelledPage(f"web/{path}", kind, row.get("language") or "?", None, file, label)
