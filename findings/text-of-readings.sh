#!/usr/bin/env bash
# The text of `<ruby>図書館<rt>としょかん</rt></ruby>` is 図書館としょかん: six tools write the reading into the word, in silence.
#
# Ruby says how a word is read, in small letters above it; pages for children and learners, and many names in news, have it on every word.
# Tools that turn HTML into text know no ruby, and put the reading behind the word as if both were one. No search for 港の図書館 ("library of
# the port") finds the text then, a reader cannot tell word from reading, and the text is half as long again. Where the page has brackets
# for programs that know no ruby (`<rp>（</rp>`), the others keep them, turbohtml drops them. No option of these tools leaves the reading out;
# Beautiful Soup's `get_text` does it by itself.
#
# Seen with beautifulsoup4 4.14.3, inscriptis 2.7.6, html2text 2025.4.15, markdownify 1.2.3, resiliparse 2.0.1, turbohtml 1.15.4,
# trafilatura 2.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check beautifulsoup4==4.14.3 inscriptis==2.7.6 html2text==2025.4.15 markdownify==1.2.3 resiliparse==2.0.1 turbohtml==1.15.4 trafilatura==2.3.1 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
from collections.abc import Callable

import html2text
import inscriptis
import markdownify
import trafilatura
import turbohtml
from bs4 import BeautifulSoup
from resiliparse.extract.html2text import extract_plain_text

RUBY = "<ruby>港<rt>みなと</rt></ruby>の<ruby>図書館<rt>としょかん</rt></ruby>は、<ruby>来月<rp>（</rp><rt>らいげつ</rt><rp>）</rp></ruby>から開きます。"
PLAIN = "二階には、子どもが本を読むことができる広い部屋があります。毎週土曜日には、昔の話をする会も開かれる予定です。" * 3
PAGE = f"<html><body><article><h1>図書館</h1><p>{RUBY}</p><p>{PLAIN}</p></article></body></html>"

tools: dict[str, Callable[[str], str | None]] = {
    "inscriptis": inscriptis.get_text,
    "html2text": html2text.HTML2Text(bodywidth=0).handle,
    "markdownify": markdownify.markdownify,
    "resiliparse": lambda page: extract_plain_text(page),
    "turbohtml": lambda page: turbohtml.parse(page).to_text(),
    "trafilatura": trafilatura.extract,
}
assert "港の図書館は、来月から" in BeautifulSoup(PAGE, "lxml").get_text()
for name, convert in tools.items():
    text = "".join((convert(PAGE) or "").split())
    print(f"{name:12} {text[text.index('港') : text.index('開')]}")
    assert "港みなとの図書館としょかんは" in text and "港の図書館" not in text, name
    assert ("来月らいげつから" if name == "turbohtml" else "来月（らいげつ）から") in text, name
END
