"""A process that opens saved pages, under limits, so that a hostile page can hurt neither the room nor its readers.

Asked are a name and where a page is; answered is what is wanted, or why it cannot be had.
"""

from __future__ import annotations

import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

from lxml import etree

from winnow.room.saved_document import Document
from winnow.room.sql_process import limit
from winnow.sources.saved import Gone, Where

MEMORY = 1 << 30  # bytes of the process
TEMPORARY = 128 << 20  # bytes of a nameless file, into which a ZIP file in a ZIP file is unpacked
SECONDS = 10.0
OPEN = 3  # pages

Answer = tuple[bool, Any]


def main(descriptor: int) -> None:
    """Answer until the other end is closed."""
    limit(MEMORY, TEMPORARY)
    opened: dict[Where, Document] = {}
    with Connection(descriptor) as asker:
        asker.send((True, "ready"))
        while True:
            try:
                what, where, number = asker.recv()
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_REAL, SECONDS)  # its signal ends the process
            answer = _answer(opened, what, Where(*where), number)
            signal.setitimer(signal.ITIMER_REAL, 0)
            asker.send(answer)


def _answer(opened: dict[Where, Document], what: str, where: Where, number: int) -> Answer:
    try:
        if where not in opened:
            while len(opened) >= OPEN:
                opened.pop(next(iter(opened)))
            opened[where] = Document(where)
        page = opened[where]
        if what == "pictures":
            return True, [picture.told() for picture in page.pictures]
        if what == "picture":
            if number >= len(page.pictures):
                raise Gone("there is no such picture")
            return True, (page.pictures[number].media_type, page.pictures[number].data)
        return True, (page.is_html, page.safe() if page.is_html else page.text)
    except Gone as error:
        return False, str(error)
    except (MemoryError, RecursionError, ValueError, etree.LxmlError) as error:
        return False, f"the page cannot be shown ({type(error).__name__})"


if __name__ == "__main__":
    main(int(sys.argv[1]))
