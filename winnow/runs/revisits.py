"""At the end of a run, settle the revisits that came before their original, the capture to which they point.

A settled revisit ends as its original did. So it does not matter in which order, or in which containers, captures come.
Until then such a revisit is rejected as `unreadable`. One whose original was rejected too is settled once the original
carries an article.
"""

from __future__ import annotations

from collections.abc import Iterator

from winnow.archive.revisits import Waiting, waiting_after
from winnow.archive.store import Store
from winnow.decision import Unchanged
from winnow.items import Reason, Rejection
from winnow.match.decide_page import decide_page
from winnow.reading import Reading


def settle(store: Store, now: str) -> Iterator[tuple[Waiting, Reason | None]]:
    """Settle the revisits of whose original there is news; yield each one with the reason of its outcome.

    There is no reason, and no row of the revisit any more, where its path has had the bytes of the original before. A
    revisit may be the original of another, so all are gone through until none is left that can be settled.
    """
    is_over = False
    while not is_over:
        is_over, last = True, 0
        while waiting := waiting_after(store.db, last):
            last = waiting.page_id
            decision = decide_page(waiting.page, Reading(None), store)
            if isinstance(decision, Unchanged) or (
                isinstance(decision, Rejection) and decision.reason in (Reason.UNREADABLE, waiting.reason)
            ):
                continue
            is_over = False
            yield waiting, decision.reason if store.settle(last, decision, now) else None
