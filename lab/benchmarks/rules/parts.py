"""The parts of a rule: the alternatives of a pattern, the words of a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

Words = frozenset[str] | set[str] | tuple[str, ...]


def parts_of(value: object) -> dict[str, object]:
    """Return, by what it lacks, the value of a pattern or of a list of words without each of its parts."""
    if isinstance(value, re.Pattern):
        return _without_alternatives(value)
    if isinstance(value, frozenset | set):
        return {word: value - {word} for word in sorted(value)}
    if isinstance(value, tuple):
        return {word: tuple(other for other in value if other != word) for word in value}
    return {}


def is_words(value: object) -> bool:
    """Tell whether a value is a list of words: a set or a tuple of nothing but strings."""
    if not isinstance(value, Collection) or not isinstance(value, frozenset | set | tuple):
        return False
    return bool(value) and all(isinstance(each, str) for each in value)


def _without_alternatives(pattern: re.Pattern[str]) -> dict[str, object]:
    out: dict[str, object] = {}
    text = pattern.pattern
    for begin, end in alternatives(text):
        rest = text[:begin] + text[end + 1 :] if text[end : end + 1] == "|" else text[: begin - 1] + text[end:]
        name = text[begin:end]
        if name in out:
            name = f"{name} at {begin}"
        try:
            out[name] = re.compile(rest, pattern.flags)
        except re.error:  # the alternative holds a group that is named elsewhere
            continue
    return out


def alternatives(pattern: str) -> Iterator[tuple[int, int]]:
    """Yield where each alternative of each choice in a pattern begins and ends, inner choices first."""
    open_choices: list[list[int]] = [[0]]  # of each open group the places at which its alternatives begin
    at, end = 0, len(pattern)
    while at < end:
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = _end_of_set(pattern, at)
        elif char == "(":
            at = _begin_of_group(pattern, at)
            open_choices.append([at + 1])
        elif char == "|":
            open_choices[-1].append(at + 1)
        elif char == ")":
            yield from _spans(open_choices.pop(), at)
        at += 1
    yield from _spans(open_choices.pop(), end)


def _spans(begins: list[int], end: int) -> Iterator[tuple[int, int]]:
    if len(begins) > 1:
        ends = [*(begin - 1 for begin in begins[1:]), end]
        yield from ((begin, until) for begin, until in zip(begins, ends, strict=True) if begin < until)


def _end_of_set(pattern: str, at: int) -> int:
    """Return the place of the bracket that closes a set of characters."""
    at += 2 if pattern[at + 1] == "^" else 1
    at += pattern[at] == "]"  # a bracket that comes first is a character of the set
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at


_OPENING = re.compile(r"\((?:\?(?:P<\w+>|<[=!]|[=!:>]|[a-zA-Z-]*:))?")


def _begin_of_group(pattern: str, at: int) -> int:
    """Return the place of the last character of what opens a group."""
    found = _OPENING.match(pattern, at)
    return found.end() - 1 if found else at
