#!/usr/bin/env bash
# htmldate (1.11.0) gives the day on which a page was saved as the day on which it was written: it reads the comments of archiving tools.
#
# SingleFile, HTTrack and the Wayback Machine write a comment with the moment of the capture into each page. Where neither the page's own
# statements nor its text name a day, htmldate looks for one in the whole source, comments included, and finds that one; so does a search
# for the original date. Of an archive without dates, which is most personal pages and old ones, every page then has one: that of
# the night when it was saved. `extensive_search=False` finds none. trafilatura, which asks htmldate, drops the comments first.
#
# Seen with htmldate 1.11.0, trafilatura 2.3.1, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check htmldate==1.11.0 trafilatura==2.3.1 lxml-html-clean==0.4.6
"$place/bin/python" - <<'END'
from htmldate import find_date
from trafilatura import extract_metadata

PROSE = "<p>The ranger of the park says that the lake has never been so full since the town built its dam, and that the ducks like it.</p>"
PAGE = "<!DOCTYPE html><html lang='en'>{}<head><title>The lake</title></head><body><h1>The lake</h1>" + PROSE * 3 + "{}</body></html>"
SINGLEFILE = """<!--
 Page saved with SingleFile
 url: https://paper.example/lake
 saved date: Tue Mar 05 2024 10:00:00 GMT+0100 (CET)
-->"""
HTTRACK = "<!-- Mirrored from paper.example/lake.html by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 05 Mar 2024 10:00:00 GMT -->"
WAYBACK = """<!--
     FILE ARCHIVED ON 10:00:00 Mar 05, 2024 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 12:10:03 Apr 06, 2025.
-->"""
SEEN = {
    "as it was": (PAGE.format("", ""), None),
    "SingleFile": (PAGE.format(SINGLEFILE, ""), "2024-03-05"),
    "HTTrack": (PAGE.format("", HTTRACK), "2024-03-05"),
    "Wayback Machine": (PAGE.format("", WAYBACK), "2024-03-05"),
}
for name, (page, seen) in SEEN.items():
    found, original = find_date(page), find_date(page, original_date=True)
    print(f"{name:16} {found}, original date {original}, trafilatura {extract_metadata(page).date}")
    assert found == original == seen, name
    assert find_date(page, extensive_search=False) is None
    assert extract_metadata(page).date is None
END
