"""The language that an article is stored with: of every text of twenty words, whatever the page states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language_samples import SAMPLES
from tests.textpage_samples import SAMPLES as ARTICLES
from winnow.items import HTML, Page
from winnow.read.page import read_page
from winnow.read.words import identify
from winnow.read.words.identify import settled_language


@pytest.mark.parametrize("code", SAMPLES)
def test_the_language_of_twenty_words_is_told(code: str) -> None:
    assert settled_language(SAMPLES[code]) == code


@pytest.mark.parametrize("code", SAMPLES)
@pytest.mark.parametrize("stated", ["en", "de", "ru", "fr", "it", "pl"])
def test_a_text_contradicts_the_language_of_its_template(code: str, stated: str) -> None:
    assert settled_language(f"{SAMPLES[code]}\n" * 3, stated) == code


@pytest.mark.parametrize(
    ("code", "stated", "told"),
    [
        ("hr", "bs", "bs"),
        ("sr", "hr", "hr"),
        ("ms", "id", "id"),
        ("da", "nb", "da"),
        ("nl", "af", "nl"),
        ("no", "nb", "no"),
        ("no", "nn", "no"),
        ("he", "iw", "he"),
    ],
)
def test_kindred_languages_and_codes(code: str, stated: str, told: str) -> None:
    assert settled_language(f"{SAMPLES[code]}\n" * 3, stated) == told


@pytest.mark.parametrize("stated", ["fi", "en", None])
@pytest.mark.parametrize(
    "text",
    [
        "Ferry 12:40 Platform 3 Gate B",
        "Ida Verlane\nTomas Quist\nRuth Okonjo\nMarek Dolny\nSofia Bell\n" * 5,
        "12.40 3.15 B 7 12.55 4.10 C 9 13.05 5.20 D 11\n" * 4,
        "",
    ],
)
def test_what_is_no_running_text_has_the_stated_language_or_none(text: str, stated: str | None) -> None:
    assert settled_language(text, stated) == stated


def test_the_model_is_not_loaded_for_a_text_that_speaks_as_the_page_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every worker would load a model of its own, which takes time and memory."""
    offer = (
        "The ferry tickets, bicycle hire, hotel rooms, museum passes, guided walks and harbour tours of Verlane. " * 3
    )
    monkeypatch.setattr(identify, "_identifier", lambda: pytest.fail("the model was loaded"))
    assert settled_language(offer, "en") == "en"


def test_a_few_words_do_not_contradict_the_page() -> None:
    assert settled_language("Der Kai ist leer, und keiner weiß, wann die Fähre kommt.", "en") == "en"


@pytest.mark.parametrize("code", ARTICLES)
def test_an_article_is_stored_with_the_language_of_its_text(code: str) -> None:
    lines = [line[2:] for line in ARTICLES[code].splitlines() if line.startswith("A|")]
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f'<html lang="en-GB"><head><title>{lines[0]}</title></head><body><article>{body}</article></body></html>'
    article = read_page(Page("a.html", body=page.encode(), media_type=HTML)).article
    assert article
    assert article.language == code


@given(st.text(max_size=300), st.sampled_from([None, "en", "nb", "xx"]))
def test_any_text_has_a_code_or_none(text: str, stated: str | None) -> None:
    told = settled_language(text, stated)
    assert told is None or 2 <= len(told) <= 3
