"""Metadata of invented pages: every source, every trap."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, TITLE, article, linked, meta, parse, read
from winnow.items import Metadata
from winnow.read.metadata import read_metadata
from winnow.read.metadata.names import read_names
from winnow.read.metadata.structured import parse_json
from winnow.read.metadata.values import absolute_url, clean_text, hostname_of, language_code


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
            ("<p>By Ada Lund Jr., Bo Niemi</p>", "Ada Lund Jr.; Bo Niemi"),
            ("<p>By Ada Lund, Jr. | March 2, 2024</p>", "Ada Lund Jr."),
            ("<p>By Bo Niemi Sr. and Ada Lund</p>", "Bo Niemi Sr.; Ada Lund"),
            ("<p>By Kim In Sook | March 2, 2024</p>", "Kim In Sook"),
            ("<p>Posted by Choi On Jun on March 2, 2024</p>", "Choi On Jun"),
            ("<p>By Lee Lund In Travel | March 2, 2024</p>", "Lee Lund"),
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
