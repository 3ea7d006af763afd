"""The head of a mail in a capture: the rows above a message that name its sender, its subject and its day.

Programs print them above a message that is saved as text, and archives of mailing lists show them; some archives have
only the sender's name and address, as `Ada Lund ada at harbour.example`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from winnow.read import words
from winnow.read.plain.bylines import people
from winnow.read.words.mail import AROUND, FIELD

ABOVE = 20  # lines from the beginning of a capture in which the head of a mail begins
ROWS = 30  # of such a head, at most
NOTE = 20  # words that stand above a mail which is passed on, at most
LONGEST = 200  # characters of the row that names the sender, at most

_SENDER = re.compile(rf"(?:{words.pattern('sender')})\s*[:：]\s*(?P<who>.+)", re.IGNORECASE)
SUBJECT = re.compile(rf"^(?:{words.pattern('subject')})\s*[:：]\s*(?=\S)", re.IGNORECASE)
_ADDRESS = re.compile(r"[<(\[]?[\w.+-]+(?:@| ?(?:\bat\b|[\[(]at[\])]) ?)[\w-]+(?:\.[\w-]+)+[>)\]]?")
_MARK = re.compile(r"[-_—]{5,}(?:.{1,60}[-_—]{5,})?$")  # `----- Forwarded Message -----`
_AT = re.compile(r"@|\bat\b")


def head_of(lines: Sequence[str]) -> tuple[range, int] | None:
    """Return which lines are the head of a mail, and which of them states its subject; None where there is none."""
    for first in range(min(ABOVE, len(lines))):
        if _SENDER.match(lines[first]) or SUBJECT.match(lines[first]):
            begin, end = first, first
            while begin and FIELD.match(lines[begin - 1]):
                begin -= 1
            while end < min(len(lines), first + ROWS) and FIELD.match(lines[end]):
                end += 1
            block = range(begin - _is_passed_on(lines[:begin]), end)
            subject = next((i for i in block if SUBJECT.match(lines[i])), None)
            is_sent = any(_SENDER.match(lines[i]) for i in block)
            if subject is None or not is_sent or not _is_own(lines, block.start, subject):
                return None
            return block, subject
    return None


def headline_of(lines: Sequence[str], block: range, subject: int) -> int:
    """Return the line below the head that says the subject again, as the headline of a page that was sent; else it."""
    said = SUBJECT.sub("", lines[subject])
    return next((i for i in range(block.stop, min(len(lines), block.stop + ROWS)) if lines[i] == said), subject)


def _is_own(lines: Sequence[str], begin: int, subject: int) -> bool:
    """Return whether a head is that of the capture, not of a mail that is told of: nothing but its subject is above.

    Above a mail that is passed on stands a row of dashes, and perhaps a note.
    """
    return begin == 0 or _MARK.match(lines[begin]) is not None or SUBJECT.sub("", lines[subject]) in lines[:begin]


def _is_passed_on(above: Sequence[str]) -> bool:
    """Return whether a head stands below the row that says so, and no more than a note above that row."""
    is_marked = bool(above) and _MARK.match(above[-1]) is not None
    return is_marked and sum(len(line.split()) for line in above[:-1]) <= NOTE


def sender(line: str) -> str | None:
    """Read a mail's sender from a row of its head, or from a row with nothing but a name and an address."""
    if len(line) > LONGEST or not _AT.search(line):  # most lines, in which an address is looked for at some cost
        return None
    said = _SENDER.match(line)
    text = said["who"] if said else line
    found = _ADDRESS.search(text)
    if found is None or not (said or found[0].startswith("<") or "@" not in found[0]):
        return None
    if text[: found.start()].strip(AROUND) and text[found.end() :].strip(AROUND):
        return None
    name = (text[: found.start()] + text[found.end() :]).strip(AROUND)
    return "; ".join(people(name)) or None
