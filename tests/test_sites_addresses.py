"""Addresses: one form for each page, its shape, whether it belongs to a site and is worth fetching."""

from __future__ import annotations

import doctest
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites import addresses, unwanted
from winnow.sites.addresses import MAX_ADDRESS, Scope, clean, in_scope, refusal, shape


def test_the_examples_in_the_code() -> None:
    assert doctest.testmod(addresses).failed == 0
    assert doctest.testmod(unwanted).failed == 0


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("https://paper.example", "https://paper.example/"),
        ("HTTPS://Paper.EXAMPLE/Boats", "https://paper.example/Boats"),
        ("  https://paper.example/boats\n", "https://paper.example/boats"),
        ("https://paper.example/bo\nats", "https://paper.example/boats"),
        ("https://paper.example./", "https://paper.example/"),
        ("http://paper.example:80/", "http://paper.example/"),
        ("https://paper.example:443/", "https://paper.example/"),
        ("https://paper.example:80/", "https://paper.example:80/"),
        ("https://paper.example:/", "https://paper.example/"),
        ("https://paper.example/a/./b/../c", "https://paper.example/a/c"),
        ("https://paper.example/../../a", "https://paper.example/a"),
        ("https://paper.example/a/%2E%2e/b", "https://paper.example/b"),
        ("https://paper.example/a/..", "https://paper.example/"),
        ("https://paper.example/a//b/", "https://paper.example/a//b/"),
        ("https://paper.example\\a\\b?c\\d", "https://paper.example/a/b?c%5Cd"),
        ("https://paper.example/%7eann/%73tory", "https://paper.example/~ann/story"),
        ("https://paper.example/caf%c3%a9", "https://paper.example/caf%C3%A9"),
        ("https://paper.example/café?q=thé", "https://paper.example/caf%C3%A9?q=th%C3%A9"),
        ("https://paper.example/a%2Fb", "https://paper.example/a%2Fb"),
        ("https://paper.example/100%", "https://paper.example/100%25"),
        ("https://paper.example/a b", "https://paper.example/a%20b"),
        ('https://paper.example/<"a">', "https://paper.example/%3C%22a%22%3E"),
        ("https://paper.example/a#top", "https://paper.example/a"),
        ("https://paper.example/a?", "https://paper.example/a"),
        ("https://paper.example/a?&b=1&&c", "https://paper.example/a?b=1&c"),
        ("https://paper.example/a?x=1&amp;y=2", "https://paper.example/a?x=1&y=2"),
        ("https://paper.example/a?q=%E9t%E9", "https://paper.example/a?q=%E9t%E9"),
        ("https://paper.example/?12345", "https://paper.example/?12345"),
        ("https://paper.example/a?b=2&a=1", "https://paper.example/a?b=2&a=1"),
        ("https://paper.example/a;jsessionid=0A1B?x=1", "https://paper.example/a?x=1"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://XN--BCHER-KVA.example/", "https://xn--bcher-kva.example/"),
        ("http://[2001:DB8:0:0::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
    ],
)
def test_one_form_for_each_address(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


FOLLOWING = (
    "utm_source utm_campaign fbclid gclid dclid yclid msclkid mc_cid mc_eid _hsenc _hsmi __hstc at_medium wt_mc xtor "
    "mtm_campaign pk_campaign igshid srsltid _ga _gl PHPSESSID ref_src spm UTM_Source"
)
NAMING = "id p gallery glossary reference sources session cid aid sid keyword ref idx utm at ns story_id fbclids"


@pytest.mark.parametrize("name", FOLLOWING.split())
def test_what_follows_readers_is_left_out(name: str) -> None:
    assert clean(f"https://paper.example/a?id=7&{name}=x-1&page=2") == "https://paper.example/a?id=7&page=2"
    assert clean(f"https://paper.example/a?{name}=x") == "https://paper.example/a"


@pytest.mark.parametrize("name", NAMING.split())
def test_what_names_a_page_is_kept(name: str) -> None:
    assert clean(f"https://paper.example/a?{name}=5") == f"https://paper.example/a?{name}=5"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "boats",
        "/boats",
        "mailto:ann@paper.example",
        "javascript:void(0)",
        "ftp://paper.example/",
        "data:text/html,x",
        "https://",
        "https:///boats",
        "https://ann:secret@paper.example/",
        "https://paper.example:99999/",
        "https://paper.example:port/",
        "https://paper.example:0/",
        "https://[::1/",
        "https://[paper]/",
        "https://pa per.example/",
        "https://paper..example/",
        "https://-paper.example/",
        "https://paper%2eexample/",
        "https://" + "a" * 64 + ".example/",
        "https://paper.example/" + "a" * MAX_ADDRESS,
        "https://paper.example/" + "é" * (MAX_ADDRESS // 3),
    ],
)
def test_what_cannot_be_asked_is_none(written: str) -> None:
    assert clean(written) is None


ANY = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="htps:/.?#[]@%&=;\\ aé0\n\t", max_size=60).map(lambda rest: f"https://paper.example{rest}"),
    st.tuples(st.text(max_size=20), st.text(max_size=20)).map(lambda parts: f"http://{parts[0]}/{parts[1]}"),
)


@given(ANY)
def test_cleaning_never_raises_and_is_done_after_once(written: str) -> None:
    cleaned = clean(written)
    if cleaned is None:
        return
    assert clean(cleaned) == cleaned
    assert cleaned.isascii()
    assert cleaned.isprintable()
    assert " " not in cleaned
    assert len(cleaned) <= MAX_ADDRESS
    parts = urlsplit(cleaned)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert not parts.fragment
    assert not {".", ".."} & set(parts.path.split("/"))
    refusal(cleaned)
    assert shape(cleaned) == shape(shape(cleaned).replace("=*", "=1"))
    assert in_scope(cleaned, Scope.of(cleaned))
    assert in_scope(cleaned, Scope.read(str(Scope.of(cleaned, whole_host=False))))


@given(st.lists(st.tuples(st.sampled_from(["id", "p", "a", "ä"]), st.text(max_size=8)), max_size=4))
def test_parameters_keep_their_values(pairs: list[tuple[str, str]]) -> None:
    written = "&".join(f"{name}={value}" for name, value in pairs if not set(value) & set("&#+%;\t\n\r"))
    cleaned = clean(f"https://paper.example/?{written}&z=1")
    assert cleaned is not None
    kept = parse_qsl(f"{written}&z=1", keep_blank_values=True)
    assert parse_qsl(urlsplit(cleaned).query, keep_blank_values=True) == kept


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("/cal/2026/11/28", "/cal/2031/1/2", True),
        ("/cal?month=3&year=2026", "/cal?year=1999&month=12", True),
        ("/list?sort=price&colour=red", "/list?colour=blue&sort=name", True),
        ("/s/9f86d081884c7d65", "/s/1b4f0e9851971998", True),
        ("/i/0f8fad5b-d9cb-469f-a165-70867728950e", "/i/7c9e6679-7425-40de-944b-e07fc1f90ae7", True),
        ("/news/boats", "/news/locks", False),
        ("/news/2026/boats", "/sport/2026/boats", False),
        ("/news/defaced", "/news/decade", False),
        ("/list?sort=1", "/list?order=1", False),
    ],
)
def test_shapes_tell_traps(one: str, other: str, alike: bool) -> None:
    host = "https://paper.example"
    assert (shape(host + one) == shape(host + other)) is alike


@pytest.mark.parametrize(
    ("scope", "inside", "outside"),
    [
        (
            "paper.example",
            "https://paper.example/ http://www.paper.example/a?b",
            "https://m.paper.example/ https://paper.example.net/ https://notpaper.example/ https://paper.example:8080/",
        ),
        (
            "*.paper.example",
            "https://paper.example/ https://m.paper.example/a https://www.m.paper.example/",
            "https://notpaper.example/",
        ),
        (
            "paper.example/blog/",
            "https://paper.example/blog/ https://www.paper.example/blog/a/b https://paper.example/blog",
            "https://paper.example/ https://paper.example/blogs/a",
        ),
        (
            "127.0.0.1:8000",
            "http://127.0.0.1:8000/a",
            "http://127.0.0.1/ http://127.0.0.1:8001/ http://localhost:8000/",
        ),
        ("[::1]:8000", "http://[::1]:8000/a", "http://[::2]:8000/"),
    ],
)
def test_what_belongs_to_a_site(scope: str, inside: str, outside: str) -> None:
    read = Scope.read(scope)
    assert str(read) == scope
    assert [url for url in inside.split() if not in_scope(url, read)] == []
    assert [url for url in outside.split() if in_scope(url, read)] == []


@pytest.mark.parametrize(
    ("url", "scope"),
    [
        ("https://www.paper.example/news/feed.xml", "paper.example"),
        ("HTTP://Paper.Example:8080", "paper.example:8080"),
    ],
)
def test_the_scope_of_an_address_is_its_host(url: str, scope: str) -> None:
    assert str(Scope.of(url)) == scope


def test_a_scope_of_no_site_is_refused() -> None:
    for written in ("", "ftp://paper.example/", "not a host"):
        with pytest.raises(ValueError, match="no address of a web site"):
            Scope.read(written)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("boats.JPG", "a picture (.jpg)"),
        ("files/boats.pdf?download=1", "a document (.pdf)"),
        ("talk.mp3", "a sound (.mp3)"),
        ("film.mp4", "a film (.mp4)"),
        ("all.zip", "an archive (.zip)"),
        ("news.rss", "a file for machines (.rss)"),
        ("tag/boats/", "a list by tag"),
        ("en/tags/boats/page/2/", "a list by tag"),
        ("author/ann-lee", "a list by author"),
        ("news/page/7/", "a further page of a list"),
        ("users/ann-lee", "a list by author"),
        ("2026/", "a list by date"),
        ("2026/11/28/", "a list by date"),
        ("blog/2026/11", "a list by date"),
        ("login", "a login"),
        ("wp-login.php?redirect_to=x", "a login"),
        ("user/register/", "a login"),
        ("checkout/step/2", "a shop's cart"),
        ("shop?add-to-cart=7", "a shop's cart"),
        ("search/?q=boats", "a search"),
        ("?s=boats", "a search"),
        ("calendar/", "a calendar"),
        ("cal/2026/11/28", "a calendar"),
        ("events?month=11&year=2026", "a calendar"),
        ("two-boats/print/", "a print view"),
        ("boats?print=1", "a print view"),
        ("boats?view=print", "a print view"),
        ("2026/boats-7/amp/", "an AMP view"),
        ("boats?amp", "an AMP view"),
        ("wiki?title=Boats&action=edit", "an edit view"),
        ("wiki?title=Boats&oldid=7", "an edit view"),
        ("boats?replytocom=7", "another view of a page"),
        ("boats/feed/", "a feed"),
        ("wp-json/oembed/1.0", "a part of the site's machinery"),
        ("en/en/en/about", "a path that repeats itself: a trap"),
        ("a/b/" * 12, "a path of more than 20 parts: a trap"),
    ],
)
def test_what_is_not_worth_fetching(path: str, why: str) -> None:
    assert refusal(f"https://paper.example/{path}") == why


@pytest.mark.parametrize(
    "path",
    [
        "",
        "news/",
        "2026/11/28/boats-in-the-lock",
        "2026/boats",
        "tag-der-arbeit-2026",
        "news/login-data-stolen",
        "search-for-the-lost-boat",
        "author-of-the-year",
        "calendar-reform/",
        "calendar/summer-fair",
        "blog/next.js",
        "review-of-booking.com",
        "print-is-not-dead",
        "library/functions/print",
        "docs/api/checkout/",
        "docs/api/search/",
        "en/stable/user/quickstart/",
        "sql/keywords/select",
        "node/2012",
        "report?year=2024",
        "story?s=5",
        "amplifiers/",
        "shop/boats?page=2",
        "index.php?id=7&print_id=8",
        "story.html",
        "a/b/a/b",
        "story?s1=3",
    ],
)
def test_what_may_be_an_article_is_not_refused(path: str) -> None:
    assert refusal(f"https://paper.example/{path}") is None
