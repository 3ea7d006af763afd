"""The opening of a text: lines before the first sentence that only repeat what has a column of its own."""

from __future__ import annotations

from winnow.read.words.credits import is_count, is_credit
from winnow.text import tokens

MOST = 4  # lines: title, author, day of publication, day of a change


def without_head(text: str, title: str | None, author: str | None) -> str:
    """Drop leading lines that are the title, or that name the author or days and nothing else, and a count below them.

    The author is told by the name that was found: a bare name may be the first word of an interview.
    """
    names = frozenset(tokens(author or ""))
    for cut in range(MOST):
        first, _, rest = text.partition("\n\n")
        is_left_out = rest and (is_credit(first, names) or (cut > 0 and is_count(first)))
        if not _is_title(first, title) and not is_left_out:
            break
        text = rest
    return text


def _is_title(line: str, title: str | None) -> bool:
    return bool(title) and tokens(line) == tokens(title or "")
