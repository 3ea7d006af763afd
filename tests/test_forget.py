"""Forgetting: what a page held is in no file of the database any more and does not come back; a tombstone stays."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lab.samples import html_page, jsonl, sentences
from tests import conftest
from tests.archives import Chance, seed, send
from tests.conftest import Crawl, Read
from tests.memory_index import words
from tests.test_rebuild import contents
from winnow.archive import corrections, forgotten
from winnow.archive import database as opened
from winnow.archive.sqlite import Database
from winnow.cluster.load import load
from winnow.corrections import QUEUE, Action, Correction, reader_of
from winnow.items import WinnowError
from winnow.room.said import add
from winnow.runs.forget import at_path, forget, of_host, take_over, wipe
from winnow.runs.one_process import run_pages
from winnow.runs.rebuild import rebuild

SECRET = (
    "Kävqözwyx",
    "zwyxkavjeq",
    "jyqawexovuk",
    "вжуйкозяф",
)  # like no other word, and so is what folding makes of them
FOLDED = ("kavqozwyx", "zwyxkavjeq", "jyqawexovuk", "вжуйкозяф")


def secret(number: int = 0) -> str:
    """Return a text with the words that must not be found."""
    return f"{words(200, 90)}\n{' '.join(SECRET)} {SECRET[number % 4]}\n{words(30, 91 + number)}"


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(query).fetchall()


def traces(database: Path) -> set[bytes]:
    """Return pieces of the secret words, five bytes long, that any file beside the database holds."""
    pieces = {word.encode()[at : at + 5] for word in (*SECRET, *FOLDED) for at in range(len(word.encode()) - 4)}
    held = [file.read_bytes() for file in database.parent.glob(f"{database.name}*")]
    return {piece for piece in pieces if any(piece in each for each in held)}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive where secret words stood, and stand, in every table that holds words."""
    database = tmp_path / "a.db"
    stated = {"title": f"About {SECRET[0]}", "author": SECRET[1], "description": SECRET[2], "section": SECRET[3]}
    other = [seed(f"other{number}.html", words(300, number), title="Another") for number in range(8)]
    send(
        database,
        [seed("a.html", secret(), **stated, url=f"https://a.example/{SECRET[2]}"), *other],
        [
            seed("a.html", secret(1), **stated),
            seed("copy.html", secret(1).upper(), **stated),
            seed("gone.html", secret(2)),
        ],
        [seed("a.html", secret(3), **stated)],
    )
    with closing(sqlite3.connect(database)) as db, db:  # what earlier changes have left in pages that are free now
        db.execute("INSERT INTO refused_texts VALUES ((SELECT id FROM pages WHERE path = 'gone.html'), ?)", [secret(2)])
        db.execute("PRAGMA secure_delete = OFF").fetchall()
        db.execute("CREATE TABLE earlier (text)")
        db.executemany("INSERT INTO earlier VALUES (?)", [[f"{secret(2)} {number}"] for number in range(200)])
        db.execute("DROP TABLE earlier")
    send(database, [])
    return database


def test_no_byte_of_a_forgotten_article_is_left_in_the_database_s_files(archive: Path) -> None:
    assert len(traces(archive)) > 20
    others = rows(archive, "SELECT * FROM articles WHERE id != 1 ORDER BY id")
    [(article_id,)] = rows(archive, "SELECT DISTINCT article_id FROM pages WHERE path = 'a.html'")
    assert len(rows(archive, "SELECT * FROM revisions")) >= 2
    with closing(Database(sqlite3.connect(archive))) as db:
        pages = forgotten.pages_of(db, [article_id])
    done = forget(archive, pages, f"article:{article_id}", "at the author's wish")
    assert (done.pages, done.articles, done.carried_on) == (len(pages), 1, 0)
    assert traces(archive) == set()
    assert rows(archive, "SELECT * FROM articles ORDER BY id") == others
    assert rows(archive, "SELECT named, pages, note FROM forgotten") == [
        ("article:1", len(pages), "at the author's wish")
    ]
    tombstones = rows(
        archive, "SELECT path, title, text_sha256, url, article_id, detail FROM pages WHERE reason = 'forgotten'"
    )
    assert {row[0] for row in tombstones} == {"a.html", "copy.html", "gone.html"}
    assert {row[1:5] for row in tombstones} == {(None, None, None, None)}
    assert all(row[5].endswith(": at the author's wish") for row in tombstones)
    assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
    before = contents(archive)
    rebuild(archive)
    assert contents(archive) == before


def test_what_was_forgotten_does_not_come_back(archive: Path) -> None:
    with closing(Database(sqlite3.connect(archive))) as db:
        forget(archive, forgotten.versions(db, [1]), "a.html")
    named = (
        "SELECT path, reason, title, text_sha256, media_type FROM pages WHERE path IN ('a.html', 'b.html', 'c.html')"
    )
    before = rows(archive, named)
    again = (
        seed("b.html", secret(3).upper()),
        seed("c.html", secret(), title=SECRET[0], captured="2024-05-01T00:00:00+00:00"),
    )
    send(archive, [seed("a.html", words(300, 77)), *again, seed("d.html", words(300, 78))])
    after = rows(archive, named)
    assert after == [*before, *((path, "forgotten", None, None, None) for path in ("b.html", "c.html"))]
    assert rows(archive, "SELECT reason FROM pages WHERE path = 'd.html'") == [("new",)]
    assert rows(archive, "SELECT unchanged, rejected, new FROM runs ORDER BY id DESC LIMIT 1") == [(1, 2, 1)]


def test_other_pages_carry_an_article_on(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    send(database, [seed("a.html", secret()), seed("b.html", secret(1)), seed("copy.html", secret())])
    done = forget(database, [1], "a.html")
    assert (done.pages, done.articles, done.carried_on) == (2, 0, 1)
    assert rows(database, "SELECT id, reason, article_id FROM pages") == [
        (1, "forgotten", None),
        (2, "new", 1),
        (3, "forgotten", None),
    ]
    assert rows(database, "SELECT id, text, page_id FROM articles") == [(1, secret(1), 2)]
    assert forgotten.is_forgotten(
        Database(sqlite3.connect(database)), "", rows(database, "SELECT digest FROM forgotten_digests")[0][0]
    )


@pytest.mark.parametrize("number", range(12))
def test_after_forgetting_a_rebuild_changes_nothing_but_what_comes_of_other_pages(number: int, tmp_path: Path) -> None:
    database, chance = tmp_path / "a.db", Chance(number)
    send(database, *chance.runs())
    rebuild(database)
    with closing(Database(sqlite3.connect(database))) as db:
        pages = forgotten.versions(db, chance.some(3, db.table("pages").count))
        kept = [row[0] for row in db.execute("SELECT id FROM articles")]
    forget(database, pages, "some")
    for table, key in (("extractions", "page_id"), ("refused_texts", "page_id"), ("revisions", "page_id")):
        assert rows(database, f"SELECT 1 FROM {table} JOIN pages p ON p.id = {key} WHERE p.reason = 'forgotten'") == []
    assert (
        rows(database, "SELECT 1 FROM texts WHERE sha256 NOT IN (SELECT text_sha256 FROM pages WHERE text_sha256 > '')")
        == []
    )
    assert {row[0] for row in rows(database, "SELECT id FROM articles")} <= {
        *kept,
        *range(max(kept) + 1, max(kept) + 9),
    }
    after = contents(database)
    rebuild(database)
    assert contents(database)["postings"] == after["postings"]
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]


def test_pages_are_named_by_host_and_by_path(read: Read, folder: Path) -> None:
    (folder / "2019").mkdir()
    for number, name in enumerate(("2019/a.html", "2019/b.html", "c.html")):
        address = f"https://{'www.' if number else ''}paper{number // 2}.example/{number}"
        (folder / name).write_text(html_page(f"Story {number}", sentences(number), canonical=address))
    (folder / "d.jsonl").write_bytes(jsonl({"url": "https://paper1.example/x", "text": "Too short."}))
    with closing(Database(sqlite3.connect(read(folder).database))) as db:
        paths = {row["id"]: row["path"] for row in db.table("pages").rows}
        assert [paths[each] for each in at_path(db, "2019/*")] == ["2019/a.html", "2019/b.html"]
        assert {paths[each] for each in of_host(db, "PAPER0.example")} == {"2019/a.html", "2019/b.html"}
        assert {paths[each] for each in of_host(db, "paper1.example")} == {"c.html", "d.jsonl#1"}
        for same in ("www.paper1.example", "https://WWW.paper1.example/news"):
            assert of_host(db, same) == of_host(db, "paper1.example")
        assert of_host(db, "example") == of_host(db, "") == of_host(db, "www.") == []


def test_forgotten_records_of_a_container_are_known_by_their_bytes(read: Read, folder: Path) -> None:
    records = [{"url": f"https://a.example/{number}", "text": "\n\n".join(sentences(number))} for number in range(3)]
    (folder / "a.jsonl").write_bytes(jsonl(*records))
    database = read(folder).database
    forget(database, [2], "a.jsonl#2")
    (folder / "a.jsonl").write_bytes(jsonl(records[1], records[0], records[2]))
    pages = read(folder).pages()
    assert [pages[f"a.jsonl#{number}"][1] for number in (1, 2, 3)] == ["forgotten", "same bytes", "new"]
    kept = "SELECT url, captured, title, text_sha256 FROM pages WHERE reason = 'forgotten'"
    assert rows(database, kept) == [(None, None, None, None)] * 2


def test_corrections_and_what_the_reading_room_keeps_go_too(archive: Path) -> None:
    [(sha256,), *_] = rows(archive, "SELECT sha256 FROM pages WHERE path = 'a.html'")
    quotes = "CREATE TABLE quotes (id INTEGER PRIMARY KEY, archive TEXT, article_id INTEGER, text TEXT)"
    told = ["2024-05-01T00:00:00Z", "set", sha256, "a.html", "title", SECRET[0]]
    columns = "moment, action, sha256, path, field, value"
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute(f"INSERT INTO corrections ({columns}) VALUES (?, ?, ?, ?, ?, ?)", told)
    with closing(sqlite3.connect(reader_of(archive))) as db, db:
        db.execute(QUEUE)
        for name in (archive.name, "other.db"):
            db.execute(f"INSERT INTO corrections (archive, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", [name, *told])
        db.execute(quotes)
        db.executemany(
            "INSERT INTO quotes VALUES (?, ?, ?, ?)", [(1, archive.name, 1, SECRET[1]), (2, archive.name, 2, "stays")]
        )
    assert traces(reader_of(archive))
    pages = [row[0] for row in rows(archive, "SELECT id FROM pages WHERE article_id = 1")]
    forget(archive, pages, "article:1")
    assert traces(archive) == set()
    assert rows(archive, "SELECT * FROM corrections") == []
    assert [row[1] for row in rows(reader_of(archive), "SELECT * FROM corrections")] == ["other.db"]
    assert rows(reader_of(archive), "SELECT text FROM quotes") == [("stays",)]
    with closing(sqlite3.connect(reader_of(archive))) as db, db:
        db.execute("DELETE FROM corrections")
    wipe(archive)
    assert traces(reader_of(archive)) == set()


def test_what_is_queued_under_a_former_name_of_the_archive_goes_too(archive: Path) -> None:
    [(sha256,)] = rows(archive, "SELECT sha256 FROM pages WHERE path = 'copy.html'")
    told = {"action": Action.SET, "sha256": sha256, "moment": "2026-11-29T10:00:00+00:00", "path": "copy.html"}
    add(archive, [Correction(**told, field="title", value=secret())])
    assert traces(reader_of(archive))
    renamed = archive.rename(archive.with_name("new.db"))
    forget(renamed, [row[0] for row in rows(renamed, "SELECT id FROM pages WHERE article_id = 1")], "article:1")
    assert traces(reader_of(renamed)) == set()


def test_traces_that_a_reader_holds_are_told_and_wiped_later(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "BUSY_SECONDS", 0.1)
    pages = [row[0] for row in rows(archive, "SELECT id FROM pages WHERE article_id = 1")]
    with closing(sqlite3.connect(archive)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM pages").fetchone()
        with pytest.raises(WinnowError, match=r"another program reads it.*: run `scrapy forget --traces` once more"):
            forget(archive, pages, "article:1")
    assert rows(archive, "SELECT count(*) FROM forgotten") == [(1,)]
    wipe(archive)
    assert traces(archive) == set()


@pytest.mark.parametrize("again", [["article:1"], ["--traces"]])
def test_a_command_that_was_killed_before_it_had_wiped_the_files_is_noticed(
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    again: list[str],
) -> None:
    pages = [row[0] for row in rows(archive, "SELECT id FROM pages WHERE article_id = 1")]
    with monkeypatch.context() as killed:
        killed.setattr("winnow.runs.forget._leave_no_trace", _die)
        with pytest.raises(KeyboardInterrupt):
            forget(archive, pages, "article:1")
    assert traces(archive)
    run_pages([], archive)
    assert [message.partition(": ")[2] for message in caplog.messages] == [
        "`scrapy forget` was stopped before it had wiped the files: run `scrapy forget --traces` once"
    ]
    done = scrapy(archive, "forget", *again)
    assert done.returncode == 0
    assert "no trace of what was deleted is left" in done.stdout
    assert traces(archive) == set()
    caplog.clear()
    run_pages([], archive)
    assert caplog.messages == []


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_traces_in_a_locked_database_of_the_reading_room_are_told_and_wiped_later(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winnow.runs.forget.BUSY_SECONDS", 0.1)
    [(sha256,)] = rows(archive, "SELECT sha256 FROM pages WHERE path = 'copy.html'")
    said = "'a.db', '2026-11-29T10:00:00+00:00', 'set', ?, 'copy.html', 'title', ?"
    with closing(sqlite3.connect(reader_of(archive))) as db, db:
        db.execute(QUEUE)
        columns = "archive, moment, action, sha256, path, field, value"
        db.execute(f"INSERT INTO corrections ({columns}) VALUES ({said})", [sha256, secret()])
    with closing(sqlite3.connect(reader_of(archive))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WinnowError, match=r"reader\.db \(another program .*run `scrapy forget --traces`"):
            forget(archive, [row[0] for row in rows(archive, "SELECT id FROM pages WHERE article_id = 1")], "article:1")
    assert traces(archive) == set()
    assert traces(reader_of(archive))
    wipe(archive)
    assert traces(reader_of(archive)) == set()


def scrapy(database: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return conftest.scrapy(*args, "-s", f"DATABASE={database}")


def test_command_lists_forgets_and_keeps_from_coming_back(crawl: Crawl, folder: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.html").write_text(html_page("Beta", sentences(2)))
    database = crawl(folder).database
    listed = scrapy(database, "forget", "a.html", "--dry-run")
    assert listed.stdout.splitlines() == [
        "1 page would be forgotten, without --dry-run:", "  page 1  a.html: new", "  article:1  Alpha: gone"
    ]  # fmt: skip
    assert len(rows(database, "SELECT * FROM articles")) == 2
    done = scrapy(database, "forget", "a.html", "--note", "asked for")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 page and 1 article forgotten\n", "")
    (folder / "a.html").write_text(html_page("Alpha", [*sentences(1), "And one more line."]))
    again = crawl(folder)
    assert "0 new, 0 changed, 2 unchanged" in again.out
    assert "rejected, forgotten: forgotten on" in scrapy(database, "explain", "a.html").stdout
    for args, told in (
        (["a.html"], "nothing to forget is known as a.html"),
        ([], "name what to forget, in one way"),
        (["b.html", "--host", "x"], "name what to forget, in one way"),
        (["--path", "*.pdf"], "nothing to forget is known as"),
        (["c.html"], "no page is known as c.html"),
    ):
        refused = scrapy(database, "forget", *args)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert told in refused.stderr
    assert scrapy(database, "forget", "--traces").returncode == 0


def test_what_was_forgotten_is_forgotten_in_another_database_too(archive: Path, tmp_path: Path) -> None:
    known, new = tmp_path / "known.db", tmp_path / "new.db"
    runs = [[seed("x.html", secret()), seed("y.html", secret(1)), seed("z.html", words(300, 50))]]
    send(known, *runs)
    pages = [row[0] for row in rows(archive, "SELECT id FROM pages WHERE article_id = 1")]
    forget(archive, pages, "article:1")
    with closing(Database(sqlite3.connect(archive))) as db:
        digests = forgotten.digests(db)
    done = [take_over(database, digests, "list") for database in (known, new)]
    assert [(each.pages, each.articles) for each in done] == [(2, 1), (0, 0)]
    send(new, *runs)
    for database in (known, new):
        assert [row[0] for row in rows(database, "SELECT reason FROM pages ORDER BY id")] == [
            "forgotten",
            "forgotten",
            "new",
        ]
        assert traces(database) == set()
        with closing(Database(sqlite3.connect(database))) as db:
            assert set(forgotten.digests(db)) >= set(digests)


def test_nothing_is_said_of_what_was_forgotten_in_another_database(archive: Path, tmp_path: Path) -> None:
    [(sha256,), *_] = rows(archive, "SELECT sha256 FROM pages WHERE path = 'a.html'")
    told = Correction(action=Action.SET, sha256=sha256, moment="2024-05-01T00:00:00Z", field="title", value=SECRET[0])
    take_over(tmp_path / "new.db", [sha256], "list")
    with closing(Database(sqlite3.connect(tmp_path / "new.db"))) as db:
        assert corrections.add(db, [told]) == {}
        assert corrections.add(db, [replace(told, sha256="0" * 64)]) != {}


def test_command_writes_and_takes_digests(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    database = crawl(folder).database
    listed, new = tmp_path / "forgotten.txt", tmp_path / "new.db"
    scrapy(database, "forget", "a.html")
    assert scrapy(database, "forget", "--export", str(listed)).stdout == f"2 digests written to {listed}\n"
    assert scrapy(new, "forget", "--import", str(listed)).stdout == "0 pages and 0 articles forgotten\n"
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)) + "<!-- saved again -->")
    assert crawl(folder, database=new).pages() == {"a.html": ("rejected", "forgotten")}
    for wrong, told in (("b", "holds no digests as"), (None, "cannot be read")):
        file = tmp_path / "wrong.txt"
        file.write_text(wrong) if wrong else file.unlink()
        refused = scrapy(new, "forget", "--import", str(file))
        assert (refused.returncode, told in refused.stderr) == (1, True)


def test_tables_of_an_engine_do_not_bring_it_back(jobs: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "a-print.html").write_text(html_page("Alpha", sentences(1), "<p>Print</p>"))
    (folder / "b.html").write_text(html_page("Beta", sentences(2)))
    jobs.ClusterJob(str(tmp_path / "out"), 2, 3, 1).run([str(folder)])
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    load(tmp_path / "out", first)
    forget(first, [1], "a-print.html")
    with closing(Database(sqlite3.connect(first))) as db:
        take_over(second, forgotten.digests(db), "list")
    counts = load(tmp_path / "out", second).row()
    ended = [rows(database, "SELECT path, reason FROM pages ORDER BY path") for database in (first, second)]
    assert ended[0] == [("a-print.html", "forgotten"), ("a.html", "new"), ("b.html", "new")]
    assert ended[1] == ended[0]
    assert (counts["pages"], counts["new"], counts["rejected"]) == (3, 2, 1)
