#!/usr/bin/env bash
# Scrapy (2.19.0) writes XML that no XML parser reads if one item of thousands has a vertical tab, and writes `None` for what is missing.
#
# XML 1.0 has no control characters but tab and line ends, not even as references. Pages have them: Word's line break within a paragraph is
# U+000B when it is pasted, converters of PDF leave U+000C between pages, and lxml hands them on. Scrapy writes them as they are into `-O items.xml`.
# The parser stops there, so that all items are lost, and the crawl has ended well. The same holds for fields called `og:title`, `page title` or
# `2nd author`, whose names become tags. A field that is None is the text None, like an author of that name, whereas JSON has null, and CSV
# nothing. Both are right in JSON lines. FEED_EXPORT_FIELDS gives fields other names; nothing takes the characters out but oneself.
#
# Seen with Scrapy 2.19.0, lxml 6.1.3, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check scrapy==2.19.0 lxml==6.1.3
"$place/bin/python" - <<'END'
import json
from io import BytesIO
from xml.etree import ElementTree

from lxml import etree
from scrapy.exporters import JsonLinesItemExporter, XmlItemExporter
from scrapy.http import HtmlResponse

FIRST = {"title": "The lake", "author": "Ann Lee"}


def exported(kind: type, items: list[dict[str, object]]) -> bytes:
    """Return what a feed export writes of items."""
    file = BytesIO()
    exporter = kind(file)
    exporter.start_exporting()
    for item in items:
        exporter.export_item(item)
    exporter.finish_exporting()
    return file.getvalue()


def is_read(data: bytes) -> bool:
    """Return whether XML parsers read a file; both of Python's say the same."""
    found = []
    for parsed, fault in ((ElementTree.fromstring, ElementTree.ParseError), (etree.fromstring, etree.XMLSyntaxError)):
        try:
            parsed(data)
            found.append(True)
        except fault as told:
            print("   ", told)
            found.append(False)
    assert len(set(found)) == 1
    return found[0]


for written in ("a line<br>a line", "a line\x0ba line", "a page\x0ca page", "a line&#11;a line"):
    page = HtmlResponse("https://paper.example/", body=f"<title>{written}</title>".encode(), encoding="utf-8")
    item = {"title": page.css("title::text").get(), "author": None}
    print(repr(item["title"]))
    assert is_read(exported(XmlItemExporter, [FIRST, item])) == ("<br>" in written), written
    lines = exported(JsonLinesItemExporter, [FIRST, item]).splitlines()
    assert [json.loads(line) for line in lines] == [FIRST, item]
for name in ("og:title", "page title", "2nd author"):
    print(name)
    assert not is_read(exported(XmlItemExporter, [FIRST, {name: "The lake"}]))
missing = exported(XmlItemExporter, [{"title": "The lake", "author": None}])
print(missing.decode().splitlines()[1])
assert ElementTree.fromstring(missing).findtext("item/author") == "None"
END
