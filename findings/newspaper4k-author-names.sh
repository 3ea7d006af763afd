#!/usr/bin/env bash
# newspaper4k (0.9.6) finds no author 沈白, 김인숙 or राजेश गुप्ता where a meta element or a byline names them; a name has two to four words.
#
# What has one word or more than four is taken for something else than a name. Chinese, Japanese and Korean names are one word. The words are
# counted by Python's `\w`, which does not match the vowel signs of Hindi, so that `राजेश गुप्ता` has six, and whether there is an author hangs
# on the vowels of the name. Spanish names of five words are none either. The same names are found in JSON-LD, which not every page has:
# an archive has the authors of some sites only, and nothing tells that there were others.
#
# Seen with newspaper4k 0.9.6, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check newspaper4k==0.9.6
"$place/bin/python" -W ignore - <<'END'
from newspaper import Article

META = '<meta name="author" content="%s">'
STATED = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Storm",
"author": {"@type": "Person", "name": "%s"}}</script>"""
BYLINE = '<p class="byline"><a rel="author" href="/about">%s</a></p>'
TEXT = "<p>The ranger of the park says that the lake has never been so full since the town built its dam.</p>" * 3
LOST = ("沈白", "山田太郎", "김인숙", "राजेश गुप्ता", "María del Carmen García López")
KEPT = ("Ada Lund", "अमित शर्मा", "山田 太郎", "María García López")


def authors(head: str = "", byline: str = "") -> list[str]:
    """Return the authors that newspaper4k finds on a page."""
    page = Article("https://paper.example/storm", language="en")
    page.download(input_html=f"<html><head><title>Storm</title>{head}</head><body><article><h1>Storm</h1>{byline}{TEXT}</article></body></html>")
    page.parse()
    return page.authors


for name in LOST + KEPT:
    found = authors(META % name), authors(byline=BYLINE % name), authors(STATED % name)
    print(f"{name}: meta {found[0]}, byline {found[1]}, JSON-LD {found[2]}")
    assert found == (([], [], [name]) if name in LOST else ([name], [name], [name])), name
END
