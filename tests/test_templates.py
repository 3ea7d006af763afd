"""Texts that real programs render are cut into the pieces that a reader must find, and pages are judged by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.benchmarks.templates.__main__ import told
from lab.benchmarks.templates.programs import PROGRAMS, NotBuiltError, Site
from lab.benchmarks.templates.score import judge
from lab.benchmarks.templates.texts import Text, load

TEXTS = load()
BODY = """
The ferry sails at six[^1] and `not` before.

<!-- more -->

## Prices {#prices}

| Who | What |
| --- | --- |
| Child | 3 |

- cold *coffee*
    - a bun

Bilge
: Where the water
  gathers.

```
row(2)
```

![A ferry](ferry.jpg)

[^1]: On Sundays at seven.
"""


def text(body: str) -> Text:
    return Text("ferry", "The Morning Ferry", "2024-03-02", "Ada Lund", "boats", "Notes", "en", body)


def test_the_pieces_of_a_text_are_what_a_reader_sees_of_it() -> None:
    assert text(BODY).pieces == (
        "The ferry sails at six",
        "and not before.",
        "Prices",
        "Who",
        "What",
        "Child",
        "3",
        "cold coffee",
        "a bun",
        "Bilge",
        "Where the water",
        "gathers.",
        "row(2)",
        "On Sundays at seven.",
    )


@pytest.mark.parametrize("each", TEXTS, ids=lambda each: each.slug)
def test_each_text_has_pieces_and_a_day(each: Text) -> None:
    assert len(each.pieces) >= 4
    assert each.date.startswith("20")


def test_english_has_texts_for_every_program_and_theme() -> None:
    assert sum(each.lang == "en" for each in TEXTS) >= 3
    assert all(program["themes"] for program in PROGRAMS.values())


def page(folder: Path, each: Text, *, without: str = "", more: str = "") -> Path:
    paragraphs = "".join(f"<p>{piece}</p>" for piece in each.pieces if piece != without)
    path = folder / "page.html"
    path.write_text(
        f"<html lang=en><title>{each.title}</title><article><h1>{each.title}</h1>"
        f"<p>By {each.author}, <time datetime={each.date}>2 March 2024</time></p>{paragraphs}{more}</article>",
        encoding="utf-8",
    )
    return path


PROSE = "\n\n".join(
    f"The {what} was built by the people of the harbour in a year of storms, and is mended every year."
    for what in ("pier", "ferry", "light", "quay")
)


TOLD = {"title": "The Morning Ferry", "author": "Ada Lund", "date": "2024-03-02", "kind": "article"}


def test_a_page_that_has_the_text_is_right(tmp_path: Path) -> None:
    verdict = judge(page(tmp_path, text(PROSE)), text(PROSE), TOLD)
    assert (verdict.pieces, verdict.lost, verdict.furniture, verdict.wrong) == (4, (), (), {})


def test_what_is_lost_kept_and_wrong_is_named(tmp_path: Path) -> None:
    stated = text(PROSE)
    other = "The harbour office has moved to the second floor of the old customs house, next to the fish hall."
    path = page(tmp_path, stated, without=stated.pieces[1], more=f"<p>{other}</p>")
    verdict = judge(path, stated, TOLD | {"author": "Bo Berg", "kind": "documentation"})
    assert verdict.lost == (stated.pieces[1],)
    assert verdict.furniture == (other,)
    assert verdict.wrong == {"author": "Ada Lund", "kind": "article"}


def test_a_page_that_is_rejected_has_lost_everything(tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<html><body></body></html>", encoding="utf-8")
    verdict = judge(empty, text(PROSE), TOLD)
    assert verdict.lost == text(PROSE).pieces
    assert "rejected" in verdict.wrong


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_page_must_tell_is_known_of_every_text(name: str) -> None:
    for each in TEXTS:
        stated = told(PROGRAMS[name], each)
        assert stated["title"] == each.title
        assert ("author" in stated) == (name in ("pelican", "nikola"))


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "broken").write_text("#!/bin/sh\necho no such theme >&2\nexit 2\n", encoding="utf-8")
    (programs / "broken").chmod(0o755)
    site = Site("en", TEXTS[:1], "plain", {}, {}, tmp_path, programs)
    with pytest.raises(NotBuiltError, match="broken: no such theme"):
        site.run("broken")
