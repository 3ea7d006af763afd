"""Where and when a page was saved, as the files beside it and the names of its folders tell."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lab.samples import html_page, sentences
from tests.conftest import Crawled, Read, read_folder
from winnow.cluster.load import load
from winnow.host_folders import HostFolder, address_in, host_folder, is_host

SNAPSHOT = {"url": "https://paper.example/lock", "timestamp": "1709200000.123456", "title": "Old Lock", "tags": None}
MOMENT = "2024-02-29T09:46:40+00:00"
SINGLE_FILE = """<!--
 Page saved with SingleFile
 url: https://paper.example/other
 saved date: Fri Mar 01 2024 10:00:00 GMT+0000 (Coordinated Universal Time)
-->"""
SCRAPS = {
    "20240229094640123": {"index": "20240229094640123/index.html", "title": "Quay", "create": "20240229094640123",
                          "source": "https://paper.example/quay"},
    "20240301000000000": {"index": "20240301000000000.html", "source": "https://paper.example/one"},
}  # fmt: skip


def _story(number: int, head: str = "", canonical: str | None = None) -> bytes:
    page = html_page(f"Story {number}", sentences(number), canonical=canonical)
    return page.replace("<head>", f"<head>{head}", 1).encode()


def _cache(files: dict[str, str]) -> bytes:
    """Return a cache as HTTrack 3.49 writes it: addresses are names, the fields of an answer stand in the extra."""
    out, ends = b"", b""
    for address, file in files.items():
        name = address.encode()
        extra = f"HTTP/1.1 200 OK\r\nX-In-Cache: 1\r\nX-StatusCode: 200\r\nX-Save: {file}\r\n\r\n".encode()
        common = struct.pack("<HHHHIIIH", 0, 0, 0, 0x5C5D, 0, 0, 0, len(name))
        ends += b"PK\1\2" + struct.pack("<H", 20) + struct.pack("<H", 20) + common
        ends += struct.pack("<HHHHII", 0, 0, 0, 0, 0, len(out)) + name
        out += b"PK\3\4" + struct.pack("<H", 20) + common + struct.pack("<H", len(extra)) + name + extra
    return out + ends + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(ends), len(out), 0)


FILES = {
    "box/1709200000.123456/index.json": json.dumps(SNAPSHOT).encode(),
    "box/1709200000.123456/index.html": b"<html><body><p>ArchiveBox</p></body></html>",
    "box/1709200000.123456/output.html": _story(1),
    "box/1709200000.123456/readability/content.html": _story(2),
    "box/1709200000.123456/singlefile.html": _story(3, SINGLE_FILE),
    "box/1709200000.123456/paper.com/lock/index.html": _story(4),
    "book/data/20240229094640/index.html": _story(5),
    "book/data/20240229094640/index.dat":
        "id\t20240229094640\ntype\t\ntitle\tMill\nsource\thttps://paper.example/mill\n".encode("utf-8-sig"),
    "book/data/20240229094640/part.html": _story(6),
    "web/.wsb.md": b"",
    "web/tree/meta.js": f"/** a comment */\nscrapbook.meta({json.dumps(SCRAPS)})".encode(),
    "web/20240229094640123/index.html": _story(7),
    "web/20240301000000000.html": _story(8),
    "wget/www.paper.com/index.html": _story(9),
    "wget/www.paper.com/news/two.html": _story(10, '<base href="https://www.paper.com/x">'),
    "wget/www.paper.com/für/a b.php?id=3.html": _story(11),
    "wget/www.paper.com/news/own.html": _story(12, canonical="https://www.paper.com/news/own"),
    "wget/www.paper.com/news/9f8e7d.html": _story(13, canonical="https://www.paper.com/news/else"),
    "wget/www.paper.com/100%.html": _story(14),
    "mirror/hts-cache/new.zip": _cache(
        {"https://paper.com/list?id=3": "paper.com/list360f.html", "https://paper.com/": "paper.com/index.html"}
    ),
    "mirror/paper.com/list360f.html": _story(15),
    "mirror/paper.com/index.html": _story(16),
    "mirror/paper.com/news/no.html": _story(17),
    "notes.md/2024/index.html": _story(18),
    "Next.js/docs/index.html": _story(19),
    "v1.2/docs/index.html": _story(20),
    "paper.com/flat.html": _story(21),
    "site.dev/news/named.html": _story(22, '<link rel="alternate" href="http://site.dev/feed">'),
}  # fmt: skip
EXPECTED = {
    "box/1709200000.123456/output.html": ("https://paper.example/lock", MOMENT),
    "box/1709200000.123456/readability/content.html": ("https://paper.example/lock", MOMENT),
    "box/1709200000.123456/singlefile.html": ("https://paper.example/other", "2024-03-01T10:00:00+00:00"),
    "box/1709200000.123456/paper.com/lock/index.html": ("http://paper.com/lock/", MOMENT),
    "book/data/20240229094640/index.html": ("https://paper.example/mill", MOMENT),
    "book/data/20240229094640/part.html": (None, None),
    "web/20240229094640123/index.html": ("https://paper.example/quay", MOMENT),
    "web/20240301000000000.html": ("https://paper.example/one", "2024-03-01T00:00:00+00:00"),
    "wget/www.paper.com/index.html": ("http://www.paper.com/", None),
    "wget/www.paper.com/news/two.html": ("https://www.paper.com/news/two.html", None),
    "wget/www.paper.com/für/a b.php?id=3.html": ("http://www.paper.com/f%C3%BCr/a%20b.php?id=3", None),
    "wget/www.paper.com/news/own.html": ("https://www.paper.com/news/own", None),
    "wget/www.paper.com/news/9f8e7d.html": (None, None),
    "wget/www.paper.com/100%.html": ("http://www.paper.com/100%25.html", None),
    "mirror/paper.com/list360f.html": ("https://paper.com/list?id=3", None),
    "mirror/paper.com/index.html": ("https://paper.com/", None),
    "mirror/paper.com/news/no.html": (None, None),
    "notes.md/2024/index.html": (None, None),
    "Next.js/docs/index.html": (None, None),
    "v1.2/docs/index.html": (None, None),
    "paper.com/flat.html": (None, None),
    "site.dev/news/named.html": ("http://site.dev/news/named.html", None),
}
TOLD = """SELECT p.path, p.url, p.captured FROM pages p JOIN articles a ON a.page_id = p.id
    WHERE p.url IS a.url OR a.url = 'https://www.paper.com/news/else'"""


@pytest.fixture
def files(folder: Path) -> Path:
    """Return a folder with pages of all savers."""
    for name, body in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder


def _told(done: Crawled) -> dict[str, tuple[str | None, str | None]]:
    return {row["path"].rpartition("#")[2]: (row["url"], row["captured"]) for row in done.rows(TOLD)}


def test_pages_and_articles_have_what_stands_beside_them(read: Read, files: Path) -> None:
    done = read(files)
    assert _told(done) == EXPECTED
    (host,) = done.rows("SELECT hostname FROM articles WHERE url = 'https://paper.com/list?id=3'")
    assert host["hostname"] == "paper.com"


def test_members_of_a_zip_have_it_too(files: Path, tmp_path: Path) -> None:
    (tmp_path / "packed").mkdir()
    with zipfile.ZipFile(tmp_path / "packed/all.zip", "w") as archive:
        for name in FILES:
            archive.write(files / name, name)
    assert _told(read_folder(tmp_path / "packed", tmp_path / "zip.db")) == EXPECTED


def test_rows_of_an_engine_have_it_too(jobs: Any, files: Path, tmp_path: Path) -> None:
    jobs.ClusterJob(str(tmp_path / "out"), 1, 5, 5).run([str(files)])
    load(tmp_path / "out", tmp_path / "loaded.db")
    with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
        assert {path: tuple(told) for path, *told in db.execute(TOLD)} == EXPECTED


def test_root_of_a_source_may_be_the_folder_of_the_host(read: Read, tmp_path: Path) -> None:
    folder = tmp_path / "www.paper.com"
    (folder / "news").mkdir(parents=True)
    (folder / "news/a.html").write_bytes(_story(1))
    assert _told(read(folder)) == {"news/a.html": ("http://www.paper.com/news/a.html", None)}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"url": "https://a.example/"}', b'{"url": 7, "timestamp": "1709200000"}',
     b'{"url": "https://a.example/", "timestamp": "yesterday"}', b'{"url": "https://[", "timestamp": "1709200000"}',
     b'{"url": "file:///etc/passwd", "timestamp": 1709200000}', b"[" * 90_000, b"\xff\xfe\0"],
    ids=str,
)  # fmt: skip
def test_index_that_cannot_be_understood_tells_nothing(read: Read, folder: Path, body: bytes) -> None:
    (folder / "index.json").write_bytes(body)
    (folder / "a.html").write_bytes(_story(1))
    assert _told(read(folder)) == {"a.html": (None, None)}


def test_fifo_beside_a_page_is_not_waited_for(read: Read, folder: Path) -> None:
    os.mkfifo(folder / "index.json")
    (folder / "a.html").write_bytes(_story(1))
    assert _told(read(folder)) == {"a.html": (None, None)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("www.paper.com", True), ("paper.co.uk", True), ("paper.com:8080", True), ("paper.com+8080", True),
     ("xn--bcher-kva.de", True), ("notes.md", True), ("Paper.com", False), ("v1.2", False), ("Page.files", False),
     ("127.0.0.1", False), ("localhost", False), ("com", False), ("co.uk", False), ("github.io", True),
     (".com", False), ("a..com", False),
     ("-a.com", False), ("a b.com", False), ("2024.01", False)],
)  # fmt: skip
def test_hosts_lie_below_public_suffixes(name: str, expected: bool) -> None:
    assert is_host(name) == expected


def test_outermost_host_counts() -> None:
    assert host_folder("x/web.archive.org/web/http:/a.com/b.html") == HostFolder(
        "x/", "web.archive.org", "web/http:/a.com/b.html"
    )


@pytest.mark.parametrize(
    ("host", "below", "body", "beside", "expected"),
    [
        ("paper.com", "a.html", b"", ["robots.txt"], "http://paper.com/a.html"),
        ("paper.com", "a.html", b"", ["index.html"], "http://paper.com/a.html"),
        ("paper.com", "a.html", b"", [], None),
        ("paper.com", "a/index.php", b"", [], "http://paper.com/a/"),
        ("paper.com+8080", "a/b", b"", [], "http://paper.com:8080/a/b"),
        ("notes.app", "a/b.html", b"", ["index.html"], None),
        ("notes.app", "a/b.html", b'<a href="//notes.app/x">', [], "http://notes.app/a/b.html"),
        ("notes.app", "a/b.html", b'<a href="//notes.app.example/x">', [], None),
        ("paper.com", "a/b.html", b'<link rel="canonical" href="https://paper.com/a/b/">', [], "https://paper.com/a/b/"),
        ("paper.com", "a/b.html", b'<link href="https://paper.com/c" rel=canonical>', [], None),
        ("paper.com", "a/b.html", b'<meta property="og:url" content="https://other.org/c">', [], "http://paper.com/a/b.html"),
    ],
)  # fmt: skip
def test_layout_is_believed_where_there_is_no_doubt(
    host: str, below: str, body: bytes, beside: list[str], expected: str | None
) -> None:
    assert address_in(HostFolder("", host, below), body, beside.__contains__) == expected
