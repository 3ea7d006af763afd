"""`scrapy search`: what the reading room finds, in a terminal."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.commands.search import Command
from lab.samples import html_page, sentences
from tests.conftest import Read


@pytest.fixture
def database(read: Read, folder: Path) -> Path:
    """Read 25 pages about boats, and one in Japanese."""
    for number in range(25):
        text = [*sentences(number), f"The boats of quay {number} are painted each spring by whoever has a brush."]
        (folder / f"{number}.html").write_text(html_page(f"Quay {number}", text))
    text = ["灯台の光は遠くまで届く。港の人々は毎朝それを見ている。船は夜に出る。" * 3] * 3
    (folder / "ja.html").write_text(html_page("港の\x1b[2J灯台", text))
    return read(folder).database


def search(database: Path, *words: str, limit: int = 10, kind: str = "all") -> int:
    """Run the command in this process; return its exit status."""
    command = Command()
    command.settings = Settings({"DATABASE": str(database)})
    command.run(list(words), argparse.Namespace(limit=limit, kind=kind))
    return command.exitcode


def ids(out: str) -> list[int]:
    return [int(found) for found in re.findall("^article:([0-9]+)  ", out, re.M)]


@pytest.mark.parametrize(("limit", "shown"), [(3, 3), (20, 20), (24, 24), (100, 25)])
def test_so_many_articles_are_shown_as_are_asked_for(
    database: Path, capsys: pytest.CaptureFixture[str], limit: int, shown: int
) -> None:
    assert search(database, "boat", "spring", limit=limit) == 0
    out = capsys.readouterr().out
    assert out.startswith("25 articles\n")
    assert len(ids(out)) == len(set(ids(out))) == shown


def test_an_article_is_shown_with_its_passage(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(database, '"quay 7"') == 0
    head, title, stated, *passage = capsys.readouterr().out.splitlines()
    assert (head, title.partition("  ")[2], stated) == ("1 article", "Quay 7", "  article")
    assert "The boats of quay 7 are painted" in " ".join(line.strip() for line in passage)


def test_words_of_every_script_are_found_and_steer_no_terminal(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert search(database, "灯台") == 0
    out = capsys.readouterr().out
    assert "港の" in out
    assert not [each for each in out if not each.isprintable() and each != "\n"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert search(database, "灯台") == 0
    assert "\x1b[1m灯台\x1b[0m" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("paimted", "25 articles (nothing has all words; looked instead for: painted)"),
        ("painted xylograph", "20 articles (nothing has all words; these have most of them)"),
    ],
)
def test_where_nothing_has_all_words_the_command_says_what_it_looked_for(
    database: Path, capsys: pytest.CaptureFixture[str], words: str, head: str
) -> None:
    assert search(database, words) == 0
    assert capsys.readouterr().out.splitlines()[0] == head


def test_kinds_are_those_named(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(database, "painted", kind="listing, article", limit=1) == 0
    assert capsys.readouterr().out.startswith("25 articles\n")
    assert search(database, "painted", kind="listing,product") == 1
    assert capsys.readouterr() == ("", "winnow: no article has these words: painted\n")


@pytest.mark.parametrize(
    ("words", "options", "line"),
    [
        ([], {}, "name the words to look for: usage is `scrapy search WORDS"),
        (["painted"], {"kind": "essay"}, "--kind: there is no kind 'essay'"),
        (["painted"], {"limit": 0}, "--limit 0: name a number from 1 to 1000"),
        (["painted"], {"limit": 1001}, "--limit 1001: name a number from 1 to 1000"),
        (["xylograph"], {}, "no article has these words: xylograph"),
        (["-painted"], {}, "no article has these words: -painted"),
    ],
)
def test_what_finds_nothing_ends_with_one_clear_line(
    database: Path, capsys: pytest.CaptureFixture[str], words: list[str], options: dict[str, int], line: str
) -> None:
    assert search(database, *words, **options) == 1  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"winnow: {line}")
    assert search(database.with_name("none.db"), "painted") == 1
    assert "does not exist" in capsys.readouterr().err
