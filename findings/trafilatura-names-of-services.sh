#!/usr/bin/env bash
# trafilatura (2.3.1) leaves `Google`, `Facebook`, `Print`, `Mail` and their like out of lists, tables and headings of an article.
#
# An element is dropped whose text is the name of a network or of a button below articles (Google, Facebook, Twitter, Reddit, Instagram, QQ,
# Mail, PDF, Print, Pocket and others), wherever it stands. A list of the largest search engines begins with the second, a table has numbers
# beside an empty cell, and the text of a section follows the one before it without its heading, so that what is said of the one seems to be
# said of the other. Names within sentences are kept, so that nothing is missed at first sight. `favor_recall` does not change it.
#
# Seen with trafilatura 2.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
from trafilatura import extract

RANGER = "<p>The ranger of the park says that the lake has never been so full since the town built its dam.</p>" * 3
PARTS = """<p>Most people of the town open one of these pages in the morning:</p>
<ol><li>Google</li><li>Yahoo</li><li>Facebook</li><li>Wikipedia</li></ol>
<table><tr><th>Page</th><th>Users</th></tr><tr><td>Reddit</td><td>90</td></tr><tr><td>Tumblr</td><td>20</td></tr></table>
<h2>Radio</h2><p>It has lost half of those who heard it in 1990.</p><h2>Print</h2><p>It sold ten thousand copies in 1990.</p>
<dl><dt>Mail</dt><dd>A letter that goes by wire.</dd><dt>Fax</dt><dd>A page that goes by wire.</dd></dl>
<p>The mayor uses Google, as he says.</p>"""
SEEN = [
    "Most people of the town open one of these pages in the morning:",
    "- Yahoo",
    "- Wikipedia",
    "| Page | Users |",
    "|---|---|",
    "|  | 90 |",
    "| Tumblr | 20 |",
    "Radio",
    "It has lost half of those who heard it in 1990.",
    "It sold ten thousand copies in 1990.",
    "- A letter that goes by wire.",
    "- Fax",
    "- A page that goes by wire.",
    "The mayor uses Google, as he says.",
]
for recall in (False, True):
    text = extract(f"<html><body><article><h1>Media</h1>{RANGER}{PARTS}{RANGER}</article></body></html>", favor_recall=recall)
    lines = [line.strip() for line in (text or "").splitlines() if not line.startswith(("The ranger", "Media"))]
    print(*lines, "", sep="\n")
    assert lines == SEEN, lines
END
