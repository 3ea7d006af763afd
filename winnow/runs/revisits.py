"""Let revisits that came before what they point to end as that has, at the end of a run.

So it does not matter in which order captures come, or in which containers; until then they are `unreadable`.
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
    """Let revisits whose original is known by now end as it did; yield the first run of each and how it ends.

    One may be the original of another, so they are gone through until none is left that can end.
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
