#!/usr/bin/env bash
# SQLite's FTS5 (3.54.1) finds Thai words inside a sentence only as long as it cuts words at marks.
#
# The tokenizer unicode61 needs `categories 'L* N* Co Mn Mc'` to keep Hindi words whole (fts5-hindi-words.sh). Thai, Lao, Burmese
# and Khmer are written without spaces, and their marks (vowels above and below, tones) are all that divides a sentence by default:
# a word that stands between two marks is found. With the categories of marks the sentence is one word of which only the beginning
# is found. `separators` with the marks of these scripts beside the categories keeps both.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check apsw==3.54.1.0
"$place/bin/python" - <<'END'
import apsw

print("SQLite", apsw.sqlite_lib_version())
THAI, HINDI, OTHER = "วันนี้อากาศ ดี", "आज बहुत काम है", "किम मेरी बहन है"
MARKS = "".join(map(chr, [0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F)]))


def found(option: str) -> dict[str, list[str]]:
    db = apsw.Connection(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text{option})")
    db.executemany("INSERT INTO texts VALUES (?)", [(THAI,), (HINDI,), (OTHER,)])
    sql = "SELECT text FROM texts WHERE texts MATCH ? ORDER BY rowid"
    return {word: [text for (text,) in db.execute(sql, (f'"{word}"',))] for word in ("อากาศ", "काम")}


by_default = found("")
with_marks = found(""", tokenize = "unicode61 categories 'L* N* Co Mn Mc'" """)
with_both = found(f""", tokenize = "unicode61 categories 'L* N* Co Mn Mc' separators '{MARKS}'" """)
print("by default:", by_default)
print("with marks:", with_marks)
print("with marks, but for those of Thai:", with_both)
assert by_default == {"อากาศ": [THAI], "काम": [HINDI, OTHER]}
assert with_marks == {"อากาศ": [], "काम": [HINDI]}
assert with_both == {"อากาศ": [THAI], "काम": [HINDI]}
END
