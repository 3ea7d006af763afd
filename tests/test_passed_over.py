"""What is no page outside the folders of pages: told by its bytes, counted, remembered, alike in a folder and a ZIP."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lab.samples import html_page, jsonl, sentences, zipped
from tests.conftest import Crawl, Crawled, Read, read_folder
from winnow.cluster.load import load
from winnow.items import StartError
from winnow.sources.no_pages import no_page_in

STORY = html_page("Story 1", sentences(1)).encode()
PROSE = "\n\n".join(sentences(2)).encode()
PNG, ICON, WOFF, BYTES = b"\x89PNG\r\n\x1a\n" + bytes(40), b"\0\0\1\0\1\0\x10\x10", b"wOF2\0\1\0\0", bytes(range(256))
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
CSS, MAP = b"body { color: #333; }\n" * 40, b'{"version":3,"sources":["a.ts"],"mappings":"AAAA"}'


@pytest.mark.parametrize(
    ("name", "begin", "kind"),
    [
        ("logo", PNG, "pictures"), ("a.php?id=3", PNG, "pictures"), ("a.css", PNG, "pictures"),
        ("a.jpg", BYTES, "pictures"), ("a.jpg", b"", "pictures"), ("a.PNG?v=2", b"PNG", "pictures"),
        ("favicon", ICON, "pictures"), ("a.svg", SVG, "pictures"), ("drawing.xml", SVG, "pictures"),
        ("font", WOFF, "fonts"), ("a.eot", BYTES, "fonts"), ("film.bin", b"\0\0\0\x18ftypmp42", "films"),
        ("a.mp3", BYTES, "sounds"), ("a.css", CSS, "styles"), ("a.css", b"\xff\xfea\0", "styles"),
        ("a.css.map", MAP, "styles"), ("a.js", b"var a;", "scripts"), ("a.wasm", b"\0asm\x01\0\0\0", "scripts"),
        ("index.json", b'{\n    "archive_path": "archive/1709200000.1",', "data"),
    ],
    ids=str,
)  # fmt: skip
def test_parts_of_pages_are_told_by_their_bytes_and_then_by_their_names(name: str, begin: bytes, kind: str) -> None:
    assert no_page_in(name, begin) == f"neither HTML nor text ({kind})"


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("a.jpg", STORY), ("a.css", STORY), ("a.jpg", PROSE), ("a.html", PNG), ("a.txt", PNG), ("a.js", BYTES),
        ("a.jpg", b"%PDF-1.7"), ("a.png", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("a.bin", BYTES), ("a", b"var a;"),
        ("a.json", b'{"a": 1}'), ("a.csv", b"a,b"), ("a", b""), ("README", PROSE),
    ],
    ids=str,
)  # fmt: skip
def test_what_may_hold_a_text_or_must_be_told_of_is_a_page(name: str, begin: bytes) -> None:
    assert no_page_in(name, begin) is None


CONTENTS = {
    "story": STORY, "other story": html_page("Story 3", sentences(3)).encode(), "prose": PROSE, "png": PNG,
    "icon": ICON, "font": WOFF, "svg": SVG, "css": CSS, "map": MAP, "bytes": BYTES, "nothing": b"",
    "pdf": b"%PDF-1.7 cut", "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "script": b"var a = 1;",
    "frame": b"<html><body><p>Short.</p>", "gzip": b"\x1f\x8b\x08cut", "robots": b"User-agent: *\nDisallow:\n",
    "lines": jsonl({"html": STORY.decode(), "url": "https://a.example/1"}, {"id": 7}),
    "zip": zipped({"logo.png": PNG, "b/story.html": STORY, "b/notes.bin": BYTES}),
}  # fmt: skip
FOLDERS = ["", "a/", "a/b.c/", "Page_files/", "site/hts-cache/", "Seite-Dateien/sub/"]
STEMS = ["index", "story", "logo", "x y", "für", "robots", ".hidden", "favicon", "a#b", "c?d"]
ENDINGS = ["", ".html", ".txt", ".md", ".png", ".css", ".js", ".svg", ".woff2", ".pdf", ".json", ".jsonl", ".xml",
           ".ico", ".doc", ".zip", ".php", ".gz", ".mp4"]  # fmt: skip
NAMES = st.builds("{}{}{}".format, *map(st.sampled_from, (FOLDERS, STEMS, ENDINGS)))
ROWS = """SELECT path, outcome, reason, detail, media_type, encoding, sha256, kind, title, word_count, similarity,
    url, captured FROM pages ORDER BY path"""


def _counts(done: Crawled) -> Counter[str]:
    """Return what was passed over, in the folder and in its containers, by reason."""
    counted = Counter[str](json.loads(done.last_run["skipped"]))
    for row in done.rows("SELECT passed FROM containers"):
        counted.update(json.loads(row["passed"]))
    return counted


def _rows(done: Crawled, above: str = "") -> list[tuple[Any, ...]]:
    found = [(row.pop("path").removeprefix(above), *row.values()) for row in done.rows(ROWS)]
    # What is said of a damaged container names it a member where it is one.
    return [tuple(str(each).replace("damaged member: ", "") for each in row) for row in found]


@settings(max_examples=15)
@given(st.dictionaries(NAMES, st.sampled_from(sorted(CONTENTS)), min_size=1, max_size=12))
@example({f"{number}{ending}": body for ending in (".png", ".html", "") for number, body in enumerate(CONTENTS)})
def test_any_files_give_the_rows_and_the_counts_of_a_zip_of_them(files: dict[str, str]) -> None:
    with TemporaryDirectory() as made:
        folder, packed = Path(made, "pages"), Path(made, "packed")
        packed.mkdir()
        with zipfile.ZipFile(packed / "all.zip", "w") as archive:
            for name in sorted(files, key=os.fsencode):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(CONTENTS[files[name]])
                archive.write(folder / name, name)
        apart, together = read_folder(folder, Path(made, "a.db")), read_folder(packed, Path(made, "b.db"))
        assert _rows(apart) == _rows(together, "all.zip#")
        assert _counts(apart) == _counts(together)


def _write(folder: Path) -> None:
    (folder / "site").mkdir()
    for name, body in {
        "story.html": STORY, "site/logo": PNG, "site/b.css": CSS, "site/font.woff2": WOFF, "site/c.css": CSS,
        "site/photo.jpg": PROSE, "site/old.doc": CONTENTS["doc"],
    }.items():  # fmt: skip
        (folder / name).write_bytes(body)


PASSED = {
    "neither HTML nor text (pictures)": 1,
    "neither HTML nor text (styles)": 2,
    "neither HTML nor text (fonts)": 1,
}


def test_run_counts_and_a_second_one_opens_nothing(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(folder)
    done = read(folder)
    assert done.pages() == {
        "story.html": ("article", "new"),
        "site/photo.jpg": ("article", "new"),
        "site/old.doc": ("rejected", "not text"),
    }
    assert json.loads(done.last_run["skipped"]) == PASSED
    monkeypatch.setattr("winnow.runs.changed_files.begin_in", _opened)
    again = read(folder)
    assert (again.last_run["unchanged"], json.loads(again.last_run["skipped"])) == (3, PASSED)


def _opened(file: str) -> None:
    raise AssertionError(f"{file} was opened")


def test_file_that_becomes_a_page_is_read_and_one_that_becomes_a_picture_is_passed_over(
    read: Read, folder: Path
) -> None:
    _write(folder)
    read(folder)
    (folder / "site/b.css").write_bytes(html_page("Story 5", sentences(5)).encode())
    (folder / "site/photo.jpg").write_bytes(PNG)
    done = read(folder)
    assert done.pages()["site/b.css"] == ("article", "new")
    assert json.loads(done.last_run["skipped"]) == PASSED | {
        "neither HTML nor text (pictures)": 2,
        "neither HTML nor text (styles)": 1,
    }
    assert done.last_run["pages"] == 3


def test_everything_is_opened_again_where_everything_is_verified(crawl: Crawl, folder: Path) -> None:
    _write(folder)
    crawl(folder)
    state = os.stat(folder / "site/logo")
    (folder / "site/logo").write_bytes(STORY.ljust(state.st_size)[: state.st_size])
    os.utime(folder / "site/logo", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert "site/logo" not in crawl(folder).pages()
    assert "site/logo" in crawl(folder, "-a", "verify=1").pages()


def test_summary_and_report_count_by_kind_and_a_named_file_has_its_row(crawl: Crawl, folder: Path) -> None:
    _write(folder)
    done = crawl(folder)
    assert (done.status, done.err) == (0, "")
    line = "2 neither HTML nor text (styles), 1 neither HTML nor text (fonts), 1 neither HTML nor text (pictures)"
    assert f"  skipped: {line}\n" in done.out.replace(
        "1 neither HTML nor text (pictures), 1 neither HTML nor text (fonts)",
        "1 neither HTML nor text (fonts), 1 neither HTML nor text (pictures)",
    )
    named = crawl(folder / "site/logo")
    assert named.pages()["site/logo"] == ("rejected", "not text")
    again = crawl(folder)
    assert (again.status, again.last_run["unchanged"]) == (0, 4)


def test_rows_that_an_earlier_version_made_stay_and_are_not_missed(read: Read, folder: Path) -> None:
    _write(folder)
    for name in ("logo", "b.css", "font.woff2", "c.css"):
        read(folder / "site" / name)  # as if every file had been a page
    done = read(folder)
    assert done.last_run["pages"] == 7
    for name in ("logo", "b.css", "font.woff2", "c.css"):
        os.utime(folder / "site" / name, (1, 1))
    later = read(folder)
    assert (later.last_run["status"], later.last_run["pages"]) == ("finished", 3)
    assert len(later.rows("SELECT 1 FROM pages")) == 7


def test_folder_of_pictures_alone_is_no_disk_that_is_not_mounted(read: Read, folder: Path) -> None:
    _write(folder)
    read(folder)
    (folder / "other").mkdir()
    (folder / "other/a.png").write_bytes(PNG)
    assert read(folder / "other").last_run["status"] == "finished"


def test_engine_counts_what_a_crawl_counts(jobs: Any, folder: Path, tmp_path: Path) -> None:
    _write(folder)
    (folder / "Page_files").mkdir()
    (folder / "Page_files/a.png").write_bytes(PNG)
    (folder / ".hidden").write_bytes(STORY)
    (folder / "robots.txt").write_bytes(b"User-agent: *\n")
    (folder / "packed.zip").write_bytes(zipped({"a.html": STORY, "b.png": PNG}))
    places = [str(folder), str(tmp_path / "named.png")]
    (tmp_path / "named.png").write_bytes(PNG)
    job = jobs.ClusterJob(str(tmp_path / "out"), 1, 2, 3)
    job.run(places)
    load(tmp_path / "out", tmp_path / "loaded.db")
    for place in places:
        expected = read_folder(Path(place), tmp_path / "crawl.db")
    whole = sum((Counter(json.loads(row["skipped"])) for row in expected.rows("SELECT skipped FROM runs")), Counter())
    with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
        assert Counter(json.loads(db.execute("SELECT skipped FROM runs").fetchone()[0])) == whole
        assert db.execute("SELECT path, reason FROM pages ORDER BY path").fetchall() == [
            (row["path"], row["reason"]) for row in expected.rows("SELECT path, reason FROM pages ORDER BY path")
        ]
    assert job.skipped() == _counts(expected) + whole


def test_engine_says_where_there_is_no_page(jobs: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "a.png").write_bytes(PNG)
    with pytest.raises(StartError, match="no page: all files are parts of pages"):
        jobs.ClusterJob(str(tmp_path / "out"), 1).run([str(folder)])
