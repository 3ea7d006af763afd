"""The lead of a capture: kept above the article where it speaks of the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.test_textpage_choose import HARBOUR, judged
from winnow.read.lines.features import plain
from winnow.read.lines.steps import Judged
from winnow.read.plain.lead import LIKELY, NEAR, keep_lead

HAFEN = (
    "Der Sturm hat in der Nacht die Hafenmauer beschädigt, sagte der Hafenmeister dem Rat am Montag.",
    "Die Reparatur der Hafenmauer kostet den Rat nach einer ersten Schätzung zwei Millionen.",
    "Der Hafenmeister will die Mauer vor dem nächsten Sturm sichern und bittet den Rat um Geld.",
)
LEAD = "Der Rat muss nach dem Sturm die Reparatur der Hafenmauer bezahlen, sagt der Hafenmeister."
SHOP = "Unser Bäcker verrät im großen Osterheft seine liebsten Rezepte für süße Zöpfe und Kränze."
BYLINE = "Von Anna Berg"


def kept(*above: str, probability: float = LIKELY + 0.01, body: tuple[str, ...] = HAFEN) -> list[str]:
    """Return which lines above the sure lines of an article are kept."""
    texts = [*above, *body]
    page = judged(texts, [probability] * len(above) + [0.95] * len(body))
    chosen = np.arange(len(texts)) >= len(above)
    found = keep_lead(Judged(page.page, plain(page.page), page.probability), chosen)
    assert found[len(above) :].all()
    return [text for text, yes in zip(above, found, strict=False) if yes]


@pytest.mark.parametrize("between", range(NEAR + 1))
def test_a_lead_is_kept(between: int) -> None:
    assert kept("Hafen", LEAD, *[BYLINE] * between) == [LEAD]


@pytest.mark.parametrize("between", [[SHOP], [BYLINE] * (NEAR + 1)])
def test_a_line_far_above_is_no_lead(between: list[str]) -> None:
    assert kept(LEAD, *between) == []


def test_an_unlikely_line_is_no_lead() -> None:
    assert kept(LEAD, probability=LIKELY - 0.01) == []


def test_a_teaser_and_a_heading_are_no_lead() -> None:
    assert kept(SHOP) == []
    assert kept(LEAD.rstrip(".")) == []
    assert kept("Der Sturm im Hafen.") == []


def test_in_english_no_lead_is_added() -> None:
    assert kept("The harbour master told the council that the storm damaged the outer quay.", body=tuple(HARBOUR)) == []


@pytest.mark.parametrize("texts", [[], [LEAD, *HAFEN]])
def test_nothing_chosen_stays_nothing(texts: list[str]) -> None:
    page = judged(texts, [0.95] * len(texts))
    assert not keep_lead(Judged(page.page, plain(page.page), page.probability), np.zeros(len(texts), np.bool_)).any()
