"""The words that tell of what kind a page is: of its title, its headings, its short lines, its buttons, its address, …

Words of menus and footers are left out, since they are the site's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from lxml import etree

from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.kind_lines import apart
from winnow.read.html.kind_links import buttons
from winnow.read.html.kind_signs import Stated
from winnow.read.lines.kind_model import SHORT, Words, numbers, wholes
from winnow.read.lines.tokens import hashes, look_up
from winnow.read.lines.views import Hashes, ngram

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
        wholes(page, short),
        page.hashes[inside[page.owner]],
        _hashes(buttons(parts)),
        _hashes(stated.address.partition("://")[2].partition("/")[2]),
    )
    return [numbers(place, words) for place, words in enumerate(places)]


def _hashes(text: str) -> Hashes:
    return hashes(look_up(_WORD.findall(text))[0])
