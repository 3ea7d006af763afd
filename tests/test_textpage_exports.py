"""Files that programs have put something around: books of Project Gutenberg, and exports of press databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lab.samples import sentences
from winnow.items import Article, Page
from winnow.read.page import read_page

TERMS = """This ebook is for the use of anyone anywhere at no cost and with almost no restrictions whatsoever. You may
copy it, give it away or re-use it under the terms of the license included with this ebook."""
Export = Callable[[int, str, str, list[str]], str]
FIRST, SECOND, THIRD = (sentences(seed, 4) for seed in (1, 2, 3))


def _article(text: str) -> Article:
    article = read_page(Page("export.txt", body=text.encode())).article
    assert article
    return article


def _has_all(article: Article, *paragraphs: str) -> bool:
    return all(paragraph in article.text for paragraph in paragraphs)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("*** START OF THE PROJECT GUTENBERG EBOOK {} ***", "*** END OF THE PROJECT GUTENBERG EBOOK {} ***"),
        ("*** START OF THIS PROJECT GUTENBERG EBOOK {} ***", "*** END OF THIS PROJECT GUTENBERG EBOOK {} ***"),
        ("***START OF THE PROJECT GUTENBERG EBOOK {}***", "***END OF THE PROJECT GUTENBERG EBOOK {}***"),
    ],
)
def test_book_is_kept_whole_without_its_terms(start: str, end: str) -> None:
    verse = "The ferry goes out in the morning grey,\n\nAnd nobody sees it leave."
    article = _article(
        f"The Project Gutenberg eBook of The Mill\n\n{TERMS}\n\nTitle: The Mill\n       and Other Tales\n\n"
        "Author: Åse Lund\n\n"
        f"Release date: April 3, 2023 [eBook #7]\n\n{start.format('THE MILL')}\n\n\nTHE MILL\n\nI\n\n"
        + "\n\n".join([*FIRST, "II", *SECOND, "III", verse])
        + f"\n\n{end.format('THE MILL')}\n\nUpdated editions will replace the previous one.\n\n{TERMS}\n"
    )
    assert (article.title, article.author, article.date) == ("The Mill and Other Tales", "Åse Lund", None)
    assert _has_all(article, *FIRST, *SECOND, *verse.split("\n\n"))
    assert "almost no restrictions" not in article.text
    assert "Updated editions" not in article.text


def _lexis(number: int, title: str, author: str, paragraphs: list[str]) -> str:
    return (
        f"{number} of 3 DOCUMENTS\n\nThe Harbour Post\n\nApril {number}, 2023 Monday\nFinal Edition\n\n{title}\n\n"
        f"BYLINE: {author}\n\nSECTION: NEWS; Pg. 12\n\nLENGTH: 212 words\n\n"
        + "\n\n".join(paragraphs)
        + "\n\nLOAD-DATE: April 3, 2023\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n"
        "Copyright 2023 Harbour Post Company\nAll Rights Reserved\n\n"
    )


def _nexis(_: int, title: str, author: str, paragraphs: list[str]) -> str:
    return (
        f"{title}\n\nThe Harbour Post\n\nApril 1, 2023 Monday\n\n"
        "Copyright 2023 Harbour Post Company All Rights Reserved\n\n"
        f"Section: NEWS; Pg. 12\n\nLength: 212 words\n\nByline: {author}\n\nBody\n\n"
        + "\n\n".join(paragraphs)
        + "\n\nLoad-Date: April 3, 2023\n\nEnd of Document\n\n"
    )


def _factiva(number: int, title: str, author: str, paragraphs: list[str]) -> str:
    return (
        f"{title}\n\nBy {author}\n212 words\n{number} April 2023\nThe Harbour Post\nHARBPO\nEnglish\n"
        "Copyright 2023. Harbour Post Company. All Rights Reserved.\n\n"
        + "\n\n".join(paragraphs)
        + f"\n\nDocument HARBPO0020230403ej430000{number}\n\n"
    )


EXPORTS = pytest.mark.parametrize("export", [_lexis, _nexis, _factiva])
UNWANTED = ("LENGTH:", "Length:", "Load-Date", "LOAD-DATE", "Document", "DOCUMENTS", "Rights Reserved", "HARBPO")


@EXPORTS
def test_article_of_a_press_database_is_read_without_what_the_database_adds(export: Export) -> None:
    article = _article(export(1, "Mill race closed for good", "Åse Lund", FIRST))
    assert (article.title, article.author, article.date) == ("Mill race closed for good", "Åse Lund", "2023-04-01")
    assert _has_all(article, *FIRST)
    assert article.note is None
    assert not any(map(article.text.__contains__, UNWANTED))


@EXPORTS
def test_several_articles_of_an_export_are_all_kept_and_the_note_says_so(export: Export) -> None:
    titles = ["Mill race closed for good", "A new ferry for the harbour", "Who paints the old market"]
    texts = [FIRST, SECOND, THIRD]
    made = [export(i + 1, title, "Åse Lund", text) for i, (title, text) in enumerate(zip(titles, texts, strict=True))]
    article = _article("".join(made))
    assert (article.title, article.date) == (titles[0], "2023-04-01")
    assert _has_all(article, *FIRST, *titles[1:], *SECOND, *THIRD)
    assert (article.note or "").startswith("the file holds 3 articles")
    assert not any(map(article.text.__contains__, UNWANTED))


@pytest.mark.parametrize(
    "row", ["Document 7 shows the mill", "End of Document reached", "1 of 3 ferries", "Dokument Mühle"]
)
def test_rows_of_a_text_are_no_ends_of_articles(row: str) -> None:
    article = _article("\n\n".join(["Mill race closed for good", *FIRST, f"{row}.", *SECOND]))
    assert article.note is None
    assert _has_all(article, *FIRST, *SECOND)


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("Author: Åse Lund\n        Bo Niemi", "Åse Lund; Bo Niemi"),
        ("Author: Åse Lund\r\n        Bo Niemi\r\n        Cid Holt", "Åse Lund; Bo Niemi; Cid Holt"),
        ("Author: Åse Lund\n\nAuthor: Bo Niemi\n\nEditor: Cid Holt", "Åse Lund; Bo Niemi"),
    ],
)
def test_book_has_all_its_authors(stated: str, author: str) -> None:
    article = _article(
        f"The Project Gutenberg eBook of The Mill\n\nTitle: The Mill\n\n{stated}\n\nLanguage: English\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK THE MILL ***\n\nTHE MILL\n\n" + "\n\n".join([*FIRST, *SECOND])
    )
    assert (article.title, article.author) == ("The Mill", author)


LAW = "Copyright law will hardly help the owners of the old mill, said their lawyer on Monday."


@EXPORTS
@pytest.mark.parametrize("paragraph", [LAW, "Language: one of the finest of the valley was spoken here, he said."])
def test_paragraph_that_begins_like_a_row_stays(export: Export, paragraph: str) -> None:
    text = [*FIRST[:2], paragraph, *FIRST[2:]]
    article = _article(export(1, "Mill race closed for good", "Åse Lund", text))
    assert _has_all(article, *text)
    assert not any(map(article.text.__contains__, UNWANTED))


def test_text_above_a_row_that_counts_documents_is_kept() -> None:
    viewer = (
        "Document 1 of 2\n\n"
        + "Pages of the report about the mill race as the council has them, to be turned here\n" * 3
    )
    article = _article("\n\n".join(["Mill race closed for good", *FIRST, viewer]))
    assert article.title == "Mill race closed for good"
    assert _has_all(article, *FIRST)


def test_text_below_the_last_article_of_an_export_is_kept() -> None:
    article = _article(_factiva(1, "Mill race closed for good", "Åse Lund", FIRST) + "\n\n".join(SECOND))
    assert _has_all(article, *FIRST, *SECOND)


def test_manual_goes_on_below_its_end() -> None:
    article = _article("\n\n".join(["The Mill", *FIRST, "End of Document", "Appendix A", *SECOND]))
    assert article.note is None
    assert _has_all(article, *FIRST, *SECOND)
