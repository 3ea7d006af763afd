"""The forms by which a reader marks articles: stars, tags, notes, highlights, what was read, searches to keep."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.database import Database

from winnow.items import StartError
from winnow.marks import marking
from winnow.marks.anchors import Anchor, anchored
from winnow.marks.database import writing
from winnow.marks.marking import Change
from winnow.marks.subject import Subject, marked_of, subject
from winnow.room import gate, serving
from winnow.room.articles import shown_text
from winnow.room.database import snapshot, value
from winnow.room.pages import whole_number

Form = Mapping[str, str]
Doing = Callable[[Change, int, Subject, Form], None]

NOT_HERE = "Articles are marked at the machine that serves this room, or where its settings allow it."


def _said(form: Form) -> str:
    return form.get("note", "")


def _highlight(change: Change, marked: int, about: Subject, form: Form) -> None:
    wanted = Anchor(*(form.get(name, "")[: marking.LONGEST] for name in ("quote", "prefix", "suffix")))
    texts = [form["shown"], form["text"]]  # a caption may stand between two paragraphs of the text
    exact = (anchored(text, wanted, is_exact=True) for text in texts)
    found = next(filter(None, exact), None) or anchored(form["shown"], wanted)
    if found is None:
        raise StartError("these words do not stand in the article: copy them as they are")
    marking.highlight(change, marked, about.sha256, found, _said(form))


# What is done to an article, and in words what was done.
OF_ARTICLES: dict[str, tuple[str, Doing]] = {
    "star": ("a star", lambda change, marked, about, form: marking.star(change, marked, True)),
    "unstar": ("a star taken away", lambda change, marked, about, form: marking.star(change, marked, False)),
    "read": ("read", lambda change, marked, about, form: marking.read(change, marked, True)),
    "unread": ("not read", lambda change, marked, about, form: marking.read(change, marked, False)),
    "tag": ("a tag", lambda change, marked, about, form: marking.tag(change, marked, form.get("tag", ""))),
    "untag": (
        "a tag taken away",
        lambda change, marked, about, form: marking.untag(change, marked, form.get("tag", "")),
    ),
    "note": ("a note", lambda change, marked, about, form: marking.note(change, marked, about.sha256, _said(form))),
    "highlight": ("a highlight", _highlight),
}
# What is done to a row, by its id.
OF_ROWS: dict[str, tuple[str, Callable[[Change, int, Form], None]]] = {
    "rewrite-note": ("a note rewritten", lambda change, id, form: marking.rewrite(change, "notes", id, _said(form))),
    "drop-note": ("a note taken away", lambda change, id, form: change.drop("notes", id)),
    "rewrite-highlight": (
        "a highlight’s note rewritten",
        lambda change, id, form: marking.rewrite(change, "highlights", id, _said(form)),
    ),
    "drop-highlight": ("a highlight taken away", lambda change, id, form: change.drop("highlights", id)),
    "drop-search": ("a search taken away", lambda change, id, form: change.drop("searches", id)),
}


async def mark(database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Any:
    """Do what a form says, and return to the page on which the form stood."""
    await serving.permit(datasette, request, database.name)
    form = await gate.form_of(datasette, request, settings, gate.may_mark(request, settings), NOT_HERE)
    await gate.write(database, lambda db, archive: _do(db, archive, form), "marked")
    return Response.redirect(back_to(datasette, form.get("back", ""), "/marks"), status=303)


def _do(db: sqlite3.Connection, archive: Path, form: Form) -> None:
    action, number = form.get("action", ""), whole_number(form.get("id"))
    with snapshot(db), writing(archive) as marks:
        if action in OF_ARTICLES:
            _do_to_article(db, Change(marks), form)
        elif action in OF_ROWS and number is not None:
            words, work = OF_ROWS[action]
            change = Change(marks)
            work(change, number, form)
            change.done(words)
        elif action == "save-search":
            change = Change(marks)
            marking.save_search(change, form.get("name", ""), form.get("query", ""))
            change.done("a search kept")
        elif action == "look" and number is not None:
            marking.look(marks, number)
        elif action == "undo" and number is not None:
            marking.undo(marks, number)
        else:
            raise StartError(f"there is no {action[:40]!r} to do, or it names nothing")


def _do_to_article(db: sqlite3.Connection, change: Change, form: Form) -> None:
    article_id = whole_number(form.get("article"))
    about = subject(db, -1 if article_id is None else article_id)
    words, work = OF_ARTICLES[form["action"]]
    known = marked_of(db, change.db, [article_id or 0])
    marked = marking.of_article(change, about, min(known, default=None))
    if form["action"] == "highlight":
        text = str(value(db, "SELECT text FROM articles WHERE id = ?", [article_id]))
        form = {**form, "text": text, "shown": shown_text(db, article_id or 0)}
    if form["action"] in ("unstar", "unread", "untag"):  # of all that became this article
        for each in known:
            work(change, each, about, form)
    else:
        work(change, marked, about, form)
    change.done(words)


def back_to(datasette: Any, back: str, otherwise: str) -> str:
    """Return where a form leads back to: an address in the room, without its host, else another page of the room."""
    is_own = re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f\\]*", back) is not None and len(back) < 4_000
    return back if is_own else str(datasette.urls.path(otherwise))
