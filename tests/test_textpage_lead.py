"""The lead of a capture and its standfirst: kept above the article."""

from __future__ import annotations

import numpy as np
import pytest

from tests.test_textpage_choose import HARBOUR, judged
from winnow.read.lines.features import plain
from winnow.read.lines.steps import Judged
from winnow.read.plain.lead import HEAD, LIKELY, NEAR, keep_lead, keep_standfirst

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


ARTICLES = {
    "de": ("Die Hafenmauer hält nicht mehr", "Nach dem Sturm fehlen dem Rat zwei Millionen für den Bau", HAFEN),
    "ja": (
        "閉校した分校が図書室に",
        "元教諭と住民が二年がかりで改修、蔵書は四千冊に",
        (
            "窓には色紙で作った魚が並ぶ。",
            "本は全部で四千冊ある。半分は町立図書館から譲り受けた。",
            "来月は校庭に幕を張る。",
        ),
    ),
    "ru": (
        "Почтальон, который ходит через перевал",
        "Раз в неделю Ильдар несёт пенсии и газеты в деревню, где живут девятнадцать человек",
        (
            "В четверг Ильдар выходит из дома в пять утра, и сумка весит четырнадцать килограммов.",
            "Дорога занимает шесть часов, а зимой, если наметёт на седловине, бывает и девять.",
            "Вечером он возвращается с пустой сумкой и полными карманами орехов.",
        ),
    ),
}
TITLE = ARTICLES["de"][0]


def standfirst(*head: str, body: tuple[str, ...] = HAFEN, probability: float = LIKELY + 0.01, title: int = 0) -> bool:
    """Return whether the line below a title is kept; `head` are all lines above the sure lines of an article."""
    page = judged([*head, *body], [probability] * len(head) + [0.95] * len(body))
    chosen = np.arange(len(head) + len(body)) >= len(head)
    kept = keep_standfirst(Judged(page.page, plain(page.page), page.probability), chosen, title)
    assert np.flatnonzero(kept != chosen).tolist() in ([], [title + 1])
    return bool(kept[title + 1])


@pytest.mark.parametrize("language", ARTICLES)
@pytest.mark.parametrize("between", [(), ("Anna Berg", "12. März 2024", "Teilen")])
def test_the_standfirst_below_the_title_is_kept(language: str, between: tuple[str, ...]) -> None:
    title, line, body = ARTICLES[language]
    assert standfirst(title, line, *between, body=body)
    assert standfirst("Menü", title, line, *between, body=body, title=1)
    assert not standfirst(title, line, *between, body=body, probability=LIKELY - 0.01)


@pytest.mark.parametrize(
    "line",
    [
        "Dienstag, 12. März 2024, um 14 Uhr 47 im Hafen",
        "Von Anna Berg und Bo Niemi, aus dem alten Hafen",
        "[Die Mauer im Hafen nach dem Sturm am Montag]",
        "Die Mauer am Montag nach dem Sturm. Foto: Anna Berg / dpa",
        "Jetzt den Newsletter der Redaktion aus dem Hafen abonnieren",
        "Hafenbote | Die Hafenmauer hält nicht mehr",
        "Wie es weitergeht",
    ],
)
def test_what_else_stands_below_a_title_is_no_standfirst(line: str) -> None:
    assert not standfirst(TITLE, line)


def test_no_standfirst_is_kept_without_a_title_or_far_above_the_article_or_in_english() -> None:
    line, far = ARTICLES["de"][1], ["Teilen"] * HEAD
    assert not standfirst(TITLE, line, *far)
    assert not standfirst(
        "The quay is broken", "The council needs two millions for the outer quay", body=tuple(HARBOUR)
    )
    page = judged([line, *HAFEN], [0.5, 0.95, 0.95, 0.95])
    chosen = np.array([False, True, True, True])
    assert not keep_standfirst(Judged(page.page, plain(page.page), page.probability), chosen, None)[0]
