"""Which kinds of pages make articles, as the setting `KINDS` says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from winnow.items import Kind, Reason, Rejection, StartError
from winnow.reading import Reading

ALL = "all"
Kinds = frozenset[Kind]
EVERY_KIND: Kinds = frozenset(Kind)


def check_kinds(given: str | Iterable[str], name: str) -> Kinds:
    """Return the kinds that are named, divided by commas or spaces; `all` names every kind.

    `name` is that of the setting. Raises `StartError` for a name that is no kind's, and where none is named.
    """
    names = re.split(r"[\s,]+", given.strip(" ,")) if isinstance(given, str) else [str(each) for each in given]
    if names == [ALL]:
        return EVERY_KIND
    wrong = next((each for each in names or [""] if each not in EVERY_KIND), None)
    if wrong is not None:
        raise StartError(f"{name}: there is no kind {wrong!r}; name some of {told(EVERY_KIND)}, or {ALL}")
    return frozenset(map(Kind, names))


def told(kinds: Kinds) -> str:
    """Return the names of kinds, the same kinds always in the same order."""
    return ", ".join(kind for kind in Kind if kind in kinds)


def of_kinds(reading: Reading, kinds: Kinds) -> Reading:
    """Return a reading, with a rejection in place of an article that is of none of these kinds."""
    article = reading.article
    if article is None or article.kind in kinds:
        return reading
    why = f"the page is of the kind {article.kind}, and only {told(kinds)} make articles: the setting KINDS names them"
    rejection = Rejection(Reason.NO_ARTICLE, why, article.text, article.kind)
    return replace(reading, article=None, fingerprint=None, rejection=rejection)
