"""What a person says of pages goes before what Winnow finds: in a run into a new database, and on an engine."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lab.samples import html_page
from tests.conftest import read_folder
from tests.corrected import (
    OTHER,
    PAGES,
    STORY,
    digest,
    lasting,
    overruled,
    read_told,
    said,
    together,
    told,
    write,
)
from tests.test_cluster import rows
from winnow.archive.corrections import in_force
from winnow.archive.database import open_to_read
from winnow.cluster.load import load
from winnow.corrections import Action, Correction
from winnow.items import Reason, StartError

SPLIT, MERGE, ACCEPT, REJECT = Action.SPLIT, Action.MERGE, Action.ACCEPT, Action.REJECT
SET, CLEAR, PIN = Action.SET, Action.CLEAR, Action.PIN
UNTOLD = {"Abdf", "C"}
# What is said of the pages, and which of them belong together then; a capital speaks for the article.
CASES: dict[str, tuple[list[Correction], set[str]]] = {
    "nothing": ([], UNTOLD),
    "a split page": ([said(SPLIT, "b.html")], {"Adf", "B", "C"}),
    "the first page split": ([said(SPLIT, "a.html")], UNTOLD),
    "two split": ([said(SPLIT, "b.html"), said(SPLIT, "f.html")], {"Ad", "B", "C", "F"}),
    "merged with nothing in common": ([said(MERGE, "a.html", "c.html")], {"Abcdf"}),
    "the later page named first": ([said(MERGE, "c.html", "a.html")], {"Abcdf"}),
    "joins what it resembles less": ([said(MERGE, "f.html", "c.html")], {"Abd", "Cf"}),
    "split and merged": ([said(SPLIT, "b.html"), said(MERGE, "b.html", "c.html", 1)], {"Adf", "Bc"}),
    "merged and split": ([said(MERGE, "a.html", "c.html"), said(SPLIT, "c.html", at=1)], UNTOLD),
    "a rejected page": ([said(REJECT, "c.html")], {"Abdf"}),
    "the first page rejected": ([said(REJECT, "a.html")], {"Bdf", "C"}),
    "rejected, then accepted": ([said(REJECT, "c.html"), said(ACCEPT, "c.html", at=1)], UNTOLD),
    "an accepted page": ([said(ACCEPT, "e.html")], {*UNTOLD, "E"}),
    "accepted and merged": ([said(ACCEPT, "e.html"), said(MERGE, "e.html", "c.html")], {"Abdf", "Ce"}),
    "a pinned page": ([said(PIN, "d.html")], {"abDf", "C"}),
    "the last pin": ([said(PIN, "f.html", at=2), said(PIN, "b.html", at=1)], {"abdF", "C"}),
    "the last pin, of an earlier page": ([said(PIN, "f.html", at=1), said(PIN, "b.html", at=2)], {"aBdf", "C"}),
}


@pytest.mark.parametrize(("corrections", "expected"), CASES.values(), ids=CASES)
def test_what_is_said_goes_before_what_is_found(
    tmp_path: Path, folder: Path, corrections: list[Correction], expected: set[str]
) -> None:
    write(folder)
    done = read_told(folder, tmp_path / "a.db", *corrections)
    assert together(done) == expected
    assert together(read_folder(folder, tmp_path / "a.db")) == expected


def test_pages_say_why_they_ended_so(tmp_path: Path, folder: Path) -> None:
    write(folder)
    corrections = [
        said(SPLIT, "b.html"),
        said(MERGE, "a.html", "c.html"),
        said(REJECT, "d.html"),
        said(ACCEPT, "e.html"),
    ]
    done = read_told(folder, tmp_path / "a.db", *corrections, said(PIN, "f.html"))
    details = {row["path"][0]: row["detail"] for row in done.rows("SELECT path, detail FROM pages")}
    assert details["b"] == "split off by a person"
    assert details["c"].startswith("merged with page 1 by a person: 0% of the smaller text shared")
    assert details["d"] == "rejected by a person"
    assert details["f"].startswith("pinned by a person: ")
    assert done.pages()["c.html"] == ("duplicate", "near-duplicate")


def test_an_accepted_page_is_an_article_with_the_text_that_was_refused(tmp_path: Path, folder: Path) -> None:
    write(folder)
    done = read_told(folder, tmp_path / "a.db", said(ACCEPT, "e.html"))
    text = "Notice\n\nA short notice of nine words about a ferry."
    assert done.rows("SELECT title, text, kind FROM articles WHERE page_id = 5") == [
        {"title": "Notice", "text": text, "kind": "article"}
    ]
    assert done.rows("SELECT * FROM refused_texts") == []
    found = overruled(done, "e.html")
    assert (found["reason"], found["kind"]) == (Reason.NO_ARTICLE, None)
    assert "9 words" in found["detail"]


def test_copies_and_later_texts_of_an_accepted_page_are_decided_as_any(tmp_path: Path, folder: Path) -> None:
    write(folder, {"e.html": PAGES["e.html"], "e2.html": PAGES["e.html"]})
    done = read_told(folder, tmp_path / "a.db", said(ACCEPT, "e.html"))
    assert done.pages() == {"e.html": ("article", "new"), "e2.html": ("duplicate", "same bytes")}


def test_a_page_without_any_text_cannot_be_accepted(tmp_path: Path, folder: Path) -> None:
    (folder / "z.html").write_text("<hr>")
    unread = Correction(action=ACCEPT, sha256=digest("<hr>"), moment="2026-11-29T10:00:00+00:00")
    assert read_told(folder, tmp_path / "a.db", unread).pages() == {"z.html": ("rejected", "no article")}


def test_a_rejected_page_is_found_among_what_was_refused(tmp_path: Path, folder: Path) -> None:
    write(folder, {"c.html": PAGES["c.html"], "c2.html": PAGES["c.html"]})
    done = read_told(folder, tmp_path / "a.db", said(REJECT, "c.html"))
    assert set(done.pages().values()) == {("rejected", "no article")}
    assert [row["text"].split("\n\n") for row in done.rows("SELECT text FROM refused_texts")] == [OTHER, OTHER]
    assert done.rows("SELECT * FROM articles") == []
    assert read_folder(folder, tmp_path / "a.db").last_run["unchanged"] == 2


def test_fields_hold_whichever_page_speaks_for_the_article(tmp_path: Path, folder: Path) -> None:
    write(folder)
    corrections = [
        said(SET, "d.html", field="title", value="Of the cut page"),
        said(SET, "a.html", at=1, field="title", value="A better headline"),
        said(SET, "f.html", at=1, field="tags", value='["ferry",  "stadt\\u00fccherei"]'),
        said(SET, "b.html", field="date", value="2020-02-29"),
        said(CLEAR, "b.html", at=3, field="date"),
        said(SET, "b.html", field="kind", value="documentation"),
        said(PIN, "f.html"),
    ]
    done = read_told(folder, tmp_path / "a.db", *corrections)
    [row] = done.rows("SELECT title, tags, date, kind, text FROM articles WHERE page_id = 6")
    text = "\n\n".join([*STORY, "A paragraph more than in all of the others of this story."])
    assert row == {"title": "A better headline", "tags": '["ferry", "stadtücherei"]', "date": None,
                   "kind": "documentation", "text": text}  # fmt: skip
    stated = done.rows(
        "SELECT p.title, p.kind, e.tags FROM pages p JOIN extractions e ON e.page_id = p.id WHERE id = 6"
    )
    assert stated == [{"title": "Alpha once more", "kind": "article", "tags": None}]
    assert done.rows("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'headline'") == [{"rowid": 1}]


def test_a_field_that_is_set_makes_no_page_differ(tmp_path: Path, folder: Path) -> None:
    """The page changes around its article, which it did not change: there is no revision."""
    (folder / "a.html").write_text(PAGES["a.html"])
    read_told(folder, tmp_path / "a.db", said(SET, "a.html", field="title", value="Another"))
    (folder / "a.html").write_text(html_page("Alpha", STORY, teasers="<p>Read this too</p>"))
    done = read_folder(folder, tmp_path / "a.db")
    assert [row["reason"] for row in done.rows("SELECT reason FROM pages")] == ["new", "same text"]
    assert done.rows("SELECT title FROM articles") == [{"title": "Another"}]
    (folder / "a.html").write_text(html_page("Alpha", [*STORY, "One more line for the readers of the morning."]))
    done = read_folder(folder, tmp_path / "a.db")
    assert done.rows("SELECT title FROM articles") == [{"title": "Another"}]
    assert done.rows("SELECT title FROM revisions") == [{"title": "Alpha"}]


def test_a_split_page_holds_at_its_path_and_against_the_same_words(tmp_path: Path, folder: Path) -> None:
    later = html_page("Alpha", [*STORY, "One more line for the readers of the morning."])
    (folder / "a.html").write_text(PAGES["a.html"])
    (folder / "z.html").write_text(html_page("Alpha elsewhere", STORY))
    split = [
        Correction(action=SPLIT, sha256=digest(body), moment="2026-11-29T10:00:00+00:00")
        for body in (later, (folder / "z.html").read_text())
    ]
    done = read_told(folder, tmp_path / "a.db", *split)
    assert together(done) == {"A", "Z"}
    (folder / "a.html").write_text(later)
    done = read_folder(folder, tmp_path / "a.db")
    assert [row["reason"] for row in done.rows("SELECT reason FROM pages ORDER BY id")] == ["new", "new", "new"]
    (folder / "a.html").write_text(later.replace("One more line", "One line more"))
    done = read_folder(folder, tmp_path / "a.db")
    assert done.rows("SELECT reason, article_id, parent_id FROM pages ORDER BY id DESC LIMIT 1") == [
        {"reason": "changed", "article_id": 3, "parent_id": 3}
    ]


def test_a_pinned_page_keeps_its_place_when_its_file_changes(tmp_path: Path, folder: Path) -> None:
    (folder / "a.html").write_text(PAGES["a.html"])
    read_told(folder, tmp_path / "a.db", said(PIN, "a.html"))
    (folder / "a.html").write_text(html_page("Alpha", [*STORY, "One more line for the readers of the morning."]))
    for _ in range(2):
        done = read_folder(folder, tmp_path / "a.db")
        assert done.rows("SELECT page_id, title, text FROM articles") == [
            {"page_id": 1, "title": "Alpha", "text": "\n\n".join(STORY)}
        ]
        [row] = done.rows("SELECT reason, detail FROM pages WHERE id = 2")
        assert row["reason"] == "near-duplicate"
        assert row["detail"].startswith("page 1 is pinned by a person, else: the page has changed")
    assert done.rows("SELECT * FROM revisions") == []


@pytest.mark.parametrize(
    "names",
    [
        ("split and merged", "accepted and merged", "the last pin, of an earlier page"),
        ("merged with nothing in common", "a split page", "a pinned page"),
        ("the first page rejected", "an accepted page"),
    ],
)
def test_an_engine_gives_the_rows_of_a_run(jobs: Any, tmp_path: Path, folder: Path, names: tuple[str, ...]) -> None:
    corrections = [each for name in names for each in CASES[name][0]]
    corrections.append(said(SET, "f.html", at=9, field="author", value="Ann Bell"))
    write(folder, {**PAGES, "g.html": PAGES["b.html"], "h.html": PAGES["a.html"].replace("Alpha", "Omega")})
    expected = read_told(folder, tmp_path / "run.db", *corrections)
    job = partial(jobs.ClusterJob, str(tmp_path / "out"), 2)
    job(corrections=tuple(corrections)).run([str(folder)])
    load(tmp_path / "out", tmp_path / "loaded.db")
    assert rows(tmp_path / "loaded.db") == rows(expected.database)
    jobs.ClusterJob(str(tmp_path / "untold"), 2).run([str(folder)])
    told(tmp_path / "before.db", corrections)
    load(tmp_path / "untold", tmp_path / "before.db")
    assert lasting(tmp_path / "before.db") == lasting(expected.database)
    with closing(open_to_read(tmp_path / "loaded.db")) as db:
        assert list(in_force(db).values()) == sorted(corrections, key=lambda each: each.moment)
    with pytest.raises(StartError, match="other parameters"):
        job().run([str(folder)])
