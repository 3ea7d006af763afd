"""A page of the room as an answer, with the one script, for the keyboard, and the policy that lets it run alone."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette import Response
from jinja2 import Environment, Template

from winnow.room import serving
from winnow.room.database import Row

# Should markup of a captured page ever get through, it can neither run nor load anything from elsewhere: what runs has
# to name a number that is drawn for each answer.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; script-src 'nonce-{}'"
)
_environments: WeakKeyDictionary[Environment, Environment] = WeakKeyDictionary()


class AtOnce(Template):
    """A template of the room: it calls nothing that has to be awaited, which would be a third of its time."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        """Return the page."""
        return self.render(*args, **kwargs)


def template_of(environment: Environment, name: str) -> Template:
    """Return a template of the room in an environment of Datasette."""
    if environment not in _environments:
        _environments[environment] = environment.overlay(enable_async=False)
        _environments[environment].template_class = AtOnce
    return _environments[environment].get_template(name)


@cache
def source() -> tuple[str, str]:
    """Return the script, and a digest by which browsers tell an old one."""
    text = Path(__file__).with_name("templates").joinpath("room.js").read_text(encoding="utf-8")
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


async def page(datasette: Any, request: Any, template: str, found: Row, more: str = "") -> Response:
    """Return a page of the room, with the script; `more` is what its policy allows beside."""
    nonce, (_, version) = secrets.token_urlsafe(16), source()
    tokens = serving.tokens(datasette, request)
    found = {**found, **tokens, "nonce": nonce, "script": f"{datasette.urls.path('/room.js')}?{version}"}
    environment = serving.environment(datasette, request)
    html = await datasette.render_template(template_of(environment, template), found, request, view_name="winnow")
    answer = Response.html(html, headers={"content-security-policy": POLICY.format(nonce) + more})
    if tokens.get("new_token"):
        answer.set_cookie(serving.TOKEN, tokens["new_token"], httponly=True, samesite="lax")
    return answer


async def serve(request: Any, datasette: Any) -> Response:  # noqa: ARG001
    """Return the script."""
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(source()[0], headers=headers, content_type="text/javascript; charset=utf-8")
