"""A page of a manual that is mostly links with notes: what stands beside them belongs to the page."""

from __future__ import annotations

import pytest

from winnow.items import HTML, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract

TEXTS = {
    "en": (
        "Notes of the week",
        "A short week, because of the holiday, and a wet one.",
        ("A map of the harbour", "drawn from memory by forty people who had lived there for at least a decade"),
        ("How the lamp was sold", "with the original leaflets of the company that had built all of the others"),
        ("The border of rope", "for six weeks two villages in the hills were divided by a length of garden rope"),
        ("Finished the book about salt. The middle third sags, but it is as good as anything I have read this year.",
         "The import finally runs. What helped was dull: read each file once instead of three times."),
    ),
    "de": (
        "Notizen der Woche",
        "Eine kurze Woche wegen des Feiertags, und eine nasse.",
        ("Eine Karte des Hafens", "aus dem Gedächtnis gezeichnet von vierzig Leuten, die dort zehn Jahre gelebt haben"),
        ("Wie die Lampe verkauft wurde", "mit den alten Faltblättern der Firma, die auch alle anderen gebaut hat"),
        ("Die Grenze aus Seil", "sechs Wochen lang trennte ein Gartenseil zwei Dörfer in den Hügeln voneinander"),
        ("Das Buch über das Salz ist gelesen. Das mittlere Drittel hängt durch, sonst ist es das beste des Jahres.",
         "Der Import läuft endlich. Geholfen hat etwas Langweiliges: jede Datei nur einmal lesen."),
    ),
    "fr": (
        "Notes de la semaine",
        "Une semaine courte, à cause du jour férié, et pluvieuse.",
        ("Un plan du port", "dessiné de mémoire par quarante personnes qui y avaient vécu au moins dix ans"),
        ("Comment la lampe fut vendue", "avec les dépliants de la société qui avait construit toutes les autres"),
        ("La frontière de corde", "pendant six semaines une corde de jardin sépara deux villages dans les collines"),
        ("J'ai fini le livre sur le sel. Le tiers du milieu traîne, mais c'est le meilleur de cette année.",
         "L'import tourne enfin. Ce qui a aidé est ennuyeux : lire chaque fichier une seule fois."),
    ),
}  # fmt: skip
LAYOUTS = {
    "sections": "<section><h1>{head}</h1><p>{lead}</p><section><h2>Links</h2><ul>{links}</ul></section>"
    "<section><h2>A</h2><p>{one}</p></section><section><h2>B</h2><p>{two}</p></section></section>",
    "boxes": "<div class='body'><div class='section'><h1>{head}</h1><p>{lead}</p><div class='section'><h2>Links</h2>"
    "<ul>{links}</ul></div><div class='section'><h2>A</h2><p>{one}</p></div><div class='section'><h2>B</h2><p>{two}</p>"
    "</div></div></div>",
    "flat": "<div role='main'><h1>{head}</h1><p>{lead}</p><h2>Links</h2><ul>{links}</ul><h2>A</h2><p>{one}</p>"
    "<h2>B</h2><p>{two}</p></div>",
}
ITEM = "<li><p><a class='reference external' href='https://x{n}.example/'>{title}</a>, {note}.</p></li>"


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_stands_beside_links_with_notes_is_kept(layout: str, language: str) -> None:
    head, lead, *notes, (one, two) = TEXTS[language]
    links = "".join(ITEM.format(n=n, title=title, note=note) for n, (title, note) in enumerate(notes))
    body = LAYOUTS[layout].format(head=head, lead=lead, links=links, one=one, two=two)
    menu = "<div class='sidebar' role='navigation'><ul><li><a href='a.html'>Links</a></li></ul></div>"
    html = f"<html lang={language}><head><title>{head}</title><meta name=generator content='Sphinx 8'></head><body>"
    found = extract(Decoded(f"{html}{body}{menu}</body></html>", HTML, "utf-8"))
    assert isinstance(found, Article)
    assert [text for text in (lead, one, two, *(note for _, note in notes)) if text not in found.text] == []
