"""What the model takes for no text stays between two sure lines where it can be nothing else: tables, headings."""

from __future__ import annotations

import pytest

from tests.test_htmlpage_whole import between

LANGUAGES = {
    "en": ("Part two: the winter", "What happened when the frost came", ("Month", "Visits", "May", "167")),
    "de": ("Zweiter Teil: der Winter", "Was geschah, als der Frost kam", ("Monat", "Besuche", "Mai", "167")),
    "ru": ("Часть вторая: зима", "Что случилось, когда ударил мороз", ("Месяц", "Посещения", "Май", "167")),
}
CARDS = (
    "<div class='x-header-card'><h2>{}</h2><h3>{}</h3></div>",
    "<div class='cover'><div class='cover__inner card'><h2>{}</h2><h4>{}</h4></div></div>",
    "<section class='header-card meta'><h3>{}</h3><h3>{}</h3></section>",
)
ROWS = "<tr><td>{}</td><td>{}</td></tr><tr><td>{}</td><td>{}</td></tr>"
TABLES = (
    f"<table>{ROWS}</table>",
    f"<div class='scroll'><table><thead>{ROWS}</thead></table></div>",
    f"<ul><li>a lamp</li><li>a rope</li></ul><table>{ROWS}</table>",
)
QUOTES = {
    "en": "Nobody asked for a new lamp, only for a dry match.",
    "de": "Niemand wollte eine neue Lampe, nur ein trockenes Streichholz.",
    "pl": "Rzeka się nie spieszy, więc czemu ja miałbym się spieszyć.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", CARDS)
def test_a_box_of_headings_between_sure_lines_is_part_of_the_text(card: str, language: str) -> None:
    head, below, _ = LANGUAGES[language]
    assert between(card.format(head, below), lambda _: 0.2) == [head, below]
    assert between(card.format(f"<a href='/2'>{head}</a>", below), lambda _: 0.2) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_an_unlikely_table_between_sure_lines_is_part_of_the_text(table: str, language: str) -> None:
    cells = LANGUAGES[language][2]
    kept = between(table.format(*cells), lambda text: 0.15 if text.startswith("a ") else 0.05)
    assert kept[-2:] == [f"{cells[0]} | {cells[1]}", f"{cells[2]} | {cells[3]}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES[:2])
def test_what_stands_beside_an_unlikely_table_is_kept_with_it(table: str, language: str) -> None:
    head, below, cells = LANGUAGES[language]
    rows = [f"{cells[0]} | {cells[1]}", f"{cells[2]} | {cells[3]}"]
    for inside in (table.format(*cells) + f"<p>{head}</p>", f"<p>{below}.</p>" + table.format(*cells)):
        kept = between(inside, lambda text: 0.15 if text[-1:] in (".", head[-1]) else 0.05)
        assert [line for line in kept if line in rows] == rows
        assert len(kept) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unlikely_table_of_links_or_in_furniture_is_none(language: str) -> None:
    cells = LANGUAGES[language][2]
    linked = [f"<a href='/{cell}'>{cell}</a>" for cell in cells]
    assert between(TABLES[0].format(*linked) + "<p>Read on</p>" * 3, lambda _: 0.05) == []
    assert between(f"<div class='related-posts'>{TABLES[0].format(*cells)}</div>", lambda _: 0.05) == []


@pytest.mark.parametrize("language", QUOTES)
@pytest.mark.parametrize("style", ["padding-left: 30pt", "margin-left:1cm; color: red", "margin: 0; margin-left: 40px"])
def test_an_indented_sentence_between_sure_lines_is_a_quotation(style: str, language: str) -> None:
    quote = QUOTES[language]
    assert between(f"<div style='{style}'>{quote}</div>" + "<p>?</p>" * 3, lambda _: 0.03) == [quote]
    assert between(f"<div style='{style}'><a href='/x'>{quote}</a></div>" + "<p>?</p>" * 3, lambda _: 0.03) == []
    assert between(f"<div class='ad-promo' style='{style}'>{quote}</div>" + "<p>?</p>" * 3, lambda _: 0.03) == []
