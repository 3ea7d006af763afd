# ruff: noqa: E501
"""Captures of letters: they are kept whole, and a salutation is no title."""

from __future__ import annotations

import pytest

from winnow.read.plain import read
from winnow.read.plain.letters import letter_in

LETTERS = {
    "en": """
Hello friends,
It has been a quiet month at the workshop, so this letter is shorter than the last one. We finished the two boats we started in spring.
What we learned
Oak that has been under water for a year bends more easily than we thought. We lost one plank to a knot nobody had seen.
What comes next
In September we will open the doors for a day. Come and see the boats, and bring somebody who has never held a plane.
Thank you for reading, and for writing back. I answer every letter, though sometimes slowly.
Warmly,
Ida
""",
    "fr": """
Chère Marguerite,
Merci pour votre lettre du trois. Le toit a tenu tout l'hiver, et les hirondelles sont revenues dans la grange comme vous l'aviez dit.
Le conseil est venu mardi avec un homme qui a tout mesuré deux fois et n'a presque rien dit. Il pense que la roue pourrait tourner de nouveau.
Les enfants demandent quand vous viendrez. Pierre a construit une barque avec la vieille porte et veut vous faire traverser l'étang.
Avec toute notre affection,
Élise
""",
    "de": """
Liebe Margarete,
vielen Dank für deinen Brief vom dritten. Das Dach hat den Winter überstanden, und die Schwalben sind wieder in der Scheune.
Am Dienstag kam der Rat mit einem Mann, der alles zweimal maß und kaum etwas sagte. Er meint, das Rad könne sich wieder drehen.
Die Kinder fragen, wann du kommst. Peter hat aus der alten Tür ein Boot gebaut und will dich damit über den Teich bringen.
Herzlich,
Ida Verlane
""",
}


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_is_kept_whole(language: str) -> None:
    rows = LETTERS[language].strip().split("\n")
    page = read("\n\n".join(rows))
    assert [line.text for line in page.body] == rows
    assert page.title is None


def test_a_title_above_a_letter_stays() -> None:
    rows = LETTERS["en"].strip().split("\n")
    page = read("\n\n".join(["The letter of the workshop in May", *rows]))
    assert page.title == "The letter of the workshop in May"
    assert [line.text for line in page.body] == rows


def test_other_captures_hold_no_letter() -> None:
    rows = LETTERS["en"].strip().split("\n")
    assert letter_in(rows) == range(len(rows))
    assert letter_in(rows[1:]) is None
    assert letter_in(rows[:-2]) is None
    assert letter_in([*rows, "About us", "Contact", "Privacy", "Terms"]) is None
    assert letter_in(["Home", *rows[:-1], "Sign up for our newsletter and get one letter each month"]) is None
