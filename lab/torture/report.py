"""What an experiment reports, and the table of all reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Report:
    """One line of the table: a fault, how often it was tried, what happened, and what was lost or went wrong."""

    fault: str
    tried: int
    happened: str
    problems: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True)
class Scene:
    """What an experiment has to work with: an empty folder of its own, and whether it may take long."""

    place: Path
    full: bool

    def times(self, short: int, full: int) -> int:
        """Return how often an experiment repeats something, in the short form or in the full one."""
        return full if self.full else short


Experiment = Callable[[Scene], Iterator[Report]]


def line(report: Report, seconds: float) -> str:
    """Return a report as one line of the table, its problems below."""
    verdict = "NO" if report.problems else "yes"
    text = f"| {report.fault:<52} | {report.tried:>5} | {report.happened:<72} | {verdict:<12} | {seconds:>5.0f} s |"
    return "\n".join([text, *(f"    ! {problem}" for problem in report.problems)])


def head() -> str:
    """Return the head of the table."""
    return (
        f"| {'fault':<52} | {'tried':>5} | {'what happened':<72} | nothing lost |    time |\n"
        f"| {'-' * 52} | ----: | {'-' * 72} | ------------ | ------: |"
    )
