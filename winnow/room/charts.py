"""Numbers as the heights and widths of bars; the templates draw them without any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winnow.room.database import Row

FEW = 3  # columns, of which none is cut


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart: its row, the percentage of the height for each series, and whether it was cut off."""

    row: Row
    heights: list[tuple[str, float]]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns and the number that the full height stands for."""

    columns: list[Column]
    top: float


def chart(found: Sequence[Row], series: Sequence[str]) -> Chart:
    """Scale rows to stacked columns.

    One night that read everything would flatten all others: of several columns, one that is more than five times as
    high as the next is cut.

    >>> [(column.heights, column.is_cut) for column in chart([{"n": 4}, {"n": 2}, {"n": 2}, {"n": 100}], ["n"]).columns]
    [([('n', 80.0)], False), ([('n', 40.0)], False), ([('n', 40.0)], False), ([('n', 100.0)], True)]
    """
    totals = [sum(row[name] or 0 for name in series) for row in found]
    highest, second = sorted([*totals, 0, 0], reverse=True)[:2]
    top = second * 1.25 if len(totals) > FEW and highest > 5 * second > 0 else highest
    made = []
    for row, total in zip(found, totals, strict=True):
        scale = 100 / max(top, total) if total else 0.0
        made.append(Column(row, [(name, round((row[name] or 0) * scale, 2)) for name in series], total > top))
    return Chart(made, top)


def with_shares(found: Sequence[Row], name: str) -> list[Row]:
    """Add to each row the percentage that its number is of the largest one."""
    top = max((row[name] for row in found), default=0) or 1
    return [row | {"share": round(100 * row[name] / top, 2)} for row in found]
