#!/usr/bin/env bash
# newspaper4k (0.9.6), goose3 (3.1.22), ultimate-sitemap-parser (1.8.1) and sqlite-utils (4.2.1) make a stated month the day on which one asks.
#
# schema.org, sitemaps and Open Graph have ISO 8601's dates, which may be a month or a year: `2024-03` is what a magazine states. One guesses
# that it becomes the first of the month, or nothing. The four hand it to dateutil as it is, which takes whatever is missing from today: on a
# 30th, it is 30 March, of `2024` the day of today in that year, and of `12:30` today. The same page that is read on two days has two
# days, so that it is new again, and no day tells that it was never stated. In the order of the articles it may stand behind what came later.
# sqlite-utils' recipe `parsedate` does so with a whole column.
#
# Seen with newspaper4k 0.9.6, goose3 3.1.22, ultimate-sitemap-parser 1.8.1, sqlite-utils 4.2.1, python-dateutil 2.9.0.post0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check \
    newspaper4k==0.9.6 goose3==3.1.22 ultimate-sitemap-parser==1.8.1 sqlite-utils==4.2.1 python-dateutil==2.9.0.post0 lxml-html-clean==0.4.6
"$place/bin/python" -W ignore - <<'END'
from datetime import date, datetime

import newspaper
from goose3 import Goose
from sqlite_utils.recipes import parsedate
from usp.fetch_parse import SitemapStrParser

PROSE = "The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it. " * 4
PAGE = """<html lang="en"><head><title>The lake</title><script type="application/ld+json">{{"@context": "https://schema.org",
    "@type": "NewsArticle", "headline": "The lake", "datePublished": "{0}"}}</script><meta property="article:published_time" content="{0}">
    </head><body><article><h1>The lake</h1><p>{1}</p></article></body></html>"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://paper.example/1</loc><lastmod>{}</lastmod></url></urlset>"""


def of_newspaper(stated: str) -> datetime | None:
    """Return the moment at which newspaper4k says that a page was published."""
    article = newspaper.Article("https://paper.example/1", language="en")
    article.download(input_html=PAGE.format(stated, PROSE))
    article.parse()
    return article.publish_date


FOUND = {
    "newspaper4k": of_newspaper,
    "goose3": lambda stated: Goose().extract(raw_html=PAGE.format(stated, PROSE)).publish_datetime_utc,
    "ultimate-sitemap-parser": lambda stated: next(SitemapStrParser(SITEMAP.format(stated)).sitemap().all_pages()).last_modified,
    "sqlite-utils": parsedate,
}
today = date.today()
for stated, expected in (("2024-03-05", "2024-03-05"), ("2024-03", f"2024-03-{today:%d}"), ("2024", f"2024-{today:%m-%d}")):
    for tool, found in FOUND.items():
        day = str(found(stated))[:10]
        print(f"{tool:24} {stated:12} {day}")
        assert day == expected, tool
END
