"""Who may ask the reading room for what: requests to a foreign name, and what the pages of other sites ask.

A browser sends what any page tells it to, and says from where; so a page that its owner happens to have open must not
reach the archive, neither with a query nor under a name of its own that leads here (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, urlsplit

from datasette import Response
from datasette.database import Database
from datasette.utils import StartupError
from datasette.utils.asgi import Request
from datasette.views.base import DatasetteError

from winnow.corrections import reader_of
from winnow.items import StartError
from winnow.room import serving
from winnow.room.sql_pool import Seat, pool

if TYPE_CHECKING:
    from datasette.app import Datasette

App = Callable[[Any, Any, Any], Awaitable[None]]

FOREIGN_NAME = (
    "This reading room does not go by the name {}: list it under plugins, winnow, hosts in the metadata file."
)
FOREIGN_QUERY = "The page of another site asks this: press Enter in the address bar to ask it yourself."
NOT_THESE = (
    "This form comes from another site, or from a page that was opened before the room was started: open the page anew."
)
TOO_LARGE = "A form may have up to 1 MB, and a length."
MAX_BODY = 2**20  # bytes
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:/?#@\[\]]+)(:[0-9]+)?", re.I)
PROXIES = {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}


@dataclass(slots=True)
class Asking:
    """What is known of a request whose queries are asked: `ending` is that of its address, such as `.csv`.

    `unpacks` says that it wants the JSON in a column read.
    """

    is_from_elsewhere: bool = False
    ending: str = ".json"
    unpacks: bool = False
    seat: Seat = field(default_factory=Seat)


asking: ContextVar[Asking] = ContextVar("asking")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a metadata file says under `plugins`, `winnow`.

    `hosts` are names by which the room may be asked for besides `localhost` and IP addresses. `corrections` says who
    may correct: `local` are those who sit at this machine, True is everyone who sees the room; `marks` says the same of
    who may mark articles, and see what was marked, `saved_pages` of who may see pages and pictures in their files.
    """

    hosts: frozenset[str] = frozenset()
    sql_from_other_sites: bool = False
    corrections: bool | str = "local"
    marks: bool | str = "local"
    saved_pages: bool | str = "local"

    @classmethod
    def of(cls, datasette: Datasette) -> Self:
        """Return the settings of a Datasette. Raises `StartupError` for one that cannot be."""
        said = datasette.plugin_config("winnow") or {}
        known = [each.name for each in fields(cls)]
        if wrong := [name for name in said if name not in known]:
            raise StartupError(f"plugins, winnow: there is no setting {wrong[0]!r}; there are {', '.join(known)}")
        hosts = said.get("hosts", [])
        if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
            raise StartupError("plugins, winnow: hosts is a list of names")
        for name in ("corrections", "marks", "saved_pages"):
            if said.get(name, True) not in (True, False, "local"):
                raise StartupError(f"plugins, winnow: {name} is true, false or local")
        return cls(**{**said, "hosts": frozenset(host.lower() for host in hosts)})


def guarded(app: App, settings: Settings) -> App:
    """Return an application that answers requests to its own names only, and notes what queries have to know."""

    async def guard(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = {bytes(name).lower().decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = _refusal(headers, settings)
        if refused is not None:
            await refused.asgi_send(send)
            return
        request = _asking(scope, headers, settings)
        asking.set(request)

        async def send_and_leave(event: dict[str, Any]) -> None:
            pool.leave(request.seat)
            await send(event)

        try:
            await app(scope, receive, send_and_leave)
        finally:
            pool.leave(request.seat)

    return guard


def _asking(scope: Any, headers: Mapping[str, str], settings: Settings) -> Asking:
    query = bytes(scope.get("query_string") or b"").decode("latin-1")
    is_query = bool(query) and not settings.sql_from_other_sites
    return Asking(
        is_from_elsewhere=is_query and is_from_elsewhere(headers, settings),
        ending=PurePosixPath(scope["path"]).suffix,
        unpacks=any(name.startswith("_json") for name, _ in parse_qsl(query)),
    )


def _refusal(headers: Mapping[str, str], settings: Settings) -> Response | None:
    """Return the answer to a request to a foreign name, or with a body that would have to be held in memory."""
    host, length = headers.get("host", ""), headers.get("content-length", "0")
    if not is_own_name(host, settings):
        return Response.text(FOREIGN_NAME.format(repr(host[:100])), status=421)
    if "transfer-encoding" in headers or not re.fullmatch("[0-9]{1,18}", length) or int(length) > MAX_BODY:
        return Response.text(TOO_LARGE, status=413)
    return None


def is_own_name(host: str, settings: Settings) -> bool:
    """Return whether a `Host` header is `localhost`, an IP address, which nobody can rebind, or a listed name."""
    found = _HOST.fullmatch(host)
    name = found[1].strip("[]").rstrip(".").lower() if found else ""
    return name == "localhost" or name in settings.hosts or _is_address(name)


def is_from_elsewhere(headers: Mapping[str, str], settings: Settings) -> bool:
    """Return whether the page of another site makes a request, as its headers say; programs but browsers send none.

    `none` in `Sec-Fetch-Site` is an address that was typed, or opened by another program.
    """
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    source = headers.get("origin") or headers.get("referer")
    if not source:
        return False
    try:
        parts = urlsplit(source)
        return parts.netloc.lower() != headers.get("host", "").lower() and parts.hostname not in settings.hosts
    except ValueError:
        return True


def may_correct(request: Request, settings: Settings) -> bool:
    """Return whether whoever sends a request may correct."""
    return _may(request, settings.corrections)


def may_mark(request: Request, settings: Settings) -> bool:
    """Return whether whoever sends a request may mark articles, and see what was marked."""
    return _may(request, settings.marks)


def may_see_saved(request: Request, settings: Settings) -> bool:
    """Return whether whoever sends a request may see saved pages, and pictures from them."""
    return _may(request, settings.saved_pages)


async def form_of(
    datasette: Any, request: Request, settings: Settings, is_allowed: bool, not_here: str
) -> dict[str, str]:
    """Return the form that a request sends.

    Raises `DatasetteError` for what is no form of the room's own pages, or `is_allowed` to nobody there.
    """
    if request.method != "POST":
        raise DatasetteError("This address takes forms only.", title="A form", status=405)
    if not is_allowed:
        raise DatasetteError(not_here, title="Not here", status=403)
    form = None if is_from_elsewhere(request.headers, settings) else await serving.form_of(datasette, request)
    if form is None:
        raise DatasetteError(NOT_THESE, title="Not this form", status=403)
    return form


async def write(database: Database, work: Callable[[sqlite3.Connection, Path], None], done: str) -> None:
    """Let something be written into the database beside an archive; `done` says in one word what.

    Raises `DatasetteError` where what is asked for makes no sense, and where nothing can be written.
    """
    archive = Path(str(database.path))
    try:
        await database.execute_fn(lambda db: work(db, archive))
    except StartError as error:
        raise DatasetteError(f"Nothing was {done}: {error}.", title=f"Not {done}", status=400) from error
    except sqlite3.DatabaseError as error:
        told = f"Nothing was {done}: the room cannot write into {reader_of(archive)} ({error})."
        raise DatasetteError(told, title=f"Not {done}", status=500) from error


def _may(request: Request, allowed: bool | str) -> bool:
    """Return whether a request is from where a setting allows: a proxy that says that it is one makes nobody local."""
    if allowed != "local":
        return bool(allowed)
    headers, client = request.headers, request.scope.get("client")
    names = [headers.get("host", ""), urlsplit(headers.get("origin") or "//localhost").netloc]
    found = [
        client[0] if client else "",
        *(match[1].strip("[]") if (match := _HOST.fullmatch(name)) else "" for name in names),
    ]
    return not PROXIES & headers.keys() and all(map(_is_this_machine, found))


def _is_this_machine(name: str) -> bool:
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False
