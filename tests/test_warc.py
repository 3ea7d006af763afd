"""WARC files: every record once, whatever state the file is in, and never more than the limit of a record."""

from __future__ import annotations

import gzip
import os
import re
import tracemalloc
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import OK, packed, record, revisit
from tests.records import LIMIT, PAGE, PARTS, URL, pages, passed, problems, read
from winnow.items import HTML, TEXT, Reason
from winnow.sources.containers.records import (
    NO_ADDRESS,
    NO_PAGE,
    NO_RESPONSE,
    NO_SUCCESS,
    Record,
    Unreadable,
)  # fmt: skip

SHAPES = {
    "plain": ("a.warc", b"".join(PARTS)),
    "by record": ("a.warc.gz", packed(PARTS)),
    "as a whole": ("a.warc.gz", gzip.compress(b"".join(PARTS))),
    "two a member": ("a.warc.gz", packed([PARTS[0], PARTS[1] + PARTS[2], PARTS[3]])),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_warc_is_read_however_it_is_packed(shape: str) -> None:
    items = read(*SHAPES[shape])
    assert list(pages(items).values()) == [b"<p>one", b"<p>two", b"<p>three"]
    assert passed(items) == [NO_RESPONSE]
    assert len(pages(items)) == 3  # names are distinct


def test_warc_record_is_named_by_its_offset_and_knows_address_time_and_type() -> None:
    (item,) = read("a.warc", record(URL, b"<p>one"))
    assert item == Record(replace(PAGE, charset="utf-8"), item.after)
    data = packed(PARTS)
    for name in pages(read("a.warc.gz", data)):
        assert gzip.decompress(data[int(name) :]).startswith(b"WARC/1.1\r\nWARC-Type: response")


@pytest.mark.parametrize(
    ("http", "why"),
    [
        ("HTTP/1.1 301 Moved\r\nLocation: /\r\n", NO_SUCCESS),
        ("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n", NO_SUCCESS),
        ("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", f"{NO_PAGE} (pictures)"),
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n", f"{NO_PAGE} (data)"),
        ("HTTP/1.1 200 OK\r\nContent-Type: Font/woff2\r\n", f"{NO_PAGE} (fonts)"),
        ("HTTP/2 200\r\nContent-Type: application/x-shockwave-flash\r\n", f"{NO_PAGE} (other)"),
    ],
)
def test_responses_that_are_no_pages_are_counted(http: str, why: str) -> None:
    assert passed(read("a.warc", record(URL, b"<p>x", http=http))) == [why]


@pytest.mark.parametrize(
    "stated", ["application/xml", "text/xml; charset=utf-8", "application/octet-stream", "html", "text/x"]
)
def test_answer_that_begins_as_html_is_a_page_whatever_type_is_stated(stated: str) -> None:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {stated}\r\n"
    body = b"<?xml version='1.0'?>\n<!DOCTYPE html><html><body><p>one</p></body></html>"
    items = read("a.warc", record(URL, body, http=http))
    assert pages(items) == {"0": body}
    items = read("a.warc", record(URL, gzip.compress(body), http=f"{http}Content-Encoding: gzip\r\n"))
    assert pages(items) == {"0": body}
    assert passed(read("a.warc", record(URL, b"<data><p>one</p></data>", http=http)))[0].startswith(NO_PAGE)


def test_other_records_are_counted() -> None:
    kinds = ["warcinfo", "request", "metadata", "continuation", "nonsense"]
    data = b"".join(record(URL, b"<p>x", kind) for kind in kinds)
    assert passed(read("a.warc", data)) == [NO_RESPONSE] * 5


def test_texts_and_files_that_were_stored_without_http_are_pages() -> None:
    data = record(URL, b"A text.", "conversion", http=None).replace(b"application/http", b"text/plain")
    data += record(URL, b"<p>A file", "resource", http=None).replace(b"application/http", b"text/html")
    data += record("urn:pageinfo:1", b"{}", "resource", http=None).replace(b"application/http", b"text/plain")
    items = read("a.warc", data)
    found = [(item.page.body, item.page.media_type) for item in items if isinstance(item, Record)]
    assert found == [(b"A text.", TEXT), (b"<p>A file", HTML)]
    assert passed(items) == [NO_ADDRESS]


RAW = zlib.compress(b"<p>one")[2:-4]
CHUNKED_RAW = b"%x\r\n%s\r\n0\r\n\r\n" % (len(RAW), RAW)
CHUNKED = b"3\r\n<p>\r\n3\r\none\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Transfer-Encoding: chunked", CHUNKED),
        ("Content-Encoding: gzip", gzip.compress(b"<p>one", mtime=0)),
        ("Content-Encoding: deflate", zlib.compress(b"<p>one")),
        ("Content-Encoding: deflate", zlib.compress(b"<p>one")[2:-4]),  # without its wrapping, as old servers send it
        ("content-encoding: DEFLATE\r\nTransfer-Encoding: chunked", CHUNKED_RAW),
        ("Content-Encoding: deflate", b"<p>one"),
        ("Transfer-Encoding: chunked", b"<p>one"),  # unpacked, but the header was kept
        ("Content-Encoding: gzip", b"<p>one"),
        ("Content-Encoding: unheard-of", b"<p>one"),
    ],
)
def test_what_http_has_packed_is_unpacked_if_it_is_packed(header: str, body: bytes) -> None:
    items = read("a.warc", record(URL, body, http=f"{OK}{header}\r\n"))
    assert pages(items) == {"0": b"<p>one"}


PLAIN = record(URL, b"<p>one")
LONE = b"HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n<p>one"
WRITINGS = {
    "lower case": re.sub(rb"(?m)^(WARC-[\w-]+|Content-\w+)(?=:)", lambda name: name[0].lower(), PLAIN),
    "LF alone in the header": PLAIN.replace(b"\r\n", b"\n", 7),
    "LF alone in the answer": record(URL, LONE, http=None),
    "a folded address": PLAIN.replace(URL.encode(), f"\r\n {URL}".encode()),
    "a folded type": record(URL, b"<p>one", http=OK.replace("; charset", ";\r\n\tcharset")),
    "joined types": record(URL, b"<p>one", http=OK.replace("text/html;", "text/html, text/html;")),
    "no reason": record(URL, b"<p>one", http=OK.replace("HTTP/1.1 200 OK", "HTTP/2 200")),
    "a type twice": record(URL, b"<p>one", http=f"{OK}Content-Type: text/css\r\n"),
}


@pytest.mark.parametrize("how", WRITINGS)
def test_record_is_read_however_its_header_is_written(how: str) -> None:
    data = WRITINGS[how]
    for name, stored in (("a.warc", data), ("a.warc.gz", packed([data]))):
        first, second = read(name, stored + (packed([PARTS[2]]) if name.endswith("gz") else PARTS[2]))
        assert first == Record(replace(PAGE, charset="utf-8"), first.after)
        assert isinstance(second, Record)
        assert second.page.body == b"<p>two"


@pytest.mark.parametrize(
    ("date", "captured"),
    [
        ("2024-02-29", "2024-02-29T00:00:00+00:00"), ("20240229100000", "2024-02-29T10:00:00+00:00"),
        ("2024-02-29T10:00:00.123456Z", "2024-02-29T10:00:00+00:00"), ("2024-02-294T10:00:00", None), ("", None),
        ("soon", None),
    ],
)  # fmt: skip
def test_record_with_any_date_is_a_page(date: str, captured: str | None) -> None:
    (item,) = read("a.warc", record(URL, b"<p>one", date=date))
    assert isinstance(item, Record)
    assert (item.page.body, item.page.url, item.page.captured) == (b"<p>one", URL, captured)


@pytest.mark.parametrize(
    ("url", "http", "kind"),
    [
        (URL, "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n", "styles"),
        (URL, "HTTP/1.1 304 Not Modified\r\ncontent-type: font/woff2\r\n", "fonts"),
        ("http://a.example/app.js?v=3", "HTTP/1.1 304 Not Modified\r\nETag: 1\r\n", "scripts"),
        ("http://a.example/p/logo.PNG", None, "pictures"),
        (URL, OK, None), ("http://a.example/png", None, None), (f"{URL}.html", "HTTP/1.1 304 Not Modified\r\n", None),
        ("http://a.example/photo.jpg", OK, None),
    ],
)  # fmt: skip
def test_revisit_of_what_is_no_page_is_passed_over(url: str, http: str | None, kind: str | None) -> None:
    items = read("a.warc", record(url, b"", "revisit", http=http))
    assert passed(items) == ([f"{NO_PAGE} ({kind})"] if kind else [])
    assert len(items) == 1


@pytest.mark.parametrize(
    "url", ["urn:view:http://a.example/", "metadata://a.example/log", "screenshot:http://a.example/"]
)
def test_what_a_crawler_writes_about_itself_is_counted(url: str) -> None:
    text = record(url, b"a line", "resource", http=None).replace(b"application/http", b"text/plain")
    picture = record(url, b"x", "resource", http=None).replace(b"application/http", b"image/png")
    items = read("a.warc", text + picture + record(url, b"", "revisit"))
    assert passed(items) == [NO_ADDRESS, f"{NO_PAGE} (pictures)", NO_ADDRESS]


def test_revisit_points_to_its_original() -> None:
    (item,) = read("a.warc", revisit(URL + "?2", "2024-03-01T00:00:00Z", of=URL))
    assert isinstance(item, Record)
    assert item.page.revisits == (URL, "2024-02-29T10:00:00+00:00")
    assert item.page.payload_digest is None
    assert (item.page.url, item.page.captured, item.page.body) == (URL + "?2", "2024-03-01T00:00:00+00:00", b"")


@pytest.mark.parametrize(
    ("profile", "expected"), [("identical-payload-digest", "sha1:A"), ("server-not-modified", None)]
)
def test_digest_of_a_revisit_is_its_originals_where_the_profile_says_so(profile: str, expected: str | None) -> None:
    more = f"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/{profile}\r\nWARC-Payload-Digest: sha1:A\r\n"
    (item,) = read("a.warc", record(URL, b"", "revisit", more=more))
    assert isinstance(item, Record)
    assert item.page.payload_digest == expected


def damage(part: bytes, at: int = -40) -> bytes:
    return part[:at] + bytes(byte ^ 0xFF for byte in part[at : at + 8]) + part[at + 8 :]


PACKED = [gzip.compress(part, mtime=0) for part in PARTS]
NAMELESS = ("no gzip", "no record", "no first line")  # damage after which nothing tells the record's address
DAMAGE = {
    "flipped bits": ("a.warc.gz", [*PACKED[:2], damage(PACKED[2]), PACKED[3]]),
    "a member cut": ("a.warc.gz", [*PACKED[:2], PACKED[2][:-30], PACKED[3]]),
    "no gzip": ("a.warc.gz", [*PACKED[:2], b"something else " * 20, PACKED[3]]),
    "no record": ("a.warc.gz", [*PACKED[:2], gzip.compress(b"something else"), PACKED[3]]),
    "length too small": ("a.warc", [*PARTS[:2], PARTS[2].replace(b"Length: ", b"Length: 1\r\nX: "), PARTS[3]]),
    "length too large": ("a.warc", [*PARTS[:2], PARTS[2].replace(b"Length: ", b"Length: 9"), PARTS[3]]),
    "length absurd": ("a.warc", [*PARTS[:2], PARTS[2].replace(b"Length: ", b"Length: 99999999"), PARTS[3]]),
    "no length": ("a.warc", [*PARTS[:2], PARTS[2].replace(b"Content-Length", b"X"), PARTS[3]]),
    "no first line": ("a.warc", [*PARTS[:2], PARTS[2][12:], PARTS[3]]),
    "length too large, packed": ("a.warc.gz", [*PACKED[:2], packed([PARTS[2].replace(b"Length: ", b"Length: 9")]),
                                 PACKED[3]]),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGE)
def test_damaged_warc_record_costs_that_record(what: str) -> None:
    name, parts = DAMAGE[what]
    items = read(name, b"".join(parts))
    assert list(pages(items).values()) == [b"<p>one", b"<p>three"]
    ((place, (reason, detail)),) = problems(items).items()
    assert reason is Reason.UNREADABLE
    assert place == str(len(parts[0]) + len(parts[1]))
    assert f"damaged record at {place}: " in detail
    lost = sum(map(len, parts[2:3]))
    assert detail.endswith(f"; {lost:,} bytes passed over")
    (known,) = [item.page for item in items if isinstance(item, Record) and item.page.problem]
    assert (known.url, known.captured) == ((None, None) if what in NAMELESS else (f"{URL}2", PAGE.captured))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_damage_at_the_beginning_costs_no_more(name: str) -> None:
    for first in (b"something else\n", damage(PACKED[0])):
        items = read(name, first + b"".join(PARTS[1:] if first.startswith(b"some") else PACKED[1:]))
        assert list(pages(items).values()) == [b"<p>one", b"<p>two", b"<p>three"]
        assert list(problems(items)) == ["0"]


@pytest.mark.parametrize("shape", SHAPES)
def test_warc_that_ends_early_gives_what_it_has_and_can_be_gone_on_with(shape: str) -> None:
    name, data = SHAPES[shape]
    items = read(name, data[:-25])
    assert list(pages(items).values()) == [b"<p>one", b"<p>two"]
    assert len(problems(items)) == 1
    assert list(pages(read(name, data, items[-1].after)).values()) == [b"<p>three"]


@pytest.mark.parametrize("shape", SHAPES)
def test_warc_is_read_on_from_where_it_ended(shape: str) -> None:
    name, data = SHAPES[shape]
    more = record(URL + "4", b"<p>four")
    grown = data + (more if shape == "plain" else packed([more]))
    end = read(name, data)[-1].after
    assert list(pages(read(name, grown, end)).values()) == [b"<p>four"]


@pytest.mark.parametrize("data", [b"<html>", bytes(100), b"\x1f\x8b\x08junk", gzip.compress(b"<html>", mtime=0)])
def test_file_that_is_no_warc_is_unreadable_as_a_whole(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read("a.warc", data)


def test_empty_warc_has_no_records() -> None:
    assert read("a.warc", b"") == []


BOMB = bytes(8 * LIMIT)
BOMBS = {
    "record": packed([record(URL, BOMB)]),
    "header": packed([b"WARC/1.1\r\nX: " + BOMB]),
    "content": packed([record(URL, gzip.compress(BOMB), http=f"{OK}Content-Encoding: gzip\r\n")]),
    "http header": packed([record(URL, b"", http="HTTP/1.1 200 OK\r\nX: " + "a" * 8 * LIMIT)]),
    "plain": record(URL, BOMB),
}


@pytest.mark.parametrize("what", BOMBS)
def test_bomb_costs_its_record_and_no_memory(what: str) -> None:
    good = record(URL, b"<p>one") if what == "plain" else packed([record(URL, b"<p>one")])
    data = good + BOMBS[what] + good
    tracemalloc.start()
    items = read("a.warc.gz", data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert list(pages(items).values()) == [b"<p>one"] * 2
    assert len(problems(items)) + len(passed(items)) == 1
    assert peak < 6 * LIMIT + (len(data) if what == "plain" else 0)


def test_record_over_the_limit_is_too_large_but_knows_its_address() -> None:
    big = record(URL, os.urandom(2 * LIMIT))
    for name, data in (("a.warc", big + PARTS[1]), ("a.warc.gz", packed([big, PARTS[1]]))):
        items = read(name, data)
        assert list(pages(items).values()) == [b"<p>one"]
        assert isinstance(items[0], Record)
        assert (problems(items)["0"][0], items[0].page.url) == (Reason.TOO_LARGE, URL)


@given(st.data())
def test_warc_of_any_bytes_ends_in_records_that_are_within_bounds(data: st.DataObject) -> None:
    name, good = data.draw(st.sampled_from(list(SHAPES.values())))
    mangled = bytearray(good)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(mangled)))
        mangled[at : at + data.draw(st.integers(0, 50))] = data.draw(st.binary(max_size=50))
    try:
        items = read(name, bytes(mangled), limit=1000)
    except Unreadable:
        return
    assert len(items) <= len(mangled)
    assert all(len(item.page.body) <= 1000 for item in items if isinstance(item, Record))
    names = [item.page.path for item in items if isinstance(item, Record)]
    assert len(set(names)) == len(names)
