"""ZIP files that change from run to run: only new members are read, and the rows are those of one reading."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.samples import jsonl, zipped
from tests.captured import page
from tests.conftest import Crawled as Done
from tests.conftest import Read, read_folder

PAGES = "SELECT path, sha256, outcome, reason, article_id FROM pages ORDER BY path"
CONTAINER = "SELECT size, records, passed FROM containers"
MEMBERS: dict[str, Callable[[int], bytes]] = {
    "page": page,
    "same page": lambda _: page(0),
    "picture": lambda number: b"\x89PNG\r\n\x1a\n%d" % number,
    "no article": lambda number: b"Too short, %d." % number,
    "container": lambda number: zipped({"a.html": page(number), "b.png": b"\x89PNG\r\n\x1a\n"}),
    "damaged container": lambda number: b"PK\x03\x04%d" % number,
    "lines": lambda number: jsonl({"html": page(number).decode()}, {"id": number}),
    "statement": lambda number: b'<RDF><originalurl resource="http://a.example/%d"/></RDF>' % number,
}
NAMES = {"container": "{}.zip", "damaged container": "{}.zip", "lines": "{}.jsonl", "statement": "{}/index.rdf"}
KINDS = st.lists(st.sampled_from(list(MEMBERS)), min_size=1, max_size=3)


def add(file: Path, members: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)


def spoil(file: Path, *names: str) -> None:
    """Overwrite the contents of members, of which the list of members knows nothing."""
    raw = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        for member in map(archive.getinfo, names):
            begin = member.header_offset + 30 + len(member.filename)
            raw[begin : begin + member.compress_size] = bytes(member.compress_size)
    file.write_bytes(raw)


def counts(done: Done) -> list[Any]:
    return [done.last_run[name] for name in ("pages", "new", "changed", "unchanged", "rejected")]


@given(st.lists(KINDS, min_size=2, max_size=3))
@settings(max_examples=12)
def test_zip_that_grows_member_by_member_gives_what_it_gives_at_once(steps: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, number = Path(place) / "pages", 0
        folder.mkdir()
        for kinds in steps:
            new = [(NAMES.get(kind, "{}").format(at), MEMBERS[kind](at)) for at, kind in enumerate(kinds, number)]
            number += len(kinds)
            add(folder / "a.zip", new)
            grown = read_folder(folder, Path(place) / "grown.db")
        at_once = read_folder(folder, Path(place) / "once.db")
        assert grown.rows(PAGES) == at_once.rows(PAGES)
        assert grown.rows(CONTAINER) == at_once.rows(CONTAINER)
        last_runs = {row["last_run"] for row in grown.rows("SELECT last_run FROM pages")}  # none of pictures
        assert last_runs <= {len(steps)}


@pytest.mark.parametrize("is_large", [False, True])
def test_only_what_is_new_in_a_zip_is_read(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch, is_large: bool
) -> None:
    if is_large:  # the end of the list is written as that of a file with more members than 65,535
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    file = folder / "a.zip"
    add(file, [("1.html", page(1)), ("2.html", page(2)), ("p.png", b"\x89PNG\r\n\x1a\n")])
    assert counts(read(folder)) == [2, 2, 0, 0, 0]
    add(file, [("3.html", page(3))])
    spoil(file, "1.html", "2.html")
    assert counts(read(folder)) == [3, 1, 0, 2, 0]
    members = {
        "0.html": page(4),
        **{f"{number}.html": page(number) for number in (3, 2, 1)},
        "p.png": b"\x89PNG\r\n\x1a\n",
    }
    file.write_bytes(zipped(members))
    spoil(file, "1.html", "2.html", "3.html")
    done = read(folder)
    assert counts(done) == [4, 1, 0, 3, 0]
    assert done.rows(CONTAINER) == [
        {"size": file.stat().st_size, "records": 5, "passed": '{"neither HTML nor text (pictures)": 1}'}
    ]
    assert counts(read(folder)) == [4, 0, 0, 4, 0]


def test_what_stands_beside_a_new_member_is_known_from_before(read: Read, folder: Path) -> None:
    snapshot = {"url": "https://paper.example/lock", "timestamp": "1709200000.1", "base_url": "paper.example/lock"}
    add(folder / "a.zip", [("1709200000.1/index.json", json.dumps(snapshot).encode()), ("1.html", page(1))])
    read(folder)
    add(folder / "a.zip", [("1709200000.1/output.html", page(2)), ("2.html", page(3))])
    done = read(folder)
    assert counts(done) == [4, 2, 0, 2, 0]
    told = done.rows("SELECT path, url, captured FROM pages WHERE url IS NOT NULL")
    assert told == [
        {
            "path": "a.zip#1709200000.1/output.html",
            "url": "https://paper.example/lock",
            "captured": "2024-02-29T09:46:40+00:00",
        }
    ]


def test_member_that_was_replaced_is_read_and_one_that_is_gone_is_not_seen(read: Read, folder: Path) -> None:
    file = folder / "a.zip"
    pages = {f"{number}.html": page(number) for number in range(4)}
    file.write_bytes(zipped(pages))
    read(folder)
    file.write_bytes(zipped({**pages, "2.html": page(2).replace(b"Story 2", b"Story 9"), "4.html": page(4)}))
    assert counts(read(folder)) == [5, 1, 1, 3, 0]
    file.write_bytes(zipped({name: body for name, body in pages.items() if name != "1.html"} | {"5.html": page(5)}))
    done = read(folder)
    assert counts(done)[0] == 4
    assert {"path": "a.zip#1.html", "last_run": 2} in done.rows("SELECT path, last_run FROM pages")


@pytest.mark.parametrize("more", [[], [("3.html", page(3))]])
def test_damaged_member_is_tried_again_whenever_the_zip_changes(
    read: Read, folder: Path, more: list[tuple[str, bytes]]
) -> None:
    file = folder / "a.zip"
    whole = zipped({"1.html": page(1), "2.html": page(2)})
    file.write_bytes(whole)
    spoil(file, "2.html")
    assert counts(read(folder)) == [2, 1, 0, 0, 1]
    file.write_bytes(whole)
    add(file, more)
    os.utime(file, (1, 1))
    assert counts(read(folder)) == [2 + len(more), 1 + len(more), 0, 1, 0]


def test_zip_that_was_touched_is_read_whole(read: Read, folder: Path) -> None:
    file = folder / "a.zip"
    file.write_bytes(zipped({"1.html": page(1), "2.html": page(2)}))
    read(folder)
    spoil(file, "2.html")
    os.utime(file, (1, 1))
    assert counts(read(folder)) == [2, 0, 0, 1, 1]


def test_zip_with_a_damaged_list_is_unreadable_and_read_once_it_is_whole(read: Read, folder: Path) -> None:
    file = folder / "a.zip"
    add(file, [("1.html", page(1))])
    read(folder)
    add(file, [("2.html", page(2))])
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"PK\x01\x02", b"PK\x01\x00"))
    assert counts(read(folder)) == [1, 0, 0, 0, 1]
    file.write_bytes(whole)
    assert counts(read(folder)) == [2, 1, 0, 1, 0]
