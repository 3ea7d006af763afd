"""Days of invented pages: the one beside the headline, other items, clocks of other zones."""

from __future__ import annotations

import pytest

from tests.test_metadata import PROSE, TITLE, article, linked, meta, read

BESIDE = [
    '<time datetime="2024-03-02">2. März 2024</time>',
    "<p>2 mars 2024</p>",
    '<div class="info">2 marzo 2024</div>',
]
ELSEWHERE = [
    '<div class="CommentBox"><p>Posted on May 5, 2024</p><p>I was on that ferry.</p></div>',
    "<div><h4>The heron waits</h4><p>Veröffentlicht am 5. Mai 2024</p></div>",
    "<hr><p><small>Publié le 5 mai 2024</small></p>",
]


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_day_beside_the_headline_wins_over_words_elsewhere(beside: str, elsewhere: str) -> None:
    assert article(beside, elsewhere).date == "2024-03-02"


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("2024-03-02T22:30:00Z", "<time>3 March 2024</time>"),
        ("2024-03-04T02:25:54+00:00", "<p>March 3, 2024 | 9:25pm</p>"),
        ("2024-03-02T23:00:00.000Z", '<time datetime="2024-03-02T23:00:00.000Z">3. März 2024</time>'),
    ],
)
def test_day_of_another_time_zone_comes_as_it_is_shown(stated: str, shown: str) -> None:
    assert article(shown, head=meta("article:published_time", stated)).date == "2024-03-03"


def test_day_that_only_a_machine_reads_is_the_stated_one() -> None:
    head = meta("article:published_time", "2024-03-02T22:30:00Z")
    assert article('<time datetime="2024-03-03T00:30:00+02:00">yesterday</time>', head=head).date == "2024-03-02"


@pytest.mark.parametrize(
    "sentence",
    [
        "The court spoke on 24 January 2024 and its ruling fills sixty pages that nobody on the quay has read so far.",
        "Das Gericht hat am 24. Januar 2024 gesprochen, und das Urteil hat sechzig Seiten, die niemand gelesen hat.",
        "La cour a statué le 24 janvier 2024, et son arrêt compte soixante pages que personne n'a encore lues.",
    ],
)
def test_day_in_a_sentence_does_not_win_over_the_stated_one(sentence: str) -> None:
    body = f'<article class="post published"><h1>{TITLE}</h1><p>{sentence}</p>{PROSE * 3}</article>'
    assert read(body, meta("article:published_time", "2024-03-02T09:00:00Z")).date == "2024-03-02"


@pytest.mark.parametrize("zone", ["CET", "CEST", "UTC"])
def test_moment_as_java_writes_it(zone: str) -> None:
    item = {"@type": "NewsArticle", "headline": TITLE, "datePublished": f"Sat Mar 02 09:15:00 {zone} 2024"}
    assert article("<p>Updated March 9, 2024</p>", head=linked(item)).date == "2024-03-02"


@pytest.mark.parametrize(
    "line",
    [
        "Eingestellt von Ada am 2. März 2024",
        "By Ada, posted March 2, 2024 at 9:15",
        "Ada — publicado el 2 de marzo de 2024",
    ],
)
def test_words_inside_a_short_line_far_from_the_headline(line: str) -> None:
    assert article(after=f"<p>{line}</p>").date == "2024-03-02"


@pytest.mark.parametrize("box", ["teaser", "header-teaser", "article-promo"])
def test_day_right_under_the_headline_in_a_box_with_an_unlucky_name(box: str) -> None:
    assert article(f'<div class="{box}">2 March 2024</div>').date == "2024-03-02"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Sa 02.03.24 | 14:07 Uhr"),
        ("fr", "samedi 02.03.24"),
        ("it", "02/03/24"),
        ("cs", "2.3.24, Ada Lundová"),
        ("nl", "02.03.24"),
    ],
)
def test_year_of_two_digits_where_the_day_comes_first(language: str, line: str) -> None:
    assert article(f"<p>{line}</p>", html=f'lang="{language}"').date == "2024-03-02"


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "02/03/24"), ("hu", "24.03.02"), ("ko", "24.03.02"), ("de", "Version 1.02.03.24"), ("de", "02.13.24")],
)
def test_year_of_two_digits_elsewhere_is_none(language: str, line: str) -> None:
    assert article(f"<p>{line}</p>", html=f'lang="{language}"').date is None


@pytest.mark.parametrize(
    "line",
    [
        "Dieser Text wurde am 2. März 2024 um 23:03 Uhr gepostet",
        "Dit bericht is op 2 maart 2024 geplaatst, gepubliceerd door de kade",
        "Am 2. März 2024 veröffentlicht",
    ],
)
def test_published_behind_the_day(line: str) -> None:
    assert article("<p>Kai</p>" * 7 + f"<p>{line}</p>").date == "2024-03-02"


@pytest.mark.parametrize(
    "day", ["Samstag, 2. März 2024", "Saturday, March 2, 2024", "2 maart 2024", "sobota, 2 marca 2024"]
)
def test_day_of_its_own_beside_the_headline_wins_over_that_of_a_book(day: str) -> None:
    facts = "<p>Harbour tales</p><p>288 pages</p><p>9 euro</p><p>Published on May 5, 2019</p>"
    assert article(f"<p>{day}</p>{facts}").date == "2024-03-02"


@pytest.mark.parametrize(
    "byline", ["By: Quay EMEA on 2-mar-2024 5:11", "von Ada am 2. März 2024", "por Ada 2/3/2024 |"]
)
def test_day_in_a_byline_farther_from_the_headline(byline: str) -> None:
    between = "<p>Choose your harbour here</p>" * 5
    assert article(f"{between}<p>{byline}</p>", html='lang="de"').date == "2024-03-02"


@pytest.mark.parametrize("label", ["Born", "Geboren", "Née le", "Nacida el", "Urodzona", "Född", "出生日期"])
def test_day_of_birth_is_no_day_of_publication(label: str) -> None:
    assert article(f"<p>{label} 2 March 1975</p>").date is None


def test_credit_of_a_picture_says_nothing_of_the_day_below() -> None:
    assert article("<p>© Bo Niemi</p><p>2 March 2024 | Harbour race</p>").date == "2024-03-02"
