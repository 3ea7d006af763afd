"""Corrections of an archive that is there: applied at once as a rebuild and a new archive have them, and taken back."""

from __future__ import annotations

import argparse
import random
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.commands.correct import Command
from lab.samples import html_page, sentences
from tests.archives import Chance, Seed, send
from tests.conftest import Crawled, read_folder
from tests.corrected import PAGES, STORY, lasting, said, together, told, write
from tests.test_corrected import ACCEPT, CASES, MERGE, REJECT, SET, SPLIT, UNTOLD
from tests.test_explain import explain
from tests.test_rebuild import contents
from tests.test_reread import make_stale, read_stale
from winnow.archive.store import Store
from winnow.corrections import Action, Correction
from winnow.items import HTML, Kind, Page
from winnow.runs.corrections import correct, take_back
from winnow.runs.forget import forget
from winnow.runs.one_process import run_folder, run_pages
from winnow.runs.rebuild import rebuild

CARRIED = "SELECT path, article_id FROM pages ORDER BY id"


def some_corrections(number: int, seeds: list[Seed]) -> list[Correction]:
    """Return corrections of some pages at random."""
    chance, made = random.Random(number), []
    pages = sorted({reading.sha256 or "" for _, reading in seeds})
    for place in range(chance.randint(1, 6)):
        action, sha256 = chance.choice(list(Action)), chance.choice(pages)
        more: dict[str, Any] = {}
        if action is Action.MERGE:
            others = [each for each in pages if each != sha256]
            if not others:
                continue
            more["other"] = chance.choice(others)
        if action in (Action.SET, Action.CLEAR):
            more["field"] = chance.choice(["title", "author"])
        if action is Action.SET:
            more["value"] = f"said {place}"
        moment = f"2026-11-29T10:00:{chance.randrange(60):02}+00:00"
        made.append(Correction(action=action, sha256=sha256, moment=moment, **more))
    return made


@settings(max_examples=12)
@given(st.integers(0, 1_000_000))
def test_what_is_said_at_once_is_what_a_rebuild_and_a_new_archive_make_of_it(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, new, runs = Path(folder, "a.db"), Path(folder, "new.db"), Chance(number).runs()
        corrections = some_corrections(number, [seed for run in runs for seed in run])
        send(database, *runs)
        rebuild(database)
        before = lasting(database)
        store = Store(database)
        added: dict[int, Correction] = {}
        for each in corrections:
            added |= correct(store, [each])
        store.close()
        after = contents(database)
        rebuild(database)
        assert contents(database) == after
        told(new, corrections)
        send(new, *runs)
        rebuild(new)
        assert lasting(new) == lasting(database)
        store = Store(database)
        for correction_id in added:
            take_back(store, correction_id)
        store.close()
        assert lasting(database) == before


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Crawled:
    """Return an archive of pages that nobody has corrected."""
    write(folder)
    return read_folder(folder, tmp_path / "articles.db")


def run(archive: Crawled, *args: str) -> int:
    """Run the command in this process; return its exit status."""
    command, parser = Command(), argparse.ArgumentParser(conflict_handler="resolve")
    command.settings = Settings({"DATABASE": str(archive.database)})
    command.add_options(parser)
    given, left = parser.parse_known_args([*args])
    command.run(left, given)
    return command.exitcode


@pytest.mark.parametrize("name", CASES)
def test_corrections_are_applied_at_once(archive: Crawled, name: str) -> None:
    corrections, expected = CASES[name]
    before = lasting(archive.database)
    with closing(Store(archive.database)) as store:
        numbers = [*correct(store, corrections)]
    assert together(archive) == expected
    after = contents(archive.database)
    rebuild(archive.database)
    assert contents(archive.database) == after
    with closing(Store(archive.database)) as store:
        for number in numbers:
            take_back(store, number)
    assert lasting(archive.database) == before


@pytest.mark.parametrize(
    "correction",
    [
        said(REJECT, "c.html"),
        said(MERGE, "c.html", "a.html"),
        said(MERGE, "a.html", "c.html"),
        said(SPLIT, "b.html"),
    ],
)
def test_articles_that_come_back_have_their_ids(archive: Crawled, correction: Correction) -> None:
    before = archive.rows(CARRIED)
    with closing(Store(archive.database)) as store:
        [number] = correct(store, [correction])
    assert archive.rows(CARRIED) != before
    rebuild(archive.database)
    with closing(Store(archive.database)) as store:
        take_back(store, number)
    assert archive.rows(CARRIED) == before


def test_an_article_that_comes_back_has_another_id_only_where_its_own_is_taken(archive: Crawled, folder: Path) -> None:
    for taken in (False, True):
        with closing(Store(archive.database)) as store:
            [number] = correct(store, [said(REJECT, "c.html")])
        rebuild(archive.database)
        if taken:
            (folder / "g.html").write_text(html_page("Eta", sentences(7)))
            read_folder(folder, archive.database)
        with closing(Store(archive.database)) as store:
            take_back(store, number)
        after = contents(archive.database)
        rebuild(archive.database)
        assert contents(archive.database) == after
        ids = {row["path"]: row["article_id"] for row in archive.rows(CARRIED)}
        assert (ids["c.html"], ids.get("g.html")) == ((3, 2) if taken else (2, None))


def test_a_page_is_split_off_and_comes_back(archive: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(archive, "b.html", "--split", "--note", "another story") == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "page 2  b.html", "  article, new: split off by a person", "  article 3: Alpha again"
    ]  # fmt: skip
    assert together(archive) == {"Adf", "B", "C"}
    assert run(archive, "--list") == 0
    assert capsys.readouterr().out.startswith("b.html: split off (correction 1, ")
    assert run(archive, "--undo", "1") == 0
    assert capsys.readouterr().out.startswith("taken back: split off (correction 1, ")
    assert together(archive) == UNTOLD
    assert run(archive, "--list") == 0
    assert capsys.readouterr().out == "nobody has corrected anything\n"
    assert run(archive, "--undo", "1") == 1
    assert "there is no correction 1 in force" in capsys.readouterr().err


def test_articles_are_merged_by_their_first_pages(archive: Crawled) -> None:
    assert run(archive, "article:2", "--merge", "article:1") == 0
    assert together(archive) == {"Abcdf"}


def test_a_page_leaves_its_article_and_is_one_with_another_page(archive: Crawled) -> None:
    assert run(archive, "b.html", "--split", "--merge", "c.html") == 0
    assert together(archive) == {"Adf", "Bc"}
    rebuild(archive.database)
    assert together(archive) == {"Adf", "Bc"}


def test_an_article_is_rejected_with_all_its_pages(archive: Crawled) -> None:
    assert run(archive, "article:1", "--reject") == 0
    assert together(archive) == {"C"}
    assert len(archive.rows("SELECT * FROM corrections WHERE action = 'reject'")) == 4


def test_what_was_refused_of_a_file_that_has_changed_since_stays_away(archive: Crawled, folder: Path) -> None:
    assert run(archive, "c.html", "--reject") == 0
    (folder / "c.html").write_text(PAGES["e.html"])
    read_folder(folder, archive.database)
    kept = "SELECT path, first_run FROM refused_texts r JOIN pages p ON p.id = r.page_id ORDER BY p.id"
    before = archive.rows(kept)
    assert {"path": "c.html", "first_run": 1} not in before
    rebuild(archive.database)
    assert archive.rows(kept) == before


def test_fields_are_set_and_cleared_and_survive_a_rebuild(archive: Crawled) -> None:
    assert run(archive, "article:1", "--set", "title=Ferry", "--set", "tags=port, Hafen ", "--clear", "language") == 0
    expected = [{"title": "Ferry", "tags": '["port", "Hafen"]', "language": None}]
    assert archive.rows("SELECT title, tags, language FROM articles WHERE id = 1") == expected
    rebuild(archive.database)
    assert archive.rows("SELECT title, tags, language FROM articles WHERE id = 1") == expected
    assert run(archive, "--undo", "2") == 0
    assert archive.rows("SELECT title, tags FROM articles WHERE id = 1") == [{"title": "Ferry", "tags": None}]


def test_what_was_said_before_is_not_said_again(archive: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    told_before = said(SPLIT, "b.html")
    with closing(Store(archive.database)) as store:
        assert len(correct(store, [told_before, told_before])) == 1
        assert correct(store, [told_before]) == {}


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["b.html"], "say one thing of one page"),
        (["a.html", "b.html", "--split"], "say one thing of one page"),
        (["b.html", "--split", "--list"], "say one thing of one page"),
        (["nowhere.html", "--split"], "no page is known as nowhere.html"),
        (["article:1", "--split"], "--split is said of one page"),
        (["article:1", "--pin"], "--pin is said of one page"),
        (["z.html", "--accept"], "page 7 cannot be accepted: no text of it is known"),
        (["b.html", "--accept", "--reject"], "--accept and --reject say the opposite of each other"),
        (["b.html", "--reject", "--merge", "c.html"], "--merge and --reject say the opposite of each other"),
        (["b.html", "--reject", "--pin"], "--pin and --reject say the opposite of each other"),
        (["b.html", "--merge", "b.html"], "only merge names another page"),
        (["b.html", "--set", "text=mine"], "there is no field 'text' to correct"),
        (
            ["b.html", "--set", "url=paper.example/b"],
            "url: 'paper.example/b' is no address: write it whole, as https://",
        ),
        (["b.html", "--set", "image=https://["], "image: 'https://[' is no address"),
        (["b.html", "--set", "language=Deutsch"], "language: 'Deutsch' is no code of a language"),
        (["b.html", "--set", "title=x", "--clear", "title"], "title is set and cleared: say one of them"),
        (["b.html", "--set", "title="], "title cannot be set to nothing: clear it"),
        (["--import", "none.jsonl"], "none.jsonl cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_said_is_refused_in_one_line(
    archive: Crawled, folder: Path, capsys: pytest.CaptureFixture[str], args: list[str], told: str
) -> None:
    (folder / "z.html").write_text("<hr>")
    read_folder(folder, archive.database)
    assert run(archive, *args) == 1
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert archive.rows("SELECT * FROM corrections") == []


def test_corrections_survive_a_lost_database(
    archive: Crawled, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for args in (["b.html", "--split"], ["e.html", "--accept"], ["c.html", "--set", "title=Said"]):
        assert run(archive, *args) == 0
    kept = tmp_path / "corrections.jsonl"
    assert run(archive, "--export", str(kept)) == 0
    assert capsys.readouterr().out.endswith(f"3 corrections written to {kept}\n")
    new = Crawled(0, "", "", tmp_path / "new.db")
    assert run(new, "--import", str(kept)) == 0
    assert capsys.readouterr().out == "3 corrections taken over; 3 wait for their pages\n"
    read_folder(folder, new.database)
    assert together(new) == together(archive) == {"Adf", "B", "C", "E"}
    assert new.rows("SELECT title FROM articles WHERE title = 'Said'") == [{"title": "Said"}]
    assert lasting(new.database) == lasting(archive.database)
    assert run(new, "--import", str(kept)) == 0
    assert capsys.readouterr().out == "0 corrections taken over, 3 known already or of forgotten pages\n"
    assert run(new, "--export", "-") == 0
    assert capsys.readouterr().out == kept.read_text()


def test_a_missing_database_is_made_for_an_import_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = Crawled(0, "", "", tmp_path / "none.db")
    for args in (["a.html", "--split"], ["--undo", "1"], ["--list"]):
        assert run(none, *args) == 1
        assert "does not exist: name a database" in capsys.readouterr().err
    assert not none.database.exists()


@pytest.mark.parametrize("args", [["a.html", "--split"], ["--list"]])
def test_a_folder_is_no_database(args: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Crawled(0, "", "", tmp_path), *args) == 1
    assert f"{tmp_path} is a folder: name a file" in capsys.readouterr().err


def test_nothing_is_said_of_a_forgotten_page(
    archive: Crawled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.jsonl"
    assert run(archive, "c.html", "--set", "title=As it was", "--split") == 0
    assert run(archive, "b.html", "--merge", "c.html") == run(archive, "--export", str(kept)) == 0
    forget(archive.database, [3], "c.html")
    capsys.readouterr()
    assert run(archive, "--import", str(kept)) == 0
    assert capsys.readouterr().out == "0 corrections taken over, 3 known already or of forgotten pages\n"
    assert run(archive, "c.html", "--set", "title=As it was") == 1
    assert run(archive, "b.html", "--merge", "c.html") == 1
    assert run(archive, "c.html", "--accept") == 1
    assert capsys.readouterr().err.count("page 3 was forgotten, so nothing can be said of it") == 3
    assert archive.rows("SELECT * FROM corrections") == []


def test_explain_shows_what_was_corrected(archive: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    told_of_it = [
        said(MERGE, "c.html", "a.html", note="the same fire"),
        said(SET, "c.html", field="title", value="Fire"),
    ]
    with closing(Store(archive.database)) as store:
        correct(store, told_of_it)
    assert explain(archive.database, "c.html") == 0
    out = capsys.readouterr().out
    assert "  corrected: merged with a.html (correction 1, 2026-11-29 10:00): the same fire\n" in out
    assert "  corrected: title set to Fire (correction 2, 2026-11-29 10:00)\n" in out
    assert explain(archive.database, "article:1") == 0
    assert "corrected: merged with c.html (correction 1, 2026-11-29 10:00)" in capsys.readouterr().out


def test_a_revisit_ends_as_the_page_that_a_person_accepted(tmp_path: Path) -> None:
    url, early, late = "https://paper.example/", "2024-01-01T00:00:00+00:00", "2024-02-01T00:00:00+00:00"
    body = PAGES["e.html"].encode()
    pages = [
        Page("a", "/pages", body, url=url, captured=early, media_type="text/html"),
        Page("b", "/pages", url=url, captured=late, revisits=(url, early)),
    ]
    done = Crawled(0, "", "", tmp_path / "articles.db")
    run_pages(pages, done.database)
    assert done.pages() == {"a": ("rejected", "no article"), "b": ("rejected", "no article")}
    with closing(Store(done.database)) as store:
        [number] = correct(store, [said(ACCEPT, "e.html")])
    assert done.pages() == {"a": ("article", "new"), "b": ("duplicate", "same bytes")}
    before = contents(done.database)
    rebuild(done.database)
    assert contents(done.database) == before
    with closing(Store(done.database)) as store:
        take_back(store, number)
    assert done.pages() == {"a": ("rejected", "no article"), "b": ("rejected", "no article")}


def test_a_revisit_that_a_person_has_rejected_stays_so_when_its_address_is_read(tmp_path: Path) -> None:
    early, late, url = "2024-02-29T10:00:00+00:00", "2024-06-01T00:00:00+00:00", "http://a.example/1"
    pages = [
        Page("a", "/pages", PAGES["a.html"].encode(), captured=early, payload_digest="sha1:A", media_type=HTML),
        Page("b", "/pages", captured=late, url=url, revisits=(url, early), payload_digest="sha1:A"),
    ]
    done = Crawled(0, "", "", tmp_path / "articles.db")
    run_pages(pages, done.database)
    assert done.pages()["b"] == ("duplicate", "same bytes")
    with closing(Store(done.database)) as store:
        [number] = correct(store, [said(REJECT, "a.html")])
    run_pages([Page("c", "/pages", PAGES["c.html"].encode(), captured=early, url=url, media_type=HTML)], done.database)
    rebuild(done.database)
    assert [done.pages()[path][1] for path in "abc"] == ["no article", "no article", "new"]
    with closing(Store(done.database)) as store:
        take_back(store, number)
    assert [done.pages()[path][1] for path in "abc"] == ["new", "same bytes", "new"]


def test_a_person_goes_before_the_kinds_that_are_wanted(folder: Path, tmp_path: Path) -> None:
    write(folder)
    done, kinds = Crawled(0, "", "", tmp_path / "articles.db"), frozenset({Kind.PRODUCT})
    run_folder(folder, done.database, kinds=kinds)
    before = contents(done.database)
    with closing(Store(done.database, kinds=kinds)) as store:
        numbers = [*correct(store, [said(ACCEPT, "a.html"), said(ACCEPT, "c.html"), said(REJECT, "c.html", at=1)])]
    assert together(done) == {"A"}
    assert done.rows("SELECT text, kind FROM articles") == [{"text": "\n\n".join(STORY), "kind": "article"}]
    accepted = contents(done.database)
    rebuild(done.database, kinds=kinds)
    assert contents(done.database) == accepted
    with closing(Store(done.database, kinds=kinds)) as store:
        for number in numbers[1:]:
            take_back(store, number)
    run_folder(folder, done.database, kinds=kinds)
    assert (together(done), done.last_run["unchanged"]) == ({"A"}, len(PAGES))
    with closing(Store(done.database, kinds=kinds)) as store:
        take_back(store, numbers[0])
    after = contents(done.database)
    assert after["refused_texts"] == before["refused_texts"]
    assert [after[name] for name in ("articles", "extractions", "texts")] == [[], [], []]
    kept = "SELECT path, outcome, reason, kind, title, text_sha256 FROM pages WHERE kind IS NOT NULL"
    assert {(row["outcome"], row["kind"], row["title"]) for row in done.rows(kept)} == {("rejected", "article", None)}


def test_pages_that_are_read_anew_stay_as_a_person_has_said(archive: Crawled) -> None:
    with closing(Store(archive.database)) as store:
        correct(store, [said(ACCEPT, "e.html"), said(REJECT, "c.html"), said(SPLIT, "b.html")])
    before = lasting(archive.database)
    make_stale(archive.database)
    done = read_stale(archive.database)
    assert done.stale == done.read_anew == len(PAGES)
    assert lasting(archive.database) == before
    assert read_stale(archive.database).stale == 0
