"""What programs that save pages write into them: address and moment, and the addresses that archives rewrite."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, sentences
from tests.conftest import Read, read_folder
from winnow.items import Page
from winnow.read.copies import as_published
from winnow.read.page import read_page
from winnow.read.saved import saved
from winnow.times import moment

PAGE = html_page("The lock is mended", sentences(7))
URL, DAY = "https://www.lock.example/news/mended?a=1&b=2", "2021-03-04T05:06:07+00:00"
COPIES = "https://web.archive.org/web/20210304050607"
ESCAPED = URL.replace("&", "&amp;")


def after(start: str, mark: str) -> str:
    """Return the page with a mark behind the first place where it says `start`."""
    return PAGE.replace(start, start + mark, 1)


SINGLEFILE = "Page saved with SingleFile \n url: {} \n saved date: Thu Mar 04 2021 {}"
WAYBACK = """<script>__wm.init("https://web.archive.org/web");
__wm.wombat("{}","20210304050607","https://web.archive.org/","web","https://web-static.archive.org/","1614834367");</script>"""
ARCHIVED = "<!--\n     FILE ARCHIVED ON 05:06:07 Mar 04, 2021 AND RETRIEVED FROM THE INTERNET ARCHIVE.\n-->"
MARKED = {
    "SingleFile": after(
        '<html lang="en">', f"<!--\n {SINGLEFILE.format(URL, '05:06:07 GMT+0000 (Coordinated Universal Time)')}\n-->"
    ),
    "SingleFile, elsewhere": after(
        '<html lang="en">', f"<!--\n {SINGLEFILE.format(URL, '06:06:07 GMT+0100 (heure d’Europe centrale)')}\n-->"
    ),
    "monolith": after("", f"<!-- Saved from {URL} at 2021-03-04T05:06:07Z using monolith v2.8.1 -->\n"),
    "Save Page WE": after(
        "</title>",
        f'<meta name="savepage-url" content="{ESCAPED}"><meta name="savepage-title" content="The lock">'
        '<meta name="savepage-date" content="Thu Mar 04 2021 05:06:07 GMT+0000 (UTC)">',
    ),
    "WebScrapBook": PAGE.replace(
        "<html ", f'<html data-scrapbook-source="{ESCAPED}" data-scrapbook-create="20210304050607123" ', 1
    ),
    "Evernote": after(
        "</title>",
        f'<meta name="source-url" content="{ESCAPED}"/><meta name="created" content="2021-03-04 05:06:07 +0000"/>',
    ),
    "Wayback Machine": after("</title>", WAYBACK.format(URL)) + ARCHIVED,
    "SingleFile of a copy": after(
        '<html lang="en">',
        f"<!--\n {SINGLEFILE.format(f'{COPIES}/{URL}', '09:00:00 GMT+0000 (UTC)')}\n-->",
    ),
}


@pytest.mark.parametrize("program", MARKED)
def test_address_and_moment_are_read_from_the_mark_of(program: str) -> None:
    told = saved(MARKED[program].encode())
    assert (told.url, told.captured) == (URL, DAY)


LINKS = {
    "calibre": '<p>This article was downloaded from <a href="{}" rel="calibre-downloaded-from">there</a></p>',
    "Medium": '<footer><p><a href="{}" class="p-canonical">Canonical link</a></p></footer>',
    "Notion": '<table class="properties"><tr><td><a href="{}" class="url-value">there</a></td></tr></table>',
}


@pytest.mark.parametrize("program", LINKS)
def test_the_address_is_read_from_the_link_of(program: str) -> None:
    assert saved(after("<article>", LINKS[program].format(ESCAPED)).encode()).url == URL
    assert saved(after("<article>", LINKS[program].format("/there")).encode()).url is None


@pytest.mark.parametrize("length", ["0044", "44"])
def test_the_mark_of_browsers_tells_an_address_only(length: str) -> None:
    told = saved(after("<!DOCTYPE html>", f"\n<!-- saved from url=({length}){URL} -->\n").encode())
    assert (told.url, told.captured) == (URL, None)


ICON = '<link rel="icon" href="https://www.lock.example/i.png">'


@pytest.mark.parametrize(("link", "scheme"), [("", "http"), (ICON, "https")])
def test_httrack_leaves_out_the_scheme(link: str, scheme: str) -> None:
    program = "HTTrack Website Copier/3.x [XR&CO'2014]"
    mark = f"<!-- Mirrored from www.lock.example/a/b.html by {program}, Thu, 04 Mar 2021 05:06:07 GMT -->"
    told = saved(after("</title>", f"{link}{mark}").encode())
    assert (told.url, told.captured) == (f"{scheme}://www.lock.example/a/b.html", DAY)


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        after("<!DOCTYPE html>", "<!-- saved from url=(0014)about:internet -->"),
        after("<!DOCTYPE html>", "<!-- saved from url=(0022)file:///home/me/a.html -->"),
        after("<article>", f"<p>It began with &lt;!-- saved from url=(0044){URL} --&gt;, she wrote.</p>"),
        after("<!DOCTYPE html>", " " * 20_000 + f"<!-- saved from url=(0044){URL} -->"),
    ],
)
def test_nothing_is_made_up(page: str) -> None:
    assert saved(page.encode()).url is None


def test_a_moment_that_is_none_leaves_the_address() -> None:
    told = saved(MARKED["monolith"].replace("2021-03-04T05:06:07Z", "yesterday").encode())
    assert (told.url, told.captured) == (URL, None)


@given(st.binary(), st.sampled_from(sorted(MARKED)), st.integers(0, 400))
def test_no_bytes_break_it(noise: bytes, program: str, place: int) -> None:
    body = MARKED[program].encode()
    told = saved(body[:place] + noise + body[place:])
    assert told.url is None or told.url.startswith(("http://", "https://"))
    assert told.captured is None or moment(told.captured) == told.captured


def test_a_copy_of_the_wayback_machine_is_read_as_it_was_published() -> None:
    page = html_page("The lock is mended", sentences(7), canonical=URL)
    link = (
        f'<p>{sentences(8)[0]} <a href="https://other.example/x">There</a>, <a href="mailto:a@lock.example">us</a>.</p>'
    )
    page = page.replace("</p>", f"</p>{link}", 1)
    copy = page.replace('href="https://', f'href="{COPIES}/https://')
    copy = copy.replace('href="mailto:', 'href="/web/20210304050607/mailto:')
    toolbar = (
        "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp'>12 captures</div><!-- END WAYBACK TOOLBAR INSERT -->"
    )
    copy = copy.replace("<body>", f"<body>{toolbar}") + ARCHIVED
    assert as_published(copy) == page + ARCHIVED
    read = read_page(Page("a.html", body=copy.encode())).article
    assert read
    assert read.url == URL
    assert "web.archive.org" not in read.markdown


def test_a_page_that_links_to_copies_stays_as_it_is() -> None:
    page = PAGE.replace(
        "</p>", ' <a href="https://web.archive.org/web/20210304050607/https://a.example/">copy</a></p>', 1
    )
    assert as_published(page) == page


def test_a_canonical_link_goes_before_the_mark() -> None:
    canonical = "https://www.lock.example/news/mended"
    page = html_page("The lock is mended", sentences(7), canonical=canonical)
    page = page.replace('<html lang="en">', f"<!-- saved from url=(0044){URL} --><html lang='en'>", 1)
    reading = read_page(Page("a.html", body=page.encode()))
    assert reading.article
    assert (reading.article.url, reading.url) == (canonical, URL)


def test_a_crawl_keeps_where_and_when_a_page_was_saved(folder: Path, tmp_path: Path, read: Read) -> None:
    """The earlier capture of the same words becomes the article's page, as with records of containers."""
    later = MARKED["monolith"].replace("2021", "2022")
    for name, page in {"a.html": later, "b.html": MARKED["SingleFile"], "c.html": PAGE}.items():
        (folder / name).write_text(page, "utf-8")
    done = read_folder(folder, tmp_path / "x.db")
    found = {row["path"]: (row["url"], row["captured"], row["outcome"]) for row in done.rows("SELECT * FROM pages")}
    assert found["a.html"] == (URL, DAY.replace("2021", "2022"), "duplicate")
    assert found["b.html"] == (URL, DAY, "article")
    assert found["c.html"][:2] == (None, None)
    [article] = done.rows("SELECT url, hostname, first_seen FROM articles")
    assert article == {"url": URL, "hostname": "www.lock.example", "first_seen": DAY}
