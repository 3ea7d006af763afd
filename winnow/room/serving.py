"""What differs between Datasette 0.65 and 1.0: permissions, tokens of forms, descriptions and stored queries."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from winnow.room.database import Row

TOKEN = "ds_csrftoken"  # the cookie of Datasette 0.65, which the room keeps up where Datasette has none


def is_later(datasette: Any) -> bool:
    """Return whether this is Datasette 1.0 or later."""
    return not hasattr(datasette, "ensure_permissions")


async def permit(datasette: Any, request: Any, database: str) -> None:
    """Raise Datasette's `Forbidden` where whoever sends a request may not see a database."""
    if not is_later(datasette):
        await datasette.ensure_permissions(request.actor, [("view-database", database), "view-instance"])
        return
    resource = import_module("datasette.resources").DatabaseResource(database=database)
    await datasette.ensure_permission(action="view-database", resource=resource, actor=request.actor)


def environment(datasette: Any, request: Any) -> Any:
    """Return the environment of Datasette's templates."""
    return datasette.get_jinja_environment(request) if is_later(datasette) else datasette.jinja_env


def view(answer: Callable[[Any, Any], Awaitable[Any]]) -> Callable[[Any, Any], Awaitable[Any]]:
    """Return what answers requests as a plain function, as Datasette 1.0 wants it."""

    async def answered(datasette: Any, request: Any) -> Any:
        return await answer(datasette, request)

    return answered


def tokens(datasette: Any, request: Any) -> Row:
    """Return what the templates of forms need, beside what Datasette gives them: `csrftoken`, and `new_token`.

    Datasette 1.0 has no tokens: it looks at where a request comes from. The room wants both.
    """
    if not is_later(datasette):
        return {}
    known = request.cookies.get(TOKEN)
    token = known or secrets.token_urlsafe(32)
    return {"csrftoken": lambda: token, "new_token": None if known else token}


async def form_of(datasette: Any, request: Any) -> dict[str, str] | None:
    """Return a form that was sent; None for one without the token of the page on which it stood.

    Datasette 0.65 compares the token in the form with the cookie, but only where there is one.
    """
    cookie = request.cookies.get(TOKEN)
    form: dict[str, str] = await request.post_vars()
    if not cookie or (is_later(datasette) and not secrets.compare_digest(form.get("csrftoken", ""), cookie)):
        return None
    return form


async def questions(datasette: Any, database: str, actor: Any) -> Row:
    """Return the stored queries of a database, by name."""
    if not is_later(datasette):
        return dict(await datasette.get_canned_queries(database, actor))
    found = await datasette.list_queries(database, actor=actor, limit=500)
    return {each.name: {"title": each.title, "description": each.description} for each in found.queries}


async def describe(datasette: Any, database: str, described: Row) -> None:
    """Give Datasette 1.0 what the hook `get_metadata` gives earlier ones; what it knows already goes before."""
    if not is_later(datasette):
        return
    for key in ("title", "description"):
        if key in described and not (await datasette.get_instance_metadata()).get(key):
            await datasette.set_instance_metadata(key, described[key])
    about = described["databases"]["articles"]
    for table, told in about.get("tables", {}).items():
        known = await datasette.get_resource_metadata(database, table)
        if "description" in told and not known.get("description"):
            await datasette.set_resource_metadata(database, table, "description", told["description"])
        for column, words in told.get("columns", {}).items():
            await datasette.set_column_metadata(database, table, column, "description", words)
    for name, query in about.get("queries", {}).items():
        said = {key: query.get(key) for key in ("title", "description", "hide_sql")}
        await datasette.add_query(
            database, name, query["sql"], **{key: text for key, text in said.items() if text}, source="plugin"
        )
