#!/usr/bin/env bash
# Datasette (0.65.5) loses rows from a sorted table whose primary key is a text: its CSV of "all rows" has 2,049 of 3,000.
#
# Pages, and the streamed CSV, which is read page by page, are promised to be complete: each page says after which value and key the next one
# begins. The first page is sorted by the column alone, the following ones by column and key. Rows that are equal in the column are on the
# first page in the order in which they were stored; whatever comes before its last key and was not on it is on no page, and what comes after
# and was on it is there twice. With a number for a key both orders are the same, so that it does not show. Tables with `--pk url`, sorted by
# site or day, have it. A column without a type, as `CREATE TABLE … AS SELECT` makes of each expression, ends with the first page, since the
# value comes back from the address as a text; backwards, the first page is followed by itself for ever. `count` is right in all cases.
#
# Seen with Datasette 0.65.5, Python 3.11's SQLite 3.40.1.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check datasette==0.65.5
"$place/bin/python" -W ignore - <<'END'
import asyncio
import csv
import io

from datasette.app import Datasette

NUMBER = 3000


async def main() -> None:
    datasette = Datasette(memory=True)
    database = datasette.add_memory_database("paper")
    await database.execute_write("CREATE TABLE articles (url TEXT PRIMARY KEY, site TEXT, words INTEGER)")
    rows = [(f"https://paper.example/{n * 7919 % 100_003:06}", f"site {n % 2}", n % 50) for n in range(NUMBER)]
    await database.execute_write_many("INSERT INTO articles VALUES (?, ?, ?)", rows)
    await database.execute_write("CREATE TABLE numbered AS SELECT * FROM articles")  # its key is the rowid
    await database.execute_write("CREATE TABLE rated AS SELECT url, words * 2 AS score FROM articles")

    async def streamed(table: str, sort: str) -> tuple[int, int]:
        """Return how many rows the CSV of all rows has, and how many different ones."""
        answer = await datasette.client.get(f"/paper/{table}.csv?_stream=on{sort}")
        urls = [row["url"] for row in csv.DictReader(io.StringIO(answer.text))]
        print(f"{table + sort:28} {len(urls)} lines, {len(set(urls))} of {NUMBER} articles")
        return len(urls), len(set(urls))

    assert await streamed("articles", "") == (NUMBER, NUMBER)
    assert await streamed("numbered", "&_sort=site") == (NUMBER, NUMBER)
    for sort in ("&_sort=site", "&_sort_desc=site", "&_sort=words"):
        lines, different = await streamed("articles", sort)
        assert different < NUMBER and different < lines
    assert await streamed("rated", "") == (NUMBER, NUMBER)
    assert await streamed("rated", "&_sort=score") == (100, 100)  # a page

    first = (await datasette.client.get("/paper/rated.json?_shape=objects&_sort_desc=score")).json()
    following = (await datasette.client.get(first["next_url"].split("localhost")[1])).json()
    print("backwards, the next page is the first one:", following["rows"] == first["rows"], following["next_url"] == first["next_url"])
    assert first["rows"] == following["rows"] and first["next_url"] == following["next_url"]


asyncio.run(main())
END
