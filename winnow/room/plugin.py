"""The reading room: a Datasette plugin that serves an archive made by Winnow as pages to search and read.

Everything else stays Datasette's: tables, SQL, JSON and CSV. A page of the room is a function that reads from one
connection, and a template; all work without the one script that they have.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import yaml
from datasette import hookimpl
from datasette.utils.asgi import NotFound
from datasette.views.base import DatasetteError
from markupsafe import Markup, escape

from winnow import times
from winnow.room import (
    articles,
    cite,
    clusters,
    compare,
    correct,
    csv_cells,
    finding,
    finish,
    gate,
    leads,
    mark,
    marks,
    overview,
    pages,
    runs,
    saved,
    script,
    serving,
    setting,
    sites,
    visitors,
)
from winnow.room.database import Row, cpu_limit, snapshot
from winnow.room.search import in_table
from winnow.room.text import direction, safe_link, side

if TYPE_CHECKING:  # Datasette imports its plugins while this module of its own is half imported
    from datasette.app import Datasette

Form = Mapping[str, str]
Reader = Callable[[sqlite3.Connection, Form], Row | None]
View = Callable[[Any, Any], Awaitable[Any]]

LINKED = {"article": "articles", "article_id": "articles", "page_id": "pages", "run_id": "runs", "run": "runs"}
WITH_COUNTS = ("front.html", "pages.html", "duplicates.html", "rejected.html", "dashboard.html")
CORRECTED = ("corrections.html", *correct.COLUMNS)
# Datasette's own pages have scripts, and can load nothing from elsewhere.
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
LASTING = r"^/a/(?P<digest>[0-9a-fA-F]{12,64})(?:\.(?P<form>[a-z]{1,8}))?$"
_archives: WeakKeyDictionary[Datasette, str | None] = WeakKeyDictionary()


def archive_of(datasette: Datasette) -> str | None:
    """Return the name of the first served database that Winnow made; None if there is none."""
    if datasette not in _archives:
        _archives[datasette] = next((name for name in datasette.databases if _is_archive(datasette, name)), None)
    return _archives[datasette]


def _is_archive(datasette: Datasette, name: str) -> bool:
    path = datasette.databases[name].path
    if path is None:
        return False
    with contextlib.closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)) as db:
        tables = {found[0] for found in db.execute("SELECT name FROM sqlite_master")}
    return {"articles", "pages", "runs", "texts", "revisions", "articles_fts"} <= tables


def _readers(name: str) -> dict[str, tuple[str, Reader]]:
    """Return the template and the reading function of each page, by a pattern for its address."""
    table, number = f"/{re.escape(name)}", "(?P<id>[0-9]{1,18})"
    return {
        "/": ("front.html", lambda db, form: overview.front(db)),
        "/compare": ("compare.html", _compare),
        "/pages": ("pages.html", _pages),
        "/duplicates": ("duplicates.html", _duplicates),
        "/rejected": ("rejected.html", lambda db, form: _pages(db, {**form, "outcome": "rejected"})),
        "/runs": ("runs.html", _runs),
        "/dashboard": ("dashboard.html", lambda db, form: overview.dashboard(db)),
        "/corrections": ("corrections.html", lambda db, form: {}),
        "/marks": ("marks.html", lambda db, form: {}),
        "/questions": ("questions.html", lambda db, form: {}),
        f"{table}/pages/{number}": ("page.html", lambda db, form: pages.page(db, int(form["id"]))),
        f"{table}/pages/{number}/refused": ("refused.html", lambda db, form: pages.refused(db, int(form["id"]))),
        f"{table}/runs/{number}": ("run.html", lambda db, form: runs.run(db, int(form["id"]))),
    }


def _compare(db: sqlite3.Connection, form: Form) -> Row | None:
    article_id = pages.whole_number(form.get("article"))
    if article_id is None:
        return None
    return compare.comparison(db, article_id, form.get("before") or "", form.get("after") or "")


def _pages(db: sqlite3.Connection, form: Form) -> Row:
    return {**pages.page_list(db, pages.Wanted.from_form(form)), "reasons": pages.REASONS}


def _duplicates(db: sqlite3.Connection, form: Form) -> Row:
    wanted = pages.Wanted.from_form({**form, "outcome": "duplicate"})
    return {**clusters.cluster_list(db, wanted), "reasons": pages.REASONS}


def _runs(db: sqlite3.Connection, form: Form) -> Row:
    found = runs.run_list(db, pages.whole_number(form.get("before")), runs.PER_PAGE + 1)
    next_before = found[runs.PER_PAGE - 1]["id"] if len(found) > runs.PER_PAGE else None
    return {"runs": found[: runs.PER_PAGE], "next_before": next_before}


async def _read(datasette: Any, request: Any, name: str, read: Reader) -> Row:
    """Return what a page shows, with permission, from one snapshot, within a time limit."""
    await serving.permit(datasette, request, name)
    form = {**{key: request.args[key] for key in request.args}, **request.url_vars}

    def read_once(db: sqlite3.Connection) -> Row | None:
        with cpu_limit(db, datasette.sql_time_limit_ms), snapshot(db):
            return read(db, form)

    try:
        found: Row | None = await datasette.get_database(name).execute_fn(read_once)
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            told = "An older Winnow made this archive: crawl into it or `scrapy rebuild` it once."
            raise DatasetteError(told, title="An older archive", status=500) from error
        if "interrupted" not in str(error):
            raise
        raise DatasetteError("This took too long: ask for less.", title="Stopped", status=503) from error
    if found is None:
        raise NotFound("There is no such thing in this archive.")
    return found


def _view(name: str, template: str, read: Reader, cache: overview.Cache, settings: gate.Settings) -> View:
    """Return a Datasette view of a reading function and a template."""

    async def view(datasette: Any, request: Any) -> Any:
        found = await _read(datasette, request, name, read)
        found = {**found, **await _more(datasette, request, template, found, cache, settings)}
        return await script.page(datasette, request, template, found)

    return view


def _article_view(name: str, cache: overview.Cache, settings: gate.Settings) -> View:
    """Return a Datasette view of an article, whose place in a search by stars is told to who may mark."""

    async def view(datasette: Any, request: Any) -> Any:
        archive = Path(str(datasette.get_database(name).path)) if gate.may_mark(request, settings) else None

        def read(db: sqlite3.Connection, form: Form) -> Row | None:
            return articles.article(db, int(form["id"]), form, archive)

        return await _view(name, "article.html", read, cache, settings)(datasette, request)

    return view


def _search_view(name: str, ending: str, cache: overview.Cache, settings: gate.Settings) -> View:
    """Return a Datasette view of the search: a page, or with an ending of its address what programs read."""

    async def view(datasette: Any, request: Any) -> Any:
        archive = Path(str(datasette.get_database(name).path))
        may_see = not ending and gate.may_see_saved(request, settings)
        read = finding.reader(archive, ending, gate.may_mark(request, settings), may_see)
        found = await _read(datasette, request, name, read)
        if not ending or (ending == ".json" and found["facets"] is None):
            found = finding.counted(found, await cache.counts(in_full=False))
        if ending:
            return finding.answer(datasette, request, str(datasette.urls.table(name, "articles")), ending, found)
        found |= finding.narrowing(found) | await _more(datasette, request, "search.html", found, cache, settings)
        return await script.page(datasette, request, "search.html", found)

    return view


async def _more(
    datasette: Any, request: Any, template: str, found: Row, cache: overview.Cache, settings: gate.Settings
) -> Row:
    """Return what a page shows beside what was read of the archive at once."""
    name, more = str(archive_of(datasette)), Row()
    database = datasette.get_database(name)
    if template in WITH_COUNTS:
        counts = await cache.counts(in_full=template != "front.html")
        more |= {"counts": counts, **(finding.charted(counts) if template == "dashboard.html" else {})}
    if template == "front.html":
        more |= await finding.for_front(
            database, found, gate.may_mark(request, settings), gate.may_see_saved(request, settings)
        )
    if template in CORRECTED:
        more |= await correct.shown(database, settings, request, template, found)
    if template == "article.html":
        address = str(datasette.urls.table(name, "pages")) + f"/{found['article']['page_id']}"
        more |= await saved.of_article(database, settings, request, found, address)
        more |= await cite.of_article(database, datasette, request, found["article"]["id"])
    if template == "page.html":
        more |= await saved.of_page(database, settings, request, found)
    if template == "questions.html":
        more["questions"] = await serving.questions(datasette, name, request.actor)
    return more | await marks.of_page(database, settings, request, template, found)


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]] | None:
    """Ask visitors' SQL in processes of their own, and spare a large archive what takes Datasette seconds."""
    name = archive_of(datasette)
    if name is not None:
        gate.Settings.of(datasette)
        for database in datasette.databases.values():
            visitors.ask_apart(datasette, database)
        visitors.spare(datasette.databases[name])
        saved.reader.start()  # it takes a second to be ready
        return partial(serving.describe, datasette, name, json.loads(_metadata()))
    return None


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, View]]:
    """Return the room's pages with their addresses, if one of the served databases is an archive."""
    name = archive_of(datasette)
    if name is None:
        return []
    database = datasette.databases[name]
    cache, settings = overview.Cache(database.execute_fn), gate.Settings.of(datasette)
    pages = [
        (f"^{address}$", _view(name, template, read, cache, settings))
        for address, (template, read) in _readers(database.route).items()
    ]
    pages += sites.routes(datasette, lambda template, read: _view(name, template, read, cache, settings))
    searches = [
        (f"^/search{re.escape(ending)}$", _search_view(name, ending, cache, settings)) for ending in finding.ENDINGS
    ]
    others: dict[str, Callable[..., Awaitable[Any]]] = {
        "^/correct$": correct.correct,
        "^/mark$": mark.mark,
        "^/marks.jsonl$": partial(marks.export, "jsonl"),
        "^/marks.md$": partial(marks.export, "markdown"),
    }
    pages.append(
        (f"^/{re.escape(database.route)}/articles/(?P<id>[0-9]{{1,18}})$", _article_view(name, cache, settings))
    )
    one = f"^/{re.escape(database.route)}/pages/(?P<id>[0-9]{{1,18}})"
    others[f"^/{re.escape(database.route)}/articles/(?P<id>[0-9]{{1,18}})/lead$"] = leads.lead
    others[f"{one}/saved.html$"] = saved.frame
    others[f"{one}/picture/(?P<number>[0-9]{{1,3}})$"] = saved.picture
    answers: list[tuple[str, View]] = [
        *((address, partial(answer, database, settings)) for address, answer in others.items()),
        (f"{one}/saved$", partial(saved.around, database, settings)),
        (LASTING, partial(cite.lasting, database)),
    ]
    known = [*pages, *searches, *((address, serving.view(answer)) for address, answer in answers)]
    return [*known, ("^/reading$", setting.keep), ("^/room.js$", script.serve)]


@hookimpl
def filters_from_request(request: Any, database: str, table: str, datasette: Datasette) -> Any:
    """Return what makes `?_search=` of a table find what the search page finds: the newest matches of a bounded number.

    Datasette's own search is left out (`visitors.spare`), unless the request names an index (`_fts_table`).
    """
    sought = {key: request.args[key] for key in request.args if re.fullmatch(r"_search(_\w+)?", key)}
    if database != archive_of(datasette) or not sought or "_fts_table" in request.args:
        return None

    async def filters() -> Any:
        from datasette.filters import FilterArguments  # noqa: PLC0415  (only half imported before)

        conditions, params, told = [], {}, []
        for number, (key, typed) in enumerate(sought.items()):
            column = key.removeprefix("_search").removeprefix("_")
            find = partial(in_table, table=table, column=column, typed=typed)
            condition, match = await datasette.get_database(database).execute_fn(find)
            conditions.append(condition.replace(":match", f":match_{number}"))
            params[f"match_{number}"] = match
            told.append(f'search{" in " + column if column else ""} matches "{typed}"')
        return FilterArguments(conditions, params, told, {"search": sought.get("_search", "")})

    return filters


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """Return the archive's name, a function that links to its rows, and whether live sites are served beside it."""
    name = archive_of(datasette)
    if name is None:
        return {}

    place = cache(lambda kind: str(datasette.urls.table(name, kind)))  # a list has two links for each article

    def link(kind: str, key: Any) -> str:
        return f"{place(kind)}/{key}"

    return {"archive": name, "link": link, "has_sites": sites.ledger_of(datasette) is not None}


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Add the filters that the templates use."""
    env.filters |= {"marked": marked, "number": number, "moment": moment, "duration": duration}
    env.filters |= {"finished": finish.finished, "safe_link": safe_link, "direction": direction, "side": side}


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Datasette) -> Markup | None:
    """Return the ids in the answers of queries as links."""
    if table is None and column in LINKED and isinstance(value, int) and database == archive_of(datasette):
        return Markup('<a href="{}/{}">{}</a>').format(datasette.urls.table(database, LINKED[column]), value, value)
    return None


@hookimpl(optionalhook=True)  # of Datasette 0.65
def get_metadata(datasette: Datasette, key: str | None, database: str | None, table: str | None) -> dict[str, Any]:
    """Return the descriptions of an archive, whatever its name; those in a metadata file given to Datasette go before.

    Datasette writes other metadata into the answer, so every call returns a copy.
    """
    name = archive_of(datasette)
    if name is None:
        return {}
    described = json.loads(_metadata())  # a fifth of the time of a deep copy; a page asks 150 times
    return {**described, "databases": {name: described["databases"]["articles"]}}


@cache
def _metadata() -> str:
    return json.dumps(yaml.safe_load(Path(__file__).with_name("metadata.yaml").read_text(encoding="utf-8")))


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Guard an archive that is served, and send headers that keep every page from loading anything from elsewhere."""

    def wrap(app: Any) -> Any:
        if archive_of(datasette) is None:
            return app

        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            send = csv_cells.defusing(scope, send) if scope["type"] == "http" else send

            async def send_with_headers(event: dict[str, Any]) -> None:
                if event["type"] == "http.response.start":
                    given = [(bytes(name).lower(), value) for name, value in event.get("headers", [])]
                    ours = {name.encode(): text.encode() for name, text in HEADERS.items()}
                    missing = ours.keys() - {name for name, _ in given}
                    event = {**event, "headers": [*given, *((name, ours[name]) for name in missing)]}
                await send(event)

            await app(scope, receive, send_with_headers)

        return gate.guarded(wrapped, gate.Settings.of(datasette))

    return wrap


def marked(text: str | None) -> Markup:
    """Return a snippet as HTML, escaped, with the matches marked."""
    safe = str(escape(text or ""))
    return Markup(re.sub("\x02([^\x02\x03]*)\x03?", r"<mark>\1</mark>", safe).replace("\x03", ""))


def number(count: float | None, digits: int = 0) -> str:
    """Return a number with its thousands apart."""
    return "–" if count is None else f"{count:,.{digits}f}"


def moment(stored: str | None) -> str:
    """Return a stored moment as date and time of day, in UTC."""
    return (stored or "")[:16].replace("T", " ")


def duration(seconds: float | None) -> str:
    """Return seconds the way one says them, a dash for None."""
    return "–" if seconds is None else times.duration(seconds)
