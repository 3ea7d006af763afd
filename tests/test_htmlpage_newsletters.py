"""Newsletters in HTML: all stories of a digest are its text, the foot is none; teasers on pages of sites stay out."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from winnow.items import Page
from winnow.read.page import read_page


@dataclass(frozen=True)
class Letter:
    lang: str
    title: str
    lead: str
    stories: tuple[tuple[str, str], ...]
    more: str
    why: str
    leave: str


LETTERS = [
    Letter(
        "en",
        "Notes from the weir",
        "The lock keeper wrote to us this week to say that the water has never stood so low in May, and that two "
        "barges have been lying in front of his gate since Sunday, loaded with gravel that nobody in the town will "
        "need before the autumn.",
        (
            ("Bakers share one oven", "Four bakers have bought a single oven and take turns at it, one night each."),
            ("A school without bells", "The school by the mill has sold its bells, and lessons end when they end."),
            ("The owl is back", "After nine years an owl nests again in the tower, to the sorrow of the pigeons."),
        ),
        "Read more",
        "You get this letter because you gave us your address at the summer fair.",
        "Unsubscribe",
    ),
    Letter(
        "de",
        "Neues vom Wehr",
        "Der Schleusenwärter hat uns diese Woche geschrieben, dass das Wasser im Mai noch nie so niedrig stand und "
        "dass seit Sonntag zwei Kähne vor seinem Tor liegen, beladen mit Kies, den in der Stadt vor dem Herbst "
        "niemand brauchen wird.",
        (
            (
                "Bäcker teilen sich einen Ofen",
                "Vier Bäcker haben einen Ofen gekauft und backen reihum, jeder eine Nacht.",
            ),
            ("Schule ohne Klingel", "Die Schule an der Mühle hat ihre Klingel verkauft, und Stunden enden von selbst."),
            ("Die Eule ist zurück", "Nach neun Jahren nistet im Turm wieder eine Eule, zum Kummer aller Tauben."),
        ),
        "Weiterlesen",
        "Sie bekommen diesen Brief, weil Sie uns beim Sommerfest Ihre Adresse gegeben haben.",
        "Abmelden",
    ),
    Letter(
        "ru",
        "Вести от плотины",
        "Смотритель шлюза написал нам на этой неделе, что в мае вода ещё никогда не стояла так низко и что с "
        "воскресенья перед его воротами лежат две баржи с гравием, который до осени никому в городе не понадобится.",
        (
            ("Одна печь на четверых", "Четыре пекаря купили одну печь и пекут по очереди, каждый по одной ночи."),
            ("Школа без звонка", "Школа у мельницы продала свой звонок, и уроки теперь кончаются сами собой."),
            ("Сова вернулась", "Через девять лет в башне снова гнездится сова, к большому горю голубей."),
        ),
        "Читать далее",
        "Вы получаете это письмо, потому что оставили нам свой адрес на летней ярмарке.",
        "Отписаться",
    ),
]


def _page(letter: Letter, rows: str, foot: str) -> str:
    head = f'<tr><td><a href="https://weir.example/v">#12</a></td></tr><tr><td><h1>{letter.title}</h1></td></tr>'
    return (
        f'<!DOCTYPE html><html lang="{letter.lang}"><head><meta charset="utf-8"><title>{letter.title}</title></head>'
        "<body>"
        f'<table role="presentation" width="600"><tbody>{head}<tr><td><p>{letter.lead}</p></td></tr>{rows}'
        "</tbody></table>"
        f'<table role="presentation"><tbody>{foot}</tbody></table></body></html>'
    )


def _story(number: int, title: str, text: str, more: str) -> str:
    address = f"https://weir.example/{number}"
    return (
        f'<tr><td><table role="presentation"><tbody><tr><td><img src="{address}.jpg" alt=""></td><td>'
        f'<h3><a href="{address}">{title}</a></h3><p>{text}</p><a href="{address}">{more}</a></td></tr>'
        "</tbody></table></td></tr>"
    )


def _rows(letter: Letter) -> str:
    return "".join(_story(i, title, text, letter.more) for i, (title, text) in enumerate(letter.stories))


def _foot(letter: Letter) -> str:
    return f'<tr><td><p>{letter.why}</p><p><a href="https://weir.example/u">{letter.leave}</a></p></td></tr>'


def _text(html: str) -> str:
    article = read_page(Page("letter.html", body=html.encode())).article
    assert article is not None
    return article.text


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.lang)
def test_all_stories_of_a_digest_are_kept_and_its_foot_is_not(letter: Letter) -> None:
    lines = _text(_page(letter, _rows(letter), _foot(letter))).split("\n\n")
    assert lines == [letter.lead, *(part for story in letter.stories for part in story)]


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.lang)
def test_stories_whose_titles_lead_nowhere_are_kept(letter: Letter) -> None:
    rows = "".join(f"<tr><td><p><b>{title}</b></p><p>{text}</p></td></tr>" for title, text in letter.stories)
    text = _text(_page(letter, rows, _foot(letter)))
    assert all(part in text for story in letter.stories for part in story)
    assert letter.leave not in text


def test_what_stands_below_the_foot_is_dropped() -> None:
    letter = LETTERS[0]
    below = "<tr><td><p>Weir Press, 4 Mill Lane, was founded by two printers in a very wet year.</p></td></tr>"
    text = _text(_page(letter, _rows(letter), _foot(letter) + below))
    assert "Mill Lane" not in text
    assert letter.stories[-1][1] in text


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.lang)
def test_teasers_on_the_page_of_a_site_are_no_part_of_it(letter: Letter) -> None:
    teasers = "".join(
        f'<div class="card"><h3><a href="/{i}">{title}</a></h3><p>{text}</p><a href="/{i}">{letter.more}</a></div>'
        for i, (title, text) in enumerate(letter.stories)
    )
    text = _text(
        f'<!DOCTYPE html><html lang="{letter.lang}"><head><meta charset="utf-8"><title>{letter.title}</title></head>'
        "<body>"
        f"<article><h1>{letter.title}</h1><p>{letter.lead}</p></article>"
        f'<div class="related">{teasers}</div><footer><a href="/u">{letter.leave}</a></footer></body></html>'
    )
    assert letter.lead in text
    assert not any(story in text for _, story in letter.stories)


def test_a_page_about_leaving_keeps_what_follows_the_link() -> None:
    letter = LETTERS[0]
    middle = f'<tr><td><p><a href="/u">{letter.leave}</a></p></td></tr>'
    steps = "".join(f"<tr><td><p>{letter.lead.replace('week', day)}</p></td></tr>" for day in ("Monday", "Tuesday"))
    text = _text(_page(letter, middle + steps, ""))
    assert text.count("The lock keeper wrote to us this") == 3


def test_a_story_right_above_the_link_is_kept() -> None:
    letter = LETTERS[0]
    foot = f'<tr><td><p><a href="https://weir.example/u">{letter.leave}</a></p></td></tr>'
    rows = "".join(f"<tr><td><h3>{title}</h3><p>{text}</p></td></tr>" for title, text in letter.stories)
    text = _text(_page(letter, rows, foot))
    assert text.endswith(letter.stories[-1][1])


def test_a_page_with_a_form_is_no_letter() -> None:
    letter = LETTERS[0]
    html = _page(letter, _rows(letter), _foot(letter)).replace("</body>", "<form><input name=q></form></body>")
    assert letter.lead in _text(html)
    assert letter.stories[0][1] not in _text(html)
