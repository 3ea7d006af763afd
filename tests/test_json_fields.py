"""The fields of JSON Lines: those of other programs without settings, and any names by `JSONL_FIELDS`."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from lab.samples import DATE, jsonl
from tests.records import LIMIT, URL, read
from winnow.items import TEXT
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import ContainerOptions, Record

PROSE = "\n\n".join(["A long day at the harbour.", "It rained until the evening."])
DAY, TIME = "2024-02-28", "2024-02-29T10:00:00+00:00"
DIALECTS: dict[str, dict[str, object]] = {
    "Scrapy": {"url": URL, "title": "T", "author": "Ann Lee", "date": DAY, "text": PROSE},
    "Scrapy, fetched": {"url": URL, "headline": "T", "authors": ["Ann Lee"], "date": DAY, "body": PROSE,
                        "crawled_at": DATE},
    "newspaper4k": {"url": URL, "title": "T", "authors": ["Ann Lee"], "publish_date": DAY, "text": PROSE,
                    "tags": ["a", "b"]},
    "trafilatura": {"source": URL, "source-hostname": "A", "title": "T", "author": "Ann Lee", "date": DAY,
                    "text": PROSE, "raw_text": "T\n" + PROSE, "tags": "a;b", "filedate": "2024-02-29"},
    "OSCAR": {"content": PROSE, "warc_headers": {"warc-target-uri": URL, "warc-date": DATE,
                                                  "warc-identified-content-language": "en"}, "metadata": {}},
    "CCNet": {"url": URL, "date_download": DATE, "raw_content": PROSE, "title": "T", "language": "en", "nlines": 2},
    "FineWeb": {"text": PROSE, "id": "<urn:uuid:1>", "dump": "CC", "url": URL, "date": DATE, "language": "en"},
    "C4": {"text": PROSE, "timestamp": DATE, "url": URL},
}  # fmt: skip
NO_MOMENT = ("Scrapy", "newspaper4k")
ARTICLES_OF = ("Scrapy", "Scrapy, fetched", "newspaper4k", "trafilatura")


@pytest.mark.parametrize("who", DIALECTS)
def test_lines_of_other_programs_are_read_without_settings(who: str) -> None:
    (item,) = read("a.jsonl", jsonl(DIALECTS[who]))
    assert isinstance(item, Record)
    page = item.page
    assert (page.body.decode(), page.media_type, page.url) == (PROSE, TEXT, URL)
    assert (page.captured or "")[:10] == ("" if who in NO_MOMENT else "2024-02-29")
    assert page.stated.date == (DAY if who in ARTICLES_OF else None)
    assert page.stated.author == ("Ann Lee" if who in ARTICLES_OF else None)
    assert page.stated.title == ("T" if who in (*ARTICLES_OF, "CCNet") else None)
    assert page.stated.tags == (("a", "b") if who in ("newspaper4k", "trafilatura") else ())
    assert page.stated.language == ("en" if who in ("OSCAR", "CCNet", "FineWeb") else None)


def test_every_field_can_have_another_name_and_none_is_taken_for_another() -> None:
    kind = kind_of("a.jsonl")
    assert kind
    names = {
        "text": "x",
        "title": "h",
        "author": "who",
        "tags": "k",
        "language": "l",
        "published": "p",
        "captured": "c",
    }
    value = {
        "x": PROSE,
        "h": "T",
        "who": "Ann Lee",
        "k": ["a"],
        "l": "de",
        "p": DAY,
        "c": DATE,
        "title": "no",
        "date": "2001-01-01",
    }
    (item,) = records(io.BytesIO(jsonl(value)), kind, ContainerOptions(LIMIT, names))
    assert isinstance(item, Record)
    stated = item.page.stated
    assert (stated.title, stated.author, stated.tags, stated.language, stated.date) == (
        "T",
        "Ann Lee",
        ("a",),
        "de",
        DAY,
    )
    assert item.page.captured == TIME
    (item,) = records(io.BytesIO(jsonl({**value, "c": None})), kind, ContainerOptions(LIMIT, names))
    assert isinstance(item, Record)
    assert item.page.captured is None


def test_date_beside_a_title_is_the_articles_unless_a_setting_says_that_it_is_the_captures() -> None:
    kind = kind_of("a.jsonl")
    assert kind
    value = {"text": PROSE, "title": "T", "date": "2024-02-29T10:00:00Z"}
    cases: list[tuple[dict[str, str], str | None, str | None]]
    cases = [({}, None, "2024-02-29"), ({"date": "date"}, TIME, None)]
    for fields, captured, day in cases:
        (item,) = records(io.BytesIO(jsonl(value)), kind, ContainerOptions(LIMIT, fields))
        assert isinstance(item, Record)
        assert (item.page.captured, item.page.stated.date) == (captured, day)


SAID = {"title": "T", "url": URL}
LISTS: dict[str, Any] = {
    "Solr": {"response": {"numFound": 2, "docs": [{**SAID, "text": PROSE}] * 2}},
    "Hugging Face": {"features": [], "rows": [{"row_idx": 0, "row": {**SAID, "document": PROSE}}] * 2},
    "Reddit": {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {**SAID, "selftext": PROSE}}] * 2}},
    "Event Registry": {"articles": {"results": [{**SAID, "uri": "1", "body": PROSE}] * 2, "totalResults": 2}},
    "the Guardian": {"response": {"results": [{"webUrl": URL, "fields": {**SAID, "bodyText": PROSE}}] * 2}},
    "Mastodon": {"type": "OrderedCollection",
                 "orderedItems": [{"type": "Create", "object": {**SAID, "content": PROSE}}] * 2},
}  # fmt: skip


def _told(value: Any) -> list[tuple[str, str | None, str | None]]:
    kind = kind_of("a.json", data := json.dumps(value).encode())
    assert kind
    found = records(io.BytesIO(data), kind, ContainerOptions(LIMIT))
    return [
        (item.page.body.decode(), item.page.url, item.page.stated.title) for item in found if isinstance(item, Record)
    ]


@pytest.mark.parametrize("who", LISTS)
def test_lists_of_other_services_are_read_entry_by_entry(who: str) -> None:
    assert _told(LISTS[who]) == [(PROSE, URL, "T")] * 2


def test_text_beside_a_list_is_not_lost() -> None:
    comments = [{"id": 1, "text": "Seen it."}]
    assert _told({**SAID, "text": PROSE, "children": comments}) == [(PROSE, URL, "T")]
    assert _told({**SAID, "text": PROSE, "rows": comments})[-1] == (PROSE, URL, "T")
