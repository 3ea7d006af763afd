"""The summary at the end of a run on live sites, and its exit status."""

from __future__ import annotations

from pathlib import Path

from winnow.sites.ledger import OUTCOMES
from winnow.times import duration

from .fetch.session import Ended
from .program import PROGRAM
from .summary import shown

_SHOWN = 10  # hosts and sites that are named
_STOPPED, _FAILED = 3, 4


def status_of(ended: Ended, reason: str | None) -> int:
    """Return the exit status of a run that has begun: 0 all was asked, 3 stopped early, 4 a site failed as a whole."""
    if ended.failure or reason != "finished" or ended.due:
        return _STOPPED
    return _FAILED if ended.failed_sites or ended.unaccounted else 0


def problems(ended: Ended) -> list[str]:
    """Return lines about what went wrong."""
    lines = [ended.failure] if ended.failure else []
    if ended.unaccounted:
        lines.append(f"{ended.unaccounted} addresses have no outcome: please report this as a fault of Winnow")
    return lines


def sites_summary(ended: Ended, folder: Path, reason: str | None) -> str:
    """Return lines that say what became of the addresses, what was left and why, and what to do next."""
    row = ended.row
    if not row.get("status"):
        return f"  nothing was asked; ledger: {shown(folder)}"
    asked = row["asked"]
    told = ", ".join(f"{row[name]:,} {name}" for name in OUTCOMES)
    lines = [
        f"{asked:,} addresses in {duration(ended.seconds)} ({asked / max(ended.seconds, 0.001):,.1f} a second): {told}",
        f"  found: {row['found']:,} new addresses"
        + (f", {row['left_out']:,} more left to later runs" if row["left_out"] else "")
        + f"; {row['discovery']:,} requests for robots.txt, sitemaps and feeds; {_size(row['bytes'])} received",
    ]
    lines += [f"  taken over from a run that was killed: {len(ended.taken_over)} files"] if ended.taken_over else []
    lines += _some("held", "left to the next run", ended.held)
    lines += _some("failed", "no sound answer", ended.failed_sites)
    if ended.due:
        why = "the time is up" if ended.is_up else reason if reason != "finished" else "left"
        lines.append(f"  stopped early ({why}): {ended.due:,} addresses are still due, run again to go on")
    elif reason != "finished":
        lines.append(f"  stopped early ({reason}): everything up to here is saved, run again to go on")
    lines.append(
        f"  pages: {shown(folder / 'pages')} (read them with `{PROGRAM} crawl seeds -a path={shown(folder / 'pages')}`)"
    )
    return "\n".join(lines)


def _some(word: str, what: str, named: dict[str, str]) -> list[str]:
    lines = [f"  {word}: {name}: {why}" for name, why in list(named.items())[:_SHOWN]]
    return [*lines, f"  {word}: {len(named) - _SHOWN:,} more, {what}"] if len(named) > _SHOWN else lines


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 1e5 else f"{number / 1e3:,.1f} KB"
