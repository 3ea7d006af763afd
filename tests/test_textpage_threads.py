"""Threads of short posts in captures that are not in English: told by moments, kept whole but for their buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.textpage_samples import SAMPLES, marked
from winnow.items import Kind
from winnow.read.plain import article_text, read, why_no_article

Layout = Callable[[str, int, str, str], str]
TITLES = {
    "de": "Fähre fährt nicht mehr sonntags?",
    "fr": "Le bac ne passe plus le dimanche ?",
    "es": "¿El ferri ya no sale los domingos?",
    "ru": "Паром больше не ходит по воскресеньям?",
}
POSTS = {
    "de": """Weiß jemand, warum die Fähre sonntags ausfällt?
Laut Aushang ist der Motor kaputt.
Nein, es fehlt ein Maschinist.
Danke!
Dann nehmen wir eben das Rad.
Der Bus fährt auch, aber nur bis sieben.
Quelle?
Hafenamt, Zimmer drei.""",
    "fr": """Quelqu'un sait pourquoi le bac ne passe plus le dimanche ?
D'après l'affiche, le moteur est en panne.
Non, il manque un mécanicien.
Merci !
Alors on prendra le vélo.
Le bus passe aussi, mais seulement jusqu'à sept heures.
Une source ?
Bureau du port, porte trois.""",
    "es": """¿Alguien sabe por qué el ferri no sale los domingos?
Según el aviso, el motor está roto.
No, les falta un maquinista.
¡Gracias!
Entonces iremos en bici.
El autobús también pasa, pero solo hasta las siete.
¿Fuente?
Oficina del puerto, sala tres.""",
    "ru": """Кто-нибудь знает, почему паром не ходит по воскресеньям?
На объявлении написано, что сломан двигатель.
Нет, не хватает механика.
Спасибо!
Тогда поедем на велосипедах.
Автобус тоже ходит, но только до семи.
Источник?
Контора порта, кабинет три.""",
}
BUTTONS = {
    "de": ("Gefällt mir", "Antworten", "vor {} Stunden"),
    "fr": ("J'aime", "Répondre", "il y a {} heures"),
    "es": ("Me gusta", "Responder", "hace {} horas"),
    "ru": ("Нравится", "Ответить", "{} часов назад"),
}
NAMES = ["anna_k", "Bootsmann62", "Jo", "Rita", "Peter_M", "lotse", "anna_k", "Jo"]


def _ago(language: str, number: int, name: str, text: str) -> str:
    like, reply, ago = BUTTONS[language]
    return f"{name}\n{ago.format(number + 2)}\n\n{text}\n\n{like}\n{reply}"


def _numbered(_: str, number: int, name: str, text: str) -> str:
    return f"{name}\n\n#{number + 1}\n\n12.03.2024, 14:{number + 10}\n\n{text}"


def _quoted(language: str, number: int, name: str, text: str) -> str:
    return f"12.03.2024 14:{number + 10}\n{name}\n{text}\n{BUTTONS[language][1]}"


def _close(language: str, number: int, name: str, text: str) -> str:
    return f"{name}\n12.03.2024, 14:{number + 10}\n{text}\n{BUTTONS[language][1]}"


LAYOUTS = pytest.mark.parametrize("layout", [_ago, _numbered, _quoted, _close])


def _thread(language: str, layout: Layout) -> str:
    posts = (
        layout(language, i, name, text)
        for i, (name, text) in enumerate(zip(NAMES, POSTS[language].split("\n"), strict=True))
    )
    return "\n\n".join([f"Forum\n\n{TITLES[language]}", *posts, "© 2024 Forum"])


@LAYOUTS
@pytest.mark.parametrize("language", POSTS)
def test_thread_of_short_posts_is_kept_whole_without_its_buttons(language: str, layout: Layout) -> None:
    page = read(_thread(language, layout))
    lines = [line.text for line in page.body]
    assert why_no_article(page) is None
    assert page.told.kind is Kind.DISCUSSION
    assert [post for post in POSTS[language].split("\n") if post not in lines] == []
    assert {*lines} & {*BUTTONS[language][:2], "© 2024 Forum"} == set()


LEAKS = {
    "de": """Seit gestern läuft Wasser in die Bilge, wo soll ich suchen?
Schau zuerst an den Seeventilen nach.
Bei mir war es die Stopfbuchse, die war trocken.
Wie viel ist es denn am Tag?
Ungefähr ein Eimer, eher mehr.
Dann ist es nicht das Ventil, sondern der Kiel.
Danke, es war wirklich der Kiel.""",
    "fr": """Depuis hier l'eau entre dans la cale, où chercher ?
Regarde d'abord les vannes.
Chez moi c'était le presse-étoupe, il était sec.
Combien par jour ?
Un seau environ, plutôt plus.
Alors ce n'est pas la vanne, c'est la quille.
Merci, c'était bien la quille.""",
    "ru": """Со вчерашнего дня в трюме вода, где искать?
Сначала посмотри на кингстоны.
У меня был сальник, он высох.
А сколько набирается за день?
Примерно ведро, даже больше.
Тогда это не кингстон, а киль.
Спасибо, это и правда был киль.""",
}


@pytest.mark.parametrize("language", LEAKS)
def test_thread_that_reads_like_no_article_is_kept(language: str) -> None:
    texts = LEAKS[language].split("\n")
    posts = [_close(language, i, *post) for i, post in enumerate(zip(NAMES, texts, strict=False))]
    page = read("\n".join(["Forum", "Start", "Boote\n", *posts]))
    assert why_no_article(page) is None
    assert [text for text in texts if text not in article_text(page.body)] == []


@pytest.mark.parametrize("language", POSTS)
def test_list_of_articles_with_moments_is_no_thread(language: str) -> None:
    told = [text for text in marked(SAMPLES[language], "A") if "." in text] * 2
    cards = (
        f"{' '.join(text.split()[:6])}\n\n12.03.2024, 14:{i + 10}\n\n{text.split('.')[0]}."
        for i, text in enumerate(told)
    )
    assert read("\n\n".join(["Forum", *cards])).told.kind is not Kind.DISCUSSION


@LAYOUTS
@pytest.mark.parametrize("language", ["de", "fr", "es", "ru"])
def test_comments_below_an_article_make_it_no_thread(language: str, layout: Layout) -> None:
    paragraphs = marked(SAMPLES[language], "A")
    page = read("\n\n".join([*marked(SAMPLES[language], "T"), *paragraphs, _thread(language, layout)]))
    assert page.told.kind is Kind.ARTICLE
    assert [text for text in paragraphs if text not in article_text(page.body)] == []
