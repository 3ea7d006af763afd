"""Login pages and paywalls are told apart; running text that is there is never missed."""

from __future__ import annotations

import pytest

from winnow.items import Page
from winnow.read.page import read_page

from .textpage_samples import SAMPLES, marked


def page_of(title: str, *lines: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title></head><body><div><h1>{title}</h1>{body}</div></body></html>".encode()


@pytest.mark.parametrize(
    ("reason", "title", "line"),
    [
        ("a login page", "Sign in", "Enter your e-mail address and the password."),
        ("a login page", "Anmelden", "Bitte melden Sie sich mit Ihrem Namen und Kennwort an."),
        ("a login page", "Iniciar sesión", "Escriba su correo y su clave."),
        ("a login page", "Вход", "Введите имя и пароль."),
        ("a paywall", "The mill", "Subscribe to continue reading."),
        ("a paywall", "Die Mühle", "Dieser Artikel ist nur für Abonnenten."),
        ("a paywall", "Le moulin", "Cet article est réservé aux abonnés."),
        ("a paywall", "Młyn", "Ten tekst jest dostępny tylko dla prenumeratorów."),
    ],
)
def test_a_page_that_is_closed_says_how(reason: str, title: str, line: str) -> None:
    rejection = read_page(Page("a.html", body=page_of(title, line))).rejection
    assert rejection
    assert rejection.detail.startswith(f"{reason}: ")


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_an_article_below_such_a_line_is_an_article(language: str) -> None:
    lines = marked(SAMPLES[language], "A")
    assert read_page(Page("a.html", body=page_of("Sign in", "Subscribe to continue reading.", *lines))).article


@pytest.mark.parametrize(
    "title", ["The mill\n  404: page not found", "Die Mühle\r\nSeite nicht gefunden", "Le moulin\n\nPage introuvable"]
)
def test_a_title_of_several_lines_is_quoted_in_one(title: str) -> None:
    rejection = read_page(Page("a.html", body=page_of(title, "The miller ground that page long ago."))).rejection
    assert rejection
    assert rejection.detail == f"an error page: “{' '.join(title.split())}”"
