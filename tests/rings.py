"""The rings of tests: a test gets its marker by what it starts, so that nobody has to set markers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType

import pytest

FILES = {"test_benchmarks.py": "benchmark", "test_browser.py": "browser", "test_room_browser.py": "browser"}
HANG = 900.0  # seconds; a test that has not ended by then never will, however busy the machine is
PROGRAMS = {"subprocess", "SCRAPY"}  # a function that names one of these starts a program of its own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that drive a browser or run a benchmark, by file, and tests that start a program, by their calls."""
    for item in items:
        if mark := FILES.get(item.path.name):
            item.add_marker(mark)
        elif isinstance(item, pytest.Function) and any(starts_a_program(each) for each in _functions(item)):
            item.add_marker("crawl")


def _functions(item: pytest.Function) -> Iterator[Callable[..., object]]:
    yield item.function
    for fixtures in item._fixtureinfo.name2fixturedefs.values():
        yield from (fixture.func for fixture in fixtures)


@cache
def starts_a_program(function: object) -> bool:
    """Return whether a function of the tests starts a program, itself or through another function that it names."""
    waiting, seen = [function], set[object]()
    while waiting:
        each = waiting.pop()
        if isinstance(each, FunctionType) and each not in seen and each.__module__.startswith(("tests.", "lab.")):
            seen.add(each)
            names = set(_names(each.__code__))
            if not PROGRAMS.isdisjoint(names):
                return True
            waiting += [value for name in names for value in _values(each.__globals__.get(name))]
    return False


def _values(named: object) -> list[object]:
    return list(named.values()) if isinstance(named, dict) else [named]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
