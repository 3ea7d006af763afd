"""See which rules could matter on a page: those that found something, or whose answer is not that of a rule off."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from lab.benchmarks.rules.switches import Rule, never
from winnow.read.lines.steps import Step

Calls = list[tuple[str, tuple[Any, ...]]]


class WatchedPattern:
    """A pattern that notes the calls in which it found something."""

    def __init__(self, pattern: re.Pattern[str], calls: Calls) -> None:
        self._pattern, self._never, self._calls = pattern, never(pattern), calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        if not callable(method):
            return method

        def call(*arguments: Any) -> Any:
            if outcome(self._pattern, name, arguments) != outcome(self._never, name, arguments):
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


def outcome(pattern: re.Pattern[str], name: str, arguments: tuple[Any, ...]) -> object:
    """Return what a call of a pattern's method gives, in a form in which two answers can be compared."""
    found = getattr(pattern, name)(*arguments)
    if isinstance(found, Iterator):
        return [_told(match) for match in found]
    return _told(found)


def _told(found: object) -> object:
    return (found.span(), found.groups(), found.groupdict()) if isinstance(found, re.Match) else found


def watched(function: Callable[..., Any], off: Callable[..., Any], calls: Calls) -> Callable[..., Any]:
    """Return the function; it notes when its answer is not the one that it gives switched off."""

    def call(*arguments: Any, **named: Any) -> Any:
        found = function(*arguments, **named)
        listed = inspect.isgenerator(found)
        result = list(found) if listed else found
        instead = off(*arguments, **named)
        if not _equal(result, list(instead) if listed else instead):
            calls.append(("", ()))
        return iter(result) if listed else found

    return call


def _equal(one: Any, other: Any) -> bool:
    return bool(np.array_equal(one, other)) if isinstance(one, np.ndarray) else bool(one == other)


def is_watched(rule: Rule) -> bool:
    """Tell whether a rule can be watched; numbers and most lists of words cannot, they may matter everywhere."""
    return isinstance(rule.value, re.Pattern | Step) or callable(rule.value) or rule.is_set


def watch(rules: Iterable[Rule], calls: dict[Rule, Calls]) -> Iterator[tuple[Rule, object]]:
    """Yield what is to be put in the place of each rule that can be watched; `calls` is filled while it is there."""
    for rule in rules:
        noted = calls.setdefault(rule, [])
        if isinstance(rule.value, re.Pattern):
            yield rule, WatchedPattern(rule.value, noted)
        elif isinstance(rule.value, Step):
            yield rule, replace(rule.value, change=watched(rule.value.change, rule.off.change, noted))
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
