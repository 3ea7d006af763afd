#!/usr/bin/env bash
# The text of `10<sup>9</sup>` is 109: inscriptis, html2text, markdownify, resiliparse and trafilatura all change the number, in silence.
#
# A power, an isotope or a footnote's number is told from the digits before it by its place alone, which text has not. A reader of the page sees
# a billion, a reader of the text 109, and nothing there says that something is amiss; 2<sup>10</sup> becomes 210, and 10<sup>-6</sup>
# 10-6. html2text and markdownify have options for it (`include_sup_sub`, `sup_symbol`) that are off by default; trafilatura keeps `<sup>` in
# Markdown with `include_formatting`, in no plain text. Unicode's superscripts (10⁹) need no markup.
#
# Seen with inscriptis 2.7.6, html2text 2025.4.15, markdownify 1.2.3, resiliparse 2.0.1, trafilatura 2.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check inscriptis==2.7.6 html2text==2025.4.15 markdownify==1.2.3 resiliparse==2.0.1 trafilatura==2.3.1 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
from collections.abc import Callable

import html2text
import inscriptis
import markdownify
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

RANGER = "The ranger of the park says that the lake has never been so full since the town built its dam. " * 3
POWERS = "The lake holds 10<sup>9</sup> litres, one part in 10<sup>-6</sup> of them salt, and 2<sup>10</sup> ducks were counted in spring."
PAGE = f"<html><body><article><h1>The lake</h1><p>{POWERS}</p><p>{RANGER}</p></article></body></html>"

tools: dict[str, Callable[[str], str | None]] = {
    "inscriptis": inscriptis.get_text,
    "html2text": html2text.HTML2Text(bodywidth=0).handle,
    "markdownify": markdownify.markdownify,
    "resiliparse": lambda page: extract_plain_text(page, main_content=True),
    "trafilatura": trafilatura.extract,
}
for name, convert in tools.items():
    line = next(line for line in (convert(PAGE) or "").splitlines() if "litres" in line)
    print(f"{name:12} {line.strip()}")
    assert "109 litres" in line and "in 10-6 of" in line and "210 ducks" in line, name
END
