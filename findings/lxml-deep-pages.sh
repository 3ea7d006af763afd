#!/usr/bin/env bash
# lxml (6.1.3) ends an HTML page, in silence, at the 256th level of nested elements, or at an attribute or script of ten megabytes.
#
# Old pages leave tags open (`<font>`, `<b>`), and each one nests what follows; a thread of replies nests each reply in the one
# before. Where 255 elements are open, the parser stops: not only what is deeper is lost, but all the rest of the page, and no
# error is raised, since the parser of HTML recovers. A picture of eight megabytes that was saved inside its page has the same
# effect, and so has a long script before the article. Browsers show such pages whole. The option `huge_tree`, which one knows
# as a switch of security for XML, moves both limits, the depth to 2,048. trafilatura's own parser does not set it.
#
# Seen with lxml 6.1.3 (libxml2 2.14.6) and trafilatura 2.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check lxml==6.1.3 lxml_html_clean==0.4.6 trafilatura==2.3.1
"$place/bin/python" - <<'END'
from lxml import etree, html
from trafilatura import extract

STORY = [f"Paragraph {number} tells how the ferry came back to the island after the storm, and who stood there." for number in range(9)]
TEXT = "".join(f"<p>{each}</p>" for each in STORY)
PAGES = {
    "250 open tags": "<b><i>" * 125 + TEXT,
    "300 open tags": "<b><i>" * 150 + TEXT,
    "a picture of 9 MB": f'<img src="data:image/png;base64,{"A" * 9_000_000}">' + TEXT,
    "a picture of 11 MB": f'<img src="data:image/png;base64,{"A" * 11_000_000}">' + TEXT,
    "a script of 11 MB": f"<script>{'x = 1;' * 1_900_000}</script>" + TEXT,
}
SEEN = {name: (9 if name in ("250 open tags", "a picture of 9 MB") else 0, 9) for name in PAGES}
for name, body in PAGES.items():
    page = f"<html><body><article>{body}</article></body></html>"
    by_default, huge = (
        len([each for each in html.document_fromstring(page, parser=parser).iter("p") if each.text in STORY])
        for parser in (html.HTMLParser(), html.HTMLParser(huge_tree=True))
    )
    by_trafilatura = extract(page) or ""
    print(f"{name}: of 9 paragraphs, {by_default} by default, {huge} with huge_tree, {sum(each in by_trafilatura for each in STORY)} by trafilatura")
    assert (by_default, huge) == SEEN[name], name
    assert sum(each in by_trafilatura for each in STORY) == by_default, name
END
