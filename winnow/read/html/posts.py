"""The posts of a thread: the words of every one, and the lines with its author's name and its moment.

A model that judges lines by themselves leaves out short posts, and names and days as it does above articles. A thread's
template is the same for every post: boxes that share a name hold the posts, each with a name and a moment, and in each
one box with another name holds the words, its body. What most posts show is so found in all of them. Ranks, counters,
buttons and signatures stand in a post, but outside of its body; rules and notices of the board outside of the posts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache

import numpy as np

from winnow.items import Kind
from winnow.read import words
from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.post_signs import Spans, aged, dated, signs_of, stamped
from winnow.read.html.signed import keep_talk, talk_of
from winnow.read.html.whole import LINKED, SENTENCE
from winnow.read.lines.comments import CLOCK
from winnow.read.lines.views import Bools, Floats, Ints

LEAST = 2  # posts of a thread, at least
BRIEF = 3  # words of a sentence, at least
ARTICLE = 0.9  # share of the chosen words in one post that is an article with comments, more than
MOST = 0.6  # share of the posts that show what all posts have, at least
INSIDE = 0.85  # share of the chosen words in posts that have no name or no moment, at least
ENOUGH = 50  # words of a post that count, at most: a box around the whole thread is no post
NEARLY = 1.05  # of a score: boxes inside of others that are as good are not better
ONE = 0.8  # share of the bodies that are their post's only one, at least
LOW = 0.05  # probability of a line that may be of a post, at least
ALONE = 0.5  # mean probability of chosen lines outside of the posts, at least
OPENING = 0.3  # the same above the first of the posts, where a question may stand in a template of its own
COST = 2.0  # of a word of a body that is not chosen, in words that are
POSTS = 4  # posts of a thread that a page does not state to be one, at least
WHOLE = 0.8  # share of the chosen words in its posts, at least
HALF = 0.45  # the same where the posts are not named comments
TITLE = 3  # words of a title, at least
FEW = 0.3  # share of its posts that have a title, at most
HEADED = 0.8  # share of the entries of a list that a link heads, at least
TEASER = 100  # words of an entry of a list, at most: whole articles are read as such
SIGNED = 60  # words of a signature, at most
SIGN = 10  # words that a name or a moment in a body counts as

_RULE = re.compile(r"_{5,}")
_REPLY = re.compile(r"^(?:[^\W\d]{1,5}: ?)+")
_NUMBERED = re.compile(r"[-_]?\w*\d\w*")
_BESIDE = bits_of("author side")  # names of the boxes of signatures and of previews of other pages
_QUOTE, _COMMENT, _FURNITURE = bits_of("quote"), bits_of("comment"), bits_of("nav footer side related consent")

Groups = list[list[Box]]  # boxes that share a name or a place, each group in the order of the page


def keep_posts(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the bodies of all posts of a thread, and the name and the moment beside each.

    Other lines in a post go, and doubtful ones outside of the posts. Where no thread is found, the choice is the same.
    """
    if talk := talk_of(judged):
        return keep_talk(judged, chosen, talk)
    spans = _spans(judged)
    groups = _groups(spans)
    names, moments, authors = signs_of(judged, spans)
    size, linked = judged.page.words, np.array([block.linked for block in judged.blocks])
    long = _says(judged) & (linked <= LINKED)
    likely = size * (chosen | long & (judged.probability >= LOW))
    post = _posts(groups, spans, size * chosen, likely, names, moments)
    taken = np.where(np.isin(post, post[chosen & long]), size * chosen, likely)  # of a silent post all likely ones
    body = _bodies(groups, spans, post, size * (taken == 0) + SIGN * (names | moments), taken * long)
    if not body.any():
        return chosen
    body &= ~_asides(judged, spans, post, body) & ~_signatures(judged, post, body)
    bodiless = (post >= 0) & ~np.isin(post, post[body])
    kept: Bools = chosen & (body | bodiless & long | _outside(judged, post, chosen))
    kept |= body & (long | (linked <= LINKED))
    kept[_beside(_surest(names & ~body, authors, post), post, body)[0]] = True
    told = _surest(_surest(moments & ~body, ~_changes(judged, moments), post), _clocks(judged, moments), post)
    first, last = _beside(told, post, body)
    kept[[b if b >= 0 else a for a, b in zip(first, last, strict=True)]] = True
    kept[_above_opening(names & moments, post, kept)] = True
    return kept


def _above_opening(signs: Bools, post: Ints, kept: Bools) -> list[int]:
    """Return the last line with signs above an opening post that stands in a template of its own."""
    first = int(np.flatnonzero(post >= 0)[0])
    above = np.flatnonzero(signs[:first])[-1:].tolist()
    return [line for line in above if kept[line:first].any()]


def told_by_posts(judged: JudgedBlocks, chosen: Bools) -> Kind | None:
    """Return the kind of a page much of whose chosen words stands in posts, each with a moment; None for other pages.

    A thread's posts have names and no titles. A list of articles may name authors as well, but each entry is headed by
    a link.
    """
    if dated(judged).sum() < POSTS and aged(judged).sum() < POSTS and stamped(judged) < POSTS:
        return None
    spans, size = _spans(judged), judged.page.words * chosen
    names, moments, _ = signs_of(judged, spans)
    if moments.sum() < POSTS:
        return None
    linked = np.array([block.linked > LINKED for block in judged.blocks], np.bool_)
    heading = np.array([block.kind == "heading" for block in judged.blocks], np.bool_)
    likely = judged.page.words * (chosen | _says(judged) & ~(linked | heading) & (judged.probability >= LOW))
    post = _posts(_groups(spans), spans, size, likely, names, moments)
    inside = post >= 0
    said = size * _says(judged)  # the fields of a ticket say nothing
    share = said[inside].sum() / max(said.sum(), 1)
    if not inside.any() or share < _least_share(judged, inside):
        return None
    if np.bincount(post[inside], size[inside]).max() > ARTICLE * size[inside].sum():
        likely = size  # what stands below an article are comments
    titles = inside & (linked | heading) & ~names & ~moments & (judged.page.words >= TITLE)
    titles[titles] = _different([judged.page.lines[i].text for i in np.flatnonzero(titles).tolist()])
    each = [np.unique(post[inside & flags]) for flags in (likely > 0, names, moments, titles, titles & linked)]
    posts, named, timed, titled, headed = (len(np.intersect1d(found, each[0])) for found in each)
    least = max(POSTS, MOST * posts)
    if min(named, timed) >= least and titled <= FEW * posts:
        return Kind.DISCUSSION
    is_list = share >= WHOLE and size[inside].sum() <= TEASER * posts
    return Kind.LISTING if is_list and min(headed, timed) >= max(least, HEADED * posts) else None


def _least_share(judged: JudgedBlocks, inside: Bools) -> float:
    """Return which share of the chosen words stands in the posts of a thread, at least.

    A question may stand in a template of its own above its replies, as an article does above its comments.
    """
    are_comments = any(judged.blocks[i].box.all_names & _COMMENT for i in np.flatnonzero(inside).tolist())
    return WHOLE if are_comments else HALF


def _says(judged: JudgedBlocks) -> Bools:
    """Return which lines may be what a post says: lines of ten words, and shorter sentences."""
    words = judged.page.words
    return (words >= SENTENCE) | (words >= BRIEF) & (judged.columns["terminal"] > 0)


def _different(titles: list[str]) -> list[bool]:
    """Return which of some titles come once: replies repeat the title of their thread."""
    plain = [_REPLY.sub("", title) for title in titles]
    times = Counter(plain)
    return [times[title] == 1 for title in plain]


def _spans(judged: JudgedBlocks) -> Spans:
    spans: Spans = {}
    for i, block in enumerate(judged.blocks):
        box: Box | None = block.box
        while box is not None and box.element is not None:
            spans.setdefault(box, [i, i])[1] = i + 1
            box = box.parent
    return dict(sorted(spans.items(), key=lambda item: item[0].number))


def _groups(spans: Spans) -> Groups:
    """Return the boxes that share a class or an id, with and without a tag, and others of one tag at one depth.

    A post and its head may have one class: `<div class="change"><h3 class="change">`.
    """
    groups: defaultdict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in spans:
        names = () if box.element is None else _stems(box.element.get("class"), box.element.get("id"))
        for key in [(name, tag) for name in names for tag in ("", box.tag)] or [(box.tag, str(box.depth))]:
            groups[key].append(box)
    different = {tuple(box.number for box in boxes): boxes for boxes in groups.values() if len(boxes) >= LEAST}
    return list(different.values())


@lru_cache(1 << 12)
def _stems(classes: str | None, own: str | None) -> tuple[str, ...]:
    """Return the classes of an element, and its classes and its id without the words in them that have digits."""
    names = (classes or "").split()
    short = (_NUMBERED.sub("", name) for name in (*names, *(own or "").split()))
    return tuple(dict.fromkeys(filter(None, (*names, *short))))


def _posts(groups: Groups, spans: Spans, chosen: Floats, words: Floats, names: Bools, moments: Bools) -> Ints:
    """Return the number of the post in which each line stands, -1 outside of posts.

    `chosen` counts the words that are chosen, `words` those that may be. Most of the boxes with words have a name and a
    moment; or one of the two, if nearly all chosen words stand in them.
    """
    best, most = np.full(len(words), -1), 0.0
    for boxes in _with_signs(groups, spans, words, names | moments):
        post = _numbered(boxes, spans, len(words))
        inside = post >= 0
        each = (words, names, moments, chosen)
        said, named, dated, taken = (np.bincount(post[inside], values[inside], len(boxes)) for values in each)
        signed, whole = (named > 0) | (dated > 0), (named > 0) & (dated > 0)
        share = float(taken.sum() / max(chosen.sum(), 1))
        least = max(MOST * (said > 0).sum(), LEAST)
        if (whole & (said > 0)).sum() < least:
            whole = signed
        if (whole & (said > 0)).sum() < least or (whole is signed and share < INSIDE):
            continue
        score = float(np.minimum(said, ENOUGH)[whole].sum() * share * signed.mean())
        if score > most * NEARLY:
            best, most = post, score
    return best


def _with_signs(groups: Groups, spans: Spans, words: Floats, signs: Bools) -> Groups:
    """Return the groups with `LEAST` boxes or more that have words and a sign in them."""
    before = np.zeros((2, len(words) + 1), np.int64)
    np.cumsum([words > 0, signs], 1, out=before[:, 1:])
    begin, end = np.array(list(spans.values()), np.int64).reshape(-1, 2).T
    both: Bools = np.logical_and(*(before[:, end] > before[:, begin]))
    signed = dict(zip(spans, both.tolist(), strict=True))
    return [boxes for boxes in groups if sum(map(signed.__getitem__, boxes)) >= LEAST]


def _numbered(boxes: list[Box], spans: Spans, lines: int) -> Ints:
    """Return for each line the number of the innermost of some boxes in which it stands, -1 outside of them."""
    numbers = np.full(lines, -1)
    for number, box in enumerate(boxes):  # a box inside another one comes after it
        numbers[slice(*spans[box])] = number
    return numbers


def _bodies(groups: Groups, spans: Spans, post: Ints, other: Floats, words: Floats) -> Bools:
    """Return which lines stand in bodies: one box in most posts that has the chosen words and few others.

    `words` counts those of long lines that may be chosen, `other` what no body has.
    """
    best, most = np.zeros(len(words), np.bool_), (0.0, 0)
    said = len(np.unique(post[(words > 0) & (post >= 0)]))
    for boxes in groups:
        body, told, gain = np.zeros(len(words), np.bool_), [], 0.0
        for box in boxes:
            lines = slice(*spans[box])
            if post[lines.start] < 0 or body[lines.start] or box.near_names & _BESIDE:
                continue
            body[lines] = True
            if taken := float(words[lines].sum()):
                told.append(int(post[lines.start]))
                gain += taken - COST * float(other[lines].sum())
        count = len(set(told))
        found = gain, len(np.unique(post[body]))  # of two that have the same words the one that more posts have
        if gain >= 1.0 and found >= most and count >= max(MOST * said, ONE * len(told)):
            best, most = body, found
    return best


def _asides(judged: JudgedBlocks, spans: Spans, post: Ints, body: Bools) -> Bools:
    """Return which lines of bodies stand in boxes inside of these that hold a signature or show another page."""
    aside = np.zeros_like(body)
    for i in np.flatnonzero(body & (post >= 0)).tolist():
        box: Box | None = judged.blocks[i].box
        names = 0
        while box is not None and box in spans and body[slice(*spans[box])].all():
            names |= box.names
            box = box.parent
        aside[i] = bool(names & _BESIDE) and not names & _QUOTE
    return aside


def _signatures(judged: JudgedBlocks, post: Ints, body: Bools) -> Bools:
    """Return which lines of bodies are signatures below a rule that older boards write as a line of underscores."""
    lines, found = judged.page.lines, np.zeros_like(body)
    for rule in [i for i in np.flatnonzero(body).tolist() if _RULE.fullmatch(lines[i].text)]:
        below = np.arange(rule, int(np.flatnonzero(post == post[rule])[-1]) + 1)
        if judged.page.words[below].sum() <= SIGNED:
            found[below] = True
    return found


def _clocks(judged: JudgedBlocks, moments: Bools) -> Bools:
    """Return which moments name a time of day: the day on which somebody joined a board has none."""
    clocks = np.zeros_like(moments)
    for i in np.flatnonzero(moments).tolist():
        clocks[i] = CLOCK.search(judged.page.lines[i].text) is not None
    return clocks


def _outside(judged: JudgedBlocks, post: Ints, chosen: Bools) -> Bools:
    """Return which lines outside of the posts may stay: likely ones, and those among likely ones; no furniture."""
    words = judged.page.words * (chosen & (post < 0))
    run = np.cumsum(post >= 0)
    mean = np.bincount(run, words * judged.probability) / np.maximum(np.bincount(run, words), 1)
    furniture = np.array([block.box.all_names & _FURNITURE > 0 for block in judged.blocks], np.bool_)
    likely = np.maximum(judged.probability, mean[run]) >= np.where(run > 0, ALONE, OPENING)
    return (post < 0) & likely & ~furniture


def _surest(signs: Bools, sure: Bools, post: Ints) -> Bools:
    """Return the signs; of a post that has sure ones only these: who wrote it and when, not who edited it."""
    return signs & (sure | ~np.isin(post, post[signs & sure]))


def _changes(judged: JudgedBlocks, moments: Bools) -> Bools:
    """Return which moments are those of a change."""
    changes = np.zeros_like(moments)
    for i in np.flatnonzero(moments).tolist():
        changes[i] = _changed().search(judged.blocks[i].line.text.lower()) is not None
    return changes


@cache
def _changed() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words.pattern('updated')})")


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
