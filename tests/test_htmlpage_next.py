"""What follows below or goes on: articles loaded below a page's own, and lines that say where the text goes on."""

from __future__ import annotations

import pytest

from lab.samples import sentences
from winnow.items import HTML, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract

TITLES = ["The harbour keeps its lamp", "Nobody has counted the boats", "A winter without a ferry"]
STORIES = [sentences(seed) for seed in range(3)]


def paragraphs(number: int) -> str:
    return "".join(f"<p>{text}</p>" for text in STORIES[number])


def text_of(body: str, title: str = TITLES[0]) -> str:
    found = extract(Decoded(f"<html><head><title>{title}</title></head><body>{body}</body></html>", HTML, "utf-8"))
    assert isinstance(found, Article)
    return found.text


ARTICLE = "<article class='{}' id='story-{}'><header><h{}>{}</h{}>{}</header><div>{}</div></article>"


@pytest.mark.parametrize(
    "signed", ["<p>2 March 2024</p>", "<p class='byline'>Von Ada Lund</p>", "<p>publié le 2 mars 2024</p>"]
)
@pytest.mark.parametrize("between", ["", "<aside><p>Read on</p></aside>", "<div class='ad'></div>"])
@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("wrapped", ["{}", "<main><div class='river'>{}</div></main>", "<h1>Latest</h1><div>{}</div>"])
def test_articles_below_the_pages_own_are_no_part_of_it(signed: str, between: str, level: int, wrapped: str) -> None:
    articles = (
        ARTICLE.format(
            "story first" if number == 0 else "story", number, level, title, level, signed, paragraphs(number)
        )
        for number, title in enumerate(TITLES)
    )
    text = text_of(wrapped.format(between.join(articles)))
    assert text.split() == " ".join(STORIES[0]).split()


@pytest.mark.parametrize(
    "page",
    [
        # an item of a list, a post of a log, chapters without a day or a name
        "<article><h1>{title}</h1>{own}<article><h2>One more</h2>{more}</article></article>",
        "<article><h1>{title}</h1>{own}</article><article><h2>14:05</h2>{more}</article>",
        "<h1>{title}</h1><article><h2>First part</h2>{own}</article><article><h2>Second part</h2>{more}</article>",
        "<article><h2>{title}</h2><p>2 March 2024</p></article><article><h2>The report</h2>{own}{more}</article>",
        "<article><h2>{title}</h2>{own}</article><article><h2>Second part</h2>{more}</article>",
        "<section><h1>{title}</h1>{own}</section><section><h1>Second part</h1>{more}</section>",
    ],
)
def test_parts_of_one_article_stay(page: str) -> None:
    text = text_of(page.format(title=TITLES[0], own=paragraphs(0), more=paragraphs(1)))
    for story in STORIES[:2]:
        assert all(" ".join(each.split()) in " ".join(text.split()) for each in story)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement - story continues below",
        "Article continues below advertisement",
        "Der Artikel wird nach der Werbung fortgesetzt.",
        "La suite après la publicité",
        "Continúa leyendo la historia principal",
        "L’articolo continua dopo la pubblicità",
        "Tekst loopt door onder de foto",
        "Artikeln fortsätter under annonsen",
        "Dalszy ciąg artykułu pod materiałem wideo",
        "Продолжение после рекламы",
    ],
)
@pytest.mark.parametrize("tag", ["p", "div", "em"])
def test_line_that_says_that_the_text_goes_on_below_an_advertisement_goes(line: str, tag: str) -> None:
    own = STORIES[0]
    body = "".join(f"<p>{text}</p><{tag}>{line}</{tag}>" for text in own)
    assert text_of(f"<article><h1>{TITLES[0]}</h1>{body}</article>").split() == " ".join(own).split()


@pytest.mark.parametrize(
    "line",
    [
        "The story continues below the quay, where the pumps have run since March.",
        "Advertisements for the ferry have hung on the quay since March.",
        "Der Artikel beschreibt, wie die Fähre nach der Werbung voll war.",
        "La suite du procès est attendue pour le mois de mars.",
    ],
)
def test_sentence_with_such_words_stays(line: str) -> None:
    own = STORIES[0]
    body = "".join(f"<p>{text}</p>" for text in [*own[:5], line, *own[5:]])
    assert line in text_of(f"<article><h1>{TITLES[0]}</h1>{body}</article>")
