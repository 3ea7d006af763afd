"""The sets of labelled HTML pages: articles, pages of other kinds, and news and blog pages in many languages.

Every page is a row of labels and its bytes. Rows have the same names whatever the set; `main_content` is empty where
only passages are labelled: those that must be in the text (`with`) and those that must not (`without`).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from lab.training.data import Archive
from winnow.items import HTML, MAX_PAGE_BYTES, Rejection
from winnow.items import Page as Captured
from winnow.read.decode import decode
from winnow.read.html import parse

Row = dict[str, Any]
Page = tuple[Row, bytes]

ARTICLES, TYPES, WEB = "wcxb-dev", "types-dev", "web-dev"
SUFFIXES = {ARTICLES: ".tar.gz", TYPES: ".tar.xz", WEB: ".tar.xz"}


def load(data: Path, name: str) -> list[Page]:
    """Return the pages of a set; none where the folder holds neither the set's folder nor its archive."""
    if not ((data / name).is_dir() or (data / f"{name}{SUFFIXES[name]}").exists()):
        return []
    archive = Archive(data, name, SUFFIXES[name])
    return list(_articles(archive) if name == ARTICLES else _listed(archive, name))


def _articles(archive: Archive) -> Iterator[Page]:
    paths = sorted(path for path in archive.names() if path.startswith("ground-truth/") and path.endswith(".json"))
    for path in paths:
        label_file = json.loads(archive.read(path))
        name = PurePath(path).stem
        truth = label_file["ground_truth"]
        row = _row(ARTICLES, name, label_file["url"], truth, truth.get("main_content"))
        row |= {"author": truth.get("author"), "publish_date": truth.get("publish_date"), "type": "article"}
        yield row, gzip.decompress(archive.read(f"html/{name}.html.gz"))


def _listed(archive: Archive, name: str) -> Iterator[Page]:
    for line in archive.read("labels.jsonl").decode().split("\n"):
        if line:
            given = json.loads(line)
            path = given.get("html") or given["file"]
            row = _row(name, PurePath(path).stem, given.get("url") or "", given, given.get("text"))
            authors = given.get("authors") or [given.get("author")]
            row |= {"author": authors[0], "publish_date": given.get("date"), "type": given.get("type") or "article"}
            row["language"] = given.get("language") or row["language"]
            named = row["url"].partition("::")[2].partition("-")[0]  # some addresses are "hard::SITE-TITLE.html"
            row["domain"] = row["domain"] or given.get("domain") or named or row["id"]
            yield row, archive.read(path)


def _row(name: str, page: str, url: str, given: Row, text: str | None) -> Row:
    row = {key: given.get(key) or [] for key in ("with", "without")}
    row |= {"set": name, "id": page, "url": url, "domain": site(url), "title": given.get("title"), "rendering": "html"}
    return row | {"main_content": text or "", "language": "" if name == WEB else "en"}


def site(url: str) -> str:
    """Return the host of an address, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def html_of(content: bytes) -> str | None:
    """Return the HTML of a page, decoded as in a crawl."""
    decoded = decode(Captured("page.html", body=content, media_type=HTML), MAX_PAGE_BYTES)
    return None if isinstance(decoded, Rejection) else decoded.text


def tree_of(content: bytes) -> HtmlElement | None:
    """Return the tree of a page, decoded and parsed as in a crawl."""
    html = html_of(content)
    return None if html is None else parse(html)
