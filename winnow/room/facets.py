"""What the articles found have in common, counted: sites, authors, years and more, and when they were published."""

from __future__ import annotations

import heapq
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

from winnow.room.asked import Asked
from winnow.room.charts import Chart, chart
from winnow.room.database import Row, rows, value
from winnow.room.filters import LIST, corrected
from winnow.room.overview import ArchiveCounts
from winnow.room.search import FIRST
from winnow.search.operators import STATES

SHOWN = 8  # values of one facet
LONGEST = 200  # characters of a value; a page may state a megabyte
MONTHS, YEARS = 48, 60  # columns of a timeline by months; by years
_COLUMNS = ("hostname", "author", "section", "kind", "language", "date", "page_id")
_NAMES = {"hostname": "site"}
LABELS = {
    "site": "Site", "author": "Author", "section": "Section", "kind": "Kind", "language": "Language", "year": "Year",
    "source": "Source", "corrected": "Corrected", "starred": "Starred",
}  # fmt: skip
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles by month or year as columns, the empty ones too: each row has `period`, as `year:` takes it.

    `earlier` are those from before the first column, `undated` those without a date.
    """

    chart: Chart
    earlier: int = 0
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """By the name of a filter, its values with the numbers of articles, the most first; `counted` is of how many.

    A value is what the filter takes.
    """

    values: dict[str, list[Row]] = field(default_factory=dict)
    timeline: Timeline = field(default_factory=lambda: Timeline(Chart([], 0)))
    counted: int = 0


def facets(db: sqlite3.Connection, ids: Sequence[int], starred: Collection[int] = ()) -> Facets:
    """Count what the first of some articles have in common. `starred` are the articles with a star."""
    counted = list(ids[:FIRST])
    # Each column as one list: Datasette calls a function of its own for each text.
    columns = ", ".join(f"json_group_array({name})" for name in _COLUMNS)
    sql = f"SELECT {columns} FROM articles INDEXED BY articles_told WHERE id IN {LIST}"
    lists = db.execute(sql, [json.dumps(counted)]).fetchone()
    told = {name: json.loads(values) for name, values in zip(_COLUMNS, lists, strict=True)}
    found: dict[str, list[Row]] = {}
    for name in _COLUMNS[:5]:
        found[_NAMES.get(name, name)] = _most(Counter(each for each in told[name] if each))
    dates = Counter((date or "")[:7] for date in told["date"])
    found["source"] = _sources(db, told["page_id"])
    for name, some in (("corrected", corrected(db)), ("starred", starred)):
        number = len(set(some) & set(counted))
        found[name] = [{"value": "1", "articles": number}] if number else []
    return Facets({**found, "year": _by_year(dates)[:SHOWN]}, timeline(dates), len(counted))


def of_everything(counts: ArchiveCounts) -> Facets:
    """Return the facets of the whole archive from its counts."""
    lists = {"site": counts.sites, "section": counts.sections, "kind": counts.kinds, "language": counts.languages}
    found = {name: _most({row[name]: row["articles"] for row in listed}) for name, listed in lists.items()}
    months = {row["month"]: row["articles"] for row in counts.months} | {"": counts.undated}
    return Facets({**found, "year": _by_year(months)[:SHOWN]}, timeline(months), counts.articles)


def _most(found: Mapping[str, int]) -> list[Row]:
    """Return the commonest values; one that no link could hold is left out."""
    most = heapq.nsmallest(SHOWN, found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"value": each, "articles": number} for each, number in most if len(each) <= LONGEST]


def _sources(db: sqlite3.Connection, page_ids: Iterable[int | None]) -> list[Row]:
    """Return the sources of the pages that the texts are from, if the archive has several."""
    if value(db, "SELECT count(*) FROM (SELECT 1 FROM sources LIMIT 2)") < 2:
        return []
    sql = f"""SELECT source AS value, count(*) AS articles FROM pages WHERE id IN {LIST}
        GROUP BY source ORDER BY articles DESC, source LIMIT {SHOWN}"""
    return rows(db, sql, [json.dumps(list(page_ids))])


def timeline(months: Mapping[str, int]) -> Timeline:
    """Return numbers of articles by month as columns of months or, if these are too many, of years."""
    found = {month: number for month, number in months.items() if number > 0 and _MONTH.fullmatch(month)}
    undated = sum(months.values()) - sum(found.values())
    if not found:
        return Timeline(Chart([], 0), undated=undated)
    first, last = _month(min(found)), _month(max(found))
    if last - first < MONTHS:
        periods = [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]
        numbers = found
    else:
        periods = [f"{year:04}" for year in range(max(first // 12, last // 12 - YEARS + 1), last // 12 + 1)]
        numbers = {row["value"]: row["articles"] for row in _by_year(found)}
    columns: list[Row] = [{"period": period, "articles": numbers.get(period, 0)} for period in periods]
    shown = sum(column["articles"] for column in columns)
    return Timeline(chart(columns, ("articles",)), sum(found.values()) - shown, undated)


def _by_year(months: Mapping[str, int]) -> list[Row]:
    found = Counter[str]()
    for month, number in months.items():
        if _MONTH.fullmatch(month):
            found[month[:4]] += number
    return [{"value": year, "articles": found[year]} for year in sorted(found, reverse=True)]


def _month(stated: str) -> int:
    return int(stated[:4]) * 12 + min(max(int(stated[5:7]), 1), 12) - 1


def choices(counted: Facets, asked: Asked) -> list[Row]:
    """Return the facets that tell anything, each with its label and values; a value has the `query` that chooses it."""
    shown = []
    for name, label in LABELS.items():
        values, chosen = counted.values.get(name, []), getattr(asked, name)
        if chosen or len(values) > 1 or (values and name in STATES):
            rest = urlencode(asked.without(name))
            listed = [{**row, "query": _query(rest, name, row["value"])} for row in values if row["value"] != chosen]
            shown.append({"name": name, "label": label, "chosen": chosen, "rest": rest, "values": listed})
    return shown


def columns(counted: Facets, asked: Asked) -> list[Row]:
    """Return the columns of the timeline, each with `period`, `articles`, `height` in percent, and its `query`."""
    rest = urlencode(asked.without("year"))
    return [
        {**column.row, "height": sum(height for _, height in column.heights), "is_cut": column.is_cut,
         "query": _query(rest, "year", column.row["period"])}
        for column in counted.timeline.chart.columns
    ]  # fmt: skip


def _query(rest: str, name: str, value: str) -> str:
    return f"{rest}{'&' if rest else ''}{name}={quote_plus(value)}"
