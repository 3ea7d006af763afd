"""Keep the best guess at the text of a rejected page, for a person to see what was refused."""

from __future__ import annotations

from winnow.archive import rows
from winnow.archive.sqlite import Database
from winnow.text import storable

_IS_OVER = """SELECT EXISTS (SELECT 1 FROM pages p JOIN pages q USING (source, path)
    WHERE p.id = ? AND (q.last_run, q.id) > (p.last_run, p.id))"""


def forget(db: Database, source: str, path: str) -> None:
    """Delete what was kept of the page at a path and of its earlier versions."""
    versions = "SELECT id FROM pages WHERE source = ? AND path = ? AND outcome = 'rejected'"
    db.execute(f"DELETE FROM refused_texts WHERE page_id IN ({versions})", [source, path])


def drop(db: Database, page_id: int) -> None:
    """Delete what was kept of one page."""
    db.execute("DELETE FROM refused_texts WHERE page_id = ?", [page_id])


def keep(db: Database, page_id: int, text: str) -> None:
    """Keep the text of a page that has none; an empty one is no text, and what stood at a path before is not kept."""
    if text and not db.execute(_IS_OVER, [page_id]).fetchone()[0]:
        rows.insert(db, "refused_texts", {"page_id": page_id, "text": storable(text)})
