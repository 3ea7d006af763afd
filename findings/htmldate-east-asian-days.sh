#!/usr/bin/env bash
# htmldate (1.11.0) and trafilatura read `2024年11月25日`, as Chinese and Japanese pages write a day, as the first of January.
#
# The form is found in no element and by no pattern, so that the search ends at the year alone, which stands for its first day. The same
# text with an hour behind it is read rightly, and so are `2024-11-25`, `2024.11.25` and Korean `2024년 11월 25일`: dateparser, which htmldate
# asks, knows the form. Latvian, Basque and Mongolian days end in the same way. An archive of such pages has most of its articles on New
# Year's Day, which looks like a coarse date, and is a wrong one.
#
# Seen with htmldate 1.11.0, trafilatura 2.3.1, dateparser 1.5.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check htmldate==1.11.0 trafilatura==2.3.1 dateparser==1.5.0 lxml-html-clean==0.4.6
"$place/bin/python" -W ignore - <<'END'
import dateparser
from htmldate import find_date
from trafilatura import extract_metadata

PROSE = "<p>港の新しい建物が月曜日に開きました。町の人々が朝から集まり、式のあとに中を見て回りました。</p>" * 3
PAGE = "<!DOCTYPE html><html lang='ja'><head><title>港</title></head><body><article><h1>港</h1>{}" + PROSE + "</article></body></html>"
FORMS = ("<p class='date'>{}</p>", "<time>{}</time>", "<span class='published'>{}</span>", "<p>{}</p>")
SEEN = {
    "2024-11-25": "2024-11-25",
    "2024年11月25日 14:30": "2024-11-25",
    "2024년 11월 25일": "2024-11-25",
    "2024年11月25日": "2024-01-01",
    "2024年3月5日": "2024-01-01",
    "2024年03月05日(火)": "2024-01-01",
    "2024. gada 25. novembrī": "2024-01-01",
    "2024ko azaroaren 25a": "2024-01-01",
}
for day, seen in SEEN.items():
    pages = [PAGE.format(form.format(day)) for form in FORMS]
    found = {find_date(page) for page in pages} | {extract_metadata(page).date for page in pages}
    print(day, found)
    assert found == {seen}, day
assert dateparser.parse("2024年11月25日").date().isoformat() == "2024-11-25"
END
