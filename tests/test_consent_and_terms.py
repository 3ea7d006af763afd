# ruff: noqa: E501
"""What consent platforms, cookie notices and terms of credit say is no part of an article; an article about them is."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.items import Page
from winnow.read.lines import legal_words
from winnow.read.lines.line import Line
from winnow.read.lines.views import view
from winnow.read.notices import CONSENT, CONSENT_HINTS
from winnow.read.page import read_page

from .htmlpage_samples import article_page
from .textpage_samples import SAMPLES, marked

NOTICES = {
    "de": [
        "Wir und unsere Partner verwenden auf dieser Seite Cookies, um Reichweite und Werbung zu messen und Inhalte anzupassen.",
        "Informationen auf einem Endgerät speichern und/oder abrufen",
        "Berechtigtes Interesse: 214 Anbieter dürfen diese Angaben zu den oben genannten Zwecken verarbeiten, wenn Sie nicht widersprechen.",
    ],
    "fr": [
        "Nous utilisons avec nos partenaires des cookies pour mesurer l’audience de ce site et vous montrer des annonces adaptées.",
        "Stocker et/ou accéder à des informations sur un appareil",
        "Certains de nos partenaires traitent ces renseignements au nom de leur intérêt légitime, à moins que vous ne vous y opposiez.",
    ],
    "es": [
        "Utilizamos junto con nuestros socios cookies para medir las visitas de este sitio y mostrar anuncios a su gusto.",
        "Almacenar la información en un dispositivo y/o acceder a ella",
        "Algunos socios tratan estos datos por interés legítimo, salvo que usted se oponga en la lista que sigue.",
    ],
    "pl": [
        "Wraz z partnerami używamy plików cookies, aby mierzyć ruch w tym serwisie i dopasowywać reklamy do odbiorców.",
        "Przechowywanie informacji na urządzeniu lub dostęp do nich",
        "Niektórzy partnerzy powołują się na uzasadniony interes, o ile nie zgłosisz sprzeciwu na poniższej liście.",
    ],
}
TERMS = [
    "Representative example: borrow 1,200 over 24 months at 14.9% APR representative, 24 payments of 57.61, total payable 1,382.64.",
    "Repräsentatives Beispiel: Nettodarlehensbetrag 1.200 Euro, Laufzeit 24 Monate, effektiver Jahreszins 7,90 %, Bonität vorausgesetzt.",
    "Exemple pour un achat de 1 200 euros en 24 fois, TAEG fixe 7,90 %. Un crédit vous engage et doit être remboursé.",
    "Ejemplo para 1.200 euros en 24 meses, TAE 7,90 %. Financiación sujeta a la aprobación de la entidad, que estudia cada solicitud.",
]


PURPOSES = {
    "de": [
        "Wir und unsere 214 Partner speichern Kennungen auf Ihrem Gerät und verarbeiten Angaben wie die Adresse des Anschlusses.",
        "Gewährleistung der Sicherheit, Verhinderung und Aufdeckung von Betrug und Fehlerbehebung",
        "Mit einem Klick auf „Alle annehmen“ stimmen Sie der Verwendung von Cookies zu und können das später ändern.",
    ],
    "fr": [
        "Avec nos 120 partenaires, nous stockons des identifiants sur votre appareil et y accédons pour mesurer les visites.",
        "Assurer la sécurité, prévenir et détecter la fraude et réparer les erreurs",
        "En cliquant sur « Tout accepter », vous acceptez les cookies que nous venons de décrire et leurs usages.",
    ],
    "es": [
        "Nosotros y nuestros 300 socios almacenamos identificadores en su dispositivo y accedemos a ellos en cada visita.",
        "Garantizar la seguridad, evitar y detectar fraudes, y depurar errores",
        "Al hacer clic en «Aceptar todo» usted acepta las cookies de esta lista y las que se añadan más tarde.",
    ],
}
LOGS = [
    "[12:04:11] loader: the weather widget of slot 3 was not answered in 1500 ms and has been taken out of the row",
    "Error loading widget: the harbour's feed of departures answered with 503 and will be asked again in a minute",
    "Das Video konnte nicht geladen werden. Bitte den Werbeblocker für diese Seite ausschalten und sie neu laden.",
    "Les commentaires n’ont pas pu être chargés. Merci de recharger la page ou de revenir un peu plus tard.",
    "Loading comments… If this takes longer than a minute, your browser keeps our scripts from running here.",
]


def with_foot(language: str, lines: list[str], telling: bool) -> str:
    foot = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return article_page(language, telling).replace("</body>", f"<div>{foot}</div></body>")


def text_of(source: str, name: str) -> str:
    article = read_page(Page(name, body=source.encode())).article
    return article.text if article else ""


@pytest.mark.parametrize("telling", [True, False])
@pytest.mark.parametrize("language", sorted(NOTICES))
def test_what_a_consent_platform_says_is_left_out(language: str, telling: bool) -> None:
    text = text_of(with_foot(language, NOTICES[language], telling), "a.html")
    assert not [line for line in NOTICES[language] if line in text]
    without = text_of(with_foot(language, [], telling), "a.html")
    assert [line for line in marked(SAMPLES[language], "A") if line in without and line not in text] == []


@pytest.mark.parametrize("language", sorted(NOTICES))
def test_a_notice_between_paragraphs_of_a_capture_is_left_out(language: str) -> None:
    paragraphs = marked(SAMPLES[language], "A")
    source = "\n\n".join([*paragraphs[:2], *NOTICES[language], *paragraphs[2:]])
    text = text_of(source, "a.txt")
    assert not [line for line in NOTICES[language] if line in text]


@pytest.mark.parametrize("language", sorted(PURPOSES))
def test_purposes_and_partners_of_a_platform_are_left_out(language: str) -> None:
    paragraphs = marked(SAMPLES[language], "A")
    capture = text_of("\n\n".join([*paragraphs[:2], *PURPOSES[language], *paragraphs[2:]]), "a.txt")
    page = text_of(with_foot(language, PURPOSES[language], False), "a.html")
    assert paragraphs[1] in capture
    assert not [line for line in PURPOSES[language] if line in capture or line in page]


@pytest.mark.parametrize("log", LOGS)
def test_what_widgets_say_of_themselves_is_left_out(log: str) -> None:
    paragraphs = marked(SAMPLES["de"], "A")
    capture = text_of("\n\n".join([*paragraphs[:2], log, *paragraphs[2:]]), "a.txt")
    page = text_of(with_foot("de", [log], False), "a.html")
    assert paragraphs[1] in capture
    assert log not in capture
    assert log not in page


@pytest.mark.parametrize("terms", TERMS)
def test_terms_of_credit_below_an_article_are_left_out(terms: str) -> None:
    assert terms not in text_of(with_foot("de", [terms, terms.replace("1", "2")], False), "a.html")


@pytest.mark.parametrize(
    "line",
    [
        "Shops in the old town use cookies to lure visitors in, and the cookies are baked with rye in the tower above the market each morning.",
        "The council set the effective price of the loan in March: the annual percentage rate of 4.2 was the lowest that any bank had offered it.",
        "Neither the widgets of the council's own page nor the video of the meeting could be loaded that night, which is why the minutes were printed at all.",
        "The owner and our 12 partners in the mill store the flour of the whole valley, and by clicking his tongue he calls the goat that guards the cookies.",
        "Her lawyer said that the village had a legitimate interest in the path, which four families have used since the mill was built in 1871.",
    ],
)
def test_an_article_that_speaks_of_such_things_keeps_its_paragraphs(line: str) -> None:
    source = "<html><body><h1>The path</h1>" + "".join(
        f"<p>{escape(text)}</p>"
        for text in (
            "The path above the mill has been closed since the winter, and nobody in the village knows who put up the gate or why it was done.",
            line,
            "On Sunday some sixty people walked up to the gate with lanterns, sang two songs and went home again before the rain set in.",
            "The mayor has asked for a map from the county archive, which will take three weeks to find and another week to be copied.",
        )
    )
    assert line in text_of(source + "</body></html>", "a.html")


HINTS = {getattr(legal_words, name): hints for name, hints in legal_words.HINTS.items()} | {CONSENT: CONSENT_HINTS}


@given(st.sampled_from(sorted(HINTS, key=str)).flatmap(lambda it: st.tuples(st.just(it), st.from_regex(it))))
def test_the_patterns_match_nothing_without_a_hint(matched: tuple[re.Pattern[str], str]) -> None:
    pattern, text = matched
    assert any(hint in text for hint in HINTS[pattern])


@given(
    st.sampled_from([hint for hints in legal_words.HINTS.values() for hint in hints]),
    st.text("aZ9 _.\u0301益กé", max_size=3),
    st.text("aZ9 _.\u0301益กé", max_size=3),
)
def test_a_line_with_a_hint_is_known_for_it(hint: str, before: str, after: str) -> None:
    lines = [Line("nothing of the kind"), Line(before + hint + after), Line(before + hint.title() + after)]
    assert view(lines).small_print.tolist() == [False, True, True]


RESOLVED = {
    "zh": "东海岛议会常务委员会第二十八次会议听取了渡轮局局长对《关于恢复夜间航线的议案》所作的说明，并对议案进行了审议。会议同意港口委员会提出的审查报告，决定批准恢复夜间航线，同意拨款修缮旧码头，并同意在下一次会议上听取进展情况。",
    "zh-Hant": "山谷鎮鎮民代表會上週五通過決議，同意鎮公所與鄰鎮共同興建跨河步橋，經費由兩鎮分擔。代表們也同意將舊磨坊改為圖書館，並要求施工期間保留河邊的步道，讓居民仍可通行，完工之後再對外開放參觀。",
    "ja": "島の議会は二十八日の本会議で、夜間の渡し船を再開する議案に同意した。桟橋の修繕費は来年度の予算に盛り込まれ、議長は住民の長年の願いがようやくかなうと述べた。反対した議員も工事の時期については同意の意向を示している。",
}
ASKED = {
    "zh": "继续使用本网站，即表示您同意我们使用这些文件来统计访问量、记住您的设置，并向您展示合适的内容；您也可以随时在设置中更改。",
    "zh-Hant": "點擊「繼續」即視為同意本站的使用條款與資料政策，我們會保存您的設定，用於統計瀏覽次數，您可以隨時變更這些設定。",
    "ja": "当サイトを引き続きご利用いただくことで、設定の保存や閲覧回数の計測に同意したものとみなします。設定はいつでも変更できます。",
}


@pytest.mark.parametrize("language", RESOLVED)
def test_what_a_council_agrees_to_is_no_question_of_consent(language: str) -> None:
    text = RESOLVED[language]
    source = f"<html><body><h1>A council</h1><div><p>{text}</p></div></body></html>".encode()
    article = read_page(Page("page.html", body=source, media_type="text/html")).article
    assert article is not None
    assert article.text == text
    assert not CONSENT.search(text)
    assert CONSENT.search(ASKED[language])
