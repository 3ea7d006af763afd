"""Entries of exports: objects that hold the text of a page, and what else they say, under the names in common use.

The names are those of wallabag, Omnivore, Readwise, Raindrop, Pocket, Karakeep, Ghost and JSON Feed, of the exports of
Scrapy, newspaper4k and trafilatura, of texts made of Common Crawl, and of what feed readers export in the form of
Google Reader. They are compared without case and signs: `publishedAt` is `published_at`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from winnow.items import HTML, TEXT, Metadata, Page
from winnow.sources.containers.records import TEASER, Item, Passed, Place, Record, too_large
from winnow.sources.containers.stated import address, facts
from winnow.times import moment

SIGNS = re.compile(r"[\W_]+")
TAG = re.compile(r"</[a-z]|<(?:p|br|div|h[1-6]|img|article)\b", re.I)
_OPENS = re.compile(r"\s*<(p|div|article|section|main|figure|blockquote|h[1-6]|ul|ol|table)\b[^<>]*>", re.I)
# Names in the order in which they are believed; what is first found and not empty counts.
_HTML = ("html", "contenthtml", "htmlcontent")
_TEXT = ("contenttext", "text", "fulltext", "articlebody", "maintext", "rawtext", "rawcontent", "plaintext", "bodytext")
_CONTENT = (*_HTML, *_TEXT[:2], "content", "fulltext", "articlebody", "body", *_TEXT[4:], "articletext",
            "articlecontent", "newstext", "newscontent", "postcontent", "selftext", "article", "document")  # fmt: skip
_ADDRESS = ("sourceurl", "originalurl", "url", "link", "givenurl", "resolvedurl", "warctargeturi", "permalink",
            "articleurl", "pageurl", "uri", "source")  # fmt: skip
_CAPTURED = ("captured", "capturedat", "crawledat", "fetchedat", "savedat", "createdat", "created", "timeadded",
             "datedownload", "archivetime", "warcdate", "scrapedat", "crawldate", "crawltimemsec", "filedate",
             "timestamp")  # fmt: skip
_DATES = ("publishedat", "datepublished", "publisheddate", "publishdate", "pubdate", "published", "publicationdate",
          "postdate", "webpublicationdate", "date")  # fmt: skip
_FACTS = {
    "title": ("title", "resolvedtitle", "giventitle", "headline", "heading", "posttitle", "articletitle"),
    "author": ("author", "authors", "byline", "publishedby", "authorname"),
    "date": _DATES,
    "tags": ("tags", "labels", "keywords"),
    "language": ("language", "lang", "warcidentifiedcontentlanguage"),
    "sitename": ("sitename", "publisher", "sourcename", "metasitename", "publication", "newspaper"),
    "description": ("description", "excerpt", "customexcerpt", "summary", "note", "notes", "metadescription"),
}
_SAID = frozenset((*_ADDRESS, *_CAPTURED, *(name for each in _FACTS.values() for name in each)))
# Objects in which some crawlers put fields of a record: those of Common Crawl's derivatives among them.
_INNER = ("content", "warc_headers", "metadata", "meta", "fields", "object", "row", "data")
_STATED = ("title", "author", "published", "tags", "language")
# What a person may name in `JSONL_FIELDS`; `date` is what `captured` is.
FIELDS = ("url", "html", "text", "date", "captured", *_STATED)
NO_FIELDS: Mapping[str, str] = {}


def record_of(
    value: dict[str, Any], name: str, limit: int, after: Place | None = None, fields: Mapping[str, str] = NO_FIELDS
) -> Item:
    """Return the page of an entry; an entry without a text is passed over.

    `fields` gives the names of fields by what they hold (`FIELDS`); what it names is looked for there only.
    """
    said = _flat(value)
    content, is_html = _content(value, said, fields)
    if not isinstance(content, str) or not content.strip():
        return Passed(TEASER, after)
    url = value.get(fields["url"]) if "url" in fields else _address(said)
    captured, stated = moment(_number(_captured(value, said, fields))), _stated(value, said, fields)
    page = Page(name, url=address(url), captured=captured, stated=stated)
    body = content.encode("utf-8", "replace")
    if len(body) > limit:
        return too_large(page, limit, after)
    return Record(replace(page, body=body, media_type=HTML if is_html else TEXT, charset="utf-8"), after)


def _content(value: dict[str, Any], said: dict[str, Any], fields: Mapping[str, str]) -> tuple[Any, bool]:
    """Return what an entry holds, and whether that is HTML; where it has both HTML and text, the HTML."""
    if "html" in fields or "text" in fields:
        html, text = value.get(fields.get("html", "html")), value.get(fields.get("text", "text"))
        return (html, True) if isinstance(html, str) and html else (text, False)
    name = next((name for name in _CONTENT if isinstance(said.get(name), str) and said[name].strip()), "")
    content = said[name] if name else ""
    is_html = name in _HTML or _is_markup(content) or (name not in _TEXT and bool(TAG.search(content)))
    return content, is_html


def _is_markup(text: str) -> bool:
    """Return whether a text begins with an element of HTML, whatever its field is called."""
    opened = _OPENS.match(text)
    return opened is not None and f"</{opened[1]}>" in text


def _is_of_article(said: dict[str, Any]) -> bool:
    """Return whether the field `date` of an entry is its article's, as beside a title or authors, not the capture's."""
    return bool(_first(said, _FACTS["title"]) or _first(said, _FACTS["author"]))


def _captured(value: dict[str, Any], said: dict[str, Any], fields: Mapping[str, str]) -> Any:
    for field in ("captured", "date"):
        if field in fields:
            return value.get(fields[field])
    return _first(said, _CAPTURED if _is_of_article(said) else (*_CAPTURED, "date"))


def _stated(value: dict[str, Any], said: dict[str, Any], fields: Mapping[str, str]) -> Metadata:
    found = {field: _first(said, names) for field, names in _FACTS.items()}
    if fields.get("date") == "date" or not _is_of_article(said):
        found["date"] = _first(said, _DATES[:-1])
    named = {"date" if name == "published" else name: value.get(fields[name]) for name in _STATED if name in fields}
    return facts(**found | named)


def _address(said: dict[str, Any]) -> Any:
    return next((said[name] for name in _ADDRESS if address(said.get(name))), None)


def holds(names: Iterable[str]) -> tuple[bool, bool]:
    """Return whether fields of these names hold a text, and whether others hold what is said of one."""
    plain = {SIGNS.sub("", name).lower() for name in names}
    return not plain.isdisjoint(_CONTENT), not plain.isdisjoint(_SAID)


def has_text(value: dict[str, Any]) -> bool:
    """Return whether an object holds a text, under one of the names for it."""
    return isinstance(_first(_flat(value), _CONTENT), str)


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Return the fields by their names without signs, those of the objects among them that hold more of them."""
    value = value | _of_reader(value) if isinstance(value.get("origin"), dict) else value
    value = value | {"created_at": None} if "mobiledoc" in value else value  # when Ghost's post was begun
    whole = {name: each for name, each in value.items() if name not in _INNER or not isinstance(each, dict)}
    for name in _INNER:
        if isinstance(inner := value.get(name), dict):  # what is said of the content goes before what is said around it
            whole = whole | inner if name == "content" else inner | whole
    return {SIGNS.sub("", str(name)).lower(): each for name, each in whole.items()}


def _of_reader(item: dict[str, Any]) -> dict[str, Any]:
    """Return the address, the site, the text and the labels of an item in Google Reader's form, under common names."""
    links = [link for name in ("canonical", "alternate") for link in _list(item.get(name)) if isinstance(link, dict)]
    texts = [text["content"] for name in ("content", "summary") if "content" in (text := as_object(item.get(name)))]
    paths = [str(path).split("/") for path in _list(item.get("categories"))]
    found = {
        "url": next((link["href"] for link in links if address(link.get("href"))), None),
        "sitename": as_object(item["origin"]).get("title"),
        "content": next(filter(None, texts), None),
        "tags": [path[-1] for path in paths if path[0] != "user" or "label" in path[2:3]],
    }
    return {name: value for name, value in found.items() if value} | ({"summary": None} if texts else {})


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_object(value: Any) -> dict[str, Any]:
    """Return a value that is an object, {} for any other one."""
    return value if isinstance(value, dict) else {}


def _first(said: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((value for name in names if (value := said.get(name)) not in (None, "", [], {})), None)


def _number(value: Any) -> Any:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) in (10, 13):
        return int(value)
    return value
