"""How a reader wants texts to be set: their size and the length of their lines, kept in the reader's browser."""

from __future__ import annotations

from typing import Any

from datasette import Response

from winnow.room.mark import back_to

COOKIE = "winnow-reading"
YEAR = 365 * 24 * 3600  # seconds
CHOICES = {"size": ("medium", "small", "large", "larger"), "width": ("normal", "narrow", "wide")}  # the first is usual


def of(request: Any) -> dict[str, str]:
    """Return the size and the width that a reader has chosen, or the usual ones."""
    said = request.cookies.get(COOKIE, "").split("-")
    return {name: next((each for each in said if each in choices), choices[0]) for name, choices in CHOICES.items()}


async def keep(datasette: Any, request: Any) -> Response:
    """Note in the browser what a form says of size and width, and return to the page on which the form stood."""
    chosen = of(request)
    for name, choices in CHOICES.items():
        if (said := request.args.get(name)) in choices:
            chosen[name] = said
    answer = Response.redirect(back_to(datasette, request.args.get("back") or "", "/"), status=303)
    answer.set_cookie(COOKIE, "-".join(chosen.values()), max_age=YEAR, httponly=True, samesite="lax")
    return answer
