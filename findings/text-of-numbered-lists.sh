#!/usr/bin/env bash
# Five tools number `<ol reversed>` upwards: the tenth place of a countdown is the first in their text, and `<li value="1990">` is 2.
#
# HTML's numbers are no text: the browser counts, down from the number of items where the list says `reversed`, and on from `value`
# where an item has one. Tools that write the numbers into the text count on their own, from one or from `start`. Of `reversed` none of
# these knows, of `value` inscriptis alone, which does not know `start`. Lists of records, rankings and chronicles say something else than
# the page, in whole sentences that nobody doubts. CommonMark counts too: it takes a list's first number only, so that even `3. 2. 1.`,
# written out, is shown as 3, 4, 5.
#
# Seen with inscriptis 2.7.6, html2text 2025.4.15, markdownify 1.2.3, resiliparse 2.0.1, trafilatura 2.3.1 (Markdown), markdown-it-py 4.3.0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check inscriptis==2.7.6 html2text==2025.4.15 markdownify==1.2.3 resiliparse==2.0.1 trafilatura==2.3.1 lxml-html-clean==0.4.6 markdown-it-py==4.3.0
"$place/bin/python" - <<'END'
import re
from collections.abc import Callable

import html2text
import inscriptis
import markdownify
import trafilatura
from markdown_it import MarkdownIt
from resiliparse.extract.html2text import extract_plain_text

PROSE = "<p>The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it.</p>"
PAGE = "<html><body><article><h1>The lake</h1>" + PROSE + "{}" + PROSE + "</article></body></html>"
COUNTDOWN = "<ol reversed><li>Bronze for the pike</li><li>Silver for the perch</li><li>Gold for the trout</li></ol>"
YEARS = '<ol start="1986"><li>The mill burns</li><li value="1990">The town buys the land</li><li value="2004">A school opens</li></ol>'

tools: dict[str, Callable[[str], str | None]] = {
    "inscriptis": inscriptis.get_text,
    "html2text": html2text.HTML2Text(bodywidth=0).handle,
    "markdownify": markdownify.markdownify,
    "resiliparse": lambda page: extract_plain_text(page, main_content=True),
    "trafilatura": lambda page: trafilatura.extract(page, output_format="markdown"),
}
SEEN = {
    "inscriptis": ["1", "1990", "2004"],
    "html2text": ["1986", "1987", "1988"],
    "markdownify": ["1986", "1987", "1988"],
    "resiliparse": ["1", "2", "3"],
    "trafilatura": ["1", "2", "3"],
}
for name, convert in tools.items():
    ranks, years = (re.findall(r"(\d+)\. [A-Z]", convert(PAGE.format(made)) or "") for made in (COUNTDOWN, YEARS))
    print(f"{name:12} {ranks} instead of 3, 2, 1; {years} instead of 1986, 1990, 2004")
    assert ranks == ["1", "2", "3"] and years == SEEN[name], name
shown = MarkdownIt("commonmark").render("3. Bronze\n2. Silver\n1. Gold")
print("CommonMark:", " ".join(shown.split()))
assert shown.startswith('<ol start="3">') and shown.count("<ol") == 1
END
