"""What starts a program is told by what it calls, so that the fast ring of tests starts none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.rings import starts_a_program


def _directly() -> None:
    subprocess.run(["true"])


def _by_way_of_another() -> None:
    _directly()


def _within() -> None:
    [subprocess.run(["true"]) for _ in range(2)]


def _by_name(name: str) -> None:
    WAYS[name]()


def _over_and_over() -> None:
    _over_and_over()


WAYS: dict[str, Callable[[], None]] = {"directly": _directly}


@pytest.mark.parametrize("test", [_directly, _by_way_of_another, _within, _by_name])
def test_a_test_that_starts_a_program_is_told(test: Callable[..., None]) -> None:
    assert starts_a_program(test)


@pytest.mark.parametrize("test", [_over_and_over, len, sorted])
def test_other_tests_are_none_of_them(test: Callable[..., None]) -> None:
    assert not starts_a_program(test)
