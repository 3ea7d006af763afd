"""Numbers as the heights and widths of bars; the templates draw them without any script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winnow.room.database import Row

FEW = 3  # so many columns or fewer are never cut


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart: its row, the height of each series in percent, and whether the column was cut off."""

    row: Row
    heights: list[tuple[str, float]]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns of a chart, and the number that the full height stands for."""

    columns: list[Column]
    top: float


def chart(found: Sequence[Row], series: Sequence[str]) -> Chart:
    """Return a chart with a column for each row, stacked from the numbers named by `series`.

    One night that read everything would flatten all other columns. So the highest of more than `FEW` columns is cut if
    it is more than five times as high as the next.

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
    """Return the rows, each with its number as a `share` of the largest number, in percent."""
    top = max((row[name] for row in found), default=0) or 1
    return [row | {"share": round(100 * row[name] / top, 2)} for row in found]
