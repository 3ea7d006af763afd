#!/usr/bin/env bash
# sqlite-utils (4.2.1): a foreign key that is added, or a column that is extracted, ends a table's full-text search for all later changes.
#
# `enable_fts(create_triggers=True)` promises an index that follows its table. `add_foreign_key`, `extract` and `convert(drop=True)`
# build the table anew beneath, as `transform` does, which one sees in none of their names, and SQLite drops triggers with the old
# table. They are not made again, as indexes are. What is added is then found by no search, what was changed is found by its old words and not
# by its new ones, and `detect_fts` as well as Datasette still find the index. The documentation says of `transform` that triggers are not
# "upgraded". `rebuild_fts` mends the index once; `enable_fts(…, create_triggers=True, replace=True)` mends both.
#
# Seen with sqlite-utils 4.2.1, Python 3.11's SQLite 3.40.1.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check sqlite-utils==4.2.1
"$place/bin/python" - <<'END'
from collections.abc import Callable

from sqlite_utils import Database
from sqlite_utils.db import Table


def told(change: Callable[[Table], object]) -> tuple[list[str], list[str], list[str]]:
    """Return what is found by three words after a change of the table and two changes of its rows."""
    database = Database(memory=True)
    database["sites"].insert({"id": 1, "host": "paper.example"}, pk="id")
    articles = database["articles"]
    articles.insert({"id": 1, "title": "The lake", "site": 1, "section": "news"}, pk="id")
    articles.enable_fts(["title"], create_triggers=True)
    change(articles)
    articles.insert({"id": 2, "title": "The river"})
    articles.update(1, {"title": "The pond"})
    assert articles.detect_fts() == "articles_fts"
    found = [[row["title"] for row in articles.search(word)] for word in ("river", "lake", "pond")]
    return found[0], found[1], found[2]


KEPT = (["The river"], [], ["The pond"])
LOST = ([], ["The pond"], [])  # by its old title
SEEN: dict[str, tuple[Callable[[Table], object], object]] = {
    "add_column": (lambda table: table.add_column("note", str), KEPT),
    "create_index": (lambda table: table.create_index(["site"]), KEPT),
    "add_foreign_key": (lambda table: table.add_foreign_key("site", "sites", "id"), LOST),
    "extract": (lambda table: table.extract("section"), LOST),
    "convert, drop": (lambda table: table.convert("section", str.title, output="part", drop=True), LOST),
    "replace=True": (
        lambda table: (table.extract("section"), table.enable_fts(["title"], create_triggers=True, replace=True)), KEPT
    ),
}
for name, (change, expected) in SEEN.items():
    print(f"{name:16} river, lake, pond: {told(change)}")
    assert told(change) == expected, name

database = Database(memory=True)
database["articles"].insert({"id": 1, "title": "The lake"}, pk="id").enable_fts(["title"], create_triggers=True)
database["articles"].transform()
database["articles"].insert({"id": 2, "title": "The river"})
assert not list(database["articles"].search("river"))
database["articles"].rebuild_fts()
assert list(database["articles"].search("river"))
END
