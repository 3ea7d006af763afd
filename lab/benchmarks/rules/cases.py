"""Which rules have a case of their own: a test of reading that fails without the rule."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

import pytest
from _pytest.runner import runtestprotocol

from lab.benchmarks.rules.switches import Rule, Switchboard, rules
from lab.benchmarks.rules.watching import Calls, is_watched, watch

PROJECT = Path(__file__).resolve().parents[3]
READING = ("test_metadata*", "test_htmlpage*", "test_textpage*", "test_extract", "test_words")


class Cases:
    """A pytest plugin. In place of the usual loop it runs each test once watched, and without the rules that mattered.

    A rule for which a test has been found is not switched off again.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.found: dict[str, str] = {}
        self._names = names

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests that were collected; by now the rules that they import are known."""
        known = [rule for rule in rules() if not self._names or any(name in rule.name for name in self._names)]
        board = Switchboard(known)
        for item in session.items:
            for rule in mattering([rule for rule in known if rule.name not in self.found], board, item):
                with board.put([(rule, rule.off)]):
                    if not passes(item):
                        self.found[rule.name] = item.nodeid
        return True


def mattering(known: Sequence[Rule], board: Switchboard, item: pytest.Item) -> list[Rule]:
    """Run a test, and return the rules without which it might fail; none where it fails with all of them."""
    calls: dict[Rule, Calls] = {}
    codes: set[CodeType] = set()
    with board.put(list(watch(known, calls))), _noting(codes):
        if not passes(item):
            return []
    used = {name for code in codes for name in code.co_names}
    return [rule for rule in known if calls[rule] and (is_watched(rule) or rule.attribute in used)]


@contextmanager
def _noting(codes: set[CodeType]) -> Iterator[None]:
    """Collect the code that is called."""

    def note(frame: FrameType, event: str, _: object) -> None:
        codes.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


def passes(item: pytest.Item) -> bool:
    """Run a test anew; tell whether it passes. What it shares with the tests around it stays set up."""
    item._initrequest()  # type: ignore[attr-defined]
    reports = runtestprotocol(item, log=False, nextitem=item.parent)  # type: ignore[arg-type]
    return not any(report.failed for report in reports)


def reading_tests() -> list[Path]:
    """Return the files of tests that read pages in this process."""
    return [path for name in READING for path in sorted((PROJECT / "tests").glob(f"{name}.py"))]


def cases(names: Sequence[str], files: Sequence[Path]) -> dict[str, str]:
    """Return by its name, for each rule that has one, a test in the files that fails without it.

    `names` are parts of names of rules; without any all rules are tried.
    """
    plugin = Cases(names)
    pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", f"--rootdir={PROJECT}", *map(str, files)], [plugin])
    return plugin.found
