"""Write files so that nothing is touched which an export has not written itself.

A file appears under its name when it is complete, and takes the place of a regular file only. Of Markdown files there
are many, whose names change: a folder of them says in `ARCHIVE` whose export it is, and each folder below lists in
`FILES` what was written there, one name a line. A name is listed before its file is written, so that what a stopped
export has left is known to the next.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from winnow.items import StartError

ARCHIVE, FILES = ".winnow-archive", ".winnow-files"


@contextlib.contextmanager
def appearing(path: Path, mode: str = "x") -> Iterator[IO[Any]]:
    """Yield a new file beside the wanted path; rename it at the end, or remove it after an error.

    `mode` is `x` for UTF-8 text, `xb` for bytes. Raises `StartError` where something other than a regular file has the
    path: a link, a folder, a fifo or a device stays what it is.
    """
    check(path)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    encoding, newline = (None, None) if "b" in mode else ("utf-8", "")
    with part.open(mode, encoding=encoding, newline=newline) as file:  # "x" follows no link
        try:
            yield file
            file.close()
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def check(path: Path) -> bool:
    """Return whether there is a file at a path. Raises `StartError` if something else has the path."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        what = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "no regular file"
        raise StartError(f"{path} cannot be written: it is {what}, which an export leaves alone")
    return True


def claim(folder: Path, archive: str) -> None:
    """Mark a folder, which is made where need be, as the export of an archive.

    Raises `StartError` for a folder with the export of another archive.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / ARCHIVE
    if not check(mark):
        with appearing(mark) as file:
            file.write(f"{archive}\n")
    elif mark.read_text(encoding="utf-8").strip() != archive:
        raise StartError(f"{folder} cannot be written: it holds the export of another archive; name another folder")


class Files:
    """The Markdown files that exports have written to one folder, by what their names begin with."""

    def __init__(self, folder: Path) -> None:
        if folder.is_symlink():
            raise StartError(f"{folder} cannot be written: it is a link, which an export leaves alone")
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._list = folder, folder / FILES
        self._names = defaultdict[str, set[str]](set)
        for name in self._list.read_text(encoding="utf-8").splitlines() if check(self._list) else ():
            self._names[name.partition("-")[0]].add(name)

    def write(self, name: str, text: str) -> None:
        """Write a file in place of those whose names begin alike up to `-`. Raises `StartError` for a foreign file."""
        path, known = self._folder / name, self._names[name.partition("-")[0]]
        if name not in known:
            if os.path.lexists(path):
                raise StartError(f"{path} cannot be written: no export has written what is there; move it away")
            with self._list.open("a", encoding="utf-8") as file:
                file.write(f"{name}\n")
        with appearing(path) as file:
            file.write(text)
        for earlier in known - {name}:
            if (self._folder / earlier).is_file() and check(self._folder / earlier):
                (self._folder / earlier).unlink()
        self._names[name.partition("-")[0]] = {name}

    def close(self) -> None:
        """List the files that there are now."""
        with appearing(self._list) as file:
            file.writelines(f"{name}\n" for names in self._names.values() for name in sorted(names))
