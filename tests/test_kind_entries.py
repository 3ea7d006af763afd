"""Lists of articles are told by their entries, whether these have days or not; a short article lists nothing."""

from __future__ import annotations

import pytest

from tests.test_kind import TEASERS, kind_of, page, script
from winnow.items import Kind

LISTS = {
    "headings": "<article><h2><a href='/p/{n}'>{title} {n}</a></h2><p>{text} ({n})</p></article>",
    "linked headings": "<div class='item'><a href='/p/{n}'><h3>{title} {n}</h3></a><p>{text} ({n})</p></div>",
    "flat": "<h2><a href='/p/{n}'>{title} {n}</a></h2><p>{text} ({n})</p>",
    "boxes": "<div class='teaser'><div><a href='/p/{n}'>{title} {n}</a></div><div><p>{text} ({n})</p></div></div>",
}
ABOUT = {
    "en": "The old pump stood in the shed for forty years before anybody looked at it, and nobody knew who left it.",
    "de": "Die alte Pumpe stand vierzig Jahre im Schuppen, bevor jemand sie ansah, und niemand wusste, wem sie gehört.",
    "ru": "Старый насос сорок лет простоял в сарае, прежде чем его заметили, и никто не знал, кто его там оставил.",
}
NAMES = ("News", "Sport", "About us", "Contact")
MENU = (
    "<header><a href='/'>Harbour News</a>"
    f"<nav><ul>{''.join(f'<li><a href=/{name}>{name}</a></li>' for name in NAMES)}</ul></nav></header>"
)
LATEST = (
    "<aside><h3>Latest</h3><ul><li><a href='/a'>The ferry stays in the harbour until May</a></li>"
    "<li><a href='/b'>A new roof for the old rope walk</a></li>"
    "<li><a href='/c'>Council votes for lamps on the mole</a></li></ul></aside>"
    "<footer><p>© 2024 Harbour News. All rights reserved.</p>"
    "<p><a href='/privacy'>Privacy</a> <a href='/imprint'>Imprint</a></p></footer>"
)
NOTE = (
    "<main><article class='post'><header class='entry-header'><h1 class='entry-title'>{title}</h1>"
    "<div class='entry-meta'><time datetime='2024-03-03'>2024-03-03</time> <span class='author'>Ada Lund</span></div>"
    "</header><div class='entry-content'><p>{text}</p><p>{about}</p></div></article></main>"
)
POOL = (
    "The swimming pool at Dunmore stays closed until Friday. A pump has failed, and the part that is needed comes on"
    " Monday from Leeds."
)
NOTES = {
    "en": ("Pool stays closed", POOL),
    "en, longer": (
        "Pool stays closed",
        f"{POOL}</p><p>Season tickets are valid for two more weeks. Courses begin again on 12 March, as the town"
        " council announced on Thursday.",
    ),
    "fr": (
        "La piscine reste fermée",
        "La piscine de Dunmore reste fermée jusqu'à vendredi. Une pompe est tombée en panne, et la pièce qui manque"
        " arrive lundi de Lyon.</p><p>Les abonnements sont prolongés de deux semaines. Les cours reprennent le 12 mars,"
        " a annoncé la mairie jeudi.",
    ),
}


def entries(layout: str, language: str, count: int, address: str = "/p/") -> str:
    title, text = TEASERS[language]
    entry = LISTS[layout].replace("/p/", address)
    return "".join(entry.format(n=n, title=title, text=f"{text} {ABOUT[language]}") for n in range(count))


@pytest.mark.parametrize("language", TEASERS)
@pytest.mark.parametrize("layout", LISTS)
def test_entries_that_links_head_are_a_list_without_days(layout: str, language: str) -> None:
    assert kind_of(page(f"{MENU}<main>{entries(layout, language, 6)}</main>")) is Kind.LISTING


@pytest.mark.parametrize("language", TEASERS)
@pytest.mark.parametrize("layout", LISTS)
def test_titles_that_lead_to_many_sites_are_those_of_a_text(layout: str, language: str) -> None:
    notes = "".join(entries(layout, language, 1, f"https://site{n}.example/") for n in range(6))
    text = NOTE.format(title=TEASERS[language][0], text=f"{ABOUT[language]} {ABOUT[language]}", about=notes)
    assert kind_of(page(text, script('{"@type": "BlogPosting"}'))) is Kind.ARTICLE


@pytest.mark.parametrize("language", TEASERS)
@pytest.mark.parametrize("layout", LISTS)
def test_teasers_below_an_article_make_no_list_of_it(layout: str, language: str) -> None:
    text = f"<h1>{TEASERS[language][0]}</h1>" + f"<p>{ABOUT[language]} {ABOUT[language]}</p>" * 8
    assert kind_of(page(f"{MENU}<main>{text}{entries(layout, language, 4)}</main>")) is Kind.ARTICLE


@pytest.mark.parametrize("language", TEASERS)
@pytest.mark.parametrize("layout", LISTS)
def test_a_text_that_speaks_of_pages_of_its_own_site_begins_with_a_paragraph(layout: str, language: str) -> None:
    text = NOTE.format(title=TEASERS[language][0], text=ABOUT[language], about=entries(layout, language, 6))
    assert kind_of(page(text, script('{"@type": "BlogPosting"}'))) is Kind.ARTICLE


@pytest.mark.parametrize("note", NOTES)
def test_a_short_article_beside_links_to_others_is_no_list(note: str) -> None:
    title, text = NOTES[note]
    html = page(MENU + NOTE.format(title=title, text=text, about="") + LATEST)
    assert kind_of(html.replace("Of boats", f"{title} – Harbour News")) is Kind.ARTICLE


SETTINGS = {
    "en": (
        "The server reads its settings from a file when it starts, and again when it receives the signal for it.",
        "Each setting has a default, so that an empty file is a valid one, and unknown names are reported in the log.",
        "Values are strings, numbers or lists; a list is written in brackets, with commas between its members.",
    ),
    "fr": (
        "Le serveur lit ses paramètres dans un fichier au démarrage, puis de nouveau lorsqu'il reçoit le signal prévu.",
        "Chaque paramètre a une valeur par défaut, et les noms inconnus sont notés dans le journal.",
        "Les valeurs sont des chaînes, des nombres ou des listes ; une liste s'écrit entre crochets.",
    ),
    "es": (
        "El servidor lee sus ajustes de un archivo al arrancar, y otra vez cuando recibe la señal prevista.",
        "Cada ajuste tiene un valor por defecto, y los nombres desconocidos se anotan en el registro.",
        "Los valores son cadenas, números o listas; una lista se escribe entre corchetes.",
    ),
}


@pytest.mark.parametrize("language", SETTINGS)
def test_a_page_of_a_manual_may_be_plain_text(language: str) -> None:
    names = ("Installation", "Getting started", "Configuration", "Command line", "API reference", "Plugins", "Glossary")
    contents = "".join(f"<li><a href='{name.lower().replace(' ', '-')}.html'>{name}</a></li>" for name in names)
    text = "".join(f"<p>{each}</p>" for each in SETTINGS[language])
    body = (
        f"<div class='sidebar'><div class='toctree'><ul>{contents}</ul></div></div>"
        f"<div class='document'><div class='body'><h1>Configuration</h1>{text}</div></div>"
        "<div class='footer'><a href='installation.html'>Previous</a> <a href='plugins.html'>Next</a></div>"
    )
    whole = f"<html><head><title>Configuration — gribble 2.1 documentation</title></head><body>{body}</body></html>"
    assert kind_of(whole) is Kind.DOCUMENTATION
