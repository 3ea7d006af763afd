"""Sections whose ids a program has made of their headings are text, whatever the headings say."""

from __future__ import annotations

import pytest

from winnow.items import HTML, Page
from winnow.read.page import read_page

from .textpage_samples import SAMPLES, marked

FORMS = {
    "Quarto": '<section id="{0}" class="level2"><h2 class="anchored" data-anchor-id="{0}">{1}</h2>{2}</section>',
    "Pandoc": '<div id="{0}" class="section level2"><h2>{1}</h2>{2}</div>',
    "Sphinx": '<section id="{0}"><h2>{1}<a class="headerlink" href="#{0}">¶</a></h2>{2}</section>',
}
HEADINGS = [
    ["Related work", "Menu", "Outlook", "Discussion"],
    ["Social life", "Sidebar", "Sponsors", "Login"],
    ["Popular music", "Header", "Next steps", "Navigation"],
]


@pytest.mark.parametrize("headings", HEADINGS, ids=lambda headings: headings[0])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_sections_named_like_their_headings_are_kept(language: str, form: str, headings: list[str]) -> None:
    first, *texts = marked(SAMPLES[language], "A")[:5]
    sections = "".join(
        FORMS[form].format(heading.lower().replace(" ", "-"), heading, f"<p>{text}</p>")
        for heading, text in zip(headings, texts, strict=True)
    )
    main = f"<main><h1>{first[:30]}</h1><p>{first}</p>{sections}</main>"
    page = f"<html><body><nav><a href='/'>Home</a></nav>{main}<footer><a href='/p'>Privacy</a></footer></body></html>"
    article = read_page(Page("a.html", body=page.encode(), media_type=HTML)).article
    assert article
    lines = article.text.split("\n\n")
    assert [line for line in (*headings, *texts) if line not in lines] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_section_that_a_template_names_stays_apart(form: str) -> None:
    paragraphs = marked(SAMPLES["de"], "A")
    said = "".join(
        f'<div class="comment"><b>Ida</b> <time>3. Mai 2021</time><p>Schön, {n} Mal!</p></div>' for n in "345"
    )
    comments = FORMS[form].format("comments", "Comments", said)
    body = f"<main><h1>Halle</h1>{''.join(f'<p>{text}</p>' for text in paragraphs)}</main>{comments}"
    article = read_page(Page("a.html", body=f"<html><body>{body}</body></html>".encode(), media_type=HTML)).article
    assert article
    assert article.text.split("\n\n") == paragraphs
