#!/usr/bin/env bash
# SQLite's FTS5 (3.54.1) does not find `Bundesgericht` in a page that says where the word may be broken: a soft hyphen ends a word.
#
# `&shy;` and the zero-width space are seen by nobody, and browsers find words across them. unicode61, the default tokenizer, takes both for
# separators: the word is two or three other words. German, Dutch and Nordic papers write soft hyphens into their longest words, above all
# in headlines, which are short of room. So a search misses those pages that are about the word, and finds those that mention it.
# inscriptis and html2text keep the signs in their text, trafilatura does not. Persian has a zero-width sign inside of words by its spelling
# (`می‌خواهم`): there the word is found as typed, but as two words, of which each alone finds it, too.
#
# Seen with SQLite 3.54.1 as apsw 3.54.1.0 brings it, inscriptis 2.7.6, html2text 2025.4.15, Python 3.11.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check apsw==3.54.1.0 inscriptis==2.7.6 html2text==2025.4.15
"$place/bin/python" - <<'END'
import apsw
import inscriptis
from html2text import html2text

LINE = "<p>Das Bundes&shy;verfassungs&shy;gericht und das Zoll&#8203;haus</p>"
text = inscriptis.get_text(LINE).strip()
print(ascii(text))
assert text == html2text(LINE).strip() == "Das Bundes\u00adverfassungs\u00adgericht und das Zoll\u200bhaus"

print("SQLite", apsw.sqlite_lib_version())
db = apsw.Connection(":memory:")
db.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
db.executemany("INSERT INTO texts VALUES (?)", [(text,), ("Am Bundesverfassungsgericht",), ("Im Zollhaus",), ("می\u200cخواهم بروم",)])
SEEN = {  # the rows that are found
    "Bundesverfassungsgericht": [2],
    "Bundes*": [1, 2],
    "gericht": [1],
    "Zollhaus": [3],
    "می\u200cخواهم": [4],
    "خواهم": [4],
}
for typed, rows in SEEN.items():
    query = f'"{typed.rstrip("*")}"' + ("*" if typed.endswith("*") else "")
    found = [row for (row,) in db.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (query,))]
    print(typed, found)
    assert found == rows, typed
END
