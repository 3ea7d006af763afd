#!/usr/bin/env bash
# SQLite's full-text search with its Porter stemmer finds `universities` by `univers*`, by `universi*` and `universit*` not, and arsenal by `arsenic*`.
#
# The guide of sqlite-utils turns the stemmer on with `tokenize="porter"`, so that other forms of a word are found. It writes `univers` into the
# index. Of a query for a beginning, what was typed is stemmed as well, as if it were a word: `universit` is none, stays as it is, and nothing in
# the index begins so. A search that goes on with each letter finds the article, loses it for one to six letters where an ending begins, and
# finds it again when the word is whole. And `organization*` finds every organ. Without the stemmer a beginning is a beginning. FTS5's
# documentation tells of prefixes and of the stemmer, and not of both.
#
# Seen with apsw 3.54.1.0 (SQLite 3.54.1), sqlite-utils 4.2.1, Python 3.11's SQLite 3.40.1.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check apsw==3.54.1.0 sqlite-utils==4.2.1
"$place/bin/python" - <<'END'
import apsw
from sqlite_utils import Database


def finds(text: str, query: str, tokenize: str) -> bool:
    """Return whether a query finds the only row of a table."""
    database = apsw.Connection(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE articles USING fts5(text, tokenize='{tokenize}')")
    database.execute("INSERT INTO articles VALUES (?)", (text,))
    return bool(list(database.execute("SELECT 1 FROM articles WHERE articles MATCH ?", (query,))))


TYPED = {  # letter by letter: found or not
    "universities": "+++++++--+-+",
    "organization": "+++++------+",
    "immigration": "++++++----+",
    "government": "++++++---+",
    "electricity": "++++++-+--+",
    "flying": "+++--+",
    "lake": "++++",
}
print("SQLite", apsw.sqlite_lib_version())
for word, expected in TYPED.items():
    found = "".join("+" if finds(word, f"{word[:end]}*", "porter") else "-" for end in range(1, len(word) + 1))
    print(f"{word}\n{found}")
    assert found == expected, word
    assert all(finds(word, f"{word[:end]}*", "unicode61") for end in range(1, len(word) + 1)), word
for word, query in (("organ", "organization*"), ("arsenal", "arsenic*"), ("policy", "polices*"), ("wander", "wand*")):
    print(f"{query} finds {word}")
    assert finds(word, query, "porter")
    assert finds(word, query, "unicode61") == (word == "wander"), word

articles = Database(memory=True)["articles"]
articles.insert({"title": "The universities"}).enable_fts(["title"], tokenize="porter")
rows = [len(list(articles.search(query))) for query in ("univers*", "universit*", "universities*")]
print("sqlite-utils, univers*, universit*, universities*:", rows)
assert rows == [1, 0, 1]
END
