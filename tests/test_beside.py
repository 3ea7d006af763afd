"""What stands beside saved pages is passed over and counted; HTML with text of its own there is read."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.conftest import Crawl, Read, read_folder
from winnow.sources.beside import BESIDE, beside, passed_by_look

STORY = html_page("Story 1", sentences(1)).encode()


@pytest.mark.parametrize(
    "path",
    [
        "Page_files/logo.png", "a/Seite-Dateien/style.css", "a/Page_files/b/font.woff2?v=1", "Page.files/image001.jpg",
        "Page_fichiers/tag.js.download", "PAGE_FILES/x.JS", "robots.txt", "site/Robots.txt", "site/favicon.ico",
        "sitemap.xml", "a/sitemap-news-2.xml.gz", "hts-cache/new.txt", "site/hts-log.txt", "hts-cache/a/b.html",
        "wget-log", "wget-log.3", "warcs/a.cdx", "a.cdxj.gz", "__MACOSX/a", "Thumbs.db",
    ],
)  # fmt: skip
def test_what_programs_put_beside_pages_is_told_by_its_path(path: str) -> None:
    assert (beside(path) or "").startswith(BESIDE)


@pytest.mark.parametrize(
    "path",
    [
        "Page_files/frame.html", "Page_files/notes.txt", "my_files/export.json",
        "Page_files/saved", "files/logo.png", "my files/a.html",
        "robots.html", "a/robots.txt/page", "logs/hts.txt", "sitemap.html", "profiles/a.css", "wget-log.html",
        "_files/a.png", "a.css",
    ],
)  # fmt: skip
def test_what_may_be_a_page_is_not(path: str) -> None:
    assert beside(path) is None


BARE = (
    b"<html><head><title>"
    + b"a title " * 90
    + b"</title></head><script>"
    + b"var a = 1;" * 99
    + b"</script><img src=a>"
)


@pytest.mark.parametrize(
    ("path", "begin", "is_page"),
    [
        ("P_files/frame.html", STORY, True), ("P_files/saved", STORY, True), ("P_files/a.png", STORY, True),
        ("P_files/frame.html", BARE, False), ("P_files/saved", BARE, False), ("P_files/saved", b"var a = 1;", False),
        ("P_files/part.html", b"<p>" + b"a long part " * 40, True), ("P_files/a.txt", b"a line", True),
        ("P_files/frame.html", BARE.ljust(64 << 10), True), ("P_files/frame.html", b"", True),
        ("frame.html", BARE, True),
        ("P_files/f.html", b"<html><body>" + "長い文章がここにあります。".encode() * 20, True),
    ],
    ids=str,
)  # fmt: skip
def test_html_with_a_text_of_its_own_is_a_page_there(path: str, begin: bytes, is_page: bool) -> None:
    assert (passed_by_look(path, begin, 1) is None) == is_page


FILES = {
    "Page.html": STORY,
    "Page_files/logo.png": b"\x89PNG\r\n",
    "Page_files/frame.html": BARE,
    "Page_files/story.html": html_page("Story 2", sentences(2)).encode(),
    "Page_files/analytics.js.download": b"var a;",
    "site/index.pl": html_page("Story 3", sentences(3)).encode(),
    "site/www.site.com": html_page("Story 4", sentences(4)).encode(),
    "site/x.md": "\n\n".join(["# Story 5", *sentences(5)]).encode(),
    "site/x.xml": html_page("Story 6", sentences(6)).encode(),
    "site/photo.jpg": html_page("Story 7", sentences(7)).encode(),
    "site/robots.txt": b"User-agent: *\nDisallow:\n",
    "site/sitemap.xml": b"<urlset></urlset>",
    "site/links.txt": b"http://a.example/1\nhttp://a.example/2\n",
    "site/table.csv": b"a,b\n1,2\n",
    "site/old.7z": b"7z\xbc\xaf\x27\x1c",
    "site/.hidden.html": STORY,
    "hts-cache/new.txt": b"date\tsize\n",
    "hts-log.txt": b"HTTrack launched\n",
}  # fmt: skip
PASSED = {
    "beside a page (part of it)": 3,
    "beside a page (kept by a tool)": 2,
    "beside a page (for robots)": 2,
    "hidden": 1,
}


def _write(folder: Path) -> None:
    for name, body in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)


def test_folder_and_zip_of_the_same_files_give_the_same_rows(read: Read, folder: Path, tmp_path: Path) -> None:
    _write(folder)
    rows = read(folder).pages()
    assert rows == {
        "Page.html": ("article", "new"), "Page_files/story.html": ("article", "new"),
        "site/index.pl": ("article", "new"), "site/www.site.com": ("article", "new"), "site/x.md": ("article", "new"),
        "site/x.xml": ("article", "new"), "site/photo.jpg": ("article", "new"),
        "site/links.txt": ("rejected", "no article"),
        "site/table.csv": ("rejected", "no article"), "site/old.7z": ("rejected", "not text"),
    }  # fmt: skip
    packed = tmp_path / "packed"
    packed.mkdir()
    with zipfile.ZipFile(packed / "all.zip", "w") as archive:
        for name in sorted(FILES, key=str.encode):
            archive.write(folder / name, name)
    done = read_folder(packed, tmp_path / "zip.db")
    assert {path.partition("#")[2]: found for path, found in done.pages().items()} == rows
    (container,) = done.rows("SELECT records, passed FROM containers")
    assert (container["records"], json.loads(container["passed"])) == (len(FILES), PASSED)


def test_what_is_passed_over_is_counted_in_the_run(crawl: Crawl, folder: Path) -> None:
    _write(folder)
    done = crawl(folder)
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.last_run["skipped"]) == PASSED
    assert "3 beside a page (part of it)" in done.out
    again = crawl(folder)
    assert again.last_run["unchanged"] == again.last_run["pages"] == 10
    assert json.loads(again.last_run["skipped"]) == PASSED


def test_file_that_a_person_names_is_read_whatever_stands_beside_it(crawl: Crawl, folder: Path) -> None:
    (folder / "robots.txt").write_bytes(STORY)
    assert crawl(folder / "robots.txt").pages() == {"robots.txt": ("article", "new")}
    shutil.rmtree(folder)
