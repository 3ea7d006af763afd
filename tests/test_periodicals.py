"""EPUB files that calibre makes of a site's pages: each article has its own author, address and moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.samples import sentences, zipped
from tests.conftest import Read, read_folder

PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>Canal News [Mon, 30 Nov 2020]</dc:title><dc:creator>{author}</dc:creator><dc:language>en</dc:language>
<dc:date>2020-11-30T21:41:44.147129+00:00</dc:date>{kind}</metadata><manifest>{items}</manifest></package>"""
KIND = '<meta name="calibre:publication_type" content="periodical:unknown:Canal News"/>'
CONTAINER = '<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>'
NAMES = {
    "index_u8.html": None,
    "feed_0/index.html": None,
    "feed_0/article_0/index_u1.html": 0,
    "feed_1/index_u3.html": None,
}
NAMES |= {"feed_1/article_0/index.html": 1}
BAR = '<div class="calibre_navbar">| <a href="../index.html">{}</a> | <a href="../../index_u8.html">{}</a> |</div>'


def _article(number: int, words: tuple[str, str, str]) -> str:
    url = f"https://www.canal.example/{number}?a=1&amp;b=2"
    source = f'<p>{words[2]} <strong>calibre</strong>: <a href="{url}" rel="calibre-downloaded-from">{url}</a></p>'
    text = "".join(f'<p class="byline">{line}</p>' for line in sentences(number + 3))
    bar = BAR.format(*words[:2])
    head = f'<h1>The lock is mended {number}</h1><p class="byline">By Ida Lund</p><p>{number + 1} May 2017</p>'
    return f"<html><body>{bar}<div>{head}{text}</div>{source}{bar}</body></html>"


def _list(titles: list[str]) -> str:
    items = "".join(
        f"<li><a href='article_0/index_u1.html'>{title}</a><div>{title} again</div></li>" for title in titles
    )
    return f'<html><body><ul class="calibre_feed_list">{items}</ul></body></html>'


def _book(words: tuple[str, str, str], author: str = "calibre", kind: str = KIND) -> bytes:
    pages = {
        name: (_list(sentences(9)) if number is None else _article(number, words)).encode()
        for name, number in NAMES.items()
    }
    items = "".join(f'<item href="{name}" media-type="application/xhtml+xml"/>' for name in NAMES)
    files = {"META-INF/container.xml": CONTAINER, "content.opf": PACKAGE.format(author=author, kind=kind, items=items)}
    return zipped({"mimetype": b"application/epub+zip"} | {name: text.encode() for name, text in files.items()} | pages)


@pytest.mark.parametrize(
    "words",
    [
        ("Section menu", "Main menu", "This article was downloaded by"),
        ("Abschnitt", "Hauptmenü", "Dieser Artikel wurde heruntergeladen von"),
        ("セクションメニュー", "メインメニュー", "この記事のダウンロード元"),
    ],
)
def test_articles_of_a_periodical_are_read_as_pages_of_their_site(
    words: tuple[str, str, str], folder: Path, tmp_path: Path, read: Read
) -> None:
    (folder / "news.epub").write_bytes(_book(words))
    done = read_folder(folder, tmp_path / "x.db")
    found = sorted(done.rows("SELECT title, author, date, url, sitename FROM articles"), key=str)
    assert found == [
        {
            "title": f"The lock is mended {number}",
            "author": "Ida Lund",
            "date": f"2017-05-0{number + 1}",
            "url": f"https://www.canal.example/{number}?a=1&b=2",
            "sitename": "Canal News",
        }
        for number in (0, 1)
    ]
    pages = done.rows("SELECT path, captured FROM pages")
    assert {page["captured"] for page in pages} == {"2020-11-30T21:41:44+00:00"}
    assert len(pages) == 2
    texts = [str(row["text"]) for row in done.rows("SELECT text FROM articles")]
    assert not [text for text in texts if "calibre" in text or words[0] in text or "Lund" in text]


def test_another_book_keeps_its_author_and_its_pages(folder: Path, tmp_path: Path, read: Read) -> None:
    (folder / "book.epub").write_bytes(_book(("Back", "On", "From"), "Bo Berg", kind=""))
    done = read_folder(folder, tmp_path / "x.db")
    assert {row["captured"] for row in done.rows("SELECT captured FROM pages")} == {None}
    assert len(done.rows("SELECT path FROM pages")) == 5
    assert {row["author"] for row in done.rows("SELECT author FROM articles")} == {"Bo Berg"}
