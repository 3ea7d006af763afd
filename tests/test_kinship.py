"""What a site shows at two addresses: several articles with much in common, or one article twice."""

from __future__ import annotations

import pytest

from tests.memory_index import MemoryIndex, window, words

LEADS = [words(40, seed) for seed in (1, 2, 3)]
TITLES = ["Bakers open their ovens", "Пекарни открывают двери", "市長は橋を再建する", "منزل جديد للمكتبة"]
SITE = "https://gazette.example/news/"


def read_of_site(texts: list[str], titles: list[str], addresses: list[str]) -> MemoryIndex:
    """Return an index that has read these pages, in this order."""
    index = MemoryIndex()
    for text, title, address in zip(texts, titles, addresses, strict=True):
        index.read(text, title=title, url=address)
    return index


def articles(index: MemoryIndex) -> int:
    return len({known.article_id for known, _ in index.pages})


@pytest.mark.parametrize(
    "texts",
    [
        [f"{lead}\n{window(0, 300, 9)}" for lead in LEADS],
        [f"{window(0, 60, 9)}\n{lead}" for lead in LEADS],
        [f"{window(0, 30, 9)}\n{lead}\n{window(30, 75, 9)}" for lead in LEADS],
        [LEADS[0], f"{LEADS[0]}\n{LEADS[1]}\n{LEADS[2]}", LEADS[2]],
        [f"{LEADS[0]}\n{window(0, 160, 9)}", f"{LEADS[0]}\n{window(0, 160, 9)}\n{words(90, 8)}", LEADS[2]],
    ],
    ids=["standing foot", "standing head", "head and foot", "digest", "one of several in a roundup"],
)
def test_a_site_has_two_articles_at_two_addresses_under_two_titles(texts: list[str]) -> None:
    addresses = [SITE + name for name in ("ovens-a", "doors-b", "bridge-c")]
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        index = read_of_site(*([each[place] for place in order] for each in (texts, TITLES[:3], addresses)))
        assert articles(index) == 3
    assert articles(read_of_site(texts[:1] * 3, TITLES[:3], addresses)) == 1, "the same words"


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(
    "other",
    [
        ("https://review.example/ovens", "Quite another headline"),
        (SITE + "ovens", "Quite another headline"),
        ("http://m.gazette.example/news/ovens.html", "Quite another headline"),
        (SITE + "ovens?utm_source=letter", "Quite another headline"),
        (SITE + "print/ovens", "{} – The Gazette"),
        (SITE + "amp/ovens", "{}"),
        (SITE + "print/ovens", None),
        (None, "Quite another headline"),
    ],
)
def test_other_sites_addresses_and_titles_that_are_one_tell_nothing_apart(
    title: str, other: tuple[str | None, str | None]
) -> None:
    address, headline = other
    index = MemoryIndex()
    index.read(f"{LEADS[0]}\n{window(0, 300, 9)}", title=title, url=SITE + "ovens")
    index.read(f"{LEADS[1]}\n{window(0, 300, 9)}", title=headline and headline.format(title), url=address)
    assert articles(index) == 1


def test_nearly_the_same_words_under_a_new_title_and_address_are_one_article() -> None:
    index = read_of_site([window(0, 400), window(0, 370) + "\n" + words(20, 3)], TITLES[:2], [SITE + "a", SITE + "b"])
    assert articles(index) == 1


@pytest.mark.parametrize(
    "addresses",
    [
        [SITE + "parks", SITE + "parks?slide=2", SITE + "parks?slide=3"],
        [SITE + "parks.html", SITE + "parks-2.html", SITE + "parks-3.html"],
        [SITE + "parks/", SITE + "parks/2/", SITE + "parks/3/"],
        [SITE + "7411/report", SITE + "7412/report", SITE + "7413/report"],
    ],
)
def test_pages_whose_addresses_differ_by_a_number_are_several_under_one_title_too(addresses: list[str]) -> None:
    texts = [f"{window(0, 60, 9)}\n{lead}" for lead in LEADS]
    assert articles(read_of_site(texts, TITLES[:1] * 3, addresses)) == 3
