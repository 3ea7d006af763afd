#!/usr/bin/env bash
# dateparser (1.5.0) reads Thai March as January, Punjabi June as January, and Marathi and Gujarati May as "five months ago".
#
# It compares words without their marks (`NORMALIZE`, which is on), as one does to read `août` and `aout` alike. In Thai and Indic scripts
# these marks are the vowels: `มี.ค.` (March) becomes `ม.ค.` (January), `ਜੂਨ` (June) `ਜਨ` (January), and `मे` (May) the sign for months. Thai
# papers write months in this short form; the other eleven are right, so that one entry in twelve is two months early, with the language
# given, too. With `NORMALIZE` off all of them are right.
#
# Seen with dateparser 1.5.0, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check dateparser==1.5.0
"$place/bin/python" -W ignore - <<'END'
from datetime import datetime

import dateparser

TODAY = datetime(2026, 1, 20, 12)
SEEN = {  # the day as it is read, and as it is read without NORMALIZE
    ("5 ม.ค. 2023", "th"): ("2023-01-05", "2023-01-05"),
    ("5 มี.ค. 2023", "th"): ("2023-01-05", "2023-03-05"),
    ("5 เม.ย. 2023", "th"): ("2023-04-05", "2023-04-05"),
    ("5 ਜੂਨ 2023", "pa"): ("2023-01-05", "2023-06-05"),
    ("5 मे 2023", "mr"): ("2025-08-20", "2023-05-05"),
    ("5 મે 2023", "gu"): ("2025-08-20", "2023-05-05"),
    ("5 août 2023", "fr"): ("2023-08-05", "2023-08-05"),
}
for (text, language), seen in SEEN.items():
    ways = ({"RELATIVE_BASE": TODAY}, {"RELATIVE_BASE": TODAY, "NORMALIZE": False})
    found = [dateparser.parse(text, languages=[language], settings=way) for way in ways]
    days = tuple(day and day.date().isoformat() for day in found)
    print(f"{text} ({language}):", *days)
    assert days == seen, text
END
