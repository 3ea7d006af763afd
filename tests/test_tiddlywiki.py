"""A file of TiddlyWiki has many notes in a store, which its script shows: why it has no article is said."""

from __future__ import annotations

import pytest

from winnow.items import Page
from winnow.read.page import read_page

NOTES = {
    "en": ("On lamps", "The lamp on the mole has burned every night since the winter of the great flood."),
    "de": ("Von Lampen", "Die Lampe auf der Mole brennt jede Nacht seit dem Winter der großen Flut."),
    "ru": ("О фонарях", "Фонарь на молу горит каждую ночь с зимы большого наводнения."),
}
STORES = {
    "data": '<script class="tiddlywiki-tiddler-store" type="application/json">[{}]</script><div id="storeArea"></div>',
    "boxes": '<div id="storeArea" style="display:none;">{}</div>',
    "boxes in a body of scripts": '<noscript>Please enable JavaScript</noscript><div id="storeArea">{}</div>',
}


@pytest.mark.parametrize("language", NOTES)
@pytest.mark.parametrize("store", STORES)
def test_a_store_that_is_not_read_is_told_of(store: str, language: str) -> None:
    title, text = NOTES[language]
    note = f'{{"title": "{title}", "text": "{text}"}}' if store == "data" else f'<div title="{title}"><pre></pre></div>'
    html = f"<html lang={language}><head><title>Notes</title></head><body>{STORES[store].format(note)}</body></html>"
    read = read_page(Page("notes.html", body=html.encode()))
    assert read.rejection is not None
    assert "TiddlyWiki" in read.rejection.detail
    plain = read_page(Page("plain.html", body=html.replace("storeArea", "area").replace("tiddlywiki", "x").encode()))
    assert plain.rejection is not None
    assert "TiddlyWiki" not in plain.rejection.detail
