#!/usr/bin/env bash
# Datasette (0.65.5) counts an article of one o'clock at night on the day before, and one of 1987 on a day in the year -4707.
#
# A facet by date, and the filter "is on date", use SQLite's function date(). It turns a moment with an offset into UTC, so that what Berlin
# published before one o'clock, and New York in the evening, is of another day than the table beside the facet shows. A year alone,
# which is all that is known of many an old text, is a number to it, and as such a Julian day: the facet offers `-4707-05-03`. The
# facet's links and counts agree with each other, and `2024-03`, which date() does not read, is in no day.
#
# Seen with Datasette 0.65.5, Python 3.11's SQLite 3.40.1.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv --without-pip "$place"
python3 -m pip --python "$place/bin/python" install --quiet --disable-pip-version-check datasette==0.65.5
"$place/bin/python" -W ignore - <<'END'
import asyncio
import sqlite3

from datasette.app import Datasette

WRITTEN = {  # what the table shows, and the days by which Datasette finds it
    "2024-03-01T09:00:00+01:00": "2024-03-01",
    "2024-03-01T00:30:00+01:00": "2024-02-29",
    "2024-03-01T22:00:00-05:00": "2024-03-02",
    "2024-02-28": "2024-02-28",
    "2024-03": None,
    "1987": "-4707-05-03",
}


async def main() -> None:
    datasette = Datasette(memory=True)
    database = datasette.add_memory_database("paper")
    await database.execute_write("CREATE TABLE articles (id INTEGER PRIMARY KEY, published TEXT)")
    await database.execute_write_many("INSERT INTO articles (published) VALUES (?)", [(day,) for day in WRITTEN])
    facets = (await datasette.client.get("/paper/articles.json?_facet_date=published")).json()["facet_results"]
    days = {each["value"] for each in facets["published"]["results"]}
    print("facet:", sorted(days))
    assert days == {day for day in WRITTEN.values() if day}
    for written, day in WRITTEN.items():
        address = f"/paper/articles.json?_shape=array&published__date={day}"
        found = [row["published"] for row in (await datasette.client.get(address)).json()]
        print(f"{written:26} is found on {day if written in found else 'no day'}")
        assert found == ([written] if day else [])


print("SQLite", sqlite3.sqlite_version)
asyncio.run(main())
END
