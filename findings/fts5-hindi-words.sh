#!/usr/bin/env bash
# SQLite's FTS5 (3.54.1) cuts Hindi words at their vowel signs: a search for one word finds texts that have not got it.
#
# The tokenizer unicode61, which is the default, takes letters and numbers for parts of words. The vowel signs and the virama
# of Devanagari are marks (Mc, Mn), not letters: काम (work) becomes the two tokens क and म, and a search for काम is a search
# for the phrase "क म". A text with किम matches as well, and so does one in which a word that ends in क stands before a word
# that begins with म. The option `categories 'L* N* Co Mn Mc'` keeps the words whole.
#
# Seen with SQLite 3.54.1 as apsw 3.54.1.0 brings it; Python 3.11's own SQLite 3.40.1 does the same.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check apsw==3.54.1.0
"$place/bin/python" - <<'END'
import apsw

print("SQLite", apsw.sqlite_lib_version())
TEXTS = ["आज बहुत काम है", "किम मेरी बहन है", "सड़क मेरी है", "नदी में पानी है"]


def found(option: str) -> list[str]:
    db = apsw.Connection(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text{option})")
    db.executemany("INSERT INTO texts VALUES (?)", [(text,) for text in TEXTS])
    return [text for (text,) in db.execute("SELECT text FROM texts WHERE texts MATCH ? ORDER BY rowid", ('"काम"',))]


by_default, with_marks = found(""), found(""", tokenize = "unicode61 categories 'L* N* Co Mn Mc'" """)
print("by default:", by_default)
print("with marks:", with_marks)
assert by_default == ["आज बहुत काम है", "किम मेरी बहन है", "सड़क मेरी है"]
assert with_marks == ["आज बहुत काम है"]
END
