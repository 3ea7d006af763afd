"""Corrections: what a person says of a page or its article, which goes before every rule.

A correction names pages by the SHA-256 of their bytes, not by ids or paths: so it holds for every copy of the page, in
a database that was made anew, and in another archive.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from winnow import times
from winnow.items import LISTS, METADATA, Kind, StartError

FIELDS = (*METADATA, "kind")  # what can be set or cleared
READER = "reader.db"  # the name of the database beside the archive into which the reading room writes
IDENTITY = "SELECT identity FROM identity"  # of an archive: it stays when the file is renamed
# The queue of the reading room: a run takes over the rows of its archive (the name of its file) and deletes them.
QUEUE = """CREATE TABLE IF NOT EXISTS corrections (
    id INTEGER PRIMARY KEY,
    archive TEXT NOT NULL,
    moment TEXT NOT NULL,
    action TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    path TEXT NOT NULL,
    other TEXT,
    field TEXT,
    value TEXT,
    note TEXT,
    identity TEXT
)"""
Read = TypeVar("Read")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ADDRESSES = ("url", "image")


class Action(StrEnum):
    """What a person does to a page."""

    SPLIT = "split"  # the page begins an article of its own
    MERGE = "merge"  # the page carries the same article as another one
    ACCEPT = "accept"  # the rejected page is an article
    REJECT = "reject"  # the page is no article
    SET = "set"  # a field of the page's article has this value
    CLEAR = "clear"  # a field of the page's article is empty
    PIN = "pin"  # the page's text is the article's


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction: `sha256` is of the page's bytes, `other` of those of the page that it is merged with.

    `moment` is when it was said (ISO 8601 in UTC), `path` where the page was, for a person to read. `value` is text; of
    a field that holds a list, a JSON list of texts. Raises `StartError` for a correction that cannot be.
    """

    action: Action
    sha256: str
    path: str = ""
    moment: str
    other: str | None = None
    field: str | None = None
    value: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256) or (self.other is not None and not _SHA256.fullmatch(self.other)):
            raise StartError("a correction names its page by the SHA-256 of the page's bytes, 64 hexadecimal digits")
        if (self.action is Action.MERGE) != (self.other is not None) or self.other == self.sha256:
            raise StartError(f"{self.action}: only merge names another page, and it needs one that is not the same")
        if (self.action in (Action.SET, Action.CLEAR)) != (self.field is not None):
            raise StartError(f"{self.action}: only set and clear name a field, and they need one")
        if self.field is not None and self.field not in FIELDS:
            raise StartError(f"there is no field {self.field!r} to correct: name one of {', '.join(FIELDS)}")
        if (self.action is Action.SET) != (self.value is not None):
            raise StartError(f"{self.action}: only set gives a value, and it needs one")
        if self.field is not None and self.value is not None:
            _check(self.field, self.value)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Return the correction that a row or a line of JSON holds; other keys are ignored. Raises `StartError`."""
        known = {each.name: row.get(each.name) for each in fields(cls)}
        wrong = next((name for name, value in known.items() if not isinstance(value, str | None)), None)
        missing = next((name for name in ("action", "sha256", "moment") if not known[name]), wrong)
        if missing is not None:
            raise StartError(f"a correction needs a text as {missing!r}")
        if known["action"] not in set(Action):
            raise StartError(f"there is no correction {known['action']!r}: name one of {', '.join(Action)}")
        said_at = times.moment(known["moment"])
        if said_at is None:
            raise StartError(f"moment: {known['moment']!r} is no time: write it as 2026-11-29T10:00:00+00:00")
        return cls(**known | {"action": Action(known["action"]), "path": known["path"] or "", "moment": said_at})

    def row(self) -> dict[str, Any]:
        """Return the columns of `corrections` that hold this correction."""
        return {each.name: getattr(self, each.name) for each in fields(self)} | {"action": str(self.action)}

    def line(self) -> str:
        """Return this correction as a line of JSON, without what it leaves empty."""
        return json.dumps({name: value for name, value in self.row().items() if value is not None}, ensure_ascii=False)


def read_lines(lines: Iterable[str], name: str) -> list[Correction]:
    """Return the corrections of a file of JSON Lines. Raises `StartError` with `name` and the number of a bad line."""
    return read_records(lines, name, "correction", Correction.from_row)


def read_records(lines: Iterable[str], name: str, what: str, of: Callable[[dict[str, Any]], Read]) -> list[Read]:
    """Return what each line of JSON Lines says, by a function; `what` names it. Raises `StartError` for a bad line."""
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise StartError("a line holds one JSON object")
            found.append(of(row))
        except (ValueError, RecursionError, StartError) as error:
            raise StartError(f"{name}, line {number}: this is no {what}: {error}") from None
    return found


def read_file(name: str, read: Callable[[Iterable[str], str], list[Read]]) -> list[Read]:
    """Return what the lines of a file say by a function, `-` for standard input. Raises `StartError`."""
    try:
        if name == "-":
            return read(sys.stdin, "standard input")
        with open(Path(name).expanduser(), encoding="utf-8-sig") as lines:
            return read(lines, name)
    except (OSError, UnicodeError) as error:
        raise StartError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def reader_of(archive: Path) -> Path:
    """Return the database beside an archive into which the reading room writes."""
    return archive.with_name(READER)


def check_typed(field: str, value: str) -> None:
    """Raise `StartError` for an address or a language that is none.

    Corrections that are in a database already are not looked at again: they hold as they are.
    """
    if field in _ADDRESSES and not _is_address(value):
        raise StartError(f"{field}: {value!r} is no address: write it whole, as https://paper.example/story")
    if field == "language" and not _LANGUAGE.fullmatch(value):
        raise StartError(f"language: {value!r} is no code of a language: write one such as en or pt-BR")


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, value))


def _check(field: str, value: str) -> None:
    if not value.strip():
        raise StartError(f"{field} cannot be set to nothing: clear it")
    if field == "date" and not _is_day(value):
        raise StartError(f"date: {value!r} is no day: write yyyy-mm-dd")
    if field == "kind" and value not in set(Kind):
        raise StartError(f"kind: there is no kind {value!r}: name one of {', '.join(Kind)}")
    if field in LISTS and not _is_list(value):
        raise StartError(f'{field}: write a JSON list of texts, such as ["one", "two"]')


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_list(value: str) -> bool:
    try:
        found = json.loads(value)
    except ValueError:
        return False
    return isinstance(found, list) and all(isinstance(each, str) for each in found)
