"""Lines that interrupt an article in any language: they lead to other articles or ask the reader for something."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from winnow.read import words
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools

SHORT = 40  # words of a line that interrupts an article, at most
LINKED = 0.4  # share of link text of a line that leads to another article, where no colon follows its first words
# What a site's program would have written something for, if its plug-in were still there: `[gallery ids="1,2"]`.
_VALUE = r"(?:[\"“”″'][^\"“”″']*[\"“”″']|[^\s\]\"“”″'][^\s\]]*)"
_SHORTCODE = re.compile(rf"\[[a-z][\w-]*(?:\s[\w-]+={_VALUE})+\s?/?\]|\[/[a-z][\w-]*\]")

_PROMPT = re.compile(r"(?:in|out)\s?\[[\d *]{0,5}\]\s?:")  # the number of a cell of a notebook


def interrupts(text: str, linked: float) -> bool:
    """Return whether a line interrupts an article; `text` is in lower case, `linked` the share of link text in it."""
    if _beginning("appeal").match(text) or _SHORTCODE.fullmatch(text) or _PROMPT.fullmatch(text):
        return True
    onward = _beginning("onward").match(text)
    if onward is None:
        return False
    title = text[onward.end() :].replace("：", ":", 1)
    return linked >= LINKED or (title[:1] == ":" and len(title) > 2)


@cache
def _beginning(kind: str) -> re.Pattern[str]:
    """Return a pattern for the beginning of a line with words of a kind in any language."""
    return re.compile(rf"[\W_]*(?:{words.pattern(kind)})\s?")


def drop_appeals(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice of a capture's lines without those that interrupt the article, told by how they begin."""
    at = np.flatnonzero(chosen & (judged.page.words <= SHORT)).tolist()
    found = [i for i in at if interrupts(text := judged.page.lines[i].text.lower(), 0.0) or leads_on(text)]
    return without(chosen, found) if found else chosen


def leads_on(text: str) -> bool:
    """Return whether a line in lower case says nothing but that other articles follow."""
    onward = _beginning("onward").match(text)
    return onward is not None and not text[onward.end() :].strip(" :：…>»›.")
