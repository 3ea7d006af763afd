#!/usr/bin/env bash
# courlan's clean_url (1.4.0) makes one address of many pages: it drops parameters that name a page, and spoils escapes.
#
# Trackers are found by how a name begins: `gallery` is taken for `ga`, `glossary` for `gl`, `reference` for `ref`. A query
# without a name (`?12345`, as some content systems write it) is dropped, and so is an empty parameter. A query is decoded as
# UTF-8 and encoded anew: `%E9`, which is right on a page in Latin-1, becomes three bytes of a replacement character, so that
# `été` and `öté` are the same address, which no server knows. Crawlers clean addresses to ask for each page once: here they
# ask for one page of many, or for none.
#
# Seen with courlan 1.4.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check courlan==1.4.0
"$place/bin/python" - <<'END'
from courlan import clean_url

PLACE = "https://paper.example/story"
SEEN = {
    "?utm_source=letter&id=7": "?id=7",  # as one expects
    "?gallery=5": "",
    "?reference=12": "",
    "?glossary=lock": "",
    "?12345": "",
    "?q=%E9t%E9": "?q=%EF%BF%BDt%EF%BF%BD",
    "?q=%F6t%E9": "?q=%EF%BF%BDt%EF%BF%BD",
}
for query, cleaned in SEEN.items():
    found = clean_url(PLACE + query)
    print(f"{query:26} {found}")
    assert found == PLACE + cleaned, query
END
