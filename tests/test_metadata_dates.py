"""Days of invented pages: the one beside the headline, other items, clocks of other zones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.metadata_samples import PROSE, TITLE, article, linked, meta, parse, read
from winnow.read.metadata import read_metadata
from winnow.read.metadata.dates import may_be_zone, read_date

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


@pytest.mark.parametrize("bar", ["|", "·", "•"])
@pytest.mark.parametrize("day", ["Sat 2 March 2024", "Samstag, 2. März 2024", "2 mars 2024", "2 marca 2024"])
def test_day_that_ends_a_byline_of_many_words(day: str, bar: str) -> None:
    parts = ["All the news from the old quay at Sandholm", "Boats and harbours", "Ada Marie Lund", day]
    assert article(f"<p>{f' {bar} '.join(parts)}</p>").date == "2024-03-02"


@pytest.mark.parametrize("label", ["Born", "Geboren", "Née le", "Nacida el", "Urodzona", "Född", "出生日期"])
def test_day_of_birth_is_no_day_of_publication(label: str) -> None:
    assert article(f"<p>{label} 2 March 1975</p>").date is None


def test_credit_of_a_picture_says_nothing_of_the_day_below() -> None:
    assert article("<p>© Bo Niemi</p><p>2 March 2024 | Harbour race</p>").date == "2024-03-02"


class TestDate:
    @pytest.mark.parametrize(
        "head",
        [
            meta("article:published_time", "2024-03-02T09:00:00+01:00"),
            '<meta name="citation_publication_date" content="2024/03/02">',
            '<meta name="parsely-pub-date" content="2024-03-02T08:00:00Z">',
            '<meta name="DC.date.issued" content="2024-03-02">',
            meta("article:published_time", "20240302T091500Z"),
            linked({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-03-02"}),
            linked({"@graph": [{"@type": ["Article"], "headline": TITLE, "datePublished": "Mar 2, 2024"}]}),
            '<meta name="script:ld+json" content="{&quot;@type&quot;: &quot;Article&quot;, '
            '&quot;datePublished&quot;: &quot;2024-03-02&quot;}">',
        ],
    )
    def test_stated_for_machines(self, head: str) -> None:
        assert article(head=head).date == "2024-03-02"

    @pytest.mark.parametrize(
        "byline",
        [
            "<p>March 2, 2024</p>",
            "<p>Published on 2 March 2024 at 10:15</p>",
            "<p>By Ada Lund | 2024-03-02</p>",
            '<time datetime="2024-03-02T10:00:00">yesterday</time>',
            '<p>Published <time datetime="2024-03-02">2 Mar 2024</time>, updated <time>5 May 2024</time></p>',
            '<span itemprop="datePublished" content="2024-03-02"></span><p>Updated 9 June 2024</p>',
            '<p><abbr class="published" title="2024-03-02T10:00:00+01:00">10:00</abbr></p>',
            "<p>March 2, 2024, <time>10:00</time></p>",
        ],
    )
    def test_beside_the_headline(self, byline: str) -> None:
        assert article(byline).date == "2024-03-02"

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("de", "Veröffentlicht am 2. März 2024"),
            ("fr", "Publié le 2 mars 2024"),
            ("es", "Publicado el 2 de marzo de 2024"),
            ("pl", "Opublikowano 2 marca 2024"),
            ("ru", "Опубликовано 2 марта 2024"),
            ("it", "Pubblicato il 2 marzo 2024"),
            ("nl", "Geplaatst op 2 maart 2024"),
            ("pt", "Publicado em 2 de março de 2024"),
            ("zh", "发布时间：2024年3月2日"),
            ("de", "02.03.2024"),
            ("fr", "02/03/2024"),
            ("en-US", "03/02/2024"),
        ],
    )
    def test_languages(self, language: str, text: str) -> None:
        assert article(f"<p>{text}</p>", html=f'lang="{language}"').date == "2024-03-02"

    @pytest.mark.parametrize(
        "body",
        [
            '<aside class="sidebar"><h3>Latest</h3><time datetime="2024-05-01">May 1, 2024</time></aside>',
            '<div class="related-articles"><article><h2>Other</h2><p>May 1, 2024</p></article></div>',
            '<div class="comments"><div class="comment">Bo says: May 1, 2024</div></div>',
            "<footer>© 2024 Harbour Post. May 1, 2024</footer>",
            "<p>Registration deadline: May 1, 2024</p>",
            '<div class="teaser"><p>Published May 1, 2024</p></div>',
        ],
    )
    def test_dates_of_other_things_are_not_the_articles(self, body: str) -> None:
        assert article(after=body).date is None

    def test_date_inside_the_story_is_not_the_articles(self) -> None:
        assert (
            article(
                after="<p>" + "On May 1, 2024 the harbour closed for the whole of that long day. " * 5 + "</p>"
            ).date
            is None
        )

    def test_a_date_beside_the_headline_wins_unless_it_is_a_change(self) -> None:
        head = meta("article:published_time", "2021-03-02")
        assert article("<p>November 3, 2024</p>", head=head).date == "2024-11-03"
        assert article("<p>March 2, 2019</p>", head=head).date == "2019-03-02"
        changed = head + meta("article:modified_time", "2024-11-03T08:00:00Z")
        assert article("<p>November 3, 2024</p>", head=changed).date == "2021-03-02"
        assert article("<p>Published November 3, 2024</p>", head=changed).date == "2024-11-03"

    def test_a_day_called_published_below_the_text_wins_over_one_that_nothing_else_confirms(self) -> None:
        below = "<p>This article was first published on 2 March 2024 and is kept up to date.</p>"
        stated = meta("article:published_time", "2024-05-01")
        assert article(after=below, head=stated).date == "2024-03-02"
        assert article("<p>May 1, 2024</p>", after=below).date == "2024-03-02"
        assert article("<p>May 1, 2024</p>", after=below, head=stated).date == "2024-05-01"
        assert article("<p>Published May 1, 2024</p>", after=below).date == "2024-05-01"
        assert article(after=below + "<p>Published 3 March 2024</p>", head=stated).date == "2024-05-01"

    @pytest.mark.parametrize(
        ("language", "label"),
        [
            ("en", "Publication date"),
            ("en", "Date of publication"),
            ("de", "Veröffentlichungsdatum"),
            ("fr", "Date de publication"),
            ("es", "Fecha de publicación"),
            ("it", "Data di pubblicazione"),
            ("pl", "Data publikacji"),
            ("ru", "Дата публикации"),
            ("nl", "Publicatiedatum"),
        ],
    )
    def test_nouns_say_published_too(self, language: str, label: str) -> None:
        between = "<p>A captain explains</p>" * 7
        assert article(f"{between}<p>{label}: 2024-03-02</p>", html=f'lang="{language}"').date == "2024-03-02"

    def test_last_published_is_a_change(self) -> None:
        head = meta("article:published_time", "2024-03-02")
        assert article("<p>Last published May 1, 2024</p>", head=head).date == "2024-03-02"

    def test_of_two_neighbouring_days_the_one_that_a_reader_sees_counts(self) -> None:
        head = meta("article:published_time", "2024-11-03T02:30:00+00:00")
        assert article("<p>November 2, 2024</p>", head=head).date == "2024-11-02"
        assert article('<time datetime="2024-11-02">yesterday</time>', head=head).date == "2024-11-03"

    @pytest.mark.parametrize(
        ("gap", "stated", "possible"),
        [
            (-1, "2024-11-03T02:30:00Z", True),
            (-1, "2024-11-03T22:02:58.705Z", False),
            (-1, "2024-11-03 22:02:58 UTC", False),
            (-1, "2024-11-03T22:02:58-08:00", True),
            (-1, "2024-11-03", True),
            (1, "2024-11-03T22:02+0000", True),
            (1, "2024-11-03T09:00:00+00:00", False),
            (2, "2024-11-03", False),
        ],
    )
    def test_days_that_a_time_zone_can_explain(self, gap: int, stated: str, possible: bool) -> None:
        assert may_be_zone(gap, stated) is possible

    def test_a_neighbouring_day_that_no_time_zone_explains_is_the_readers(self) -> None:
        head = meta("article:published_time", "2024-11-03T22:30:00Z")
        assert article("<p>November 2, 2024</p>", head=head).date == "2024-11-02"
        hidden = '<time datetime="2024-11-0{}">some day</time>'
        assert article(hidden.format(2), head=head).date == "2024-11-02"
        assert article(hidden.format(4), head=head).date == "2024-11-03"

    def test_a_day_in_prose_is_no_date_of_publication(self) -> None:
        line = "<p>The harbour board will cut the fees of small boats by a third on January 1, 2026.</p>"
        assert article(line, head=meta("article:published_time", "2021-03-02")).date == "2021-03-02"

    @pytest.mark.parametrize("name", ["published", "w-published-date", "article-publication-time"])
    def test_names_of_single_publishers(self, name: str) -> None:
        assert article(head=meta(name, "2021-03-02")).date == "2021-03-02"

    def test_a_home_page_has_none(self) -> None:
        head = meta("article:published_time", "2021-03-02")
        assert article(head=head + '<link rel="canonical" href="https://a.example/">').date is None

    def test_a_date_of_the_page_in_the_code_counts_where_it_is_shown(self) -> None:
        head = linked({"@type": "WebPage", "datePublished": "2021-03-02"})
        assert article(head=head).date is None
        assert article("<p>Ferries</p>" * 7 + "<p>March 2, 2021</p>", head=head).date == "2021-03-02"

    def test_dots_between_numbers_are_ambiguous_in_english(self) -> None:
        assert article("<p>09.10.2024</p>").date is None
        assert article("<p>09.10.2024</p>", html='lang="de"').date == "2024-10-09"

    def test_classes_of_the_body_and_states_of_a_node_hide_nothing(self) -> None:
        page = f'<body class="both-sidebars sticky-menu"><article class="node node--promoted"><h1>{TITLE}</h1>'
        assert read_metadata(parse(f"{page}<p>March 2, 2024</p>{PROSE * 3}</article>")).date == "2024-03-02"

    def test_a_menu_left_open_hides_nothing(self) -> None:
        page = f'<div class="menu"><button><div><main><h1>{TITLE}</h1><p>March 2, 2024</p>{PROSE * 3}</main>'
        assert read_metadata(parse(page)).date == "2024-03-02"

    def test_the_day_of_a_change_counts_where_no_other_is_shown(self) -> None:
        between = "<p>A captain explains</p>" * 3
        assert article(f"{between}<p>Last updated:</p><p>March 2, 2024</p>").date == "2024-03-02"
        assert article(f"{between}<p>Last updated on September 2, 2024</p>").date == "2024-09-02"
        assert article(f"{between}<p>Ferries of the coast, updated March 2, 2024</p>").date is None
        assert article(f"{between * 2}<p>Last updated:</p><p>March 2, 2024</p>").date is None

    @pytest.mark.parametrize(
        "lines",
        [
            "<p>2024-03-02 - 2024-03-09</p>",
            "<p>March 2, 2024</p><p>Ferry fair</p><p>Sandholm</p><p>March 9, 2024</p><p>Boat show</p>",
        ],
    )
    def test_a_period_or_a_list_of_events_is_no_date_unless_the_code_has_it(self, lines: str) -> None:
        assert article(lines).date is None
        assert article(lines, head=meta("article:published_time", "2024-03-02")).date == "2024-03-02"

    def test_modified_alone_in_the_code_is_none(self) -> None:
        assert article(head=meta("article:modified_time", "2024-03-02")).date is None

    def test_ambiguous_numbers_are_left_out(self) -> None:
        assert article("<p>03/02/2024</p>").date is None

    def test_ambiguous_numbers_are_settled_by_words(self) -> None:
        links = "<aside><ul><li>Late ferry, {}</li><li>Bakers, 10 May 2024</li></ul></aside>"
        assert article("<p>03/02/2024</p>", after=links.format("3 February 2024")).date == "2024-02-03"
        assert article("<p>03/02/2024</p>", after=links.format("March 2, 2024")).date == "2024-03-02"
        assert article("<p>03/02/2024</p>", after=links.format("3 February 2024 (March 2, 2024)")).date is None
        assert article("<p>03/02/2024</p>", after=links.format("4 February 2024")).date is None

    def test_related_items_in_json_do_not_date_the_page(self) -> None:
        items = {
            "@type": "ItemList",
            "itemListElement": [{"@type": "Article", "headline": "Other", "datePublished": "2024-05-01"}],
        }
        others = [{"@type": "Article", "headline": f"Other story {n}", "datePublished": "2024-05-01"} for n in range(2)]
        assert article(head=linked(items) + linked(others)).date is None

    def test_the_item_of_this_page_is_found_among_several(self) -> None:
        own = {"@type": "Article", "headline": TITLE, "datePublished": "2024-03-02"}
        other = {"@type": "Article", "headline": "Bakers strike again", "datePublished": "2024-05-01"}
        assert article(head=linked([other, own])).date == "2024-03-02"

    def test_copyright_line_is_none(self) -> None:
        assert article(after="<p>Copyright 2011-2024, all rights reserved</p>").date is None

    def test_address_with_a_full_date(self) -> None:
        assert article(head='<link rel="canonical" href="https://a.example/2024/03/02/ferry">').date == "2024-03-02"
        assert article(head='<link rel="canonical" href="https://a.example/2024/03/ferry">').date is None

    def test_range_is_not_one_date(self) -> None:
        assert read_date("2024-03-02 to 2024-03-05") is None

    @given(st.dates(date(1900, 1, 1), date(2099, 12, 31)).filter(lambda day: day != date(1970, 1, 1)))
    def test_written_dates_are_read_back(self, day: date) -> None:
        for written in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.year}年{day.month}月{day.day}日"):
            assert read_date(written) == day


@pytest.mark.parametrize("period", ["27-30 December 2023", "27.–30. Dezember 2023", "27–30 de diciembre de 2023"])
def test_the_end_of_a_period_is_no_day_of_publication(period: str) -> None:
    assert article(f"<p>{period}</p>").date is None
    assert article(f"<p>{period}</p><p>2 November 2023</p>").date == "2023-11-02"
