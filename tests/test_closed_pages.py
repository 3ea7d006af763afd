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


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("الصفحة غير موجودة", "لم نتمكن من العثور على ما كنت تبحث عنه، يرجى إخبار مالك الموقع بأن الرابط معطل."),
        ("Sayfa bulunamadı", "Aradığınız sayfayı bulamadık, bağlantının bozuk olduğunu site sahibine bildirin lütfen."),
        ("पृष्ठ नहीं मिला", "आप जो खोज रहे थे वह यहाँ नहीं है, कृपया साइट के मालिक को बताएँ कि यह कड़ी टूटी हुई है।"),
        (
            "페이지가 존재하지 않습니다",
            "찾으시는 내용이 없습니다. 링크가 끊어졌다고 사이트 주인에게 알려 주시기 바랍니다.",
        ),
    ],
)
def test_an_error_page_is_told_in_other_scripts(title: str, text: str) -> None:
    rejection = read_page(Page("a.html", body=page_of(title, text))).rejection
    assert rejection
    assert rejection.detail == f"an error page: “{title}”"


def thread_of(title: str, moments: tuple[str, ...], posts: tuple[str, ...]) -> bytes:
    said = "".join(
        f"<div class=post><div class=author>{name}, {moment}</div><div class=body><p>{post}</p></div></div>"
        for name, moment, post in zip(("hana", "oskar", "hana"), moments, posts, strict=True)
    )
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{said}</body></html>".encode()


@pytest.mark.parametrize(
    ("title", "moments", "posts"),
    [
        (
            "Sound card not found",
            ("03 Mar 2015, 10:12", "03 Mar 2015, 11:40", "04 Mar 2015, 08:05"),
            ("Since the update my sound card is gone.", "Is it switched off in the firmware?", "It was. Now it plays."),
        ),
        (
            "Fehler 404 nach dem Umzug",
            ("vor etwa 8 Jahren", "vor mehr als 7 Jahren", "vor 7 Jahren"),
            ("Seit dem Umzug fehlen alle Bilder des Ladens.", "Der Speicher wird nur beim Start geleert.", "Danke!"),
        ),
    ],
)
def test_a_thread_about_an_error_is_no_error_page(title: str, moments: tuple[str, ...], posts: tuple[str, ...]) -> None:
    article = read_page(Page("a.html", body=thread_of(title, moments, posts))).article
    assert article
    assert all(post in article.text for post in posts)


def test_an_error_page_above_new_posts_is_an_error_page() -> None:
    ways = "".join(
        f"<li>{n} March 2015 <a href=/{n}>A new wheel for the mill at Dell, part {n}</a></li>" for n in range(2, 9)
    )
    body = page_of("Page not found", "The page that you were looking for is not here.").replace(
        b"</div>", f"<ul>{ways}</ul></div>".encode()
    )
    rejection = read_page(Page("a.html", body=body)).rejection
    assert rejection
    assert rejection.detail.startswith("an error page")


SHORT = {
    "ru": ("Вход", "Ярмарка у причала", "Ярмарка начинается в десять часов утра у старого причала и длится до вечера.",
           "Будут лодки, хлеб и музыка, а дети катаются на плотах, и самый быстрый получает пирог с яблоками."),
    "pt": ("Entrar", "Feira no cais", "A feira começa às dez horas no velho cais e dura até o fim da tarde.",
           "Haverá barcos, pão e música, e as crianças remam em tinas; a mais rápida ganha uma torta de maçã."),
    "ko": ("로그인", "부두 장터", "장터는 아침 열 시에 오래된 부두에서 열리고 저녁까지 이어진다.",
           "배와 빵과 음악이 있고, 아이들은 뗏목을 타며, 가장 빠른 아이는 사과 파이를 받는다."),
}  # fmt: skip


@pytest.mark.parametrize("language", SHORT)
@pytest.mark.parametrize("space", ["", "\n" + 12 * " "])
def test_a_short_page_below_a_link_to_the_login_is_an_article(language: str, space: str) -> None:
    login, title, *told = SHORT[language]
    menu = f"<ul><li>{space}<a href='/login'>{login}</a>{space}</li></ul>"
    text = f"<main><h1>{title}</h1><div class='text'>{''.join(f'<p>{line}</p>' for line in told)}</div></main>"
    html = f"<html lang={language}><head><title>{title}</title></head><body><div>{menu}</div>{text}</body></html>"
    article = read_page(Page("a.html", body=html.encode())).article
    assert article
    assert all(line in article.text for line in told)
