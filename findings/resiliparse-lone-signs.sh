#!/usr/bin/env bash
# resiliparse (2.0.1) with `main_content=True` drops a Chinese, Japanese, Korean or Thai character that stands alone in its element.
#
# `<b>港</b>を見る` (look at the harbour) comes out as `を見る`. A text of one sign is taken for a bullet or a bar between links, but it is
# measured in bytes: one letter of Latin, Greek or Hebrew has one or two in UTF-8 and stays, signs of three bytes go. In Chinese and
# Japanese one such sign is a word, and words are linked or emphasised; a `<br>` or another element beside it is enough to leave it
# alone. `<b>€</b>`, a “ before an element that begins a paragraph, and the signs below the readings of `<ruby>` go as well. Nothing is
# said of it, and most words are whole, so that a look at the text does not show it. Without `main_content` all stays.
#
# Seen with resiliparse 2.0.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check resiliparse==2.0.1
"$place/bin/python" - <<'END'
from resiliparse.extract.html2text import extract_plain_text

PROSE = "<p>町の人々が朝から集まり、式のあとに中を見て回りました。図書館と小さな劇場があり、夏には海の祭りが開かれます。</p>"
SEEN = {  # the text of a paragraph, by its HTML
    "<b>A</b>ll, <b>é</b>t<i>é</i>, <b>ж</b>, <b>א</b>": "All, été, ж, א",  # as one expects
    "人々は<b>港町</b>を見る。": "人々は港町を見る。",
    "人々は<b>港</b>を見る。": "人々はを見る。",
    'それは<a href="/h">海</a>です。': "それはです。",
    "<ruby>北<rt>ほく</rt>京<rt>きょう</rt></ruby>の店": "ほくきょうの店",
    "그는 <b>왕</b> 이다.": "그는 이다.",
    "It costs <b>20</b> <b>€</b>.": "It costs 20 .",
    "“<i>No</i>”, said the mayor.": "No”, said the mayor.",
}
for html, seen in SEEN.items():
    page = f"<html lang='ja'><body><article><h1>港の建物</h1>{PROSE}<p>{html}</p>{PROSE}</article></body></html>"
    found = extract_plain_text(page, main_content=True).splitlines()
    whole = extract_plain_text(page).splitlines()
    print(f"{html:52} {next(line for line in found[::-1] if line and line not in PROSE)}")
    assert seen in found, (html, found)
    assert (seen in whole) == ("<b>A" in html or "港町" in html), (html, whole)
END
