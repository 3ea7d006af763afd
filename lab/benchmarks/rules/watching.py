"""See which rules could matter on a page: those that found something, or whose answer is not that of a rule off."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from lab.benchmarks.rules.switches import Rule

Calls = list[tuple[str, tuple[Any, ...]]]


class WatchedPattern:
    """A pattern that notes the calls in which it found something."""

    def __init__(self, pattern: re.Pattern[str], calls: Calls) -> None:
        self._pattern, self._calls = pattern, calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        if not callable(method):
            return method

        def call(*arguments: Any) -> Any:
            if outcome(self._pattern, name, arguments) != outcome(_NEVER, name, arguments):
                self._calls.append((name, arguments))
            return method(*arguments)

        return call


class WatchedWords(frozenset[str]):
    """A set of words that notes when it is found to hold one."""

    calls: Calls

    def __contains__(self, word: object) -> bool:
        found = super().__contains__(word)
        if found:
            self.calls.append(("", ()))
        return found


_NEVER = re.compile(r"(?!)")


def outcome(pattern: re.Pattern[str], name: str, arguments: tuple[Any, ...]) -> object:
    """Return what a call of a pattern's method gives, in a form in which two answers can be compared."""
    found = getattr(pattern, name)(*arguments)
    if isinstance(found, Iterator):
        return [_told(match) for match in found]
    return _told(found)


def _told(found: object) -> object:
    return (found.span(), found.groups(), found.groupdict()) if isinstance(found, re.Match) else found


def watched(function: Callable[..., Any], off: Callable[..., Any], calls: Calls) -> Callable[..., Any]:
    """Return the function; it notes when its answer, or what it does to an array, is not what it does switched off."""

    def call(*arguments: Any, **named: Any) -> Any:
        before = [each.copy() if isinstance(each, np.ndarray) else None for each in arguments]
        found = function(*arguments, **named)
        listed = inspect.isgenerator(found)
        result = list(found) if listed else found
        instead = off(*arguments, **named)
        instead = list(instead) if listed else instead
        in_place = any(
            old is not None and not np.array_equal(old, new) for old, new in zip(before, arguments, strict=True)
        )
        if in_place or not _equal(result, instead):
            calls.append(("", ()))
        return iter(result) if listed else found

    return call


def _equal(one: Any, other: Any) -> bool:
    return bool(np.array_equal(one, other)) if isinstance(one, np.ndarray) else bool(one == other)


def is_watched(rule: Rule) -> bool:
    """Tell whether a rule can be watched; numbers and most lists of words cannot, they may matter everywhere."""
    return isinstance(rule.value, re.Pattern) or callable(rule.value) or rule.is_set


def watch(rules: Iterable[Rule], calls: dict[Rule, Calls]) -> Iterator[tuple[Rule, object]]:
    """Yield what is to be put in the place of each rule that can be watched; `calls` is filled while it is there."""
    for rule in rules:
        noted = calls.setdefault(rule, [])
        if isinstance(rule.value, re.Pattern):
            yield rule, WatchedPattern(rule.value, noted)
        elif callable(rule.value):
            yield rule, watched(rule.value, rule.off, noted)
        elif rule.is_set:
            words = WatchedWords(rule.value)
            words.calls = noted
            yield rule, words
        else:
            noted.append(("", ()))


def matters(rule: Rule, part: str, calls: Calls, text: str) -> bool:
    """Tell whether a page could read otherwise without a part of a rule; `calls` were noted, `text` is the page's."""
    without = rule.parts[part]
    if not isinstance(rule.value, re.Pattern) or not isinstance(without, re.Pattern):
        return part.lower() in text
    return any(outcome(rule.value, name, given) != outcome(without, name, given) for name, given in calls)
