"""At the end of a run, settle the revisits that came before their original, the capture to which they point.

A settled revisit ends as its original did. So it does not matter in which order, or in which containers, captures come.
Until then such a revisit is rejected as `unreadable`.
"""

from __future__ import annotations

from collections.abc import Iterator

from winnow.archive.revisits import waiting_after
from winnow.archive.store import Store
from winnow.decision import Unchanged
from winnow.items import Reason
from winnow.match.decide_page import decide_page
from winnow.reading import Reading


def settle(store: Store, now: str) -> Iterator[tuple[int, Reason]]:
    """Settle the revisits whose original is known by now; yield each one's first run and the reason of its outcome.

    A revisit may be the original of another, so all are gone through until none is left that can be settled.
    """
    is_over = False
    while not is_over:
        is_over, last = True, 0
        while waiting := waiting_after(store.db, last):
            last, first_run, page = waiting
            decision = decide_page(page, Reading(None), store)
            if isinstance(decision, Unchanged) or decision.reason is Reason.UNREADABLE:
                continue
            if store.settle(last, decision, now):
                is_over = False
                yield first_run, decision.reason
