"""Listing seed files: one stable order, names that can be told apart, and nothing read that is no regular file."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.spiders.seeds import SeedsSpider
from winnow.files import escape_path
from winnow.items import StartError
from winnow.sources.folder import SeedFile, Skipped, count_files, resolve_root, resolve_roots, seed_files
from winnow.times import utc_time


def make(root: Path, *names: str | bytes) -> None:
    """Write files of one byte, with the folders that they need."""
    for name in names:
        file = os.path.join(os.fsencode(root), os.fsencode(name))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as out:
            out.write(b"x")


def files(root: Path) -> list[str]:
    return [found.path for found in seed_files(root) if isinstance(found, SeedFile)]


def skipped(root: Path) -> dict[str, str]:
    return {found.path: found.why for found in seed_files(root) if isinstance(found, Skipped)}


def test_order_is_that_of_whole_paths_compared_bytewise(folder: Path) -> None:
    make(folder, "a/b", "a.txt", "a-b", "a0", "a/b.c/d", "a/b-c", "B", "ä", "z", "a b/c")
    found = files(folder)
    assert found == sorted(found, key=str.encode)
    assert found == ["B", "a b/c", "a-b", "a.txt", "a/b", "a/b-c", "a/b.c/d", "a0", "z", "ä"]


NAME = st.text("a./-0é ", min_size=1, max_size=4).filter(lambda name: not name.startswith(".") and "/" not in name)


@given(st.lists(st.lists(NAME, min_size=1, max_size=3).map("/".join), max_size=8, unique=True))
def test_any_folder_is_listed_in_order_and_whole(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    root = tmp_path_factory.mktemp("pages")
    made = [name for name in names if not any(other.startswith(f"{name}/") for other in names)]
    make(root, *made)
    assert files(root) == sorted(made, key=str.encode)


def test_names_that_are_no_utf_8_are_escaped_and_stay_distinct(folder: Path) -> None:
    make(folder, b"caf\xe9.html", b"caf\xe8.html", "café.html", b"caf\\xe9.html")
    assert files(folder) == ["caf\\\\xe9.html", "café.html", "caf\\xe8.html", "caf\\xe9.html"]


def test_backslash_is_doubled(folder: Path) -> None:
    make(folder, "a\\b", "a\\\\b")
    assert files(folder) == ["a\\\\\\\\b", "a\\\\b"]


def test_names_with_line_breaks_and_other_oddities_are_read(folder: Path) -> None:
    names = ["two\nlines.html", "tab\there", " ", "%41?b#c", "-rf", "a:b"]
    make(folder, *names)
    assert files(folder) == sorted(names)


@given(st.binary(min_size=1))
def test_escaped_names_can_be_turned_back(name: bytes) -> None:
    def unescape(match: re.Match[str]) -> str:
        return "\\" if match[1] == "\\" else os.fsdecode(bytes([int(match[1][1:], 16)]))

    assert os.fsencode(re.sub(r"\\(\\|x[0-9a-f]{2})", unescape, escape_path(name))) == name


def test_seed_file_tells_where_it_is_its_size_and_its_time_in_utc(folder: Path) -> None:
    make(folder, "sub/page.html")
    os.utime(folder / "sub/page.html", ns=(0, 1_709_251_199_123_456_789))
    expected = SeedFile("sub/page.html", str(folder / "sub/page.html"), 1, "2024-02-29T23:59:59.123456+00:00")
    assert list(seed_files(folder)) == [expected]


@pytest.mark.parametrize(
    ("nanoseconds", "expected"),
    [
        (0, "1970-01-01T00:00:00.000000+00:00"),
        (-1, "1969-12-31T23:59:59.999999+00:00"),
        (10**9 * 300_000_000_000, None),  # the year 11476
        (10**30, None),
    ],
)
def test_file_times_are_iso_8601_and_unknown_outside_the_calendar(nanoseconds: int, expected: str | None) -> None:
    assert utc_time(nanoseconds) == expected


def test_hidden_files_and_folders_are_skipped(folder: Path) -> None:
    make(folder, ".hidden.html", ".git/config", "sub/.cache/page.html", "sub/page.html")
    assert files(folder) == ["sub/page.html"]
    assert skipped(folder) == {".git/": "hidden", ".hidden.html": "hidden", "sub/.cache/": "hidden"}


def test_link_to_a_file_inside_is_read_under_its_own_name(folder: Path) -> None:
    make(folder, "sub/page.html")
    (folder / "link.html").symlink_to("sub/page.html")
    (folder / "sub/up.html").symlink_to(folder / "link.html")
    assert files(folder) == ["link.html", "sub/page.html", "sub/up.html"]


def test_link_that_leaves_the_folder_is_skipped(folder: Path) -> None:
    make(folder.parent, "outside.html", "pages-2/page.html")
    (folder / "out.html").symlink_to("../outside.html")
    (folder / "sibling.html").symlink_to("../pages-2/page.html")  # its path begins as the root's does
    (folder / "outdir").symlink_to("..")
    assert files(folder) == []
    assert set(skipped(folder)) == {"out.html", "sibling.html", "outdir"}
    assert all("leaves" in why for why in skipped(folder).values())


def test_link_to_a_folder_is_skipped_so_that_no_page_is_read_twice(folder: Path) -> None:
    make(folder, "sub/page.html")
    (folder / "again").symlink_to("sub")
    (folder / "sub/loop").symlink_to("..")
    assert files(folder) == ["sub/page.html"]
    assert set(skipped(folder)) == {"again", "sub/loop"}
    assert all("folder" in why for why in skipped(folder).values())


def test_links_that_lead_nowhere_are_skipped(folder: Path) -> None:
    (folder / "dangling.html").symlink_to("missing.html")
    (folder / "circle.html").symlink_to("circle.html")
    assert files(folder) == []
    assert set(skipped(folder)) == {"circle.html", "dangling.html"}


def test_fifos_are_skipped(folder: Path) -> None:
    os.mkfifo(folder / "pipe.html")
    (folder / "link.html").symlink_to("pipe.html")
    assert list(seed_files(folder)) == [
        Skipped("link.html", "not a regular file"),
        Skipped("pipe.html", "not a regular file"),
    ]


def test_empty_folder_holds_nothing(folder: Path) -> None:
    (folder / "sub").mkdir()
    assert list(seed_files(folder)) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list any folder")
def test_folder_that_cannot_be_listed_is_skipped_and_the_others_are_read(folder: Path) -> None:
    make(folder, "a/page.html", "locked/page.html", "z/page.html")
    (folder / "locked").chmod(0)
    try:
        assert files(folder) == ["a/page.html", "z/page.html"]
        assert "cannot be listed" in skipped(folder)["locked/"]
        with pytest.raises(StartError, match="cannot list"):
            resolve_root(str(folder / "locked"))
    finally:
        (folder / "locked").chmod(0o700)


def test_folder_that_vanishes_while_others_are_read_is_skipped(folder: Path) -> None:
    make(folder, "a/page.html", "b/page.html", "c/page.html")
    listing = seed_files(folder)
    found = [next(listing)]
    (folder / "b/page.html").unlink()
    (folder / "b").rmdir()
    found += listing
    assert [one.path for one in found] == ["a/page.html", "b/", "c/page.html"]
    assert isinstance(found[1], Skipped)


def test_folder_is_crawled_under_its_real_path(folder: Path) -> None:
    (folder.parent / "alias").symlink_to(folder)
    assert resolve_root(str(folder)) == (folder.resolve(), None)
    assert resolve_root(str(folder.parent / "alias")) == (folder.resolve(), None)


def test_single_file_is_read_alone_whatever_lies_beside_it(folder: Path) -> None:
    make(folder, "one.html", "two.html", ".hidden.html")
    for name in ("one.html", ".hidden.html"):
        root, only = resolve_root(str(folder / name))
        assert [found.path for found in seed_files(root, only)] == [name]
        assert root == folder.resolve()


def test_relative_path_starts_at_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, "sub/page.html")
    monkeypatch.chdir(folder)
    assert resolve_root("sub") == (folder.resolve() / "sub", None)
    assert resolve_root("sub/page.html") == (folder.resolve() / "sub", "page.html")


def test_home_folder_may_be_written_as_tilde(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert resolve_root("~") == (folder.resolve(), None)


@pytest.mark.parametrize("given", ["", " ", ",", [""], [".", ""]])
def test_empty_path_is_not_the_current_folder(given: str | list[str]) -> None:
    with pytest.raises(StartError, match="path is empty; give a folder"):
        resolve_roots(given)


@pytest.mark.parametrize("path", ["missing", "page.html/below", "x" * 300])
def test_path_that_is_not_there_is_told_with_what_to_do(folder: Path, path: str) -> None:
    make(folder, "page.html")
    with pytest.raises(StartError, match=r"cannot read .*give a folder or a file with -a path="):
        resolve_root(str(folder / path))


def test_path_that_is_neither_folder_nor_file_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(StartError, match="neither a folder nor a regular file"):
        resolve_root(str(folder / "pipe"))


def test_folders_nested_a_thousand_deep_are_walked(tmp_path: Path) -> None:
    place, depth = os.open(tmp_path, os.O_RDONLY), 1200
    for _ in range(depth):
        os.mkdir("d", dir_fd=place)
        below = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = below
    os.close(place)
    (tmp_path / "e.html").write_text("x")
    found = list(seed_files(tmp_path))
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # pytest's own cleaning up is recursive
    assert [item.path for item in found if isinstance(item, SeedFile)] == ["e.html"]


def test_file_that_is_named_outright_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/page.html").write_text("x")
    (tmp_path / "here").mkdir()
    (tmp_path / "here/link.html").symlink_to(tmp_path / "there/page.html")
    root, only = resolve_root(str(tmp_path / "here/link.html"))
    assert [item.path for item in seed_files(root, only)] == ["page.html"]


@pytest.mark.parametrize(("workers", "pages"), [("1", 16), ("8", 64)])
def test_pages_in_flight_grow_with_the_workers(workers: str, pages: int) -> None:
    settings = Settings({"WORKERS": workers})
    SeedsSpider.update_settings(settings)
    assert settings.getint("CONCURRENT_ITEMS") == pages
    settings.set("CONCURRENT_ITEMS", 2, priority="cmdline")
    SeedsSpider.update_settings(settings)
    assert settings.getint("CONCURRENT_ITEMS") == 2


def test_files_are_counted_and_containers_by_their_bytes(folder: Path) -> None:
    for name in ("a.html", "b/c.txt", "b/d.warc", ".e.html", ".f.warc", ".g/h.html", "robots.txt", "b_files/i.png"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"12345")
    assert count_files(folder) == (2, 5)
    assert [count_files(folder, name) for name in ("a.html", "b/d.warc", ".f.warc")] == [(1, 0), (0, 5), (0, 5)]
