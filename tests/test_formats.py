"""Formats are told by the first bytes, whatever the name: containers are read, and what is no page is named."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import plistlib
import sqlite3
import tarfile
import time
from io import BytesIO
from pathlib import Path

import pytest

from lab.samples import html_page, jsonl, mhtml, packed, record, sentences, zipped
from tests.conftest import Crawl, Read
from winnow.formats import LOOKED_AT, begins_as_html, format_of, unpacked
from winnow.items import Page, Reason, Rejection
from winnow.read.decode import decode
from winnow.sources.containers import kind_in, kind_of

LIMIT = 1 << 20
PAGE = html_page("Story 1", sentences(1)).encode()
TEXT = "\n\n".join(sentences(2))
MAIL = "\r\n".join(
    [
        "Received: from a.example (a.example [192.0.2.1])",
        "\tby b.example; Thu, 29 Feb 2024 10:00:00 +0000",
        "From: The Ferry Post <post@a.example>",
        "Subject: =?utf-8?q?F=C3=A4hre?=",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        TEXT,
    ]
).encode()
ITEMS = "".join(f"<item><title>Story</title><description>{part}</description></item>" for part in sentences(3, 3))


def _tar() -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("a.html")
        member.size = len(PAGE)
        archive.addfile(member, BytesIO(PAGE))
    return out.getvalue()


def _database(folder: Path) -> bytes:
    db = sqlite3.connect(folder / "a.db")
    db.execute("CREATE TABLE a (b)")
    db.close()
    return (folder / "a.db").read_bytes()


# By the word that must name the format: a file of that format, in several writings where there are several.
NAMED = {
    "a PDF": [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"\n%PDF-1.4\n" + TEXT.encode()],
    "a Safari web archive": [
        plistlib.dumps({"WebMainResource": {"WebResourceData": PAGE}}, fmt=plistlib.FMT_BINARY),
        plistlib.dumps({"WebSubresources": [], "WebMainResource": {"WebResourceData": b"x"}}, fmt=plistlib.FMT_BINARY),
    ],
    "a property list": [plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), plistlib.dumps({"a": TEXT})],
    "an EPUB book": [
        zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<a/>", "a.xhtml": PAGE}),
        b"PK\x03\x04" + bytes(22) + b"\x08\0\0\0mimetypeapplication/epub+zip" + bytes(90),
    ],
    "an Office document": [
        zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": PAGE}),
        zipped({"_rels/.rels": b"<r/>", "[Content_Types].xml": b"<Types/>"}),
    ],
    "a ZIP file": [zipped({"a.html": PAGE}), zipped({})],
    "a WARC file": [record("http://a.example/", PAGE)],
    "an ARC file": [b"filedesc://a.arc 0.0.0.0 20010101000000 text/plain 60\n1 0 A\nURL IP-address\n\n" + PAGE],
    "packed with zstd": [b"\x28\xb5\x2f\xfd" + bytes(range(90)), b"\x5d\x2a\x4d\x18" + bytes(range(90))],
    "packed with bzip2": [bz2.compress(PAGE)],
    "packed with xz": [lzma.compress(PAGE)],
    "a tar archive": [_tar()],
    "a 7z archive": [b"7z\xbc\xaf\x27\x1c" + bytes(range(90))],
    "a ZIM file": [b"ZIM\x04" + bytes(90)],
    "a picture": [b"\x89PNG\r\n\x1a\n" + bytes(50), b"GIF89a" + bytes(50), b"\xff\xd8\xff\xe0" + bytes(50)],
    "a film": [b"\0\0\0\x18ftypmp42" + bytes(50)],
    "a font": [b"wOF2\0\1\0\0" + bytes(50), b"\0\1\0\0\0\x0f" + bytes(50)],
    "an RTF document": [rb"{\rtf1\ansi " + TEXT.encode() + b"}"],
    "a mailbox": [b"From post@a.example Thu Feb 29 10:00:00 2024\n" + MAIL.replace(b"\r", b"")],
    "an e-mail": [
        MAIL.replace(b"text/plain; charset=utf-8", b"multipart/alternative; boundary=b"),
        b"Message-ID: <1@a.example>\nContent-Type: text/html\n\n" + TEXT.encode(),
    ],
    "saved as MHTML": [mhtml(PAGE.decode(), "http://a.example/")],
    "an Evernote export": [f"<?xml version='1.0'?>\n<!DOCTYPE en-export SYSTEM 'x'>\n<en-export>{TEXT}".encode()],
    "a feed": [
        f"<?xml version='1.0'?><rss version='2.0'><channel>{ITEMS}</channel></rss>".encode(),
        f"\ufeff<?xml version='1.0'?>\n<!-- made by hand -->\n<feed xmlns='http://www.w3.org/2005/Atom'>{ITEMS}".encode(),
    ],
    "a sitemap": [f"<?xml version='1.0'?><urlset xmlns='a'>{ITEMS}</urlset>".encode()],
    "an XML export of items": [f"<?xml version='1.0' encoding='utf-8'?>\n<items>\n{ITEMS}</items>".encode()],
    "a list of bookmarks": [b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF='http://a.example/'>A</A></DL>"],
    "a list of addresses": [
        b"http://a.example/1\nhttps://a.example/2\n", b"http://a.example/1", b"# to read\r\n- <http://a.example/1>\r\n",
        b"1. http://a.example/1 2024-02-29\n2) http://b.example/ 2024-03-01T10:00:00Z\n\n" * 4000,
    ],
    "a shortcut": [b"[InternetShortcut]\r\nURL=http://a.example/\r\n"],
    "an index of archives": [b" CDX N b a m s k r M S V g\n", b'example,a)/ 20240229100000 {"url": "http://a.example/"}'],
    "a HAR file": [json.dumps({"log": {"version": "1.2", "entries": [TEXT]}}, indent=1).encode()],
    "a JSON file": [json.dumps([{"html": TEXT}]).encode(), json.dumps({"text": TEXT}, indent=2).encode(), b'["a"]'],
    "JSON Lines": [jsonl({"url": "http://a.example/", "body": TEXT}, {"url": "http://a.example/2", "body": TEXT})],
}  # fmt: skip


@pytest.mark.parametrize("what", NAMED)
@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_what_is_no_page_is_named_and_never_becomes_an_article(what: str, name: str) -> None:
    for body in NAMED[what]:
        for stored in (body, gzip.compress(body)):
            found = decode(Page(name, body=stored), LIMIT)
            assert isinstance(found, Rejection)
            assert what in found.detail
            assert found.reason in (Reason.NO_ARTICLE, Reason.NOT_TEXT)
            assert "byte 0x" not in found.detail


def test_database_is_named(tmp_path: Path) -> None:
    found = format_of(_database(tmp_path))
    assert found
    assert found.what == "an SQLite database"


PAGES = [
    PAGE, b"<!-- saved -->\n" + PAGE, TEXT.encode(), b"", b"PK is short for penalty kick. " + TEXT.encode(),
    b"From here on it rains.\n" + TEXT.encode(), b"Subject: the ferry\nFrom: the harbour\n\n" + TEXT.encode(),
    b"MZ, OTTO and RIFF met in a bar. " + TEXT.encode(), b"{braces} and [brackets] " + TEXT.encode(),
    b'"log": the first word. ' + TEXT.encode(), b"<article><p>" + TEXT.encode(), b"[1] " + TEXT.encode(),
    b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><svg></svg><p>" + TEXT.encode(),
    b"<p>" + TEXT.encode(), b"BM: " + TEXT.encode(), b"ID3 tags: " + TEXT.encode(), b"true\n" + TEXT.encode(),
    b"http://a.example/1\nhttp://a.example/2\n" + TEXT.encode(), b"# A heading\n\n" + TEXT.encode(),
    b"# " + TEXT.encode(), b"# One\n\n## Two\n" + TEXT.replace("\n", "\n# ").encode() + b"\n### Three",
    b"http://a.example/ is where it stood. " + TEXT.encode(),
    b"Note: a line\nAnother: line\n\nReceived: with thanks\n" + TEXT.encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", PAGES, ids=lambda body: body[:12].decode())
def test_what_may_be_a_page_has_no_format(body: bytes) -> None:
    assert format_of(body) is None


def test_html_is_told_after_comments_and_marks() -> None:
    for begin in (b"<html>", b"\xef\xbb\xbf\n<!DOCTYPE html>", b"<?xml version='1.0'?><!-- a -->\n<body class='b'>"):
        assert begins_as_html(begin)
    for begin in (b"", b"<p>", b"text <html>", b"<htmlx>", b"<!-- <html> "):
        assert not begins_as_html(begin)


def test_only_the_beginning_is_unpacked() -> None:
    assert unpacked(gzip.compress(bytes(10 * LOOKED_AT))) == bytes(LOOKED_AT)
    assert unpacked(gzip.compress(PAGE)[:-30])[:9] == PAGE[:9]
    assert unpacked(b"\x1f\x8b\x08\xff\xff") == b""
    assert unpacked(PAGE) == PAGE


LINES = jsonl({"html": PAGE.decode()}, {"html": PAGE.decode()})
WARC = record("http://a.example/", PAGE)
WACZ = zipped({"datapackage.json": b"{}", "archive/a.warc": WARC})


RELATED = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n"


@pytest.mark.parametrize(
    ("name", "begin", "kind"),
    [
        ("a", WARC, "WARC"), ("a.html", packed([WARC]), "WARC"), ("a.warc.wet.gz", packed([WARC]), "WARC"),
        ("a.warc", zipped({"a.html": PAGE}), "ZIP"), ("a.zip", WACZ, "ZIP"), ("a", WACZ, "WACZ"),
        ("a.wacz", zipped({"archive/a.warc": WARC}), "WACZ"), ("a.bin", zipped({"a.html": PAGE}), "ZIP"),
        ("a.html", mhtml(PAGE.decode(), "http://a.example/"), "MHTML"), ("a.mht", MAIL, "MHTML"),
        ("a.txt", LINES, "JSON Lines"), ("a.gz", gzip.compress(LINES), "JSON Lines"),
        ("a.jl", LINES, "JSON Lines"), ("A.NDJSON", b"{}", "JSON Lines"), ("a.jsonl", b"{}\n", "JSON Lines"),
        ("a.zip", PAGE, None), ("a.mht", PAGE, None), ("a.warc.gz", gzip.compress(PAGE), None),
        ("a.zip", b"7z\xbc\xaf\x27\x1c", None),
        ("a.txt", jsonl({"level": "info", "line": 1}, {"level": "info", "line": 2}), "JSON"), ("a", MAIL, "mail"),
        ("a.eml", RELATED, "mail"), ("a", RELATED, "MHTML"), ("a.mht", RELATED, "MHTML"),
        ("a.zip", gzip.compress(zipped({"a.html": PAGE})), "ZIP"), ("a", gzip.compress(zipped({"a": PAGE})), None),
        ("a.zip", b"no zip", "ZIP"), ("a.warc", b"", "WARC"), ("a.html", PAGE, None), ("a.txt", TEXT.encode(), None),
    ],
)  # fmt: skip
def test_first_bytes_go_before_the_name(name: str, begin: bytes, kind: str | None) -> None:
    found = kind_of(name, begin)
    assert (found.name if found else None) == kind


def test_file_that_cannot_be_opened_is_told_by_its_name(tmp_path: Path) -> None:
    for name in ("gone.zip", "gone.html"):
        assert kind_in(name, str(tmp_path / name)) == kind_of(name)
    (tmp_path / "a.zip").mkdir()
    assert kind_in("a.zip", str(tmp_path / "a.zip")) == kind_of("a.zip")


def test_containers_with_wrong_names_or_none_are_read_and_not_opened_again(
    crawl: Crawl, read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "a": packed([record("http://a.example/1", html_page("Story 1", sentences(1)).encode())]),
        "b.html": mhtml(html_page("Story 2", sentences(2)), "http://a.example/2"),
        "c.dat": zipped({"x.html": html_page("Story 3", sentences(3)).encode()}),
        "d.zip": html_page("Story 4", sentences(4)).encode(),
        "e.txt": jsonl({"html": html_page("Story 5", sentences(5))}, {"html": html_page("Story 6", sentences(6))}),
        "f.html": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = crawl(folder)
    assert done.pages() == {
        "a#0": ("article", "new"), "b.html#1": ("article", "new"), "c.dat#x.html": ("article", "new"),
        "d.zip": ("article", "new"), "e.txt#1": ("article", "new"), "e.txt#2": ("article", "new"),
        "f.html": ("rejected", "not text"),
    }  # fmt: skip
    assert [row["kind"] for row in done.rows("SELECT kind FROM containers ORDER BY path")] == [
        "WARC", "MHTML", "ZIP", "JSON Lines",
    ]  # fmt: skip
    monkeypatch.setattr("winnow.runs.changed_files.begin_in", _opened)
    assert read(folder).last_run["unchanged"] == 7


def _opened(file: str) -> None:
    raise AssertionError(f"{file} was opened")


def test_file_that_becomes_another_kind_is_told_anew(read: Read, folder: Path) -> None:
    (folder / "a").write_bytes(zipped({"x.html": PAGE}))
    assert read(folder).pages() == {"a#x.html": ("article", "new")}
    (folder / "a").write_bytes(html_page("Story 9", sentences(9)).encode())
    assert read(folder).pages()["a"] == ("article", "new")
    (folder / "a").write_bytes(zipped({"y.html": html_page("Story 8", sentences(8)).encode()}))
    assert read(folder).pages()["a#y.html"] == ("article", "new")


def test_zip_behind_html_is_named(tmp_path: Path) -> None:
    body = b"<html><meta charset=windows-1252><!--" + zipped({"index.html": bytes(range(256)) * 40}) + b"--></html>"
    found = decode(Page("a.html", body=body), LIMIT)
    assert isinstance(found, Rejection)
    assert "a ZIP file behind it" in found.detail


FILLERS = (
    b" ", b"\n", b"\xef\xbb\xbf", b"<!--", b"<?", b"a: b\n", b"- http://a.example/b 2024\n", b"#\n", b'"', b'{"a":["',
    b"a", b"PK\x03\x04", b"com,example)/a 20240101000000 ", b"From: a\n b\n", b"1. ", b"// a\n", b"a{b:c}\n",
)  # fmt: skip


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("before", [b"", b"\n", b"<!DOCTYPE ", b'{"a":"b",'])
def test_a_look_takes_as_long_as_there_are_bytes(filler: bytes, before: bytes) -> None:
    def cost(size: int) -> float:
        begin = (before + filler * (size // len(filler) + 1))[:size]
        start = time.process_time()
        format_of(begin)
        begins_as_html(begin)
        return time.process_time() - start

    assert cost(LOOKED_AT) < 20 * cost(LOOKED_AT // 8) + 0.5
