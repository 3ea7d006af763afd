"""What can be decided about a page."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.dedupe import Verdict
from pipelines.items import Rejection


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page whose file is the one already known."""

    page_id: int


Decision = Verdict | Rejection | Unchanged
