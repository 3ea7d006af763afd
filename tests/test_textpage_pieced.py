# ruff: noqa: E501
"""Captures with a row for each piece of a paragraph, as Beautiful Soup's `get_text("\\n")` writes them."""

from __future__ import annotations

import pytest

from winnow.read.lines.line import split_lines

PIECES = {
    "English": (
        ("The wheel stood still for ", "thirty years", ", and nobody in the village asked ", "why", "."),
        ("Then the ", "miller", " found a letter of the old owner, who had buried the axle in the orchard."),
        ("It was oak, and it was as sound as on the day when it went into the ground, says ", "Ada Lund", "."),
    ),
    "Polish": (
        ("Koło stało przez ", "trzydzieści lat", ", a nikt we wsi nie pytał ", "dlaczego", "."),
        ("Potem ", "młynarz", " znalazł list dawnego właściciela, który zakopał oś w sadzie."),
        ("Była dębowa i tak zdrowa jak w dniu, w którym trafiła do ziemi, mówi ", "Ada Lund", "."),
    ),
    "Chinese": (
        ("水车停了 ", "三十年", "，村里没有人问过 ", "为什么", "。"),
        ("后来 ", "磨坊主", " 找到了旧主人的一封信，说他把车轴埋在了果园里。"),
        ("车轴是橡木做的，和埋下去的那天一样结实， ", "阿达", "，磨坊主的女儿，这样说。"),
    ),
}


def capture(language: str, between: str) -> str:
    menu = between.join(["Home", "News", "Archive"])
    return between.join([menu, *("\n".join(pieces) for pieces in PIECES[language]), menu])


@pytest.mark.parametrize("language", PIECES)
def test_pieces_of_paragraphs_are_joined(language: str) -> None:
    lines = [line.text for line in split_lines(capture(language, "\n\n\n"))]
    assert lines[:3] == lines[-3:] == ["Home", "News", "Archive"]
    assert lines[3:-3] == ["".join(pieces) for pieces in PIECES[language]]


@pytest.mark.parametrize("language", ["English", "Polish"])
def test_pieces_are_joined_where_a_capture_has_no_blank_row(language: str) -> None:
    stripped = "\n".join(row.strip() for row in capture(language, "\n").split("\n"))
    lines = [line.text for line in split_lines(stripped)]
    assert not [line for line in lines if line[0] in ",."]
    assert lines[4].startswith(("thirty years, and nobody", "trzydzieści lat, a nikt"))


def test_the_words_of_a_listing_stand_in_a_row() -> None:
    text = "Home\n\n\n\n\nThe wheel turns\n, once.\n\n\n\n\n\nreturn\n \nwheel\n \nor\n \nweir\n\n\n\n\n\n"
    assert [line.text for line in split_lines(text)] == ["Home", "The wheel turns, once.", "return wheel or weir"]


@pytest.mark.parametrize(
    "text",
    [
        "Mills\nwheels\nweirs\n\n1. The wheel turns\n2. the weir holds\n\nAda Lund\n",
        "To be, or so they said in the old house by the weir \nthe wheel will turn again, and nobody\nwill ask for whom.\n",
        "What the miller of the lower mill wrote about his eggs\npython\ngarden\nelectronics\n",
    ],
)
def test_rows_of_their_own_stay(text: str) -> None:
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    assert [line.text for line in split_lines(text)] == rows
