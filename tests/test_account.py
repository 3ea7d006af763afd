"""The account of a page: kept lines are the article's text, every other line says what dropped it."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import combining, east_asian_width

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page_lines import WIDTH, fit, page_lines
from lab.samples import html_page, sentences
from tests.conftest import PROJECT, SEEDS
from tests.htmlpage_samples import article_page
from tests.test_textpage_comments import ARTICLE_TEXT, MOMENTS, thread
from tests.textpage_samples import SAMPLES
from winnow.items import Page, Reason
from winnow.read import html, plain
from winnow.read.account import HEAD, KEPT, UNWRITTEN, PageAccount, account
from winnow.read.lines.steps import Judged, Step, without
from winnow.read.lines.views import Bools

FILES = sorted(path for path in SEEDS.rglob("*") if path.is_file())


def account_of(text: str, name: str) -> PageAccount:
    return account(Page(name, body=text.encode()))


def rows(text: str) -> list[str]:
    """Return the lines of an article's text without the marks of lists and tables."""
    return [row.removeprefix("- ").removeprefix("| ").removesuffix(" |") for row in text.splitlines() if row]


def assert_kept_lines_are_the_text(found: PageAccount) -> None:
    assert found.reading.article
    assert [line.text for line in found.lines if line.is_kept] == rows(found.reading.article.text)


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_kept_lines_of_sample_files_are_the_text(file: Path) -> None:
    found = account(Page(file.name, str(file.parent), file=str(file)))
    if found.reading.article:
        assert_kept_lines_are_the_text(found)
    else:
        assert found.reading.rejection


@pytest.mark.parametrize("language", SAMPLES)
def test_kept_lines_of_captures_and_pages_are_the_text(language: str) -> None:
    capture = "\n".join(line.partition("|")[2] or line for line in SAMPLES[language].splitlines())
    assert_kept_lines_are_the_text(account_of(capture, "a.txt"))
    assert_kept_lines_are_the_text(account_of(article_page(language, telling=True), "a.html"))


def test_lines_say_what_dropped_them() -> None:
    page = html_page("The last ferry", ["The last ferry", *ARTICLE_TEXT, ARTICLE_TEXT[1], *thread(MOMENTS)])
    found = account_of(page, "a.html")
    assert_kept_lines_are_the_text(found)
    said = [(line.text, line.why, line.step) for line in found.lines]
    assert ("The last ferry", HEAD, "without_head") in said
    assert (ARTICLE_TEXT[1], "shown twice", "drop_repeated") in said
    assert (MOMENTS[0], "comments", "drop_comments") in said
    assert said[0][1].startswith("below 0.")
    assert {line.why for line in found.lines if line.text in ARTICLE_TEXT} == {KEPT, "shown twice"}


def all_lines(_: Judged, chosen: Bools) -> Bools:
    return np.ones(len(chosen), np.bool_)


def no_lines(_: Judged, chosen: Bools) -> Bools:
    return np.zeros(len(chosen), np.bool_)


def drop_second(_: Judged, chosen: Bools) -> Bools:
    return without(chosen, [1])


STEPS_OF_OUR_OWN = (Step("emptied", no_lines), Step("taken in", all_lines), Step("left out", drop_second))


def test_the_last_step_that_changed_a_line_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "STEPS", STEPS_OF_OUR_OWN)
    found = account_of("\n\n".join([*ARTICLE_TEXT, "Privacy", "Imprint"]), "a.txt")
    assert_kept_lines_are_the_text(found)
    dropped, *_, last = found.lines[1:]
    assert (dropped.is_kept, dropped.why, dropped.step) == (False, "left out", "drop_second")
    assert (last.is_kept, last.why, last.step) == (True, "taken in", "all_lines")


def test_lines_that_the_writing_loses_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "STEPS", (Step("taken in", all_lines),))
    found = account_of("\n\n".join([*ARTICLE_TEXT, "Share", ARTICLE_TEXT[2], ARTICLE_TEXT[2], "Share"]), "a.txt")
    assert_kept_lines_are_the_text(found)
    assert UNWRITTEN in [line.why for line in found.lines]


def test_probabilities_are_given_before_and_after_a_second_opinion() -> None:
    sure, unsure = (
        account_of(html_page("A", sentences(1)), "a.html"),
        account_of("<ul><li>Boats and ropes for hire<li>Ask at the pier for prices</ul><p>Closed in storms", "a.html"),
    )
    assert {line.second for line in sure.lines} == {None}
    assert None not in {line.second for line in unsure.lines}


def test_printed_lines_are_safe_for_a_terminal_and_fit() -> None:
    hostile = "\x1b[31m red \u202e back \u200b \x07 " + "海浪损坏外码头的墙" * 12
    page = html_page(hostile, [*sentences(1), hostile, "e\u0301" * 200, "<br>".join(["<b>a</b>\x9b2J"] * 3)])
    printed = list(page_lines(account_of(page, "a.html")))
    assert all(row.isprintable() for row in printed)
    assert (
        max(sum(2 if east_asian_width(char) in "WF" else 1 for char in row) for row in printed if "海" in row) <= WIDTH
    )
    assert [row.partition(" ")[0] for row in printed[-4:]] == ["title", "author", "date", "verdict"]
    assert printed[-1].startswith("verdict   an article of ")


@pytest.mark.parametrize(
    ("body", "name", "verdict"),
    [
        ("<title>Page not found</title><p>Error 404", "a.html", Reason.NO_ARTICLE),
        ("a few words and no more", "a.txt", Reason.NO_ARTICLE),
        ("\x00\x01\x02" * 50, "a.html", Reason.NOT_TEXT),
        ("", "a.html", Reason.NO_ARTICLE),
    ],
)
def test_a_page_without_an_article_says_why(body: str, name: str, verdict: Reason) -> None:
    assert list(page_lines(account_of(body, name)))[-1].startswith(f"verdict   {verdict}: ")


@given(st.text(), st.integers(1, 30))
def test_shortened_text_fits(text: str, width: int) -> None:
    shown = fit(text, width)
    assert shown.isprintable()
    assert sum(2 if east_asian_width(char) in "WF" else 1 for char in shown if not combining(char)) <= width


def test_the_documents_explain_every_reason_and_name_its_function() -> None:
    text = (PROJECT / "docs/troubleshooting.md").read_text(encoding="utf-8")
    explained = {(why, name) for why, name in re.findall(r"^\| `([^`]+)` \| .*\(`(\w+)`\)", text, re.M)}
    steps = [(step.why, step.name) for reader in (plain, html) for step in reader.STEPS]
    assert {*steps, (HEAD, "without_head"), (UNWRITTEN, "article_text")} <= explained
