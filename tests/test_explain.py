"""Explaining a verdict: what differs between two texts, what the rule says, and whom to name."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.commands.explain import Command
from lab.samples import html_page, sentences
from tests.conftest import Crawled, Read
from tests.test_keep_comments import DATED, capture
from winnow.tell.passages import Side, passages

WORDS = st.lists(st.sampled_from(["alder", "birch", "cedar", "elm", "fir", "hazel"]), min_size=1, max_size=8).map(
    " ".join
)
TEXTS = st.lists(WORDS, max_size=8).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_passages_hold_every_word_of_both_texts_in_order(first: str, second: str) -> None:
    runs = [run for passage in passages(first, second) for run in passage.runs]
    for side, text in ((Side.FIRST, first), (Side.SECOND, second)):
        assert " ".join(words for which, words in runs if which in (side, Side.BOTH)).split() == text.split()


@given(TEXTS)
def test_text_differs_in_nothing_from_itself_in_other_dress(text: str) -> None:
    assert {passage.side for passage in passages(text.upper().replace(" ", "  "), text)} <= {Side.BOTH}


def test_changed_paragraph_shows_the_words_that_differ() -> None:
    first = "The ferry leaves at six.\n\nIt takes four cars and a cart to the far shore.\n\nOnly here."
    second = "The ferry leaves at six.\n\nIt takes nine cars and a cart to the far shore.\n\nAltogether new words."
    same, changed, come, gone = passages(first, second)
    assert (same.side, come.side, gone.side) == (Side.BOTH, Side.SECOND, Side.FIRST)
    assert changed.runs[1:3] == ((Side.FIRST, "four"), (Side.SECOND, "nine"))


@pytest.fixture
def done(read: Read, folder: Path) -> Crawled:
    """Read a story, its corrected version, a stub, a page of one sentence less, and another story."""
    story = sentences(1, 14)
    story[5] = f"{story[5][:-1]} as the tide turned."
    corrected = [*story[:5], story[5].replace("tide", "ebb"), *story[6:]]
    for name, paragraphs in {
        "a/story.html": story,
        "b/story.html": corrected,
        "b/stub.html": story[:3],
        "b/other.html": sentences(2, 14),
        "c/quote.html": [*sentences(3, 12), story[7]],
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(html_page(name, paragraphs))
    (folder / "z.html").write_text("<p>No article here.</p>")
    return read(folder)


def explain(database: Path, *args: str, lines: bool = False, **settings: object) -> int:
    """Run the command in this process; return its exit status."""
    command = Command()
    command.settings = Settings({"DATABASE": str(database), **settings})
    command.run(list(args), argparse.Namespace(lines=lines))
    return command.exitcode


def test_duplicate_is_set_beside_the_page_that_it_was_matched_with(
    done: Crawled, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(done.database, "b/story.html") == 0
    out = capsys.readouterr().out
    assert "near-duplicate" in out
    assert "beside page 1  a/story.html: one article" in out
    assert "[-tide-] [+ebb+]" in " ".join(out.split())
    assert "(5 paragraphs in common" in out
    assert "(8 paragraphs in common" in out


def test_page_that_matched_none_is_set_beside_the_nearest_and_says_what_was_not_met(
    done: Crawled, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(done.database, "c/quote.html", "article:1") == 0
    out = capsys.readouterr().out
    assert "different articles" in out
    assert any("containment" in line and "<- not met" in line for line in out.splitlines())


def test_what_a_site_shows_at_two_addresses_is_said_to_be_two(
    read: Read, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in enumerate(("ovens", "bridge"), 1):
        told = [*sentences(number, 4), *sentences(9, 12)]
        page = html_page(f"The {name} of Saltmere", told, canonical=f"https://gazette.example/{name}")
        (folder / f"{name}.html").write_text(page)
    assert explain(read(folder).database, "ovens.html", "bridge.html") == 0
    out = capsys.readouterr().out
    assert "different articles" in out
    assert "two addresses of one site" in out


def test_excerpt_is_explained_as_one(done: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(done.database, "stub.html") == 0
    out = capsys.readouterr().out
    assert "the smaller is an excerpt" in out
    assert "begins at" in out


def test_article_lists_its_pages(done: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(done.database, "article:1") == 0
    out = capsys.readouterr().out
    assert out.startswith("article 1: ")
    assert [line[:8] for line in out.splitlines() if "  page " in line or "* page " in line] == [
        "* page 1", "  page 3", "  page 4",
    ]  # fmt: skip


def test_rejected_page_says_why(done: Crawled, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(done.database, "z.html") == 0
    assert "rejected, no article" in capsys.readouterr().out
    assert explain(done.database, "z.html", "1") == 1
    assert "carries no article" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["story.html"], "fits 2 pages"),
        (["nowhere.html"], "no page is known as nowhere.html"),
        (["99"], "no page is known as 99"),
        (["9" * 25], "no page is known as 9999"),
        (["article:99"], "no page is known"),
        ([], "name one page or two"),
    ],
)
def test_what_cannot_be_found_is_one_clear_line(
    done: Crawled, capsys: pytest.CaptureFixture[str], args: list[str], said: str
) -> None:
    assert explain(done.database, *args) == 1
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("named", "near"),
    [("story", "page 1 (a/story.html)"), ("Another stroy", "article:"), ("another unheard story", "article:")],
)
def test_what_is_nearest_is_named(done: Crawled, capsys: pytest.CaptureFixture[str], named: str, near: str) -> None:
    assert explain(done.database, named) == 1
    err = capsys.readouterr().err
    assert f"no page is known as {named}" in err
    assert f"near it: {near}" in err
    assert err.count("\n") == 1


def test_database_that_does_not_exist_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(tmp_path / "none.db", "1") == 1
    assert "does not exist" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_lines_of_a_file_need_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(html_page("Alpha", sentences(1)))
    assert explain(tmp_path / "none.db", str(tmp_path / "a.html"), lines=True) == 0
    out = capsys.readouterr().out
    assert "+ kept" in out
    assert "verdict   an article of " in out
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(("wanted", "step"), [(True, "(keep_comments)"), (False, "(drop_comments)")])
def test_lines_tell_whether_comments_are_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wanted: bool, step: str
) -> None:
    (tmp_path / "a.txt").write_bytes(capture(DATED).body)
    assert explain(tmp_path / "none.db", str(tmp_path / "a.txt"), lines=True, KEEP_COMMENTS=wanted) == 0
    assert step in capsys.readouterr().out


def test_lines_of_a_page_are_found_through_the_database(
    done: Crawled, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(done.database, "b/story.html", lines=True) == 0
    assert "+ kept" in capsys.readouterr().out
    (folder / "b/story.html").unlink()
    assert explain(done.database, "b/story.html", lines=True) == 1
    assert "is no longer in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [(["nowhere.html"], "there is no file nowhere.html"), (["a", "b"], "name one page or two"), ([], "name one page")],
)
def test_lines_of_what_is_no_file_are_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str], said: str
) -> None:
    assert explain(tmp_path / "none.db", *args, lines=True) == 1
    assert said in capsys.readouterr().err


def test_lines_of_a_file_with_many_pages_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "many.zip").write_bytes(b"PK")
    assert explain(tmp_path / "none.db", str(tmp_path / "many.zip"), lines=True) == 1
    assert "holds many pages" in capsys.readouterr().err
