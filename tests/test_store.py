"""The store and its index: what is kept, what is refused, and that crowded hashes hide no article."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.samples import sentences
from winnow.archive.index.postings import POSTINGS_CAP, all_postings
from winnow.archive.store import Saved, Store
from winnow.fingerprint import LEAD_SIZE, fingerprint
from winnow.items import Article, Page, Reason, StartError
from winnow.match.decide import MAX_VERIFIED
from winnow.reading import Reading
from winnow.runs.run import Run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "articles.db")
    yield opened
    opened.close()


def save(run: Run, path: str, text: str, sha256: str | None = None) -> Saved:
    """Let a page with this text through the run."""
    page, reading = Page(path, "/pages"), Reading(sha256 or path, article=Article(text), fingerprint=fingerprint(text))
    run.enter()
    saved = run.save(page, reading, run.decide(page, reading))
    assert isinstance(saved, Saved)
    return saved


def test_hundredth_capture_of_an_article_still_finds_it(store: Store) -> None:
    run = Run(store)
    article = sentences(1, 20)
    for number in range(POSTINGS_CAP + 20):
        text = "\n\n".join([*article, *sentences(1000 + number, 1)])
        assert save(run, f"{number}.html", text).article_id == 1
    assert store.db.execute("SELECT page_count FROM articles").fetchall() == [(POSTINGS_CAP + 20,)]
    assert max(Counter(value for value, _ in all_postings(store.db)).values()) == POSTINGS_CAP


def test_boilerplate_on_every_page_of_a_site_merges_nothing(store: Store) -> None:
    run = Run(store)
    boilerplate = sentences(500, 3)
    for number in range(POSTINGS_CAP + 10):
        text = "\n\n".join([*boilerplate[:1], *sentences(number, 12), *boilerplate[1:]])
        assert save(run, f"{number}.html", text).reason is Reason.NEW
    again = "\n\n".join([*sentences(POSTINGS_CAP + 5, 12), *sentences(777, 2)])
    assert save(run, "again.html", again).article_id == POSTINGS_CAP + 6


def test_boilerplate_of_a_large_site_makes_few_candidates(store: Store) -> None:
    run = Run(store)
    boilerplate = sentences(500, 4)
    for number in range(4 * POSTINGS_CAP):
        save(run, f"{number}.html", "\n\n".join([*boilerplate, *sentences(number, 20)]))
    sketch = fingerprint("\n\n".join([*boilerplate, *sentences(9000, 20)])).sketch
    assert len(all_postings(store.db).intersection((value, 1) for value in sketch)) >= LEAD_SIZE
    assert len(list(store.index.candidates(sketch))) < MAX_VERIFIED / 8  # through hashes that only some pages show
    both = fingerprint("\n\n".join([*boilerplate, *sentences(7, 20)[:-1]])).sketch
    assert 8 in [known.page_id for known, _ in store.index.candidates(both)]


def test_known_texts_are_kept_within_the_memory_that_was_set(tmp_path: Path) -> None:
    store = Store(tmp_path / "small.db", cache_mb=1)
    run = Run(store)
    ids = [save(run, f"{number}.html", "\n\n".join(sentences(number, 100))).page_id for number in range(20)]
    tracemalloc.start()
    read = [store.index.extraction(page_id).text.nbytes for page_id in ids]
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    store.close()
    assert sum(read) > 1 << 20
    assert kept < 1 << 20


def test_each_text_is_kept_and_indexed_once(store: Store) -> None:
    run = Run(store)
    text = "\n\n".join(sentences(1))
    for number, written in enumerate([text, text, text.upper()]):
        save(run, f"{number}.html", written)
    assert store.db.execute("SELECT text FROM texts ORDER BY text DESC").fetchall() == [(text,), (text.upper(),)]
    assert {page_id for _, page_id in all_postings(store.db)} == {1}


def test_page_and_article_change_together_or_not_at_all(store: Store) -> None:
    run = Run(store)
    save(run, "a.html", "\n\n".join(sentences(1)))
    store.db.execute("CREATE TRIGGER refuse BEFORE INSERT ON recent_sketches BEGIN SELECT raise(ABORT, 'full'); END")
    with pytest.raises(sqlite3.IntegrityError):
        save(run, "b.html", "\n\n".join(sentences(2)))
    assert store.db.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    assert store.db.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_database_indexed_with_other_parameters_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / "a.db").close()
    db = sqlite3.connect(tmp_path / "a.db")
    db.execute("UPDATE parameters SET value = '7' WHERE name = 'shingle_words'")
    db.commit()
    db.close()
    with pytest.raises(StartError, match="other parameters"):
        Store(tmp_path / "a.db")


def test_lost_page_fails_the_run(tmp_path: Path) -> None:
    run = Run(Store(tmp_path / "a.db"))
    run.enter()
    with pytest.raises(Exception, match="1 pages came in but 0 ended"):
        run.finish("finished")
    db = sqlite3.connect(tmp_path / "a.db")
    assert db.execute("SELECT status FROM runs").fetchone() == ("failed",)
    db.close()


def test_readers_see_whole_batches_while_a_run_writes(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    run = Run(store)
    reader = sqlite3.connect(f"file:{tmp_path / 'a.db'}?mode=ro", uri=True)
    save(run, "a.html", "\n\n".join(sentences(1)))
    assert reader.execute("SELECT count(*) FROM pages").fetchone() == (0,)
    run.commit()
    assert reader.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    reader.close()
    store.close()


@pytest.mark.parametrize("fate", ["deleted", "replaced", "folder moved"])
def test_run_whose_database_is_gone_does_not_go_on(tmp_path: Path, fate: str) -> None:
    (tmp_path / "place").mkdir()
    run = Run(Store(tmp_path / "place/a.db"))
    save(run, "a.html", "\n\n".join(sentences(1)))
    if fate == "folder moved":
        (tmp_path / "place").rename(tmp_path / "elsewhere")
    else:
        (tmp_path / "place/a.db").unlink()
    if fate == "replaced":
        (tmp_path / "place/a.db").touch()
    for end in (run.commit, lambda: run.finish("finished")):
        with pytest.raises(sqlite3.OperationalError, match="was deleted, moved or replaced"):
            end()


def test_run_on_a_locked_database_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winnow.archive.database.BUSY_SECONDS", 0)
    Store(tmp_path / "a.db").close()
    store = Store(tmp_path / "a.db")
    writer = sqlite3.connect(tmp_path / "a.db")
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(StartError, match="another program kept it locked"):
        Run(store)
    writer.close()
    Store(tmp_path / "a.db").close()  # the run that could not start has let go of it


def test_counts_of_a_run_add_up_while_pages_are_on_their_way(tmp_path: Path) -> None:
    run = Run(Store(tmp_path / "a.db"))
    save(run, "a.html", "\n\n".join(sentences(1)))
    run.enter()
    run.commit()
    assert run.store.db.execute("SELECT pages, new FROM runs").fetchone() == (1, 1)
    run.leave()
    run.finish("stopped")


def test_pages_that_were_not_committed_are_not_counted(tmp_path: Path) -> None:
    run = Run(Store(tmp_path / "a.db"))
    for number in range(2):
        save(run, f"{number}.html", "\n\n".join(sentences(number)))
    run.commit()
    save(run, "2.html", "\n\n".join(sentences(2)))
    run.enter()
    run.roll_back()
    run.finish("failed")
    db = sqlite3.connect(tmp_path / "a.db")
    assert db.execute("SELECT status, pages, new FROM runs").fetchall() == [("failed", 2, 2)]
    assert db.execute("SELECT count(*) FROM pages").fetchone() == (2,)
    db.close()
