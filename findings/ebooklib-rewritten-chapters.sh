#!/usr/bin/env bash
# ebooklib (0.20) gives a chapter without the words before its first element, without its title, and in English, whatever language it is in.
#
# `item.get_content()` is what one gives to a parser, and looks like the file. It is a new document: of the body's content only elements and
# what follows them are put into it, so that a text that stands in <body> itself, as HTML allows, loses its beginning up to the first <b> or
# <br>. <head> is empty, and with it go <title> and what states an author or a day; `lang` and `xml:lang` are "en" in each book, since
# `book.language` is never read from the package, and `dir` of <html> and <body> is gone. A Hebrew book is stored as English, and left to right.
# `get_body_content()` has the words, and `item.content` has the file as it is.
#
# Seen with ebooklib 0.20, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check ebooklib==0.20
"$place/bin/python" -W ignore - "$place" <<'END'
import sys
import zipfile
from pathlib import Path

import ebooklib
from ebooklib import epub
from lxml import html

CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:isbn:9780000000002</dc:identifier><dc:title>האגם</dc:title>
<dc:language>he</dc:language><meta property="dcterms:modified">2024-02-29T10:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="lake" href="lake.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="lake"/></spine></package>"""
PAGE = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="he" lang="he" dir="rtl"><head><title>{}</title></head><body>{}</body></html>"""
NAV = '<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol><li><a href="lake.xhtml">האגם</a></li></ol></nav>'

path = Path(sys.argv[1], "book.epub")
with zipfile.ZipFile(path, "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", CONTAINER)
    book.writestr("book.opf", PACKAGE)
    book.writestr("nav.xhtml", PAGE.format("תוכן", NAV))
    book.writestr("lake.xhtml", PAGE.format("פרק ראשון", "האגם לא היה <b>מלא</b> כל השנה.<p>הברווזים שמחים.</p>"))

book = epub.read_epub(path)
[chapter] = [each for each in book.get_items_of_type(ebooklib.ITEM_DOCUMENT) if each.id == "lake"]


def seen(content: bytes) -> tuple[str, str | None, str | None, str | None]:
    """Return the text of a chapter's body, its language, direction and title."""
    root = html.document_fromstring(content.decode().split("?>\n")[-1])
    return "".join(root.find("body").itertext()).strip(), root.get("lang"), root.get("dir"), root.findtext("head/title")


print("get_content:", seen(chapter.get_content()))
print("content:    ", seen(chapter.content))
print("get_body_content:", chapter.get_body_content().decode())
assert seen(chapter.get_content()) == ("מלא כל השנה.הברווזים שמחים.", "en", None, None)
assert seen(chapter.content) == ("האגם לא היה מלא כל השנה.הברווזים שמחים.", "he", "rtl", "פרק ראשון")
assert chapter.get_body_content().decode().startswith("האגם לא היה <b>")
assert (book.language, book.get_metadata("DC", "language")) == ("en", [("he", {})])
END
