"""A later text at an article's address becomes the article's: in a crawl, a rebuild and on an engine, in any order."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.samples import html_page, jsonl, sentences
from tests.conftest import Read
from tests.memory_index import ARTICLE, MemoryIndex, window, with_furniture, words
from tests.test_cluster import rows
from tests.test_rebuild import contents
from winnow.cluster.load import load
from winnow.items import Reason
from winnow.runs.rebuild import rebuild

ADDRESS: dict[str, Any] = {"url": "https://paper.example/story"}
FIGURES = (12, 15, 18, 23, 31)


def at(day: int) -> dict[str, Any]:
    """Return the address of the article, captured on a day."""
    return ADDRESS | {"captured": f"2024-05-{day:02}T00:00:00+00:00"}


def version(*edits: int) -> str:
    """Return the article after edits; each replaces a word of its own, a paragraph, or adds one."""
    lines = ARTICLE.split("\n")
    for number in edits:
        place = number % len(lines)
        if number % 5 == 4:
            lines.insert(place, words(30, 100 + number))
        elif number % 5 == 3:
            lines[place] = words(35, 100 + number)
        else:
            lines[place] = f"{lines[place][:-1]} figure{number} {number * 3}"
    return "\n".join(lines)


def spoken(index: MemoryIndex, page_id: int = 1) -> int:
    """Return the page that speaks for the article of another page."""
    return index.page(page_id).canonical_id


# Without an archive


def test_the_last_of_texts_that_differ_in_a_figure_is_the_article_s() -> None:
    index = MemoryIndex()
    for count, figure in enumerate(FIGURES, 1):
        verdict = index.read(f"A storm has left {figure} dead\n\n{ARTICLE}", **ADDRESS)
        assert verdict.reason is (Reason.CHANGED if count > 1 else Reason.NEW)
        assert spoken(index) == count


edits = st.lists(st.integers(1, 60), min_size=2, max_size=9, unique=True)


@settings(max_examples=30)
@given(edits, st.booleans(), st.randoms(use_true_random=False))
def test_whatever_is_edited_the_last_text_read_is_the_article_s(
    chain: list[int], is_kept: bool, chance: random.Random
) -> None:
    index = MemoryIndex(words(400, 9))
    for count in range(len(chain)):
        among = chance.choice(["nothing", "copy", "teaser", "another", "notice"])
        if among == "copy" and count:  # of any text so far, on another site
            index.read(with_furniture(version(*chain[: chance.randint(1, count)]), 6, 200 + count))
        elif among == "teaser":
            index.read(window(0, 100), **ADDRESS)
        elif among == "another":  # a template that states one address on every page
            index.read(words(400, 500 + count), **ADDRESS)
        elif among == "notice":
            index.read(words(60, 7), **ADDRESS)
        text = version(*chain[: count + 1]) if is_kept else version(chain[count])
        index.read(text, **ADDRESS)
        assert spoken(index, len(index.pages)) == len(index.pages)
    assert index.pages[0][0].canonical_id == 1


@settings(max_examples=30)
@given(st.permutations(range(1, 8)), st.sampled_from([1, 2]))
def test_whatever_is_read_first_the_last_capture_is_the_article_s(order: list[int], kept: int) -> None:
    index = MemoryIndex()
    for day in order:
        index.read(version(*range(day, day + kept)), **at(day))
    assert {known.canonical_id for known, _ in index.pages} == {order.index(7) + 1}


@settings(max_examples=30)
@given(st.permutations([(1, 1), (2, 2), (3, 1), (4, 3), (5, 2)]))
def test_a_text_that_was_captured_again_later_is_the_article_s_again(captures: list[tuple[int, int]]) -> None:
    index = MemoryIndex()
    for day, edit in captures:
        index.read(version(edit), **at(day))
    assert index.extraction(spoken(index)).text.digest == index.extraction(captures.index((5, 2)) + 1).text.digest


def test_words_that_stood_at_the_address_before_do_not_come_back_without_a_time() -> None:
    index = MemoryIndex()
    for text in (version(), version(1), version()):
        index.read(text, **ADDRESS)
    assert spoken(index) == 2


def test_a_later_text_is_the_article_s_though_a_copy_elsewhere_came_first() -> None:
    index = MemoryIndex()
    index.read(version(), **ADDRESS)
    index.read(version(1), url="https://other.example/wire")
    verdict = index.read(version(1), **ADDRESS)
    assert (verdict.reason, verdict.is_revision, spoken(index)) == (Reason.CHANGED, True, 3)


def test_a_page_belongs_to_the_article_at_its_address_before_one_that_it_resembles_more() -> None:
    index = MemoryIndex()
    ours, others = words(260, 1), words(260, 2)
    shared = words(330, 3)
    index.read(f"{shared}\n{ours}", **ADDRESS)
    index.read(f"{shared[:1500]}\n{others}", url="https://other.example/wire")
    assert index.page(2).article_id == 2
    verdict = index.read(f"{shared}\n{others[:1300]}", **ADDRESS)
    assert (verdict.reason, index.page(3).article_id, spoken(index)) == (Reason.CHANGED, 1, 3)


@pytest.mark.parametrize("length", [100, 130])
def test_a_part_of_the_article_is_never_its_text_whatever_it_resembles_most(length: int) -> None:
    index = MemoryIndex()
    index.read(ARTICLE, **ADDRESS)
    index.read(window(0, 110), **ADDRESS)
    index.read(version(2, 11), **ADDRESS)
    assert not index.read(f"{window(0, length)} subscribe", **ADDRESS).takes_over
    assert spoken(index) == 3


def test_an_earlier_capture_at_the_same_place_is_no_later_text() -> None:
    index = MemoryIndex()
    index.read(version(1), **at(9))
    assert not index.read(version(2), index.page(1), **at(3)).takes_over
    assert index.read(version(2), index.page(1), **at(12)).takes_over


# With an archive


def page(figure: int) -> str:
    """Return a page on which only a figure, in the title and in one sentence, differs from other such pages."""
    text = [*sentences(3, 5), f"The mayor said on Friday that {figure} people had died in the storm.", *sentences(4, 5)]
    return html_page(f"Storm kills {figure}", text, canonical=ADDRESS["url"])


def fill(folder: Path) -> None:
    """Write five states of one article, what must not become its text, and as many captures in a container."""
    for name, figure in zip("abcde", FIGURES, strict=True):
        (folder / f"{name}.html").write_text(page(figure))
    (folder / "f-copy.html").write_text(page(FIGURES[1]) + "<!-- saved -->")
    (folder / "g-consent.html").write_text(
        html_page("We value your privacy", ["We use cookies. Accept all cookies?"], canonical=ADDRESS["url"])
    )
    (folder / "h-other.html").write_text(html_page("Ferry late", sentences(70), canonical=ADDRESS["url"]))
    (folder / "i-teaser.html").write_text(html_page("Storm", sentences(3, 2), canonical=ADDRESS["url"]))
    captures = [
        {"url": "https://mill.example/fire", "date": f"2024-05-0{day}", "text": "\n\n".join([*sentences(50), said])}
        for day, said in ((2, "Two mills burnt."), (4, "Four mills burnt."), (3, "Three mills burnt."))
    ]
    (folder / "z.jsonl").write_bytes(jsonl(*captures))


def test_crawl_and_rebuild_keep_the_latest_text(folder: Path, read: Read) -> None:
    fill(folder)
    crawled = read(folder)
    titles = [row["title"] for row in crawled.rows("SELECT title FROM articles WHERE url LIKE '%/story' ORDER BY id")]
    assert titles == ["Storm kills 31", "Ferry late"]
    [fire] = crawled.rows("SELECT text FROM articles WHERE url LIKE '%fire'")
    assert fire["text"].endswith("Four mills burnt.")
    reasons = [crawled.pages()[f"{name}.html"][1] for name in "abcde"]
    assert reasons == ["new", "changed", "changed", "changed", "changed"]
    assert len(crawled.rows("SELECT * FROM revisions WHERE article_id = 1")) == 4
    before = contents(crawled.database)
    rebuild(crawled.database)
    assert contents(crawled.database) == before


def test_an_engine_keeps_the_latest_text(jobs: Any, folder: Path, read: Read, tmp_path: Path) -> None:
    fill(folder)
    jobs.ClusterJob(str(tmp_path / "out"), 2, 3, 1).run([str(folder)])
    load(tmp_path / "out", tmp_path / "loaded.db")
    assert rows(tmp_path / "loaded.db") == rows(read(folder).database)
