#!/usr/bin/env bash
# dateparser (1.5.0) reads a day of the Thai calendar as one in the year 2567, and a Persian day as one in the year 1402.
#
# Thai news count years from the Buddha's death: 12 มีนาคม 2567 is 12 March 2024. Iranian news write ۱۴۰۲/۱۲/۱۵ for 5 March 2024, whose
# twelfth month begins on 20 February. dateparser knows the languages and their digits, takes the years for ours, and gives a day without a
# sign of doubt, also with the language named. What is sorted or filtered by day is then centuries off; with Thai day and month right, a
# check of these finds nothing. The Persian calendar has a class of its own (`dateparser.calendars.jalali`), which `parse` never asks.
#
# Seen with dateparser 1.5.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check dateparser==1.5.0
"$place/bin/python" - <<'END'
import dateparser

SEEN = {
    ("12 มีนาคม 2024", "th"): "2024-03-12",  # what one expects
    ("12 มีนาคม 2567", "th"): "2567-03-12",  # 2024-03-12
    ("12/03/2567", "th"): "2567-03-12",  # 2024-03-12
    ("2024/03/05", "fa"): "2024-03-05",  # what one expects
    ("۱۴۰۲/۱۲/۱۵", "fa"): "1402-12-15",  # 2024-03-05
    ("۱۴۰۲/۱۰/۱۱", "fa"): "1402-10-11",  # 2024-01-01
}
for (text, language), seen in SEEN.items():
    days = [dateparser.parse(text), dateparser.parse(text, languages=[language])]
    found = [day and f"{day:%Y-%m-%d}" for day in days]
    print(text, language, found)
    assert found[1] == seen, text
END
