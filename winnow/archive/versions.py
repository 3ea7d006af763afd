"""SQL for the versions of the file or record at a path, of which there may be thousands.

`pages.is_version` is 1 for all pages of a path that has had several. Indexes have these from the newest to the oldest,
so that only as many are read as are asked for.
"""

from __future__ import annotations

MAX_VERSIONS = 20  # of a path that are looked through


def newest(source: str, path: str) -> str:
    """Return an expression for the id of the newest version at a path; both arguments are SQL."""
    here = f"SELECT id FROM pages WHERE source = {source} AND path = {path}"
    return f"ifnull(({here} AND is_version = 1 ORDER BY last_run DESC, id DESC LIMIT 1), ({here} LIMIT 1))"


def latest(source: str, path: str, condition: str = "") -> str:
    """Return a query for the ids of the latest versions at a path; with a condition, of those that fulfil it.

    A condition begins with AND and must be that of an index. A page that is the only version is returned in any case.
    """
    here = f"FROM pages WHERE source = {source} AND path = {path}"
    return f"""SELECT id FROM (SELECT id {here} AND is_version = 1 {condition}
            ORDER BY last_run DESC, id DESC LIMIT {MAX_VERSIONS})
        UNION ALL SELECT id FROM (SELECT id, is_version {here} LIMIT 1) WHERE is_version IS NULL"""
