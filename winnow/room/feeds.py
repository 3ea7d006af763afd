"""The articles that a search finds, for programs: as JSON and as an Atom feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from winnow.room.asked import Asked
from winnow.room.database import Row
from winnow.room.facets import Facets
from winnow.room.search import Results
from winnow.search.passages import END, START

Address = Callable[[str], str]  # the whole address of a path in the room
_TOLD = (
    "id", "title", "author", "date", "hostname", "sitename", "section", "language", "kind", "word_count", "page_count",
    "first_seen",
)  # fmt: skip
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(asked: Asked, found: Results, counted: Facets, address: Address, table: str) -> dict[str, Any]:
    """Return a page of results as an object, without marks around what was found. `table` is the articles' path."""

    def told(article: Row) -> dict[str, Any]:
        row = {name: article.get(name) for name in _TOLD}
        missing = {"missing": article["missing"]} if "missing" in article else {}
        shown = [_plain(snippet) for snippet in article["snippets"]]
        return {**row, "snippets": shown, "address": address(f"{table}/{article['id']}"), **missing}

    return {
        "asked": asked.without() | {"page": asked.page},
        "total": found.total,
        "is_more": found.is_more,
        "ranked": found.ranked,
        "examined": found.examined,
        "did_you_mean": found.meant or None,
        "articles": [told(article) for article in found.articles],
        "most_of_the_words": [told(article) for article in found.others],
        "next_page": asked.page + 1 if found.has_next else None,
        "facets": counted.values,
        "counted": counted.counted,
        "timeline": [column.row for column in counted.timeline.chart.columns],
    }


def as_atom(asked: Asked, found: Results, address: Address, table: str, own: str) -> str:
    """Return the results as an Atom feed (RFC 4287), whose address is `own`."""
    title = f"Winnow: {asked.q or 'articles'}"
    filters = ", ".join(f"{name} {text}" for name, text in asked.filters.items())
    articles = [] if found.meant else found.articles  # those of other words are no news
    updated = max((article["first_seen"] for article in articles), default="1970-01-01T00:00:00+00:00")
    entries = "".join(_entry(article, address(f"{table}/{article['id']}")) for article in articles)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_xml(title)}</title>\n<subtitle>{_xml(filters)}</subtitle>\n<id>{_xml(own)}</id>\n"
        f"<updated>{_xml(updated)}</updated>\n<author><name>Winnow</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>\n{entries}</feed>\n'
    )


def _entry(article: Row, address: str) -> str:
    stated = {"author": f"<author><name>{_xml(article['author'])}</name></author>" if article["author"] else ""}
    day = article["date"] or ""
    published = f"<published>{day}T00:00:00Z</published>" if re.fullmatch(r"\d{4}-\d\d-\d\d", day, re.A) else ""
    return (
        f"<entry><title>{_xml(article['title'] or 'Untitled')}</title><id>{_xml(address)}</id>"
        f"<link href={quoteattr(address)}/><updated>{_xml(article['first_seen'])}</updated>{published}"
        f"{stated['author']}<summary>{_xml(_plain(article['snippet']))}</summary></entry>\n"
    )


def _plain(text: str) -> str:
    return text.replace(START, "").replace(END, "")


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("", text))
