#!/usr/bin/env bash
# "other.¹ The reason" of a paper at arXiv becomes `other.111The oldest …1873. The reason`: six tools write the footnote into its paragraph.
#
# LaTeXML makes the HTML of papers (arXiv, ar5iv). It puts a footnote where the mark stands, in inline elements, and a style sheet hides it until
# a reader points at the mark. The note has its number three times: as the mark, and twice inside, for two ways to show it. What turns HTML into
# text knows no style sheet of another file, and gives sentence, figures and note as one run of words: no search for words on both sides of the
# mark finds them. All of it is text of the article, so that no score by words shows the fault.
#
# Seen with beautifulsoup4 4.14.3, inscriptis 2.7.6, html2text 2025.4.15, markdownify 1.2.3, resiliparse 2.0.1, trafilatura 2.3.1, on markup as
# LaTeXML 0.8.7 writes it, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check beautifulsoup4==4.14.3 inscriptis==2.7.6 html2text==2025.4.15 markdownify==1.2.3 resiliparse==2.0.1 trafilatura==2.3.1 lxml-html-clean==0.4.6
"$place/bin/python" -W ignore - <<'END'
from collections.abc import Callable

import html2text
import inscriptis
import markdownify
import trafilatura
from bs4 import BeautifulSoup
from resiliparse.extract.html2text import extract_plain_text

NOTE = (
    '<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer">'
    '<span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>'
    "The oldest series of tides that we know of begins with the winter of 1873.</span></span></span>"
)
FIRST = f"Gauges of two harbours can hardly be compared with each other.{NOTE} The reason is that each has a zero of its own."
SECOND = "Nobody wrote down where that zero was, and the harbour walls to which it was tied have sunk since, some by a hand." * 3
PAGE = (
    '<html><head><link rel="stylesheet" href="LaTeXML.css"></head><body><article class="ltx_document"><h1>Tides</h1>'
    f'<div class="ltx_para"><p class="ltx_p">{FIRST}</p></div><div class="ltx_para"><p class="ltx_p">{SECOND}</p></div></article></body></html>'
)

tools: dict[str, Callable[[str], str | None]] = {
    "Beautiful Soup": lambda page: BeautifulSoup(page, "lxml").get_text(),
    "inscriptis": inscriptis.get_text,
    "html2text": html2text.HTML2Text(bodywidth=0).handle,
    "markdownify": markdownify.markdownify,
    "resiliparse": lambda page: extract_plain_text(page, main_content=True),
    "trafilatura": trafilatura.extract,
}
for name, convert in tools.items():
    text = " ".join((convert(PAGE) or "").split())
    shown = text[text.index("other") : text.index("The reason")]
    print(f"{name:14} {shown}")
    assert "other.111The oldest" in shown.replace(" ", "").replace("Theoldest", "The oldest"), name
    assert shown.rstrip().endswith("1873."), name
END
