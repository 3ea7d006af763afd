"""The values in a page's scripts: JSON, literals of JavaScript, and the rows in which React sends what it rendered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from typing import Any
from urllib.parse import unquote

MAX_SCRIPT = 4_000_000  # characters; a longer script is not read
MAX_VALUES = 200_000  # values of a script's data that are looked at
MAX_STARTS = 60  # places in a script at which a literal may begin, or a piece that is handed on
LONG = 200  # characters of a text that may be a body, at least
DEEP = 60  # values within values; deeper ones are left out

_ASSIGNED = re.compile(r"(?:=|\bJSON\.parse\()\s*(?=[\[{\"'])")
_LITERAL = re.compile(r"(?:[=(,]|\breturn\b)\s*(?=[\[{])")
_CALLED = re.compile(r"\bfunction\s*\(([\w$,\s]*)\)\s*\{\s*return\s*(?=\{)")  # `(function(a,b){return {…}}(1,"…"))`
_TOKEN = re.compile(
    r"\s*(?:(?P<sign>[\[\]{},:])|(?P<key>[\w$]+)(?=\s*:)"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`)"
    r"|(?P<word>new Date\([\d.]*\)|void 0|![01]|-?[\w$.]+))",
    re.S,
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE]\d+)?|true|false|null")
_ESCAPED = re.compile(r"\\x([0-9a-fA-F]{2})|\\(.)|\"", re.S)
_PUSHED = re.compile(r"__next_f\.push\(\s*(?=\[\s*1\s*,)")
_ROW = re.compile(rb"\n*([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_TAG = re.compile(r"[a-z][a-z0-9]{0,20}")
_NAMED = re.compile(r"\$[L@]?([0-9a-f]{1,8})")


def values(scripts: Sequence[str]) -> Iterator[Any]:
    """Yield the values in the scripts of a page, and what React has sent in pieces that many of them hold."""
    for script in scripts:
        if len(script) >= LONG:
            yield unfolded(parse(script)) if script.lstrip()[:1] == "[" else parse(script)
    pushed = "".join(piece for script in scripts for piece in _pushed(script))
    if pushed:
        yield _Sent(_rows(pushed.encode("utf-8", "surrogatepass"))).read()


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects anywhere in a value, the last one first; of a huge value not all."""
    pending = [data]
    for _ in range(MAX_VALUES):
        if not pending:
            return
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, dict):
            yield node
            pending.extend(value for value in node.values() if isinstance(value, dict | list))


def parse(text: str) -> Any:
    """Return the value that a script is, or sets a name to, or a list of several; None where there is none.

    The text of a `JSON.parse("…")` is parsed as well. Where no value is JSON, literals of JavaScript are read. No text
    raises an error.
    """
    text = text.strip()
    if len(text) > MAX_SCRIPT:
        return None
    starts = [0] if text[:1] in ("{", "[") else [match.end() for match in islice(_ASSIGNED.finditer(text), 20)]
    found = [value for start in starts if isinstance(value := _value(text, start), dict | list)]
    found = [value for value in found if value] or list(_literals(text))
    return found[0] if len(found) == 1 else found or None


def nested(text: str) -> Any:
    """Return the value of a text that is JSON itself, as answers are kept in a state; None for any other text."""
    value = _value(text, 0) if len(text) >= LONG else None
    return value if isinstance(value, dict | list) else None


def _value(text: str, start: int) -> Any:
    try:
        value = json.JSONDecoder(strict=False).raw_decode(text, start)[0]
        if isinstance(value, str) and len(value) > LONG:
            value = unquote(value) if value.startswith(("%7B", "%5B")) else value
            return json.loads(value, strict=False)
        return value
    except (ValueError, RecursionError):
        return None


def _literals(text: str) -> Iterator[Any]:
    """Yield the objects and lists that are written in a script as JavaScript has them, from the outermost."""
    budget, past = [MAX_VALUES], 0
    for start in islice(_LITERAL.finditer(text), MAX_STARTS):
        if start.end() < past:
            continue
        value, end = _literal(text, start.end(), {}, budget)
        called = _CALLED.match(text, text.rfind("function", 0, start.start()))
        if end and called and called.end() == start.end():
            value, end = _literal(text, start.end(), _arguments(text, called[1], end, budget), budget)
        if isinstance(value, dict | list) and value:
            past = end
            yield value


def _arguments(text: str, names: str, end: int, budget: list[int]) -> dict[str, str]:
    """Return as JSON what a function is called with at once, by the names of its parameters."""
    given = text[text.find("(", end) + 1 :].rstrip("); \n")
    found, _ = _literal(f"[{given}]", 0, {}, budget)
    return {name.strip(): json.dumps(value) for name, value in zip(names.split(","), found or (), strict=False)}


def _literal(text: str, start: int, names: Mapping[str, str], budget: list[int]) -> tuple[Any, int]:
    """Return the value of a literal and the place of its end; None and 0 where it is none.

    `names` holds the values of names as JSON; other names are null. The budget counts the tokens that may be read.
    """
    pieces: list[str] = []
    depth, at = 0, start
    while budget[0] > 0 and (token := _TOKEN.match(text, at)):
        at, kind, found = token.end(), str(token.lastgroup), token[str(token.lastgroup)]
        budget[0] -= 1
        if found in ("]", "}") and kind == "sign" and pieces[-1:] == [","]:
            pieces.pop()
        pieces.append(_as_json(kind, found, names))
        depth += (found in ("[", "{")) - (found in ("]", "}")) if kind == "sign" else 0
        if not depth:
            try:
                return json.loads("".join(pieces), strict=False), at
            except (ValueError, RecursionError):
                break
    return None, 0


def _as_json(kind: str, token: str, names: Mapping[str, str]) -> str:
    if kind == "key":
        return json.dumps(token)
    if kind == "text":
        return f'"{_ESCAPED.sub(_escape, token[1:-1])}"'
    if kind == "sign" or _NUMBER.fullmatch(token):
        return token
    return {"!0": "true", "!1": "false"}.get(token) or names.get(token, "null")


def _escape(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\u00{found[1]}"
    if found[2] is None:
        return '\\"'
    return found[0] if found[2] in '"\\/bfnrtu' else found[2].strip("\n")


def _pushed(script: str) -> Iterator[str]:
    """Yield the pieces of text that a script of Next.js hands on, in order."""
    for start in islice(_PUSHED.finditer(script), MAX_STARTS):
        found = _value(script, start.end())
        if isinstance(found, list) and len(found) > 1 and isinstance(found[1], str):
            yield found[1]


def _rows(data: bytes) -> dict[str, Any]:
    """Return the values of rows such as `2a:{…}` by their numbers; a row `2b:T1f4,…` is a text of 0x1f4 bytes."""
    rows: dict[str, Any] = {}
    at = 0
    while row := _ROW.match(data, at):
        number = row[1].decode()
        if row[2] is not None:
            at = row.end() + int(row[2], 16)
            rows[number] = data[row.end() : at].decode("utf-8", "replace")
            continue
        at = data.find(b"\n", row.end()) + 1 or len(data)
        rows[number] = _value(data[row.end() : at].decode("utf-8", "replace"), 0)
    return rows


class _Sent:
    """What the rows make together, from the first one on: the page as HTML, and the properties of its components."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self.rows = rows
        self.properties: list[Any] = []
        self.budget = MAX_VALUES  # a row that is named in many places is as many values

    def read(self) -> list[Any]:
        html = self._html(self.rows.get("0") or list(self.rows.values()), is_shown=False)
        return [html, *self.properties]

    def _named(self, value: Any) -> Any:
        """Return the row that a value names, other values as they are."""
        size = len(value) if isinstance(value, str | list | dict) else 1
        self.budget -= 1 + size * MAX_VALUES // MAX_SCRIPT
        named = _NAMED.fullmatch(value) if isinstance(value, str) else None
        return self.rows.get(named[1]) if named else value

    def _html(self, value: Any, is_shown: bool, depth: int = 0) -> str:
        """Return as HTML what a value shows: texts in elements, and elements wherever they are."""
        value = self._named(value)
        if self.budget < 0 or depth > DEEP:
            return ""
        if isinstance(value, str):
            return escape(value) if is_shown else ""
        if isinstance(value, list) and len(value) > 3 and value[0] == "$" and isinstance(value[3], dict):
            return self._element(str(value[1]), value[3], depth + 1)
        parts = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        return "".join([self._html(each, is_shown, depth + 1) for each in parts])

    def _element(self, tag: str, properties: dict[str, Any], depth: int) -> str:
        inner = self._html(properties.get("children"), is_shown=True, depth=depth)
        raw = self._named(properties.get("dangerouslySetInnerHTML"))
        if isinstance(raw, dict):
            inner = str(self._named(raw.get("__html")) or "")
        if not _TAG.fullmatch(tag):  # a component, which shows its properties as it likes
            self.properties.append(self._whole({**properties, "children": None}, depth))
            return inner
        name = properties.get("className")
        return f'<{tag} class="{escape(name)}">{inner}</{tag}>' if isinstance(name, str) else f"<{tag}>{inner}</{tag}>"

    def _whole(self, value: Any, depth: int) -> Any:
        """Return a value with the rows that are named in it."""
        value = self._named(value)
        if self.budget < 0 or depth > DEEP:
            return None
        if isinstance(value, dict):
            return {name: self._whole(each, depth + 1) for name, each in value.items()}
        return [self._whole(each, depth + 1) for each in value] if isinstance(value, list) else value


def unfolded(data: Any) -> Any:
    """Return the data of a flat list whose numbers name places in it, as Nuxt writes it; other data as it is."""
    if not isinstance(data, list) or len(data) < 3 or not isinstance(data[0], dict | list):
        return data
    budget = [MAX_VALUES]  # a text that is named in many places is as many texts

    def unfold(place: Any, depth: int) -> Any:
        if type(place) is not int or not 0 <= place < len(data) or depth > 30 or budget[0] < 0:
            return None
        value = data[place]
        budget[0] -= 1 + (len(value) * MAX_VALUES // MAX_SCRIPT if isinstance(value, str) else 0)
        if isinstance(value, dict):
            return {name: unfold(each, depth + 1) for name, each in value.items()}
        if isinstance(value, list):
            if len(value) == 2 and isinstance(value[0], str):  # ["Reactive", place] and the like
                return unfold(value[1], depth + 1)
            return [unfold(each, depth + 1) for each in value]
        return value

    return unfold(0, 0)
