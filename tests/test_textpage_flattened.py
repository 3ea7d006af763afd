"""Captures of a page as one row, as programs write them that make all white space one: `" ".join(text.split())`."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.textpage_samples import ENGLISH, SAMPLES, marked, plain
from winnow.items import Page
from winnow.read.lines.flattened import is_flat, parted
from winnow.read.lines.line import split_lines
from winnow.read.page import read_page
from winnow.read.plain import article_text, read

MENU = "Harbour Gazette News Sport Weather Travel Culture Obituaries Sign In Subscribe Now"
FOOTER = "About Us Contact Advertise With Us Privacy Policy Terms of Use © 2024 Harbour Gazette All Rights Reserved"


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("sample", [ENGLISH, *SAMPLES.values()], ids=["en", *SAMPLES])
def test_hardly_a_sentence_of_a_page_in_one_row_is_lost(sample: str) -> None:
    text = "".join(article_text(read(flat(plain(sample))).body).split())
    lost = ["".join(paragraph.split()) not in text for paragraph in marked(sample, "A")]
    assert sum(lost) <= 1  # the appeal below goes with the last sentence


@pytest.mark.parametrize("sample", [ENGLISH, SAMPLES["ru"], SAMPLES["zh"]], ids=["en", "ru", "zh"])
def test_furniture_of_a_page_in_one_row_is_left_out(sample: str) -> None:
    text, whole = article_text(read(flat(plain(sample))).body), flat(plain(sample))
    assert whole[:20] not in text
    assert whole[-20:] not in text


def test_menu_and_footer_of_a_page_in_one_row_are_no_article() -> None:
    title, paragraphs = "The ferry that would not sink", marked(ENGLISH, "A")
    head = f"{title} - Harbour Gazette {MENU} {title} By Nora Quill Published: April 3, 2023"
    article = read_page(Page("x.txt", body=f"{head} {' '.join(paragraphs)} {FOOTER}".encode())).article
    assert article is not None
    assert article.text == " ".join(paragraphs)
    assert (article.title, article.author, str(article.date)) == (title, "Nora Quill", "2023-04-03")


@pytest.mark.parametrize("sample", [ENGLISH, *SAMPLES.values()], ids=["en", *SAMPLES])
def test_a_text_in_one_row_stays_whole(sample: str) -> None:
    text = flat(" ".join(marked(sample, "A")))
    page = read(text)
    assert "".join(article_text(page.body).split()) == "".join(text.split())
    assert page.title is None


def test_no_space_stands_between_chinese_sentences() -> None:
    text = "".join(marked(SAMPLES["zh"], "A"))
    assert article_text(read(text * 2).body) == text * 2


def test_the_title_in_a_row_of_its_own_stays_the_title() -> None:
    body = " ".join(marked(ENGLISH, "A"))
    page = read(f"The ferry that would not sink\n\n{body}")
    assert page.title == "The ferry that would not sink"
    assert article_text(page.body) == body


def test_rows_of_usual_length_are_not_parted() -> None:
    assert not any(line.flows for line in split_lines(plain(ENGLISH)))


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ("It was cold there. Nobody stayed.", ["It was cold there. Nobody stayed."]),
        ("Home | News | He left the town in May.", ["Home", "|", "News", "|", "He left the town in May."]),
        (f"{MENU} The boat goes on as it always did.", [MENU, "The boat goes on as it always did."]),
        ("Posted on 3 April 2023 Nobody knew it.", ["Posted on 3 April 2023", "Nobody knew it."]),
        ("Nobody knew on 3 April 2023 what came.", ["Nobody knew on 3 April 2023 what came."]),
        ("By Nora Quill The boat goes on.", ["By Nora Quill", "The boat goes on."]),
        ("Am 3. Mai fuhr sie. Dann kam Dr. Lund an Bord.", ["Am 3. Mai fuhr sie. Dann kam Dr. Lund an Bord."]),
        ("首页 新闻 体育 船在冬天也开。", ["首页", "新闻", "体育", "船在冬天也开。"]),
    ],
)
def test_rows_are_parted_where_furniture_shows(row: str, parts: list[str]) -> None:
    assert [text for text, _ in parted(row)] == parts


def test_sentences_that_are_glued_are_parted() -> None:
    sentences = ["The boat left the harbour.", "Nobody waved at it.", "It came back in the evening."] * 3
    assert flat(" ".join(text for text, _ in parted("".join(sentences)))) == " ".join(sentences)


def test_names_in_a_sentence_part_it_but_are_not_lost() -> None:
    told = (
        "She worked for the Harbour Board of the Northern Coast and Islands of Saltmere and Gullcross until it closed."
    )
    body = marked(ENGLISH, "A")
    row = flat(" ".join([MENU, *body[:2], told, *body[2:], FOOTER]))
    assert told in article_text(read(row).body)


def test_parts_begin_where_others_end() -> None:
    row = flat(plain(ENGLISH))
    assert flat(" ".join(text for text, _ in parted(row))) == row
    assert all(cut for _, (_, cut) in pairwise(parted(row)))


def test_a_text_that_says_the_same_over_and_over_stays_whole() -> None:
    told = "The keeper of the lamp wrote down what he saw. " * 40
    assert parted(told.strip()) == [(told.strip(), 0)]
    assert len(article_text(read(f"Of lamps\n\n{told}").body)) >= len(told) - 1


def test_a_capture_of_many_long_paragraphs_is_none_whose_line_ends_were_lost() -> None:
    paragraphs = [
        f"In year {year}, nobody on the coast had seen such a thing before. {'It went on. ' * 90}" for year in range(6)
    ]
    assert not is_flat(paragraphs)
    assert is_flat(paragraphs[:1])
