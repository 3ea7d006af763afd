"""Marks leave the reading room as JSON Lines and Markdown, and come back from there."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SEEDS, read_folder
from tests.marking import copied, get, mark, marked, one, scrapy, words_of
from winnow.items import StartError
from winnow.marks import shown
from winnow.marks.imports import Search, read_marks
from winnow.runs.forget import forget

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return read_folder(SEEDS, tmp_path / "archive.db").database


def test_exports_hold_everything_and_no_markup_of_theirs(archive: Path, tmp_path: Path) -> None:
    quote = words_of(archive, 1)
    forms = [{"action": "star"}, {"action": "tag", "tag": "old lamps"}, {"action": "note", "note": "# no *heading*"},
             {"action": "highlight", "quote": quote, "note": "<i>so</i>"},
             {"action": "save-search", "name": "Ferries", "query": "q=ferry"}]  # fmt: skip
    mark(archive, *({"article": 1, **form} for form in forms))
    article, search = map(json.loads, get(archive, "/marks.jsonl").text.splitlines())
    sha256 = one(archive, "SELECT sha256 FROM pages WHERE id = (SELECT page_id FROM articles WHERE id = 1)")
    assert (article["sha256"], article["tags"], bool(article["starred"])) == (sha256, ["old lamps"], True)
    assert [(" ".join(each["quote"].split()), each["note"]) for each in article["highlights"]] == [(quote, "<i>so</i>")]
    assert (search["search"], search["query"]) == ("Ferries", "q=ferry")
    markdown = get(archive, "/marks.md").text
    for line in (f"> {quote}", r"\# no \*heading\*", r"\<i\>so\</i\>", "- Search: Ferries, `?q=ferry`"):
        assert line in markdown.splitlines()
    for name, told in (("marks.jsonl", article["title"]), ("marks.md", quote)):
        target = tmp_path / name
        done = scrapy("marks", str(target), archive)
        assert (done.returncode, done.stdout) == (0, f"marks of 1 article and 1 search written to {target}\n")
        assert told in target.read_text("utf-8")
    assert json.loads(scrapy("marks", "-", archive).stdout.splitlines()[0]) == article
    assert "no format is known" in scrapy("marks", "marks.pdf", archive).stderr
    archive.unlink()
    read_folder(tmp_path, archive)  # an archive without the article
    [line, _] = scrapy("marks", "-", archive).stdout.splitlines()
    assert json.loads(line)["sha256"] == sha256


def test_what_was_exported_is_taken_over_once(archive: Path, tmp_path: Path) -> None:
    quote = words_of(archive, 1)
    forms: list[dict[str, Any]] = [
             {"action": "star"}, {"action": "read"}, {"action": "tag", "tag": "sea, old lamps"},
             {"action": "note", "note": "# no *heading*\nand more"},
             {"action": "highlight", "quote": quote, "note": "so"}, {"action": "star", "article": 2},
             {"action": "save-search", "name": "Ferries", "query": "q=ferry"}]  # fmt: skip
    mark(archive, *({"article": 1, **form} for form in forms))
    target = tmp_path / "marks.jsonl"
    scrapy("marks", str(target), archive)
    (tmp_path / "other").mkdir()
    other = copied(archive, tmp_path / "other" / "archive.db")
    mark(other, {"article": 1, "action": "tag", "tag": "lake"})
    for taken in (
        "marks of 2 articles and 1 search taken over\n",
        "marks of 0 articles and 0 searches taken over, 3 known already\n",
    ):
        done = scrapy("marks", f"--import={target}", other)
        assert (done.returncode, done.stdout) == (0, taken)
    before, after = marked(archive), marked(other)
    assert after["tags"] == ["lake", "sea", "old lamps"]
    for name in ("starred", "read", "notes", "highlights"):
        assert after[name] == before[name]
    assert [search["query"] for search in shown.searches(other)] == ["q=ferry"]
    with contextlib.closing(sqlite3.connect(other)) as db:
        assert shown.articles_marked(db, other, "starred") == {1, 2}
    page = one(other, "SELECT page_id FROM articles WHERE id = 2")
    forget(other, [page], str(page))
    done = scrapy("marks", f"--import={target}", other)
    assert done.stdout.endswith(" taken over, 2 known already, 1 of forgotten pages\n")


def test_marks_wait_for_their_articles_and_none_come_back_of_forgotten_ones(archive: Path, tmp_path: Path) -> None:
    mark(archive, {"article": 1, "action": "note", "note": "Ask Ada."}, {"article": 2, "action": "star"})
    target, empty = tmp_path / "marks.jsonl", tmp_path / "other" / "archive.db"
    scrapy("marks", str(target), archive)
    (tmp_path / "nothing").mkdir()
    empty.parent.mkdir()
    read_folder(tmp_path / "nothing", empty)
    assert scrapy("marks", f"--import={target}", empty).stdout == (
        "marks of 2 articles and 0 searches taken over; 2 articles not in this archive\n"
    )
    assert "2 known already" in scrapy("marks", f"--import={target}", empty).stdout
    empty.unlink()
    copied(archive, empty)
    assert marked(empty)["notes"] == ["Ask Ada."]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[]", "a line holds one JSON object"),
        ("{", "Expecting property name"),
        ("{}", "a mark names its article by sha256"),
        ('{"sha256": "DIGEST", "marked": "yesterday"}', "marked: 'yesterday' is no time"),
        ('{"sha256": "DIGEST", "marked": "2024-03-15", "tags": "sea"}', "tags is no list of texts"),
        ('{"sha256": "DIGEST", "marked": "2024-03-15", "notes": [{"text": " "}]}', "text is no text of up to 10,000"),
        ('{"sha256": "DIGEST", "marked": "2024-03-15", "title": 7}', "title is no text of up to 10,000 characters"),
        ('{"search": "Ferries"}', "query is no text of up to 4,000 characters"),
    ],
)
def test_a_line_that_no_export_can_hold_is_named(line: str, told: str) -> None:
    good = '{"search": "Ferries", "query": "q=ferry", "looked": "2024-03-15T08:30Z", "moment": "2024-03-15T08:30Z"}\n'
    with pytest.raises(StartError, match=rf"^marks\.jsonl, line 3: this is no mark: {re.escape(told)}"):
        read_marks([good, "\n", line.replace("DIGEST", "a" * 64)], "marks.jsonl")
    [search] = read_marks([good], "marks.jsonl")
    assert search == Search("Ferries", "q=ferry", *["2024-03-15T08:30:00.000000+00:00"] * 2)


NAMES = st.sampled_from(["sha256", "marked", "tags", "notes", "highlights", "search", "query", "starred", "text"])
PLAIN = st.none() | st.booleans() | st.floats() | st.text()


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)))
def test_any_json_is_read_or_refused(value: Any) -> None:
    with contextlib.suppress(StartError):
        read_marks([json.dumps(value)], "marks.jsonl")
