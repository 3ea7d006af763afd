"""Count what becomes of the pages of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from winnow.items import Outcome, Reason


@dataclass(slots=True)
class Counts:
    """What became of the pages of a run so far: `seen` counts pages that came in, the others pages that have ended."""

    seen: int = 0
    unchanged: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)

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
        """Return a line for duplicates and a line for rejected pages, each with the number of pages for each reason."""
        lines = []
        for outcome, label in ((Outcome.DUPLICATE, "duplicates"), (Outcome.REJECTED, "rejected")):
            ended = [f"{n:,} {reason}" for reason, n in self.reasons.most_common() if reason.outcome is outcome]
            lines += [f"  {label}: {', '.join(ended)}"] if ended else []
        return lines

    def copy(self) -> Counts:
        """Return the counts as they are now."""
        return replace(self, reasons=Counter(self.reasons))
