"""Count what becomes of the pages of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from winnow.items import Outcome, Reason


def skipped_told(skipped: Mapping[str, int]) -> list[str]:
    """Return the line for what was passed over, with the number of files and records for each reason; none for none."""
    counted = sorted(skipped.items(), key=lambda each: -each[1])
    return ["  skipped: " + ", ".join(f"{count:,} {why}" for why, count in counted)] if counted else []


@dataclass(slots=True)
class Counts:
    """What became of the pages of a run so far: `seen` counts pages that came in, the others pages that have ended.

    `anew` counts those that were read though size and time of their file were as before, `other_bytes` those of them
    that had changed nevertheless.
    """

    seen: int = 0
    unchanged: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)
    anew: int = 0
    other_bytes: int = 0

    @property
    def ended(self) -> int:
        """Return the number of pages that are unchanged or have their outcome."""
        return self.unchanged + sum(self.reasons.values())

    def row(self) -> dict[str, int]:
        """Return the columns of `runs` that are counts."""
        by_outcome = Counter[Outcome]()
        for reason, count in self.reasons.items():
            by_outcome[reason.outcome] += count
        return {
            "pages": self.seen,
            "new": self.reasons[Reason.NEW],
            "changed": self.reasons[Reason.CHANGED],
            "unchanged": self.unchanged,
            "duplicates": by_outcome[Outcome.DUPLICATE],
            "rejected": by_outcome[Outcome.REJECTED],
            "failed": sum(count for reason, count in self.reasons.items() if reason.is_failure),
        }

    def told(self) -> list[str]:
        """Return lines for duplicates and rejected pages, with the pages for each reason, and for those read anew."""
        lines = []
        for outcome, label in ((Outcome.DUPLICATE, "duplicates"), (Outcome.REJECTED, "rejected")):
            ended = [f"{n:,} {reason}" for reason, n in self.reasons.most_common() if reason.outcome is outcome]
            lines += [f"  {label}: {', '.join(ended)}"] if ended else []
        if self.anew:
            lines.append(f"  read anew: {self.anew:,} of the same size and time, {self.other_bytes:,} with other bytes")
        return lines

    def copy(self) -> Counts:
        """Return the counts as they are now."""
        return replace(self, reasons=Counter(self.reasons))
