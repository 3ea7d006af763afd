"""Copies that archives and caches show are read as the pages that they are copies of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page
from winnow.items import TEXT, Page
from winnow.read.copies import as_published, split_copy
from winnow.read.page import read_page
from winnow.read.saved import saved
from winnow.reading import Reading

URL, DAY = "https://www.lock.example/news/mended?a=1&b=2", "2021-03-04T05:06:07+00:00"
PARAGRAPHS = """The lock on the upper canal was opened again on Monday, three weeks after a barge had torn one of its
gates from the hinges. The council had feared that the repair would last until the summer.
|Divers found that the hinge itself was sound, and that only the bolts had to be replaced. A smith in the next village
forged them within two days.
|“We have been lucky,” said the keeper, who has looked after the lock for thirty years. He expects some forty boats
before the weekend.
|The barge, which carried gravel, was towed to the harbour and will be broken up. Its owner must pay for the gate, a
court has ruled.
|Until the autumn, boats may pass between six in the morning and ten at night.""".replace("\n", " ").split(" |")
LINK = (
    '<p>Ask <a href="{}https://other.example/x">the keeper of the lock</a>, who has <a href="{}/key">the key</a>.</p>'
)
DAYS = '<p>By Ida Lund</p><time datetime="2017-05-06">6 May 2017</time>'

SNAPSHOT = f"""<!DOCTYPE html><html prefix="og: http://ogp.me/ns#" itemscope itemtype="http://schema.org/Article"><head>
<meta property="og:type" content="article"/><meta property="og:site_name" content="archive.ph"/>
<meta property="og:title" content="The lock is mended" /><meta property="og:url" content="http://archive.ph/a1B2c"/>
<meta property="article:published_time" content="2021-03-04T05:06:07Z" itemprop="dateCreated"/>
<link rel="canonical" href="https://archive.ph/a1B2c"/>
<link rel="bookmark" href="http://archive.today/20210304050607/{URL.replace("&", "&amp;")}"/>
<title>The lock is mended</title></head><body><center><div id="HEADER"><table><tr><td><a href="https://archive.today/">
<div>archive.today</div><div>webpage capture</div></a></td><td>Saved from</td><td>
<time itemprop="pubdate" datetime="2021-03-04T05:06:07Z">4 Mar 2021 05:06:07 UTC</time></td></tr></table>
<a href="https://archive.ph/a1B2c/abuse">report bug or abuse</a></div><div id="SOLID"><div id="CONTENT" style="x">
<div class="html1"><div class="html">%s</div></div><div><table id="hashtags"><tr><td><a href="#10%%">10%%</a></td></tr>
</table></div></div></div></center></body></html>"""
REPLAYED = """<head><!-- WB Insert -->
<script>wbinfo = {}; wbinfo.url = "%s"; wbinfo.timestamp = "20210304050607"; wbinfo.is_live = false;</script>
<script src='https://archive.example/static/wombat.js'> </script>
<!-- End WB Insert -->
"""
CACHED = f"""<body><div id="bN015htcoyT__google-cache-hdr"><div><span>This is Google's cache of
<a href="{URL}">{URL}</a>.</span> <span>It is a snapshot of the page as it appeared on Mar 4, 2021 05:06:07 GMT.
</span></div><div>Full version</div><span>Tip: To quickly find your search term on this page, press <b>F</b>.</span>
</div><div style="position:relative">"""


def _page(before: str = "", site: str = "") -> str:
    """Return a page; `before` stands before the addresses of its links, `site` before those within the site."""
    page = html_page("The lock is mended", PARAGRAPHS)
    return page.replace("</h1>", f"</h1>{DAYS}", 1).replace("</p><", f"</p>{LINK.format(before, site)}<", 1)


def _snapshot() -> str:
    body = _page("https://archive.ph/o/a1B2c/", "https://archive.ph/o/a1B2c/https://www.lock.example")
    body = body[body.index("<body>") :].replace("<body>", '<div class="body">').replace("</body></html>", "</div>")
    return SNAPSHOT % body


def _replayed(prefix: str, url: str = URL) -> str:
    page = _page(f"{prefix}/20210304050607mp_/", f"{prefix}/20210304050607mp_/https://www.lock.example")
    return page.replace("<head>", REPLAYED % url, 1)


def _saved(page: str, address: str) -> str:
    return f"<!DOCTYPE html>\n<!-- saved from url=({len(address):04}){address} -->\n{page}"


COPIES = {
    "archive.today": _snapshot(),
    "archive.today, saved by a browser": _saved(_snapshot(), "https://archive.ph/a1B2c"),
    "archive.today, without quotes": _snapshot()
    .replace('id="CONTENT"', "id=CONTENT")
    .replace('rel="bookmark" href="http://archive.today', 'rel=bookmark href="http://archive.is'),
    "pywb": _replayed("/collection", URL.replace("&", "\\u0026")),
    "pywb, below a path": _replayed("https://archive.example/wayback/en"),
    "a copy saved by a browser": _saved(
        _replayed("https://archive.example/web"), f"https://archive.example/web/20210304050607mp_/{URL}"
    ),
    "Google's cache": _page("", "https://www.lock.example").replace("<body>", CACHED, 1) + "</div>",
}


def _read(page: str) -> Reading:
    return read_page(Page("a.html", body=page.encode()))


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_is_read_as_the_page_itself(copy: str) -> None:
    read = _read(COPIES[copy])
    article, page = read.article, _read(_page("", "https://www.lock.example")).article
    assert article
    assert page
    assert (read.url, read.captured) == (URL, DAY)
    assert article.url == URL
    assert (article.title, article.author, article.date) == ("The lock is mended", "Ida Lund", "2017-05-06")
    assert article.text == page.text
    assert article.markdown == page.markdown
    assert article.sitename != "archive.ph"


def test_a_link_to_another_archive_stays_one() -> None:
    elsewhere = "https://web.archive.org/web/20110101000000/http://old.example/"
    page = _replayed("/collection").replace("https://other.example/x", elsewhere)
    assert f'href="{elsewhere}"' in as_published(page)


@pytest.mark.parametrize(
    "page",
    [
        _page(),
        _page("https://archive.ph/o/a1B2c/"),
        _page().replace("</title>", '</title><link rel="bookmark" href="https://www.lock.example/a">'),
        SNAPSHOT.replace("CONTENT", "TEXT") % "",
        _page().replace(
            "<p>", '<p>See <a href="http://archive.today/20210304050607/https://a.example/">a copy</a>.', 1
        ),
    ],
)
def test_any_other_page_stays_as_it_is(page: str) -> None:
    assert as_published(page) == page


@pytest.mark.parametrize(
    "body", ['<frameset><frame src="menu.html"><frame src="{}"></frameset>', '<p>Archive</p><iframe src="{}"></iframe>']
)
def test_a_page_of_nothing_but_frames_says_which_page_has_the_text(body: str) -> None:
    why = _read(f"<html><head><title>Archive</title></head>{body.format(URL)}</html>").rejection
    assert why
    assert f"in a frame, which is a page of its own: {'menu.html, ' if 'menu' in body else ''}{URL}" in why.detail
    other = _read("<html><body><p>Archive</p><iframe src='about:blank'></iframe></body></html>").rejection
    assert other
    assert "frame" not in other.detail


def test_a_frame_that_nothing_closes_holds_the_rest_of_the_page() -> None:
    page = SNAPSHOT.partition("</div></div><div><table")[0] % f"<div class=body>{_page()}"
    assert PARAGRAPHS[-1] in as_published(page)


@given(st.text(), st.sampled_from(sorted(COPIES)), st.integers(0, 4_000))
def test_no_copy_breaks_it(noise: str, copy: str, place: int) -> None:
    page = COPIES[copy]
    assert isinstance(as_published(page[:place] + noise + page[place:]), str)


MARK = '<link rel="bookmark" href="http://archive.today/20210304050607/https://a.example/">'


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (f"{MARK}", "<div "),
        (f'{MARK}<div id="CONTENT">', "<table "),
        (f'{MARK}<div id="CONTENT">', "<title "),
        ("", "<!-- WB Insert -->"),
        ("FILE ARCHIVED ON", "<!-- BEGIN WAYBACK TOOLBAR INSERT -->"),
        ('FILE ARCHIVED ON"', "/a"),
        ("__google-cache-hdr", "<div "),
        ("calibre-downloaded-from p-canonical", "<a "),
    ],
)
def test_time_grows_with_the_length_of_a_page_only(begin: str, piece: str) -> None:
    page = begin + piece * 300_000
    assert saved(page.encode()).captured in (None, DAY)
    assert isinstance(as_published(page), str)


TITLE, BODY = "The lock is mended", "\n\n".join(PARAGRAPHS)
STORY = f"\n{TITLE}\n\nBy Ida Lund, 6 May 2017\n\n{BODY}\n"
WAYBACK = f"The Wayback Machine - https://web.archive.org/web/20210304050607/{URL}\n"
TOOLS = """https://www.lock.example/ Go
FEB MAR APR
04
2020 2021 2022
12 captures
4 Mar 2019 - 1 Jan 2023
About this capture
TIMESTAMPS
"""
CLIPPED = f"""---
title: {TITLE}
author: Ida Lund
published: 2017-05-06
source: https://web.archive.org/web/20210304050607/{URL}
---
"""
GOOGLE = f"""This is Google's cache of {URL}. It is a snapshot of the page as it appeared on Mar 4, 2021 05:06:07 GMT.
Full versionText-only versionView source
Tip: To quickly find your search term on this page, press Ctrl+F and use the find bar.
"""
TODAY = """archive.today
webpage capture
\tSaved from \t
history
\t4 Mar 2021 05:06:07 UTC
All snapshots\tfrom host www.lock.example
WebpageScreenshot
sharedownload .zipreport bug or abuseBuy me a coffee
"""
TEXTS = {
    "Wayback Machine, below its tools": TOOLS + WAYBACK + STORY,
    "Wayback Machine, printed": WAYBACK + STORY,
    "Wayback Machine, a clipping": f"{CLIPPED}{WAYBACK}\n{BODY}\n",
    "Google's cache": GOOGLE + STORY,
    "archive.today": f"{TODAY}{STORY}\n0%\n\n10%\n\n20%\n",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_capture_of_a_copy_is_read_without_the_archive(text: str) -> None:
    article = read_page(Page("a.txt", body=TEXTS[text].encode(), media_type=TEXT)).article
    assert article
    assert (article.title, article.author, article.date) == (TITLE, "Ida Lund", "2017-05-06")
    assert article.url == (None if text == "archive.today" else URL)
    assert article.text == BODY


@pytest.mark.parametrize("above", ["", "\n", "\n\n", " \n"])
def test_blank_rows_above_a_text_change_nothing(above: str) -> None:
    article = read_page(Page("a.txt", body=f"{above}{BODY}\n".encode(), media_type=TEXT)).article
    assert article
    assert (article.title, article.text) == (None, BODY)


def test_links_of_a_clipping_lead_where_they_led() -> None:
    link = "[the key](https://web.archive.org/web/20210304050607/https://www.lock.example/key)"
    assert split_copy(f"{WAYBACK}{link}")[1] == "[the key](https://www.lock.example/key)"


@pytest.mark.parametrize("text", [BODY, f"{BODY}\nThe Wayback Machine - a history\n", f"Of archive.today\n{BODY}", ""])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert split_copy(text)[1] == text
