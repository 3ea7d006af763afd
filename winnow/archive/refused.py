"""Keep the best guess at the text of a rejected page, for a person to see what was refused."""

from __future__ import annotations

from winnow.archive import rows
from winnow.archive.sqlite import Database
from winnow.archive.versions import latest, newest
from winnow.text import storable

_IS_OVER = f"SELECT {newest('p.source', 'p.path')} != p.id FROM pages p WHERE p.id = ?"
_FORGET = f"DELETE FROM refused_texts WHERE page_id IN ({latest('?1', '?2')})"


def forget(db: Database, source: str, path: str) -> None:
    """Delete what was kept of the page at a path and of its earlier versions."""
    db.execute(_FORGET, [source, path])


def drop(db: Database, page_id: int) -> None:
    """Delete what was kept of one page."""
    db.execute("DELETE FROM refused_texts WHERE page_id = ?", [page_id])


def keep(db: Database, page_id: int, text: str) -> None:
    """Keep the text of a page that has none; an empty one is no text, and what stood at a path before is not kept."""
    if text and not db.execute(_IS_OVER, [page_id]).fetchone()[0]:
        rows.insert(db, "refused_texts", {"page_id": page_id, "text": storable(text)})
