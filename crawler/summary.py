"""The summary at the end of a crawl: a few lines for a person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from winnow.runs.counts import skipped_told
from winnow.text import one_line
from winnow.times import duration

from .path import Session
from .program import PROGRAM


def summary(session: Session, spider: Any, stopped: str | None = None) -> str:
    """Return lines that say what became of the pages, where the articles are and what to do next."""
    run = session.run
    counts, seconds = run.counts.row(), run.seconds
    database = shown(session.options.database)
    workers = session.options.workers
    lines = [
        f"{counts['pages']:,} pages in {duration(seconds)} ({counts['pages'] / max(seconds, 0.001):,.1f} a second, "
        f"{workers} worker{'s' if workers != 1 else ''}): "
        + ", ".join(f"{counts[name]:,} {name}" for name in ("new", "changed", "unchanged", "duplicates", "rejected"))
    ]
    lines += run.counts.told()
    lines += skipped_told(getattr(spider, "skipped", {}))
    if run.taken_over:
        lines.append(f"  corrections of the reading room: {run.taken_over:,} taken over")
    if stopped:
        lines.append(f"  stopped early ({stopped}): everything up to here is saved, run again to go on")
    if counts["failed"]:
        lines.append(
            "  some pages failed inside Winnow: `select path, detail from pages where reason in "
            "('crashed', 'time limit', 'memory limit')` names them; they are tried again by the next run"
        )
    if not counts["pages"] and not stopped:
        places = ", ".join(shown(root) for root, _ in getattr(spider, "places", ()))
        lines.append(f"  no page found in {places or '?'}: put .html or .txt files there")
    lines.append(f"  database: {database} (read it with `{_reader(database)}`)")
    return "\n".join(lines)


def _reader(database: str) -> str:
    if PROGRAM == "winnow":
        return f"datasette {database}"
    return "make browse" if database == "articles.db" else f"make browse DATABASE={database}"


def shown(path: Path) -> str:
    """Return a path that can be printed, whatever its bytes are, relative to the current folder or to home (`~`)."""
    below = path
    for start, short in ((Path.cwd(), ""), (Path.home(), "~")):
        if path.is_relative_to(start):
            below = short / path.relative_to(start)
            break
    return one_line(os.fsencode(below).decode("utf-8", "backslashreplace"), 4096)
