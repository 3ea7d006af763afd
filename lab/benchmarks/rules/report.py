"""Lay out what was measured: a line a rule, and the words and alternatives that never matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lab.benchmarks.rules.judge import summary
from lab.benchmarks.rules.switches import Rule

Counts = dict[tuple[str, str | None], Counter[str]]


def counted(touches: Iterable[tuple[str, str | None, str, str, dict[str, int]]]) -> Counts:
    """Count the pages that are better, worse, touched with each rule and part of a rule."""
    counts: Counts = defaultdict(Counter)
    for rule, part, _, language, fields in touches:
        verdict = summary(fields)
        count = counts[rule, part]
        count["touched"] += 1
        count["better"] += verdict in ("better", "both")
        count["worse"] += verdict in ("worse", "both")
        count["foreign"] += language != "en"
    return counts


def table(
    rules: Sequence[Rule],
    touches: Iterable[tuple[str, str | None, str, str, dict[str, int]]],
    tested: Mapping[str, str] | None,
) -> Iterator[str]:
    """Yield the lines of the report."""
    counts = counted(touches)
    head = f"{'rule':46} {'better':>6} {'worse':>6} {'touched':>7} {'not English':>11}"
    yield head + ("  test" if tested is not None else "")
    for rule in rules:
        count = counts[rule.name, None]
        line = f"{rule.name:46} {count['better']:6} {count['worse']:6} {count['touched']:7} {count['foreign']:11}"
        yield line + (f"  {tested.get(rule.name, '-').rpartition('::')[2]}" if tested is not None else "")
    yield ""
    yield "Never mattered on these pages:"
    for rule in rules:
        unused = [part for part in rule.parts if not counts[rule.name, part]["touched"]]
        if unused and counts[rule.name, None]["touched"]:
            yield f"{rule.name}, {len(unused)} of {len(rule.parts)}: {'  '.join(unused)}"
