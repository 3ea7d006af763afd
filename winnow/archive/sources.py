"""The sources of an archive: named collections of files, each with one or more roots, the folders where they were."""

from __future__ import annotations

from collections.abc import Container, Iterable

from winnow.archive.sqlite import Database


class Sources:
    """The rows of `sources` and `roots`: a root, absolute and escaped as in `pages`, belongs to one source."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._names: dict[str, str] = dict(db.execute("SELECT root, source FROM roots").fetchall())

    def of(self, root: str, name: str | None = None) -> str:
        """Return the source that a root belongs to; an unknown root begins one, with a name given or its folder's."""
        if root not in self._names:
            self.add(root, unused(root, self.names) if name is None else name)
        return self._names[root]

    def add(self, root: str, name: str) -> None:
        """Let an unknown root belong to a source, which begins where no source has this name."""
        self._db.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", [name])
        self._db.execute("INSERT INTO roots (root, source) VALUES (?, ?)", [root, name])
        self._names[root] = name

    def move(self, old: str, new: str) -> None:
        """Let a folder take the place of a root, also in what was found there."""
        source = self._names.pop(old)
        self._db.execute("DELETE FROM roots WHERE root = ?", [old])
        self._db.execute("INSERT OR IGNORE INTO roots (root, source) VALUES (?, ?)", [new, source])
        self._names[new] = source
        for table in ("pages", "containers"):
            self._db.execute(f"UPDATE {table} SET root = ? WHERE root = ?", [new, old])

    def above(self, folder: str) -> str | None:
        """Return the deepest root that is a folder or lies above it."""
        if folder in self._names:
            return folder
        parts = folder.rstrip("/").split("/")
        above = ("/".join(parts[:count]) or "/" for count in range(len(parts) - 1, 0, -1))
        return next((root for root in above if root in self._names), None)

    def below(self, folder: str) -> frozenset[str]:
        """Return the roots below a folder."""
        start = folder.rstrip("/") + "/"
        return frozenset(root for root in self._names if root.startswith(start) and root != folder)

    @property
    def roots(self) -> dict[str, str]:
        """Return the names of the sources by root."""
        return dict(self._names)

    def is_root(self, folder: str) -> bool:
        """Return whether a folder is the root of a source."""
        return folder in self._names

    @property
    def names(self) -> set[str]:
        """Return the names of all sources."""
        return set(self._names.values())


def named(roots: Iterable[str]) -> dict[str, str]:
    """Return the names of the sources that begin with roots, by root, in the order in which the roots come."""
    names: dict[str, str] = {}
    for root in roots:
        if root not in names:
            names[root] = unused(root, names.values())
    return names


def unused(root: str, names: Container[str]) -> str:
    """Return a name for the source that begins with a root: the folder's own, with a number where that is taken.

    >>> unused("/srv/pages", ()), unused("/mnt/pages/", ("pages", "pages-2")), unused("/", ())
    ('pages', 'pages-3', '/')
    """
    name = root.rstrip("/").rpartition("/")[2] or root
    number, found = 1, name
    while found in names:
        number += 1
        found = f"{name}-{number}"
    return found
