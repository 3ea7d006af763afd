"""The words that tell of what kind a page is: of its title, its headings, its short lines, its buttons, its address, …

Words are kept as numbers, never as text, and each counts once a place: where it stands is part of what it says. Words
of menus and footers are left out, since they are the site's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.kind_lines import apart
from winnow.read.html.kind_links import buttons
from winnow.read.html.kind_signs import Stated
from winnow.read.lines.tokens import hashes, look_up
from winnow.read.lines.views import Bools, Hashes, View, ngram

Words = list[NDArray[np.uint32]]  # for each place, the numbers of its words, each once

SHORT, LABEL = 12, 4  # words of a line at most whose words are looked at, and of one that is looked at as a whole
_WORD = re.compile(r"[^\W_]+")


def words_of(title: str, stated: Stated, judged: JudgedBlocks, parts: Sequence[etree._Element]) -> Words:
    """Return the words of a page by place; `parts` is what `form_parts` returns of it.

    Places are title, description, headings, short lines, short lines as a whole, all lines, buttons, address.
    """
    page, inside = judged.page, ~apart(judged)
    short = inside & (page.words <= SHORT)
    head = _hashes(title)
    about = " ".join(stated.metas.get(name, "") for name in ("description", "og:description"))
    places = (
        np.concatenate([head, ngram([head[:-1], head[1:]])]),
        _hashes(about),
        page.hashes[(inside & (judged.columns["kind_heading"] > 0))[page.owner]],
        page.hashes[short[page.owner]],
        _wholes(page, short & (page.words <= LABEL)),
        page.hashes[inside[page.owner]],
        _hashes(buttons(parts)),
        _hashes(stated.address.partition("://")[2].partition("/")[2]),
    )
    return [numbers(place, words) for place, words in enumerate(places)]


def numbers(place: int, words: Hashes) -> NDArray[np.uint32]:
    """Return the numbers of words, given by their hashes, that stand at a place: each once, in order of size."""
    found = np.sort(words ^ np.uint32(place * 0x9E3779B9 & 0xFFFFFFFF))
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def _hashes(text: str) -> Hashes:
    return hashes(look_up(_WORD.findall(text))[0])


def _wholes(page: View, wanted: Bools) -> Hashes:
    """Return a hash of each of the wanted lines, of all its words in order."""
    out = [np.zeros(0, np.uint32)]
    for count in range(1, LABEL + 1):
        at = page.start[np.flatnonzero(wanted & (page.words == count))]
        out.append(ngram([page.hashes[at + k] for k in range(count)]))
    return np.concatenate(out)
