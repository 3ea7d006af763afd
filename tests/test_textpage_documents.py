"""Files of Markdown of which nearly all is chosen keep the rest; titles that are none."""

from __future__ import annotations

import pytest

from tests.test_textpage_in_doubt import judged, texts
from tests.textpage_samples import ENGLISH, SAMPLES, marked
from winnow.read.plain import read
from winnow.read.plain.documents import keep_document

LAST = {
    "en": ("Licence", "MIT, which the harbour has never read."),
    "de": ("Lizenz", "MIT, die der Hafen nie gelesen hat."),
    "fr": ("Licence", "MIT, que le port n'a jamais lue."),
    "ru": ("Лицензия", "MIT, которую в порту никто не читал."),
}


def _document(language: str, *below: str) -> str:
    sample = SAMPLES.get(language, ENGLISH)
    paragraphs = marked(sample, "A")
    return "\n\n".join([f"# {marked(sample, 'T')[0]}", *paragraphs[:2], "## 1990", *paragraphs[2:], *below])


@pytest.mark.parametrize("language", LAST)
def test_last_section_of_a_document_is_kept_however_unlikely(language: str) -> None:
    heading, said = LAST[language]
    page = read(_document(language, f"## {heading}", said, "- 2.1", "- 2.2"))
    assert [line.text for line in page.body][-4:] == [heading, said, "2.1", "2.2"]


@pytest.mark.parametrize("language", LAST)
def test_what_is_left_out_at_length_stays_out(language: str) -> None:
    heading, said = LAST[language]
    menu = [f"Pier {number}" for number in range(60)]
    page, chosen = judged(_document(language, f"## {heading}", said, *menu), *menu)
    assert texts(page, keep_document(page, chosen)) == texts(page, chosen)
    page, chosen = judged(_document(language, f"## {heading}", said, *menu[:5]), *menu[:5])
    assert texts(page, keep_document(page, chosen))[-1] == menu[4]


@pytest.mark.parametrize(
    ("above", "language"),
    [("By Nora Quill", "en"), ("Von Jürgen Österle", "de"), ("Par Élise Moreau", "fr"), ("[Am Kai] [Am Kai]", "de")],
)
def test_byline_or_picture_is_no_title(above: str, language: str) -> None:
    sample = SAMPLES.get(language, ENGLISH)
    page = read("\n\n".join([above, *marked(sample, "T"), above, *marked(sample, "A")]))
    assert page.title == marked(sample, "T")[0]
