"""Captures that hold no article are told from those that do, in six languages."""

from __future__ import annotations

import pytest
from lxml import html

from winnow.read.plain import TextPage, read, why_no_article

from .htmlpage_samples import SITES, consent_page, error_page, index_page, search_page
from .textpage_samples import SAMPLES, marked, plain


def captured(source: str) -> TextPage:
    """Read a page as its HTML would be saved as text: each block in a line of its own."""
    blocks = html.fromstring(source).iter("li", "h1", "h2", "h3", "p", "span", "button")
    return read("\n\n".join(text for block in blocks if (text := block.text_content().strip())))


@pytest.mark.parametrize("language", sorted(SITES))
@pytest.mark.parametrize("layout", ["cards", "rows", "posts"])
def test_rejects_lists_of_teasers(language: str, layout: str) -> None:
    assert why_no_article(captured(index_page(language, layout))) is not None


@pytest.mark.parametrize("language", sorted(SITES))
def test_names_search_results_errors_and_consent_pages(language: str) -> None:
    assert (why_no_article(captured(search_page(language))) or "").startswith("search results")
    assert (why_no_article(captured(error_page(language))) or "").startswith("an error page")
    assert (why_no_article(captured(consent_page(language))) or "").startswith("a consent page")


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_takes_articles_with_and_without_what_stands_beside_them(language: str) -> None:
    sample = SAMPLES[language]
    assert why_no_article(read(plain(sample))) is None
    assert why_no_article(read("\n\n".join([*marked(sample, "T"), *marked(sample, "A")]))) is None


def test_an_article_about_errors_is_an_article() -> None:
    text = "404 not found\n\n" + "\n\n".join(
        f"In chapter {k} we look at how a server says that a page was not found, why visitors dislike it, and what a "
        "good page of that sort should offer them instead of a dead end and an apology."
        for k in range(4)
    )
    assert why_no_article(read(text)) is None


def test_a_page_without_lines_is_no_article() -> None:
    assert why_no_article(read("")) is not None


def test_a_long_page_with_an_error_in_a_form_is_no_error_page() -> None:
    steps = (f"Step {k}\n\nFold the {k} sheets twice, press them flat, and leave them under a heavy book until the "
             "glue along the spine has dried and does not give any more." for k in range(1, 12))  # fmt: skip
    text = "\n\n".join(["How to bind a notebook", *steps, "Something went wrong while submitting the form."])
    assert "error" not in (why_no_article(read(text)) or "")
