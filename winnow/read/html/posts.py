"""The posts of a thread: the words of every one, and the lines with its author's name and its moment.

A model that judges lines by themselves leaves out short posts, and names and days as it does above articles. A thread's
template is the same for every post: boxes with one tag and name hold the posts, and in each a box with one tag and name
holds the words, its body. What most posts show is so found in all of them. Ranks, counters, buttons and signatures
stand in a post, but outside of its body.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from lxml import etree

from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import LINKED, SENTENCE
from winnow.read.lines.views import Bools, Floats, Ints

LEAST = 2  # posts of a thread, at least
SHORT = 12  # words of a line with a name or a moment, at most
MOST = 0.6  # share of the posts that show what all posts have, at least
INSIDE = 0.85  # share of the chosen words that stand in posts, at least: an article has its words above its comments
COST = 2.0  # of a word of a body that is not chosen, in words that are

_NAMED = re.compile(r"author|user-?name|nick-?name|display-?name|message-name|poster(?:$|[-_ ])|creator|byline", re.I)
_PROFILE = re.compile(
    r"/(?:u|users?|members?|profiles?|people)[/=]|/@\w|[?&]u(?:ser(?:id)?)?=\d|showuser|action=profile"
    r"|(?:member|profile)\.php"
)
_DATED = re.compile(
    r"(?:^|[-_ ])(?:date|datetime|timestamp|posted|time|relativetime|published)(?:$|[-_ ])"
    r"|date(?:Published|Created)",
    re.I,
)
_NUMBERED = re.compile(r"[-_]?\w*\d\w*")
_BESIDE = bits_of("author side")  # names of the boxes of signatures

Groups = Mapping[tuple[str, str], list[Box]]  # the boxes of a page by their tags and names
Spans = dict[Box, list[int]]  # of each box the first line, and the line past the end


def keep_posts(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the bodies of all posts of a thread, and the name and the moment beside each.

    Other short lines in a post go. Where no thread is found, the choice is the same.
    """
    spans = _spans(judged)
    groups: defaultdict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in spans:
        groups[_key(box)].append(box)
    names, moments = _signs(judged, spans)
    size = judged.page.words
    post = _posts(groups, spans, size * chosen, names | moments)
    long = size >= SENTENCE
    body = _bodies(groups, spans, post, size, size * (chosen & long))
    if not body.any():
        return chosen
    linked = np.array([block.linked for block in judged.blocks])
    kept: Bools = chosen & ((post < 0) | body | long) | body & (long | (linked <= LINKED))
    kept[_beside(names, post, body)[0]] = True
    first, last = _beside(moments, post, body)
    kept[[b if b >= 0 else a for a, b in zip(first, last, strict=True)]] = True
    return kept


def _spans(judged: JudgedBlocks) -> Spans:
    spans: Spans = {}
    for i, block in enumerate(judged.blocks):
        box: Box | None = block.box
        while box is not None and box.element is not None:
            spans.setdefault(box, [i, i])[1] = i + 1
            box = box.parent
    return dict(sorted(spans.items(), key=lambda item: item[0].number))


def _key(box: Box) -> tuple[str, str]:
    """Return the tag of a box and the name that it shares with others of its kind."""
    element = box.element
    return box.tag, "" if element is None else _stem(element.get("class")) or _stem(element.get("id"))


@lru_cache(1 << 12)
def _stem(names: str | None) -> str:
    """Return the first name without the words in it that have digits, "" where there is none."""
    return next((short for name in (names or "").split() if (short := _NUMBERED.sub("", name))), "")


def _posts(groups: Groups, spans: Spans, words: Floats, signed: Bools) -> Ints:
    """Return the number of the post in which each line stands, -1 outside of posts; `words` counts those chosen."""
    best, most = np.full(len(words), -1), LEAST - 1
    for boxes in groups.values():
        if len(boxes) <= most:
            continue
        post = np.full(len(words), -1)
        for number, box in enumerate(boxes):  # a post inside another one comes after it
            post[slice(*spans[box])] = number
        inside = post >= 0
        said, signs = (np.bincount(post[inside], each[inside], len(boxes)) > 0 for each in (words, signed))
        count = int((said & signs).sum())
        if count > most and count >= MOST * said.sum() and words[inside].sum() >= INSIDE * words.sum():
            best, most = post, count
    return best


def _bodies(groups: Groups, spans: Spans, post: Ints, size: Floats, words: Floats) -> Bools:
    """Return which lines stand in bodies: one box in most posts that has the chosen words and few others.

    `size` counts the words of every line, `words` those of long lines that are chosen.
    """
    best, most = np.zeros(len(words), np.bool_), 0.0
    said = len(np.unique(post[(words > 0) & (post >= 0)]))
    for boxes in groups.values():
        body, told, gain = np.zeros(len(words), np.bool_), [], 0.0
        for box in boxes:
            lines = slice(*spans[box])
            if post[lines.start] < 0 or body[lines.start] or box.near_names & _BESIDE:
                continue
            body[lines] = True
            if taken := float(words[lines].sum()):
                told.append(int(post[lines.start]))
                gain += taken - COST * (float(size[lines].sum()) - taken)
        count = len(set(told))
        if gain > most and count >= MOST * max(said, len(told)):
            best, most = body, gain
    return best


def _beside(signs: Bools, post: Ints, body: Bools) -> tuple[list[int], list[int]]:
    """Return for each post with a sign outside of its body the first one, and the last one before the body or -1."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    begun: set[int] = set()
    for line in np.flatnonzero((post >= 0) & (signs | body)).tolist():
        number = int(post[line])
        if body[line]:
            begun.add(number)
            continue
        first.setdefault(number, line)
        if number not in begun:
            last[number] = line
    return list(first.values()), [last.get(number, -1) for number in first]


def _signs(judged: JudgedBlocks, spans: Spans) -> tuple[Bools, Bools]:
    """Return which short lines hold a name, and which a moment."""
    short = (judged.page.words <= SHORT) & (judged.columns["terminal"] == 0)
    names, moments = np.zeros(len(short), np.bool_), np.zeros(len(short), np.bool_)
    places = {box.element: box for box in spans if box.element is not None}
    for element in next(iter(places)).iter(etree.Element) if places else ():
        is_name = is_moment = False
        for told in map(element.get, ("class", "itemprop", "rel")):
            if told:
                is_name, is_moment = is_name or _names_one(told), is_moment or _dates_one(told)
        is_name = is_name or (element.tag == "a" and bool(_PROFILE.search(element.get("href") or "")))
        is_moment = is_moment or element.tag == "time"
        if (is_name or is_moment) and (line := _line_of(element, places, spans, judged)) is not None:
            names[line] |= is_name and short[line]
            moments[line] |= is_moment and short[line]
    return names, moments if moments.any() else short & (judged.columns["date_line"] > 0)


@lru_cache(1 << 12)
def _names_one(names: str) -> bool:
    return bool(_NAMED.search(names))


@lru_cache(1 << 12)
def _dates_one(names: str) -> bool:
    return bool(_DATED.search(names))


def _line_of(
    element: etree._Element, places: Mapping[etree._Element, Box], spans: Spans, judged: JudgedBlocks
) -> int | None:
    """Return the number of the first line in an element, None where it has no text."""
    if element in places:
        return spans[places[element]][0]
    text = " ".join("".join(element.itertext()).split())
    box = next((places[outer] for outer in element.iterancestors() if outer in places), None)
    if not text or box is None:
        return None
    return next((i for i in range(*spans[box]) if text in judged.blocks[i].line.text), None)
