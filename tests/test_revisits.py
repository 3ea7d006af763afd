"""Records that only point to another capture, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.samples import html_page, record, revisit, sentences
from tests.captured import EARLY, ENDS, LATE, URL, capture, page, rows
from tests.conftest import Read
from winnow.items import HTML, Kind, Page
from winnow.runs.one_process import run_pages
from winnow.runs.rebuild import rebuild


def test_revisit_ends_as_its_original_did(tmp_path: Path) -> None:
    again = "2022-01-01T00:00:00+00:00"
    pages = [
        capture("a", page(1), EARLY, f"{URL}a"),
        capture("b", b"<p>Too short.", EARLY, f"{URL}b"),
        capture("c", b"", again, f"{URL}a", revisits=(f"{URL}a", EARLY)),
        capture("d", b"", again, f"{URL}b", revisits=(f"{URL}b", EARLY)),
        capture("e", b"", again, f"{URL}c", revisits=(f"{URL}c", EARLY)),
        capture("f", b"", again, f"{URL}a", revisits=(f"{URL}a", None)),
    ]
    run_pages(pages, tmp_path / "a.db")
    assert rows(tmp_path / "a.db", ENDS) == [
        ("new", 1, "no earlier page carries this text"),
        ("no article", None, rows(tmp_path / "a.db", ENDS)[1][2]),
        ("same bytes", 1, "a revisit of page 1"),
        ("no article", None, "a revisit of page 2, which was rejected too"),
        ("unreadable", None, f"a revisit of {URL}c of {EARLY}, which has not been read so far"),
        ("same bytes", 1, "a revisit of page 3"),
    ]
    counts = run_pages(pages, tmp_path / "a.db")
    assert (counts["unchanged"], counts["rejected"]) == (4, 2)


def test_revisit_before_its_original_ends_as_that_did_when_all_is_read(tmp_path: Path) -> None:
    again = "2022-01-01T00:00:00+00:00"
    pages = [
        capture("a", b"", again, f"{URL}a", revisits=(f"{URL}a", EARLY)),
        capture("b", b"", again, f"{URL}b", revisits=(f"{URL}b", EARLY)),
        capture("c", b"", again, f"{URL}c", revisits=(f"{URL}a", again)),  # points to a revisit
        capture("d", b"", LATE, f"{URL}d", revisits=(f"{URL}d", EARLY)),
        capture("e", page(1), EARLY, f"{URL}a"),
        capture("f", b"<p>Too short.", EARLY, f"{URL}b"),
    ]
    counts = run_pages(pages, tmp_path / "a.db")
    why = rows(tmp_path / "a.db", "SELECT detail FROM pages WHERE path = 'f'")[0][0]
    ends = [
        ("same bytes", 1, "a revisit of page 5"),
        ("no article", None, "a revisit of page 6, which was rejected too"),
        ("same bytes", 1, "a revisit of page 1"),
        ("unreadable", None, f"a revisit of {URL}d of {EARLY}, which has not been read so far"),
        ("new", 1, "no earlier page carries this text"),
        ("no article", None, why),
    ]
    assert rows(tmp_path / "a.db", ENDS) == ends
    assert (counts["pages"], counts["new"], counts["duplicates"], counts["rejected"]) == (6, 1, 2, 3)
    assert rows(tmp_path / "a.db", "SELECT page_id, page_count, first_seen FROM articles") == [(5, 3, EARLY)]
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM extractions") == [(3,)]
    counts = run_pages(pages, tmp_path / "a.db")
    assert (counts["unchanged"], counts["rejected"]) == (4, 2)
    known = rows(tmp_path / "a.db", "SELECT page_id, hashes FROM recent_sketches")
    assert not rebuild(tmp_path / "a.db").endings
    assert rows(tmp_path / "a.db", ENDS) == ends
    assert rows(tmp_path / "a.db", "SELECT page_id, hashes FROM recent_sketches") == known
    run_pages([capture("g", page(2), EARLY, f"{URL}d")], tmp_path / "a.db")  # a later night brings the last original
    assert rows(tmp_path / "a.db", ENDS)[3] == ("same bytes", 2, "a revisit of page 7")


def test_rebuild_knows_a_revisit_where_the_crawl_knew_it(tmp_path: Path) -> None:
    """The address still said the first text when it was captured again, so the text in between is an earlier one."""
    between, last = (f"2034-0{month}-01T00:00:00+00:00" for month in (5, 6))
    pages = [
        capture("a", page(1), EARLY, URL),
        capture("b", b"", last, URL, revisits=(URL, EARLY)),
        capture("c", html_page("Story 1", [*sentences(1)[:-1], *sentences(9, 1)]).encode(), between, URL),
    ]
    run_pages(pages, tmp_path / "a.db")
    ends = rows(tmp_path / "a.db", ENDS)
    assert not rebuild(tmp_path / "a.db").endings
    assert rows(tmp_path / "a.db", ENDS) == ends


def test_copies_are_known_by_the_original_not_by_a_revisit_that_came_before_it(tmp_path: Path) -> None:
    pages = [capture("a", b"", LATE, URL, revisits=(URL, EARLY)), capture("b", page(1), EARLY, URL)]
    run_pages(pages, tmp_path / "a.db")
    copies = [capture("c", page(1), LATE, f"{URL}c"), capture("d", page(1, "<p>A teaser"), LATE, f"{URL}d")]
    run_pages(copies, tmp_path / "a.db")
    parents = "SELECT path, reason, parent_id FROM pages WHERE id > 2"
    expected = [("c", "same bytes", 2), ("d", "same text", 2)]
    assert rows(tmp_path / "a.db", parents) == expected
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", parents) == expected


@pytest.mark.parametrize("kind", ["a revisit before it", "the same bytes", "the same text"])
def test_what_an_excerpt_states_is_taken_from_none_of_its_copies_either(tmp_path: Path, kind: str) -> None:
    cut = html_page("Story 1", sentences(1)[:3])
    copies = {
        "a revisit before it": capture("a", b"", LATE, URL, revisits=(URL, LATE)),
        "the same bytes": capture("d", cut.encode(), LATE, URL),
        "the same text": capture("d", cut.replace("All rights", "No rights").encode(), LATE, URL),
    }
    pages = [Page("b", "/pages", page(1), media_type=HTML), capture("c", cut.encode(), LATE, URL), copies[kind]]
    run_pages(sorted(pages, key=lambda each: each.path), tmp_path / "a.db")
    assert "excerpt" in [reason for reason, *_ in rows(tmp_path / "a.db", ENDS)]
    assert rows(tmp_path / "a.db", "SELECT url, page_count FROM articles") == [(None, 3)]
    rebuild(tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT url, page_count FROM articles") == [(None, 3)]


@pytest.mark.parametrize("in_one_run", [True, False])
def test_revisit_whose_path_has_had_those_bytes_is_that_page(tmp_path: Path, in_one_run: bool) -> None:
    """As it is where the original is read first."""
    points = capture("a", b"", LATE, URL, revisits=(f"{URL}b", EARLY))
    original = capture("b", page(1), EARLY, f"{URL}b")
    run_pages([capture("a", page(1), LATE, URL)], tmp_path / "a.db")
    for each in [[points, original]] if in_one_run else [[points], [original]]:
        counts = run_pages(each, tmp_path / "a.db")
    assert rows(tmp_path / "a.db", "SELECT path, reason, last_run FROM pages ORDER BY id") == [
        ("a", "same bytes", 2),
        ("b", "changed", 2 if in_one_run else 3),
    ]
    assert (counts["pages"], counts["unchanged"], counts["rejected"]) == ((2, 1, 0) if in_one_run else (1, 0, 0))
    assert not rebuild(tmp_path / "a.db").endings
    assert run_pages([points, original], tmp_path / "a.db")["unchanged"] == 2


def test_revisit_of_a_page_that_was_rejected_ends_as_that_does_in_a_later_run(tmp_path: Path) -> None:
    points = [capture("a", b"", LATE, URL, revisits=(URL, EARLY)), capture("c", b"", LATE, URL, revisits=(URL, LATE))]
    original = capture("b", page(1), EARLY, URL)
    no_articles = frozenset({Kind.PRODUCT})
    run_pages([*points, original], tmp_path / "a.db", kinds=no_articles)
    assert [reason for reason, *_ in rows(tmp_path / "a.db", ENDS)] == ["no article", "unreadable", "no article"]
    run_pages([], tmp_path / "a.db", kinds=no_articles)
    counts = run_pages([original], tmp_path / "a.db")
    ends = [("same bytes", 1, "a revisit of page 3"), ("same bytes", 1, "a revisit of page 1")]
    assert rows(tmp_path / "a.db", ENDS)[:2] == ends
    assert (counts["pages"], counts["new"]) == (1, 1)
    assert rows(tmp_path / "a.db", "SELECT page_count, first_seen FROM articles") == [(3, EARLY)]
    assert not rebuild(tmp_path / "a.db").endings


@pytest.mark.parametrize("first", ["original", "revisit"])
def test_revisit_is_found_by_the_digest_of_its_payload_where_no_address_leads_to_it(
    read: Read, folder: Path, first: str
) -> None:
    stated = "WARC-Payload-Digest: sha1:A\r\n"
    points = [revisit(f"{URL}{name}", "2024-03-01T00:00:00Z", of=f"{URL}{name}", digest="sha1:A") for name in "xy"]
    other = revisit(f"{URL}z", "2024-03-01T00:00:00Z", of=f"{URL}z", digest="sha1:B")
    parts = [record(URL, page(1), more=stated), b"".join([*points, other])]
    (folder / "a.warc").write_bytes(parts[first != "original"])
    (folder / "b.warc").write_bytes(parts[first == "original"])
    done = read(folder)
    found = {row["url"]: row["reason"] for row in done.rows("SELECT url, reason FROM pages")}
    assert found == {URL: "new", f"{URL}x": "same bytes", f"{URL}y": "same bytes", f"{URL}z": "unreadable"}
    assert done.rows("SELECT page_count FROM articles") == [{"page_count": 3}]
    assert read(folder).last_run["unchanged"] == 4


@pytest.mark.parametrize("first", ["original", "revisit"])
def test_revisit_is_found_by_address_and_date_wherever_its_original_is(read: Read, folder: Path, first: str) -> None:
    parts = [record(URL, page(1)), revisit(URL, "2024-03-01T00:00:00Z", of=URL)]
    one, other = parts if first == "original" else parts[::-1]
    (folder / "a.warc").write_bytes(one + other)
    (folder / "b.warc").write_bytes(other)
    (folder / "c.warc").write_bytes(one)
    done = read(folder)
    assert sorted(done.pages().values()) == [("article", "new"), *[("duplicate", "same bytes")] * 3]
    assert done.last_run["duplicates"] == 3
    assert read(folder).last_run["unchanged"] == 4
