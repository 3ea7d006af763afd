"""Rows of a menu in text captures are neither titles nor text."""

from __future__ import annotations

import pytest

from tests.textpage_samples import SAMPLES
from winnow.read.plain import article_text, read
from winnow.read.plain.menus import is_menu

MENUS = {
    "de": (("Startseite", "Nachrichten", "Sport", "Kultur"), ("Datenschutz", "Impressum", "Alle Rechte", "Hilfe")),
    "fr": (("Accueil", "Actualités", "Sport", "Culture"), ("Confidentialité", "Mentions légales", "Contact", "Aide")),
    "es": (("Inicio", "Noticias", "Deportes", "Cultura"), ("Privacidad", "Aviso legal", "Contacto", "Ayuda")),
    "pl": (("Start", "Wiadomości", "Sport", "Kultura"), ("Prywatność", "Regulamin", "Kontakt", "Pomoc")),
    "ru": (("Главная", "Новости", "Спорт", "Культура"), ("Конфиденциальность", "Правила", "Контакты", "Помощь")),
}  # fmt: skip


@pytest.mark.parametrize("bar", [" | ", "|", " · ", " • "])
@pytest.mark.parametrize("language", MENUS)
def test_rows_of_a_menu_above_and_below_an_article(language: str, bar: str) -> None:
    found = [line.partition("|") for line in SAMPLES[language].splitlines()]
    title = next(text for mark, _, text in found if mark == "T")
    texts = [text for mark, _, text in found if mark == "A"]
    above, below = map(bar.join, MENUS[language])
    page = read("\n\n".join((above, title, *texts, below)) + "\n")
    assert page.title == title
    assert article_text(page.body).split("\n\n") == texts


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ("Home | News | Sport | About us", True),
        ("Storm hits the coast of the island | Local | The River Post | 2024", False),
        ("Ada Lund | 3 May 2024", False),
        ("| 2019 | 12 | 7 | 5 |", False),
        ("The ferry, the pier, the quay, the town", False),
    ],
)
def test_what_a_menu_looks_like(row: str, is_one: bool) -> None:
    assert is_menu(row) is is_one
