"""Metadata of invented pages: every source, every trap, and hostile bytes."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from winnow.items import Metadata
from winnow.read.metadata import read_metadata
from winnow.read.metadata.dates import may_be_zone, read_date
from winnow.read.metadata.names import read_names
from winnow.read.metadata.structured import parse_json
from winnow.read.metadata.values import absolute_url, clean_text, hostname_of, language_code

PROSE = (
    "<p>" + "The ferry left the harbour late and nobody on the quay could say why it had waited so long. " * 6 + "</p>"
)
TITLE = "Why the night ferry to Sandholm runs late"


def parse(html: str | bytes) -> HtmlElement:
    data = html.encode() if isinstance(html, str) else html
    return document_fromstring(data, parser=HTMLParser(encoding="utf-8"))


def read(body: str = "", head: str = "", html: str = 'lang="en"') -> Metadata:
    return read_metadata(parse(f"<html {html}><head>{head}</head><body>{body}</body></html>"))


def article(byline: str = "", after: str = "", head: str = "", html: str = 'lang="en"', title: str = TITLE) -> Metadata:
    return read(f"<main><h1>{title}</h1>{byline}{PROSE * 3}{after}</main>", head, html)


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


class TestTitle:
    @pytest.mark.parametrize(
        "page_title",
        [
            f"{TITLE} | Harbour Post",
            f"{TITLE} - Harbour Post",
            f"{TITLE} – Travel – Harbour Post",
            f"Harbour Post: {TITLE}",
            f"{TITLE}&nbsp;&raquo;&nbsp;harbourpost.example",
        ],
    )
    def test_site_name_is_removed(self, page_title: str) -> None:
        head = f"<title>{page_title}</title>" + meta("og:site_name", "Harbour Post")
        head += '<link rel="canonical" href="https://www.harbourpost.example/late-ferry">'
        assert read(f"<div>{PROSE}</div>", head).title in (TITLE, f"{TITLE} – Travel")

    def test_heading_is_preferred_to_a_search_title(self) -> None:
        head = meta("og:title", "Night ferry to Sandholm: why it runs late in 2024 | Harbour Post")
        assert article(head=head).title == TITLE

    def test_logo_and_section_headings_are_not_the_title(self) -> None:
        body = f"<header><h1>Harbour Post</h1></header><h1>Travel</h1><h2>{TITLE}</h2>{PROSE}"
        head = meta("og:title", TITLE) + meta("og:site_name", "Harbour Post")
        assert read(body, head).title == TITLE

    def test_heading_of_a_related_article_is_not_the_title(self) -> None:
        body = f'<h1>{TITLE}</h1>{PROSE}<div class="related-posts"><h1>Another ferry, another delay</h1></div>'
        assert read(body, f"<title>{TITLE} | Harbour Post</title>").title == TITLE

    def test_words_split_by_markup_stay_whole(self) -> None:
        assert article(title="Why the night fer<b>ry</b> to<br>Sandholm runs late").title == TITLE

    def test_nothing_stated_is_none(self) -> None:
        assert read(PROSE).title is None

    def test_length_is_bounded(self) -> None:
        title = article(title="ferry " * 400).title
        assert title is not None
        assert len(title) <= 500

    def test_entities_and_controls(self) -> None:
        head = linked({"@type": "Article", "headline": "Salt &amp;amp; ice\u0007 on\ud800 deck"})
        assert read(PROSE, head).title == "Salt & ice on deck"


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


class TestAuthor:
    @pytest.mark.parametrize(
        ("byline", "author"),
        [
            ("<p>By Ada Lund</p>", "Ada Lund"),
            ("<p>BY: Ada Lund</p>", "Ada Lund"),
            ("<p>Written by Ada Lund and Bo Niemi</p>", "Ada Lund; Bo Niemi"),
            ("<p>By Ada Lund, Bo Niemi & Cy Okoro</p>", "Ada Lund; Bo Niemi; Cy Okoro"),
            ("<p>By Ada Lund, Senior Editor</p>", "Ada Lund"),
            ("<p>By Ada Lund | March 2, 2024 | 5 min read</p>", "Ada Lund"),
            ("<p>March 2, 2024 by Ada Lund</p>", "Ada Lund"),
            ("<p>By</p><p>Ada Lund</p>", "Ada Lund"),
            ("<p>Words by Ada Lund</p>", "Ada Lund"),
            ("<p>Story by Ada Lund and Bo Niemi</p>", "Ada Lund; Bo Niemi"),
            ("<p>Published by Ada Lund</p>", "Ada Lund"),
            ("<p>By Ada Lund Jr., Bo Niemi</p>", "Ada Lund; Bo Niemi"),
            ("<p>By Ada Lund Senior Reporter</p>", "Ada Lund"),
            ('<span class="author-name">AL Ada Lund</span>', "Ada Lund"),
            ('<span class="author-name">Ada Lund, PhD</span>', "Ada Lund"),
            ('<a rel="author" href="/x">Ada Lund</a>', "Ada Lund"),
            ('<div itemprop="author"><span itemprop="name">Ada Lund</span> Reporter</div>', "Ada Lund"),
            ("<p>Von Jörg Müller</p>", "Jörg Müller"),
            ("<p>Par Élodie de la Tour</p>", "Élodie de la Tour"),
            ("<p>Автор: Анна Петрова</p>", "Анна Петрова"),
            ("<p>作者：王小明</p>", "王小明"),
        ],
    )
    def test_bylines(self, byline: str, author: str) -> None:
        assert article(byline).author == author

    @pytest.mark.parametrize(
        ("stated", "author"),
        [
            ({"@type": "Person", "name": "Ada Lund"}, "Ada Lund"),
            ([{"@type": "Person", "name": "Ada Lund"}, {"name": "Bo Niemi"}], "Ada Lund; Bo Niemi"),
            ("Ada Lund", "Ada Lund"),
            ({"@id": "#ada"}, "Ada Lund"),
            ({"@type": "Organization", "name": "Sandholm Port Authority"}, "Sandholm Port Authority"),
            ({"@type": "Person", "name": "admin"}, None),
            ({"@type": "Person", "name": "ada.lund72"}, None),
            ({"@type": "Person", "name": "https://a.example/ada"}, None),
            ({"@type": "Person", "name": "ada@a.example"}, None),
        ],
    )
    def test_linked_data(self, stated: object, author: str | None) -> None:
        person = {"@type": "Person", "@id": "#ada", "name": "Ada Lund"}
        graph = {"@graph": [{"@type": "Article", "headline": TITLE, "author": stated}, person]}
        assert article(head=linked(graph)).author == author

    def test_meta(self) -> None:
        assert article(head='<meta name="author" content="Ada Lund">').author == "Ada Lund"
        assert article(head=meta("article:author", "https://social.example/adalund")).author is None

    def test_byline_is_preferred_to_the_account(self) -> None:
        assert article("<p>By Ada Lund</p>", head='<meta name="author" content="Kim Webb">').author == "Ada Lund"

    def test_site_is_not_the_author(self) -> None:
        head = meta("og:site_name", "Harbour Post") + '<meta name="author" content="Harbour Post">'
        assert article(head=head, after="<p>This post is about the harbour.</p>").author is None

    @pytest.mark.parametrize(
        "body",
        [
            '<div class="related-posts"><p class="author">Bo Niemi</p></div>',
            '<ol class="comments"><li class="comment"><b class="author">Bo Niemi</b></li></ol>',
            "<p>Photo by Bo Niemi</p>",
            "<p>Medically reviewed by Bo Niemi, MD</p>",
        ],
    )
    def test_other_people_are_not_the_author(self, body: str) -> None:
        assert article(body, after=body).author is None

    def test_author_below_the_text(self) -> None:
        assert article(after="<p>Written by Ada Lund</p>").author == "Ada Lund"

    @pytest.mark.parametrize("text", ["Read more", "Sign up", "Editorial Team", "5 min read", "@ada", "", "News"])
    def test_not_names(self, text: str) -> None:
        assert read_names(text, formal=True) == []


class TestJson:
    @pytest.mark.parametrize(
        "text",
        [
            '{"headline": "Ferry",}',
            '{"headline": "Ferry", "keywords": ["a", "b",],}',
            '<!-- {"headline": "Ferry"} -->',
            '//<![CDATA[\n{"headline": "Ferry"}\n//]]>',
            '{"headline": "Ferry"};',
            '{"headline": "Ferry"}{"headline": "Train"}',
            '/* made by a plugin */ {"headline": "Ferry"}',
        ],
    )
    def test_common_damage_is_repaired(self, text: str) -> None:
        found = parse_json(text)
        assert isinstance(found, dict)
        assert found["headline"] == "Ferry"

    def test_raw_control_characters(self) -> None:
        assert parse_json('{"headline": "Fer\nry\x01"}') == {"headline": "Fer\nry\x01"}

    @pytest.mark.parametrize("text", ["", "{", "no", "[" * 100_000, '{"a":' * 50_000, "<!--" * 50_000, "/*" * 50_000])
    def test_beyond_repair(self, text: str) -> None:
        assert parse_json(text) is None


class TestDetails:
    def test_all(self) -> None:
        head = (
            '<link rel="canonical" href="https://www.harbourpost.example/travel/late-ferry?id=7">'
            + meta("og:site_name", "Harbour Post")
            + meta("og:description", "A captain explains &quot;the wait&quot; at the outer quay.")
            + meta("og:image", "https://img.harbourpost.example/ferry.jpg")
            + meta("article:section", "Travel")
            + meta("article:tag", "ferries")
            + meta("article:tag", "Sandholm")
        )
        found = article(head=head, html='lang="en-GB"')
        assert found.url == "https://www.harbourpost.example/travel/late-ferry?id=7"
        assert found.hostname == "harbourpost.example"
        assert found.sitename == "Harbour Post"
        assert found.description == 'A captain explains "the wait" at the outer quay.'
        assert found.image == "https://img.harbourpost.example/ferry.jpg"
        assert found.section == "Travel"
        assert found.tags == ("ferries", "Sandholm")
        assert found.language == "en"

    def test_nothing_stated(self) -> None:
        assert read_metadata(parse("<html><body></body></html>")) == Metadata()

    def test_relative_canonical_falls_back(self) -> None:
        head = '<link rel="canonical" href="/late">' + meta("og:url", "https://harbourpost.example/late")
        assert article(head=head).url == "https://harbourpost.example/late"

    def test_fillers_are_not_sections(self) -> None:
        assert article(head=meta("article:section", "Uncategorized")).section is None

    def test_description_that_repeats_the_title(self) -> None:
        assert article(head=meta("og:description", TITLE)).description is None

    def test_keywords_of_the_whole_site_are_not_tags(self) -> None:
        assert article(head='<meta name="keywords" content="news, weather, sport">').tags == ()
        assert article(head='<meta name="keywords" content="night ferry, Sandholm">').tags == (
            "night ferry",
            "Sandholm",
        )

    def test_tag_links(self) -> None:
        after = '<p><a rel="tag" href="/t/f">Ferries</a></p><aside><a rel="tag" href="/t/b">Bread</a></aside>'
        assert article(after=after).tags == ("Ferries",)

    @pytest.mark.parametrize("name", ["logo.png", "default-image.jpg", "icon.svg"])
    def test_placeholder_images(self, name: str) -> None:
        assert article(head=meta("og:image", f"https://a.example/{name}")).image is None

    @pytest.mark.parametrize(
        "url",
        [
            "/a",
            "javascript:alert(1)",
            "https://",
            "http://a b.example/",
            "ftp://a.example/",
            "https://[::1",
            "http://x",
        ],
    )
    def test_unusable_addresses(self, url: str) -> None:
        assert absolute_url(url) is None

    def test_values(self) -> None:
        assert hostname_of("https://www.a.example/x") == "a.example"
        assert language_code("pt_BR") == "pt"
        assert language_code("klingon") is None
        assert clean_text("  a\u0000b \ud800 c&nbsp;d ") == "ab c d"


def texts_of(found: Metadata) -> list[str]:
    values = [getattr(found, field.name) for field in fields(found)]
    return [text for value in values for text in (value if isinstance(value, tuple) else (value,)) if text is not None]


def check_clean(found: Metadata) -> None:
    for text in texts_of(found):
        assert text
        assert text == " ".join(text.split())
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs")]
    assert found.date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", found.date)
    assert found.title is None or len(found.title) <= 500


VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "2024-03-02",
            "Ada Lund",
            "https://a.example/x",
            "&#0;&lt;b&gt;",
            "\\ud800",
            "{",
            "März ſep 2 2024",
            "١٢/٠٣/2024",
        ]
    ),
)
NAMES = st.sampled_from(
    "title h1 h2 time meta link script p a div span nav footer aside article form body noscript svg".split()  # noqa: SIM905
)
ATTRIBUTES = st.sampled_from(
    "class id rel itemprop property name content datetime href lang type pubdate".split()  # noqa: SIM905
)
CUES = st.sampled_from(
    [
        "author", "byline", "date published", "updated", "comments", "related", "tag", "canonical", "datePublished",
        "name", "og:title", "article:published_time", "application/ld+json", "keywords", "nav menu", "/author/x",
    ]
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 25))):
        name = draw(NAMES)
        attributes = draw(st.dictionaries(ATTRIBUTES, st.one_of(CUES, VALUES), max_size=4))
        written = "".join(f' {key}="{value}"' for key, value in attributes.items())
        close = draw(st.sampled_from([f"</{name}>", "", "</div>", "<!-- x -->tail"]))
        parts.append(f"<{name}{written}>{draw(VALUES)}{close}")
    return "".join(parts)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), VALUES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "author", "name", "headline", "datePublished", "publisher", "keywords",
                 "image", "url", "mainEntityOfPage", "mainEntity", "articleSection", "description", "inLanguage"]
            ),
            st.one_of(inner, st.sampled_from(["Article", "WebPage", "Person", "Organization", "#a"])),
            max_size=6,
        ),
    ),
    max_leaves=20,
)  # fmt: skip


class TestHostile:
    @given(pages())
    @example("<h1>2000</h1><h1>A\x1b\rA</h1>")
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    def test_any_markup(self, page: str) -> None:
        tree = parse(b"<html>" + page.encode("utf-8", "replace"))
        before = etree.tostring(tree)
        check_clean(read_metadata(tree))
        assert etree.tostring(tree) == before

    @given(st.binary(max_size=400))
    @settings(deadline=None)
    def test_any_bytes(self, data: bytes) -> None:
        check_clean(read_metadata(parse(b"<html><body>" + data)))

    @given(JSON)
    @settings(max_examples=150, deadline=None)
    def test_any_linked_data(self, value: object) -> None:
        body = f"<h1>{TITLE}</h1>{PROSE}"
        check_clean(read(body, f'<script type="application/ld+json">{json.dumps(value).replace("<", "")}</script>'))

    def test_deep_nesting(self) -> None:
        page = parse(f"<html><body><h1>{TITLE}</h1></body></html>")
        inner: etree._Element = page
        for _ in range(3000):
            inner = etree.SubElement(inner, "div", {"class": "author"})
        inner.text = "Ada Lund"
        assert read_metadata(page).title == TITLE

    def test_same_answer_twice(self) -> None:
        tree = parse(f"<html><body><h1>{TITLE}</h1><p>By Ada Lund</p><p>March 2, 2024</p>{PROSE}</body></html>")
        assert read_metadata(tree) == read_metadata(tree)

    @pytest.mark.parametrize(
        "piece",
        [
            '<div class="author">',
            "<h1>x ",
            "<time>2 March 2024</time> ",
            '<a rel="author">Ada Lund</a>',
            '<div itemprop="author">',
            '<nav><div class="menu"><form>',
        ],
    )
    def test_work_grows_with_the_page_only(self, piece: str) -> None:
        def cost(count: int) -> float:
            tree = document_fromstring("<html><body>" + piece * count, parser=HTMLParser(huge_tree=True))
            start = time.process_time()
            read_metadata(tree)
            return time.process_time() - start

        assert cost(8_000) < 20 * cost(1_000) + 0.5


class TestRightOrNull:
    """Values that pages state and that are not what they seem."""

    def test_a_headline_about_html_keeps_its_tags(self) -> None:
        assert article(title="Thirty years of &lt;br&gt; tags").title == "Thirty years of <br> tags"

    def test_a_kicker_before_the_headline_is_cut_where_a_stated_title_has_none(self) -> None:
        assert article(title=f"Blog: {TITLE}", head=meta("og:title", TITLE)).title == TITLE
        assert article(title=f"Blog: {TITLE}").title == f"Blog: {TITLE}"

    def test_the_only_headline_wins_over_a_title_for_search_engines(self) -> None:
        assert article(head=meta("og:title", "Sandholm Ferry Timetable 2024: Best Tips")).title == TITLE

    @pytest.mark.parametrize(
        ("head", "name"),
        [
            (meta("og:site_name", "Harbour Post |"), "Harbour Post"),
            (meta("og:site_name", "Blog"), None),
            (f'<title>{TITLE} | Harbour Post</title><link rel="canonical" href="https://harbourpost.example/a">',
             "Harbour Post"),
            (f'<title>{TITLE} | Ferries</title><link rel="canonical" href="https://harbourpost.example/a">', None),
        ],
    )  # fmt: skip
    def test_site_names(self, head: str, name: str | None) -> None:
        assert article(head=head).sitename == name

    @pytest.mark.parametrize(
        ("crumbs", "section"),
        [
            (["Home", "Ferries", TITLE], "Ferries"),
            (["Home", "All posts", TITLE], None),
            (["Home", TITLE], None),
            (["Home", "Ferries", "Night ferry to Sandholm"], "Ferries"),
        ],
    )
    def test_section_from_the_crumb_trail(self, crumbs: list[str], section: str | None) -> None:
        trail = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": name} for name in crumbs]}
        assert article(head=linked(trail)).section == section

    def test_of_many_sections_the_one_in_the_address_counts(self) -> None:
        item = {"@type": "Article", "headline": TITLE, "articleSection": ["Boats", "Ferries", "Travel"]}
        canonical = '<link rel="canonical" href="https://a.example/ferries/night">'
        assert article(head=linked(item) + canonical).section == "Ferries"
        assert article(head=linked(item)).section is None

    @pytest.mark.parametrize("path", ["themes/post/img/share.png", "img/icons/home.png", "img/city_emblem.png"])
    def test_pictures_of_the_site_are_none(self, path: str) -> None:
        assert article(head=meta("og:image", f"https://a.example/{path}")).image is None

    def test_the_site_is_no_tag(self) -> None:
        head = meta("og:site_name", "Harbour Post") + meta("article:tag", "Harbour Post, ferries")
        assert article(head=head).tags == ("ferries",)

    def test_who_reviewed_it_is_no_author(self) -> None:
        byline = '<div class="reviewed-by author"><a href="/author/bo">Bo Strand</a></div>'
        assert article(byline).author is None
