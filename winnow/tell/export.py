"""Write articles to files as JSON Lines, CSV, Markdown or Parquet, one after the other."""

from __future__ import annotations

import csv
import importlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from winnow.items import LISTS, METADATA, StartError
from winnow.tell.state import batched
from winnow.tell.written import Files, appearing, claim

Record = dict[str, Any]

ROW_GROUP = 5_000  # articles that are held in memory until they are written to a Parquet file together
FOLDER_SIZE = 1_000  # Markdown files in one folder
FORMATS = ("jsonl", "csv", "markdown", "parquet")
TIMES = ("first_seen", "last_seen", "captured")
_PAGE = ("confidence", "captured", "sha256", "source", "path")  # of the canonical page
COLUMNS = ("id", *METADATA, "kind", "text", "word_count", "page_count", "first_seen", "last_seen", *_PAGE)
NUMBERS = ("id", "word_count", "page_count")
_ACCENTED = re.compile("([a-z\u0370-\u03ff])[\u0300-\u036f]+")
# What a spreadsheet takes for a formula, in full width as well, and what it skips before one.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
FRONT_MATTER = [name for name in COLUMNS if name != "text"]


def format_of(target: str) -> str | None:
    """Return the format for the ending of a file's name, None for an unknown one; no ending means a Markdown folder."""
    ending = Path(target).suffix.lower()
    return {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", "": "markdown"}.get(ending)


def export(articles: Iterable[Record], target: str, kind: str, archive: str = "") -> int:
    """Write articles to a file, a folder, or standard output (`-`) in one of the `FORMATS`, and return their number.

    A file appears under its name only when it is complete. `archive` tells the archive from others, whose Markdown
    files are kept apart. Raises `StartError` if it cannot be written or pyarrow is
    not installed, `BrokenPipeError` if whoever read standard output has closed it.
    """
    try:
        if kind == "markdown":
            return _write_markdown(articles, Path(target), archive)
        if kind == "parquet":
            with appearing(Path(target), "xb") as file:
                return _write_parquet(articles, file)
        write = _write_jsonl if kind == "jsonl" else _write_csv
        if target == "-":
            return write(articles, _standard_output())
        with appearing(Path(target)) as file:
            return write(articles, file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StartError(f"{target} cannot be written: {error.strerror or error}") from error


def _standard_output() -> IO[str]:
    if sys.stdout is None:
        raise StartError("standard output is closed: name a file")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as in a file, whatever a terminal shows
    return sys.stdout


def _write_jsonl(articles: Iterable[Record], file: IO[str]) -> int:
    count = 0
    for article in articles:
        file.write(json.dumps({name: article[name] for name in COLUMNS}, ensure_ascii=False) + "\n")
        count += 1
    return count


def _write_csv(articles: Iterable[Record], file: IO[str]) -> int:
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    count = 0
    for article in articles:
        writer.writerow({name: _cell(article[name]) for name in COLUMNS})
        count += 1
    return count


def _cell(value: Any) -> Any:
    """Return the value of a cell of CSV; an apostrophe goes before what a spreadsheet would run as a formula."""
    written = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
    return f"'{written}" if isinstance(written, str) and _FORMULA.match(written) else written


def _write_parquet(articles: Iterable[Record], file: IO[Any]) -> int:
    try:
        pa, pq = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise StartError("Parquet needs pyarrow (the extra parquet): pip install pyarrow") from None
    kinds = dict.fromkeys(NUMBERS, pa.int64()) | dict.fromkeys(LISTS, pa.list_(pa.string()))
    kinds |= {"confidence": pa.float64(), "date": pa.date32()} | dict.fromkeys(TIMES, pa.timestamp("us", "UTC"))
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in batched(articles, ROW_GROUP):
            writer.write_table(pa.Table.from_pylist([_dated(article) for article in group], schema=schema))
            count += len(group)
    return count


def _dated(article: Record) -> Record:
    """Return an article with days and times, as far as they are such, in place of texts."""
    moments = {name: _moment(article[name]) for name in ("date", *TIMES)}
    day = moments["date"]
    return article | moments | {"date": day and day.date()}


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _write_markdown(articles: Iterable[Record], folder: Path, archive: str) -> int:
    claim(folder, archive)
    count = 0
    by_folder = groupby(articles, lambda article: article["id"] // FOLDER_SIZE)  # articles come by id
    for number, group in by_folder:
        files = Files(folder / f"{number:04d}")
        for article in group:
            files.write(f"{article['id']}-{slug(article['title'] or 'untitled')}.md", markdown(article))
            count += 1
        files.close()
    return count


def slug(title: str) -> str:
    """Make a part of a file name from a title; letters of Latin and Greek lose their accents, and no others.

    >>> slug("À Montclair: le four?!"), slug("北京"), slug("गाँव में पानी"), slug("../..")
    ('a-montclair-le-four', '北京', 'गाँव-में-पानी', 'untitled')
    """
    plain = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", title[:200]).casefold())
    letters = unicodedata.normalize("NFC", plain)
    words = "".join(each if each.isalnum() or unicodedata.category(each)[0] == "M" else " " for each in letters)
    return "-".join(words.split()).encode()[:120].decode(errors="ignore").strip("-") or "untitled"


def markdown(article: Record) -> str:
    """Write an article as Markdown under YAML front matter; values are JSON, which YAML reads.

    An article that came without Markdown, such as one of a text page, is written from its text.

    >>> print(markdown({"id": 1, "title": 'A "b"', "tags": ["x"], "text": "One *two*\\n\\n- three"} ))
    ---
    id: 1
    title: "A \\"b\\""
    tags: ["x"]
    ---
    <BLANKLINE>
    One \\*two\\*
    <BLANKLINE>
    - three
    <BLANKLINE>
    """
    given = [(name, article[name]) for name in FRONT_MATTER if article.get(name) not in (None, "", [])]
    head = "".join(f"{name}: {_yaml(value)}\n" for name, value in given)
    return f"---\n{head}---\n\n{article.get('markdown') or _escaped(article['text'])}\n"


def _yaml(value: Any) -> str:
    # JSON leaves these characters as they are; YAML ends lines at some of them and refuses others.
    written = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", written)


def _escaped(text: str) -> str:
    """Return a text in which only lists and tables are Markdown, whatever else looks like it."""
    lines = []
    was_row = False
    for line in text.split("\n"):
        is_row = line.startswith("| ") and line.endswith(" |")
        safe = re.sub(r"([\\`*_\[\]<>])", r"\\\1", line)
        lines.append(re.sub(r"^(\s*)([#+=~]|-(?! )|\d+(?=[.)]))", _mark_start, safe))
        if is_row and not was_row:
            lines.append("|" + " --- |" * (line.count(" | ") + 1))
        was_row = is_row
    return "\n".join(lines)


def _mark_start(found: re.Match[str]) -> str:
    return found[1] + (found[2] + "\\" if found[2].isdigit() else "\\" + found[2])
