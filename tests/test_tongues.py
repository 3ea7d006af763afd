# ruff: noqa: E501
"""Bylines, days and titles of pages in languages of which there are no labelled pages."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, TITLE, read
from winnow.items import HTML, TEXT, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract

# A headline and three paragraphs of our own, and a byline whose first word begins names or other lines elsewhere.
PAGES = {
    "ro": (
        "Morarul din deal pornește iar roata de apă",
        "În fiecare dimineață, înainte de răsărit, morarul coboară la râu și curăță frunzele care s-au adunat peste noapte.",
        "Roata a stat pe loc unsprezece ani, pentru că lemnul putrezise și nimeni din sat nu mai știa cum se face alta.",
        "Acum făina se vinde sâmbăta în piață, iar copiii de la școală vin să vadă cum se învârte piatra cea mare.",
    ),
    "ca": (
        "El moliner del turó torna a engegar la roda d'aigua",
        "Cada matí, abans de sortir el sol, el moliner baixa al riu i treu les fulles que s'hi han aplegat durant la nit.",
        "La roda va estar aturada onze anys, perquè la fusta s'havia podrit i ningú del poble no sabia com fer-ne una altra.",
        "Ara la farina es ven els dissabtes a la plaça, i els nens de l'escola vénen a veure com gira la pedra grossa.",
    ),
    "tl": (
        "Muling pinaandar ng manggigiling ang gulong sa burol",
        "Tuwing umaga, bago sumikat ang araw, bumababa ang manggigiling sa ilog at inaalis ang mga dahong naipon sa gabi.",
        "Labing-isang taon na hindi umikot ang gulong dahil nabulok ang kahoy at wala nang marunong gumawa ng bago sa nayon.",
        "Ngayon ay ibinebenta ang harina tuwing Sabado sa plasa, at dumarating ang mga bata upang panoorin ang malaking bato.",
    ),
    "eo": (
        "La muelisto sur la monteto denove turnas la radon",
        "Ĉiumatene, antaŭ ol la suno leviĝas, la muelisto iras al la rivero kaj forprenas la foliojn, kiuj kolektiĝis nokte.",
        "La rado staris dek unu jarojn, ĉar la ligno putris kaj neniu en la vilaĝo plu sciis, kiel oni faras alian.",
        "Nun la faruno estas vendata ĉiusabate sur la placo, kaj la infanoj de la lernejo venas por vidi la grandan ŝtonon.",
    ),
    "mk": (
        "Воденичарот на ридот повторно го врти тркалото",
        "Секое утро, пред да изгрее сонцето, воденичарот слегува на реката и ги чисти лисјата што се собрале преку ноќ.",
        "Тркалото стоеше единаесет години, затоа што дрвото изгни и никој во селото веќе не знаеше како се прави друго.",
        "Сега брашното се продава секоја сабота на пазарот, а децата од училиштето доаѓаат да го видат големиот камен.",
    ),
}  # fmt: skip
BYLINES = {
    "ro": "De Andreea Popescu",
    "ca": "Per Montserrat Vidal",
    "tl": "Ni Maria Santos",
    "eo": "De Vilma Arbaro",
    "mk": "Од Билјана Стојанова",
}


def both(language: str, *head: str) -> tuple[Article, Article]:
    """Return an article with lines below its headline, read from HTML and from plain text."""
    title, *text = PAGES[language]
    lines = "".join(f"<p>{line}</p>" for line in (*head, *text))
    page = f"<html lang='{language}'><title>{title}</title><main><h1>{title}</h1>{lines}</main></html>"
    html, plain = (
        extract(Decoded(page, HTML, "utf-8")),
        extract(Decoded("\n\n".join([title, *head, *text]), TEXT, "utf-8")),
    )
    assert isinstance(html, Article)
    assert isinstance(plain, Article)
    return html, plain


@pytest.mark.parametrize("language", PAGES)
def test_word_that_says_by_in_one_language_alone(language: str) -> None:
    name = BYLINES[language].partition(" ")[2]
    for written in (BYLINES[language], BYLINES[language].lower()[:1] + BYLINES[language][1:]):
        assert [each.author for each in both(language, written)] == [name, name]


@pytest.mark.parametrize("name", ["Per Lindqvist", "Ni Wayan Sari", "De Jong Advies"])
def test_word_that_says_by_elsewhere_begins_a_name(name: str) -> None:
    line = f"<p>By {name} | 3 March 2024</p>"
    assert read(f"<h1>{TITLE}</h1>{line}{PROSE * 3}").author == name


@pytest.mark.parametrize("line", ["Од Пристанишна Вики", "Z Harbour Wiki", "Da Enciclopedia Porto"])
def test_line_that_names_the_site_is_no_byline(line: str) -> None:
    site = f"<div id='siteSub' class='noprint'>{line}</div>"
    language = {"О": "mk", "Z": "pl", "D": "it"}[line[0]]
    assert read(f"<h1>{TITLE}</h1>{site}{PROSE * 3}", html=f"lang={language}").author is None


NAMES = {"te": "లక్ష్మి రావు", "ka": "ნინო ბერიძე", "hi": "सुनीता जोशी", "fa": "نیلوفر رضایی"}


@pytest.mark.parametrize("language", NAMES)
def test_linked_name_above_a_day_in_a_script_without_capitals(language: str) -> None:
    name = NAMES[language]
    line = f"<div><a href='/x/12'>{name}</a></div><div>3 March 2024</div>"
    page = "<nav><a href='/n'>{}</a></nav><main><h1>" + TITLE + "</h1>" + line + "{}</main>"
    assert read(page.format("Ferries", PROSE * 3)).author == name
    assert read(page.format(name, PROSE * 3)).author is None  # a section
    assert read(page.format("Ferries", PROSE * 3 + f"<p>{name.split()[0]}</p>")).author is None


SITES = {
    "ro": "Gazeta Morii",
    "ca": "El Diari del Molí",
    "tl": "Balitang Nayon",
    "eo": "La Muelista Gazeto",
    "mk": "Воденички весник",
}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("menu", ["", "Skip to content\n\n"])
def test_name_of_the_site_that_stands_below_the_text_again_is_no_title(language: str, menu: str) -> None:
    title, *text = PAGES[language]
    site = SITES[language]
    capture = f"{menu}{site}\n\n" + "\n\n".join([title, *text, site, "Proudly powered by WordPress"])
    article = extract(Decoded(capture, TEXT, "utf-8"))
    assert isinstance(article, Article)
    assert article.title == title
    assert all(line in article.text for line in text)
