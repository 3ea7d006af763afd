#!/usr/bin/env bash
# dateparser (1.5.0) reads `13 Mart 2024` as 13 January and `12 Mart 2024` as December, at an offset of -09:30.
#
# Mart is March in Turkish, Serbian, Azerbaijani and Uzbek, and MART is the time of the Marquesas Islands. Time zones are taken
# out before any language is tried, in any case of letters, so no month is left: the day is taken for a month where it can be
# one, and the day of the month is today's. Every day of March is wrong and no other month is, where the language is not given
# or others are given beside it; with Turkish alone, Turkish days are right, with Serbian alone Serbian ones are not.
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

TODAY = {"RELATIVE_BASE": datetime(2026, 1, 20, 12)}
SEEN = {
    ("13 Mart 2024", None): "2024-01-13T00:00:00-09:30",
    ("12 Mart 2024", None): "2024-12-20T00:00:00-09:30",
    ("3 MART 2024 14:30", None): "2024-03-20T14:30:00-09:30",
    ("13 Mart 2024", ("tr", "en")): "2024-01-13T00:00:00-09:30",
    ("13 Mart 2024", ("tr",)): "2024-03-13T00:00:00",
    ("13. mart 2024", ("sr",)): "2024-01-13T00:00:00-09:30",
    ("13 Nisan 2024", None): "2024-04-13T00:00:00",  # April, as are the other months
}
for (text, languages), seen in SEEN.items():
    found = dateparser.parse(text, languages=languages, settings=TODAY)
    print(f"{text!r}, {'in ' + ' or '.join(languages) if languages else 'in any language'}: {found}")
    assert found and found.isoformat() == seen, (text, languages, found)
END
