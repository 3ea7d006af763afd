# ruff: noqa: E501
"""Pages about consent and privacy are articles; pages that ask for consent are none."""

from __future__ import annotations

import pytest
from trafilatura.utils import load_html

from winnow.read.html import read, why_no_article

ABOUT = {
    "en": (
        "Library stops messages after a complaint",
        [
            "The city council will vote next week on whether its library may keep sending notices by telephone, after a "
            "reader complained that nobody had asked for her consent.",
            "The privacy office of the town said on Tuesday that the library had stored the numbers of some nine "
            "thousand readers, and that half of them had never signed the form.",
            "The complaint is the third in two years about personal data in the town. In the first, the swimming pool "
            "had put names of season ticket holders on a public screen.",
            "Tracking of borrowers is forbidden by a law that was written for paper cards, long before telephones.",
        ],
    ),
    "de": (
        "Surfen ohne Spuren",
        [
            "Das System schützt, wer es benutzt. Es startet von einem Stick und speichert nichts auf dem Rechner, auch "
            "keine Cookies der Seiten, die man besucht hat, und keine Passwörter.",
            "Der Browser nimmt Cookies nur für die Sitzung an und löscht sie danach. Personenbezogene Daten lassen sich "
            "in einem verschlüsselten Bereich ablegen, der auf demselben Stick liegt.",
            "Wer den Datenschutz ernst nimmt, prüft den Stick vor jedem Start auf einem zweiten Rechner und tauscht ihn, "
            "sobald die Summen nicht mehr stimmen.",
        ],
    ),
    "es": (
        "La biblioteca deja de enviar mensajes",
        [
            "El ayuntamiento votará la semana próxima si la biblioteca puede seguir enviando avisos por teléfono, "
            "después de que una lectora se quejara de que nadie le había pedido su consentimiento.",
            "La biblioteca guardaba datos personales de unas nueve mil personas, y la mitad de ellas nunca había "
            "firmado el formulario, según dijo el martes la encargada de revisar los archivos.",
            "Un profesor calificó el caso de pequeño pero típico: las oficinas compran un programa, lo encienden todo y "
            "solo más tarde leen lo que las normas exigen sobre el consentimiento.",
        ],
    ),
}
ASKS = {
    "en": (
        "Harbour Post",
        [
            "We and our partners use cookies and similar technologies so that we can remember what you have read and "
            "show you advertisements that fit. Some of them combine what they learn here with what they know already.",
            "You can withdraw your consent at any time in the settings at the foot of each page of the paper, where all "
            "partners are listed with the purposes for which they process personal data.",
        ],
    ),
    "de": (
        "Küstenbote",
        [
            "Wir nutzen Techniken wie Cookies, Zählpixel und Fingerabdrücke, mit denen wir und unsere Partner "
            "personenbezogene Daten verarbeiten, um Anzeigen zu zeigen, die zu Ihnen passen, und um Besuche zu zählen.",
            "Sie können Ihre Einwilligung jederzeit widerrufen. Den Weg dazu finden Sie am Ende jeder Seite, wo auch alle "
            "Partner mit den Zwecken stehen, für die sie Cookies auf Ihrem Gerät ablegen.",
        ],
    ),
    "fr": (
        "Avec votre accord",
        [
            "Nous et nos partenaires utilisons des cookies ou traceurs pour stocker, consulter et traiter des données "
            "personnelles telles que votre visite sur ce site, et pour mesurer ce que lisent nos visiteurs.",
            "Vous pouvez retirer votre consentement à tout moment, ou vous opposer aux traitements, par le lien qui se "
            "trouve au bas de chaque page du journal, où sont aussi nommés tous nos partenaires.",
        ],
    ),
}


def refused(language: str, title: str, paragraphs: list[str]) -> str | None:
    """Return why a page with a title and paragraphs is no article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html lang={language}><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body>"
    tree = load_html(html)
    assert tree is not None
    return why_no_article(read(tree))


@pytest.mark.parametrize("language", ABOUT)
def test_a_text_about_consent_is_an_article(language: str) -> None:
    assert refused(language, *ABOUT[language]) is None


@pytest.mark.parametrize("language", ASKS)
def test_a_page_on_which_a_site_asks_for_consent_is_none(language: str) -> None:
    assert (refused(language, *ASKS[language]) or "").startswith("a consent page")


def test_a_long_text_whose_title_speaks_of_consent_is_an_article() -> None:
    _, paragraphs = ABOUT["en"]
    more = [
        "A professor of privacy law called the case small but typical: offices buy a program, switch everything on, and "
        "only later read what the rules on consent demand of them.",
        "The library has stopped the messages. Readers who want them back can ask at the desk, where a form for their "
        "consent lies beside the returned novels, and where nobody has asked for one in the first week.",
    ]
    assert refused("en", "Readers were never asked for consent", [*paragraphs, *more]) is None
