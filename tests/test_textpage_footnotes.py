"""Footnotes of a capture, told by their mark or their arrow."""

from __future__ import annotations

import numpy as np
import pytest

from tests.test_textpage_choose import judged
from winnow.read.plain.footnotes import LEAST, keep_footnotes

TEXTS = {
    "de": ["Der Schleusenwärter zählte in einem Sommer vierhundert Boote.[1]", "Von Hand gezählt, zweimal am Tag."],
    "fr": ["L’éclusier compta quatre cents bateaux en un été [ 1 ].", "Comptés à la main, deux fois par jour."],
    "ja": ["閘門の番人はひと夏に四百隻の船を数えた[1]。", "朝と夕の二回、手で数えた。"],
}


def kept(*lines: str, probability: float = 0.01) -> list[str]:
    """Return what is kept of lines below a sure first line, which itself is one of them."""
    page = judged([*lines], [0.9] + [probability] * (len(lines) - 1))
    found = keep_footnotes(page, np.arange(len(lines)) == 0)
    return [line for line, yes in zip(lines, found.tolist(), strict=True) if yes]


@pytest.mark.parametrize(("text", "note"), TEXTS.values())
@pytest.mark.parametrize("form", ["[1] {}", "[ 1 ] {}"])
def test_line_with_a_mark_that_stands_in_the_text_is_a_footnote(text: str, note: str, form: str) -> None:
    note = form.format(note)
    assert kept(text, "Portfolio", note, probability=LEAST) == [text, note]
    assert kept(text, note, probability=LEAST / 2) == [text]
    assert kept(text, note.replace("1", "2"), probability=LEAST) == [text]
    assert kept(text, "[1] Home", probability=LEAST) == [text]


@pytest.mark.parametrize(("text", "note"), TEXTS.values())
@pytest.mark.parametrize("arrow", ["↩", "↩\ufe0e", "⏎", "↩ 2"])
def test_line_with_an_arrow_back_to_the_text_is_a_footnote_however_unlikely(text: str, note: str, arrow: str) -> None:
    note = f"1. {note} {arrow}"
    assert kept(text, note, "Das Heft vom Unterlauf") == [text, note]
    assert kept(text, f"↩ {note[:-3]}", "Zurück an den Anfang der Seite") == [text]


def test_notes_of_captures_in_english_are_left_to_the_model() -> None:
    text = "The lock keeper counted four hundred boats in one summer, most of them in the spring of the year[1]."
    assert kept(text, "[1] Counted by hand, twice a day. ↩", probability=LEAST) == [text]
