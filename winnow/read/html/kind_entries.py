"""Lists of articles told by their entries, also where these have no days: headings alike that lead elsewhere."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from urllib.parse import urlsplit

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import LINKED, is_running
from winnow.read.lines.views import Bools

LEAST = 3  # entries of a list, at least
TITLE = 3  # words of the title of an entry, at least
TEASER = 120  # words of an entry in the mean, at most: whole articles are read as such
_APART = bits_of("nav footer")


def has_entries(judged: JudgedBlocks, chosen: Bools) -> bool:
    """Return whether all that is chosen stands below titles alike, each of which leads to another page.

    The pages are all of one site: a text may speak of pages elsewhere, each below a title that leads there. A text also
    begins with a paragraph, or has more headings of its own.
    """
    heads = _heads(judged, chosen)
    own = chosen & (judged.columns["kind_heading"] > 0) & (judged.columns["linked"] <= LINKED)
    if len(heads) < max(LEAST, int(own.sum())) or (chosen & ~own)[: heads[0]].any():
        return False
    return bool(judged.page.words[chosen].sum() <= TEASER * len(heads))


def is_plain_text(judged: JudgedBlocks, chosen: Bools) -> bool:
    """Return whether all that is chosen is plain sentences in one box: a short article, which lists nothing."""
    blocks = [judged.blocks[i] for i in np.flatnonzero(chosen).tolist()]
    is_told = all(is_running(block) and not block.links for block in blocks)
    is_told &= bool(judged.columns["terminal"][chosen].all())
    return is_told and len({block.box.parent for block in blocks}) == 1


def _heads(judged: JudgedBlocks, chosen: Bools) -> list[int]:
    """Return the most titles that look alike and lead to other pages of one site, with what is chosen below each.

    Titles that are no headings stand in a box each: links between the paragraphs of a text stand in that of the text.
    """
    linked = judged.columns["linked"] > LINKED
    alike: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for i in np.flatnonzero(linked[:-1] & ~linked[1:] & chosen[1:] & (judged.page.words[:-1] >= TITLE)).tolist():
        block = judged.blocks[i]
        if not block.box.all_names & _APART and (address := _address(block)):
            alike[block.box.signature].setdefault(address, i)
    most = max(alike.values(), key=len, default={})
    is_one_site = len({urlsplit(address).netloc for address in most}) <= 1
    boxes = {i if judged.blocks[i].kind == "heading" else judged.blocks[i].box.parent for i in most.values()}
    return list(most.values()) if is_one_site and len(boxes) == len(most) else []


def _address(block: Block) -> str:
    """Return the address to which a line leads, "" for a place on the page and where it leads nowhere."""
    element = block.box.element
    links = () if element is None else chain(element.iter("a"), element.iterancestors("a"))
    address = next((link.get("href", "") for link in links), "")
    return "" if "#" in address else address
