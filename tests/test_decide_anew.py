"""Deciding some pages anew: nothing differs from a rebuild, and a rebuild after it changes nothing."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archives import Chance, seed, send
from tests.memory_index import words
from tests.test_rebuild import contents
from winnow.archive.store import Store
from winnow.runs import anew
from winnow.runs.anew import decide_anew
from winnow.runs.rebuild import rebuild


@settings(max_examples=30)
@given(st.integers(0, 1_000_000))
def test_pages_that_are_decided_anew_end_as_before(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, chance = Path(folder, "a.db"), Chance(number)
        send(database, *chance.runs())
        rebuild(database)
        before = contents(database)
        store = Store(database)
        pages = chance.some(4, len(before["pages"]))
        with store.db.atomic():
            done = decide_anew(store, pages)
        store.close()
        assert contents(database) == before
        assert (done.moved, done.endings) == (0, {})


def reject(store: Store, page_id: int) -> None:
    """Let a page carry no article any more, and decide anew what that concerns."""
    with store.db.atomic():
        pages = "SELECT id FROM pages WHERE article_id = (SELECT article_id FROM pages WHERE id = ?)"
        together = [row[0] for row in store.db.execute(pages, [page_id])]
        gone = "outcome = 'rejected', reason = 'no article', article_id = NULL, parent_id = NULL"
        store.db.execute(f"UPDATE pages SET {gone} WHERE id = ?", [page_id])
        store.index.remove([page_id])
        nothing = "text_sha256 = NULL, title = NULL, word_count = NULL"
        store.db.execute(f"UPDATE pages SET {nothing} WHERE id = ?", [page_id])
        store.db.execute("DELETE FROM extractions WHERE page_id = ?", [page_id])
        decide_anew(store, together)
        store.db.execute(
            "DELETE FROM known_texts WHERE sha256 NOT IN (SELECT text_sha256 FROM pages WHERE text_sha256 > '')"
        )


def test_article_stands_by_its_other_pages_once_its_page_is_gone(tmp_path: Path) -> None:
    database, text = tmp_path / "a.db", words(300)
    teaser, correction = words(90), f"{text}\n{words(20, 5)}"
    other = seed("other.html", words(300, 7))
    first = [
        seed("a.html", text, url="https://a.example/1"),
        other,
        seed("b.html", f"{text} end"),
        seed("c.html", teaser),
    ]
    send(database, first, [seed("a2.html", correction, url="https://a.example/1")])
    store = Store(database)
    reject(store, 1)
    store.close()
    after = contents(database)
    pages = [(row[0], row[9], row[11]) for row in after["pages"]]
    assert pages == [
        (1, "no article", None), (2, "new", 2), (3, "new", 1), (4, "excerpt", 1), (5, "near-duplicate", 1),
    ]  # fmt: skip
    assert after["revisions"] == []
    rebuild(database)
    assert contents(database) == after


def test_same_words_on_another_page_are_indexed_once_the_first_page_is_gone(tmp_path: Path) -> None:
    database, text = tmp_path / "a.db", words(300)
    send(database, [seed("a.html", text), seed("b.html", text.upper())])
    store = Store(database)
    reject(store, 1)
    store.close()
    send(database, [seed("c.html", f"{text} and more")])
    after = contents(database)
    assert [(row[9], row[11]) for row in after["pages"]] == [("no article", None), ("new", 1), ("near-duplicate", 1)]


def test_the_markdown_of_a_page_is_found_without_a_look_at_every_article(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "a.db")) as store:
        store.db.execute("CREATE TEMP TABLE shown (text_sha256 PRIMARY KEY, markdown)")
        plan = [row[3] for row in store.db.execute(f"EXPLAIN QUERY PLAN {anew.SHOWN}", ["0"])]
    assert not [step for step in plan if step.startswith("SCAN") and "subquery" not in step.lower()]
