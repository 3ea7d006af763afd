"""Read the pages of a folder as a worker does, and print as JSON what Python was asked to open, connect or start.

    python -m tests.audited FOLDER

An ordinary page of each kind is read first and not watched: libraries load their data then.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lab.samples import html_page, sentences
from winnow.items import Page
from winnow.read.page import read_page

_WATCHED = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "urllib.", "ftplib.", "webbrowser.", "exec")
_HARMLESS = ("os.listdir", "os.scandir")  # Python looks for modules to import
_seen: list[tuple[str, str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_WATCHED) and event not in _HARMLESS:
        what = str(arguments[0]) if arguments else ""
        is_code = event in ("open", "exec") and (event == "exec" or what.startswith((sys.prefix, sys.base_prefix)))
        if not is_code:  # code is read when a module is imported only now
            _seen.append((event, what))


def main() -> None:
    """Run the command."""
    pages = [(file.name, file.read_bytes()) for file in sorted(Path(sys.argv[1]).iterdir())]
    read_page(Page("warm.html", body=html_page("Story, 3 May 2024", sentences(1)).encode()))
    read_page(Page("warm.txt", body="\n\n".join(["Story", "By Ann Bell, 3 May 2024", *sentences(2)]).encode()))
    sys.addaudithook(_watch)
    texts = {}
    for name, body in pages:
        reading = read_page(Page(name, body=body))
        texts[name] = repr(reading.article and (reading.article.text, reading.article.title, reading.article.author))
    seen = list(_seen)
    print(json.dumps({"seen": seen, "texts": texts}))


if __name__ == "__main__":
    main()
