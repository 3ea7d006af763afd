"""Articles over several pages: told as parts, and never taken for copies of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.memory_index import MemoryIndex, window
from winnow.items import HTML, Article, Page, Reason
from winnow.parts import Part, part_in
from winnow.read.decode import Decoded
from winnow.read.extract import CUT, extract
from winnow.runs.one_process import run_pages

STORY = "The old ferry crossed the grey water twice a day, and the pilot knew every stone along the shore by name. "
ROOT = "https://paper.example.org/2023/"


def page(head: str = "", foot: str = "") -> str:
    text = "".join(f"<p>{STORY * 2}</p>" for _ in range(5))
    body = f"<article><h1>The last ferry</h1>{text}</article>{foot}"
    return f"<html><head><title>The last ferry</title>{head}</head><body>{body}</body></html>"


def part(html: str, url: str | None) -> str | None:
    found = extract(Decoded(html, HTML, "utf-8"), url)
    assert isinstance(found, Article)
    return found.note


@pytest.mark.parametrize(
    ("own", "relation", "link", "number", "address"),
    [
        ("ferry?page=2", "next", "ferry?page=3", 2, "ferry"),
        ("ferry", "next", "ferry/2/", 1, "ferry"),
        ("ferry/2/", "prev", "ferry/", 2, "ferry"),
        ("ferry-2.html", "prev", "ferry.html", 2, "ferry.html"),
        ("die-faehre/seite-3", "prev", "die-faehre/seite-2", 3, "die-faehre"),
        ("prom,nId,52225,nPack,2", "next", "prom,nId,52225,nPack,3", 2, "prom,nId,52225"),
        ("ferry?id=7&chapter=2", "next", "ferry?id=7&chapter=3", 2, "ferry?id=7"),
        ("11/ferry?id=7&page=4&x=1", "prev", "11/ferry?id=7&page=3&x=1", 4, "11/ferry?id=7&x=1"),
    ],
)
def test_a_link_to_the_part_beside_it_tells_a_part(
    own: str, relation: str, link: str, number: int, address: str
) -> None:
    html = page(f'<link rel="{relation}" href="{ROOT}{link}">')
    assert part(html, ROOT + own) == f"part {number} of {ROOT}{address}"


@pytest.mark.parametrize(
    ("line", "number"),
    [("Page 2 of 4", 2), ("Seite 3 von 4", 3), ("Página 1 de 4", 1), ("Strona 2 z 4", 2), ("Страница 4 из 4", 4)],
)
def test_a_line_of_words_tells_a_part(line: str, number: int) -> None:
    html = page(foot=f"<div class=pager><span>{line}</span></div>")
    assert part(html, f"{ROOT}ferry?page={number}") == f"part {number} of 4 of {ROOT}ferry"


def test_a_link_and_a_line_together_tell_how_many_parts_there_are() -> None:
    html = page(foot="<div>Page 2 of 3</div><a rel=next href='ferry?page=3'>Next</a>")
    assert part(html, f"{ROOT}ferry?page=2") == f"part 2 of 3 of {ROOT}ferry"


@pytest.mark.parametrize("link", ["the-next-story", "ferry/4", "pilot/2", "ferry?page=1000", "http://[", "#"])
def test_a_link_to_another_article_tells_no_part(link: str) -> None:
    assert part(page(f'<link rel="next" href="{link}">'), f"{ROOT}ferry") is None


@pytest.mark.parametrize("line", ["Page 1 of 1", "Page 5 of 4", "Read page 2 of 4 in the paper", "2 of 4"])
def test_other_lines_tell_no_part(line: str) -> None:
    assert part(page(foot=f"<p>{line}</p>"), f"{ROOT}ferry") is None


def test_a_page_without_an_address_is_no_part() -> None:
    assert part(page('<link rel="next" href="ferry?page=2">', "<p>Page 1 of 2</p>"), None) is None


@pytest.mark.parametrize("told", [Part(2, 4, f"{ROOT}ferry"), Part(1, None, f"{ROOT}ferry?id=7")])
def test_a_note_tells_the_part_that_was_written_into_it(told: Part) -> None:
    assert part_in(str(told)) == part_in(f"{CUT}; {told}") == told
    assert part_in(CUT) is part_in(None) is None


def test_parts_of_one_article_are_no_copies_or_excerpts_of_each_other() -> None:
    index, address = MemoryIndex(), f"{ROOT}ferry"
    index.read(window(0, 400), part=Part(1, 3, address))
    assert index.read(window(60, 460), part=Part(2, 3, address)).reason is Reason.NEW
    assert index.read(window(0, 200), part=Part(3, None, address)).reason is Reason.NEW
    assert index.read(window(10, 400), part=Part(1, None, address)).reason is Reason.NEAR_DUPLICATE
    assert index.read(window(20, 400), part=Part(4, 5, f"{ROOT}other")).reason is not Reason.NEW


def test_parts_stay_apart_from_parts_of_an_earlier_run(tmp_path: Path) -> None:
    def read(number: int, words: str) -> dict[str, int]:
        foot = f"<p>Page {number} of 2</p>"
        html = f"<html><title>The last ferry</title><body><article><p>{words}</p></article>{foot}</body></html>"
        address = f"{ROOT}ferry?page={number}"
        one = Page(f"{number}.html", body=html.encode(), media_type=HTML, url=address)
        return run_pages([one], tmp_path / "articles.db")

    words = [f"{STORY} {day}" for day in ("Monday.", "Tuesday.")]
    long = " ".join(f"The pilot of boat {at} waved to keeper {at * 7} from pier {at * 3}." for at in range(40))
    assert read(1, f"{long} {words[0]}")["new"] == 1
    assert read(2, f"{long} {words[1]}")["new"] == 1
