#!/usr/bin/env bash
# htmldate 1.11.0 reads `4. 9. 2023` as 9 April, and `4.9.2023` as 4 September.
#
# Czech, Slovak and Slovene pages write the day first and a space after each dot. htmldate takes the day first where there is no
# space, and the month first where there is one, although `<html lang>` says Czech. Days after the 12th come out right, so that
# a look at a few pages may not show it.
#
# Seen with htmldate 1.11.0, dateparser 1.5.0, lxml 6.1.3, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check htmldate==1.11.0 dateparser==1.5.0 lxml==6.1.3
"$place/bin/python" - <<'END'
from htmldate import find_date

PAGE = """<html lang="cs"><head><title>Mlýn u řeky</title></head><body><article><h1>Mlýn u řeky</h1><p>{}</p>
<p>Mlynář po devíti letech otevřel stavidlo a půl vesnice se přišlo podívat na vodu.</p></article></body></html>"""
SEEN = {
    "4.9.2023": "2023-09-04",
    "04.09.2023": "2023-09-04",
    "4. 9. 2023": "2023-04-09",  # 4 September is meant
    "04. 09. 2023": "2023-04-09",
    "14. 9. 2023": "2023-09-14",  # no other reading is possible
}
for written, seen in SEEN.items():
    found = find_date(PAGE.format(written))
    print(f"{written:14} {found}")
    assert found == seen, f"{written} was read as {seen} when this was written down, now as {found}"
END
