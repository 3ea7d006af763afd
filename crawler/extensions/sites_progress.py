"""A line about a run on live sites that goes on, drawn on terminals only."""

from __future__ import annotations

from typing import Any

from scrapy import signals

from ..fetch.session import night_of
from .progress import Line


class SitesProgress(Line):
    """Draw how many pages have their outcome, which ones, and pages per second, on a terminal or where that is set."""

    SIGNALS = (signals.response_downloaded,)

    def options(self) -> dict[str, Any]:
        """Return tqdm's options."""
        return {"bar_format": "{n_fmt} pages in {elapsed}, {rate_noinv_fmt}{postfix}"}

    def update(self) -> None:
        """Draw the line anew, as often as tqdm finds useful."""
        book = night_of(self._crawler).book
        if self._bar is None or book is None:
            return
        ended = ", ".join(f"{number:,} {outcome}" for outcome, number in book.counts.most_common())
        self._bar.set_postfix_str(ended, refresh=False)
        self._bar.update(book.counts.total() - self._bar.n)
