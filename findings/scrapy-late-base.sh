#!/usr/bin/env bash
# Scrapy (2.19.0) does not see a <base> that stands behind the first 4,096 characters of a page: relative links lead elsewhere.
#
# `<base href>` says what the links of a page are relative to; the standard wants it before what uses addresses, but inline styles,
# scripts and data may stand before it, and often fill more than four kilobytes. `response.urljoin`, `response.follow` and
# `LinkExtractor` look for it in the first 4,096 characters only. They raise nothing, and give addresses of another folder, which the
# site answers with 404 or, worse, with another page. The address of an immediate refresh is looked for in the same stretch.
#
# Seen with Scrapy 2.19.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check scrapy==2.19.0
"$place/bin/python" - <<'END'
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferries</title><style>{}</style>
<base href="https://paper.example/2024/harbour/"></head><body><a href="timetable.html">Timetable</a></body></html>"""
RULE = "a { color: teal }\n"
SEEN = {100: "https://paper.example/2024/harbour/timetable.html", 400: "https://paper.example/timetable.html"}
for rules, expected in SEEN.items():
    body = PAGE.format(RULE * rules).encode()
    response = HtmlResponse("https://paper.example/story?id=7", body=body, encoding="utf-8")
    ways = {response.urljoin("timetable.html"), response.follow("timetable.html").url}
    ways |= {link.url for link in LinkExtractor().extract_links(response)}
    print(f"{body.index(b'<base'):,} bytes before <base>: {ways}")
    assert ways == {expected}
END
