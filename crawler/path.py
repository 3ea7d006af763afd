"""The names that the crawler takes from the item pipelines, wherever the two packages are.

In a checkout, `pipelines` is a package beside `crawler`; installed, both are parts of `winnow`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING or __package__ == "crawler":
    from pipelines.page_items import Loaded, article_item, name_of
    from pipelines.session import NotStored, Session, session_of
else:
    from ..pipelines.page_items import Loaded, article_item, name_of
    from ..pipelines.session import NotStored, Session, session_of

__all__ = ["Loaded", "NotStored", "Session", "article_item", "name_of", "session_of"]
